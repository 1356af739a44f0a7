"""The text of a paper somebody brings: PDF, DOCX, XLSX or plain text, told apart by content and not by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from compliance.adapters.files import disk_reason
from compliance.adapters.paper_page import MAX_BYTES, TEXT_WANTED, Page, PaperText, damaged, unreadable
from compliance.adapters.paper_text_office import package_names, read_docx, read_xlsx_text
from compliance.adapters.raw_table import file_name
from compliance.errors import BadData, NotFound, Refused

__all__ = ["Page", "PaperText", "read_paper"]

_HEAD = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_WORD = "tệp .docx: mở bằng Word, chọn Lưu thành (Save As), kiểu Word Document (.docx)"
_AS_EXCEL = "tệp .xlsx: mở bằng Excel, chọn Lưu thành (Save As), kiểu Excel Workbook (.xlsx)"
_KINDS = "tệp PDF, DOCX, XLSX hoặc TXT"
_FOREIGN = (
    (b"MZ", "Đây là chương trình chạy được của Windows, không phải văn bản. Đừng mở tệp này.", _KINDS),
    (b"\x7fELF", "Đây là chương trình chạy được, không phải văn bản. Đừng mở tệp này.", _KINDS),
    (b"{\\rtf", "Đây là tệp RTF, chương trình chưa đọc được.", _AS_WORD),
    (b"\x89PNG", "Đây là ảnh, không có chữ để đọc.", TEXT_WANTED),
    (b"\xff\xd8\xff", "Đây là ảnh, không có chữ để đọc.", TEXT_WANTED),
    (b"II*\x00", "Đây là ảnh quét, không có chữ để đọc.", TEXT_WANTED),
    (b"MM\x00*", "Đây là ảnh quét, không có chữ để đọc.", TEXT_WANTED),
    (b"GIF8", "Đây là ảnh, không có chữ để đọc.", TEXT_WANTED),
    (b"Rar!", "Đây là tệp nén RAR.", "từng tệp bên trong, sau khi giải nén"),
    (b"7z\xbc\xaf", "Đây là tệp nén 7z.", "từng tệp bên trong, sau khi giải nén"),
    (b"\x1f\x8b", "Đây là tệp nén.", "từng tệp bên trong, sau khi giải nén"),
)
_WEB_PAGE = re.compile(r"<(?:!doctype html|html|head|body)[\s>]", re.IGNORECASE)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_OLD_FACE = re.compile(r"®[\wÞÖ·µ¸]|[a-zA-Z]§|[NT]§-|(?<!\w)[ñÑ]\w|NÑ-")
_OLD_FACE_AT_LEAST = 2
_OLD_FACE_REMARK = (
    "Chữ trong tệp dùng phông cũ (TCVN3, VNI) nên tên văn bản có thể không nhận ra, chỉ số hiệu là chắc; "
    "hãy chuyển sang phông Unicode rồi quét lại."
)


class _Kind(NamedTuple):
    """A kind of paper: what it is called, the endings it may carry, and its reader."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[Path], PaperText]


def read_paper(path: Path) -> PaperText:
    """The text of one paper, whatever its name says it is.

    Raises:
        NotFound: there is no such file.
        Refused: it is a folder, too large, or may not be read.
        BadData: it is empty, damaged, locked by a password, or no kind of paper the program can read.
    """
    size = _size(path)
    if size == 0:
        raise unreadable(path, "Tệp rỗng (0 byte).", "tệp có nội dung; hãy chép hoặc tải lại")
    kind = _kind(path)
    paper = kind.read(path)
    if not any(page.text.strip() for page in paper.pages):
        raise unreadable(path, "Tệp không có chữ nào.", TEXT_WANTED)
    return PaperText(paper.pages, (*_name_remark(path, kind), *paper.remarks, *_face_remark(paper)))


def _size(path: Path) -> int:
    name = file_name(path)
    try:
        if path.is_dir():
            raise Refused(f"“{name}” là thư mục. Hãy nêu tên từng tệp cần quét.")
        size = path.stat().st_size
        if not path.is_file():  # a pipe or a device, which may never end
            raise Refused(f"“{name}” không phải là tệp lưu trên đĩa. Hãy lưu nội dung thành tệp rồi quét.")
        if size > MAX_BYTES:
            limit, found = MAX_BYTES // 1024**2, size / 1024**2
            raise Refused(f"Tệp “{name}” nặng {found:.0f} MB, vượt giới hạn {limit} MB. Hãy tách tệp ra.")
        with path.open("rb"):
            return size
    except FileNotFoundError:
        raise NotFound(f"Không thấy tệp “{path}”. Hãy kiểm tra lại tên và nơi lưu tệp.") from None
    except OSError as error:
        reason = "không có quyền đọc" if isinstance(error, PermissionError) else disk_reason(error)
        raise Refused(f"Không mở được tệp “{name}”: {reason}.") from None


def _kind(path: Path) -> _Kind:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"%PDF-" in head[:1024]:
        return _Kind("PDF", (".pdf",), _pdf)
    if head.startswith(_OLE):
        raise _old_office(path)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _office_kind(path)
    for magic, message, expected in _FOREIGN:
        if head.startswith(magic):
            raise unreadable(path, message, expected)
    return _Kind("văn bản thuần", (".txt", ".md", ".csv", ".log"), _plain_text)


def _pdf(path: Path) -> PaperText:
    from compliance.adapters.paper_text_pdf import read_pdf  # noqa: PLC0415 - loads a shared library

    return read_pdf(path)


def _office_kind(path: Path) -> _Kind:
    names = package_names(path)
    if not names:
        raise damaged(path)
    if "word/document.xml" in names:
        return _Kind("DOCX", (".docx", ".docm", ".dotx"), read_docx)
    if "xl/workbook.xml" in names:
        return _Kind("XLSX", (".xlsx", ".xlsm"), read_xlsx_text)
    if "xl/workbook.bin" in names:
        raise unreadable(path, "Đây là bảng tính kiểu XLSB, chương trình chưa đọc được.", _AS_EXCEL)
    if "ppt/presentation.xml" in names:
        raise unreadable(path, "Đây là bài trình chiếu PowerPoint, chương trình chưa đọc được.", _KINDS)
    if "content.xml" in names and "mimetype" in names:
        raise unreadable(path, "Đây là tệp OpenDocument (LibreOffice), chương trình chưa đọc được.", _AS_WORD)
    raise unreadable(path, "Đây là tệp nén ZIP.", "từng tệp bên trong, sau khi giải nén")


def _old_office(path: Path) -> BadData:
    content = path.read_bytes()
    if "EncryptedPackage".encode("utf-16-le") in content:
        return unreadable(path, "Tệp Office có mật khẩu mở tệp.", "bản không đặt mật khẩu")
    if "WordDocument".encode("utf-16-le") in content:
        return unreadable(path, "Đây là tệp Word đời cũ (.doc), chương trình chưa đọc được.", _AS_WORD)
    if "Workbook".encode("utf-16-le") in content:
        return unreadable(path, "Đây là tệp Excel đời cũ (.xls), chương trình chưa đọc được.", _AS_EXCEL)
    return unreadable(path, "Đây là tệp Office đời cũ, chương trình chưa đọc được.", _KINDS)


def _plain_text(path: Path) -> PaperText:
    text = _decoded(path.read_bytes())
    if text is None:
        raise unreadable(path, "Không nhận ra đây là loại tệp gì.", _KINDS)
    if _WEB_PAGE.search(text[:_HEAD]):
        raise unreadable(path, "Đây là trang web lưu lại (HTML), chương trình chưa đọc được.", _AS_WORD)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return PaperText(tuple(Page(at, f"dòng {at}", line, continues=at > 1) for at, line in enumerate(lines, start=1)))


def _decoded(data: bytes) -> str | None:
    """The text of a file without a label: Unicode if it is that, else the Vietnamese Windows page; never a binary."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _if_text(data, "utf-16")
    nulls = data[:_HEAD].count(0)
    if nulls > len(data[:_HEAD]) // 4:
        order = "utf-16-le" if data[1:_HEAD:2].count(0) > data[0:_HEAD:2].count(0) else "utf-16-be"
        return _if_text(data, order)
    return _if_text(data, "utf-8-sig") or _if_text(data, "cp1258")


def _if_text(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if _CONTROLS.search(text) else text


def _name_remark(path: Path, kind: _Kind) -> list[str]:
    if path.suffix.lower() in kind.suffixes:
        return []
    return [f"Tên tệp có đuôi “{path.suffix or '(không có)'}” nhưng nội dung là {kind.name}; đã đọc theo nội dung."]


def _face_remark(paper: PaperText) -> list[str]:
    count = sum(len(_OLD_FACE.findall(page.text)) for page in paper.pages)
    return [_OLD_FACE_REMARK] if count >= _OLD_FACE_AT_LEAST else []
