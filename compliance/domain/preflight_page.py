"""The catalogue of pre-flight as a page for officers, in Markdown; the guide carries it and a test compares both."""

from __future__ import annotations

from collections.abc import Iterator

from compliance.domain.level import LEVELS
from compliance.domain.preflight import Check, CheckGroup, PreflightCatalogue

BEGIN = "<!-- danh mục: sinh từ dữ liệu, không sửa tay -->"
END = "<!-- hết danh mục -->"
_HEADS = ("Mã", "Mức", "Xem gì", "Cách sửa", "Lệnh", "Căn cứ")


def catalogue_page(catalogue: PreflightCatalogue) -> str:
    """The tables of the catalogue between their marks, one for each group."""
    counts = ", ".join(f"{count} {label}" for label, count in _counted(catalogue))
    lines = [BEGIN, "", f"Danh mục bản {catalogue.version}: {len(catalogue.checks)} phép kiểm ({counts}).", ""]
    for group in catalogue.groups:
        lines += _table(group)
    return "\n".join([*lines, END])


def _counted(catalogue: PreflightCatalogue) -> list[tuple[str, int]]:
    labels = [check.severity.label.lower() for check in catalogue.checks]
    return [(label, labels.count(label)) for label in dict.fromkeys(labels)]


def _table(group: CheckGroup) -> Iterator[str]:
    yield f"### {group.title}"
    yield ""
    yield _row(_HEADS)
    yield _row(["---"] * len(_HEADS))
    for check in group.checks:
        yield _row(
            (check.code, check.severity.label, _looked_at(check), check.fix, f"`{_typed(check)}`", check.citation)
        )
    yield ""


def _looked_at(check: Check) -> str:
    """What is looked at, the levels where not all, and what is not certain about it."""
    levels = "" if check.levels == LEVELS else f" (cấp độ {', '.join(map(str, check.levels))})"
    return check.title + levels + (f". *Chưa chắc chắn: {check.uncertain}*" if check.uncertain else "")


def _typed(check: Check) -> str:
    """The command with its places in words."""
    words = {"system": "MÃ-HỆ-THỐNG", "check": "MÃ-LẦN-KIỂM-TRA", "requirement": "YÊU-CẦU", "level": "CẤP-ĐỘ",
             "kind": "logical|physical"}  # fmt: skip
    return check.command.format_map(words)


def _row(cells: list[str] | tuple[str, ...]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
