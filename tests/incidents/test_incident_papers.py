"""The papers of an incident as they reach the police: what they say, what they leave blank, how they lie on pages."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from compliance.adapters.templates import shipped_templates
from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.incident import Contact, ContactRole, Incident, Notice, NoticeKind
from compliance.domain.moment import VIETNAM
from compliance.errors import NotFound, Refused
from compliance.services.contact_papers import print_contacts
from compliance.services.incident_papers import PRINTED, Drafting, PrintedNotice, print_notice
from tests.documents.office import COMMITTEE, OFFICE, ONE_STOP, STAFF, SYSTEMS, UNITS, USED, put
from tests.documents.reading import A4, MM, Pdf, line, lines_of, plain, top_margin

T0 = datetime(2026, 11, 22, 8, 15, tzinfo=VIETNAM)
POLICE = "Phòng An ninh mạng, Công an tỉnh Mẫu"
ID = "sc-2026-001"
INCIDENT = Incident(
    id=ID,
    title="Máy tính một cửa bị mã hóa dữ liệu",
    system_ids=(ONE_STOP.id,),
    place="Bộ phận một cửa",
    detected_at=T0,
    detected_by="Trung tâm Phục vụ hành chính công",
    happened_at=T0 - timedelta(minutes=55),
    serious=True,
    serious_reason="hồ sơ của người dân bị khóa",
    threatens=False,
    interrupts=False,
    description="Tệp hồ sơ không mở được, có tệp đòi tiền chuộc",
    scope="01 máy tính, khoảng 320 hồ sơ",
    harm="Tạm dừng 01 quầy",
    done_so_far="Rút dây mạng máy số 2 lúc 08 giờ 22 phút",
)
FIRST = Notice(
    incident_id=ID,
    number=1,
    kind=NoticeKind.INITIAL,
    sent_at=T0 + timedelta(hours=1, minutes=25),
    to=POLICE,
    channel="Điện thoại trực ban",
    paper_number="210/UBND-VP",
)
ROLES = {
    "pa05": Contact(
        id="pa05",
        role=ContactRole.POLICE,
        name=POLICE,
        channels=("Trực ban: (0200) 000 0113", "Thư: trucban@congantinh.example"),
        checked_on=date(2026, 11, 2),
    ),
    "lanh-dao": Contact(id="lanh-dao", role=ContactRole.LEADER, name="Chủ tịch UBND xã", channels=("(0200) 000 0001",)),
}
HOSTILE = "<b>đậm</b> {{ 7 * 7 }} {% for %} & “ngoặc” </p></div><script>alert(1)</script> "
FONTS = (
    '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">'
    "<fontconfig><dir>{fonts}</dir><cachedir>{cache}</cachedir>"
    "<alias binding='same'><family>Times New Roman</family><prefer><family>Tinos</family></prefer></alias></fontconfig>"
)
UNBROKEN = "a" * 400


def hours(number: float) -> datetime:
    """So many hours after T0."""
    return T0 + timedelta(hours=number)


@dataclass
class Commune:
    """A commune with one incident, and a clock one can set."""

    path: Path
    at: datetime = T0 + timedelta(minutes=30)
    workspace: Workspace = field(init=False)

    def __post_init__(self) -> None:
        self.workspace = create_workspace(self.path, by="Văn phòng", now=lambda: self.at)
        put(self.workspace, "unit", [(unit.id, unit) for unit in UNITS])
        put(self.workspace, "system", [(one.id, one) for one in SYSTEMS])
        self.record(INCIDENT)

    def record(self, incident: Incident, at: datetime | None = None) -> None:
        self.at = at or self.at
        put(self.workspace, "incident", [(incident.id, incident)])

    def sent(self, notice: Notice) -> None:
        self.at = notice.sent_at + timedelta(minutes=5)
        put(self.workspace, "notice", [(notice.id, notice)])

    def contacts(self, *ids: str) -> None:
        put(self.workspace, "contact", [(id_, ROLES[id_]) for id_ in ids])

    def drafted(self, kind: NoticeKind, now: datetime | None = None, **said: Any) -> Draft:
        moment = now or self.at
        return Draft(
            print_notice(
                self.workspace,
                ID,
                kind,
                out=self.path.parent / "ra",
                now=moment,
                today=moment.date(),
                drafting=Drafting(**{"word": False, **said}),
            )
        )


class Draft:
    def __init__(self, done: PrintedNotice) -> None:
        self.done, self.paper = done, done.paper
        self.pdf = Pdf(done.printed.file.path)

    @property
    def remarks(self) -> str:
        return " ".join(self.done.remarks)


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[Commune]:
    made = Commune(tmp_path / "ho-so")
    with made.workspace:
        yield made


def changed(**said: Any) -> Incident:
    return Incident.model_validate({**INCIDENT.model_dump(), **said})


# --- the first notice ---------------------------------------------------------------------------------------------


def test_the_first_notice_is_a_letter_of_one_page(commune: Commune) -> None:
    commune.contacts("pa05")
    draft = commune.drafted(NoticeKind.INITIAL)
    assert len(draft.pdf.pages) == 1
    said = draft.pdf.text
    for words in (
        "ỦY BAN NHÂN DÂN XÃ SUỐI MẪU",
        "Số: /UBND",
        "V/v thông báo ban đầu",
        f"Kính gửi: {POLICE}.",
        "Thực hiện điểm d khoản 2 Điều 31 Nghị định số 331/2026/NĐ-CP",
        "Máy tính một cửa bị mã hóa dữ liệu",
        "cấp độ",
        f"chủ quản: {COMMITTEE.name}; đơn vị vận hành: {OFFICE.name}.",
        "là sự cố nghiêm trọng theo đánh giá của cơ quan (lý do: hồ sơ của người dân bị khóa).",
        "không định nghĩa “sự cố nghiêm trọng”",
        "trước 08 giờ 15 phút ngày 25/11/2026./.",
        "Nơi nhận:",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
    ):
        assert words in said, words


def test_t0_stands_to_the_minute_with_its_zone_whatever_zone_it_was_typed_in(commune: Commune) -> None:
    commune.record(changed(detected_at=T0.astimezone(UTC), happened_at=None))
    draft = commune.drafted(NoticeKind.INITIAL)
    assert "Thời điểm phát hiện (T0): 08 giờ 15 phút ngày 22/11/2026 (giờ Việt Nam, UTC+7)" in draft.pdf.text


def test_the_head_and_the_margins_are_those_of_an_official_letter(commune: Commune) -> None:
    page = commune.drafted(NoticeKind.INITIAL).pdf.pages[0]
    assert (float(page.width), float(page.height)) == pytest.approx(A4, abs=1)
    assert min(char["x0"] for char in page.chars) >= 30 * MM - 1
    assert max(char["x1"] for char in page.chars) <= A4[0] - 15 * MM + 1
    assert max(char["bottom"] for char in page.chars) <= A4[1] - 20 * MM + 1
    nation = line(page, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert (nation["size"], "Bold" in nation["font"]) == (12, True)
    assert line(page, "V/v thông báo")["size"] == 12
    assert top_margin(page) == []


def test_what_nobody_wrote_down_is_a_marked_blank_and_told_to_the_drafter(commune: Commune) -> None:
    bare = Incident(id=ID, title="Thư công vụ bị chiếm", detected_at=T0)
    commune.record(bare)
    draft = commune.drafted(NoticeKind.REPORT)
    for mark in (
        "(chưa xác định; ghi nhận định sơ bộ, nếu có)",
        "(ghi tên hệ thống, cấp độ, chủ quản, đơn vị vận hành)",
    ):
        assert draft.pdf.holds(mark), mark
    assert "nguyên nhân" in draft.done.blanks
    assert "Còn để trống" in draft.remarks
    assert f"compliance incidents update {ID}" in draft.remarks
    assert "chưa xác định được nguyên nhân; cơ quan báo cáo thông tin sơ bộ" in draft.pdf.text


def test_without_a_contact_the_law_names_the_addressee(commune: Commune) -> None:
    draft = commune.drafted(NoticeKind.INITIAL)
    assert "Kính gửi: Cơ quan chuyên trách của Bộ Công an." in draft.pdf.text
    assert "hỏi Công an cấp tỉnh để gửi đúng đầu mối" in draft.remarks
    told = commune.drafted(NoticeKind.INITIAL, addressee="Công an tỉnh Mẫu")
    assert "Kính gửi: Công an tỉnh Mẫu." in told.pdf.text


def test_a_unit_that_is_not_the_owner_may_sign_and_the_owner_is_told(commune: Commune) -> None:
    draft = commune.drafted(NoticeKind.INITIAL, issuer=OFFICE.id)
    page = draft.pdf.pages[0]
    assert line(page, "VĂN PHÒNG HĐND VÀ UBND")["bottom"] < 60 * MM
    assert f"- {COMMITTEE.name} (để báo cáo);" in draft.pdf.text
    assert "giao chủ quản hệ thống thông tin báo cáo sự cố" in draft.remarks
    with pytest.raises(NotFound, match="van-phon"):
        commune.drafted(NoticeKind.INITIAL, issuer="van-phon")


def test_the_commune_writes_of_a_system_of_the_province_and_tells_it(commune: Commune) -> None:
    commune.record(changed(system_ids=(USED.id,)))
    draft = commune.drafted(NoticeKind.INITIAL)
    assert draft.paper.issuer.text == COMMITTEE.name
    assert "cấp độ 3 (số 77/QĐ-UBND của UBND tỉnh Mẫu)" in draft.pdf.text
    assert "Ủy ban nhân dân tỉnh Mẫu (để báo cáo)" in draft.pdf.text


# --- late, sent, changed ------------------------------------------------------------------------------------------


def test_a_late_notice_says_that_it_is_late_by_how_much_and_why(commune: Commune) -> None:
    commune.record(changed(recorded_late="mất điện toàn xã đến 22/11"))
    draft = commune.drafted(NoticeKind.INITIAL, hours(27.5))
    assert (
        "gửi chậm so với thời hạn (trước 08 giờ 15 phút ngày 23/11/2026), tính đến lúc lập văn bản này là "
        "3 giờ 30 phút." in draft.pdf.text
    )
    assert "Lý do: mất điện toàn xã đến 22/11." in draft.pdf.text
    assert "đã quá thời hạn (trước 08 giờ 15 phút ngày 23/11/2026) 3 giờ 30 phút" in draft.remarks


def test_a_reason_nobody_gave_is_a_blank_to_write_in(commune: Commune) -> None:
    draft = commune.drafted(NoticeKind.INITIAL, hours(27.5))
    assert "(ghi lý do chậm)" in draft.pdf.text
    assert "phải ghi lý do" in draft.remarks


@pytest.mark.parametrize(("after", "late"), [(24.0, False), (24 + 1 / 60, True)])
def test_the_last_minute_is_in_time(commune: Commune, after: float, late: bool) -> None:
    assert ("gửi chậm" in commune.drafted(NoticeKind.INITIAL, hours(after)).pdf.text) is late


def test_the_report_has_the_three_parts_the_decree_asks_in_its_order(commune: Commune) -> None:
    commune.sent(FIRST)
    commune.record(changed(cause="Mở tệp đính kèm giả mạo", remedy="Khôi phục từ bản sao lưu"), hours(40))
    draft = commune.drafted(NoticeKind.REPORT)
    said = draft.pdf.text
    parts = ["1. Thông tin chung", "2. Nguyên nhân", "3. Phạm vi ảnh hưởng", "4. Biện pháp khắc phục"]
    assert [said.index(part) for part in parts] == sorted(said.index(part) for part in parts)
    assert "BÁO CÁO" in said
    assert "Số: /BC-UBND" in said
    assert "Mở tệp đính kèm giả mạo" in said


def test_earlier_papers_and_the_limits_kept_stand_in_the_report(commune: Commune) -> None:
    commune.sent(FIRST)
    draft = commune.drafted(NoticeKind.REPORT, hours(60))
    for words in ("210/UBND-VP", "09:40 ngày 22/11/2026", "Điện thoại trực ban", "Thực hiện bằng văn bản này"):
        assert draft.pdf.holds(words), words
    undone = FIRST.model_copy(update={"undone": "ghi nhầm sự cố"})
    commune.sent(undone)
    again = commune.drafted(NoticeKind.REPORT, hours(60))
    assert not again.pdf.holds("210/UBND-VP")
    assert "Chưa gửi văn bản nào" in again.pdf.text


def test_a_paper_sent_late_stays_late(commune: Commune) -> None:
    commune.sent(FIRST.model_copy(update={"sent_at": hours(26)}))
    draft = commune.drafted(NoticeKind.REPORT, hours(60))
    assert draft.pdf.holds("Quá hạn, đã báo cáo lúc 10:15 ngày 23/11/2026 (chậm 2 giờ)")


def test_an_update_says_what_is_known_otherwise_since_the_last_paper(commune: Commune) -> None:
    commune.sent(FIRST)
    report = FIRST.model_copy(update={"number": 2, "kind": NoticeKind.REPORT, "sent_at": hours(60)})
    commune.record(changed(cause="Thư giả mạo"), hours(50))
    commune.sent(report)
    commune.record(changed(cause="Thư giả mạo", scope="318 hồ sơ", interrupts=True), hours(90))
    draft = commune.drafted(NoticeKind.UPDATE)
    assert [(one.what, one.before, one.now) for one in draft.paper.changes] == [
        ("Phạm vi ảnh hưởng", "01 máy tính, khoảng 320 hồ sơ", "318 hồ sơ"),
        ("Đánh giá: gây gián đoạn nghiêm trọng hoạt động của hệ thống", "Không", "Có"),
    ]
    assert "So với văn bản gửi lúc 20 giờ 15 phút ngày 24/11/2026" in draft.pdf.text
    assert "báo cáo cập nhật (lần 01)" in draft.pdf.text


def test_what_was_written_down_between_sending_and_noting_it_counts_as_new(commune: Commune) -> None:
    commune.record(changed(cause="Thư giả mạo"), hours(3))
    commune.sent(FIRST)
    draft = commune.drafted(NoticeKind.UPDATE, hours(80))
    assert [one.what for one in draft.paper.changes] == ["Nguyên nhân"]


def test_updates_do_not_overwrite_one_another(commune: Commune) -> None:
    first = commune.drafted(NoticeKind.UPDATE, hours(80))
    commune.sent(FIRST.model_copy(update={"kind": NoticeKind.UPDATE, "sent_at": hours(81)}))
    second = commune.drafted(NoticeKind.UPDATE, hours(90))
    assert first.pdf.path != second.pdf.path
    assert "chưa có thông tin nào thay đổi" in second.pdf.text


def test_the_closing_report_tells_outcome_lessons_and_the_duties_that_follow(commune: Commune) -> None:
    end = {"closed_at": hours(240), "outcome": "Khôi phục đủ 318 hồ sơ", "lesson": "Bỏ quyền quản trị tại chỗ"}
    open_draft = commune.drafted(NoticeKind.CLOSING, hours(200))
    assert "chưa được ghi là đã kết thúc" in open_draft.remarks
    commune.record(changed(**end), hours(240))
    said = commune.drafted(NoticeKind.CLOSING).pdf.text
    for words in ("Khôi phục đủ 318 hồ sơ", "Bỏ quyền quản trị tại chỗ", "08 giờ 15 phút ngày 02/12/2026"):
        assert words in said, words
    assert "Đánh giá lại rủi ro an ninh mạng của hệ thống sau sự cố (điểm d khoản 2 Điều 10" in said
    assert "Họp rút kinh nghiệm" not in said, "advice of the program goes to no authority"


# --- personal data ------------------------------------------------------------------------------------------------


def test_the_notice_on_personal_data_keeps_the_labels_of_the_form(commune: Commune) -> None:
    commune.record(changed(personal_data=True))
    draft = commune.drafted(NoticeKind.PERSONAL_DATA, hours(10))
    for words in (
        "THÔNG BÁO VI PHẠM QUY ĐỊNH BẢO VỆ DỮ LIỆU CÁ NHÂN",
        "Kính gửi: Cơ quan chuyên trách bảo vệ dữ liệu cá nhân, Bộ Công an.",
        "1. Thông tin về tổ chức, doanh nghiệp",
        "2. Mô tả hành vi vi phạm quy định bảo vệ dữ liệu cá nhân",
        "- Các loại dữ liệu cá nhân và số lượng dữ liệu liên quan:",
        "- Nhân sự chịu trách nhiệm bảo vệ dữ liệu cá nhân:",
        "3. Tài liệu kèm theo",
        "4. Cam kết",
    ):
        assert words in draft.pdf.text, words
    assert "chưa đối chiếu với Công báo" in draft.remarks
    assert draft.done.as_json()["limit"]["due"] == "08:15 ngày 25/11/2026"


def test_one_is_warned_where_nobody_said_that_personal_data_is_concerned(commune: Commune) -> None:
    assert "chưa kết luận có lộ, mất" in commune.drafted(NoticeKind.PERSONAL_DATA).remarks


# --- every kind ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", PRINTED)
@pytest.mark.parametrize("length", [1, 20])
def test_awkward_texts_are_printed_whole_and_stay_inside_the_page(
    commune: Commune, kind: NoticeKind, length: int
) -> None:
    text = HOSTILE * length + UNBROKEN
    said = (
        "place",
        "detected_by",
        "description",
        "cause",
        "scope",
        "harm",
        "done_so_far",
        "remedy",
        "outcome",
        "lesson",
    )
    commune.record(changed(**dict.fromkeys(said, text), title=HOSTILE, serious_reason=text, closed_at=hours(2)))
    draft = commune.drafted(kind, hours(100))
    assert draft.pdf.holds("<script>alert(1)</script>")
    assert draft.pdf.holds("{{ 7 * 7 }}")
    assert "49" not in draft.pdf.text.replace(ID, "")
    for page in draft.pdf.pages:
        assert min(char["x0"] for char in page.chars) >= 30 * MM - 1
        assert max(char["x1"] for char in page.chars) <= A4[0] - 15 * MM + 1
        assert max(char["bottom"] for char in page.chars) <= A4[1] - 20 * MM + 1
    if kind is NoticeKind.INITIAL and length > 1:
        assert "thông báo ban đầu chỉ cần điều đã biết" in draft.remarks


@pytest.mark.parametrize("kind", PRINTED)
@pytest.mark.parametrize("filler", range(0, 60, 12))
def test_the_signature_never_stands_alone_on_a_page(commune: Commune, kind: NoticeKind, filler: int) -> None:
    commune.record(changed(description="\n".join(["Diễn biến thêm một dòng."] * filler) or "Có"))
    last = commune.drafted(kind).pdf.pages[-1]
    above = [one for one in lines_of(last) if one["top"] > 20 * MM and one["bottom"] < line(last, "Nơi nhận:")["top"]]
    assert above, "something of the text stands above the signature"


@pytest.mark.parametrize("kind", PRINTED)
def test_the_paper_carries_its_incident_and_is_printed_over_but_never_over_a_strange_file(
    commune: Commune, kind: NoticeKind
) -> None:
    first = commune.drafted(kind)
    attached = first.pdf.reader.attachments["du-lieu-su-co.json"][0].decode()
    assert f'"id": "{ID}"' in attached
    assert first.done.as_json()["match_code"] in attached
    assert commune.drafted(kind).pdf.path == first.pdf.path
    first.pdf.path.write_bytes(b"%PDF-1.7 scan")
    with pytest.raises(Refused, match="không ghi đè"):
        commune.drafted(kind)


def test_the_word_twin_says_the_same_and_a_strange_one_is_kept(commune: Commune) -> None:
    commune.contacts("pa05")
    done = commune.drafted(NoticeKind.REPORT, word=True).done
    assert done.twin is not None
    document = Document(str(done.twin.path))
    texts = [one.text for one in document.paragraphs] + [
        cell.text for table in document.tables for row in table.rows for cell in row.cells
    ]
    said = plain(" ".join(texts))
    for words in ("08 giờ 15 phút ngày 22/11/2026", POLICE, "Phạm vi ảnh hưởng", "CHỦ TỊCH"):
        assert words.casefold() in said.casefold(), words
    done.printed.file.path.unlink()
    done.twin.path.write_bytes(b"PK strange")
    with pytest.raises(Refused, match="không ghi đè"):
        commune.drafted(NoticeKind.REPORT, word=True)
    assert not done.printed.file.path.exists(), "neither of the two is written"


@pytest.mark.skipif(shutil.which("soffice") is None, reason="no office suite")
def test_the_twin_of_the_first_notice_fits_one_page_in_an_office_suite(commune: Commune, tmp_path: Path) -> None:
    done = commune.drafted(NoticeKind.INITIAL, word=True).done
    assert done.twin is not None
    fonts = tmp_path / "fonts.conf"
    fonts.write_text(FONTS.format(fonts=shipped_templates() / "layout/fonts", cache=tmp_path / "fonts"), "utf-8")
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(done.twin.path)],
        env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        check=True,
        capture_output=True,
        timeout=120,
    )
    printed = tmp_path / f"{done.twin.path.stem}.pdf"
    if not printed.exists():
        pytest.skip("LibreOffice trên máy này thiếu Writer")
    assert len(Pdf(printed).pages) == 1


def test_a_kind_without_a_form_and_an_unknown_incident_are_refused(commune: Commune) -> None:
    with pytest.raises(Refused, match="không có mẫu in"):
        commune.drafted(NoticeKind.OTHER)
    with pytest.raises(NotFound, match=ID):
        print_notice(commune.workspace, "sc-2026-01", NoticeKind.INITIAL, out=None, now=T0, today=T0.date())


def test_several_systems_are_all_named(commune: Commune) -> None:
    commune.record(changed(system_ids=(ONE_STOP.id, STAFF.id)))
    said = commune.drafted(NoticeKind.REPORT).pdf.text
    assert f"- {ONE_STOP.name}, cấp độ" in said
    assert f"- {STAFF.name}, cấp độ" in said


# --- the page for the wall ----------------------------------------------------------------------------------------


def test_the_contact_list_is_one_page_with_blanks_for_roles_nobody_fills(commune: Commune, tmp_path: Path) -> None:
    commune.contacts("pa05", "lanh-dao")
    done = print_contacts(commune.workspace, out=tmp_path, today=T0.date())
    pdf = Pdf(done.printed.file.path)
    assert len(pdf.pages) == 1
    order = [pdf.letters.index(channel) for channel in ("Trựcban:(0200)0000113", "Thư:trucban@congantinh.example")]
    assert order == sorted(order), "channels in the order to try them"
    for words in ("02/11/2026", "(chưa thử)", "(chưa có đầu mối)", "72 giờ", "Ghi ngay giờ, phút phát hiện"):
        assert pdf.holds(words), words
    assert "Nhà cung cấp dịch vụ" in done.sheet.missing
    assert done.sheet.untried == ("Chủ tịch UBND xã",)
    assert any("Chưa có đầu mối" in one for one in done.remarks)


def test_a_removed_contact_is_not_called_any_more(commune: Commune, tmp_path: Path) -> None:
    gone = ROLES["pa05"].model_copy(update={"removed": "đổi số"})
    put(commune.workspace, "contact", [("pa05", gone)])
    done = print_contacts(commune.workspace, out=tmp_path, today=T0.date())
    assert POLICE not in Pdf(done.printed.file.path).text
    assert POLICE not in commune.drafted(NoticeKind.INITIAL).paper.addressee


def test_an_empty_list_still_prints_a_page_to_fill_in_by_hand(commune: Commune, tmp_path: Path) -> None:
    done = print_contacts(commune.workspace, out=tmp_path, today=T0.date())
    assert done.printed.file.pages == 1
    assert all(not one.name for one in done.sheet.lines)
