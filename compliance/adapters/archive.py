"""The backup file: a whole workspace in one ZIP, with a list of what it holds.

Unpacked by any program it *is* a workspace (``workspace.json``, ``ho-so.sqlite``, ``tep/``), whichever database it came
from. See ``docs/decisions/0002-backup-format.md``.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, NamedTuple

from compliance.adapters.attachments import MAX_BYTES
from compliance.adapters.files import disk_reason, sync_folder, unfinished_sibling
from compliance.adapters.workspace_folder import ABOUT, DATABASE, FILES
from compliance.errors import BadData, Fault, NotFound, Refused

FORMAT = 1
CONTENTS = "muc-luc.json"
"""The member that lists every other one with its size and SHA-256."""

_LIMITS = {DATABASE: 4 * 1024**3, ABOUT: 64 * 1024, CONTENTS: 64 * 1024**2}  # bytes
_ATTACHMENT = re.compile(rf"{FILES}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})")
_CHUNK = 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError)
_TRY_ANOTHER = "Hãy lấy lại tệp từ nơi lưu gốc hoặc dùng bản sao lưu khác."


class Member(NamedTuple):
    """One file of the backup: bytes and SHA-256."""

    size: int
    sha256: str


def pack(files: Mapping[str, Path], out: Path, about: Mapping[str, Any]) -> int:
    """Write files into a new backup, whole or not at all, and read it back before it takes its name.

    Args:
        files: member name -> file on disk.
        out: the backup to write; must not exist.
        about: what else the list of contents says (when, by whom, how many records).

    Returns:
        The size of the backup in bytes.

    Raises:
        Refused: the file exists or cannot be written.
        BadData: an attachment is no longer what its name says.
    """
    if out.exists():
        raise Refused(f"{out} đã có; chương trình không ghi đè bản sao lưu. Hãy đặt tên tệp khác.")
    if not out.parent.is_dir():
        raise Refused(f"Không có thư mục {out.parent}. Hãy tạo thư mục này hoặc chọn nơi lưu khác.")
    part = unfinished_sibling(out)
    try:
        _write(files, part, about)
        with _opened(part) as archive:
            faults = [fault for name, member in _members(archive).items() if (fault := _copy(archive, name, member))]
        if faults:
            raise BadData(f"Bản sao lưu {out} vừa ghi đọc lại không đúng, nên không giữ. Hãy chọn ổ đĩa khác.", faults)
        part.rename(out)
        sync_folder(out.parent)
    except OSError as error:
        raise Refused(f"Không ghi được bản sao lưu {out}: {disk_reason(error)}. Hãy chọn nơi lưu khác.") from error
    finally:
        part.unlink(missing_ok=True)
    return out.stat().st_size


def unpack(backup: Path, folder: Path) -> None:
    """Lay the files of a backup into an empty folder, each one checked.

    Raises:
        NotFound: there is no such file.
        Refused: a newer program wrote it, or the disk is too small.
        BadData: it is no backup, cut short, altered, or holds what no backup holds.
    """
    if not backup.is_file():
        raise NotFound(f"Không thấy bản sao lưu {backup}. Hãy kiểm tra lại tên và nơi lưu tệp.")
    with _opened(backup) as archive:
        members = _members(archive)
        if sum(member.size for member in members.values()) > shutil.disk_usage(folder).free:
            raise Refused(f"Ổ đĩa chứa {folder.parent} không đủ chỗ trống để phục hồi. Hãy chọn ổ đĩa khác.")
        faults = [fault for name, member in members.items() if (fault := _copy(archive, name, member, folder / name))]
    if faults:
        raise BadData(f"Bản sao lưu {backup} đã bị thay đổi hoặc hỏng. Chưa phục hồi gì. {_TRY_ANOTHER}", faults)


def _write(files: Mapping[str, Path], part: Path, about: Mapping[str, Any]) -> None:
    members: dict[str, Member] = {}
    with part.open("xb") as raw:
        with zipfile.ZipFile(raw, "w") as archive:
            for name, path in files.items():
                with path.open("rb") as source, _entry(archive, name) as target:
                    members[name] = _pour(source, target)
                named = _ATTACHMENT.fullmatch(name)
                if named and named[2] != members[name].sha256:
                    fault = Fault("nội dung đã bị thay đổi hoặc hỏng sau khi lưu.", file=name)
                    raise BadData("Không sao lưu được vì có tệp đính kèm bị hỏng.", [fault])
            contents = {"format": FORMAT, **about, "files": {name: m._asdict() for name, m in members.items()}}
            with _entry(archive, CONTENTS) as target:
                target.write(json.dumps(contents, ensure_ascii=False, indent=1).encode())
        raw.flush()
        os.fsync(raw.fileno())


def _entry(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_STORED if _ATTACHMENT.fullmatch(name) else zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return archive.open(info, "w", force_zip64=True)


def _pour(source: IO[bytes], target: IO[bytes] | None) -> Member:
    seal, size = sha256(), 0
    while chunk := source.read(_CHUNK):
        seal.update(chunk)
        size += len(chunk)
        if target is not None:
            target.write(chunk)
    return Member(size, seal.hexdigest())


@contextmanager
def _opened(backup: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(backup)
    except (*_BROKEN, OSError):
        raise BadData(f"{backup} không phải là bản sao lưu, hoặc tệp chép chưa đủ nên bị cụt. {_TRY_ANOTHER}") from None
    with archive:
        yield archive


def _members(archive: zipfile.ZipFile) -> dict[str, Member]:
    """The list of contents, after the ZIP's own directory has been found to be exactly that list."""
    infos = archive.infolist()
    sizes = {info.filename: info.file_size for info in infos}
    faults = [Fault(sentence, file=name) for name, size in sizes.items() if (sentence := _name_fault(name, size))]
    if len(sizes) != len(infos):
        faults.append(Fault("có tệp trùng tên."))
    if faults:
        raise BadData(f"Bản sao lưu có nội dung lạ nên không mở. {_TRY_ANOTHER}", faults)
    try:
        contents: Any = json.loads(archive.read(CONTENTS))
        layout = int(contents["format"])
        members = {str(name): Member(int(m["size"]), str(m["sha256"])) for name, m in contents["files"].items()}
    except (*_BROKEN, KeyError, TypeError, AttributeError):
        raise BadData(f"Bản sao lưu không có mục lục đọc được ({CONTENTS}). {_TRY_ANOTHER}") from None
    if layout > FORMAT:
        raise Refused("Bản sao lưu do phiên bản mới hơn của chương trình ghi. Hãy cập nhật chương trình rồi phục hồi.")
    listed = {name: member.size for name, member in members.items()}
    del sizes[CONTENTS]
    faults = [
        Fault("không khớp với mục lục của bản sao lưu.", file=name)
        for name in sorted(listed.keys() | sizes.keys() | {DATABASE, ABOUT})
        if listed.get(name) is None or listed.get(name) != sizes.get(name)
    ]
    if faults:
        raise BadData(f"Bản sao lưu thiếu hoặc thừa tệp. Chưa phục hồi gì. {_TRY_ANOTHER}", faults)
    return members


def _name_fault(name: str, size: int) -> str:
    limit = MAX_BYTES if _ATTACHMENT.fullmatch(name) else _LIMITS.get(name)
    if limit is None:
        return "tên tệp không thuộc về một bản sao lưu."
    return "tệp lớn quá mức cho phép." if size > limit else ""


def _copy(archive: zipfile.ZipFile, name: str, expected: Member, path: Path | None = None) -> Fault | None:
    try:
        with archive.open(name) as source:
            if path is None:
                found = _pour(source, None)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                with path.open("xb") as target:
                    found = _pour(source, target)
                    target.flush()
                    os.fsync(target.fileno())
    except _BROKEN:
        return Fault("không giải nén được.", file=name)
    return None if found == expected else Fault("nội dung khác với mục lục.", file=name)
