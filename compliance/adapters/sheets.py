"""Spreadsheets as they come: XLSX, CSV and YAML files turned into plain tables of text.

Nothing is understood here; only the text of each cell and where it stands. Formulas come as their own text, never as
a result. Files that cannot be read are refused with the reason and the way out, before anything large is parsed.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from compliance.adapters.raw_table import MAX_FILE_BYTES, SAVE_AS, RawTable, refuse
from compliance.adapters.sheets_csv import read_csv
from compliance.adapters.sheets_xlsx import read_xlsx
from compliance.adapters.sheets_yaml import read_yaml
from compliance.errors import BadData, NotFound

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SUFFIXES = {".xlsx": "xlsx", ".xlsm": "xlsx", ".csv": "csv", ".tsv": "csv", ".txt": "csv"}
_SUFFIXES |= {".yaml": "yaml", ".yml": "yaml", ".json": "yaml"}


def read_tables(path: Path) -> list[RawTable]:
    """Every sheet of a file, in its own order.

    Raises:
        NotFound: there is no such file, or it may not be read.
        BadData: the file is empty, too large, damaged, protected, in an old encoding, or of another kind.
    """
    kind = _kind(path, _size(path))
    if kind == "xlsx":
        return read_xlsx(path)
    with _readable(path):
        data = path.read_bytes()
    if kind == "csv":
        return [read_csv(path, data)]
    return read_yaml(path, data)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except PermissionError:
        raise NotFound(f"Không có quyền đọc tệp “{path}”, hoặc chương trình khác đang giữ tệp.") from None
    except OSError:
        raise NotFound(f"Không mở được tệp “{path}”. Hãy kiểm tra tên tệp và thư mục.") from None


def _size(path: Path) -> int:
    with _readable(path):
        if path.is_dir():
            raise NotFound(f"“{path}” là thư mục. Hãy nêu từng tệp bảng kê trong đó.")
        if not path.is_file():
            raise NotFound(f"Không tìm thấy tệp “{path}”. Hãy kiểm tra tên tệp và thư mục.")
        size = path.stat().st_size
    if size == 0:
        raise refuse(path, "Tệp rỗng.", "tệp có dòng tiêu đề và ít nhất một dòng dữ liệu")
    if size > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1024**2
        message = f"Tệp nặng {size / 1024**2:.0f} MB, vượt giới hạn {limit} MB."
        raise refuse(path, message, "bỏ ảnh và trang không dùng, hoặc tách thành nhiều tệp")
    return size


def _kind(path: Path, size: int) -> str:
    with _readable(path), path.open("rb") as stream:
        head = stream.read(len(_OLE))
        if head == _OLE:
            stream.seek(0)
            raise _ole(path, stream.read(min(size, MAX_FILE_BYTES)))
    if head.startswith(b"PK"):
        return "xlsx"
    kind = _SUFFIXES.get(path.suffix.lower())
    if kind == "xlsx":
        raise refuse(path, "Tệp mang đuôi XLSX nhưng không phải bảng tính Excel, hoặc đã hỏng.", SAVE_AS)
    if kind is None:
        raise refuse(path, f"Không nhập được loại tệp “{path.suffix or path.name}”.", "tệp XLSX, CSV (UTF-8) hoặc YAML")
    return kind


def _ole(path: Path, data: bytes) -> BadData:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return refuse(path, "Tệp đặt mật khẩu nên không mở được.", "bản không đặt mật khẩu, lưu kiểu XLSX")
    return refuse(path, "Tệp Excel kiểu cũ (.xls, Excel 97-2003) không đọc được.", SAVE_AS)
