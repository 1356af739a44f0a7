"""The minutes of a check (biên bản kiểm tra, đánh giá); what nobody recorded is left to be written in by hand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, time

from compliance.domain.assessment_detail import DetailList, Proof, detail_lists
from compliance.domain.assessment_sheet import AssessmentSheet, Tally
from compliance.domain.blank import Frozen
from compliance.domain.checklist import Checklist
from compliance.domain.dossier import Letterhead
from compliance.domain.issuing import issuing_head
from compliance.domain.overview import unit_name
from compliance.domain.shortfall import Followed, Shortfall, shortfalls
from compliance.domain.stacked_bars import BarChart
from compliance.domain.system import System
from compliance.domain.wording import date_text

_SHORT_MONTH = 3


class CheckedList(Frozen):
    """A list the check was made against, with its figures by group."""

    title: str
    version: str
    total: int
    chart: BarChart


class MinutesPaper(Frozen):
    """The minutes as printed; every empty text is a blank to fill in."""

    head: Letterhead
    system_name: str
    level: int
    kind: str
    owner: str
    operator: str
    assessor: str
    outside: bool
    cause: str
    assessment_id: str
    period: str
    begins: str
    ends: str
    place: str
    attendees: tuple[str, ...]
    chair: str
    secretary: str
    opinion: tuple[str, ...]
    lists: tuple[CheckedList, ...]
    figures: Tally
    shortfalls: tuple[Shortfall, ...]
    waiting: int


def minutes_paper(
    sheet: AssessmentSheet, lists: Sequence[Checklist], system: System, followed: Followed, kind_code: str
) -> MinutesPaper:
    """Put the minutes together.

    Args:
        sheet: the check.
        lists: what it was made against, in order.
        system: the system checked.
        followed: its findings, standing answers, and the names of units and other systems.
        kind_code: the abbreviation of the kind of paper that goes before the agency's symbol.
    """
    one, said, units = sheet.assessment, sheet.assessment.minutes, followed.units
    proof = Proof(system_id=one.system_id, providers=followed.providers, day=followed.today)
    details, short = detail_lists(sheet, lists, proof), shortfalls(sheet.rows, followed)
    until = f" đến ngày {date_text(one.closed_on)}" if one.closed_on else ""
    return MinutesPaper(
        head=issuing_head(one, system, units, kind_code),
        system_name=sheet.system_name,
        level=one.level,
        kind=one.kind.label,
        owner=unit_name(units, system.owner_id),
        operator=unit_name(units, one.operator_id),
        assessor=one.assessor,
        outside=one.outside,
        cause=one.cause,
        assessment_id=one.id,
        period=f"từ ngày {date_text(one.started_on)}{until}",
        begins=moment(said.begins, said.held_on) if said else "",
        ends=moment(said.ends, said.held_on) if said else "",
        place=said.place if said else "",
        attendees=said.attendees if said else (),
        chair=said.chair if said else "",
        secretary=said.secretary if said else "",
        opinion=tuple(line for line in (said.opinion if said else "").splitlines() if line.strip()),
        lists=tuple(_lists(lists, details, one.lists)),
        figures=sheet.tally,
        shortfalls=tuple(sorted(short, key=lambda each: each.number)),
        waiting=len(sheet.open_rows),
    )


def _lists(
    lists: Sequence[Checklist], details: Sequence[DetailList], versions: Mapping[str, str]
) -> Iterator[CheckedList]:
    for one, detail in zip(lists, details, strict=True):
        yield CheckedList(
            title=one.title,
            version=versions.get(one.id, one.version),
            total=len(one.requirements),
            chart=detail.chart,
        )


def moment(hour: time, day: date) -> str:
    """``08 giờ 30 phút, ngày 05 tháng 02 năm 2027``: a leading zero for days 1-9 and months 1-2 only."""
    return f"{hour:%H} giờ {hour:%M} phút, {long_date(day)}"


def long_date(day: date) -> str:
    """``ngày 05 tháng 3 năm 2027``."""
    month = f"{day.month:02d}" if day.month < _SHORT_MONTH else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"
