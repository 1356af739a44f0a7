"""The files of a package in hand, from its folder or its ZIP: bounded, under safe names, nothing unpacked to disk."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Protocol

from compliance.adapters.files import disk_reason, left_behind
from compliance.domain.package import MANIFEST
from compliance.errors import BadData, Fault, NotFound, Refused

LARGEST_FILE = 100 * 1024 * 1024
LARGEST_PACKAGE = 1024 * 1024 * 1024
MOST_FILES = 2000
_CHUNK = 1024 * 1024
_ENCRYPTED = 0x1
_LINK = 0o120000
_KIND = 0o170000
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, RuntimeError, ValueError)
_MAC = "__MACOSX"
_AGAIN = "Hãy chép hoặc tải lại từ nơi gửi."


class Files(Protocol):
    """The files of a package by name."""

    sizes: Mapping[str, int]

    def read(self, name: str) -> bytes:
        """The bytes of one file, bounded."""
        ...  # pragma: no cover

    def digest(self, name: str) -> str:
        """Its SHA-256; empty where it cannot be read."""
        ...  # pragma: no cover


def kind_of(path: Path) -> str:
    """``pdf``, ``zip`` or ``folder``, told by content.

    Raises:
        NotFound: there is nothing there.
        Refused: it may not be opened.
        BadData: it is none of the three.
    """
    try:
        if path.is_dir():
            return "folder"
        if not path.is_file():
            raise NotFound(f"Không thấy tệp “{path}”. Hãy kiểm tra lại tên và nơi lưu tệp.")
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise Refused(f"Không mở được “{path}”: {disk_reason(error)}.") from error
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):  # first: an uncompressed ZIP shows its first file
        return "zip"
    if b"%PDF-" in head:
        return "pdf"
    message = "Tệp rỗng (0 byte)." if not head else "Đây không phải là tệp PDF, tệp ZIP hay thư mục của một bộ hồ sơ."
    raise BadData(f"Không đọc được “{path.name}”.", [Fault(message, file=path.name)])


class FolderFiles:
    """The files of a folder; links are not followed.

    Raises:
        Refused: it cannot be looked through.
        BadData: it holds more than any package.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        try:
            entries = list(islice(folder.rglob("*"), MOST_FILES + 1))  # the wrong folder may be a whole disk
            found = [one for one in sorted(entries) if one.is_file() and not one.is_symlink()]
            sizes = {one.relative_to(folder).as_posix(): one.stat().st_size for one in found if _counts(one.parts)}
        except OSError as error:
            raise Refused(f"Không mở được “{folder}”: {disk_reason(error)}.") from error
        self.sizes: Mapping[str, int] = sizes
        _refuse_sizes(folder, self.sizes)

    def read(self, name: str) -> bytes:
        """The bytes of one file.

        Raises:
            BadData: it cannot be read.
        """
        try:
            return (self._folder / name).read_bytes()
        except OSError as error:
            raise BadData("Không đọc được bộ hồ sơ.", [Fault(f"{disk_reason(error)}.", file=name)]) from error

    def digest(self, name: str) -> str:
        """Its SHA-256; empty where it cannot be read."""
        try:
            return sha256(self.read(name)).hexdigest()
        except BadData:
            return ""


class ZipFiles:
    """The members of a ZIP, read where they lie; a package packed anew with its folder is named from that folder."""

    def __init__(self, path: Path, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        members = [one for one in archive.infolist() if not one.is_dir()]
        faults = [Fault(said, file=one.filename) for one in members if (said := _fault(one))]
        if len({one.filename for one in members}) != len(members):
            faults.append(Fault("có tệp trùng tên."))
        if faults:
            raise BadData(f"“{path.name}” có nội dung lạ nên không mở. {_AGAIN}", faults[:20])
        members = [one for one in members if _counts(PurePosixPath(one.filename).parts)]
        self._within = _folder_of([one.filename for one in members])
        self.sizes: Mapping[str, int] = {one.filename[len(self._within) :]: one.file_size for one in members}
        _refuse_sizes(path, self.sizes)

    def read(self, name: str) -> bytes:
        """The bytes of one member, never more than it said.

        Raises:
            BadData: it cannot be unpacked.
        """
        return b"".join(self._chunks(name))

    def digest(self, name: str) -> str:
        """Its SHA-256; empty where it cannot be unpacked."""
        seal = sha256()
        try:
            for chunk in self._chunks(name):
                seal.update(chunk)
        except BadData:
            return ""
        return seal.hexdigest()

    def _chunks(self, name: str) -> Iterator[bytes]:
        left = self.sizes[name]
        try:
            with self._archive.open(self._within + name) as source:
                while chunk := source.read(_CHUNK):
                    left -= len(chunk)
                    if left < 0:
                        raise BadData("Tệp nén lớn hơn số đã khai.", [Fault("lớn hơn số đã khai.", file=name)])
                    yield chunk
        except _BROKEN:
            raise BadData("Không giải nén được.", [Fault(f"không giải nén được. {_AGAIN}", file=name)]) from None


@contextmanager
def zip_files(path: Path) -> Iterator[ZipFiles]:
    """The members of a ZIP.

    Raises:
        BadData: it is cut short, or holds what no package holds (outside paths, links, passwords, too much).
    """
    try:
        archive = zipfile.ZipFile(path)
    except (*_BROKEN, OSError):
        raise BadData(f"Tệp ZIP “{path.name}” bị hỏng hoặc chép chưa đủ nên bị cụt. {_AGAIN}") from None
    with archive:
        yield ZipFiles(path, archive)


def _counts(parts: Sequence[str]) -> bool:
    """Whether somebody put a file there, and no file manager."""
    return _MAC not in parts and not left_behind(parts[-1])


def _folder_of(names: Sequence[str]) -> str:
    """The one folder all members lie in where the manifest is not outside one; else none."""
    tops = {name.partition("/")[0] for name in names}
    return f"{tops.pop()}/" if len(tops) == 1 and MANIFEST not in names else ""


def _fault(member: zipfile.ZipInfo) -> str:
    name, path = member.filename, PurePosixPath(member.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\x00" in name:
        return "tên tệp trỏ ra ngoài thư mục."
    if (member.external_attr >> 16) & _KIND == _LINK:
        return "là đường tắt (liên kết), không phải tệp."
    if member.flag_bits & _ENCRYPTED:
        return "có mật khẩu; hãy dùng bản không đặt mật khẩu."
    return "tệp lớn quá mức cho phép." if member.file_size > LARGEST_FILE else ""


def _refuse_sizes(path: Path, sizes: Mapping[str, int]) -> None:
    if len(sizes) > MOST_FILES or sum(sizes.values()) > LARGEST_PACKAGE:
        raise BadData(f"“{path.name}” có quá nhiều tệp hoặc quá lớn, không phải một bộ hồ sơ do chương trình lập.")
