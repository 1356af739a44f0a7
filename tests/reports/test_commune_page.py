"""The leader's page: one sheet, whatever the commune has; every number with the records behind it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from compliance.adapters.rendering import Properties, render
from compliance.adapters.templates import fill, load_form, load_layout, page_face
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Result
from compliance.domain.commune_facts import CommuneFacts, IncidentStand, MorningStand, SystemStand, percent_met
from compliance.domain.commune_figures import commune_figures
from compliance.domain.commune_page import COVERED, SHOWN, commune_page
from compliance.domain.dossier import letterhead
from compliance.domain.duty import DutyRow, DutyStatus, Source
from compliance.domain.duty_calendar import DutyKind
from compliance.services.commune_pages import leader_page, leader_ready
from compliance.services.systems import systems
from tests.documents.office import COMMITTEE, STAFF, TODAY, new_office, put_system
from tests.documents.reading import A4, MM, Pdf, lines_of

LONG = "Hệ thống thông tin phục vụ tiếp nhận, giải quyết thủ tục hành chính và trả kết quả của Trung tâm số"
STAGES = {"draft": "Đang soạn", "sent": "Đã gửi thẩm định", "appraised": "Đã thẩm định", "in_force": "Đang có hiệu lực"}


def system(number: int, level: int | None = 2, stage: str = "draft", **counts: int) -> SystemStand:
    return SystemStand(
        id=f"he-thong-{number}",
        name=f"{LONG} {number}",
        level=level,
        stage=stage,
        stage_label=STAGES[stage],
        approved=stage == "in_force",
        counts={Result[name.upper()]: count for name, count in counts.items()},
    )


def work(number: int, days: int, status: DutyStatus, what: str = "", system_id: str = "mang") -> DutyRow:
    due = TODAY + timedelta(days=days)
    return DutyRow(
        id=f"{system_id}/viec-{number}",
        what=what or f"Rà soát, cập nhật quy định về quản lý truy cập và danh sách tài khoản lần thứ {number}",
        source=Source.STANDARD,
        kind=DutyKind.STANDARD,
        system_id=system_id,
        system_name=LONG,
        unit_name="Văn phòng HĐND và UBND xã",
        citation="điều khoản",
        due=due,
        safe_day=due - timedelta(days=1),
        status=status,
        days=days,
    )


def facts(**changes: object) -> CommuneFacts:
    given = {
        "day": TODAY,
        "head": letterhead(COMMITTEE),
        "systems": (
            system(1, 3, "appraised", compliant=50, non_compliant=20, not_assessed=30),
            system(2, 2, "in_force", compliant=80, partially_compliant=20, not_applicable=11),
            system(3, None),
        ),
        "stages": STAGES,
        "rows": (
            work(1, -3, DutyStatus.OVERDUE),
            work(2, 0, DutyStatus.NOW),
            work(3, 20, DutyStatus.DUE_SOON),
            work(4, 31, DutyStatus.UPCOMING),
            work(5, 20, DutyStatus.UNDECIDED).model_copy(update={"due": None, "days": None, "safe_day": None}),
        ),
        "incidents": (
            IncidentStand("sc-2026-001", "Máy tính bị mã hóa dữ liệu", date(2026, 10, 2), False, "đã báo cáo", True),
            IncidentStand(
                "sc-2026-002", "Trang tin bị thay đổi nội dung", date(2026, 11, 20), True, "còn 14 giờ", False
            ),
        ),
        "mornings": MorningStand(checked=13, working=15, faults=2),
        "announced_through": 2026,
        **changes,
    }
    return CommuneFacts(**given)  # type: ignore[arg-type]


def printed(tmp_path: Path, one: CommuneFacts) -> Pdf:
    form, face = load_form("nd331-2026", "trang-lanh-dao"), page_face(load_layout())
    content = {"page": commune_page(one), "form_folder": form.name, "match_code": "VIDU-0001"}
    properties = Properties(title="Trang", author="", subject="", keywords=(), day=TODAY)
    done = render(fill(form, content, face=face), tmp_path / "trang.pdf", face=face, properties=properties)
    assert done.remarks == ()
    return Pdf(done.path)


def test_the_numbers_of_the_page_are_those_of_the_records() -> None:
    page = commune_page(facts())
    assert (page.managed, page.approved, page.open_incidents, page.undecided) == (3, 1, 1, 1)
    assert (page.overdue, page.coming) == (2, 1)  # 31 days ahead is beyond the page
    assert [(one.title, one.count) for one in page.levels if one.count] == [
        ("Cấp độ 2", 1),
        ("Cấp độ 3", 1),
        ("Chưa xác định", 1),
    ]
    assert page.coverage == "65%"  # 130 met of 200 that apply; those not assessed count as not met
    assert page.mornings.startswith("13/15 ngày làm việc")


def test_a_share_is_never_rounded_to_all_or_nothing() -> None:
    assert percent_met({Result.COMPLIANT: 999, Result.NON_COMPLIANT: 1}) == "99%"
    assert percent_met({Result.COMPLIANT: 1, Result.NOT_ASSESSED: 999}) == "1%"
    assert percent_met({Result.NOT_APPLICABLE: 3}) == "0%"
    assert percent_met({}) == "–"


def test_every_number_shows_the_records_behind_it() -> None:
    figures = {one.id: one for one in commune_figures(facts())}
    assert [one.id for one in figures["approved"].behind] == ["he-thong-2"]
    assert [one.id for one in figures["approved"].beside] == ["he-thong-1", "he-thong-3"]
    assert [one.id for one in figures["overdue"].behind] == ["mang/viec-1", "mang/viec-2"]
    assert [one.id for one in figures["incidents"].behind] == ["sc-2026-002"]
    assert figures["level.none"].number == 1
    assert all(one.number is None or one.number == len(one.behind) for one in figures.values())


def test_the_same_work_of_several_systems_is_one_line() -> None:
    same = [work(n, -3, DutyStatus.OVERDUE, "Kiểm kê phần cứng", f"he-thong-{n}") for n in (1, 2, 3)]
    same = [row.model_copy(update={"system_name": f"Hệ thống {n}"}) for n, row in enumerate(same)]
    (line,) = commune_page(facts(rows=same)).late
    assert (line.what, line.of, line.days) == ("Kiểm kê phần cứng", "03 hệ thống", "quá 3 ngày")


def test_a_crowded_commune_still_fits_one_sheet(tmp_path: Path) -> None:
    """Fourteen systems, forty things to do, ten incidents, long names everywhere."""
    crowded = facts(
        systems=tuple(system(n, 1 + n % 5, list(STAGES)[n % 4], compliant=n, non_compliant=9) for n in range(14)),
        rows=(
            *(work(n, -n - 1, DutyStatus.OVERDUE) for n in range(20)),
            *(work(n + 50, n, DutyStatus.DUE_SOON) for n in range(20)),
        ),
        incidents=tuple(
            IncidentStand(f"sc-2026-{n:03d}", LONG, TODAY, True, "báo cáo trong 72 giờ: " + "đã quá hạn 3 giờ", True)
            for n in range(10)
        ),
    )
    pdf = printed(tmp_path, crowded)
    assert len(pdf.pages) == 1
    words = lines_of(pdf.pages[0])
    assert max(one["x1"] for one in words) <= A4[0] - 14 * MM
    assert max(one["bottom"] for one in words) <= A4[1] - 9 * MM
    assert pdf.holds(f"và {20 - SHOWN // 2} việc khác")
    assert pdf.holds(f"{14 - COVERED + 1:02d} hệ thống còn lại")
    assert pdf.holds("và 7 sự cố khác")


def test_an_empty_commune_says_so_in_sentences(tmp_path: Path) -> None:
    pdf = printed(tmp_path, facts(systems=(), rows=(), incidents=(), mornings=None))
    for sentence in ("Không có việc quá hạn.", "Không ghi nhận sự cố trong năm.", "chưa có số liệu đáp ứng yêu cầu"):
        assert pdf.holds(sentence)
    assert not pdf.holds("Kiểm tra đầu giờ")


@pytest.fixture
def office(tmp_path: Path) -> Workspace:
    workspace = new_office(tmp_path / "ho-so")
    put_system(workspace, STAFF)
    return workspace


def test_the_page_also_opens_in_a_browser_without_a_network(office: Workspace, tmp_path: Path) -> None:
    with office:
        made = leader_page(office, tmp_path / "ra", TODAY)
        put_here = [one for one in systems(office) if one.needs_dossier]
    text = made.html.read_text("utf-8")
    assert made.printed.file.pages == 1
    assert made.printed.match_code in text
    assert "http:" not in text.replace("http://www.w3.org/2000/svg", "")
    assert "file:" not in text
    assert "@media screen" in text
    assert made.page.managed == len(put_here)


def test_issuing_freezes_the_page_of_a_day(office: Workspace) -> None:
    with office:
        ready = leader_ready(office, TODAY)
    assert (ready.owner_id, ready.period.name) == ("ubnd-xa", "2026-11-22")
    assert ready.content["page"]["managed"] == next(one.number for one in ready.figures if one.id == "managed")


def test_lines_and_how_many_more_add_up_to_the_number_above_them() -> None:
    many = [work(n, 10, DutyStatus.DUE_SOON, what=f"Việc thứ {n % 12}", system_id=f"he-thong-{n}") for n in range(48)]
    named = [row.model_copy(update={"system_name": f"Hệ thống {n % 7}"}) for n, row in enumerate(many)]
    page = commune_page(facts(rows=tuple(named)))
    assert page.coming == 48
    assert sum(one.count for one in page.ahead) + page.more_ahead == page.coming


def test_a_line_says_how_much_work_it_holds_where_the_system_does_not_tell() -> None:
    twice = [work(n, 10, DutyStatus.DUE_SOON, what="Khắc phục tồn tại") for n in (1, 2)]
    page = commune_page(facts(rows=tuple(twice)))
    assert page.ahead[0].of.endswith("(02 việc)")
