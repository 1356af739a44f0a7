"""The words of a paper's pages, made comparable: what only the setting of a page changes is taken out.

Composed letters, single blanks, no broken ligatures, no number of the page, no match code in its foot; the places left
to be filled by hand (``Số:      /…``, ``ngày ..... tháng ..... năm ......``, dotted lines) become one sign.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

BLANK = "\0"
"""A place left to be filled."""

CODE = re.compile(r"Mã\s+đối\s+chiếu\s*:?\s*([A-Z2-7]{4}-[A-Z2-7]{4})")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2212\ufffe\x02"), "-")
_DOTS = re.compile(r"(?:[._]\s?){3,}[._]")
_NUMBER = re.compile(r"\b(Số\s*:)\s*/")
_DATE = re.compile(r"\b(ngày)\s+(tháng)\s+(năm)\b(?!\s*[\d\0])")
_WORD = re.compile(r"\0|\w+|[^\w\s]")


class Word(NamedTuple):
    """One word or sign, whether a blank or a new line stands before it, and its page (from 1)."""

    text: str
    apart: bool
    new_line: bool
    page: int


def words_of(pages: Sequence[str]) -> list[Word]:
    """The words of all pages in reading order."""
    return [word for number, text in enumerate(pages, start=1) for word in _page_words(text, number)]


def _page_words(text: str, number: int) -> Iterator[Word]:
    plain = _UNSEEN.sub("", unicodedata.normalize("NFKC", text.replace("\0", " "))).translate(_HYPHENS)
    body = "\n".join(_without_edges(plain.split("\n"), number))
    marked = _DOTS.sub(f" {BLANK} ", body)
    marked = _NUMBER.sub(rf"\1 {BLANK} /", marked)
    marked = _DATE.sub(rf"\1 {BLANK} \2 {BLANK} \3 {BLANK}", marked)
    end = 0
    for found in _WORD.finditer(marked):
        between = marked[end : found.start()]
        yield Word(found.group(), bool(between) or end == 0, "\n" in between or end == 0, number)
        end = found.end()


def _without_edges(lines: Sequence[str], number: int) -> list[str]:
    """The lines without the match code and the page's own number, which stands first, last or beside the code."""
    said = [line for line in lines if line.strip()]
    codes = {at for at, line in enumerate(said) if CODE.fullmatch(line.strip())}
    edges = {0, len(said) - 1, *(at - 1 for at in codes), *(at + 1 for at in codes)} - codes
    numbers = {at for at in edges if 0 <= at < len(said) and said[at].strip() == str(number)}
    return [line for at, line in enumerate(said) if at not in codes | numbers]  # other numbers may be cells of a table


def match_codes(texts: Iterable[str]) -> tuple[str, ...]:
    """The match codes in texts, each once."""
    found = (code for text in texts for code in CODE.findall(unicodedata.normalize("NFC", text)))
    return tuple(dict.fromkeys(found))


def shown(words: Sequence[Word]) -> str:
    """Words as a reader sees them."""
    text = "".join((" " if word.apart else "") + ("……" if word.text == BLANK else word.text) for word in words)
    return text.strip()


def squeezed(words: Iterable[Word]) -> str:
    """Letters only: where a line was broken and hyphened says nothing."""
    return "".join(word.text for word in words if word.text != "-")
