"""Help pages in Vietnamese.

Typer words the frame of a help page in English and has no catalogue. Every command's page is written by the formatter
its context class names, so one formatter on that class serves the whole program.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_HEADINGS = {"Options": "Tùy chọn", "Commands": "Lệnh", "Arguments": "Tham số"}
_WORDS = (
    ("Show this message and exit.", "In hướng dẫn này rồi thoát."),
    ("[required]", "[bắt buộc]"),
    ("[env var: ", "[biến môi trường: "),
    ("[default: ", "[mặc định: "),
    ("; required]", "; bắt buộc]"),
    ("; default: ", "; mặc định: "),
    (" <list[Path]>", ""),
    ("<path>", "<đường dẫn>"),
    ("<list[str]>", "<chữ>…"),
    ("<str>", "<chữ>"),
    ("<text>", "<chữ>"),
    ("<int>", "<số>"),
    ("[OPTIONS]", "[TÙY CHỌN]"),
    ("COMMAND [ARGS]...", "LỆNH [THAM SỐ]..."),
)

_NAMED = re.compile(r"^([^-\s]\S*) <(?:list\[)?str\]?>$")
"""The type Typer puts after the name of an argument, which says more than the type."""


def _told(text: str) -> str:
    text = _NAMED.sub(r"\1", text)
    for english, vietnamese in _WORDS:
        text = text.replace(english, vietnamese)
    return text


@lru_cache(maxsize=4)
def vietnamese_help(formatter: Any) -> Any:
    """The formatter that writes what ``formatter`` would, in Vietnamese; one that already does is returned as it is."""
    if getattr(formatter, "speaks_vietnamese", False):
        return formatter

    class VietnameseHelp(formatter):  # type: ignore[misc]
        speaks_vietnamese = True

        def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
            super().write_usage(prog, _told(args), prefix or "Cách dùng: ")

        def write_heading(self, heading: str) -> None:
            super().write_heading(_HEADINGS.get(heading, heading))

        def write_dl(self, rows: Any, *args: Any, **options: Any) -> None:
            super().write_dl([(_told(term), _told(words)) for term, words in rows], *args, **options)

    return VietnameseHelp
