"""Reading a dossier back: from one of its PDFs, its ZIP or its folder, with what was altered since."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from compliance.adapters.files import disk_reason
from compliance.adapters.package_files import LARGEST_FILE, Files, FolderFiles, kind_of, zip_files
from compliance.adapters.package_pdf import PdfSaid, Unreadable, read_pdf_data
from compliance.adapters.workspace import Workspace
from compliance.domain.package import MANIFEST, Kind, Manifest
from compliance.domain.redaction import STAMP
from compliance.errors import BadData, Fault, Refused
from compliance.services.package_comparing import differences
from compliance.services.package_parts import DATA_NAME, SLICE_NAME
from compliance.services.package_said import ALTERED, EXTRA, INTACT, MISSING, DossierData, FileState, data_of
from compliance.services.paper_data import MATCH_CODE, code_of

_LARGEST_MANIFEST = 4 * 1024 * 1024
_KNOWN_FORMAT = 1
_FORMAT = re.compile(rb'"format"\s*:\s*(\d{1,6})\b')
_PAGES_UNPROVED = (
    "Tệp PDF đọc riêng chỉ cho biết dữ liệu gắn bên trong còn nguyên hay không; phần in trên trang phải so bằng mã "
    "SHA-256 trong ke-khai.json của bộ hồ sơ."
)


def read_package(path: Path, *, workspace: Workspace | None = None, today: date | None = None) -> DossierData:
    """Read a dossier back.

    Args:
        path: any PDF of a package, its ZIP or its folder.
        workspace: today's records to compare with; ``None`` to compare with nothing.
        today: the day the law is read for the comparison; needed with ``workspace``.

    Raises:
        NotFound: there is nothing there.
        Refused: it may not be opened, is too large, or a newer program wrote it.
        BadData: it is not of a dossier, damaged, encrypted, or was altered so that it cannot be read.
    """
    kind = kind_of(path)
    if kind == "pdf":
        found = _read_pdf(path)
    elif kind == "folder":
        if not (path / MANIFEST).is_file():
            raise _no_package(path)
        found = _read_files(path, FolderFiles(path), kind)
    else:
        with zip_files(path) as files:
            found = _read_files(path, files, kind)
    if workspace is None or today is None or not found.whole:
        return found
    if code_of({"versions": dict(found.versions), **found.records}) != found.match_code:
        return found  # somebody wrote into the data: nothing to compare with
    return replace(found, differences=tuple(differences(workspace, found.records, found.systems, today)))


def _read_pdf(path: Path) -> DossierData:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise Refused(f"Tệp “{path.name}” lớn hơn {LARGEST_FILE // 1024**2} MB, không phải văn bản của bộ hồ sơ.")
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"Không mở được “{path}”: {disk_reason(error)}.") from error
    said = _said(path.name, data)
    if STAMP in said.keywords and not said.name:
        raise BadData(
            f"“{path.name}” là bản đã che thông tin nên không mang dữ liệu hồ sơ. Hãy đọc bản đầy đủ, hoặc đọc cả thư "
            "mục hay tệp ZIP của bản đã che để kiểm tra các tệp."
        )
    if not said.name:
        raise _foreign(path.name, said)
    found = data_of(said, path.name)
    listed = _beside(path, data)
    if listed is None:
        return replace(found, remarks=(*found.remarks, _PAGES_UNPROVED))
    return replace(found, files=(listed,), unaltered=found.unaltered and listed.state == INTACT)


def _beside(path: Path, data: bytes) -> FileState | None:
    """The file as the manifest in its own folder has it; ``None`` without one."""
    try:
        manifest = _manifest((path.parent / MANIFEST).read_bytes(), path.parent)
    except (OSError, BadData, Refused):
        return None
    listed = next((one for one in manifest.files if one.path == path.name), None)
    if listed is None:
        return None
    state = INTACT if listed.sha256 == sha256(data).hexdigest() else ALTERED
    return FileState(listed.path, listed.title, state)


def _read_files(path: Path, files: Files, kind: str) -> DossierData:
    if files.sizes.get(MANIFEST, _LARGEST_MANIFEST + 1) > _LARGEST_MANIFEST:
        raise _no_package(path)
    manifest = _manifest(files.read(MANIFEST), path)
    states = tuple(_states(files, manifest))
    sound = all(one.state == INTACT for one in states)
    about = DossierData(
        source=kind,
        title=_title(manifest),
        redacted=manifest.redacted,
        whole=False,
        systems=manifest.systems,
        match_code=manifest.match_code,
        unaltered=sound,
        versions=manifest.versions,
        made_on=manifest.made_on,
        program=manifest.program,
        files=states,
    )
    return about if manifest.redacted else _with_data(about, files, manifest)


def _with_data(about: DossierData, files: Files, manifest: Manifest) -> DossierData:
    """The data of the whole dossier, from the first paper that carries them, checked against the manifest."""
    for name in (one.path for one in manifest.files if one.kind is Kind.PRINTED and one.path in files.sizes):
        try:
            said = read_pdf_data(files.read(name), [DATA_NAME])
        except (Unreadable, BadData):
            continue
        if said.name:
            found = data_of(said, name)
            agrees = found.match_code == manifest.match_code and found.systems == manifest.systems
            remarks = () if agrees else ("Kê khai (ke-khai.json) không khớp dữ liệu gắn trong các tệp PDF.",)
            return replace(
                about,
                whole=True,
                records=found.records,
                unaltered=bool(about.unaltered and found.unaltered and agrees),
                remarks=(*found.remarks, *remarks),
            )
    return replace(
        about,
        unaltered=False,
        remarks=("Không tệp PDF nào còn mang dữ liệu của cả bộ hồ sơ, nên chỉ đọc được kê khai.",),
    )


def _states(files: Files, manifest: Manifest) -> Iterator[FileState]:
    for one in manifest.files:
        there = one.path in files.sizes
        state = MISSING if not there else INTACT if files.digest(one.path) == one.sha256 else ALTERED
        yield FileState(one.path, one.title, state)
    known = {MANIFEST, *(one.path for one in manifest.files)}
    for name in sorted(set(files.sizes) - known):
        yield FileState(name, "", EXTRA)


def _manifest(data: bytes, path: Path) -> Manifest:
    try:
        found = Manifest.model_validate_json(data)
    except (ValidationError, ValueError, RecursionError):
        told = _FORMAT.search(data)
        if told and int(told[1]) > _KNOWN_FORMAT:
            raise Refused(
                f"“{path.name}” do phiên bản mới hơn của chương trình lập. Hãy cập nhật chương trình."
            ) from None
        raise BadData(
            f"Kê khai của “{path.name}” không đọc được.",
            [Fault("tệp bị hỏng hoặc đã bị sửa. Hãy lấy lại bộ hồ sơ từ nơi gửi.", file=MANIFEST)],
        ) from None
    if found.format > _KNOWN_FORMAT:
        raise Refused(f"“{path.name}” do phiên bản mới hơn của chương trình lập. Hãy cập nhật chương trình.")
    return found


def _said(name: str, data: bytes) -> PdfSaid:
    try:
        return read_pdf_data(data, [DATA_NAME, SLICE_NAME])
    except Unreadable as error:
        raise BadData(f"Không đọc được tệp “{name}”.", [Fault(str(error), file=name)]) from None


def _title(manifest: Manifest) -> str:
    kind = "Bản đã che thông tin của hồ sơ đề xuất cấp độ" if manifest.redacted else "Hồ sơ đề xuất cấp độ"
    return f"{kind}: {'; '.join(one.name for one in manifest.systems)}"


def _foreign(name: str, said: PdfSaid) -> BadData:
    if MATCH_CODE in said.keywords:
        message = (
            "Đây là văn bản khác do chương trình in, không thuộc hồ sơ đề xuất cấp độ, hoặc dữ liệu đã bị gỡ khỏi tệp."
        )
    else:
        message = (
            "Tệp PDF này không mang dữ liệu hồ sơ: không do chương trình in, hoặc là bản quét, bản in lại từ máy khác."
        )
    expected = "một tệp PDF của bộ hồ sơ do chương trình lập, hoặc tệp ZIP, thư mục của bộ hồ sơ"
    return BadData(f"Không đọc được hồ sơ từ “{name}”.", [Fault(message, file=name, expected=expected)])


def _no_package(path: Path) -> BadData:
    return BadData(
        f"“{path.name}” không phải bộ hồ sơ do chương trình lập.",
        [
            Fault(
                "không có tệp kê khai, hoặc tệp chép chưa đủ.",
                file=MANIFEST,
                expected="thư mục hoặc tệp ZIP của một bộ hồ sơ",
            )
        ],
    )
