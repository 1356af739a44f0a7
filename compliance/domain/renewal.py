"""The first page of a renewal (thay đổi so với lần phê duyệt trước): what was approved, what reads otherwise now.

Đ25 sends a renewal along the same road as the first time; the page is of our own, so that the appraiser reads what
changed and not the whole dossier again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from compliance.domain.assessment import Answer
from compliance.domain.blank import Frozen
from compliance.domain.change_watch import Change, Fired, Proof, RenewalAct
from compliance.domain.checklist import Requirement
from compliance.domain.classification import Classification
from compliance.domain.comparison import Pair
from compliance.domain.dossier import Letterhead, letterhead
from compliance.domain.organization import Unit
from compliance.domain.printed import Value, value
from compliance.domain.renewal_plan import RequirementChange, ResultChange, requirement_changes, result_changes
from compliance.domain.road import Progress, Round, Taken
from compliance.domain.system import System
from compliance.domain.wording import date_text


class GroundSaid(Frozen):
    """A criterion a level rests on."""

    citation: str
    statement: str


class LevelSide(Frozen):
    """A level and what it rests on; ``level`` is ``None`` while the facts do not decide it."""

    level: int | None
    grounds: tuple[GroundSaid, ...] = ()


class ChangeRow(Frozen):
    """One change, numbered through the whole page; ``whole`` tells a row that is new or gone from a changed cell."""

    number: int
    item: str
    before: str
    after: str
    whole: bool = False


class ChangeGroup(Frozen):
    """The changes of one sheet of the inventory."""

    sheet: str
    rows: tuple[ChangeRow, ...]


class ActLine(Frozen):
    """Something the law asks again and what is recorded of it; ``done`` is empty while nothing is."""

    title: str
    citation: str
    done: str = ""
    uncertain: str = ""


class CauseLine(Frozen):
    """A case of the law, the numbers of the changes that fall under it (none for a level) and what it asks."""

    title: str
    citation: str
    numbers: str
    acts: tuple[ActLine, ...]
    uncertain: str = ""


class RenewalPage(Frozen):
    """What the page prints.

    ``number`` is the round (2 = the first renewal). ``known`` tells whether the inventory of the approved dossier is
    still there to compare with, ``answers_known`` the same of the plan's answers. ``shared`` tells that results taken
    over from other systems are not compared.
    """

    letterhead: Letterhead
    system_id: str
    system_name: str
    number: int
    approval: Value
    approved_level: int
    effective_on: Value
    reopened_on: Value
    reasons: tuple[str, ...]
    before: LevelSide
    now: LevelSide
    known: bool
    groups: tuple[ChangeGroup, ...]
    causes: tuple[CauseLine, ...]
    requirements: tuple[RequirementChange, ...]
    answers_known: bool
    results: tuple[ResultChange, ...]
    shared: bool = False


@dataclass(frozen=True)
class RecordedActs:
    """What is recorded of the acts the law asks again: days, ``None`` where nothing is."""

    reopened_on: date | None = None
    risk_assessed_on: date | None = None
    check_started_on: date | None = None
    check_closed_on: date | None = None


@dataclass(frozen=True)
class RenewalSource:
    """Everything the page rests on.

    ``approval`` is the decision of the round before, ``reopening`` the step that began this one. ``before`` is the
    system as approved and ``judged`` what its facts gave, ``None`` where that record is not known. ``answers_then`` are
    those of the day the approved dossier was sent, ``None`` where that day is not known.
    """

    system: System
    classification: Classification
    units: Mapping[str, Unit]
    number: int
    approval: Taken
    reopening: Taken
    judged: Classification | None
    changes: Sequence[Change]
    fired: Sequence[Fired]
    recorded: RecordedActs
    requirements: Mapping[str, Requirement] = field(default_factory=dict)
    pairs: Sequence[Pair] = ()
    answers_then: Mapping[str, Answer] | None = None
    answers_now: Mapping[str, Answer] = field(default_factory=dict)
    shared: bool = False


def approved_before(progress: Progress) -> tuple[Round, Taken] | None:
    """The last round that ended in a decision before the one under way, and that decision; ``None`` in the first."""
    for one in reversed(progress.rounds[:-1]):
        if one.decision is not None:
            return one, one.decision
    return None


def renewal_page(source: RenewalSource) -> RenewalPage:
    """The page; what nobody recorded stays blank."""
    approval, system = source.approval, source.system
    groups = tuple(change_groups(source.changes))
    effective, then = approval.effective_on, source.answers_then
    return RenewalPage(
        letterhead=letterhead(source.units.get(system.operator_id or "")),
        system_id=system.id,
        system_name=system.name,
        number=source.number,
        approval=value("road.approve", approval.paper),
        approved_level=approval.level,
        effective_on=value("road.effective_on", effective),
        reopened_on=value("road.reopened_on", source.reopening.on),
        reasons=source.reopening.reasons,
        before=LevelSide(level=approval.level, grounds=_grounds(source.judged, approval.level)),
        now=_today(source.classification),
        known=source.judged is not None,
        groups=groups,
        causes=tuple(_cause(one, source) for one in source.fired),
        requirements=requirement_changes(source.pairs, source.requirements),
        answers_known=then is not None,
        results=result_changes(source.pairs, then, source.answers_now, source.requirements) if then is not None else (),
        shared=source.shared,
    )


def change_groups(changes: Iterable[Change]) -> Iterable[ChangeGroup]:
    """The changes under the sheets they stand in, numbered in their order."""
    gathered: dict[str, list[ChangeRow]] = {}
    for number, one in enumerate(changes, start=1):
        row = ChangeRow(number=number, item=_item(one), before=one.before, after=one.after, whole=one.whole_row)
        gathered.setdefault(one.sheet, []).append(row)
    return (ChangeGroup(sheet=sheet, rows=tuple(rows)) for sheet, rows in gathered.items())


def _item(one: Change) -> str:
    if one.whole_row:
        return f"{one.row} ({one.header.removeprefix(one.sheet).strip(': ')})"
    return f"{one.row}: {one.header}" if one.row else one.header


def _grounds(found: Classification | None, level: int | None) -> tuple[GroundSaid, ...]:
    grounds = found.grounds if found else ()
    return tuple(GroundSaid(citation=one.citation, statement=one.statement) for one in grounds if one.level == level)


def _today(found: Classification) -> LevelSide:
    level = found.level if found.decided else None
    return LevelSide(level=level, grounds=_grounds(found, level))


def _cause(one: Fired, source: RenewalSource) -> CauseLine:
    numbers = [str(at) for at, change in enumerate(source.changes, start=1) if change in one.changes]
    return CauseLine(
        title=one.cause.title,
        citation=one.cause.citation,
        uncertain=one.cause.uncertain,
        numbers=", ".join(numbers),
        acts=tuple(_act(act, source.recorded) for act in one.acts),
    )


def _act(act: RenewalAct, recorded: RecordedActs) -> ActLine:
    return ActLine(title=act.title, citation=act.citation, uncertain=act.uncertain, done=act_done(act, recorded))


def act_done(act: RenewalAct, recorded: RecordedActs) -> str:
    """What is recorded of an act, as the page says it; empty while nothing is."""
    if act.shown_by is Proof.PAGE:
        return "Thực hiện trong hồ sơ này"
    if act.shown_by is Proof.REOPENING:
        return _on("Đã mở hồ sơ ngày", recorded.reopened_on)
    if act.shown_by is Proof.RISK_DAY:
        return _on("Đã đánh giá ngày", recorded.risk_assessed_on)
    return _on("Đã đánh giá xong ngày", recorded.check_closed_on) or _on(
        "Đang đánh giá, bắt đầu ngày", recorded.check_started_on
    )


def _on(words: str, day: date | None) -> str:
    return f"{words} {date_text(day)}" if day else ""
