"""Putting a finished workbook in its place: never over another file by accident, whole or not at all."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

from compliance.adapters.files import disk_reason, write_whole
from compliance.errors import Refused, WorkspaceRefused


def check_place(path: Path, *, overwrite: bool) -> None:
    """Tell before the work what would fail after it.

    Raises:
        Refused: another kind of file, a folder, a file already there, or a folder that is not.
    """
    if path.suffix.lower() != ".xlsx":
        raise Refused(f"Tên tệp “{path.name}” phải có đuôi .xlsx.")
    if path.is_dir():
        raise Refused(f"“{path}” là thư mục. Hãy nêu tên tệp .xlsx.")
    if path.exists() and not overwrite:
        raise Refused(f"Đã có tệp “{path}”. Hãy chọn tên khác, hoặc thêm --overwrite để ghi đè.")
    folder = path.absolute().parent
    if not folder.is_dir():
        raise Refused(f"Không có thư mục {folder}. Hãy tạo thư mục này hoặc chọn nơi lưu khác.")


def save(workbook: Any, path: Path) -> None:
    """Write a workbook of openpyxl.

    Raises:
        WorkspaceRefused: the place cannot be written.
    """
    buffer = io.BytesIO()
    workbook.save(buffer)
    try:
        write_whole(path, buffer.getvalue())
    except OSError as error:
        raise WorkspaceRefused(f"Không ghi được tệp “{path}”: {disk_reason(error)}. Hãy chọn thư mục khác.") from error
