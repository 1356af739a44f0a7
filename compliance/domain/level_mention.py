"""Finding where a text states a security level of an information system, and not being fooled by other levels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from compliance.domain.blank import Frozen
from compliance.domain.citation_grammar import spaced
from compliance.domain.folded_text import FoldedText, fold
from compliance.domain.instrument import InstrumentRegister

HIGHEST = 5
_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_BARE_WORDS = {fold(word) for word in _WORDS}
_NUMBER = (
    rf"(?:\d{{1,2}}(?![.,]?\d)|{'|'.join(sorted({*_BARE_WORDS, *_ROMAN}, key=len, reverse=True))})(?![a-z0-9]|\.v\b)"
)
_MORE = re.compile(rf" ?(?:,|va|hoac|den|-|/) ?(?P<number>{_NUMBER})(?! ?/| (?:nam|thang|ngay) \d)")
_YEAR_AFTER = re.compile(r" ?\d{4}")


class LevelMention(Frozen):
    """One statement of a level (1 to 5); ``start`` and ``end`` are places in the text searched."""

    start: int
    end: int
    written: str
    level: int


def level_mentions(text: str, register: InstrumentRegister) -> tuple[LevelMention, ...]:
    """Every security level a text states, in its order; a list (“cấp độ 1, 2”) gives one mention for each number."""
    folded = FoldedText(text)
    false, true = _patterns(register.false_friends), _patterns(register.level_forms)
    masked = [(match.start(), match.end()) for match in false.finditer(folded.text)]
    found: list[LevelMention] = []
    for match in true.finditer(folded.text):
        if any(start < match.end() and match.start() < end for start, end in masked):
            continue
        stretches = list(_numbers(match, folded))
        end = max((end for _, end in stretches), default=match.end())
        levels = [level for start, stop in stretches if (level := _level(folded, start, stop))]
        found += [_mention(folded, match.start(), max(end, match.end()), level) for level in levels]
    return tuple(found)


def _mention(folded: FoldedText, start: int, end: int, level: int) -> LevelMention:
    written = folded.written(start, end)
    return LevelMention(start=folded.place(start), end=folded.place(end - 1) + 1, written=written, level=level)


def _numbers(match: re.Match[str], folded: FoldedText) -> Iterator[tuple[int, int]]:
    """The places of the number and of those listed behind it."""
    last = match.lastgroup or ""
    yield match.start(last), match.end(last)
    end = match.end()
    while more := _MORE.match(folded.text, end):
        if not _level(folded, more.start("number"), more.end("number")):
            return
        yield more.start("number"), more.end("number")
        end = more.end()


def _level(folded: FoldedText, start: int, end: int) -> int | None:
    """The level a number states; words only as they are spelled (“tư”, never “từ”)."""
    plain = folded.text[start:end]
    if plain.isdigit():
        level = int(plain)
    elif plain in _ROMAN:
        level = _ROMAN[plain]
    else:
        if _YEAR_AFTER.match(folded.text, end):  # “cấp độ năm 2025” tells a year
            return None
        spelled = unicodedata.normalize("NFC", folded.raw(start, end)).lower()
        level = _WORDS.get(spelled, 0)
    return level if 1 <= level <= HIGHEST else None


@lru_cache(maxsize=8)
def _patterns(forms: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for all forms, longest first; each form has its own group for the number."""
    parts = [_form(form, f"n{place}") for place, form in enumerate(sorted(forms, key=lambda one: (-len(one), one)))]
    return re.compile(rf"(?<![a-z0-9])(?:{'|'.join(parts)})" if parts else r"(?!)")


def _form(form: str, group: str) -> str:
    """A form with ``#`` for the number; a second ``#`` is the same number said again."""
    number, pieces = rf"(?P<{group}>{_NUMBER})", list[str]()
    for piece in re.split(r"([#()])", form):
        if piece == "#":
            pieces.append(number)
            number = _NUMBER
        elif piece.strip():
            pieces.append(re.escape(piece) if piece in "()" else spaced(piece))
    return " ?".join(pieces)
