"""The pack for a visiting team: one folder, whole or not at all, every line told, every file the one taken in."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from datetime import date, time
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters import pack_folder as folders
from compliance.adapters.law import load_inspection
from compliance.adapters.workspace import Workspace
from compliance.cli.inspections import pack as pack_command
from compliance.domain.assessment import Answer, AssessmentKind, Minutes, Result
from compliance.domain.evidence import Evidence, EvidenceFile, EvidenceKind, Shelf
from compliance.domain.inspection_composing import inspection_pack
from compliance.domain.inspection_files import StoredFile, pack_name
from compliance.domain.inspection_pack import Holdings, LineState, PackLine
from compliance.domain.regime import Regime
from compliance.domain.system import EarlierApproval
from compliance.errors import BadData, NotFound, Refused, WorkspaceRefused
from compliance.services import assessments, evidence, inspections, pack_papers, reliances
from compliance.services.dossiers import draft_dossier
from compliance.services.inspections import PackReport, build_pack
from compliance.services.starting import Starting, start
from tests.checklists.lists import law, load
from tests.documents.conftest import short_lists
from tests.documents.office import NOTICES, STAFF, TODAY, UNDECIDED, USED, new_office, put_answers, put_system
from tests.documents.reading import Pdf, line, plain, squeezed, top_margin

S = STAFF.id
DECISION, OLD_SCAN, NEW_SCAN, PHOTO = "Quyết định chỉ định", "Dò quét năm 2025", "Dò quét năm 2026", "Ảnh tường lửa"


def put_file(
    workspace: Workspace,
    folder: Path,
    title: str,
    serves: list[str],
    *,
    dated_on: date | None = None,
    valid_until: date | None = None,
) -> str:
    """Take a small PDF in as evidence; returns its SHA-256."""
    path = folder / "minh-chung.pdf"
    path.write_bytes(b"%PDF-1.4\n% " + title.encode())
    about = evidence.Describing(title=title, dated_on=dated_on, valid_until=valid_until)
    (piece,) = evidence.add_files(workspace, [path], about, serves=[(S, one) for one in serves], today=TODAY)
    assert piece.file is not None
    return piece.file.sha256


def furnished(workspace: Workspace, folder: Path) -> None:
    """An office that has some of what is asked for."""
    put_file(workspace, folder, DECISION, ["d31.1-c", "d31.1-b"], dated_on=date(2026, 9, 1))
    put_file(workspace, folder, OLD_SCAN, ["4.7.2.1-b"], dated_on=date(2025, 10, 12), valid_until=date(2026, 10, 12))
    put_file(workspace, folder, NEW_SCAN, ["4.7.2.1-b", "d27.3"], dated_on=date(2026, 10, 10))
    put_file(workspace, folder, PHOTO, ["4.12.2.2-a.2"])
    shelf = Shelf(cabinet="2", folder="An ninh mạng 2026", number="32/QĐ-UBND", sheets=3)
    about = evidence.Describing(title="Quyết định giao vận hành", dated_on=date(2026, 2, 3))
    evidence.add_paper(workspace, shelf, about, serves=[(S, "d33.1")], today=TODAY)
    evidence.add_observation(
        workspace, "Máy khóa màn hình sau 5 phút", evidence.Describing(), serves=[(S, "4.5.2.2-a.1")], today=TODAY
    )
    put_answers(workspace, *(not_applicable(one) for one in ("d5.3-a", "d5.3-b")))


def not_applicable(requirement_id: str) -> Answer:
    return Answer(
        system_id=S,
        requirement_id=requirement_id,
        checklist_id="danh-muc",
        result=Result.NOT_APPLICABLE,
        reason="không thuê dịch vụ",
    )


@dataclass(frozen=True)
class Packed:
    """A finished pack."""

    report: PackReport

    @cached_property
    def pdf(self) -> Pdf:
        return Pdf(self.report.index.path)

    @cached_property
    def rows(self) -> dict[str, list[list[str]]]:
        """The rows of the tables by the number of their line; further things of a line follow its first row."""
        found: dict[str, list[list[str]]] = {}
        last = ""
        for page in self.pdf.pages:
            for table in page.extract_tables():
                for row in table:
                    cells = [plain(cell or "") for cell in row]
                    if len(cells) == 6 and cells[0] != "STT":
                        last = cells[0] or last
                        found.setdefault(last, []).append(cells)
        return found

    def line(self, item: str) -> PackLine:
        return next(one for one in self.report.pack.lines if one.id == item)


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Packed:
    """The pack of the staff system, with a drafted dossier and one damaged picture."""
    folder = tmp_path_factory.mktemp("xa")
    with new_office(folder / "ho-so") as workspace, short_lists():
        furnished(workspace, folder)
        draft_dossier(workspace, [S], today=TODAY)
        damage(workspace, PHOTO)
        return Packed(build_pack(workspace, S, folder / "bo-ho-so", TODAY))


@pytest.fixture
def quick(office: Workspace, unprinted: None) -> Workspace:
    """The commune's workspace, where nothing is printed."""
    return office


def damage(workspace: Workspace, title: str) -> None:
    file = next(one.file for one in evidence.every_piece(workspace).values() if one.title == title)
    assert file is not None
    workspace.attachments.path(file.sha256).write_bytes(b"hong")


def test_the_index_stands_before_the_files_in_the_order_of_the_lines(packed: Packed) -> None:
    names = sorted(one.name for one in packed.report.folder.iterdir())
    assert names == [
        "00-muc-luc.pdf",
        "01-quyet-dinh-chi-dinh.pdf",
        "02-ho-so-de-xuat-cap-do-ban-soan-ngay-22-11-2026.pdf",
        "03-so-do-lo-gic-cua-he-thong.svg",
        "04-do-quet-nam-2026.pdf",
        "05-do-quet-nam-2025.pdf",
    ]
    assert [one.name for one in packed.report.pack.files] == names[1:]


def test_every_copied_file_is_the_one_taken_in(packed: Packed) -> None:
    for one in packed.report.pack.files:
        assert sha256((packed.report.folder / one.name).read_bytes()).hexdigest() == one.sha256
    index = packed.report.index
    assert sha256(index.path.read_bytes()).hexdigest() == index.sha256


def test_the_lines_follow_the_contents_of_a_check(packed: Packed, regime: Regime) -> None:
    asked = load_inspection(regime).items(2)
    assert [one.id for one in packed.report.pack.lines] == [one.id for one in asked]
    assert [one.number for one in packed.report.pack.lines] == list(range(1, len(asked) + 1))


def test_every_line_is_printed_with_its_clause(packed: Packed) -> None:
    assert list(packed.rows) == [str(one.number) for one in packed.report.pack.lines]
    for one in packed.report.pack.lines:
        cells = packed.rows[str(one.number)][0]
        assert squeezed(cells[1]) == squeezed(one.what)
        assert squeezed(cells[2]) == squeezed(one.citation[:1].upper() + one.citation[1:])


def test_a_file_or_cabinet_stands_beside_each_line(packed: Packed) -> None:
    for one in packed.report.pack.lines:
        printed = packed.rows[str(one.number)]
        for place, cells in zip(one.places, printed, strict=False):
            assert squeezed(place.where) in squeezed(cells[3]), one.id
            assert cells[4] == (place.dated or "–"), one.id
        assert len(printed) == max(1, len(one.places)), one.id
        if one.state is LineState.MISSING and not one.places:
            assert printed[0][3] == "Chưa có", one.id


def test_a_cabinet_is_named_with_folder_number_and_sheets(packed: Packed) -> None:
    wanted = "Tủ 2, cặp “An ninh mạng 2026”, số 32/QĐ-UBND, 3 tờ"
    assert [one.where for one in packed.line("27.1.c-3").places] == [wanted]


def test_a_paper_of_the_record_is_found_by_its_number(packed: Packed) -> None:
    """The record names decision 32 as the operator's; a paper of that number lies in cabinet 2."""
    (place,) = packed.line("27.1.c-1").places
    assert place.where.startswith("Tủ 2")
    assert place.dated == "03/02/2026"


def test_a_paper_whose_place_nobody_noted_is_told(packed: Packed) -> None:
    owner = packed.line("27.1.a-1")
    assert owner.state is LineState.CITED
    assert "Có văn bản, chưa ghi nơi để" in packed.rows[str(owner.number)][0][3]
    assert packed.line("27.1.a-2").state is LineState.FOUND, "the decision itself is in the pack"


def test_the_newest_evidence_stands_first_and_the_expired_is_marked(packed: Packed) -> None:
    scans = packed.line("27.3.a-1")
    assert [one.title for one in scans.places] == [NEW_SCAN, OLD_SCAN]
    assert [one.expired for one in scans.places] == ["", "12/10/2026"]
    assert "Hết hạn ngày 12/10/2026" in packed.rows[str(scans.number)][1][5]


def test_what_does_not_apply_says_why(packed: Packed) -> None:
    hired = packed.line("27.1.c-2")
    assert hired.state is LineState.STATED
    assert "Không áp dụng (không thuê dịch vụ)" in packed.rows[str(hired.number)][0][3]


def test_what_is_needed_only_in_a_case_is_not_missing(packed: Packed) -> None:
    incident = packed.line("27.1.a-10")
    assert incident.state is LineState.CONDITIONAL
    cells = packed.rows[str(incident.number)][0]
    assert cells[3] == "Không có tài liệu"
    assert cells[5].startswith("Chỉ phải có nếu đã xảy ra sự cố.")


def test_a_report_on_scanning_does_not_pass_for_one_on_source_code(packed: Packed) -> None:
    code = packed.line("27.3.c-1")
    assert code.state is LineState.CONDITIONAL
    assert "Không có tài liệu riêng; xem trong:" in packed.rows[str(code.number)][0][3]


def test_a_damaged_file_is_told_and_left_out(packed: Packed) -> None:
    network = packed.line("27.2.d-2")
    assert network.state is LineState.MISSING
    assert "Tệp không kèm được: nội dung đã bị thay đổi" in packed.rows[str(network.number)][0][3]
    assert PHOTO not in {one.title for one in packed.report.pack.files}
    (found,) = packed.report.as_json()["damaged"]
    assert found["line"] == "27.2.d-2"


def test_the_end_lists_again_what_is_missing_damaged_unplaced_and_expired(packed: Packed) -> None:
    ending = packed.pdf.text.rpartition("5. Còn thiếu, cần xử lý")[2]
    pack = packed.report.pack
    for one in pack.missing:
        assert squeezed(f"{one.number}. {one.what}") in squeezed(ending), one.id
    assert f"Chưa có ({len(pack.missing)})" in ending
    assert "Tệp mất hoặc hỏng (1)" in ending
    assert "Có văn bản, chưa ghi nơi để (1)" in ending
    assert f"{OLD_SCAN}: hết hạn ngày 12/10/2026" in ending


def test_the_table_of_contents_names_the_pages(packed: Packed) -> None:
    first, pages = squeezed(packed.pdf.texts[0].partition("Mục lục")[2]), packed.pdf.pages
    headings = [f"{number}. {part.title}" for number, part in enumerate(packed.report.pack.parts, start=1)]
    headings += [f"{one.letter}) {one.title}" for part in packed.report.pack.parts for one in part.points]
    headings += ["4. Các tệp kèm theo danh mục", "5. Còn thiếu, cần xử lý"]
    texts = [squeezed(text) for text in packed.pdf.texts]
    for heading in headings:
        at = next(number for number, text in enumerate(texts[1:], start=2) if squeezed(heading) in text)
        after = first.partition(squeezed(heading))[2].lstrip(".")
        assert after.startswith(str(at)), heading
        assert [one["text"] for one in top_margin(pages[at - 1])] == [str(at)]


def test_it_looks_like_an_official_paper(packed: Packed) -> None:
    first = packed.pdf.pages[0]
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "DANH MỤC", "Mục lục"):
        assert line(first, words)
    assert first.width < first.height
    assert packed.pdf.pages[1].width > packed.pdf.pages[1].height
    assert top_margin(first) == []
    assert packed.pdf.holds("Nơi nhận:")
    assert packed.report.remarks == ()


def test_the_json_is_complete_and_plain(packed: Packed) -> None:
    told = json.loads(json.dumps(packed.report.as_json(), ensure_ascii=False))
    assert told["system"] == S
    assert told["level"] == 2
    counts = told["counts"]
    assert counts["lines"] == sum(counts[state.value] for state in LineState) == len(packed.report.pack.lines)
    assert len(told["missing"]) == counts["missing"]
    assert [one["number"] for one in told["files"]] == list(range(1, len(told["files"]) + 1))
    assert told["expired"] == [{"line": "27.3.a-1", "title": OLD_SCAN, "expired": "12/10/2026"}]
    assert all(Path(told["folder"], one["name"]).is_file() for one in told["files"])


def test_a_lost_file_is_told(quick: Workspace, tmp_path: Path) -> None:
    name = put_file(quick, tmp_path, DECISION, ["d31.1-c"])
    quick.attachments.path(name).unlink()
    report = build_pack(quick, S, tmp_path / "bo", TODAY)
    (found,) = report.as_json()["damaged"]
    assert found["damaged"].startswith("không còn trong kho tệp")


def test_a_draft_that_is_gone_is_told(quick: Workspace, tmp_path: Path) -> None:
    with short_lists():
        draft_dossier(quick, [S], today=TODAY)  # nothing is printed, so no file lies there
    lines = build_pack(quick, S, tmp_path / "bo", TODAY).pack.lines
    dossier = next(one for one in lines if one.id == "27.1.a-4")
    assert dossier.state is LineState.MISSING
    assert dossier.places[0].damaged.startswith("bản thảo không còn")


def checked(workspace: Workspace, *, minutes: bool = True) -> str:
    """A check of the system that has ended; returns its id."""
    begun = start(workspace, S, Starting(AssessmentKind.SELF), today=date(2026, 11, 10))
    if minutes:
        said = Minutes(held_on=date(2026, 11, 12), begins=time(8), ends=time(11), attendees=("Văn phòng",))
        assessments.set_minutes(workspace, begun.assessment.id, said, today=date(2026, 11, 20))
    assessments.close(workspace, begun.assessment.id, today=date(2026, 11, 20), reason="làm thử")
    return begun.assessment.id


def drafting(data: bytes) -> Any:
    """Stands for the printing of a paper of a check."""

    def draft(workspace: Workspace, assessment_id: str, out: Path, today: date) -> Any:
        out.write_bytes(data)
        return SimpleNamespace(file=SimpleNamespace(path=out))

    return draft


def test_minutes_and_report_of_the_last_check_are_printed_into_the_pack(
    quick: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(quick)
    monkeypatch.setattr(pack_papers, "draft_minutes", drafting(b"%PDF-1.4 bien ban"))
    monkeypatch.setattr(pack_papers, "draft_report", drafting(b"%PDF-1.4 bao cao"))
    report = build_pack(quick, S, tmp_path / "bo", TODAY)
    line = next(one for one in report.pack.lines if one.id == "27.1.a-8")
    assert [(one.title, one.where, one.dated) for one in line.places] == [
        ("Biên bản kiểm tra ngày 12/11/2026 (bản in, chưa ký)", "Tệp số 01", "12/11/2026"),
        (
            "Báo cáo kết quả kiểm tra, đánh giá, kết thúc ngày 20/11/2026 (bản in, chưa ký)",
            "Tệp số 02",
            "20/11/2026",
        ),
    ]
    names = sorted(one.name for one in report.folder.iterdir())
    assert names[0].startswith("01-bien-ban-kiem-tra-ngay-12-11-2026")
    assert (report.folder / names[0]).read_bytes() == b"%PDF-1.4 bien ban"
    assert len(names) == len(report.pack.files)  # nothing is left of the printing


def test_what_falls_short_brings_its_plan_into_the_pack(
    quick: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_answers(quick, answered(S, "4.8.2.1-a.6"))  # claims compliance without any evidence

    def draft(workspace: Workspace, system_id: str, out: Path, today: date) -> Any:
        out.write_bytes(b"%PDF-1.4 ke hoach")
        return SimpleNamespace(printed=SimpleNamespace(file=SimpleNamespace(path=out)))

    monkeypatch.setattr(pack_papers, "draft_remediation_plan", draft)
    report = build_pack(quick, S, tmp_path / "bo", TODAY)
    (place,) = next(one for one in report.pack.lines if one.id == "27.3.d-1").places
    assert place.title == "Kế hoạch khắc phục, số liệu ngày 22/11/2026 (bản in, chưa ký)"
    assert place.where.startswith("Tệp số")


def test_without_anything_short_no_plan_is_demanded(quick: Workspace, tmp_path: Path) -> None:
    lines = build_pack(quick, S, tmp_path / "bo", TODAY).pack.lines
    assert next(one for one in lines if one.id == "27.3.d-1").state is LineState.CONDITIONAL


def test_minutes_nobody_noted_are_not_printed(
    quick: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked(quick, minutes=False)
    monkeypatch.setattr(pack_papers, "draft_report", drafting(b"%PDF-1.4 bao cao"))
    report = build_pack(quick, S, tmp_path / "bo", TODAY)
    line = next(one for one in report.pack.lines if one.id == "27.1.a-8")
    assert [one.title[:7] for one in line.places] == ["Báo cáo"]


def test_a_report_that_cannot_be_printed_is_told(
    quick: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*of: object) -> None:
        raise BadData("Tệp đính kèm đã hỏng.")

    checked(quick, minutes=False)
    monkeypatch.setattr(pack_papers, "draft_report", broken)
    report = build_pack(quick, S, tmp_path / "bo", TODAY)
    line = next(one for one in report.pack.lines if one.id == "27.1.d-2")
    assert line.state is LineState.MISSING
    assert line.places[0].damaged.startswith("chưa in được")


def test_the_same_file_is_copied_once(quick: Workspace, tmp_path: Path) -> None:
    put_file(quick, tmp_path, DECISION, ["d31.1-c", "d31.1-b", "d32.1", "4.8.2.1-a.6"])
    report = build_pack(quick, S, tmp_path / "bo", TODAY)
    assert [one.title for one in report.pack.files].count(DECISION) == 1
    numbers = {place.file_number for one in report.pack.lines for place in one.places if place.title == DECISION}
    assert numbers == {1}


def test_evidence_of_a_provider_counts_and_is_named(quick: Workspace, regime: Regime, tmp_path: Path) -> None:
    provider = STAFF.model_copy(update={"id": "mang-lan", "name": "Mạng nội bộ dùng chung"})
    put_system(quick, provider)
    put_answers(quick, answered(provider.id, "4.8.2.1-a.6"))
    path = tmp_path / "so-nhat-ky.pdf"
    path.write_bytes(b"%PDF-1.4\n% so")
    evidence.add_files(
        quick,
        [path],
        evidence.Describing(title="Sổ xem nhật ký"),
        serves=[(provider.id, "4.8.2.1-a.6")],
        today=TODAY,
    )
    reliances.rely(quick, S, provider.id, ["logs"], regime=regime)
    lines = build_pack(quick, S, tmp_path / "bo", TODAY).pack.lines
    (place,) = next(one for one in lines if one.id == "27.2.b-5").places
    assert (place.title, place.shared_by) == ("Sổ xem nhật ký", provider.name)


def answered(system_id: str, requirement_id: str) -> Answer:
    return Answer(
        system_id=system_id,
        requirement_id=requirement_id,
        checklist_id="danh-muc",
        result=Result.COMPLIANT,
        present_state="Xem hằng tháng",
    )


def test_evidence_filed_at_another_level_moves_with_its_requirement(quick: Workspace, tmp_path: Path) -> None:
    put_file(quick, tmp_path, "Quy định nhật ký", ["3.8.2.1-a.1"])
    lines = build_pack(quick, S, tmp_path / "bo", TODAY).pack.lines
    assert [one.title for one in next(one for one in lines if one.id == "27.2.b-5").places] == ["Quy định nhật ký"]


def test_withdrawn_evidence_is_not_shown(quick: Workspace, tmp_path: Path) -> None:
    put_file(quick, tmp_path, DECISION, ["d31.1-c"])
    (piece,) = evidence.every_piece(quick).values()
    evidence.withdraw(quick, piece.id, reason="nhầm hệ thống")
    report = build_pack(quick, S, tmp_path / "bo", TODAY)
    assert all(place.title != DECISION for one in report.pack.lines for place in one.places)


def test_a_superiors_system_is_packed_at_its_approved_level(quick: Workspace, tmp_path: Path) -> None:
    report = build_pack(quick, USED.id, tmp_path / "bo", TODAY)
    assert report.level == 3
    approval = next(one for one in report.pack.lines if one.id == "27.1.a-5")
    assert approval.state is LineState.CITED
    assert "77/QĐ-UBND" in approval.places[0].title


def test_an_absence_somebody_stated_is_said(quick: Workspace, tmp_path: Path) -> None:
    lines = build_pack(quick, NOTICES.id, tmp_path / "bo", TODAY).pack.lines
    design = next(one for one in lines if one.id == "27.2.c-1")
    assert (design.state, design.said) == (LineState.STATED, "Không áp dụng (phần mềm cấp sẵn)")


def test_not_yet_is_missing_all_the_same(quick: Workspace, tmp_path: Path) -> None:
    lines = build_pack(quick, S, tmp_path / "bo", TODAY).pack.lines
    assert next(one for one in lines if one.id == "27.2.a-1").state is LineState.MISSING


def test_without_a_level_nothing_is_written(quick: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Chưa rõ cấp độ"):
        build_pack(quick, UNDECIDED.id, tmp_path / "bo", TODAY)
    put_system(quick, UNDECIDED.model_copy(update={"earlier_approval": EarlierApproval(level=2)}))
    assert build_pack(quick, UNDECIDED.id, tmp_path / "bo", TODAY).level == 2


def test_an_unknown_system_is_told_with_the_nearest(quick: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match=f"Có phải “{S}”"):
        build_pack(quick, "ho-so-can-b", tmp_path / "bo", TODAY)
    assert not (tmp_path / "bo").exists()


def test_a_folder_with_something_in_it_is_left_alone(quick: Workspace, tmp_path: Path) -> None:
    out = tmp_path / "bo"
    out.mkdir()
    (out / "cua-toi.txt").write_text("giữ lại", encoding="utf-8")
    with pytest.raises(Refused, match="không ghi đè"):
        build_pack(quick, S, out, TODAY)
    assert [one.name for one in out.iterdir()] == ["cua-toi.txt"]
    (out / "cua-toi.txt").unlink()
    assert build_pack(quick, S, out, TODAY).folder == out


def test_a_link_is_not_followed(quick: Workspace, tmp_path: Path) -> None:
    (tmp_path / "noi-khac").mkdir()
    (tmp_path / "bo").symlink_to(tmp_path / "noi-khac")
    with pytest.raises(Refused, match="không ghi đè"):
        build_pack(quick, S, tmp_path / "bo", TODAY)
    assert list((tmp_path / "noi-khac").iterdir()) == []


def test_a_failure_half_way_leaves_nothing(quick: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_file(quick, tmp_path, DECISION, ["d31.1-c"])
    before = sorted(tmp_path.iterdir())

    def full(*of: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(inspections, "print_one", full)
        with pytest.raises(Refused, match="ổ đĩa đã đầy"):
            build_pack(quick, S, tmp_path / "bo", TODAY)
    with monkeypatch.context() as patch:
        patch.setattr(folders, "write_whole", full)
        with pytest.raises(Refused, match="ổ đĩa đã đầy"):
            build_pack(quick, S, tmp_path / "bo", TODAY)
    assert sorted(tmp_path.iterdir()) == before


def test_a_disk_that_is_full_while_a_paper_is_printed_is_told_by_the_folder_asked_for(tmp_path: Path) -> None:
    full = OSError(28, "No space left on device")
    with pytest.raises(Refused) as told, folders.pack_folder(tmp_path / "bo") as staging:
        raise Refused(f"Không ghi được vào thư mục {staging}.") from full
    assert str(told.value) == f"Không ghi được bộ hồ sơ vào {tmp_path / 'bo'}: ổ đĩa đã đầy. Hãy chọn thư mục khác."


def test_a_refusal_of_another_kind_is_told_as_it_is(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="chưa được duyệt"), folders.pack_folder(tmp_path / "bo"):
        raise Refused("Hồ sơ chưa được duyệt.")


def test_a_disk_that_writes_something_else_is_caught(
    quick: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_file(quick, tmp_path, DECISION, ["d31.1-c"])
    monkeypatch.setattr(folders, "write_whole", lambda path, data: path.write_bytes(data[:-1]))
    with pytest.raises(Refused, match="Ổ đĩa ghi sai tệp"):
        build_pack(quick, S, tmp_path / "bo", TODAY)
    assert not (tmp_path / "bo").exists()


def test_it_is_not_put_where_source_code_is_published(quick: Workspace, tmp_path: Path) -> None:
    tree = tmp_path / "ma-nguon"
    for command in (["init", "-q", str(tree)], ["-C", str(tree), "remote", "add", "x", "https://kho.example/x.git"]):
        subprocess.run(["git", *command], check=True)
    with pytest.raises(WorkspaceRefused, match="kho mã nguồn"):
        build_pack(quick, S, tree / "bo", TODAY)


def test_without_a_place_it_goes_into_the_workspace(quick: Workspace) -> None:
    report = build_pack(quick, S, None, TODAY)
    assert report.folder == quick.path / "kiem-tra" / f"{S}-2026-11-22"


LEVEL_TWO = (load("level-2"), load("duties-level-2"))
CONTENTS = load_inspection(law())
REQUIREMENTS = st.sampled_from([one.id for each in LEVEL_TWO for one in each.requirements])


@given(
    serves=st.lists(st.lists(REQUIREMENTS, min_size=1, max_size=4), max_size=6),
    lost=st.sets(st.integers(min_value=0, max_value=5)),
)
def test_whatever_is_at_hand_every_piece_is_shown_and_every_line_told(serves: list[list[str]], lost: set[int]) -> None:
    pieces = [piece(number) for number in range(len(serves))]
    held = Holdings(
        system=STAFF.model_copy(update={"diagrams": ()}),
        level=2,
        lists=LEVEL_TWO,
        evidence={
            id_: tuple(one for one, of in zip(pieces, serves, strict=True) if id_ in of)
            for id_ in {id_ for of in serves for id_ in of}
        },
    )
    unreadable = {one.file.sha256: "hỏng." for number, one in enumerate(pieces) if number in lost and one.file}
    pack = inspection_pack(CONTENTS, held, TODAY, unreadable)
    asked = {id_ for item in CONTENTS.items(2) for each in LEVEL_TWO for id_ in item.found_in.serves(each)}
    wanted = {one.title for one, of in zip(pieces, serves, strict=True) if asked & set(of)}
    assert {place.title for one in pack.lines for place in one.places if place.title.startswith("Tài liệu")} == wanted
    assert [one.number for one in pack.files] == list(range(1, len(pack.files) + 1))
    assert not {one.sha256 for one in pack.files} & set(unreadable)
    numbers = [place.file_number for one in pack.lines for place in one.places if place.file_number]
    assert list(dict.fromkeys(numbers)) == [one.number for one in pack.files], "numbered in the order of the lines"
    for one in pack.lines:
        assert (one.state is LineState.FOUND) <= any(place.where for place in one.places)
        assert bool(one.places) or one.state is not LineState.FOUND


def piece(number: int) -> Evidence:
    """The evidence of that number, a file of its own."""
    return Evidence(
        id=f"mc-2026-{number:04d}",
        kind=EvidenceKind.FILE,
        title=f"Tài liệu {number}",
        filed_on=TODAY,
        file=EvidenceFile(
            sha256=f"{number:064d}", media_type="application/pdf", file_name="tai-lieu.pdf", size=number + 1
        ),
    )


@pytest.mark.parametrize(
    ("title", "file_name", "media_type", "name"),
    [
        ("Biên bản rà quét ../../etc", "x.pdf", "application/pdf", "07-bien-ban-ra-quet-etc.pdf"),
        ("CON", "con.pdf", "application/pdf", "07-con.pdf"),
        ("“…”", "anh.PNG", "image/png", "07-tai-lieu.png"),
        ("Nhật ký", "nhat-ky.log", "text/x-log", "07-nhat-ky.log"),
        ("Nhật ký", "a.b/../c", "", "07-nhat-ky"),
        ("từ " * 60, "x", "application/pdf", f"07-{'-'.join(['tu'] * 20)}.pdf"),
    ],
)
def test_names_are_safe_on_every_computer(title: str, file_name: str, media_type: str, name: str) -> None:
    stored = StoredFile(title=title, sha256="0" * 64, media_type=media_type, file_name=file_name)
    assert pack_name(7, stored) == name


def test_the_command_shows_what_is_missing(tmp_path: Path, unprinted: None, capsys: pytest.CaptureFixture[str]) -> None:
    new_office(tmp_path / "ho-so").close()
    pack_command(S, out=tmp_path / "bo", workspace=tmp_path / "ho-so", today=TODAY.isoformat())
    said = capsys.readouterr().out
    assert f"Thư mục: {tmp_path / 'bo'}" in said
    assert "Còn thiếu" in said
    assert "Việc tiếp theo: bổ sung" in said
    pack_command(S, out=tmp_path / "bo-2", workspace=tmp_path / "ho-so", today=TODAY.isoformat(), as_json=True)
    assert json.loads(capsys.readouterr().out)["system"] == S


def test_the_command_can_be_registered() -> None:
    app = typer.Typer()
    app.command()(pack_command)
    assert typer.main.get_command(app).help
