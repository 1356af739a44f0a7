"""The duties of law and standard on one day: worked out once for subjects alike, told apart only when shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from compliance.adapters.attachments import Attachments
from compliance.adapters.law import load_checklist
from compliance.domain.checklist import Checklist
from compliance.domain.duty import Done, DutyRow
from compliance.domain.duty_row import row_of
from compliance.domain.duty_term import DutyTerm, Lineage, lineages
from compliance.domain.duty_walk import Due, Stretch, Walk, stretches, walk
from compliance.domain.level import LEVELS
from compliance.domain.road_paper import Role
from compliance.errors import NotFound
from compliance.services.duty_decisions import Decisions, decisions
from compliance.services.duty_setting import DutySetting
from compliance.services.duty_subjects import Profile, Subject, subjects

DUTY = "duty"
_DONE = "compliance duties done"
_LAST = 10**9
Place = tuple[int, int]
_DIGITS = re.compile(r"(\d+)")


@cache
def natural(text: str) -> tuple[tuple[int, str], ...]:
    """A key that puts ``he-thong-2`` before ``he-thong-10`` and ``4.2`` before ``4.13``."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(text) if part)


def key_of(duty_id: str) -> str:
    """The part of a duty's id after its subject."""
    return duty_id.partition("/")[2]


def place_of(row: DutyRow) -> Place:
    """Where a row stands in the list: what must be seen first, then by the days left, those without any last."""
    return row.status.rank, _LAST if row.days is None else row.days


@dataclass(frozen=True, eq=False)
class Cell:
    """One activity as it stands for every subject of a profile: ``row`` is the line without names."""

    term: DutyTerm
    row: DutyRow
    line: Lineage | None = None

    @cached_property
    def settles_itself(self) -> bool:
        """Whether recording it as done is what settles it."""
        return self.row.settle.startswith(_DONE)

    @cached_property
    def place(self) -> Place:
        """Where it stands in the list: what must be seen first, then by the days left."""
        return place_of(self.row)


class Book:
    """All duties of law and standard on one day; whatever it rests on is read once."""

    def __init__(self, setting: DutySetting) -> None:
        self.setting = setting
        self._cells: dict[tuple[object, ...], tuple[Cell, ...]] = {}

    @cached_property
    def subjects(self) -> tuple[Subject, ...]:
        """Everything a duty falls on: offices, then systems, each by natural id."""
        found = subjects(self.setting)
        return tuple(sorted(found, key=lambda one: (one.system is not None, natural(one.id))))

    @cached_property
    def lines(self) -> tuple[Lineage, ...]:
        """Everything asked at the levels there are."""
        spans = (span for one in self.subjects for span in one.profile.spans)
        known = {span.level for span in spans if span.level is not None}
        every = range(min(known), max(known) + 1) if known else ()
        return lineages(self.setting.calendar, [one for level in every if (one := self._checklist(level))])

    @cached_property
    def every_line(self) -> tuple[Lineage, ...]:
        """Everything asked at any level, whether there is a system at it or not."""
        return lineages(self.setting.calendar, [one for level in LEVELS if (one := self._checklist(level))])

    def _checklist(self, level: int) -> Checklist | None:
        try:
            return load_checklist(self.setting.regime, level)
        except NotFound:
            return None

    @cached_property
    def done(self) -> Mapping[str, tuple[Done, ...]]:
        """What was done and stands, by subject, in the order of the days it was due."""
        found: dict[str, list[Done]] = {}
        for head in self.setting.workspace.store.heads(DUTY):
            one = Done.model_validate_json(head.body)
            if not one.undone:
                found.setdefault(one.duty_id.partition("/")[0], []).append(one)
        return {id_: tuple(sorted(every, key=lambda one: (one.due, one.on))) for id_, every in found.items()}

    @cached_property
    def _decided(self) -> tuple[Decisions, Mapping[str, Decisions]]:
        return decisions(self.setting.workspace)

    def done_of(self, subject: Subject, line: Lineage) -> tuple[Done, ...]:
        """What was recorded of one activity of a subject, at whichever level."""
        return _of_line(self.done.get(subject.id, ()), line)

    def stretches_of(self, subject: Subject, line: Lineage) -> tuple[Stretch, ...]:
        """What is asked of a subject when."""
        common, own = self._decided
        decided = {**common, **own[subject.id]} if subject.id in own else common
        return self._stretches(subject.profile, line, decided)

    def _stretches(self, profile: Profile, line: Lineage, decided: Decisions) -> tuple[Stretch, ...]:
        since = profile.since
        if profile.grace is not None and any(term.of_standard for term in line.terms):
            since = max(since, profile.grace.until)
        return stretches(line, profile.spans, decided, since, profile.last)

    def asked(self, profile: Profile) -> Iterator[Lineage]:
        """What is asked of such subjects at some time."""
        return (line for line in self.lines if profile.concerns(line))

    def cells(self, subject: Subject) -> Sequence[Cell]:
        """Every activity asked of a subject today or later, as it stands, by natural id.

        Subjects of one profile on which the same was done and decided share the very same cells; what was done last is
        put into the rows only (:meth:`rows`).
        """
        profile = subject.profile
        done = self.done.get(subject.id, ())
        own = self._decided[1].get(subject.id, {})
        alike = (id(profile), tuple((key_of(one.duty_id), one.due, one.on) for one in done))
        if own:
            return self._own_cells(profile, own, done)
        if alike not in self._cells:
            self._cells[alike] = self._own_cells(profile, own, done) if done else self._plain_cells(profile)
        return self._cells[alike]

    def _plain_cells(self, profile: Profile) -> tuple[Cell, ...]:
        made = (self._cell(profile, line, self._decided[0], ()) for line in self.asked(profile))
        return tuple(sorted((one for one in made if one), key=_by_key))

    def _own_cells(self, profile: Profile, own: Decisions, done: Sequence[Done]) -> tuple[Cell, ...]:
        """As the others of the profile, but where something was done or decided."""
        plain = (id(profile), ())
        if plain not in self._cells:
            self._cells[plain] = self._plain_cells(profile)
        touched = {key_of(one.duty_id) for one in done} | own.keys()
        decided = {**self._decided[0], **own}
        lines = [line for line in self.asked(profile) if not touched.isdisjoint(line.keys)]
        fresh = (self._cell(profile, line, decided, _of_line(done, line)) for line in lines)
        kept = (cell for cell in self._cells[plain] if cell.line not in lines)
        return tuple(sorted((*kept, *(cell for cell in fresh if cell)), key=_by_key))

    def _cell(self, profile: Profile, line: Lineage, decided: Decisions, done: Sequence[Done]) -> Cell | None:
        standing = walk(self._stretches(profile, line, decided), done, self.setting.today)
        if standing is None:
            return None
        row = self._row(profile, standing, done[-1] if done else None)
        return Cell(standing.stretch.term, row, line) if row else None

    def _row(self, profile: Profile, standing: Walk, last_done: Done | None) -> DutyRow | None:
        setting, term = self.setting, standing.stretch.term
        graced = profile.grace is not None and term.of_standard
        row = row_of(
            standing,
            last_done,
            today=setting.today,
            due_soon=setting.calendar.due_soon,
            working=setting.working,
            grace=profile.grace.note if graced and profile.grace else "",
        )
        if row is None or row.level is not None:
            return row
        return row.model_copy(update={"level": profile.level_on(setting.today)})

    def row(self, subject: Subject, cell: Cell) -> DutyRow:
        """The row of a cell for one subject."""
        return self.rows(subject, (cell,))[0]

    def rows(self, subject: Subject, cells: Iterable[Cell]) -> list[DutyRow]:
        """The rows of cells for one subject: copies of the shared row with its names, nothing checked again."""
        about = self._about(subject)
        acting: dict[tuple[Role, ...], dict[str, object]] = {}
        done = [(key_of(one.duty_id), one) for one in reversed(self.done.get(subject.id, ()))]
        made = []
        for cell in cells:
            roles = cell.term.by
            if roles not in acting:
                unit_id = subject.unit_id(roles)
                unit = self.setting.units.get(unit_id)
                acting[roles] = {**about, "unit_id": unit_id, "unit_name": unit.name if unit else unit_id}
            named = acting[roles] | {"id": f"{subject.id}/{cell.term.key}"}
            if cell.settles_itself:
                named["settle"] = f"{_DONE} {named['id']}"
            if cell.row.last_done is not None and cell.line is not None:
                last = next(one for key, one in done if key in cell.line.keys)
                named |= {"last_done": last, "lost_evidence": self.lost(last, sure=False)}
            made.append(_named(cell.row, named))
        return made

    def _about(self, subject: Subject) -> dict[str, object]:
        about: dict[str, object] = {"owner_id": subject.owner_id}
        if subject.system is not None:
            about |= {"system_id": subject.id, "system_name": subject.system.name}
        return about

    def row_at(self, subject: Subject, due: Due, cell: Cell | None) -> DutyRow:
        """The row of a duty as it was or will be asked on a day, which may be at another level than today."""
        if cell is not None and cell.term is due.stretch.term:
            return self.row(subject, cell)
        row = self._row(subject.profile, Walk(due.stretch, (), due), None)
        if row is None:
            raise AssertionError("what falls due on a day has a row")
        return self.row(subject, Cell(due.stretch.term, row))

    def lost(self, done: Done, *, sure: bool) -> tuple[str, ...]:
        """Evidence of a doing whose file is gone; to be ``sure`` every file is read, and changed ones count too."""
        files = self.setting.workspace.attachments
        held = ((id_, self.setting.evidence.get(id_)) for id_ in done.evidence_ids)
        return tuple(
            id_
            for id_, piece in held
            if piece is None
            or (piece.file is not None and not (files.sound if sure else _there(files))(piece.file.sha256))
        )

    def find(self, duty_id: str) -> tuple[Subject, Lineage] | None:
        """The subject and the activity a duty's id names; the id may be that of another level."""
        subject_id, _, key = duty_id.partition("/")
        for subject in self.subjects:
            if subject.id == subject_id:
                for line in self.lines:
                    if key in line.keys and subject.profile.concerns(line):
                        return subject, line
        return None


def _named(row: DutyRow, names: Mapping[str, object]) -> DutyRow:
    """A copy of a row with names put in.

    As ``model_copy`` makes it, without copying what both share: of a hundred thousand rows that was half the time.
    """
    made = DutyRow.__new__(DutyRow)
    object.__setattr__(made, "__dict__", {**row.__dict__, **names})
    object.__setattr__(made, "__pydantic_fields_set__", row.__pydantic_fields_set__)
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


def _of_line(done: Iterable[Done], line: Lineage) -> tuple[Done, ...]:
    keys = line.keys
    return tuple(one for one in done if key_of(one.duty_id) in keys)


def _there(files: Attachments) -> Callable[[str], bool]:
    return lambda name: files.path(name).is_file()


def _by_key(cell: Cell) -> tuple[tuple[int, str], ...]:
    return natural(cell.term.key)
