"""The report of a check (báo cáo kết quả kiểm tra, đánh giá): one page a leader reads, then everything behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from math import ceil

from pydantic import Field

from compliance.domain.assessment import Answer, Assessment
from compliance.domain.assessment_detail import DetailList, EvidenceOf, Proof, detail_lists
from compliance.domain.assessment_rules import AssessmentWarning
from compliance.domain.assessment_sheet import AssessmentSheet
from compliance.domain.blank import Frozen
from compliance.domain.checklist import Checklist
from compliance.domain.dossier import Letterhead
from compliance.domain.evidence_review import GapLine, Picture, gap_lines, pictures
from compliance.domain.issuing import issuing_head
from compliance.domain.leader_page import LeaderPage, leader_page
from compliance.domain.organization import Unit
from compliance.domain.overview import unit_name
from compliance.domain.remediation import Finding
from compliance.domain.remediation_plan import numbers_text
from compliance.domain.shortfall import Followed, shortfalls
from compliance.domain.system import System
from compliance.domain.wording import date_text, number_text

_SHORT_HEAD = 5
"""Lines of title and agency that leave the leader's page room for everything else."""

_TITLE_LINE, _AGENCY_LINE = 70, 27
"""Letters of a line of each."""


class OpenLaw(Frozen):
    """A point the law leaves open, as printed."""

    code: str
    title: str
    message: str
    citation: str


class ReportSources(Frozen):
    """Everything a report is made of.

    ``systems`` are names by id; ``lost`` is the SHA-256 of files gone or damaged; ``findings`` and ``standing`` are
    of the system checked, by requirement.
    """

    sheet: AssessmentSheet
    lists: tuple[Checklist, ...]
    system: System
    units: Mapping[str, Unit]
    systems: Mapping[str, str] = Field(default_factory=dict)
    previous: Assessment | None = None
    findings: Mapping[str, Finding] = Field(default_factory=dict)
    standing: Mapping[str, Answer] = Field(default_factory=dict)
    evidence: EvidenceOf = Field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    warnings: tuple[AssessmentWarning, ...] = ()
    open_law: tuple[OpenLaw, ...] = ()


class Fact(Frozen):
    """A line of the general part; an empty value is a blank."""

    label: str
    value: str


class AssessmentReport(Frozen):
    """The report as printed."""

    head: Letterhead
    system_name: str
    level: int
    kind: str
    day: str
    closed: bool
    leader: LeaderPage
    facts: tuple[Fact, ...]
    lists: tuple[DetailList, ...]
    unproved: tuple[int, ...]
    gaps: tuple[GapLine, ...]
    pictures: tuple[Picture, ...]
    warnings: tuple[AssessmentWarning, ...]
    open_law: tuple[OpenLaw, ...]

    @property
    def unproved_text(self) -> str:
        """The rows without evidence, runs drawn together: ``1-4, 7``."""
        return numbers_text(self.unproved)


def assessment_report(sources: ReportSources, today: date, kind_code: str) -> AssessmentReport:
    """Put the report together.

    Args:
        sources: what it is made of.
        today: decides what is overdue; an open check is reported as it stands that day.
        kind_code: the abbreviation of the kind of paper that goes before the agency's symbol.
    """
    sheet, one = sources.sheet, sources.sheet.assessment
    day = one.closed_on or today
    proof = Proof(
        system_id=one.system_id, evidence=sources.evidence, lost=sources.lost, providers=sources.systems, day=day
    )
    followed = Followed(
        findings=sources.findings,
        standing=sources.standing,
        providers=sources.systems,
        units=sources.units,
        today=today,
    )
    short = shortfalls(sheet.rows, followed)
    lists = detail_lists(sheet, sources.lists, proof, short)
    gaps = tuple(gap_lines(sheet, proof))
    head = issuing_head(one, sources.system, sources.units, kind_code)
    return AssessmentReport(
        head=head,
        system_name=sheet.system_name,
        level=one.level,
        kind=one.kind.label,
        day=date_text(day),
        closed=one.closed,
        leader=leader_page(
            sheet,
            lists,
            short,
            overdue=followed.overdue,
            gaps=len(gaps),
            previous=sources.previous,
            long_head=_lines(sheet.system_name, head) > _SHORT_HEAD,
        ),
        facts=tuple(_facts(sources)),
        lists=lists,
        unproved=tuple(one.number for one in gaps if one.missing),
        gaps=tuple(one for one in gaps if not one.missing),
        pictures=pictures(sheet, proof),
        warnings=sources.warnings,
        open_law=sources.open_law,
    )


def _lines(system_name: str, head: Letterhead) -> int:
    """Lines the names take at the head of the paper."""
    title = ceil((_TITLE_LINE + len(system_name)) / _TITLE_LINE)
    return title + sum(ceil(len(name) / _AGENCY_LINE) for name in (head.parent, head.agency))


def _facts(sources: ReportSources) -> Iterator[Fact]:
    one, system, units = sources.sheet.assessment, sources.system, sources.units
    yield Fact(label="Hệ thống thông tin", value=sources.sheet.system_name)
    yield Fact(label="Cấp độ kiểm tra, đánh giá", value=f"Cấp độ {one.level}")
    yield Fact(label="Chủ quản", value=unit_name(units, system.owner_id))
    yield Fact(label="Đơn vị vận hành", value=unit_name(units, one.operator_id))
    yield Fact(label="Loại kiểm tra, đánh giá", value=one.kind.label)
    if one.cause:
        yield Fact(label="Lý do, căn cứ", value=one.cause)
    outside = " (tổ chức bên ngoài)" if one.outside else ""
    yield Fact(label="Bên kiểm tra, đánh giá", value=f"{one.assessor}{outside}")
    until = f"đến ngày {date_text(one.closed_on)}" if one.closed_on else "chưa kết thúc"
    yield Fact(label="Thời gian", value=f"Từ ngày {date_text(one.started_on)}, {until}")
    for each in sources.lists:
        version = one.lists.get(each.id, each.version)
        yield Fact(
            label="Đối chiếu với",
            value=f"{each.title} (phiên bản {version}): {number_text(len(each.requirements))} yêu cầu",
        )
    if said := _answered_by(sources.sheet):
        yield Fact(label="Người ghi kết quả", value=said)
    yield Fact(label="Mã lần kiểm tra", value=one.id)


def _answered_by(sheet: AssessmentSheet) -> str:
    """Who wrote how many results down."""
    counted: dict[str, int] = {}
    for row in sheet.rows:
        if row.own and row.answer is not None and row.answer.answered_by:
            counted[row.answer.answered_by] = counted.get(row.answer.answered_by, 0) + 1
    return "; ".join(f"{name} ({number_text(count)} yêu cầu)" for name, count in counted.items())
