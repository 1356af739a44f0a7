"""Whether a returned paper says what the issued one says: word by word, apart from what was left to be filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from compliance.domain.blank import Frozen
from compliance.domain.text_words import BLANK, Word, shown, squeezed, words_of

_CONTEXT = 6
"""Words shown before and after."""
_LISTED = 40
"""Differences listed before the rest is only counted."""
_ALIKE = 0.5
"""Two papers that share less than this part of their words are not the same paper."""
_FEW = 20
_REFINED = 1_000_000
"""Pairs of words compared one by one; beyond, common words are left out of the first look."""
_LONGEST_VALUE = 15
"""Words a blank takes: a number, a date, a name with its title; what is longer was not written into a blank."""
_JOINED = 2
"""Differences this near each other are shown as one."""


class TextState(StrEnum):
    """What comparing came to."""

    SAME = "same"
    FILLED_IN = "filled_in"
    DIFFERENT = "different"
    OTHER_PAPER = "other_paper"
    NO_TEXT = "no_text"
    ORIGINAL_WITHOUT_TEXT = "original_without_text"
    NO_ORIGINAL = "no_original"


class FilledIn(Frozen):
    """A place that was left blank, the words before it and what stands there now; ``page`` of the returned file."""

    before: str
    text: str
    page: int


class Difference(Frozen):
    """Words changed, added (``old`` empty) or left out (``new`` empty), with the words around them."""

    before: str
    old: str
    new: str
    after: str
    page: int


class TextComparison(Frozen):
    """What comparing found; ``more`` counts the differences not listed."""

    state: TextState
    filled_in: tuple[FilledIn, ...] = ()
    differences: tuple[Difference, ...] = ()
    more: int = 0


_Span = tuple[int, int]
"""Where in the returned words a value begins and ends."""


class _Block(Frozen):
    """A stretch of the issued words against a stretch of the returned ones."""

    i1: int
    i2: int
    j1: int
    j2: int


def compare(issued: Sequence[str], returned: Sequence[str], typed: Collection[str] = ()) -> TextComparison:
    """Compare the texts of the pages of two papers.

    Args:
        issued: the pages as they were printed.
        returned: the pages as they came back.
        typed: the number and the date of the returned paper as offices write them; where a stamp put them elsewhere
            on the page they count as filled in.
    """
    old, new = words_of(issued), words_of(returned)
    if not new:
        return TextComparison(state=TextState.NO_TEXT)
    if not old:
        return TextComparison(state=TextState.ORIGINAL_WITHOUT_TEXT)
    if _strangers(old, new):
        return TextComparison(state=TextState.OTHER_PAPER)
    spans, blocks = list[_Span](), list[_Block]()
    for block in _blocks(old, new):
        values = _filled(old, new, block, typed)
        if values is None:
            blocks.append(block)
        spans += values or []
    filled = [_filled_in(new, span) for span in _joined(spans)]
    differences = [_difference(old, new, block) for block in _merged(blocks)]
    state = TextState.DIFFERENT if differences else TextState.FILLED_IN if filled else TextState.SAME
    listed, more = tuple(differences[:_LISTED]), max(0, len(differences) - _LISTED)
    return TextComparison(state=state, filled_in=tuple(filled), differences=listed, more=more)


def _strangers(old: Sequence[Word], new: Sequence[Word]) -> bool:
    shared = Counter(word.text for word in old) & Counter(word.text for word in new)
    whole = max(len(old), len(new))
    return whole > _FEW and shared.total() / whole < _ALIKE


def _blocks(old: Sequence[Word], new: Sequence[Word]) -> Iterator[_Block]:
    """What differs, in order; long equal beginnings and ends are left out before the slow part."""
    a, b = [word.text for word in old], [word.text for word in new]
    start = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    room = min(len(a), len(b)) - start
    end = next((at for at in range(room) if a[-1 - at] != b[-1 - at]), room)
    for one in _unequal(a[start : len(a) - end], b[start : len(b) - end]):
        yield _Block(i1=one.i1 + start, i2=one.i2 + start, j1=one.j1 + start, j2=one.j2 + start)


def _unequal(a: Sequence[str], b: Sequence[str]) -> Iterator[_Block]:
    if len(a) * len(b) <= _REFINED:
        yield from _matched(a, b, rough=False)
        return
    for rough in _matched(a, b, rough=True):
        inner_a, inner_b = a[rough.i1 : rough.i2], b[rough.j1 : rough.j2]
        if not inner_a or not inner_b or len(inner_a) * len(inner_b) > _REFINED:
            yield rough
            continue
        for fine in _matched(inner_a, inner_b, rough=False):
            yield _Block(i1=fine.i1 + rough.i1, i2=fine.i2 + rough.i1, j1=fine.j1 + rough.j1, j2=fine.j2 + rough.j1)


def _matched(a: Sequence[str], b: Sequence[str], *, rough: bool) -> Iterator[_Block]:
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, a, b, autojunk=rough).get_opcodes():
        if tag != "equal":
            yield _Block(i1=i1, i2=i2, j1=j1, j2=j2)


def _filled(old: Sequence[Word], new: Sequence[Word], block: _Block, typed: Collection[str]) -> list[_Span] | None:
    """The values a block fills in; ``None`` for a real difference."""
    was, now = old[block.i1 : block.i2], new[block.j1 : block.j2]
    if squeezed(was) == squeezed(now):
        return []
    if len(now) - len(was) > _LONGEST_VALUE:
        return None
    if any(word.text == BLANK for word in was):
        return _in_gaps(was, now, block.j1)
    if was:
        return None
    beside = [*old[max(0, block.i1 - 1) : block.i1], *old[block.i1 : block.i1 + 1]]
    given = {text.replace(" ", "").replace("-", "") for text in typed}
    if (_one_line(now) and any(word.text == BLANK for word in beside)) or squeezed(now) in given:
        return _gap(now, 0, len(now), block.j1)
    return None


def _in_gaps(was: Sequence[Word], now: Sequence[Word], start: int) -> list[_Span] | None:
    """What stands where blanks were; the words between the blanks must be there, in order."""
    values, at, open_gap = list[_Span](), 0, False
    for word in was:
        if word.text == BLANK:
            open_gap = True
            continue
        found = next((j for j in range(at, len(now)) if now[j].text == word.text), None)
        if found is None or (found > at and not (open_gap and _one_line(now[at:found]))):
            return None
        values += _gap(now, at, found, start)
        at, open_gap = found + 1, False
    if at < len(now) and not (open_gap and _one_line(now[at:])):
        return None
    return values + _gap(now, at, len(now), start)


def _one_line(words: Sequence[Word]) -> bool:
    """Whether words stand on one line, as what is written into a blank does."""
    return not any(word.new_line for word in words[1:])


def _gap(now: Sequence[Word], first: int, last: int, start: int) -> list[_Span]:
    return [(start + first, start + last)] if _value(now[first:last]) else []


def _joined(spans: Sequence[_Span]) -> list[_Span]:
    """Values one word apart, as the day, month and year of a date, are one."""
    joined = list[_Span]()
    for first, last in spans:
        if joined and first - joined[-1][1] <= 1:
            joined[-1] = (joined[-1][0], last)
        else:
            joined.append((first, last))
    return joined


def _filled_in(new: Sequence[Word], span: _Span) -> FilledIn:
    """A value with what stands before it in its line, or above it."""
    first, last = span
    begin = max(0, first - _CONTEXT)
    line = next((at for at in range(first - 1, begin, -1) if new[at].new_line), begin)
    return FilledIn(before=shown(new[line:first]), text=_value(new[first:last]), page=new[first].page)


def _value(words: Sequence[Word]) -> str:
    """What was filled in, without the dots it stands on."""
    return shown([word for word in words if word.text != BLANK]).strip(" .")


def _merged(blocks: Sequence[_Block]) -> list[_Block]:
    joined = list[_Block]()
    for one in blocks:
        last = joined[-1] if joined else None
        if last is not None and one.i1 - last.i2 <= _JOINED and one.j1 - last.j2 <= _JOINED:
            joined[-1] = _Block(i1=last.i1, i2=one.i2, j1=last.j1, j2=one.j2)
        else:
            joined.append(one)
    return joined


def _difference(old: Sequence[Word], new: Sequence[Word], block: _Block) -> Difference:
    return Difference(
        before=_before(new, block.j1),
        old=shown(old[block.i1 : block.i2]),
        new=shown(new[block.j1 : block.j2]),
        after=shown(new[block.j2 : block.j2 + _CONTEXT]),
        page=new[min(block.j1, len(new) - 1)].page,
    )


def _before(words: Sequence[Word], at: int) -> str:
    """The words before, from the beginning of a whole one."""
    first = max(0, at - _CONTEXT)
    return shown(words[next((one for one in range(first, at) if words[one].apart), first) : at])
