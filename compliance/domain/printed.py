"""What a paper prints of a record: a value with how it stands, so that the four kinds of blank never look alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from compliance.domain.blank import Absence, Frozen
from compliance.domain.paper import Paper
from compliance.domain.wording import date_text, number_text


class Standing(StrEnum):
    """Whether a value was given, stated absent in one of three ways, or never answered."""

    GIVEN = "given"
    NOT_YET = "not_yet"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"
    UNANSWERED = "unanswered"


class Value(Frozen):
    """One printed value; ``field`` is ``<table>.<column>`` of the inventory, ``subject`` the row it stands in.

    ``assumed``: the value is an example to be replaced. ``text`` of a stated absence holds its words and reason.
    """

    field: str
    text: str = ""
    standing: Standing = Standing.GIVEN
    subject: str = ""
    assumed: bool = False

    @property
    def blank(self) -> bool:
        """Nobody answered: the paper shows a dotted blank."""
        return self.standing is Standing.UNANSWERED


def words(raw: object) -> str:
    """A stored value in Vietnamese words; empty when there is none."""
    if isinstance(raw, bool):
        return "Có" if raw else "Không"
    if isinstance(raw, int):
        return number_text(raw)
    if isinstance(raw, date):
        return date_text(raw)
    if isinstance(raw, Paper):
        return raw.text
    if isinstance(raw, tuple):
        return "; ".join(words(item) for item in raw)
    return str(raw) if raw is not None else ""


def value(
    field: str, raw: object, *, absence: Absence | None = None, assumed: bool = False, subject: str = ""
) -> Value:
    """The printed value of a stored one; an empty one falls back to its stated absence, then to a blank."""
    text = words(raw)
    if text:
        return Value(field=field, text=text, subject=subject, assumed=assumed)
    if absence is not None:
        return Value(field=field, text=absence.text, standing=Standing(absence.kind.value), subject=subject)
    return Value(field=field, standing=Standing.UNANSWERED, subject=subject)


class Record:
    """A record's values one by one, under its own stated absences and example marks."""

    def __init__(
        self, table: str, absences: Mapping[str, Absence], assumed: tuple[str, ...], subject: str = ""
    ) -> None:
        self._table, self._absences, self._assumed, self._subject = table, absences, assumed, subject

    def value(self, name: str, raw: object) -> Value:
        """The printed value of the record's field ``name`` (``a.b`` inside a part)."""
        top = name.partition(".")[0]
        return value(
            f"{self._table}.{name}",
            raw,
            absence=self._absences.get(name) or self._absences.get(top),
            assumed=name in self._assumed or top in self._assumed,
            subject=self._subject,
        )
