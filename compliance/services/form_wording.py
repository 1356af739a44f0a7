"""The words a decree prescribes for a form: whether an office's own version still has them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from compliance.adapters.templates import Form
from compliance.errors import Fault

_UNSEEN = re.compile(r"<(style|head)\b.*?</\1>|<[^>]*>", re.DOTALL)
_IDENTITY = {"title": "tên mẫu", "citation": "căn cứ", "levels": "các cấp độ", "kind_code": "ký hiệu loại văn bản"} | {
    "step": "bước của hồ sơ",
    "issuer": "cơ quan ban hành",
    "addressee": "nơi nhận",
}


def changed_words(shipped: Form, own: Form, printed: str, shipped_print: str, document: Path) -> list[Fault]:
    """What of a statutory form an office changed: its data, or words that no longer stand on the printed page.

    Args:
        shipped: the form as the decree has it.
        own: the office's version.
        printed: the office's version filled from its example.
        shipped_print: the shipped version filled from the same example.
        document: the office's own page, to name where words were lost.
    """
    data = document.with_name("form.yaml")
    changed = [Fault(f"mẫu theo nghị định bị sửa: {what}.", str(data)) for what in _changes(shipped, own)]
    before, after = _text(shipped_print), _text(printed)
    labels = [*shipped.data.headings.items(), *shipped.data.labels.items()]
    kept = {**own.data.headings, **own.data.labels}
    lost = [
        Fault(f"nhãn của mẫu theo nghị định không còn trong văn bản: “{words}”.", str(document))
        for key, words in labels
        if kept.get(key) == words and _text(words) in before and _text(words) not in after
    ]
    return changed + lost


def _changes(shipped: Form, own: Form) -> Iterator[str]:
    for name, called in _IDENTITY.items():
        if getattr(shipped.data, name) != getattr(own.data, name):
            yield f"{called} (mục {name})"
    for part in ("headings", "labels"):
        theirs, ours = getattr(own.data, part), getattr(shipped.data, part)
        for key, words in ours.items():
            if key not in theirs:
                yield f"thiếu nhãn {part}.{key} “{words}”"
            elif theirs[key] != words:
                yield f"nhãn {part}.{key} “{words}” đổi thành “{theirs[key]}”"


def _text(html: str) -> str:
    return " ".join(unescape(_UNSEEN.sub(" ", html)).split())
