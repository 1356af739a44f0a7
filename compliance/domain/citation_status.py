"""What a citation is worth on a day: its status in words, and what to cite in its place."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from compliance.domain.blank import Frozen
from compliance.domain.citation import Citation
from compliance.domain.instrument import Instrument, InstrumentRegister, LawStatus

NO_DATA = "Chương trình không có dữ liệu về văn bản này; hãy tự tra hiệu lực."
STALE = frozenset({LawStatus.ENDED, LawStatus.OVERTAKEN})


class Judgement(Frozen):
    """What to say about one citation; ``status_text`` and ``notes`` are Vietnamese.

    ``number`` and ``title`` are empty strings where the register does not tell which instrument is meant.
    ``replaced_by`` is how to cite what holds now; ``possible`` how to cite each instrument the words may mean.
    """

    status: LawStatus
    status_text: str
    number: str = ""
    title: str = ""
    replaced_by: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether something newer must be cited."""
        return self.status in STALE


def judged(citation: Citation, register: InstrumentRegister, day: date) -> Judgement:
    """The status of a citation on a day, by the register alone."""
    known = [one for code in citation.codes if (one := register.instrument(code))]
    if not known:
        return Judgement(
            status=LawStatus.UNKNOWN,
            status_text=LawStatus.UNKNOWN.label,
            number=citation.number,
            notes=(NO_DATA, *citation.remarks),
        )
    if len(known) > 1:
        return _ambiguous(citation, known, register, day)
    one = known[0]
    status = one.status_on(day)
    return Judgement(
        status=status,
        status_text=one.status_text(day),
        number=one.number,
        title=one.title,
        replaced_by=tuple(map(_name, _successors([one], register, day))) if status in STALE else (),
        notes=(*citation.remarks, *_notes(one, status)),
    )


def _ambiguous(citation: Citation, known: list[Instrument], register: InstrumentRegister, day: date) -> Judgement:
    possible = tuple(f"{one.cite_as}, {one.status_text(day)}" for one in known)
    note = "Có thể là " + "; hoặc ".join(possible) + ". Hãy ghi đủ số, năm, ký hiệu."
    old = [one for one in known if one.status_on(day) in STALE]
    return Judgement(
        status=LawStatus.UNKNOWN,
        status_text="chưa rõ bản nào",
        title=known[0].title if len({one.title for one in known}) == 1 else "",
        replaced_by=tuple(map(_name, _successors(old, register, day))),
        possible=tuple(one.cite_as for one in known),
        notes=(note, *citation.remarks),
    )


def _notes(one: Instrument, status: LawStatus) -> Iterable[str]:
    """What the register adds; an instrument in force needs no more words."""
    if status is not LawStatus.IN_FORCE:
        yield from (text for text in (one.status_note, one.uncertain) if text)
    elif one.uncertain:
        yield one.uncertain


def _successors(old: Iterable[Instrument], register: InstrumentRegister, day: date) -> list[Instrument]:
    """What came after, followed through to what is not itself stale on the day."""
    found: list[Instrument] = []
    behind = [code for one in old for code in one.successors]
    seen: set[str] = set()
    while behind:
        code = behind.pop(0)
        one = register.instrument(code)
        if one is None or code in seen:
            continue
        seen.add(code)
        if one.status_on(day) in STALE and one.successors:
            behind += one.successors
        else:
            found.append(one)
    return found


def _name(one: Instrument) -> str:
    return f"{one.cite_as} – {one.title}" if one.title not in one.cite_as else one.cite_as
