"""A wrongly called command, told in Vietnamese.

Typer words its usage errors in English without a catalogue, so the few patterns it knows are restated here; one that
is new falls through as it stands rather than being lost.
"""

from __future__ import annotations

import re
from typing import Any

_PATTERNS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^No such command '(?P<what>[^']*)'\.?(?: Did you mean (?P<near>.*)\?)?"), "Không có lệnh “{what}”"),
    (
        re.compile(
            r"^No such option: (?P<what>\S+?)\.?(?: (?:Did you mean|\(Possible options:) (?P<near>[^?)]*)[?)])?$"
        ),
        "Không có tùy chọn “{what}”",
    ),
    (re.compile(r"^Missing argument '?(?P<what>[^'.]*)'?"), "Thiếu tham số “{what}”"),
    (re.compile(r"^Missing option '?(?P<what>[^'.]*)'?"), "Thiếu tùy chọn “{what}”"),
    (re.compile(r"^Missing command"), "Chưa nêu lệnh cần chạy"),
    (re.compile(r"^Got unexpected extra arguments?(?:\(s\))? \((?P<what>.*)\)"), "Thừa tham số “{what}”"),
    (re.compile(r"^Option '?(?P<what>[^' ]*)'? requires an argument"), "Tùy chọn “{what}” cần kèm một giá trị"),
    (
        re.compile(r"^Invalid value for .*?: \w+ '(?P<what>.*)' is not readable"),
        "Không có quyền đọc “{what}”; hãy xin quyền hoặc chép tệp về chỗ của mình",
    ),
    (
        re.compile(
            r"^Invalid value for (?P<what>.*?): (?:Value error, )?'(?P<said>.*)' is not one of (?P<known>.*?)\.?$"
        ),
        "{what} không nhận “{said}”; hãy chọn: {known}",
    ),
    (
        re.compile(r"^Invalid value for (?P<what>.*?): Input should be a valid integer"),
        "{what} phải là số nguyên, ghi liền các chữ số",
    ),
    (
        re.compile(r"^Invalid value for (?P<what>.*?): Input should be greater than or equal to (?P<least>\d+)"),
        "{what} phải từ {least} trở lên",
    ),
    (re.compile(r"^Invalid value for (?P<what>.*?): "), "Giá trị của {what} không dùng được"),
)


def usage_sentence(error: Any) -> str:
    """The Vietnamese sentence for a usage error, ending in the help command to run."""
    english = str(error.format_message())
    sentence = english
    for pattern, vietnamese in _PATTERNS:
        found = pattern.match(english)
        if found:
            parts = {name: (text or "").replace("'", "") for name, text in found.groupdict().items()}
            near = parts.get("near", "")
            sentence = vietnamese.format(**parts) + (f" (gần nhất: {near})" if near else "") + "."
            break
    context = getattr(error, "ctx", None)
    path = context.command_path if context is not None else "compliance"
    return f"{sentence} Xem cách dùng: {path} --help"
