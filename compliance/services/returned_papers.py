"""A paper that came back signed: its signatures, whether it is the issued text, whether number and date are in it.

Nothing is stored: who takes the paper in attaches the file and records the step.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

from compliance.adapters.attachments import PDF
from compliance.adapters.returned_file import ReturnedFile, read_returned
from compliance.adapters.trust_anchors import FOLDER, TrustAnchors, anchors_in
from compliance.adapters.workspace import Workspace
from compliance.domain.issued_text import TextComparison, TextState, compare
from compliance.domain.paper_particulars import particulars, spellings
from compliance.domain.returned_paper import (
    ReturnedPaper,
    SignatureReport,
    code_outcome,
    signature_report,
    signing_outcome,
    standing_together,
    text_outcome,
    verdict,
)
from compliance.domain.signature_outcomes import Outcome, Standing
from compliance.domain.text_words import match_codes


def check_returned(
    workspace: Workspace,
    path: Path,
    *,
    issued: Path | bytes | None,
    at: datetime,
    number: str = "",
    signed_on: date | None = None,
    signer: str = "",
) -> ReturnedPaper:
    """Check a paper that came back.

    Args:
        workspace: whose folder ``chung-thu-goc`` holds the root certificates the office trusts.
        path: the signed PDF, or a scan of the signed paper (PDF, PNG, JPEG).
        issued: the paper as it was printed; ``None`` to look at the signatures only.
        at: the moment the check is reckoned by, with its zone.
        number: the number typed for the paper, such as ``12/QĐ-UBND``; empty to leave it unasked.
        signed_on: its date.
        signer: the name of who signed.

    Raises:
        NotFound: one of the files is not there.
        Refused: one of the files is empty, too large, no plain file, of another kind, locked by a password or cut off.
    """
    came = read_returned(path)
    original = read_returned(issued) if issued is not None else None
    anchors = anchors_in(workspace.path / FOLDER)
    signatures = _signatures(came, anchors, at)
    text = _compared(original, came, spellings(number, signed_on))
    codes = _codes(original) if original else ()
    names = [one.facts.certificate.subject for one in signatures if one.facts.certificate]
    read = particulars(came.seen, number, signed_on, signer, names) if _has_text(came) else _unread(number, signed_on)
    code = code_outcome(codes, _codes(came))
    said = (
        signing_outcome(signatures),
        text_outcome(text, codes),
        *_pictures_among_pages(came, original),
        *((code,) if code else ()),
        *read,
    )
    standing = standing_together(signatures, said)
    return ReturnedPaper(
        file=came.name,
        sha256=came.sha256,
        media_type=came.media_type,
        pages=len(came.pages),
        signatures=signatures,
        text=text,
        issued_codes=codes,
        returned_codes=_codes(came),
        outcomes=said,
        remarks=(*anchors.remarks, *_page_remarks(came, original)),
        standing=standing,
        verdict=verdict(standing, said),
    )


def _signatures(came: ReturnedFile, anchors: TrustAnchors, at: datetime) -> tuple[SignatureReport, ...]:
    if came.media_type != PDF:
        return ()
    from compliance.adapters.pdf_signatures import signatures_in  # noqa: PLC0415 - slow to load, and seldom asked

    return tuple(signature_report(one) for one in signatures_in(came.data, anchors=anchors.certificates, at=at))


def _has_text(paper: ReturnedFile) -> bool:
    return any(text.strip() for text in paper.seen)


def _compared(original: ReturnedFile | None, came: ReturnedFile, typed: Iterable[str]) -> TextComparison:
    if original is None:
        return TextComparison(state=TextState.NO_ORIGINAL)
    pictures = _pictures(came, original)
    pages = ["" if at in pictures else text for at, text in enumerate(original.pages, start=1)]
    return compare(original.pages if len(pictures) == len(pages) else pages, came.pages, tuple(typed))


def _pictures(came: ReturnedFile, original: ReturnedFile) -> frozenset[int]:
    """Pages (from 1) that came back as pictures of printed ones; the others can still be compared."""
    if len(came.pages) != len(original.pages):
        return frozenset()
    pairs = enumerate(zip(came.pages, original.pages, strict=True), start=1)
    return frozenset(at for at, (now, was) in pairs if was.strip() and not now.strip())


def _pictures_among_pages(came: ReturnedFile, original: ReturnedFile | None) -> Iterator[Outcome]:
    pictures = _pictures(came, original) if original is not None and _has_text(came) else ()
    if pictures:
        named = ", ".join(map(str, sorted(pictures)))
        text = f"Trang {named} là ảnh quét, không có chữ đọc được nên chưa so được với bản đã in. Hãy so bằng mắt."
        yield Outcome(about="pages", standing=Standing.UNVERIFIED, text=text)


def _codes(paper: ReturnedFile) -> tuple[str, ...]:
    return match_codes((paper.keywords, *paper.pages))


def _unread(number: str, day: date | None) -> tuple[Outcome, ...]:
    """A scan shows number and date to the eye only."""
    if not (number.strip() or day):
        return ()
    text = "Tệp không có chữ đọc được nên chưa so được số, ngày đã nhập. Hãy so bằng mắt."
    return (Outcome(about="number", standing=Standing.UNVERIFIED, text=text),)


def _page_remarks(came: ReturnedFile, original: ReturnedFile | None) -> Iterator[str]:
    if original is not None and came.media_type == PDF and len(came.pages) != len(original.pages):
        yield f"Tệp có {len(came.pages)} trang, bản đã in có {len(original.pages)} trang."
    stamped = [str(at) for at, (text, seen) in enumerate(zip(came.pages, came.seen, strict=True), 1) if text != seen]
    if stamped:
        yield f"Trang {', '.join(stamped)} có dấu, chú thích hoặc khung chữ ký đặt chồng lên; hãy xem bằng mắt."
