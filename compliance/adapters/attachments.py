"""Attached files (diagrams, signed papers): kept by content, under the SHA-256 of their bytes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path

from compliance.adapters.files import disk_reason, write_whole
from compliance.errors import BadData, Fault, NotFound, Refused, WorkspaceRefused

MAX_BYTES = 25 * 1024 * 1024
"""The largest file taken in (25 MB)."""

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
SVG = "image/svg+xml"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "text/plain"

_MAGIC = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))
_OFFICE_PARTS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX}
_SVG_START = re.compile(r"\ufeff?\s*(<\?xml[^>]*>\s*)?((<!--.*?-->|<!DOCTYPE[^>\[]*>)\s*)*<svg[\s>]", re.DOTALL)
_SVG_ACTIVE = re.compile(r"<script|<!ENTITY|<foreignObject|\son[a-z]+\s*=", re.IGNORECASE)
_SVG_HEAD = 65_536
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"PK\x03\x04")
_HASH = re.compile(r"[0-9a-f]{64}")


def media_type_of(data: bytes) -> str | None:
    """The media type the content itself shows; ``None`` when it is none of those taken in."""
    for magic, media_type in _MAGIC:
        if data.startswith(magic):
            return media_type
    if data.startswith(b"PK\x03\x04"):
        return _office_type(data)
    head = data[:_SVG_HEAD].decode("utf-8", "ignore")
    return SVG if _SVG_START.match(head) else None


def _is_text(data: bytes) -> bool:
    """Plain text: UTF-8 without control signs, and no script."""
    if data.startswith(_PROGRAMS):
        return False
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not _CONTROL.search(text)


def checked_type(data: bytes) -> str:
    """The media type of a file that may be taken in as evidence; plain text counts too.

    Raises:
        Refused: empty, too large, or of a type not taken in.
    """
    found = media_type_of(data) or (TEXT if _is_text(data) else None)
    _check(data, found)
    return found or TEXT


def _office_type(data: bytes) -> str | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist())
    except zipfile.BadZipFile:
        return None
    return next((media_type for part, media_type in _OFFICE_PARTS.items() if part in names), None)


def is_content_name(name: str) -> bool:
    """Whether a text is the SHA-256 name of an attachment (64 lower-case hexadecimal digits)."""
    return _HASH.fullmatch(name) is not None


class Attachments:
    """The files of one workspace, ``tep/ab/abcdef…``; a file once taken in never changes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, data: bytes, media_type: str | None = None) -> str:
        """Take a file in; the same content twice is stored once.

        Args:
            data: the whole file.
            media_type: what the caller takes it for; ``None`` to accept any of the allowed types.

        Returns:
            Its SHA-256, 64 lower-case hexadecimal digits.

        Raises:
            Refused: empty, larger than :data:`MAX_BYTES`, of another type than stated, or of a type not taken in.
            WorkspaceRefused: the workspace cannot be written.
        """
        _check(data, media_type)
        name = sha256(data).hexdigest()
        path = self.path(name)
        if path.is_file() and sha256(path.read_bytes()).hexdigest() == name:
            return name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data)
        except OSError as error:
            raise WorkspaceRefused(f"Không ghi được tệp đính kèm vào {self.folder}: {disk_reason(error)}.") from error
        return name

    def read(self, name: str) -> bytes:
        """The content of an attachment.

        Raises:
            NotFound: there is no such file.
            BadData: the file on disk is no longer what was taken in, or cannot be read.
        """
        path = self.path(name) if is_content_name(name) else None
        if path is None or not path.is_file():
            raise NotFound(f"Không có tệp đính kèm {name}. Hãy kiểm tra hồ sơ bằng: compliance verify")
        try:
            data = path.read_bytes()
        except OSError as error:
            raise BadData(
                f"Không đọc được tệp đính kèm {path}. Hãy kiểm tra quyền đọc tệp, hoặc phục hồi từ bản sao lưu."
            ) from error
        if sha256(data).hexdigest() != name:
            raise BadData(f"Tệp đính kèm {path} đã bị thay đổi hoặc hỏng. Hãy phục hồi từ bản sao lưu.")
        return data

    def sound(self, name: str) -> bool:
        """Whether the file is there and still what was taken in."""
        path = self.path(name)
        try:
            return path.is_file() and _hash_of(path) == name
        except OSError:  # there, but not to be read: no better than gone
            return False

    def path(self, name: str) -> Path:
        """Where a file of that name lies, or would lie."""
        return self.folder / name[:2] / name

    def names(self) -> Iterator[str]:
        """The names of all files kept, ordered."""
        return (path.name for path in sorted(self.folder.glob("??/*")) if is_content_name(path.name))

    def verify(self, expected: Iterable[str] = ()) -> list[Fault]:
        """Read every file again: damaged ones, and those of ``expected`` that are missing."""
        faults, present = [], set()
        for name in self.names():
            present.add(name)
            if not self.sound(name):
                faults.append(Fault("nội dung đã bị thay đổi hoặc hỏng sau khi lưu.", file=self._shown(name)))
        faults += [
            Fault("tệp được hồ sơ viện dẫn nhưng không còn trong thư mục.", file=self._shown(name))
            for name in sorted(set(expected) - present)
        ]
        return faults

    def _shown(self, name: str) -> str:
        return f"{self.folder.name}/{name[:2]}/{name}"


def _hash_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def _check(data: bytes, stated: str | None) -> None:
    if not data:
        raise Refused("Tệp rỗng, không có nội dung để lưu.")
    if len(data) > MAX_BYTES:
        size = f"{len(data) / 1024 / 1024:.1f}".replace(".", ",")
        raise Refused(
            f"Tệp nặng {size} MB, vượt mức {MAX_BYTES // 1024 // 1024} MB. Hãy nén hoặc tách tệp rồi nộp lại."
        )
    found = media_type_of(data)
    if found is None and stated == TEXT and _is_text(data):
        return
    if found is None:
        raise Refused(
            "Chỉ nhận tệp PDF, PNG, JPEG, SVG, DOCX, XLSX, hoặc văn bản TXT làm minh chứng; không nhận tệp chương "
            "trình. Nội dung tệp này không thuộc loại nào kể trên."
        )
    if stated is not None and stated != found:
        raise Refused(f"Tệp được khai là {stated} nhưng nội dung là {found}. Hãy chọn đúng tệp, đúng đuôi tệp.")
    if found == SVG and _SVG_ACTIVE.search(data.decode("utf-8", "replace")):
        raise Refused(
            "Hình SVG có đoạn chương trình hoặc nội dung nhúng nên không nhận. Hãy xuất lại dạng PNG hoặc PDF."
        )
