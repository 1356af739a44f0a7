"""Papers as they are brought: every kind read, every broken one named with what to do."""

from __future__ import annotations

import io
import logging
import os
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from compliance.adapters.paper_text import read_paper
from compliance.errors import BadData, NotFound, Refused
from compliance.services.scans import ScannedPaper, scan
from tests.scan.papers import docx, locked_pdf, ole, paragraph, pdf, scanned_pdf, xlsx

DAY = date(2026, 11, 22)
OLD = "Nghị định số 85/2016/NĐ-CP"
BOX = (
    "<w:p><w:r><mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback>"
    "</mc:AlternateContent></w:r></w:p>"
)
RUNS = "<w:p><w:r><w:t>Nghị định số 331/</w:t></w:r><w:r><w:t>2026/NĐ</w:t><w:noBreakHyphen/><w:t>CP</w:t></w:r></w:p>"


def one(path: Path) -> ScannedPaper:
    (paper,) = scan([path], DAY)
    return paper


def told(path: Path) -> str:
    """Everything said about a paper that gives no text."""
    with pytest.raises((BadData, Refused, NotFound)) as caught:
        scan([path], DAY)
    faults = caught.value.faults if isinstance(caught.value, BadData) else ()
    return " ".join((str(caught.value), *map(str, faults)))


def places(paper: ScannedPaper) -> list[str]:
    return [found.place for found in paper.citations]


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    paper = one(
        pdf(tmp_path / "a.pdf", ["Quy chế của xã", f"Căn cứ khoản 1 Điều 9 {OLD}; cấp độ 2", "TCVN 11930:2017"])
    )
    assert places(paper) == ["trang 2", "trang 3"]
    assert paper.citations[0].citation.clause == "khoản 1 Điều 9"
    assert [(found.page, found.mention.level) for found in paper.levels] == [(2, 2)]
    assert paper.remarks == ()


def test_a_number_broken_at_the_hyphen_or_the_page_is_found(tmp_path: Path) -> None:
    broken = pdf(tmp_path / "a.pdf", ["Nghị định số 85/2016/NĐ-<br>CP và Nghị định số 331/2026/", "NĐ-CP"])
    paper = one(broken)
    assert [found.citation.codes for found in paper.citations] == [("nd-cap-do-cu",), ("nd-cap-do",)]
    assert places(paper) == ["trang 1", "trang 1"]


def test_a_page_number_between_two_halves_of_a_sentence_is_no_part_of_it(tmp_path: Path) -> None:
    paper = one(
        pdf(tmp_path / "a.pdf", ["Quy chế", "2<br>theo Điều 9 Nghị định số 85/2016/", "3<br>NĐ-CP của Chính phủ"])
    )
    assert [(found.place, found.citation.clause) for found in paper.citations] == [("trang 2", "Điều 9")]


def test_a_pdf_locked_only_against_changes_is_read(tmp_path: Path) -> None:
    assert places(one(locked_pdf(tmp_path / "a.pdf", [OLD], password=""))) == ["trang 1"]


def test_a_pdf_with_a_password_is_refused(tmp_path: Path) -> None:
    assert "mật khẩu" in told(locked_pdf(tmp_path / "khoa.pdf", [OLD], password="bi-mat"))  # noqa: S106


def test_a_scanned_pdf_asks_for_ocr_or_the_original(tmp_path: Path) -> None:
    said = told(scanned_pdf(tmp_path / "quet.pdf", 3))
    assert "quet.pdf" in said
    assert "OCR" in said
    assert "Word gốc" in said


def test_pages_without_text_are_named(tmp_path: Path) -> None:
    paper = one(pdf(tmp_path / "a.pdf", [OLD, "", "TCVN 11930:2017"]))
    assert places(paper) == ["trang 1", "trang 3"]
    assert paper.remarks[0].startswith("Trang 2 không có chữ")


def test_a_truncated_pdf_is_refused_or_remarked(tmp_path: Path) -> None:
    whole = pdf(tmp_path / "a.pdf", [OLD]).read_bytes()
    cut = tmp_path / "cut.pdf"
    cut.write_bytes(whole[: len(whole) // 3])
    assert "cắt ngắn" in told(cut)
    cut.write_bytes(whole[:-7])
    assert any("thiếu phần cuối" in remark for remark in one(cut).remarks)


def test_a_word_file_is_read_everywhere(tmp_path: Path) -> None:
    body = (
        paragraph("Nghị định số 85/2016/NĐ-CP")
        + f"<w:tbl><w:tr><w:tc>{paragraph('Thông tư 12/2022/TT-BTTTT')}</w:tc></w:tr></w:tbl>"
        + BOX.format(f"<w:txbxContent>{paragraph('TCVN 11930:2017')}</w:txbxContent>")
        + RUNS
        + "<w:p><w:del><w:r><w:delText>Nghị định 13/2023/NĐ-CP</w:delText></w:r></w:del></w:p>"
    )
    parts = {
        "word/header1.xml": paragraph("Luật số 86/2015/QH13"),
        "word/footer2.xml": paragraph("Luật số 24/2018/QH14"),
        "word/footnotes.xml": f"<w:footnote>{paragraph('Nghị định 53/2022/NĐ-CP')}</w:footnote>",
        "word/comments.xml": f"<w:comment>{paragraph('Thông tư 03/2017/TT-BTTTT')}</w:comment>",
    }
    paper = one(docx(tmp_path / "a.docx", body, parts))
    assert [(found.citation.codes[0], found.place) for found in paper.citations] == [
        ("nd-cap-do-cu", "đoạn 1"),
        ("tt-chi-tiet-nd-cu", "đoạn 2"),
        ("tcvn-yeu-cau-co-ban-cu", "đoạn 3"),
        ("nd-cap-do", "đoạn 4"),
        ("luat-attt-mang", "đầu trang"),
        ("luat-anm-2018", "chân trang"),
        ("nd-chi-tiet-luat-anm-cu", "chú thích chân trang"),
        ("tt-chi-tiet-nd-cu-2017", "nhận xét bên lề"),
    ]


def test_word_pages_are_told_where_word_marked_them(tmp_path: Path) -> None:
    body = (
        paragraph("Quy chế")
        + "<w:p><w:r><w:t>Nghị định số 85/</w:t><w:lastRenderedPageBreak/><w:t>2016/NĐ-CP, cấp độ 2</w:t></w:r></w:p>"
        + paragraph("TCVN 11930:2017")
    )
    paper = one(docx(tmp_path / "a.docx", body))
    assert places(paper) == ["trang 1", "trang 2"]
    assert [found.place for found in paper.levels] == ["trang 2"]


def test_macros_are_never_read_and_are_remarked(tmp_path: Path) -> None:
    macro = {"word/vbaProject.bin": f"Sub AutoOpen {OLD}".encode()}
    paper = one(docx(tmp_path / "a.docm", paragraph("TCVN 11930:2017"), extra=macro))
    assert [found.citation.codes[0] for found in paper.citations] == ["tcvn-yeu-cau-co-ban-cu"]
    assert "macro" in paper.remarks[0]


def test_a_workbook_is_read_cell_by_cell(tmp_path: Path) -> None:
    paper = one(xlsx(tmp_path / "a.xlsx", {"A1": "Căn cứ", "C7": f"{OLD}, cấp độ 2"}, comment="Luật 86/2015/QH13"))
    assert places(paper) == ["trang tính “Căn cứ”, ô C7", "ghi chú của ô"]
    assert paper.levels[0].place == "trang tính “Căn cứ”, ô C7"


def test_a_citation_never_runs_from_cell_to_cell(tmp_path: Path) -> None:
    assert (
        one(xlsx(tmp_path / "a.xlsx", {"A1": "Nghị định số", "B1": "85", "C1": "cấp độ", "D1": "3 máy"})).citations
        == ()
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1258"])
def test_plain_text_is_read_in_every_usual_encoding(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Quy chê\u0301\r\nNghi\u0323 đi\u0323nh 85/2016/NĐ-CP".encode(encoding))
    paper = one(path)
    assert [(found.citation.codes, found.place) for found in paper.citations] == [(("nd-cap-do-cu",), "dòng 2")]


def test_an_old_typeface_is_read_by_number_and_remarked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("NghÞ ®Þnh sè 85/2016/N§-CP vÒ ®¶m b¶o an toµn", encoding="utf-8")
    paper = one(path)
    assert [found.citation.codes for found in paper.citations] == [("nd-cap-do-cu",)]
    assert "TCVN3" in paper.remarks[0]


def test_the_vni_typeface_is_read_by_number_and_remarked(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Caên cöù Nghò ñònh soá 85/2016/NÑ-CP ngaøy 01/7/2016 cuûa Chính phuû", encoding="utf-8")
    paper = one(path)
    assert [found.citation.codes for found in paper.citations] == [("nd-cap-do-cu",)]
    assert "VNI" in paper.remarks[0]


def test_a_spanish_word_is_no_old_typeface(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Phòng chống El Niño, La Niña theo Nghị định 85/2016/NĐ-CP", encoding="utf-8")
    assert one(path).remarks == ()


def test_a_pipe_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ong")
    assert "không phải là tệp lưu trên đĩa" in told(tmp_path / "ong")


def test_a_stray_cell_far_out_costs_no_time(tmp_path: Path) -> None:
    """Blown up, this sheet is sixteen thousand million cells."""
    paper = one(xlsx(tmp_path / "a.xlsx", {"A1": OLD, "XFD1": "x", "A1048576": OLD}))
    assert places(paper) == ["trang tính “Căn cứ”, ô A1", "trang tính “Căn cứ”, ô A1048576"]


def test_a_sheet_of_endless_rows_is_refused(tmp_path: Path) -> None:
    plain = xlsx(tmp_path / "a.xlsx", {"A1": OLD})
    with zipfile.ZipFile(plain) as sound, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as package:
        for name in sound.namelist():
            package.writestr(name, sound.read(name).replace(b'<row r="1"', b'<row r="99999999999"'))
    assert "trải quá 20.000.000 ô" in told(tmp_path / "b.xlsx")


def test_a_file_that_is_not_what_its_name_says_is_read_as_what_it_is(tmp_path: Path) -> None:
    disguised = pdf(tmp_path / "a.docx", [OLD])
    paper = one(disguised)
    assert places(paper) == ["trang 1"]
    assert "nội dung là PDF" in paper.remarks[0]


def test_a_file_over_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "lon.pdf"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    assert "200 MB, vượt giới hạn 100 MB" in told(path)


def bomb(path: Path) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * (81 * 1024 * 1024))
    return path


def entities(path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "Nghị định">]><x>&a;</x>')
    return path


def cut_docx(path: Path) -> Path:
    whole = docx(path, paragraph(OLD * 200)).read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    return path


def cut_inside(path: Path) -> Path:
    """A package whose list is whole and whose body is not."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("word/document.xml", "<w:document xmlns:w='x'><w:body><w:p>")
    path.write_bytes(buffer.getvalue())
    return path


def made(data: bytes) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return make


def folder(path: Path) -> Path:
    path.mkdir()
    return path


BAD: list[tuple[str, Callable[[Path], Path], str]] = [
    ("rong.docx", made(b""), "rỗng"),
    ("thu-muc", folder, "thư mục"),
    ("khong-co.pdf", lambda path: path, "Không thấy tệp"),
    ("hong.docx", cut_docx, "cắt ngắn"),
    ("hong-trong.docx", cut_inside, "hỏng"),
    ("bom.docx", bomb, "vượt giới hạn"),
    ("thuc-the.docx", entities, "hỏng"),
    ("khong-chu.docx", lambda path: docx(path, "<w:p/>"), "không có chữ"),
    ("cu.doc", lambda path: ole(path, "WordDocument"), ".docx"),
    ("cu.xls", lambda path: ole(path, "Workbook"), ".xlsx"),
    ("khoa.docx", lambda path: ole(path, "EncryptedPackage"), "mật khẩu"),
    ("khoa.xlsx", lambda path: ole(path, "EncryptedPackage"), "mật khẩu"),
    ("chay.pdf", made(b"MZ\x90\x00" + bytes(400)), "chương trình chạy được"),
    ("anh.pdf", made(b"\x89PNG\r\n\x1a\n" + bytes(50)), "OCR"),
    ("nen.rar", made(b"Rar!\x1a\x07" + bytes(50)), "giải nén"),
    ("la.txt", made(bytes(range(1, 200)) * 20), "Không nhận ra"),
    ("web.txt", made(b"<html><body>Nghi dinh 85/2016/ND-CP</body></html>"), "HTML"),
    ("trang.pdf", made(b"%PDF-1.7\nkhong co gi"), "hỏng"),
]


@pytest.mark.parametrize(("name", "make", "sentence"), BAD, ids=[name for name, _, _ in BAD])
def test_a_bad_file_is_named_with_what_is_wrong(
    tmp_path: Path, name: str, make: Callable[[Path], Path], sentence: str
) -> None:
    said = told(make(tmp_path / name))
    assert name in said
    assert sentence in said


def test_all_bad_files_are_listed_and_none_is_reported(tmp_path: Path) -> None:
    files = [make(tmp_path / name) for name, make, _ in BAD]
    good = tmp_path / "tot.txt"
    good.write_text(OLD, encoding="utf-8")
    with pytest.raises(BadData) as caught:
        scan([good, *files], DAY)
    assert [fault.file for fault in caught.value.faults] == [path.name for path in files]
    assert f"{len(BAD)} trong {len(BAD) + 1} tệp" in str(caught.value)


def test_libraries_say_nothing_of_their_own(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    broken = pdf(tmp_path / "a.pdf", [OLD]).read_bytes()
    path = tmp_path / "b.pdf"
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        for end in range(1, 8):
            path.write_bytes(broken[: len(broken) * end // 8])
            try:
                read_paper(path)
            except BadData:
                continue
    assert capfd.readouterr() == ("", "")
    assert caplog.records == []
