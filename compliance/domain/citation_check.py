"""Whether every name and number in the register leads to one instrument, and every successor to one still good."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from compliance.domain.citation_grammar import Grammar, compact
from compliance.domain.instrument import InstrumentRegister
from compliance.domain.misfit import Misfit, unless_known


def naming_misfits(register: InstrumentRegister) -> list[Misfit]:
    """Everything that would make a citation lead nowhere, or to the wrong instrument; empty when sound."""
    return [*_names(register), *_numbers(register), *_links(register), *_forms(register)]


def _names(register: InstrumentRegister) -> Iterator[Misfit]:
    bearers = Counter(
        name for one in register.instruments for name in {compact(name) for name in (one.title, *one.names, *one.also)}
    )
    for one in register.instruments:
        for name in one.also:
            if bearers[compact(name)] > 1:
                yield f"instruments.{one.code}.also", f"“{name}” còn là tên văn bản khác; hãy chuyển sang mục names."


def _numbers(register: InstrumentRegister) -> Iterator[Misfit]:
    grammar = Grammar(register)
    numbers = Counter(compact(one.number) for one in register.instruments)
    for one in register.instruments:
        if numbers[compact(one.number)] > 1:
            yield f"instruments.{one.code}.number", f"số hiệu “{one.number}” trùng với văn bản khác."
        if not grammar.kind_of(one) and not one.number.startswith(register.standards):
            yield f"instruments.{one.code}.cite_as", "không bắt đầu bằng loại văn bản nào ở mục kinds hoặc standards."


def _links(register: InstrumentRegister) -> Iterator[Misfit]:
    codes = {one.code: one for one in register.instruments}
    for one in register.instruments:
        for code in one.details:
            yield from unless_known(f"instruments.{one.code}.details", code, codes)
        behind, seen = list(one.successors), set[str]()
        while behind:
            code = behind.pop()
            if code == one.code:
                yield f"instruments.{one.code}.successors", "văn bản thay thế dẫn vòng lại chính văn bản này."
                break
            if code in codes and code not in seen:
                seen.add(code)
                behind += codes[code].successors


def _forms(register: InstrumentRegister) -> Iterator[Misfit]:
    for kind in register.signed_kinds:
        yield from unless_known("signed_kinds", kind, register.kinds)
    for part, forms in (("level_forms", register.level_forms), ("false_friends", register.false_friends)):
        for form in forms:
            if "#" not in form:
                yield f"{part}.{form}", "thiếu dấu # ở chỗ của con số."
