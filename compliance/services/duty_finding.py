"""Finding a duty by its id, and refusing with all faults at once."""

from __future__ import annotations

from collections.abc import Sequence

from compliance.domain.duty_term import Lineage
from compliance.domain.wording import nearest
from compliance.errors import BadData, Fault, NotFound, Refused
from compliance.services.duty_book import Book
from compliance.services.duty_subjects import Subject


def found(book: Book, duty_id: str) -> tuple[Subject, Lineage]:
    """The subject and the activity a duty's id names.

    Raises:
        NotFound: there is no such duty; the nearest id is offered.
    """
    known = book.find(duty_id)
    if known is not None:
        return known
    ids = [f"{subject.id}/{cell.term.key}" for subject in book.subjects for cell in book.cells(subject)]
    near = nearest(duty_id, ids)
    hint = f"Có phải “{near}”?" if near else "Xem danh sách: compliance duties due --all"
    raise NotFound(f"Không có việc “{duty_id}”. {hint}")


def refuse(faults: Sequence[Fault], said: str) -> None:
    """Refuse with one sentence, or with all faults under what could not be done.

    Raises:
        Refused: one fault.
        BadData: several.
    """
    listed = list(dict.fromkeys(faults))
    if len(listed) == 1:
        text = str(listed[0])
        raise Refused(text[:1].upper() + text[1:])
    if listed:
        raise BadData(f"{said}: có {len(listed)} lỗi, chưa lưu gì. Hãy sửa rồi làm lại.", listed)
