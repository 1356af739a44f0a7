"""The HTML of a paper with what must be hidden hidden: in its text, never in its markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from lxml import etree, html  # type: ignore[import-untyped]  # no published types

from compliance.domain.redaction import MARK, STAMP, Hidden, Rules, Span
from compliance.errors import Refused

_INLINE = frozenset({"a", "abbr", "b", "code", "em", "font", "i", "small", "span", "strong", "sub", "sup", "u"})
_PICTURES = frozenset({"img", "svg", "object", "embed", "picture", "video", "canvas", "iframe"})
_UNREAD = frozenset({"style", "script"})
_SAID = ("alt", "title", "aria-label")
_STAMPED = "@page { @bottom-left { content: %s; font: bold 10pt serif; white-space: nowrap } }"


class _Piece(NamedTuple):
    """A text node: what it says and how it is changed; ``None`` for a line break, which says only that."""

    text: str
    put: Callable[[str], None] | None


def redacted(markup: str, rules: Rules, told: Counter[Hidden], face: str) -> str:
    """The paper with the mark in place of everything hidden, its pictures taken out, every page stamped.

    Args:
        markup: the filled form.
        rules: what to hide.
        told: counts what was hidden by kind.
        face: the face of the stamp.

    Raises:
        Refused: a recorded value stands where it cannot be hidden, such as in the style of an office's own form.
    """
    # pictures stand in the text as long addresses: huge_tree
    root = html.document_fromstring(
        markup, parser=html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    )
    _hide_pictures(root, told)
    for run in _runs(root):
        _hide(run, rules, told)
    for element in root.iter(etree.Element):
        _hide_attributes(element, rules, told)
    _stamp(root, face)
    done: str = html.tostring(root, encoding="unicode", doctype="<!doctype html>")
    if rules.leaks("\n".join(root.itertext())) or rules.leaks(_attributes(root)):
        raise Refused(
            "Có nội dung phải che nằm ở chỗ chương trình không che được (ví dụ trong phần định dạng của biểu mẫu "
            "riêng), nên chưa lập bản đã che. Hãy bỏ nội dung ấy khỏi biểu mẫu rồi làm lại."
        )
    return done


def _hide_pictures(root: Any, told: Counter[Hidden]) -> None:
    for picture in [one for one in root.iter(etree.Element) if one.tag in _PICTURES]:
        told[Hidden.DIAGRAM] += 1
        shown = html.Element("span")
        shown.text = f"{MARK} (sơ đồ)"
        shown.tail = picture.tail
        picture.getparent().replace(picture, shown)


def _runs(root: Any) -> Iterator[list[_Piece]]:
    """The stretches of text a reader reads in one go: the text nodes of one block."""
    run: list[_Piece] = []
    for piece in _pieces(root):
        if piece is None:
            yield run
            run = []
        else:
            run.append(piece)
    yield run


def _pieces(element: Any) -> Iterator[_Piece | None]:
    """The text nodes in order; ``None`` where a block begins or ends."""
    inline = element.tag in _INLINE
    if element.tag == "br":
        yield _Piece("\n", None)
    elif element.tag not in _UNREAD:
        if not inline:
            yield None
        if element.text:
            yield _Piece(element.text, lambda words: setattr(element, "text", words))
        for child in element:
            yield from _pieces(child)
        if not inline:
            yield None
    if element.tail:
        yield _Piece(element.tail, lambda words: setattr(element, "tail", words))


def _hide(run: list[_Piece], rules: Rules, told: Counter[Hidden]) -> None:
    """Hide in a run what stands in one of its nodes or runs over several."""
    if not any(piece.text.strip() for piece in run):
        return
    whole = "".join(piece.text for piece in run)
    found = list(rules.spans(whole))
    at = 0
    for piece in run:  # two nodes that touch may hide from each other what each says alone
        found += [Span(at + one.start, at + one.end, one.kind) for one in rules.spans(piece.text)]
        at += len(piece.text)
    spans = _merged(found)
    told.update(span.kind for span in spans)
    at = 0
    for piece in run:
        if piece.put is not None:
            left = _left(piece.text, at, spans)
            if left != piece.text:
                piece.put(left)
        at += len(piece.text)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for one in sorted(spans):
        if merged and one.start < merged[-1].end:
            merged[-1] = merged[-1]._replace(end=max(merged[-1].end, one.end))
        else:
            merged.append(one)
    return merged


def _left(text: str, at: int, spans: list[Span]) -> str:
    """What a node that begins ``at`` still says; the mark stands where a hidden stretch begins."""
    out, here = [], 0
    for span in spans:
        start, end = span.start - at, span.end - at
        if end <= here or start >= len(text):
            continue
        out.append(text[here : max(here, start)])
        if start >= 0:
            out.append(MARK)
        here = min(end, len(text))
    return "".join((*out, text[here:]))


def _hide_attributes(element: Any, rules: Rules, told: Counter[Hidden]) -> None:
    for name in _SAID:
        if name in element.attrib:
            element.set(name, rules.masked(element.get(name), told))
    if not element.get("href", "#").startswith("#"):
        del element.attrib["href"]
    for name in ("src", "data", "srcset", "poster"):
        element.attrib.pop(name, None)


def _attributes(root: Any) -> str:
    return "\n".join(value for one in root.iter(etree.Element) for value in one.attrib.values())


def _stamp(root: Any, face: str) -> None:
    style = html.Element("style")
    style.text = (_STAMPED % f'"{STAMP}"').replace("serif", f'"{face}", serif')
    head = root.find("head")
    if head is None:  # an office's own form may leave it out
        head = html.Element("head")
        root.insert(0, head)
    head.append(style)
