"""The evidence of a check reviewed: what claims more than it shows, and the images to look at."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from compliance.domain.assessment import Answer, Result
from compliance.domain.assessment_detail import Proof
from compliance.domain.assessment_sheet import AssessmentSheet
from compliance.domain.blank import Frozen
from compliance.domain.evidence import Evidence
from compliance.domain.remediation import EvidenceGap, GapKind, evidence_gaps
from compliance.domain.wording import date_text

_PICTURES = ("image/png", "image/jpeg")


class GapLine(Frozen):
    """One answer that claims more than its evidence shows; ``missing``: nothing is on file at all."""

    number: int
    citation: str
    statement: str
    result: str
    kind: str
    evidence: str
    missing: bool


class Picture(Frozen):
    """An image shown small; ``serves`` are the numbers of the rows it proves."""

    evidence_id: str
    title: str
    where: str
    dated: str
    sha256: str
    media_type: str
    serves: tuple[int, ...]


def gap_lines(sheet: AssessmentSheet, proof: Proof) -> Iterator[GapLine]:
    """Answers of this check without evidence that counts; what a provider answered is for the provider to prove."""
    rows = {row.requirement.id: (number, row) for number, row in enumerate(sheet.rows, start=1) if row.own}
    claims = (
        Answer(
            system_id=proof.system_id,
            requirement_id=id_,
            checklist_id=row.checklist_id,
            result=row.result,
            reason="-" if row.result is Result.NOT_APPLICABLE else "",
        )
        for id_, (_, row) in rows.items()
    )
    titles = {piece.id: piece.title for pieces in proof.evidence.values() for piece in pieces}
    for gap in evidence_gaps(claims, proof.evidence, proof.lost, proof.day):
        number, row = rows[gap.requirement_id]
        yield GapLine(
            number=number,
            citation=row.requirement.citation,
            statement=row.requirement.statement,
            result=row.result.label,
            kind=gap.kind.label,
            evidence=_gap_evidence(gap, titles),
            missing=gap.kind is GapKind.MISSING,
        )


def _gap_evidence(gap: EvidenceGap, titles: Mapping[str, str]) -> str:
    if not gap.evidence_id:
        return ""
    since = f", hết hạn ngày {date_text(gap.since)}" if gap.since else ""
    return f"{titles.get(gap.evidence_id, '')} ({gap.evidence_id}){since}"


def pictures(sheet: AssessmentSheet, proof: Proof) -> tuple[Picture, ...]:
    """The images among the evidence, once each, with the rows they serve."""
    serves: dict[str, list[int]] = {}
    pieces: dict[str, Evidence] = {}
    for number, row in enumerate(sheet.rows, start=1):
        for piece in proof.pieces(row):
            file = piece.file
            if file is not None and file.media_type in _PICTURES and file.sha256 not in proof.lost:
                pieces[piece.id] = piece
                serves.setdefault(piece.id, []).append(number)
    return tuple(_picture(piece, serves[id_]) for id_, piece in pieces.items())


def _picture(piece: Evidence, serves: Iterable[int]) -> Picture:
    return Picture(
        evidence_id=piece.id,
        title=piece.title,
        where=piece.where,
        dated=date_text(piece.dated_on) if piece.dated_on else "",
        sha256=piece.file.sha256 if piece.file else "",
        media_type=piece.file.media_type if piece.file else "",
        serves=tuple(serves),
    )
