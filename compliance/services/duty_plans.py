"""The yearly plan of checks and the calendar for the wall, printed from what falls due in a year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.templates import Form
from compliance.adapters.text_width import text_width
from compliance.adapters.working_calendar import working_calendar
from compliance.adapters.workspace import Workspace
from compliance.domain.assignment import Assignment, DutyRole
from compliance.domain.dossier import grounds_of, letterhead
from compliance.domain.duty import Cadency, DutyRow, DutyStatus, Occurrence
from compliance.domain.duty_group import PLANNED, duty_groups
from compliance.domain.duty_plan import DutyPlan, PlanFacts, duty_plan
from compliance.domain.organization import Unit, commune_committee
from compliance.domain.regime import Regime
from compliance.domain.wall_calendar import WallCalendar, wall_calendar
from compliance.errors import Refused
from compliance.services import duties, organizations, systems
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one
from compliance.services.own_forms import own_form, paper_file
from compliance.services.paper_data import PaperData, plain
from compliance.services.records import head_of
from compliance.services.regimes import regime

FIRST_YEAR, LAST_YEAR = 2020, 2099
"""The years a plan is made for; the holidays of the moon are known for all of them."""
_FOLDER = "ke-hoach-nam"


@dataclass(frozen=True)
class PlanPaper:
    """The plan as drafted, with the records it rests on and remarks for the drafter."""

    printed: PrintedPaper
    plan: DutyPlan
    versions: Mapping[str, str]
    remarks: tuple[str, ...]

    @property
    def lines(self) -> int:
        """How many lines the plan has."""
        return sum(len(part.lines) for part in self.plan.parts)

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "year": self.plan.year,
            "time": self.plan.time.value,
            "files": [self.printed.file.as_json()],
            "match_code": self.printed.match_code,
            "lines": [
                {"month": part.month, **line.model_dump(mode="json")} for part in self.plan.parts for line in part.lines
            ],
            "open": [one.model_dump(mode="json") for one in self.plan.open_lines],
            "lists": [one.model_dump(mode="json") for one in self.plan.lists],
            "holidays_announced": not self.plan.unknown_year,
            "versions": dict(self.versions),
            "remarks": list(self.remarks),
        }


@dataclass(frozen=True)
class WallPaper:
    """The calendar for the wall as printed."""

    printed: PrintedPaper
    wall: WallCalendar
    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "year": self.wall.year,
            "files": [self.printed.file.as_json()],
            "match_code": self.printed.match_code,
            "smallest_size": self.wall.smallest,
            "left_out": self.wall.left_out,
            "months": [month.model_dump(mode="json", exclude={"weeks"}) for month in self.wall.months],
            "regular": [one.model_dump(mode="json") for one in self.wall.strips],
            "holidays_announced": not self.wall.unknown_year,
            "remarks": list(self.remarks),
        }


def draft_duty_plan(workspace: Workspace, year: int, out: Path | None, today: date, *, unit_id: str = "") -> PlanPaper:
    """Print the plan of a year for approval; of a year gone by, what fell due and what was recorded of it.

    Args:
        workspace: where the systems are recorded.
        year: the year.
        out: the file (ending in ``.pdf``) or the folder for it; ``None`` for the folder of drafts.
        today: the day duties are read.
        unit_id: only what this unit leads; empty for all.

    Raises:
        NotFound: no such unit, or the regime in force has no such form.
        Refused: nothing falls due in the year, or the folder cannot be written.
        DataFault: the form or a law file is broken.
    """
    if unit_id:
        head_of(workspace, "unit", unit_id)
    law = regime(None, today)
    form = own_form(workspace, law, law.own_forms.duty_plan, "kế hoạch kiểm tra năm")
    found = [one for one in _of_year(workspace, year, today) if unit_id in ("", one.row.unit_id)]
    _refuse_empty(found, year, unit_id)
    units = organizations.units(workspace)
    rows = [row for row in duties.duty_rows(workspace, today, unit_id=unit_id, every=True) if row.source in PLANNED]
    issuer = issuer_among(units, (one.row for one in found))
    facts = PlanFacts(
        letterhead=letterhead(issuer).of_kind(form.data.labels["kind_code"]),
        issuer=issuer.name if issuer else "",
        year=year,
        today=today,
        part_of=units[unit_id].name if unit_id else "",
        announced=working_calendar(today, today, workspace.path).announced_through,
        grounds=grounds_of(law),
        supports=_supports(workspace, units, year, today),
        undecided=tuple(row for row in rows if row.status is DutyStatus.UNDECIDED),
        decided=tuple(_decided(workspace, rows)),
        security_unit=_security_unit(workspace, found, units),
    )
    plan = duty_plan(duty_groups(found), facts)
    data = _data(form, law, "Dữ liệu lập kế hoạch", "du-lieu-ke-hoach-nam.json", {"plan": plain(plan)})
    about = f"{year}-{unit_id}" if unit_id else str(year)
    paper = OnePaper(
        form=form,
        title=f"{form.data.title} {year}",
        author=facts.letterhead.agency,
        content={"duty_plan": plan},
        data=data,
    )
    printed = print_one(paper, paper_file(workspace, form, _FOLDER, out, about), today)
    remarks = (*_plan_remarks(plan), *printed.remarks)
    return PlanPaper(printed=printed, plan=plan, versions=data.versions, remarks=remarks)


def draft_wall_calendar(workspace: Workspace, year: int, out: Path | None, today: date) -> WallPaper:
    """Print the calendar for the wall, one sheet; arguments and errors as :func:`draft_duty_plan`."""
    law = regime(None, today)
    form = own_form(workspace, law, law.own_forms.wall_calendar, "lịch treo tường")
    found = _of_year(workspace, year, today)
    _refuse_empty(found, year, "")
    issuer = issuer_among(organizations.units(workspace), (one.row for one in found))
    working = working_calendar(date(year, 1, 1), date(year, 12, 31), workspace.path)
    office = issuer.name if issuer else ""
    wall = wall_calendar(duty_groups(found), year, office, working, _width)
    data = _data(form, law, "Dữ liệu lập lịch", "du-lieu-lich-treo-tuong.json", {"wall": plain(wall)})
    paper = OnePaper(
        form=form, title=f"{form.data.title} {year}", author=office.upper(), content={"wall": wall}, data=data
    )
    printed = print_one(paper, paper_file(workspace, form, _FOLDER, out, str(year)), today)
    return WallPaper(printed=printed, wall=wall, remarks=(*_wall_remarks(wall), *printed.remarks))


def issuer_among(units: Mapping[str, Unit], rows: Iterable[DutyRow]) -> Unit | None:
    """The body that signs: the commune's only People's Committee, else the only owner of the duties."""
    committee = commune_committee(units.values())
    if committee is not None:
        return committee
    owners = {row.owner_id for row in rows if row.owner_id}
    return units.get(next(iter(owners))) if len(owners) == 1 else None


def _of_year(workspace: Workspace, year: int, today: date) -> list[Occurrence]:
    """What falls due in the year and belongs on a paper for others to read."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Refused(
            f"Năm {year} không lập được. Hãy ghi năm từ {FIRST_YEAR} đến {LAST_YEAR}, ví dụ {today.year + 1}."
        )
    found = duties.occurrences(workspace, date(year, 1, 1), date(year, 12, 31), today)
    return [one for one in found if one.row.source in PLANNED]


def _refuse_empty(found: list[Occurrence], year: int, unit_id: str) -> None:
    if found:
        return
    if unit_id:
        raise Refused(
            f"Không có việc nào giao “{unit_id}” đến hạn trong năm {year}. Xem việc của mọi đơn vị: "
            f"compliance duties plan {year}"
        )
    raise Refused(
        f"Năm {year} không có việc nào đến hạn được ghi nhận nên không lập được. Nếu chưa kê khai hệ thống thì nhập "
        "bảng kê trước: compliance systems import TỆP; việc đến hạn trước ngày kê khai không có trong sổ."
    )


def _supports(workspace: Workspace, units: Mapping[str, Unit], year: int, today: date) -> dict[str, tuple[str, ...]]:
    """Who supports, by system, on the first day the plan speaks of."""
    on = max(date(year, 1, 1), today) if year >= today.year else date(year, 12, 31)
    named: dict[str, set[str]] = {}
    for head in workspace.store.heads("assignment"):
        one = Assignment.model_validate_json(head.body)
        if one.role is DutyRole.SUPPORTS and one.holds(on) and one.unit_id in units:
            for system_id in one.system_ids or ("",):
                named.setdefault(system_id, set()).add(units[one.unit_id].name)
    return {system_id: tuple(sorted(names)) for system_id, names in named.items()}


def _decided(workspace: Workspace, rows: Iterable[DutyRow]) -> Iterable[tuple[Cadency, tuple[DutyRow, ...]]]:
    """The office's own decisions, each with the duties it is about."""
    found = tuple(rows)
    for head in workspace.store.heads("cadence"):
        one = Cadency.model_validate_json(head.body)
        about = tuple(row for row in found if _is_about(one.key, row.id))
        if about and not one.withdrawn:
            yield one, about


def _is_about(key: str, duty_id: str) -> bool:
    bare = duty_id.partition("/")[2]
    return key in (duty_id, duty_id.partition("~")[0], bare, bare.partition("~")[0])


def _security_unit(workspace: Workspace, found: Iterable[Occurrence], units: Mapping[str, Unit]) -> str:
    """The dedicated unit, where all systems of the plan name the same."""
    wanted = {one.row.system_id for one in found if one.row.system_id}
    named = {one.security_unit_id for one in systems.systems(workspace) if one.id in wanted and one.security_unit_id}
    unit = units.get(next(iter(named))) if len(named) == 1 else None
    return unit.name if unit else ""


def _plan_remarks(plan: DutyPlan) -> Iterable[str]:
    open_ones = sum(not one.cadence for one in plan.open_lines)
    if open_ones:
        yield (
            f"{open_ones} nội dung chưa ấn định định kỳ nên để chỗ trống ở mục III; ấn định: compliance duties decide "
            "MÃ-VIỆC …"
        )
    if plan.unsettled:
        yield (
            f"{len(plan.unsettled)} điểm quy định chưa rõ, các nội dung liên quan có dấu (*); xem trang ghi chú cuối "
            "bản in và bỏ trang đó khi ban hành."
        )
    if any(not task.unit for task in plan.tasks):
        numbers = next(task.numbers for task in plan.tasks if not task.unit)
        yield f"Chưa có đơn vị chủ trì cho nội dung số {numbers}; hãy khai đơn vị vận hành, chủ quản của hệ thống."
    if not plan.issuer:
        yield "Chưa xác định được cơ quan ban hành kế hoạch: hãy khai chủ quản của hệ thống trong bảng kê."
    if plan.unknown_year:
        yield _unknown(plan.year)


def _wall_remarks(wall: WallCalendar) -> Iterable[str]:
    if wall.left_out:
        yield (
            f"Lịch không đủ chỗ cho {wall.left_out} việc; việc theo luật được giữ, các việc khác xem danh sách: "
            "compliance duties due"
        )
    if wall.unknown_year:
        yield _unknown(wall.year)


def _unknown(year: int) -> str:
    return (
        f"Năm {year} chưa có lịch nghỉ đã công bố: ngày làm việc tính theo ngày nghỉ hằng tuần và nghỉ lễ, tết theo "
        "luật; in lại khi có thông báo."
    )


def _width(text: str, size: float, bold: bool) -> float:
    return text_width(text, size, bold=bold)


def _data(form: Form, law: Regime, description: str, name: str, records: Mapping[str, Any]) -> PaperData:
    versions = {f"form/{form.name}": form.digest, f"regime/{law.id}": law.checked_on.isoformat()}
    return PaperData(name=name, description=description, versions=versions, records=records)
