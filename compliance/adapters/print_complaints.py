"""What the printing library complains of, in Vietnamese: an officer reads it beside the paper that came out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_NO_GLYPH = re.compile(r'\.notdef glyph rendered for .*?: "(.)')
_FORM = "Hãy tìm chỗ phải sửa trong biểu mẫu bằng: compliance forms check"
_IN_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, re.DOTALL), words)
    for pattern, words in (
        (
            r"Failed to load image at '((?!data:)[^']+)'",
            f"chương trình không mở địa chỉ bên ngoài: {{0}} – chỗ ấy để trống. {_FORM}",
        ),
        (r"Failed to load stylesheet at '?([^' ]+)'?", f"không mở tệp kiểu chữ “{{0}}”. {_FORM}"),
        (r"Failed to (?:load|render) (?:inline )?(?:image|SVG)", "có hình bị hỏng hoặc không đúng dạng nên để trống."),
        (r'Missing required "lang"', f"biểu mẫu không bắt đầu bằng layout/base.html. {_FORM}"),
        (r"Ignored `(.+?)` at", f"dòng kiểu chữ “{{0}}” không dùng được nên bỏ qua. {_FORM}"),
        (r"No anchor #?'?([^' ]+)'? for internal", f"liên kết tới “{{0}}” không có nơi đến. {_FORM}"),
    )
)
_NAMES_IT = re.compile(rf"\s*{re.escape(_FORM)}$")


def about_letters(face: str, lacking: Sequence[str], lines: Iterable[str]) -> list[str]:
    """What became of the letters the face lacks.

    Args:
        face: the name of the face of the papers.
        lacking: the letters it lacks, those drawn together as one.
        lines: what the library complained of; it names the letters no face of this machine has.
    """
    unseen = list(dict.fromkeys(found[1] for line in lines if (found := _NO_GLYPH.match(line))))
    other = [one for one in lacking if one not in unseen]
    said = [f"Phông {face} không có các ký tự: {' '.join(other)}; chúng được in bằng phông khác."] if other else []
    if unseen:
        signs = " ".join(unseen)
        said.append(f"Máy không có phông cho các ký tự: {signs}; chúng in thành ô trống. Hãy bỏ các ký tự này.")
    return said


def in_vietnamese(lines: Iterable[str]) -> list[str]:
    """Each other complaint once, in Vietnamese where it is known; its own words where it is not."""
    told = (f"Khi in có cảnh báo: {_said(line)}" for line in lines if not _NO_GLYPH.match(line))
    return list(dict.fromkeys(told))


def in_place(remark: str) -> str:
    """The remark as said beside the form it is about: without where to look for that form."""
    return _NAMES_IT.sub("", remark)


def _said(line: str) -> str:
    for pattern, words in _IN_WORDS:
        if found := pattern.search(line):
            return words.format(*found.groups())
    return line
