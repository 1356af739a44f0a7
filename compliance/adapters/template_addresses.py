"""Addresses in a template that lead out of it: pictures and style sheets of the Internet or of this machine."""

from __future__ import annotations

import re
from collections.abc import Iterator

from compliance.errors import Fault

_FETCHED = re.compile(
    r"<(?:link|image|use|object|embed|iframe|script|img|input|source|video|audio|body|table|td)\b[^>]*?"
    r"\b(?:src|srcset|href|data|poster|background)\s*=\s*[\"']?(?P<tag>[^\"'\s>]+)"
    r"|url\(\s*[\"']?(?P<url>[^\"')]+)"
    r"|@import\s+[\"'](?P<sheet>[^\"']+)",
    re.IGNORECASE,
)
_LINKED = re.compile(r"<a\b[^>]*?\bhref\s*=\s*[\"']?(?P<link>(?:file:|\.\./|/|[a-z]:\\)[^\"'\s>]*)", re.IGNORECASE)
_COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
_INSIDE = ("data:", "#", "{{", "{%")


def addresses_outside(text: str, file: str) -> list[Fault]:
    """The addresses in a template that lead out of it, each with its line.

    Addresses the template puts together while it is filled are not seen here; printing refuses them.
    """
    text = _COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)
    return [
        Fault(
            f"địa chỉ ngoài biểu mẫu “{address}”; chương trình không mở. Hãy bỏ đi, hoặc nhúng ảnh dạng data:.",
            file,
            row=text.count("\n", 0, at) + 1,
        )
        for at, address in sorted(_found(text))
    ]


def _found(text: str) -> Iterator[tuple[int, str]]:
    for found in _FETCHED.finditer(text):
        address = next(part for part in found.groups() if part is not None).strip()
        if not address.startswith(_INSIDE):
            yield found.start(), address
    for found in _LINKED.finditer(text):
        yield found.start(), found["link"]
