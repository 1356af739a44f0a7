"""CSV files as plain tables: UTF-8 or UTF-16 only; the old Vietnamese encodings are named and refused."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from pathlib import Path

from compliance.adapters.raw_table import MAX_COLUMNS, MAX_ROWS, SAVE_AS, RawRow, RawTable, clean, file_name, refuse
from compliance.domain.wording import number_text

_DELIMITERS = ";,\t|"
_SAMPLE_ROWS = 40
_END = "\x03"
"""Set after the text while it is read; whatever does not end there has a quote left open."""
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# Windows-1258 writes a tone as a byte of its own after the vowel; VNI writes marks as a byte after a plain vowel and
# đ as 0xF1; TCVN3 has one byte per accented letter, đ being 0xAE, and its commonest ones are signs in the other two.
_WINDOWS_1258 = re.compile(rb"[aeiouyAEIOUY\xe2\xe3\xea\xf4\xf5\xfd\xc2\xc3\xca\xd4\xd5\xdd][\xcc\xec\xd2\xde\xf2]")
_VNI = re.compile(rb"[aeouyAEOUY\xf4\xf6][\xd8\xf8\xd9\xf9\xdb\xfb\xd5\xf5\xcf\xef\xe0-\xe5\xe8-\xeb]")
_TCVN3 = re.compile(rb"[\xa7\xae][a-zA-Z]|[a-zA-Z][\xa8-\xad\xb5-\xbe]")


def read_csv(path: Path, data: bytes) -> RawTable:
    """The one table of a CSV file; the sheet name is the file's own.

    Raises:
        BadData: not UTF-8 or UTF-16, too many rows or columns, or a quote that is never closed.
    """
    text = _decoded(path, data)
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"sep=.\r?", first, re.IGNORECASE):
        delimiter, text, offset = first[4], rest, 2
    else:
        delimiter, offset = _delimiter(text), 1
    try:
        *records, last = csv.reader(io.StringIO(f"{text}\n{_END}", newline=""), delimiter=delimiter)
    except csv.Error:
        message = "Tệp CSV có ô quá dài, hoặc có dấu nháy kép mở mà không đóng."
        raise refuse(path, message, SAVE_AS) from None
    if last != [_END]:  # an open quote has swallowed everything after it into one cell
        message = "Ở dòng này có dấu nháy kép mở mà không đóng."
        raise refuse(path, message, "bỏ dấu nháy kép thừa, hoặc " + SAVE_AS, len(records) + offset)
    rows = [
        RawRow(number, tuple(clean(cell) for cell in cells))
        for number, cells in enumerate(records, start=offset)
        if any(cell.strip() for cell in cells)
    ]
    if len(rows) > MAX_ROWS or any(len(row.texts) > MAX_COLUMNS for row in rows):
        message = f"Tệp vượt giới hạn {number_text(MAX_ROWS)} dòng, {MAX_COLUMNS} cột."
        raise refuse(path, message, "tách thành nhiều tệp")
    return RawTable(file_name(path), clean(path.stem), tuple(rows))


def _decoded(path: Path, data: bytes) -> str:
    if data.startswith(_UTF16_MARKS):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise refuse(path, "Tệp bị hỏng: chữ UTF-16 không trọn vẹn.", SAVE_AS) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise refuse(path, f"Chữ trong tệp theo {_old_encoding(data)}, không phải Unicode UTF-8.", SAVE_AS) from None
    if "\x00" in text:
        raise refuse(path, "Tệp không phải là văn bản CSV.", SAVE_AS)
    return text


def _old_encoding(data: bytes) -> str:
    """The name of the old encoding the bytes look most like."""
    counts = {
        "bảng mã Windows-1258": len(_WINDOWS_1258.findall(data)) + data.count(b"\xf0"),
        "bảng mã VNI": len(_VNI.findall(data)) + data.count(b"\xf1"),
        "bảng mã TCVN3 (phông ABC, .VnTime)": len(_TCVN3.findall(data)) + data.count(b"\xae"),
    }
    name, count = max(counts.items(), key=lambda item: item[1])
    return name if count else "bảng mã cũ"


def _delimiter(text: str) -> str:
    """The separator by which most rows have one and the same number of cells, then the most cells."""

    def evenness(delimiter: str) -> tuple[int, int]:
        widths: Counter[int] = Counter()
        try:
            for index, cells in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)):
                widths[len(cells)] += bool(cells)
                if index >= _SAMPLE_ROWS:
                    break
        except csv.Error:
            return (0, 0)
        widths.pop(1, None)
        return max(((count, width) for width, count in widths.items()), default=(0, 0))

    return max(_DELIMITERS, key=evenness)
