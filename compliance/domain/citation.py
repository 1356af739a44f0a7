"""Finding the instruments a text cites, in the many ways people write them. Pure: text in, findings out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from compliance.domain.blank import Frozen
from compliance.domain.citation_grammar import Grammar, compact
from compliance.domain.folded_text import FoldedText
from compliance.domain.instrument import Instrument, InstrumentRegister

_BEFORE = 170
"""How far before a citation its clause may begin, in characters."""
_SENTENCE = 260
"""How far before a law's name the instrument that details it may stand."""
_LONG_ENOUGH = 10
"""A bare number below this after a kind is more often a count than a number of an unknown instrument."""


class Citation(Frozen):
    """One mention of an instrument.

    ``start`` and ``end`` are places in the text searched; ``codes`` the instruments of the register it may mean: one,
    several when the words fit more than one, none when the register does not know it; ``number`` as it was read.
    ``articles`` are the article numbers of ``clause``; ``remarks`` are sentences on how it was read.
    """

    start: int
    end: int
    written: str
    clause: str = ""
    number: str = ""
    codes: tuple[str, ...] = ()
    articles: tuple[int, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Hit:
    """A find in folded text, before its surroundings are read; a hit by name waits for a number beside it."""

    start: int
    end: int
    candidates: tuple[Instrument, ...]
    number: str = ""
    by_name: bool = False
    remark: str = ""


def citations(text: str, register: InstrumentRegister, grammar: Grammar | None = None) -> tuple[Citation, ...]:
    """Every instrument cited in a text, in the order of the text; ``grammar`` saves compiling it again."""
    rules = grammar or Grammar(register)
    folded = FoldedText(text)
    hits: list[_Hit] = []
    for find in (_full, _standards, _signed, _short, _named):
        taken = sorted((hit.start, hit.end) for hit in hits)
        hits += [hit for hit in find(folded, rules) if not _overlaps(hit, taken)]
    merged = _with_names(sorted(hits, key=lambda hit: hit.start), folded, rules)
    settled = _settled(merged, folded.text)
    ends = [0, *(hit.end for hit in settled)]
    return tuple(_told(hit, before, folded, rules) for hit, before in zip(settled, ends, strict=False))


def _overlaps(hit: _Hit, taken: list[tuple[int, int]]) -> bool:
    return any(start < hit.end and hit.start < end for start, end in taken)


def _lead(start: int, text: str, rules: Grammar) -> tuple[int, str]:
    """Where the words before a number begin (kind, issuer, “số”), and the kind they name."""
    before = text[max(0, start - 80) : start]
    if lead := rules.lead.search(before):
        return start - len(before) + lead.start(), rules.kind_written(lead["kind"])
    so = rules.so.search(before)
    return (start - len(before) + so.start() if so else start), ""


def _full(folded: FoldedText, rules: Grammar) -> Iterator[_Hit]:
    for match in rules.full.finditer(folded.text):
        start, _ = _lead(match.start(), folded.text, rules)
        known = rules.by_number.get((int(match["number"]), int(match["year"]), compact(match["sign"])))
        number = folded.written(match.start(), match.end()).replace(" ", "")
        yield _Hit(start, match.end(), (known,) if known else (), known.number if known else number)


def _standards(folded: FoldedText, rules: Grammar) -> Iterator[_Hit]:
    for match in rules.standard.finditer(folded.text):
        known = rules.by_standard.get((match["mark"], match["body"]), [])
        year = int(match["year"]) if match["year"] else None
        fitting = [one for one in known if year in {None, rules.year_of[one.code]}]
        number = fitting[0].number if len(fitting) == 1 else folded.written(match.start("mark"), match.end())
        yield _Hit(match.start(), match.end(), tuple(fitting), number)


def _signed(folded: FoldedText, rules: Grammar) -> Iterator[_Hit]:
    """Numbers without a year: those that never had one, and those whose writer left it out."""
    signed = set(rules.register.signed_kinds)
    central = {compact(sign) for sign in rules.register.central_signs}
    for match in rules.signed.finditer(folded.text):
        sign = compact(match["sign"])
        known = [
            one
            for one in rules.by_sign.get((int(match["number"]), sign), [])
            if not (one.number.count("/") > 1 and rules.kind_of(one) in signed)
        ]
        year = _year(match)
        fitting = tuple(one for one in known if year in {None, rules.year_of.get(one.code, year)})
        if not fitting and sign not in central:
            continue
        start, _ = _lead(match.start(), folded.text, rules)
        end = match.end() if year else match.end("sign")
        number = folded.written(match.start(), match.end("sign")).replace(" ", "")
        no_year = any(one.number.count("/") > 1 for one in fitting) and year is None
        yield _Hit(start, end, fitting, fitting[0].number if fitting else number, remark=_NO_YEAR if no_year else "")


_NO_YEAR = "Không ghi năm ban hành; hiểu là văn bản mang số này trong lĩnh vực an ninh mạng."


def _short(folded: FoldedText, rules: Grammar) -> Iterator[_Hit]:
    for match in rules.short.finditer(folded.text):
        kind = rules.kind_written(match["kind"])
        if not kind or kind in rules.register.signed_kinds:
            continue
        hit = _short_hit(match, kind, match.start(), rules)
        if hit and not (_year(match) is None and "\n" in folded.raw(match.start(), match.end("number"))):
            yield hit  # a bare number on the next line is more often the first cell of a table row
        following = rules.next_short.match(folded.text, match.end()) if _year(match) else None
        while following:
            hit = _short_hit(following, kind, following.start("number"), rules)
            if hit:
                yield hit
            following = rules.next_short.match(folded.text, following.end())


def _short_hit(match: re.Match[str], kind: str, start: int, rules: Grammar) -> _Hit | None:
    digits, year = match["number"], _year(match)
    known = rules.by_kind.get((kind, int(digits)), [])
    fitting = tuple(one for one in known if year in {None, rules.year_of[one.code]})
    if year is None:
        fitting = tuple(one for one in fitting if one.number.startswith(f"{digits}/"))
    told = f"{kind} số {digits}" + (f"/{year}" if year else "")
    if not fitting and year is None:
        long = "kind" in match.groupdict() and compact(match["kind"]) == compact(kind)
        if not long or int(digits) < _LONG_ENOUGH:
            return None
    remark = _NO_YEAR if fitting and year is None else ""
    return _Hit(start, match.end(), fitting, fitting[0].number if len(fitting) == 1 else told, remark=remark)


def _year(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    return next((int(groups[key]) for key in ("year", "dated", "dated_year") if groups.get(key)), None)


def _named(folded: FoldedText, rules: Grammar) -> Iterator[_Hit]:
    for match in rules.name.finditer(folded.text):
        known = rules.by_name.get(compact(match.group()), [])
        end, fitting = match.end(), tuple(known)
        if dated := rules.name_year.match(folded.text, end):
            of_year = tuple(one for one in known if rules.year_of.get(one.code) == _year(dated))
            if of_year:
                end, fitting = dated.end(), of_year
        yield _Hit(match.start(), end, fitting, fitting[0].number if len(fitting) == 1 else "", by_name=True)


def _with_names(hits: Iterable[_Hit], folded: FoldedText, rules: Grammar) -> list[_Hit]:
    """A name and the number right behind it are one citation; they should mean the same instrument."""
    out: list[_Hit] = []
    for hit in hits:
        last = out[-1] if out else None
        gap = folded.text[last.end : hit.start] if last else ""
        if not (last and last.by_name and not hit.by_name and rules.between_name_and_number.fullmatch(gap)):
            out.append(hit)
            continue
        named = {one.code for one in last.candidates}
        wrong = hit.candidates and not named & {one.code for one in hit.candidates}
        remark = f"Tên và số hiệu không khớp: số hiệu này là của {hit.candidates[0].cite_as}." if wrong else hit.remark
        end = hit.end + (1 if "(" in gap and folded.text[hit.end : hit.end + 1] == ")" else 0)
        out[-1] = _Hit(last.start, end, hit.candidates, hit.number, remark=remark)
    return out


def _settled(hits: list[_Hit], text: str) -> list[_Hit]:
    """Names that fit several instruments, settled by what stands around: the detailing decree, or the full number."""
    numbered = {
        hit.candidates[0].code
        for hit in hits
        if len(hit.candidates) == 1 and not hit.by_name and hit.remark != _NO_YEAR
    }
    out: list[_Hit] = []
    for found in hits:
        sure = found.remark == _NO_YEAR and found.candidates[0].code in numbered
        hit = replace(found, remark="") if sure else found
        if len(hit.candidates) < 2 or not hit.by_name:  # noqa: PLR2004 - one candidate needs no settling
            out.append(hit)
            continue
        detailed = _detailed(hit, out, text)
        cited = tuple(one for one in hit.candidates if one.code in numbered)
        if detailed:
            out.append(_Hit(hit.start, hit.end, (detailed,), detailed.number, by_name=True))
        elif len(cited) == 1:
            remark = f"Chỉ ghi tên; hiểu theo số hiệu {cited[0].number} ghi ở chỗ khác trong tệp."
            out.append(_Hit(hit.start, hit.end, cited, cited[0].number, by_name=True, remark=remark))
        else:
            out.append(hit)
    return out


def _detailed(hit: _Hit, before: list[_Hit], text: str) -> Instrument | None:
    """The law a decree just named lays down details of, when the name stands in that decree's own title."""
    for last in reversed(before[-2:]):
        gap = text[last.end : hit.start]
        if len(gap) > _SENTENCE or re.search(r"[;.\x00]", gap) or len(last.candidates) != 1:
            return None
        for one in hit.candidates:
            if one.code in last.candidates[0].details:
                return one
    return None


def _told(hit: _Hit, since: int, folded: FoldedText, rules: Grammar) -> Citation:
    start, end = hit.start, hit.end
    clause, articles = "", list[int]()
    window = max(since, start - _BEFORE)
    if before := rules.clause_before.search(folded.text[window:start]):
        clause = folded.written(window + before.start("clause"), window + before.end("clause"))
        articles = _articles(before["clause"], rules)
    elif after := rules.clause_after.match(folded.text, end):
        group = "clause" if after["clause"] else "short"
        clause = folded.written(after.start(group), after.end(group))
        articles = _articles(after[group], rules)
    return Citation(
        start=folded.place(start),
        end=folded.place(end - 1) + 1,
        written=folded.written(start, end),
        clause=clause,
        number=hit.number,
        codes=tuple(one.code for one in hit.candidates),
        articles=tuple(articles),
        remarks=tuple(text for text in (hit.remark, _too_high(hit, articles, rules)) if text),
    )


def _articles(clause: str, rules: Grammar) -> list[int]:
    return [int(digits) for match in rules.article.finditer(clause) for digits in re.findall(r"\d{1,3}", match.group())]


def _too_high(hit: _Hit, articles: list[int], rules: Grammar) -> str:
    if len(hit.candidates) != 1:
        return ""
    one = hit.candidates[0]
    wrong = one.lacking(articles)
    if not wrong:
        return ""
    named = ", ".join(f"Điều {article}" for article in wrong)
    return f"{rules.kind_of(one) or 'Văn bản'} này chỉ có {one.articles} điều, không có {named}."
