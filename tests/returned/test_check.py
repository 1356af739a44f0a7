"""A paper that comes back: signatures, text, number and date together, and what is refused at the door."""

from __future__ import annotations

import io
import os
from datetime import date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter

from compliance.adapters.attachments import JPEG, PDF, PNG
from compliance.adapters.trust_anchors import FOLDER
from compliance.adapters.workspace import Workspace, create_workspace
from compliance.domain.issued_text import TextState
from compliance.domain.moment import VIETNAM
from compliance.domain.returned_paper import ReturnedPaper
from compliance.domain.signature_outcomes import Standing
from compliance.errors import NotFound, Refused
from compliance.services.returned_files import Returning, examine
from compliance.services.returned_papers import check_returned
from tests.returned.certificates import Holder
from tests.returned.conftest import Check, Papers, trust
from tests.returned.signing import CHECKED_AT, FILLED, SENTENCES, overwritten, paper, sign

DAY = date(2026, 11, 20)
AFTERNOON = datetime(2026, 11, 20, 16, 20, tzinfo=VIETNAM)


def told(report: ReturnedPaper, about: str) -> str:
    return " ".join(one.text for one in report.outcomes if one.about == about)


def picture(kind: str = "PNG") -> bytes:
    kept = io.BytesIO()
    Image.new("L", (620, 877), 230).save(kept, kind)
    return kept.getvalue()


def scan() -> bytes:
    """A paper as a scanner leaves it: a PDF of pictures."""
    kept = io.BytesIO()
    Image.new("L", (620, 877), 230).save(kept, "PDF")
    return kept.getvalue()


def test_a_paper_signed_this_afternoon_and_recorded_at_once_is_good(
    papers: Papers, committee: Holder, root: Holder, tmp_path: Path
) -> None:
    issued, signed = tmp_path / "goc.pdf", tmp_path / "ve.pdf"
    issued.write_bytes(papers.issued)
    signed.write_bytes(sign(papers.filled, committee, at=AFTERNOON))
    about = Returning(number="12/QĐ-UBND", signed_on=DAY, signer="", issued=issued)
    with create_workspace(tmp_path / "ho-so", by="Văn phòng", now=lambda: AFTERNOON + timedelta(minutes=9)) as office:
        trust(office, root)
        (found,) = examine(office, [signed], about)
    assert found.report.standing is Standing.GOOD


def test_the_issued_paper_signed_by_a_trusted_office_is_good(check: Check, papers: Papers) -> None:
    report = check(papers.signed, number="12/QĐ-UBND", signed_on=DAY)
    assert report.standing is Standing.GOOD
    assert report.verdict.startswith("Đạt")
    assert report.text.state is TextState.FILLED_IN
    assert [one.text for one in report.text.filled_in] == [
        "12",
        "20 tháng 11 năm 2026",
        "Chủ tịch xã Suối Mẫu",
    ]
    assert report.issued_codes == report.returned_codes == ("ABCD-2345",)
    assert told(report, "number") == "Số 12/QĐ-UBND có trong tệp."
    assert told(report, "date") == "Ngày 20/11/2026 có trong tệp."


def test_the_report_names_the_content_as_it_would_be_attached(
    check: Check, papers: Papers, workspace: Workspace
) -> None:
    report = check(papers.signed)
    assert (report.sha256, report.media_type) == (sha256(papers.signed).hexdigest(), PDF)
    assert list(workspace.attachments.names()) == []  # checking stores nothing
    assert workspace.attachments.add(papers.signed, report.media_type) == report.sha256


def test_text_changed_before_signing_is_shown_though_the_signature_holds(
    check: Check, tmp_path: Path, committee: Holder
) -> None:
    changed = (SENTENCES[0], SENTENCES[1].replace("cấp độ 2", "cấp độ 1"), *SENTENCES[2:])
    report = check(sign(paper(tmp_path / "doi.pdf", **FILLED, sentences=changed), committee))
    assert report.signatures[0].standing is Standing.GOOD
    assert report.standing is Standing.BAD
    (one,) = report.text.differences
    assert (one.old, one.new) == ("2", "1")
    assert told(report, "text").startswith("Nội dung khác bản đã in ở 1 chỗ.")


def test_text_added_after_signing_is_bad_twice(check: Check, papers: Papers) -> None:
    report = check(overwritten(papers.signed))
    assert report.standing is Standing.BAD
    assert report.signatures[0].standing is Standing.BAD
    assert ["Cap do 1" in one.new for one in report.text.differences] == [True]


def test_another_setting_of_the_same_text_is_the_same(check: Check, tmp_path: Path, committee: Holder) -> None:
    reset = paper(tmp_path / "co-chu.pdf", **FILLED, size="33pt")
    report = check(sign(reset, committee))
    assert report.pages > 1
    assert report.text.state is TextState.FILLED_IN
    assert f"Tệp có {report.pages} trang, bản đã in có 1 trang." in report.remarks


def test_a_paper_printed_from_other_data_is_told_by_its_code(check: Check, tmp_path: Path, committee: Holder) -> None:
    report = check(sign(paper(tmp_path / "khac.pdf", **FILLED, code="WXYZ-7777"), committee))
    assert report.standing is Standing.BAD
    assert told(report, "code").startswith("Mã đối chiếu trong tệp là WXYZ-7777, của bản đã in là ABCD-2345")


def test_a_number_or_date_that_is_not_in_the_paper_is_told(check: Check, papers: Papers) -> None:
    report = check(papers.signed, number="21/QĐ-UBND", signed_on=date(2026, 11, 21), signer="Nguyễn Văn Mẫu")
    assert report.standing is Standing.BAD
    assert told(report, "number").startswith("Số 21/QĐ-UBND không thấy trong tệp; trang đầu ghi số 12/QĐ-UBND.")
    assert told(report, "date").startswith("Ngày 21/11/2026 không thấy trong tệp; trang đầu ghi ngày 20/11/2026.")
    assert "“Nguyễn Văn Mẫu” không thấy" in told(report, "signer")


def test_a_paper_left_blank_asks_for_a_look(check: Check, papers: Papers, committee: Holder) -> None:
    report = check(sign(papers.issued, committee), number="12/QĐ-UBND", signed_on=DAY)
    assert report.text.state is TextState.SAME
    assert report.standing is Standing.UNVERIFIED
    assert told(report, "number").startswith("Số 12/QĐ-UBND không thấy trong tệp. Nếu số được viết tay")


def test_a_number_cited_further_down_is_not_the_papers_own(check: Check, tmp_path: Path, committee: Holder) -> None:
    cited = ("Căn cứ Quyết định số 21/QĐ-UBND ngày 05 tháng 3 năm 2026;", *SENTENCES)
    report = check(
        sign(paper(tmp_path / "vien-dan.pdf", **FILLED, sentences=cited), committee),
        issued=None,
        number="21/QĐ-UBND",
        signed_on=date(2026, 3, 5),
    )
    assert "trang đầu ghi số 12/QĐ-UBND" in told(report, "number")
    assert "trang đầu ghi ngày 20/11/2026" in told(report, "date")


@pytest.mark.parametrize(("data", "kind"), [(picture(), PNG), (picture("JPEG"), JPEG), (scan(), PDF)])
def test_a_scan_is_taken_but_nothing_in_it_is_proven(check: Check, data: bytes, kind: str) -> None:
    report = check(data, number="12/QĐ-UBND")
    assert (report.media_type, report.standing) == (kind, Standing.UNVERIFIED)
    assert "không có chữ ký số" in told(report, "signatures")
    assert told(report, "text").startswith("Không đọc được chữ (bản quét ảnh), chưa đối chiếu được; hãy so bằng mắt")
    assert "mã đối chiếu ABCD-2345" in told(report, "text")
    assert "chưa so được số" in told(report, "number")


def test_a_page_that_came_back_as_a_picture_leaves_the_others_compared(check: Check, tmp_path: Path) -> None:
    issued = paper(tmp_path / "hai-trang.pdf", size="33pt")
    returned = PdfWriter(clone_from=PdfReader(io.BytesIO(paper(tmp_path / "dien.pdf", **FILLED, size="33pt"))))
    count = len(returned.pages)
    assert count > 1
    returned.remove_page(count - 1)
    returned.append(io.BytesIO(scan()))
    kept = io.BytesIO()
    returned.write(kept)
    report = check(kept.getvalue(), issued=issued)
    assert report.text.state is TextState.FILLED_IN
    assert told(report, "pages").startswith(f"Trang {count} là ảnh quét")
    assert report.standing is Standing.UNVERIFIED


def test_the_signer_may_be_named_by_the_certificate_only(check: Check, papers: Papers) -> None:
    report = check(papers.signed, signer="ủy ban nhân dân xã suối mẫu")
    assert told(report, "signer").startswith("Chứng thư của chữ ký số mang tên người ký")


def test_a_print_nobody_signed_digitally_is_not_called_good(check: Check, papers: Papers) -> None:
    assert check(papers.filled, number="12/QĐ-UBND", signed_on=DAY).standing is Standing.UNVERIFIED


def test_without_the_issued_paper_the_text_stays_open(check: Check, papers: Papers) -> None:
    report = check(papers.signed, issued=None)
    assert report.standing is Standing.UNVERIFIED
    assert told(report, "text").startswith("Chưa so nội dung")


def test_a_scan_cannot_stand_for_the_issued_paper(check: Check, papers: Papers) -> None:
    report = check(papers.signed, issued=scan())
    assert report.text.state is TextState.ORIGINAL_WITHOUT_TEXT
    assert report.standing is Standing.UNVERIFIED


def test_an_office_without_roots_is_told_how_to_get_them(check: Check, papers: Papers, workspace: Workspace) -> None:
    (workspace.path / FOLDER / "goc.pem").unlink()
    report = check(papers.signed)
    assert report.standing is Standing.UNVERIFIED
    assert "chung-thu-goc" in " ".join(one.text for one in report.signatures[0].outcomes)


def test_a_file_that_is_no_certificate_is_named(check: Check, papers: Papers, workspace: Workspace) -> None:
    (workspace.path / FOLDER / "ghi-chu.txt").write_text("không phải chứng thư")
    (workspace.path / FOLDER / "rong.cer").write_bytes(b"")
    report = check(papers.signed)
    assert report.standing is Standing.GOOD  # the good root still serves
    assert [remark.split(" trong ")[0] for remark in report.remarks[:2]] == ["Tệp ghi-chu.txt", "Tệp rong.cer"]


def test_a_visible_signature_is_remarked(check: Check, papers: Papers, committee: Holder) -> None:
    assert any("khung chữ ký" in remark for remark in check(papers.signed).remarks)
    unseen = check(sign(papers.filled, committee, box=None))
    assert not any("khung chữ ký" in remark for remark in unseen.remarks)


def encrypted(data: bytes, user: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(user_password=user, owner_password=user + "-chu", algorithm="AES-256")
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


def test_a_file_locked_against_printing_only_is_read(check: Check, papers: Papers) -> None:
    assert check(encrypted(papers.filled, "")).text.state is TextState.FILLED_IN


def test_what_cannot_be_checked_is_refused_in_a_sentence(check: Check, papers: Papers) -> None:
    cases = {
        "tệp rỗng": b"",
        "không phải là tệp PDF": b"Quy\xe1\xba\xbft \xc4\x91\xe1\xbb\x8bnh",
        "mật khẩu": encrypted(papers.filled, "bi-mat"),
        "cắt ngắn": papers.signed[: len(papers.signed) * 2 // 3],
        "ảnh bị hỏng": picture()[:200],
        "tệp PDF bị hỏng": b"%PDF-1.7\nkhong co gi",
    }
    for sentence, data in cases.items():
        with pytest.raises(Refused, match=f"“ve.pdf”.*{sentence}"):
            check(data)
    with pytest.raises(Refused, match="không phải là tệp PDF"):
        check(b"MZ\x90\x00 chuong trinh")


def test_cut_at_any_place_is_never_called_good(check: Check, papers: Papers) -> None:
    for part in range(1, 20):
        try:
            report = check(papers.signed[: len(papers.signed) * part // 20])
        except Refused:
            continue
        assert report.standing is not Standing.GOOD


def test_a_damaged_property_of_the_file_is_no_obstacle(check: Check, papers: Papers) -> None:
    at = papers.signed.index(b"/Keywords") + 20
    report = check(papers.signed[:at] + b"\xd8\x00\xd8\x00\xd8" + papers.signed[at + 5 :])
    assert report.standing is Standing.BAD


def test_only_a_plain_file_of_bearable_size_is_opened(workspace: Workspace, tmp_path: Path, papers: Papers) -> None:
    folder, pipe, link, huge = (tmp_path / name for name in ("thu-muc", "ong", "lien-ket.pdf", "to.pdf"))
    folder.mkdir()
    os.mkfifo(pipe)
    real = tmp_path / "that.pdf"
    real.write_bytes(papers.signed)
    link.symlink_to(real)
    with huge.open("wb") as file:
        file.truncate(26 * 1024 * 1024)
    for path, sentence in ((folder, "tệp thường"), (pipe, "tệp thường"), (link, "đường tắt"), (huge, "25 MB")):
        with pytest.raises(Refused, match=sentence):
            check_returned(workspace, path, issued=None, at=CHECKED_AT)
    with pytest.raises(NotFound, match=r"“mat\.pdf”"):
        check_returned(workspace, tmp_path / "mat.pdf", issued=None, at=CHECKED_AT)
    with pytest.raises(NotFound, match=r"“mat\.pdf”"):
        check_returned(workspace, real, issued=tmp_path / "mat.pdf", at=CHECKED_AT)
