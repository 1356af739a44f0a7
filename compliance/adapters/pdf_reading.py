"""pyHanko's reader, quick on papers printed here: what its release in use reads anew for every object is read once.

A PDF printed by WeasyPrint keeps thousands of objects in one stream, and the library walks the table at the head of
that stream for each of them: a minute for a dossier of 70 pages with two signatures, instead of two seconds.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pyhanko.pdf_utils import generic, misc
from pyhanko.pdf_utils.decode_limits import DecodePurpose
from pyhanko.pdf_utils.reader import PdfFileReader


class QuickReader(PdfFileReader):
    """A lenient reader; an object that cannot be read is null, as in the library's own."""

    def __init__(self, data: bytes) -> None:
        self._tables: dict[int, tuple[Any, bytes, dict[int, int]]] = {}
        super().__init__(BytesIO(data), strict=False)

    def _get_object_from_stream(self, idnum: int, stmnum: int, idx: int) -> Any:
        stream: Any = generic.Reference(stmnum, 0, self).get_object()
        known = self._tables.get(stmnum)
        if known is None or known[0] is not stream:
            known = (stream, *_table_of(stream))
            self._tables[stmnum] = known
        _, content, places = known
        if idnum not in places or not 0 <= idx < int(stream["/N"]):
            return generic.NullObject()
        source = BytesIO(content)
        source.seek(places[idnum])
        try:
            return generic.read_object(source, generic.Reference(idnum, 0, self))
        except (misc.PdfStreamError, misc.PdfReadError):
            return generic.NullObject()


def _table_of(stream: Any) -> tuple[bytes, dict[int, int]]:
    """What a stream of objects holds, and where each object begins in it; the table ends where it is damaged."""
    if not isinstance(stream, generic.StreamObject) or stream["/Type"] != "/ObjStm":
        raise misc.PdfReadError("not a stream of objects")
    content, first = stream.read_data(DecodePurpose.OBJECT_STREAM), int(stream["/First"])
    numbers = content[:first].split()
    places: dict[int, int] = {}
    for at in range(0, min(len(numbers) - 1, 2 * int(stream["/N"])), 2):
        try:
            number, offset = int(numbers[at]), int(numbers[at + 1])
        except ValueError:
            break
        places.setdefault(number, first + offset)
    return content, places
