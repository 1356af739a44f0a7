"""What a check found short of compliant, the worst first, with what is to be done about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from pydantic import Field

from compliance.domain.assessment import Answer, Result
from compliance.domain.assessment_sheet import AssessmentRow
from compliance.domain.blank import Frozen
from compliance.domain.overview import Units, unit_name
from compliance.domain.remediation import Finding, Severity, days_left, severity_of
from compliance.domain.wording import date_text


class Shortfall(Frozen):
    """One requirement that is not met; ``number`` is its row in the lists.

    ``measure``, ``unit`` and ``due`` are empty where nobody settled them; ``status`` where no finding is on record.
    """

    number: int
    id: str
    clause: str
    citation: str
    statement: str
    result: Result
    severity: Severity
    present_state: str
    shared: str
    measure: str
    unit: str
    due: str
    overdue: bool
    status: str

    @property
    def rank(self) -> tuple[int, bool, bool, int]:
        """Smaller is worse: severity, overdue, not met at all before met in part, then the order of the lists."""
        return (self.severity.rank, not self.overdue, self.result is not Result.NON_COMPLIANT, self.number)


class Followed(Frozen):
    """What is known about findings: those of the system and its standing answers by requirement, names, the day."""

    findings: Mapping[str, Finding] = Field(default_factory=dict)
    standing: Mapping[str, Answer] = Field(default_factory=dict)
    providers: Mapping[str, str] = Field(default_factory=dict)
    units: Units = Field(default_factory=dict)
    today: date

    @property
    def overdue(self) -> int:
        """How many findings of the system are past their deadline."""
        return sum(overdue(one, self.standing.get(id_), self.today) for id_, one in self.findings.items())


def shortfalls(rows: Iterable[AssessmentRow], followed: Followed) -> tuple[Shortfall, ...]:
    """Every row that falls short, the worst first; ``rows`` are all rows of the check, in order."""
    short = ((number, row) for number, row in enumerate(rows, start=1) if row.result.falls_short)
    return tuple(sorted((_shortfall(number, row, followed) for number, row in short), key=lambda one: one.rank))


def _shortfall(number: int, row: AssessmentRow, followed: Followed) -> Shortfall:
    finding = followed.findings.get(row.requirement.id)
    said = None if row.from_provider else followed.standing.get(row.requirement.id)
    known = finding if finding is not None and finding.status.standing else None
    one = row.requirement
    return Shortfall(
        number=number,
        id=one.id,
        clause=one.clause,
        citation=one.citation,
        statement=one.statement,
        result=row.result,
        severity=known.severity if known else severity_of(one, row.result),
        present_state=row.present_state,
        shared=shared_by(row, followed.providers),
        measure=said.measure if said else "",
        unit=unit_name(followed.units, said.responsible_unit_id) if said else "",
        due=date_text(said.due) if said and said.due else "",
        overdue=overdue(known, said, followed.today),
        status=finding.status.label if finding else "",
    )


def overdue(finding: Finding | None, said: Answer | None, today: date) -> bool:
    """Whether work still to be done is past its deadline."""
    left = days_left(finding, said.due, today) if finding is not None and said is not None else None
    return left is not None and left < 0


def shared_by(row: AssessmentRow, providers: Mapping[str, str]) -> str:
    """The name of the system whose answer counts here; empty where the check answered by itself."""
    if not row.from_provider:
        return ""
    if row.answer is not None and row.answer.inherited is not None:
        return providers.get(row.answer.inherited.system_id, row.answer.inherited.system_id)
    return row.inherited.provider_name if row.inherited else ""


def shortened(text: str, room: int) -> str:
    """The text cut at a word to at most ``room`` letters, with ``…`` where something was cut; a longer word is cut."""
    if len(text) <= room:
        return text
    return f"{text[:room].rpartition(' ')[0].rstrip(' ,;:.(') or text[: room - 1]}…"
