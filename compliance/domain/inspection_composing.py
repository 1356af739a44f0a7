"""Putting an inspection pack together: what is at hand goes in, the lines and the numbered files come out. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from compliance.domain.blank import AbsenceKind
from compliance.domain.evidence import Evidence, EvidenceKind
from compliance.domain.inspection import InspectionContents, InspectionItem, InspectionPoint, PaperField
from compliance.domain.inspection_files import Numbering, StoredFile
from compliance.domain.inspection_pack import Holdings, LineState, Pack, PackLine, PackPart, PackPoint, Place
from compliance.domain.paper import Paper
from compliance.domain.system import DiagramKind, System
from compliance.domain.wording import date_text, folded


def inspection_pack(
    contents: InspectionContents, held: Holdings, today: date, unreadable: Mapping[str, str] | None = None
) -> Pack:
    """Put the pack together.

    Args:
        contents: what is asked for, in order.
        held: what is at hand.
        today: decides what is out of date.
        unreadable: why files cannot be copied, by SHA-256; they get no number and their lines say so.
    """
    composer = _Composer(held, today, Numbering(unreadable or {}))
    parts = tuple(
        PackPart(id=part.id, title=part.title, citation=part.citation, points=tuple(map(composer.point, part.points)))
        for part in contents.parts
    )
    return Pack(title=contents.title, citation=contents.citation, parts=parts, files=composer.numbering.files)


class _Composer:
    """One pack in the making: what is at hand, and the numbers given to files so far."""

    def __init__(self, held: Holdings, today: date, numbering: Numbering) -> None:
        self.held, self.today, self.numbering = held, today, numbering
        self.lines = 0
        every = {piece.id: piece for pieces in held.evidence.values() for piece in pieces}
        self.by_number = {
            folded(piece.shelf.number): piece for piece in every.values() if piece.shelf and piece.shelf.number
        }

    def point(self, point: InspectionPoint) -> PackPoint:
        lines = tuple(self._line(item) for item in point.items if self.held.level in item.levels)
        return PackPoint(id=point.id, letter=point.letter, title=point.title, citation=point.citation, lines=lines)

    def _line(self, item: InspectionItem) -> PackLine:
        self.lines += 1
        served = tuple(dict.fromkeys(id_ for one in self.held.lists for id_ in item.found_in.serves(one)))
        pieces = self._pieces(served)
        papers = tuple(self._papers(item, pieces))
        files = tuple(map(self._own, self._own_files(item)))
        places = (*papers, *files, *map(self._piece, pieces))
        state, said = self._state(item, served, places)
        return PackLine(
            number=self.lines,
            id=item.id,
            what=item.what,
            citation=item.citation,
            state=state,
            places=places,
            said=said,
            only_if=item.only_if,
            note=item.note,
            uncertain=item.uncertain,
        )

    def _state(self, item: InspectionItem, served: tuple[str, ...], places: tuple[Place, ...]) -> tuple[LineState, str]:
        if item.perhaps and places:
            return LineState.CONDITIONAL if item.only_if else LineState.MISSING, ""
        if any(one.where for one in places):
            return LineState.FOUND, ""
        if any(not one.damaged for one in places):
            return LineState.CITED, ""
        if not places and (said := self._said(item, served)):
            return LineState.STATED, said
        if item.only_if and not places:
            return LineState.CONDITIONAL, ""
        return LineState.MISSING, ""

    def _said(self, item: InspectionItem, served: tuple[str, ...]) -> str:
        """Why there is nothing, when somebody said so: of every paper wanted, or of every requirement."""
        absences = self.held.system.absences
        for field in item.found_in.papers:
            absence = absences.get(field.value) or absences.get(field.value.partition(".")[0])
            if absence is not None and absence.kind is not AbsenceKind.NOT_YET:
                return absence.text
        reasons = [self.held.not_applicable.get(id_, "") for id_ in served]
        elsewhere = item.found_in.papers or item.found_in.own or item.found_in.diagrams
        if elsewhere or not reasons or not all(reasons):
            return ""
        return f"Không áp dụng ({'; '.join(dict.fromkeys(reasons))})"

    def _pieces(self, served: Iterable[str]) -> tuple[Evidence, ...]:
        """What serves any of the requirements, once each, the newest first; what counts stands before what does not."""
        found = {piece.id: piece for id_ in served for piece in self.held.evidence.get(id_, ())}
        newest = sorted(found.values(), key=lambda one: (one.dated_on or one.filed_on, one.id), reverse=True)
        return tuple(sorted(newest, key=lambda one: not one.counts(self.today)))

    def _papers(self, item: InspectionItem, pieces: Iterable[Evidence]) -> Iterator[Place]:
        """The papers of the record; where one lies is known when a piece of evidence bears its number."""
        known = {piece.id for piece in pieces}
        for field in item.found_in.papers:
            paper = paper_of(self.held.system, field)
            if paper is None:
                continue
            piece = self.by_number.get(folded(paper.number)) if paper.number else None
            if piece is None:
                yield Place(title=paper.text, dated=date_text(paper.issued_on) if paper.issued_on else "")
            elif piece.id not in known:
                yield self._piece(piece)

    def _own_files(self, item: InspectionItem) -> Iterator[StoredFile]:
        for kind in item.found_in.own:
            yield from self.held.own.get(kind, ())
        if item.found_in.diagrams:
            for diagram in self.held.system.diagrams:
                called = "Sơ đồ lô-gic" if diagram.kind is DiagramKind.LOGICAL else "Sơ đồ vật lý"
                yield StoredFile(
                    title=f"{called} của hệ thống",
                    sha256=diagram.sha256,
                    media_type=diagram.media_type,
                    file_name=diagram.file_name,
                )

    def _own(self, stored: StoredFile) -> Place:
        number, damaged = self.numbering.take(stored)
        dated = date_text(stored.dated_on) if stored.dated_on else ""
        return Place(title=stored.title, where=_file_text(number), dated=dated, file_number=number, damaged=damaged)

    def _piece(self, piece: Evidence) -> Place:
        number, damaged = None, ""
        if piece.file is not None:
            number, damaged = self.numbering.take(StoredFile.of(piece))
        where = "; ".join(part for part in (_file_text(number), _shelf_text(piece)) if part)
        if not (where or damaged) and piece.kind is EvidenceKind.OBSERVATION:
            where = piece.kind.label
        until = date_text(piece.valid_until) if piece.valid_until and piece.expired(self.today) else ""
        return Place(
            title=piece.title,
            where=where,
            dated=date_text(piece.dated_on) if piece.dated_on else "",
            file_number=number,
            expired=until,
            damaged=damaged,
            shared_by=self.held.shared.get(piece.id, ""),
        )


def paper_of(system: System, field: PaperField) -> Paper | None:
    """The paper a field of the record names; ``None`` when it is blank."""
    if field is PaperField.APPROVAL:
        return system.earlier_approval.paper if system.earlier_approval else None
    paper = getattr(system, field.value)
    return paper if isinstance(paper, Paper) else None


def _file_text(number: int | None) -> str:
    return f"Tệp số {number:02d}" if number is not None else ""


def _shelf_text(piece: Evidence) -> str:
    """``Tủ 2, cặp “An ninh mạng 2026”, số 15/BB-UBND, 3 tờ``."""
    shelf = piece.shelf
    if shelf is None:
        return ""
    more = (f"số {shelf.number}" if shelf.number else "", f"{shelf.sheets} tờ" if shelf.sheets else "")
    return ", ".join(part for part in (shelf.place, *more) if part)
