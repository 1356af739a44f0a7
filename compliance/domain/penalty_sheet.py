"""The table of fines as leaders read it: amounts in words, doubts as numbered notes, rules below."""

from __future__ import annotations

from compliance.domain.blank import Frozen
from compliance.domain.penalty import Penalty, PenaltyRule, PenaltyTable
from compliance.domain.wording import date_text, number_text

_MILLION = 1_000_000


class PenaltyLine(Frozen):
    """One fined act; ``note`` is the number of the note that says what is uncertain, 0 = nothing is."""

    number: int
    id: str
    act: str
    levels: str
    scope: str
    individual: str
    organization: str
    citation: str
    note: int


class PenaltySheet(Frozen):
    """The sheet as printed.

    ``rules`` are settled, ``doubts`` carry what is not; ``closing`` is the doubt the sheet ends with, if it has it.
    """

    title: str
    checked_on: str
    source_note: str
    factor: int
    factor_citation: str
    lines: tuple[PenaltyLine, ...]
    notes: tuple[str, ...]
    rules: tuple[PenaltyRule, ...]
    doubts: tuple[PenaltyRule, ...]
    closing: PenaltyRule | None


def penalty_sheet(table: PenaltyTable, closing: str = "") -> PenaltySheet:
    """Put the sheet together.

    Args:
        table: the fines.
        closing: id of the rule the sheet ends with; one the table does not have is passed over.
    """
    notes = list(dict.fromkeys(one.uncertain for one in table.penalties if one.uncertain))
    last = next((rule for rule in table.rules if rule.id == closing), None)
    others = [rule for rule in table.rules if rule is not last]
    return PenaltySheet(
        title=table.title,
        checked_on=date_text(table.checked_on),
        source_note=table.source_note,
        factor=table.factor,
        factor_citation=table.factor_citation,
        lines=tuple(_line(number, one, table, notes) for number, one in enumerate(table.penalties, start=1)),
        notes=tuple(notes),
        rules=tuple(rule for rule in others if not rule.uncertain),
        doubts=tuple(rule for rule in others if rule.uncertain),
        closing=last,
    )


def _line(number: int, penalty: Penalty, table: PenaltyTable, notes: list[str]) -> PenaltyLine:
    return PenaltyLine(
        number=number,
        id=penalty.id,
        act=penalty.act,
        levels=levels_text(penalty.levels),
        scope=penalty.scope,
        individual=amount_text(penalty.least, penalty.most),
        organization=amount_text(*table.for_organization(penalty)),
        citation=penalty.citation,
        note=notes.index(penalty.uncertain) + 1 if penalty.uncertain else 0,
    )


def amount_text(least: int, most: int) -> str:
    """A range of đồng: ``20 - 30 triệu đồng``; in full where it is not whole millions."""
    whole = least % _MILLION == 0 and most % _MILLION == 0
    unit = "triệu đồng" if whole else "đồng"
    low, high = (number_text(one // _MILLION if whole else one) for one in (least, most))
    if least == 0:
        return f"đến {high} {unit}"
    return f"{high} {unit}" if least == most else f"{low} - {high} {unit}"


def levels_text(levels: tuple[int, ...]) -> str:
    """The levels an act concerns: ``Cấp độ 1 đến cấp độ 5`` for a run, else each named."""
    if not levels:
        return ""
    first, last = levels[0], levels[-1]
    if last - first > 1 and levels == tuple(range(first, last + 1)):
        return f"Cấp độ {first} đến cấp độ {last}"
    return f"Cấp độ {', '.join(map(str, levels))}"
