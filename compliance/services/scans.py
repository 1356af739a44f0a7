"""Scanning papers for what they cite: which instruments, on which page, whether they still hold, what to cite now."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.law import load_register
from compliance.adapters.paper_text import Page, PaperText, read_paper
from compliance.adapters.raw_table import file_name
from compliance.domain.citation import Citation, citations
from compliance.domain.citation_grammar import Grammar
from compliance.domain.citation_status import Judgement, judged
from compliance.domain.instrument import InstrumentRegister
from compliance.domain.level_mention import LevelMention, level_mentions
from compliance.errors import BadData, ComplianceError, Fault, NotFound

_JOINED = "\n"
_APART = "\n\x00\n"
"""Between pages that do not run on; no citation reaches across it."""


@dataclass(frozen=True)
class FoundCitation:
    """One citation with its place (``trang 3``, a cell) and what it is worth on the day."""

    place: str
    page: int
    citation: Citation
    judgement: Judgement

    def as_json(self) -> dict[str, Any]:
        """Stable keys; ``number`` and ``title`` are null where nobody can tell which instrument is meant."""
        return {
            "page": self.page,
            "place": self.place,
            "written": self.citation.written,
            "clause": self.citation.clause,
            "number": self.judgement.number or None,
            "title": self.judgement.title or None,
            "codes": list(self.citation.codes),
            "status": self.judgement.status.value,
            "status_text": self.judgement.status_text,
            "replaced_by": list(self.judgement.replaced_by),
            "note": " ".join(self.judgement.notes),
        }


@dataclass(frozen=True)
class FoundLevel:
    """One mention of a security level with its place."""

    place: str
    page: int
    mention: LevelMention

    def as_json(self) -> dict[str, Any]:
        """Stable keys."""
        return {"page": self.page, "place": self.place, "written": self.mention.written, "level": self.mention.level}


@dataclass(frozen=True)
class ScannedPaper:
    """Everything one paper cites, in its order."""

    file: str
    pages: int
    remarks: tuple[str, ...]
    citations: tuple[FoundCitation, ...]
    levels: tuple[FoundLevel, ...]

    @property
    def stale(self) -> tuple[FoundCitation, ...]:
        """The citations something newer has taken the place of."""
        return tuple(one for one in self.citations if one.judgement.stale)

    def as_json(self) -> dict[str, Any]:
        """Stable keys, in reading order."""
        return {
            "file": self.file,
            "remarks": list(self.remarks),
            "citations": [one.as_json() for one in self.citations],
            "levels": [one.as_json() for one in self.levels],
        }


def scan(files: Sequence[Path], today: date, tell: Callable[[str], None] | None = None) -> tuple[ScannedPaper, ...]:
    """Read papers and judge every instrument they cite as of a day; nothing is stored.

    Args:
        files: the papers, in the order to report on.
        today: the day the status is told for.
        tell: told the name of each file before it is read.

    Raises:
        NotFound: the only paper named does not exist.
        Refused: the only paper named may not be read.
        BadData: some papers cannot be read; all faults are listed and nothing is reported.
    """
    register = load_register()
    texts, faults = [], list[Fault]()
    for path in files:
        if tell and len(files) > 1:
            tell(f"Đang đọc {file_name(path)} …")
        try:
            texts.append((path, read_paper(path)))
        except ComplianceError as error:
            if len(files) == 1:
                raise
            faults += error.faults if isinstance(error, BadData) and error.faults else (_fault(path, error),)
    if faults:
        raise BadData(f"{len(files) - len(texts)} trong {len(files)} tệp không đọc được; chưa quét tệp nào.", faults)
    grammar = Grammar(register)
    return tuple(_scanned(path, paper, register, grammar, today) for path, paper in texts)


def _fault(path: Path, error: ComplianceError) -> Fault:
    message = "Không thấy tệp này. Hãy kiểm tra lại tên và nơi lưu tệp." if isinstance(error, NotFound) else str(error)
    return Fault(message, file=file_name(path))


def _scanned(
    path: Path,
    paper: PaperText,
    register: InstrumentRegister,
    grammar: Grammar,
    today: date,
) -> ScannedPaper:
    pages = paper.pages
    text, starts = _joined(pages)

    def page_at(place: int) -> Page:
        return pages[bisect_right(starts, place) - 1]

    found = []
    for one in citations(text, register, grammar):
        page = page_at(one.start)
        found.append(FoundCitation(page.label, page.number, one, judged(one, register, today)))
    levels = []
    for mention in level_mentions(text, register):
        page = page_at(mention.start)
        levels.append(FoundLevel(page.label, page.number, mention))
    return ScannedPaper(file_name(path), len(pages), paper.remarks, tuple(found), tuple(levels))


def _joined(pages: Sequence[Page]) -> tuple[str, list[int]]:
    """One text of all pages, and where each begins, so that a citation cut by a page's end is still found."""
    parts, starts, length = list[str](), list[int](), 0
    for page in pages:
        between = "" if not parts else _JOINED if page.continues else _APART
        starts.append(length + len(between))
        parts.append(between + page.text)
        length += len(parts[-1])
    return "".join(parts), starts
