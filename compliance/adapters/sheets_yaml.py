"""YAML (and JSON) inventories as plain tables: every scalar is its own text, nothing is coerced."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import yaml

from compliance.adapters.raw_table import MAX_COLUMNS, MAX_ROWS, RawRow, RawTable, clean, file_name, refuse
from compliance.errors import BadData, Fault

_NULL = "tag:yaml.org,2002:null"
_NESTED = "facts"
"""Facts may stand in a mapping of their own under a system."""


def read_yaml(path: Path, data: bytes) -> list[RawTable]:
    """One table per top-level key; row numbers are line numbers.

    Raises:
        BadData: not YAML, not a mapping of lists, or a key given twice.
    """
    try:
        root = yaml.compose(data.decode("utf-8-sig"), Loader=yaml.SafeLoader)
    except UnicodeDecodeError:
        raise refuse(path, "Tệp không phải Unicode UTF-8.", "lưu lại bằng bảng mã UTF-8") from None
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        raise refuse(path, "Tệp YAML sai cú pháp.", "kiểm tra thụt dòng, dấu hai chấm và dấu nháy", row) from None
    if not isinstance(root, yaml.MappingNode):
        raise refuse(path, "Tệp YAML phải gồm các bảng, mỗi bảng một tên.", "ví dụ: systems:, units:, devices:")
    reader = _Reader(path)
    tables = [table for key, value in reader.pairs(root, "") for table in reader.tables(key, value)]
    if reader.faults:
        raise BadData(f"Không đọc được tệp “{reader.file}”; chưa có gì thay đổi.", reader.faults)
    return tables


class _Reader:
    """Walks the nodes and collects the faults."""

    def __init__(self, path: Path) -> None:
        self.file = file_name(path)
        self.faults: list[Fault] = []

    def fault(self, node: yaml.Node, sheet: str, message: str, expected: str = "") -> None:
        self.faults.append(Fault(message, self.file, sheet, node.start_mark.line + 1, expected=expected))

    def pairs(self, node: yaml.MappingNode, sheet: str) -> Iterator[tuple[str, yaml.Node]]:
        """Key and value of a mapping; a key given twice is a fault."""
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self.fault(key, sheet, "Khóa phải là một từ hoặc tiêu đề cột.")
                continue
            name = clean(key.value)
            if name in seen:
                self.fault(key, sheet, f"Khóa “{name}” ghi hai lần.")
                continue
            seen.add(name)
            yield name, value

    def tables(self, name: str, node: yaml.Node) -> Iterator[RawTable]:
        """The table under a top-level key; an empty one yields nothing."""
        if isinstance(node, yaml.ScalarNode) and node.tag == _NULL:
            return
        if not isinstance(node, yaml.SequenceNode) or any(not isinstance(one, yaml.MappingNode) for one in node.value):
            self.fault(node, name, f"“{name}” phải là danh sách các dòng, mỗi dòng bắt đầu bằng gạch ngang.")
            return
        entries = [(one.start_mark.line + 1, self.entry(one, name)) for one in node.value]
        headers = tuple(dict.fromkeys(key for _, entry in entries for key in entry))
        if len(entries) > MAX_ROWS or len(headers) > MAX_COLUMNS:
            self.fault(node, name, f"“{name}” quá dài.", f"không quá {MAX_ROWS} dòng")
            return
        rows = [RawRow(number, tuple(entry.get(key, "") for key in headers)) for number, entry in entries]
        yield RawTable(self.file, name, (RawRow(node.start_mark.line, headers), *rows), keyed=True)

    def entry(self, node: yaml.MappingNode, sheet: str) -> dict[str, str]:
        """One row: header to text."""
        cells: dict[str, str] = {}
        for key, value in self.pairs(node, sheet):
            if key == _NESTED and isinstance(value, yaml.MappingNode):
                inner = list(self.pairs(value, sheet))
            else:
                inner = [(key, value)]
            for name, one in inner:
                if name in cells:
                    self.fault(one, sheet, f"Khóa “{name}” ghi hai lần.")
                cells[name] = self.text(one, sheet)
        return cells

    def text(self, node: yaml.Node, sheet: str) -> str:
        """A scalar as written; a list of scalars joined by semicolons."""
        if isinstance(node, yaml.ScalarNode):
            return "" if node.tag == _NULL else clean(node.value)
        if isinstance(node, yaml.SequenceNode) and all(isinstance(one, yaml.ScalarNode) for one in node.value):
            return "; ".join(clean(one.value) for one in node.value) or "Không có"
        self.fault(node, sheet, "Giá trị phải là chữ, số hoặc danh sách chữ, không phải bảng con.")
        return ""
