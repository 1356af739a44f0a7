"""A table as it stands in a file: text of cells and where they stand; the limits any file must keep."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from unicodedata import is_normalized

from compliance.domain.wording import canonical
from compliance.errors import BadData, Fault

MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_UNPACKED_BYTES = 80 * 1024 * 1024
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELL = 32_000
"""Longest text of a cell, in characters: a workbook cannot hold more than 32.767."""

SAVE_AS = "mở tệp bằng Excel, chọn Lưu thành (Save As), kiểu “CSV UTF-8” hoặc “Excel Workbook (.xlsx)”, rồi nhập lại"
# Control signs, the soft hyphen, zero-width signs and marks that turn the direction of writing, and the two signs no
# XML file may hold: nobody sees them in a cell, and a name with one of them is another name.
_UNSEEN = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufffe\uffff]"
)
_HALVES = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class RawRow:
    """One row: its number in the sheet, the text of its cells, and the texts a sideways merge spreads over cells."""

    number: int
    texts: tuple[str, ...]
    spread: tuple[str, ...] = ()

    @property
    def filled(self) -> list[str]:
        """The non-empty texts."""
        return [text for text in self.texts if text]


@dataclass(frozen=True)
class RawTable:
    """One sheet; ``keyed`` when the header is a set of typed keys (YAML), where an unknown one is a fault.

    ``formulas``: row number and column index of the cells whose text is a formula; ``merged``: first and last
    row number, first and last column index of every merged range.
    """

    file: str
    name: str
    rows: tuple[RawRow, ...]
    keyed: bool = False
    hidden: bool = False
    formulas: frozenset[tuple[int, int]] = frozenset()
    merged: tuple[tuple[int, int, int, int], ...] = ()
    faults: tuple[Fault, ...] = ()


def refuse(path: Path, message: str, expected: str = "", row: int | None = None) -> BadData:
    """The error for a file that cannot be read at all."""
    name = file_name(path)
    fault = Fault(message, file=name, row=row, expected=expected)
    return BadData(f"Không đọc được tệp “{name}”; chưa có gì thay đổi.", [fault])


def clean(text: str) -> str:
    """Canonical text of a cell, without characters that cannot be printed."""
    tidy = text.isprintable() and "  " not in text and text.strip() == text and "_x000D_" not in text
    if tidy and is_normalized("NFC", text):
        return text  # most cells are clean as they are, and looking costs a tenth of cleaning
    lines = text.replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n")  # Excel's own mark for a return
    if _HALVES.search(lines):  # JSON writes a sign beyond the first plane as two halves; a lone half is no sign
        lines = lines.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return canonical(_UNSEEN.sub("", lines))


def file_name(path: Path) -> str:
    """The name of a file as text that can be stored and printed, whatever bytes the disk holds."""
    return clean(path.name.encode("utf-8", "replace").decode())


def column_letter(index: int) -> str:
    """Spreadsheet letter of a zero-based column: 0 -> ``A``, 26 -> ``AA``."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
