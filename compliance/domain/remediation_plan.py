"""The remediation plan (kế hoạch khắc phục) as a paper for approval: what was found, what is done, by whom, by when.

A finding without measure, unit or deadline leaves a marked blank; nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import groupby

from compliance.domain.assessment import Assessment
from compliance.domain.blank import Frozen
from compliance.domain.dossier import Letterhead, grounds_of, letterhead
from compliance.domain.finding_row import FindingRow, natural
from compliance.domain.memo import issuer_of
from compliance.domain.organization import Unit
from compliance.domain.regime import Regime
from compliance.domain.remediation import FindingStatus
from compliance.domain.system import Ownership, System
from compliance.domain.wording import date_text, number_text


class PlanLine(Frozen):
    """One finding as printed; ``measure``, ``unit`` and ``due`` are empty where nobody settled them.

    ``cost`` is the figure in words of the paper, ``cost_line`` where the money comes from, ``outcome`` how far it is.
    """

    number: int
    clause: str
    statement: str
    result: str
    present_state: str
    severity: str
    severity_reason: str
    measure: str
    unit: str
    due: str
    overdue: bool
    cost: str
    cost_line: str
    outcome: str
    note: str

    @property
    def complete(self) -> bool:
        """Measure, unit and deadline are there."""
        return bool(self.measure and self.unit and self.due)


class CostLine(Frozen):
    """What one budget line bears: which findings, the amount in đồng; ``line`` is empty where none was named."""

    line: str
    numbers: str
    amount: str


class Costs(Frozen):
    """The money of the plan; ``open_numbers`` have no figure yet, ``free_numbers`` cost nothing (``1, 3-5``).

    ``total`` is the sum of the figures there are, empty where there is none.
    """

    total: str
    lines: tuple[CostLine, ...]
    open_numbers: str
    free_numbers: str


class UnitTask(Frozen):
    """What one unit sees to; ``by`` is its last deadline, empty while one is missing."""

    unit: str
    numbers: str
    by: str


class GapLine(Frozen):
    """Evidence to be completed: what is wrong, and what would show that the requirement is met."""

    number: int
    clause: str
    statement: str
    lack: str
    wanted: str
    unit: str


class SharedShortfall(Frozen):
    """Requirements that fall short at a provider and are remedied there."""

    provider: str
    count: int


class RemediationPlan(Frozen):
    """The plan of one system; ``issuer`` is the name of the body that approves it, empty where it is not on record.

    ``incomplete`` counts the findings that lack a measure, a unit or a deadline.
    """

    letterhead: Letterhead
    issuer: str
    system_name: str
    level: int | None
    security_unit: str
    grounds: tuple[str, ...]
    lines: tuple[PlanLine, ...]
    costs: Costs
    tasks: tuple[UnitTask, ...]
    unassigned: str
    gaps: tuple[GapLine, ...]
    shared: tuple[SharedShortfall, ...]
    incomplete: int


class PlanSource(Frozen):
    """What a plan is made from: the system, its checks, its standing findings, evidence wanted by list and requirement.

    ``evidence_wanted`` says by requirement what usually proves it; ``shared`` how many requirements fall short at each
    provider, by the provider's name.
    """

    system: System
    level: int | None
    checks: tuple[Assessment, ...]
    rows: tuple[FindingRow, ...]
    evidence_titles: Mapping[str, str]
    evidence_wanted: Mapping[str, str]
    shared: Mapping[str, int]


def remediation_plan(
    source: PlanSource, units: Mapping[str, Unit], regime: Regime, labels: Mapping[str, str]
) -> RemediationPlan:
    """Put the plan together.

    Args:
        source: what it is made from.
        units: every recorded unit by id.
        regime: the law in force.
        labels: of the form: ``kind_code``, ``basis``, ``no_cost``, ``cost_open``.
    """
    system = source.system
    owner = units.get(system.owner_id or "") if system.ownership is not Ownership.USED else None
    issuer = owner or issuer_of(system, units)
    head = letterhead(issuer)
    security = units.get(system.security_unit_id or "")
    answers = sorted((row for row in source.rows if row.gap is None), key=_as_listed)
    numbered = list(enumerate(answers, start=1))
    lines = tuple(_line(number, row, labels) for number, row in numbered)
    return RemediationPlan(
        letterhead=head.of_kind(labels["kind_code"]),
        issuer=issuer.name if issuer else "",
        system_name=system.name,
        level=source.level,
        security_unit=security.name if security else "",
        grounds=(*grounds_of(regime), *_checks(source, labels["basis"])),
        lines=lines,
        costs=_costs(numbered),
        tasks=tuple(_tasks(numbered)),
        unassigned=numbers_text(number for number, row in numbered if not row.unit_id),
        gaps=tuple(_gaps(source)),
        shared=tuple(SharedShortfall(provider=name, count=count) for name, count in source.shared.items()),
        incomplete=sum(not line.complete for line in lines),
    )


def numbers_text(numbers: Iterable[int]) -> str:
    """Numbers as one writes them: ``1, 3-5, 9``."""
    parts = []
    for _, run in groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0]):
        found = [number for _, number in run]
        parts.append(f"{found[0]}-{found[-1]}" if len(found) > 2 else ", ".join(map(str, found)))  # noqa: PLR2004
    return ", ".join(parts)


def _as_listed(row: FindingRow) -> tuple[object, ...]:
    """The worst first, then the order of the lists."""
    return (row.severity.rank, row.checklist_id, natural(row.requirement_id))


def _checks(source: PlanSource, basis: str) -> Iterable[str]:
    """The checks the findings come from, as grounds."""
    wanted = {row.assessment_id for row in source.rows if row.gap is None}
    for one in source.checks:
        if one.id in wanted:
            ended = f"kết thúc ngày {date_text(one.closed_on)}" if one.closed_on else ""
            yield basis.format(
                kind=one.kind.label.lower(),
                system=source.system.name,
                assessor=one.assessor,
                day=ended or f"bắt đầu ngày {date_text(one.started_on)}",
            )


def _line(number: int, row: FindingRow, labels: Mapping[str, str]) -> PlanLine:
    cost = labels["cost_open"] if row.cost is None else number_text(row.cost) if row.cost else labels["no_cost"]
    return PlanLine(
        number=number,
        clause=row.clause,
        statement=row.statement,
        result=row.result.label,
        present_state=row.present_state,
        severity=row.severity.label,
        severity_reason=row.severity_reason,
        measure=row.measure,
        unit=row.unit_name,
        due=date_text(row.due) if row.due else "",
        overdue=row.overdue,
        cost=cost,
        cost_line=row.cost_line,
        outcome=_outcome(row),
        note=row.note,
    )


def _outcome(row: FindingRow) -> str:
    if row.status is FindingStatus.DONE and row.done_on:
        work = f": {row.work}" if row.work and row.work != row.measure else ""
        return f"{row.done_by} báo làm xong ngày {date_text(row.done_on)}{work}; chờ xác nhận"
    return row.status_label


def _costs(numbered: Sequence[tuple[int, FindingRow]]) -> Costs:
    figures = [(number, row.cost_line, row.cost) for number, row in numbered if row.cost]
    names = sorted({line for _, line, _ in figures}, key=lambda name: (not name, name))
    return Costs(
        total=number_text(sum(cost for _, _, cost in figures)) if figures else "",
        lines=tuple(
            CostLine(
                line=name,
                numbers=numbers_text(number for number, line, _ in figures if line == name),
                amount=number_text(sum(cost for _, line, cost in figures if line == name)),
            )
            for name in names
        ),
        open_numbers=numbers_text(number for number, row in numbered if row.cost is None),
        free_numbers=numbers_text(number for number, row in numbered if row.cost == 0),
    )


def _tasks(numbered: Sequence[tuple[int, FindingRow]]) -> Iterable[UnitTask]:
    """The units in the order they first occur."""
    for unit_id in dict.fromkeys(row.unit_id for _, row in numbered if row.unit_id):
        mine = [(number, row) for number, row in numbered if row.unit_id == unit_id]
        days: list[date | None] = [row.due for _, row in mine]
        known = [day for day in days if day is not None]
        yield UnitTask(
            unit=mine[0][1].unit_name,
            numbers=numbers_text(number for number, _ in mine),
            by=date_text(max(known)) if known and len(known) == len(days) else "",
        )


def _gaps(source: PlanSource) -> Iterable[GapLine]:
    rows = sorted((row for row in source.rows if row.gap), key=_as_listed)
    for number, row in enumerate(rows, start=1):
        piece, day = row.gap.evidence_id if row.gap else "", row.gap.since if row.gap else None
        named = f": {source.evidence_titles.get(piece, piece)}" if piece else ""
        until = f", còn giá trị đến ngày {date_text(day)}" if day else ""
        yield GapLine(
            number=number,
            clause=row.clause,
            statement=row.statement,
            lack=f"{row.status_label}{named}{until}",
            wanted=source.evidence_wanted.get(row.requirement_id, ""),
            unit=row.unit_name,
        )
