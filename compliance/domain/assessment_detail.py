"""Every requirement of a check as a report prints it: result, state, what stands in for it, and its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import groupby

from pydantic import Field

from compliance.domain.assessment import Result
from compliance.domain.assessment_sheet import AssessmentRow, AssessmentSheet, Tally, tally
from compliance.domain.blank import Frozen
from compliance.domain.checklist import Checklist
from compliance.domain.evidence import Evidence
from compliance.domain.shortfall import Shortfall, shared_by
from compliance.domain.stacked_bars import BarChart, result_chart
from compliance.domain.wording import date_text

EvidenceOf = Mapping[tuple[str, str], tuple[Evidence, ...]]
"""Evidence by system and requirement."""


class Proof(Frozen):
    """What stands behind the rows of a check.

    ``evidence`` is of the system and of those it relies on, ``lost`` the SHA-256 of files gone or damaged,
    ``providers`` the names of systems by id. ``day`` decides what is out of date; evidence filed later is left out.
    """

    system_id: str
    evidence: EvidenceOf = Field(default_factory=dict)
    lost: frozenset[str] = frozenset()
    providers: Mapping[str, str] = Field(default_factory=dict)
    day: date

    def pieces(self, row: AssessmentRow) -> tuple[Evidence, ...]:
        """The evidence of a row: its own, or that of the provider whose answer counts."""
        return tuple(piece for piece in self._every_piece(row) if piece.filed_on <= self.day)

    def _every_piece(self, row: AssessmentRow) -> Iterable[Evidence]:
        if not row.from_provider:
            return self.evidence.get((self.system_id, row.requirement.id), ())
        kept = row.answer.inherited if row.answer is not None else None
        source = kept or (row.inherited.source if row.inherited else None)
        if source is None:
            return ()
        found = (piece for id_ in source.requirement_ids for piece in self.evidence.get((source.system_id, id_), ()))
        return {piece.id: piece for piece in found}.values()


class EvidenceLine(Frozen):
    """One piece of evidence and where it is; ``fault`` says why it no longer counts."""

    id: str
    text: str
    where: str
    fault: str


class DetailRow(Frozen):
    """One requirement; ``shared`` names whose answer counts, ``carried`` the former requirements it was taken from.

    ``unproved``: it claims to be met, wholly or in part, and nothing is on file. ``remedy`` is what is to be done.
    """

    number: int
    id: str
    citation: str
    statement: str
    result: Result
    present_state: str
    reason: str
    equivalent: str
    equivalent_reason: str
    override: str
    shared: str
    carried: str
    evidence: tuple[EvidenceLine, ...]
    unproved: bool
    remedy: Shortfall | None


class DetailGroup(Frozen):
    """The rows of one group: those with a result, and those without."""

    number: str
    title: str
    citation: str
    tally: Tally
    rows: tuple[DetailRow, ...]
    waiting: tuple[DetailRow, ...]


class DetailList(Frozen):
    """One list: its bars and its groups; ``title`` says which it is, ``version`` which state of it was checked."""

    id: str
    title: str
    version: str
    source_note: str
    tally: Tally
    chart: BarChart
    groups: tuple[DetailGroup, ...]

    @property
    def waiting(self) -> tuple[DetailGroup, ...]:
        """The groups with requirements that have no result."""
        return tuple(group for group in self.groups if group.waiting)


def detail_lists(
    sheet: AssessmentSheet, lists: Iterable[Checklist], proof: Proof, short: Iterable[Shortfall] = ()
) -> tuple[DetailList, ...]:
    """Every row under its list and group; rows keep the numbers they have in the whole."""
    remedies = {one.number: one for one in short}
    rows = [(row, _detail(number, row, proof, remedies.get(number))) for number, row in enumerate(sheet.rows, start=1)]
    return tuple(_list(one, [pair for pair in rows if pair[0].checklist_id == one.id]) for one in lists)


def _list(checklist: Checklist, rows: list[tuple[AssessmentRow, DetailRow]]) -> DetailList:
    groups = tuple(_groups(checklist, rows))
    whole = tally([row for row, _ in rows])
    return DetailList(
        id=checklist.id,
        title=checklist.title,
        version=checklist.version,
        source_note=checklist.source_note,
        tally=whole,
        chart=result_chart(((one.number, one.title, one.tally) for one in groups), "Cộng", whole),
        groups=groups,
    )


def _groups(checklist: Checklist, rows: list[tuple[AssessmentRow, DetailRow]]) -> Iterator[DetailGroup]:
    called = {group.id: group for group in checklist.groups}
    order = {group.id: at for at, group in enumerate(checklist.groups)}
    ordered = sorted(rows, key=lambda pair: order[pair[0].requirement.group])
    for group_id, pairs in groupby(ordered, key=lambda pair: pair[0].requirement.group):
        together, group = list(pairs), called[group_id]
        yield DetailGroup(
            number=group.number,
            title=group.title,
            citation=group.citation,
            tally=tally([row for row, _ in together]),
            rows=tuple(detail for _, detail in together if detail.result is not Result.NOT_ASSESSED),
            waiting=tuple(detail for _, detail in together if detail.result is Result.NOT_ASSESSED),
        )


def _detail(number: int, row: AssessmentRow, proof: Proof, remedy: Shortfall | None) -> DetailRow:
    said, one = row.answer if row.own else None, row.requirement
    pieces = proof.pieces(row)
    claims = row.own and row.result in {Result.COMPLIANT, Result.PARTIALLY_COMPLIANT}
    return DetailRow(
        number=number,
        id=one.id,
        citation=one.citation,
        statement=one.statement,
        result=row.result,
        present_state=row.present_state,
        reason=said.reason if said else "",
        equivalent=said.equivalent if said else "",
        equivalent_reason=said.equivalent_reason if said else "",
        override=said.override if said else "",
        shared=shared_by(row, proof.providers),
        carried="; ".join(said.carried_from) if said else "",
        evidence=tuple(_line(piece, proof) for piece in pieces),
        unproved=claims and not pieces,
        remedy=remedy,
    )


def _line(piece: Evidence, proof: Proof) -> EvidenceLine:
    fault = ""
    if piece.file is not None and piece.file.sha256 in proof.lost:
        fault = "tệp mất hoặc hỏng"
    elif piece.expired(proof.day) and piece.valid_until is not None:
        fault = f"hết hạn ngày {date_text(piece.valid_until)}"
    return EvidenceLine(id=piece.id, text=piece.text_line, where=piece.where, fault=fault)
