"""The hand-over sheet (biên bản bàn giao) when an officer moves: what is held, what is open, where each original lies.

Passwords are never part of it: accounts are named, and closed or handed over beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum

from compliance.domain.assignment import Assignment, Contract, Custody
from compliance.domain.blank import Frozen
from compliance.domain.dossier import Letterhead
from compliance.domain.duty import DutyRow, DutyStatus
from compliance.domain.finding_row import FindingRow
from compliance.domain.incident import Contact, Incident
from compliance.domain.moment import moment_short
from compliance.domain.paper import Paper
from compliance.domain.remediation_plan import numbers_text
from compliance.domain.wording import date_text, folded


class PartId(StrEnum):
    """The parts of the sheet, in the order printed."""

    ROLES = "roles"
    DUTIES = "duties"
    FINDINGS = "findings"
    INCIDENTS = "incidents"
    DOSSIERS = "dossiers"
    ORIGINALS = "originals"
    CUSTODY = "custody"
    CONTRACTS = "contracts"


class HandoverLine(Frozen):
    """One thing to hand over: what it is, the decision or place that goes with it, its days.

    ``pressing``: its day has passed; ``place_open``: nobody recorded where it lies, so the sheet leaves a blank.
    """

    what: str
    detail: str = ""
    days: str = ""
    pressing: bool = False
    place_open: bool = False


class HandoverPart(Frozen):
    """One table of the sheet; without lines it says that there is nothing."""

    id: PartId
    lines: tuple[HandoverLine, ...] = ()


class HandoverSheet(Frozen):
    """The sheet as printed; an empty ``giver`` and an empty ``day`` are left to be written in by hand.

    ``day`` and ``drawn_on`` are in words of the paper; ``until`` is the last of the deadlines listed.
    """

    head: Letterhead
    unit: str
    giver: str
    giver_position: str
    day: str
    drawn_on: str
    until: str
    systems: tuple[str, ...]
    parts: tuple[HandoverPart, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines each part has."""
        return {part.id.value: len(part.lines) for part in self.parts}


class Original(Frozen):
    """A paper whose original somebody must find: what it is, where it lies (empty: nobody said), how many sheets."""

    what: str
    place: str = ""
    sheets: int | None = None


class OpenDossier(Frozen):
    """A dossier under way: its system, where it stands, what it waits for and by which day."""

    system_name: str
    stage: str
    awaited: str = ""
    due: date | None = None
    overdue: bool = False


class HandoverSource(Frozen):
    """Everything recorded about a unit that goes into the sheet.

    ``names`` are those of systems by id, ``numbers`` those of the unit's systems as the sheet counts them.
    """

    assignments: tuple[Assignment, ...]
    duties: tuple[DutyRow, ...]
    findings: tuple[FindingRow, ...]
    incidents: tuple[Incident, ...]
    dossiers: tuple[OpenDossier, ...]
    originals: tuple[Original, ...]
    custody: tuple[Custody, ...]
    contracts: tuple[Contract, ...]
    contacts: tuple[Contact, ...]
    names: Mapping[str, str]
    numbers: Mapping[str, int]
    today: date


def concerns(one: Assignment | Custody, holder: str, position: str) -> bool:
    """Whether it is held by the one who moves; what names nobody belongs to the unit and goes along."""
    if not (holder or position) or not (one.holder or one.position):
        return True
    same_holder = bool(holder and one.holder) and folded(one.holder) == folded(holder)
    same_position = bool(position and one.position) and folded(one.position) == folded(position)
    if holder and one.holder:
        return same_holder
    return same_position or not position


def parts_of(source: HandoverSource) -> tuple[HandoverPart, ...]:
    """Every part of the sheet, those with nothing included."""
    made: dict[PartId, Iterable[HandoverLine]] = {
        PartId.ROLES: (_role(one, source.names) for one in source.assignments),
        PartId.DUTIES: _duties(source),
        PartId.FINDINGS: (_finding(one) for one in source.findings),
        PartId.INCIDENTS: (_incident(one, source.names) for one in source.incidents),
        PartId.DOSSIERS: (_dossier(one) for one in source.dossiers),
        PartId.ORIGINALS: (_original(one) for one in source.originals),
        PartId.CUSTODY: (_custody(one, source) for one in source.custody),
        PartId.CONTRACTS: (*_contracts(source), *(_contact(one) for one in source.contacts)),
    }
    return tuple(HandoverPart(id=id_, lines=tuple(made[id_])) for id_ in PartId)


def _joined(parts: Iterable[str], sign: str = "; ") -> str:
    return sign.join(part for part in parts if part)


def _named(ids: Sequence[str], names: Mapping[str, str]) -> str:
    return _joined(names.get(id_, id_) for id_ in ids)


def _role(one: Assignment, names: Mapping[str, str]) -> HandoverLine:
    task = f": {one.task}" if one.task else ""
    about = _named(one.system_ids, names)
    nobody = "" if one.who else "chưa ghi người giữ"
    until = f"\nđến {date_text(one.until)}" if one.until else ""
    return HandoverLine(
        what=_joined([f"{one.role.label}{task}", about]),
        detail=_joined([one.paper.text if one.paper else "Chưa ghi quyết định", nobody]),
        days=f"từ {date_text(one.since)}{until}",
    )


def _duties(source: HandoverSource) -> Iterable[HandoverLine]:
    """The same duty due on the same day for several systems is one line."""
    together: dict[tuple[object, ...], list[DutyRow]] = {}
    for one in source.duties:
        together.setdefault((one.what, one.due, one.status), []).append(one)
    for group in together.values():
        one = group[0]
        yield HandoverLine(
            what=_joined([one.what, _systems(group, source.numbers)]),
            detail=_clauses(tuple(dict.fromkeys(each.citation for each in group))),
            days=_joined([date_text(one.due) if one.due else "", one.status.label.lower()], "\n"),
            pressing=one.status is DutyStatus.OVERDUE,
        )


def _clauses(citations: Sequence[str]) -> str:
    """Clauses of one text: what they begin with alike is said once."""
    words = [text.split() for text in citations]
    alike = 0
    while all(len(each) > alike + 1 and each[alike] == words[0][alike] for each in words):
        alike += 1
    if len(words) < 2 or not alike:  # noqa: PLR2004
        return _joined(citations)
    return f"{' '.join(words[0][:alike])} {_joined(' '.join(each[alike:]) for each in words)}"


def _systems(group: Sequence[DutyRow], numbers: Mapping[str, int]) -> str:
    """One system by its name, several by their numbers in the head of the sheet."""
    named = {each.system_id: each.system_name for each in group if each.system_id}
    if len(named) > 1 and named.keys() <= numbers.keys():
        return f"hệ thống số {numbers_text(numbers[id_] for id_ in named)}"
    return _joined(named.values())


def _finding(one: FindingRow) -> HandoverLine:
    measure = f"Biện pháp: {one.measure}" if one.measure else ""
    return HandoverLine(
        what=_joined([f"{one.clause} {one.statement}".rstrip(" ."), one.system_name]),
        detail=_joined([one.status_label, measure]),
        days=_joined([date_text(one.due) if one.due else "chưa ghi hạn", "quá hạn" if one.overdue else ""], "\n"),
        pressing=one.overdue,
    )


def _incident(one: Incident, names: Mapping[str, str]) -> HandoverLine:
    return HandoverLine(
        what=_joined([f"{one.id}: {one.title}", _named(one.system_ids, names)]),
        detail=_joined([one.done_so_far, "" if one.contained_at else "chưa ghi đã ngăn chặn"]),
        days=f"phát hiện {moment_short(one.detected_at)}",
    )


def _dossier(one: OpenDossier) -> HandoverLine:
    due = date_text(one.due) if one.due else ""
    return HandoverLine(
        what=one.system_name,
        detail=_joined([one.stage, f"việc tiếp theo: {one.awaited}" if one.awaited else ""]),
        days=_joined([due, "quá hạn" if one.overdue else ""], "\n"),
        pressing=one.overdue,
    )


def _original(one: Original) -> HandoverLine:
    sheets = f"{one.sheets} tờ" if one.sheets else ""
    return HandoverLine(what=one.what, detail=one.place, days=sheets, place_open=not one.place)


def _custody(one: Custody, source: HandoverSource) -> HandoverLine:
    over = one.valid_until is not None and one.valid_until < source.today
    until = f"dùng đến {date_text(one.valid_until)}" if one.valid_until else ""
    who = _joined([one.holder, one.position], ", ") or "chưa ghi người giữ"
    return HandoverLine(
        what=_joined([f"{one.kind.label}: {one.label}", _named(one.system_ids, source.names)]),
        detail=_joined([f"số hiệu {one.serial}" if one.serial else "", who, one.id]),
        days=_joined([until, "quá hạn" if over else ""], "\n"),
        pressing=over,
    )


def _contracts(source: HandoverSource) -> Iterable[HandoverLine]:
    for one in source.contracts:
        over = one.valid_until is not None and one.valid_until < source.today
        number = f"Hợp đồng số {one.number}" if one.number else "Hợp đồng"
        until = f"đến {date_text(one.valid_until)}" if one.valid_until else ""
        yield HandoverLine(
            what=_joined([f"{number}: {one.what}", _named(one.system_ids, source.names)]),
            detail=_joined([one.supplier, one.contact]),
            days=_joined([until, "quá hạn" if over else ""], "\n"),
            pressing=over,
        )


def _contact(one: Contact) -> HandoverLine:
    return HandoverLine(what=f"Đầu mối khi có sự cố: {one.name}", detail=_joined([*one.channels, one.hours]))


def decision_text(paper: Paper | None, called: str) -> str:
    """A decision as the list of originals names it."""
    return f"{called}: {paper.text}" if paper else called
