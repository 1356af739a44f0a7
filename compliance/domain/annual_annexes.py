"""Annexes to the yearly report: what its contents ask and the statutory form has no place for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from compliance.domain.assessment import Result
from compliance.domain.blank import Frozen
from compliance.domain.classification import Importance, ImportanceTestResult
from compliance.domain.deployment import deployment
from compliance.domain.dossier import Letterhead
from compliance.domain.overview import UnitBlock
from compliance.domain.wording import date_text


@dataclass(frozen=True, slots=True)
class Stand:
    """How one requirement of a system stands; ``managed`` tells that it belongs to the owner's own rules."""

    group: str
    group_title: str
    citation: str
    statement: str
    managed: bool
    result: Result
    measure: str = ""
    unit: str = ""
    due: date | None = None


@dataclass(frozen=True)
class AnnexSource:
    """What a system brings to the annexes."""

    name: str
    level: int | None
    decision: str
    regulation: str
    importance: Importance
    stands: tuple[Stand, ...] = ()


class ImportanceLine(Frozen):
    """A system with grounds for the list of those important to national security, or with a test still open."""

    name: str
    level: int | None
    tests: tuple[str, ...]


class ComplianceLine(Frozen):
    """How far a system keeps to the owner's rules: requirements of management that apply, by result."""

    name: str
    regulation: str
    total: int
    met: int
    short: int
    waiting: int
    verdict: str


class GroupLine(Frozen):
    """A group of requirements of a system; ``by`` is when all of it is to be met, empty while a deadline is missing."""

    title: str
    total: int
    met: int
    partly: int
    unmet: int
    waiting: int
    verdict: str
    by: str


class ShortfallLine(Frozen):
    """A requirement that was found to fall short, and what is done about it by whom and by when."""

    citation: str
    statement: str
    result: str
    measure: str
    unit: str
    due: str


class SystemAnnex(Frozen):
    """The assessment of one system: its decision, its groups, what falls short."""

    name: str
    level: int | None
    decision: str
    groups: tuple[GroupLine, ...]
    shortfalls: tuple[ShortfallLine, ...]


class AnnualAnnexes(Frozen):
    """The annexes of one report.

    ``issuer`` is the sender's name in running text, empty in reports issued before it was kept. ``unknown`` are
    systems whose level is not known, so nothing can be said of them.
    """

    letterhead: Letterhead
    issuer: str = ""
    period: str
    operators: tuple[UnitBlock, ...] = ()
    important: tuple[ImportanceLine, ...] = ()
    open: tuple[ImportanceLine, ...] = ()
    compliance: tuple[ComplianceLine, ...] = ()
    systems: tuple[SystemAnnex, ...] = ()
    unknown: tuple[str, ...] = ()


def annexes(
    letterhead: Letterhead,
    period: str,
    operators: Sequence[UnitBlock],
    sources: Sequence[AnnexSource],
    *,
    issuer: str = "",
) -> AnnualAnnexes:
    """Put the annexes together; systems in the order of the report."""
    return AnnualAnnexes(
        letterhead=letterhead,
        issuer=issuer,
        period=period,
        operators=tuple(operators),
        important=tuple(_important(one, one.importance.hits) for one in sources if one.importance.hits),
        open=tuple(
            _important(one, one.importance.open) for one in sources if one.importance.open and not one.importance.hits
        ),
        compliance=tuple(map(_compliance, sources)),
        systems=tuple(_system(one) for one in sources if one.stands),
        unknown=tuple(one.name for one in sources if not one.stands),
    )


def _important(one: AnnexSource, tests: Iterable[ImportanceTestResult]) -> ImportanceLine:
    said = tuple(f"{test.statement.rstrip('.')} ({test.citation})" for test in tests)
    return ImportanceLine(name=one.name, level=one.level, tests=said)


def _compliance(one: AnnexSource) -> ComplianceLine:
    counts = _counts(stand for stand in one.stands if stand.managed)
    met, waiting = counts[Result.COMPLIANT], counts[Result.NOT_ASSESSED]
    short = counts[Result.NON_COMPLIANT] + counts[Result.PARTIALLY_COMPLIANT]
    if not one.regulation:
        verdict = "Chưa có Quy chế"
    elif short:
        verdict = "Chưa tuân thủ đầy đủ"
    elif waiting or not met:
        verdict = "Chưa đủ kết quả kiểm tra để kết luận"
    else:
        verdict = "Tuân thủ"
    return ComplianceLine(
        name=one.name,
        regulation=one.regulation,
        total=met + waiting + short,
        met=met,
        short=short,
        waiting=waiting,
        verdict=verdict,
    )


def _system(one: AnnexSource) -> SystemAnnex:
    groups: dict[str, list[Stand]] = {}
    for stand in one.stands:
        groups.setdefault(stand.group, []).append(stand)
    return SystemAnnex(
        name=one.name,
        level=one.level,
        decision=one.decision,
        groups=tuple(line for stands in groups.values() if (line := _group(stands)) is not None),
        shortfalls=tuple(_shortfall(stand) for stand in one.stands if stand.result.falls_short),
    )


def _group(stands: Sequence[Stand]) -> GroupLine | None:
    """A group; ``None`` where nothing of it applies."""
    counts = _counts(stands)
    total = len(stands) - counts[Result.NOT_APPLICABLE]
    if not total:
        return None
    state = deployment((one.result, one.due) for one in stands)
    full = counts[Result.COMPLIANT] == total
    return GroupLine(
        title=stands[0].group_title,
        total=total,
        met=counts[Result.COMPLIANT],
        partly=counts[Result.PARTIALLY_COMPLIANT],
        unmet=counts[Result.NON_COMPLIANT],
        waiting=counts[Result.NOT_ASSESSED],
        verdict="Đã đáp ứng đầy đủ" if full else "Chưa đáp ứng đầy đủ",
        by=date_text(state.by) if state.by else "",
    )


def _counts(stands: Iterable[Stand]) -> Mapping[Result, int]:
    found = dict.fromkeys(Result, 0)
    for one in stands:
        found[one.result] += 1
    return found


def _shortfall(one: Stand) -> ShortfallLine:
    return ShortfallLine(
        citation=one.citation,
        statement=one.statement,
        result=one.result.label,
        measure=one.measure,
        unit=one.unit,
        due=date_text(one.due) if one.due else "",
    )
