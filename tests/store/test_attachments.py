from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from compliance.adapters import attachments as module
from compliance.adapters.attachments import DOCX, JPEG, PDF, PNG, SVG, XLSX, Attachments, media_type_of
from compliance.errors import BadData, NotFound, Refused, WorkspaceRefused

PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 40
DRAWING = (
    '<?xml version="1.0"?>\n<!-- Sơ đồ -->\n<svg xmlns="http://www.w3.org/2000/svg"><text>Máy chủ</text></svg>'.encode()
)


def office(part: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr(part, "<x/>")
    return buffer.getvalue()


@pytest.fixture
def kept(tmp_path: Path) -> Attachments:
    return Attachments(tmp_path / "tep")


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (b"%PDF-1.7\n", PDF),
        (PICTURE, PNG),
        (b"\xff\xd8\xff\xe0", JPEG),
        (DRAWING, SVG),
        (b"\xef\xbb\xbf<svg/>".replace(b"<svg/>", b"<svg >"), SVG),
        (office("word/document.xml"), DOCX),
        (office("xl/workbook.xml"), XLSX),
        (office("META-INF/x"), None),
        (office("word/document.xml")[:40], None),
        (b"MZ\x90", None),
        (b"<html><svg></svg></html>", None),
        ("Sơ đồ".encode("utf-16"), None),
    ],
    ids=range(12),  # not the bytes: those of an archive hold the time it was made, and workers must agree on names
)
def test_the_type_is_read_from_the_content(data: bytes, media_type: str | None) -> None:
    assert media_type_of(data) == media_type


def test_a_file_is_kept_under_its_content_and_comes_back_the_same(kept: Attachments) -> None:
    name = kept.add(PICTURE, PNG)
    assert name == sha256(PICTURE).hexdigest()
    assert (kept.folder / name[:2] / name).read_bytes() == PICTURE
    assert kept.read(name) == PICTURE
    assert kept.verify([name]) == []


def test_the_same_file_twice_is_kept_once(kept: Attachments) -> None:
    assert kept.add(DRAWING) == kept.add(DRAWING)
    assert len(list(kept.names())) == 1
    assert len(list(kept.folder.rglob("*"))) == 2  # one folder, one file, nothing left of the writing


@pytest.mark.parametrize(
    ("data", "stated", "told"),
    [
        (b"", None, "rỗng"),
        (b"MZ\x90", None, "Chỉ nhận tệp PDF, PNG, JPEG, SVG, DOCX, XLSX"),
        (PICTURE, PDF, "khai là application/pdf nhưng nội dung là image/png"),
        (b"<svg onload='x()'></svg>", None, "đoạn chương trình"),
        (b"<svg ><script>x</script></svg>", None, "đoạn chương trình"),
    ],
)
def test_what_is_not_taken_in(kept: Attachments, data: bytes, stated: str | None, told: str) -> None:
    with pytest.raises(Refused, match=told):
        kept.add(data, stated)
    assert not kept.folder.exists()


def test_the_limit_of_25_megabytes_is_met_to_the_byte(kept: Attachments, monkeypatch: pytest.MonkeyPatch) -> None:
    assert module.MAX_BYTES == 25 * 1024 * 1024
    monkeypatch.setattr(module, "MAX_BYTES", 1024 * 1024)
    kept.add(PICTURE.ljust(1024 * 1024, b"\x00"))
    with pytest.raises(Refused, match="vượt mức 1 MB"):
        kept.add(PICTURE.ljust(1024 * 1024 + 1, b"\x00"))


@pytest.mark.parametrize("name", ["0" * 64, "../workspace.json", "", "A" * 64])
def test_a_file_that_is_not_there(kept: Attachments, name: str) -> None:
    with pytest.raises(NotFound):
        kept.read(name)


def test_a_damaged_file_is_never_handed_out_and_is_named(kept: Attachments) -> None:
    name = kept.add(PICTURE)
    (kept.folder / name[:2] / name).write_bytes(PICTURE + b"\x00")
    with pytest.raises(BadData, match="đã bị thay đổi hoặc hỏng"):
        kept.read(name)
    assert [fault.file for fault in kept.verify([name, "f" * 64])] == [
        f"tep/{name[:2]}/{name}",
        f"tep/ff/{'f' * 64}",
    ]
    kept.add(PICTURE)  # taking the same file in again heals it
    assert kept.verify([name]) == []


def test_a_full_or_broken_disk_is_told(kept: Attachments) -> None:
    kept.folder.write_text("một tệp đứng ở chỗ thư mục")
    with pytest.raises(WorkspaceRefused, match="Không ghi được tệp đính kèm"):
        kept.add(PICTURE)
