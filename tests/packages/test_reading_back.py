"""Reading a dossier back: what it is, whether it is still what was written, what differs from today."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest

from compliance.adapters.package_folder import refuse_foreign
from compliance.adapters.workspace import Workspace
from compliance.errors import BadData, ComplianceError, NotFound, Refused
from compliance.services.package_reading import read_package
from tests.documents.conftest import short_lists
from tests.documents.office import STAFF, TODAY, put_answers, put_system
from tests.packages.conftest import SIGNED, Package, said


def test_folder_zip_and_every_printed_paper_say_what_they_are(small: Package) -> None:
    report = small.report
    for path in (
        report.folder,
        report.zip,
        report.folder / "00-muc-luc.pdf",
        report.folder / "01-de-nghi-ho-so-can-bo.pdf",
    ):
        found = read_package(path)
        assert found.whole
        assert found.unaltered is True
        assert found.match_code == report.match_code
        assert [(one.id, one.level) for one in found.systems] == [(STAFF.id, 2)]
        assert found.records["systems"][0]["devices"]
    for name in ("02-thuyet-minh-tong-quan.pdf", "05.01-phu-luc.pdf"):
        found = read_package(report.folder / name)
        assert (found.whole, found.unaltered) == (False, True)
        assert found.systems[0].id == STAFF.id


def test_a_paper_alone_cannot_prove_its_pages_and_says_so(small: Package, tmp_path: Path) -> None:
    shutil.copy(small.folder / "00-muc-luc.pdf", tmp_path / "muc-luc.pdf")
    found = read_package(tmp_path / "muc-luc.pdf")
    assert found.unaltered is True
    assert any("SHA-256" in remark for remark in found.remarks)


def test_json_has_stable_keys(small: Package) -> None:
    told = json.loads(json.dumps(read_package(small.report.zip).as_json()))
    assert list(told) == [
        "source", "title", "redacted", "whole", "systems", "match_code", "unaltered", "versions", "made_on", "program",
        "files", "remarks", "differences", "records",
    ]  # fmt: skip


@pytest.fixture
def copied(small: Package, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small.folder, tmp_path / "bo-ho-so"))


def test_a_file_altered_missing_or_added_is_named(copied: Path) -> None:
    (copied / "03-tai-lieu-thiet-ke.pdf").write_bytes(SIGNED + b"\n")
    (copied / "05.01-phu-luc.pdf").unlink()
    (copied / "ghi-chu.txt").write_text("x", encoding="utf-8")
    found = read_package(copied)
    assert found.unaltered is False
    states = {one.path: one.state for one in found.files if one.state != "intact"}
    assert states == {"03-tai-lieu-thiet-ke.pdf": "altered", "05.01-phu-luc.pdf": "missing", "ghi-chu.txt": "extra"}


def test_what_a_file_manager_leaves_is_no_change(copied: Path) -> None:
    for name in ("Thumbs.db", "desktop.ini", ".DS_Store", "ban-word/~$thuyet-minh.docx"):
        (copied / name).write_bytes(b"x")
    assert read_package(copied).unaltered is True
    refuse_foreign(copied)


def test_a_package_packed_anew_with_its_folder_is_read(small: Package, tmp_path: Path) -> None:
    again = tmp_path / "nen-lai.zip"
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in small.names:
            archive.write(small.folder / name, f"ho-so-can-bo/{name}")
        archive.writestr("__MACOSX/ho-so-can-bo/._ke-khai.json", b"x")
    found = read_package(again)
    assert (found.whole, found.unaltered) == (True, True)


def rewritten(path: Path, change: Callable[[dict[str, object]], None], name: str = "du-lieu-ho-so.json") -> None:
    """The paper with its embedded data changed, by whoever has a PDF library."""
    writer = pypdf.PdfWriter(clone_from=path)
    (data,) = writer.attachments[name] if hasattr(writer, "attachments") else pypdf.PdfReader(path).attachments[name]
    body = json.loads(data)
    change(body)
    fresh = pypdf.PdfWriter()
    for page in pypdf.PdfReader(path).pages:
        fresh.add_page(page)
    fresh.add_metadata({"/Keywords": str(pypdf.PdfReader(path).metadata.get("/Keywords", ""))})  # type: ignore[union-attr]
    fresh.add_attachment(name, json.dumps(body, ensure_ascii=False).encode())
    fresh.write(path)


def test_altered_data_are_told_by_the_code_reckoned_anew(copied: Path, tmp_path: Path) -> None:
    alone = tmp_path / "rieng.pdf"
    shutil.copy(copied / "00-muc-luc.pdf", alone)
    rewritten(alone, lambda body: body["systems"][0].update(name="Hệ thống khác"))  # type: ignore[index]
    found = read_package(alone)
    assert found.unaltered is False
    assert "đã bị sửa" in found.remarks[0]


def test_the_redacted_copy_carries_no_data_but_its_files_can_be_checked(masked: Package) -> None:
    found = read_package(masked.folder)
    assert (found.redacted, found.whole, found.unaltered) == (True, False, True)
    assert found.records == {}
    with pytest.raises(BadData, match="bản đã che"):
        read_package(masked.folder / "00-muc-luc.pdf")


def test_what_todays_records_say_otherwise_is_told(office: Workspace, small: Package) -> None:
    assert read_package(small.report.zip).differences is None
    put_system(office, STAFF.model_copy(update={"scope": "Hai phòng"}))
    put_answers(office, said("4.1.1-b", "Đã làm"))
    told = " ".join(read_package(small.report.zip, workspace=office, today=TODAY).differences or ())
    assert "phạm vi" in told
    assert "câu trả lời" in told


def test_nothing_differs_from_the_records_it_was_made_of(small_office: Workspace, small: Package) -> None:
    with short_lists():
        assert read_package(small.folder, workspace=small_office, today=TODAY).differences == ()


# --- what is no dossier, or was made to hurt


def zipped(path: Path, members: dict[str, bytes], compression: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", compression) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def _encrypted(folder: Path, small: Package) -> Path:
    writer = pypdf.PdfWriter(clone_from=small.folder / "00-muc-luc.pdf")
    writer.encrypt("bi-mat", algorithm="AES-256")
    writer.write(folder / "khoa.pdf")
    return folder / "khoa.pdf"


def _no_data(folder: Path, small: Package) -> Path:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.write(folder / "la.pdf")
    return folder / "la.pdf"


def _put(name: str, data: bytes) -> Callable[[Path, Package], Path]:
    def make(folder: Path, small: Package) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def _cut(folder: Path, small: Package) -> Path:
    (folder / "cut.pdf").write_bytes((small.folder / "00-muc-luc.pdf").read_bytes()[:3000])
    return folder / "cut.pdf"


def _cut_zip(folder: Path, small: Package) -> Path:
    (folder / "cut.zip").write_bytes(small.report.zip.read_bytes()[:-200])
    return folder / "cut.zip"


def _data(data: bytes, name: str = "du-lieu-ho-so.json") -> Callable[[Path, Package], Path]:
    def make(folder: Path, small: Package) -> Path:
        writer = pypdf.PdfWriter()
        writer.add_blank_page(200, 200)
        writer.add_attachment(name, data)
        writer.write(folder / "du-lieu.pdf")
        return folder / "du-lieu.pdf"

    return make


def _bomb(folder: Path, small: Package) -> Path:
    zeros = bytes(101 * 1024 * 1024)
    return zipped(folder / "bom.zip", {"ke-khai.json": b"{}", "a.pdf": zeros}, compression=zipfile.ZIP_DEFLATED)


def _outside(folder: Path, small: Package) -> Path:
    return zipped(folder / "ra-ngoai.zip", {"ke-khai.json": b"{}", "../../tep": b"x"})


def _twice(folder: Path, small: Package) -> Path:
    with zipfile.ZipFile(folder / "doi.zip", "w") as archive:
        archive.writestr("ke-khai.json", b"{}")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("ke-khai.json", b"{}")
    return folder / "doi.zip"


def _bad_lzma(folder: Path, small: Package) -> Path:
    path = zipped(folder / "hong.zip", {"ke-khai.json": b"x" * 5000}, compression=zipfile.ZIP_LZMA)
    data = bytearray(path.read_bytes())
    at = data.index(b"ke-khai.json") + len(b"ke-khai.json")
    data[at + 4 : at + 9] = b"\xff" * 5  # the properties of the LZMA stream
    path.write_bytes(bytes(data))
    return path


def _newer(folder: Path, small: Package) -> Path:
    manifest = json.loads((small.folder / "ke-khai.json").read_bytes())
    return zipped(folder / "moi.zip", {"ke-khai.json": json.dumps({**manifest, "format": 2}).encode()})


@pytest.mark.parametrize(
    ("make", "error", "told"),
    [
        (lambda folder, _: folder / "khong-co.pdf", NotFound, "Không thấy"),
        (lambda folder, _: folder, BadData, "không phải bộ hồ sơ"),
        (_put("rong.pdf", b""), BadData, "rỗng"),
        (_put("anh.png", b"\x89PNG\r\n\x1a\n"), BadData, "không phải là tệp PDF"),
        (_encrypted, BadData, "mật khẩu"),
        (_cut, BadData, "bị hỏng hoặc bị cắt ngắn"),
        (_no_data, BadData, "không mang dữ liệu hồ sơ"),
        (_data(b"[1]"), BadData, "không đọc được"),
        (_data(b'{"a": 1'), BadData, "không đọc được"),
        (_data(b"[" * 200_000), BadData, "không đọc được"),
        (_data(b'{"match_code": "A", "versions": {}, "systems": [3]}'), BadData, "danh sách hệ thống"),
        (_data(b"{}", "du-lieu-khac.json"), BadData, "không mang dữ liệu hồ sơ"),
        (_cut_zip, BadData, "chép chưa đủ"),
        (lambda folder, _: zipped(folder / "x.zip", {"a.txt": b"x"}), BadData, "không có tệp kê khai"),
        (lambda folder, _: zipped(folder / "x.zip", {"ke-khai.json": b"nope"}), BadData, "bị hỏng hoặc đã bị sửa"),
        (_bomb, BadData, "quá mức"),
        (_outside, BadData, "trỏ ra ngoài"),
        (_twice, BadData, "trùng tên"),
        (_newer, Refused, "phiên bản mới hơn"),
        (lambda folder, _: zipped(folder / "x.zip", {"ke-khai.json": b'{"format":1}'}), BadData, "đã bị sửa"),
        (_bad_lzma, BadData, "không giải nén được"),
    ],
)
def test_each_ends_in_a_clear_sentence(
    tmp_path: Path,
    small: Package,
    make: Callable[[Path, Package], Path],
    error: type[ComplianceError],
    told: str,
) -> None:
    path = make(tmp_path, small)
    with pytest.raises(error) as caught:
        read_package(path)
    assert told in " ".join((str(caught.value), *map(str, getattr(caught.value, "faults", ()))))
