"""Whether a text gives away a password or PIN: what opens something is never stored."""

from __future__ import annotations

import re

_WORDS = r"mật khẩu|mat khau|password|passwd|mã pin|ma pin|\bpwd\b"
_NAMED = re.compile(rf"{_WORDS}|\bpin\s*[:=]|\bpin\s*(?:là|số)?\s*\d{{4,8}}\b")
_TOLD = re.compile(rf"(?:{_WORDS}|\bpass|\bpin|\bmk)(?:\s+(?:mới|cũ))?\s*(?:là\b|[:=])\s*\S")
_SIGNS = set("!#$%^&*?~|<>{}")


def names_secret(text: str) -> bool:
    """Whether a short text, a label or serial, speaks of a password or PIN, or looks like one."""
    return bool(_NAMED.search(text.lower())) or any(_odd(word) for word in text.split())


def tells_secret(text: str) -> bool:
    """Whether a remark says what a password or PIN is; to speak of one is allowed."""
    return bool(_TOLD.search(text.lower()))


def _odd(word: str) -> bool:
    """Letters, figures and a sign no device bears in its number."""
    return any(sign in _SIGNS for sign in word) and any(map(str.isdigit, word)) and any(map(str.isalpha, word))
