"""Reading the files of templates: Unicode text inside their own folder, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import jinja2

from compliance.adapters.files import disk_reason
from compliance.errors import Fault

_LARGEST_FILE = 2_000_000


class Unreadable(jinja2.TemplateError):
    """A file of a template cannot be read; ``fault`` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


class Folders(jinja2.BaseLoader):
    """Reads templates from folders, the first that has a file; never from outside them."""

    def __init__(self, roots: Sequence[Path]) -> None:
        self.roots = tuple(roots)

    def get_source(self, environment: jinja2.Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        """The text of a template, its file, and whether it is still the same."""
        del environment
        for root in self.roots:
            path = root / template
            if path.is_file():
                return read_template(root, path), str(path), _unchanged(path)
        raise jinja2.TemplateNotFound(template)


def read_template(root: Path, path: Path) -> str:
    """The text of a file of a template.

    Raises:
        Unreadable: it lies outside ``root``, is too large, or is no Unicode text.
    """

    def unreadable(message: str, row: int | None = None) -> Unreadable:
        return Unreadable(Fault(message, str(path), row=row))

    if not path.resolve().is_relative_to(root.resolve()):
        raise unreadable("đường dẫn ra ngoài thư mục biểu mẫu nên không đọc; hãy chép tệp thật vào đây.")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(f"không đọc được: {disk_reason(error)}.") from error
    if len(data) > _LARGEST_FILE:
        raise unreadable(f"nặng quá {_LARGEST_FILE // 1_000_000} MB; biểu mẫu chỉ là chữ, hãy bỏ ảnh ra.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = None if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else data.count(b"\n", 0, error.start) + 1
        raise unreadable("không phải chữ Unicode; hãy lưu lại tệp bằng bảng mã UTF-8.", row) from error
    if "\0" in text:
        raise unreadable("không phải chữ Unicode; hãy lưu lại tệp bằng bảng mã UTF-8.")
    return text


def _unchanged(path: Path) -> Callable[[], bool]:
    def state() -> tuple[int, int] | None:
        try:
            about = os.stat(path)  # noqa: PTH116 - asked for every file of every paper
        except OSError:
            return None
        return about.st_mtime_ns, about.st_size

    before = state()
    return lambda: state() == before
