"""Recurrence (định kỳ): on which days a duty falls due, as the rules of RFC 5545 name them.

Every rule here is one of two shapes: each so many months on a day of the month, or each so many weeks on a weekday. A
day the month does not have is its last day, so that 29, 30 and 31 never drop a month.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from itertools import takewhile

from pydantic import Field, model_validator

from compliance.domain.blank import Frozen

_YEAR = 12
_WEEK = 7
_SHORTEST = 28
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SPOKEN = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_MONDAY = date(2024, 1, 1)
"""A Monday from which weeks are counted, so that each second week is the same for everybody."""
LAST = -1
"""The last day of a month."""


class Span(StrEnum):
    """What the figure of a recurrence counts."""

    WEEK = "week"
    MONTH = "month"


class Recurrence(Frozen):
    """Due once every ``every`` weeks or months.

    For months, ``month`` is one of those it falls in (1 to 12) and ``day`` the day of the month, :data:`LAST` for its
    last; for weeks, ``day`` is the weekday (1 = Monday). One that counts from the last time something was done is made
    by :meth:`from_day`.
    """

    span: Span = Span.MONTH
    every: int = Field(ge=1, le=120)
    month: int = Field(default=12, ge=1, le=12)
    day: int = Field(default=LAST, ge=LAST, le=31)

    @model_validator(mode="after")
    def _a_day_there_is(self) -> Recurrence:
        if self.day == 0 or (self.span is Span.WEEK and not 1 <= self.day <= _WEEK):
            raise ValueError("ngày của định kỳ phải từ 1 đến 31 hoặc là ngày cuối tháng; theo tuần thì từ 1 đến 7")
        return self

    @classmethod
    def from_day(cls, first: date, span: Span, every: int) -> Recurrence:
        """The recurrence that falls on ``first`` and every so many weeks or months after it."""
        return cls(
            span=span, every=every, month=first.month, day=first.day if span is Span.MONTH else first.isoweekday()
        )

    def from_on(self, start: date) -> Iterator[date]:
        """The days it falls on from ``start``, itself included, on and on; ends with the calendar's last year."""
        step = self._weeks if self.span is Span.WEEK else self._months
        return (day for day in step(start) if day >= start)

    def between(self, start: date, last: date) -> Iterator[date]:
        """The days it falls on from ``start`` to ``last``, both included."""
        return takewhile(lambda day: day <= last, self.from_on(start))

    def next_from(self, start: date) -> date:
        """The first day it falls on, not before ``start``."""
        return next(self.from_on(start))

    def rule(self) -> str:
        """The rule of RFC 5545 (``FREQ=…``), to be read with the first day it falls on as DTSTART."""
        if self.span is Span.WEEK:
            return f"FREQ=WEEKLY;{self._interval(1)}BYDAY={_WEEKDAYS[self.day - 1]}"
        days = f"BYMONTHDAY={self._days()}"
        if self.every % _YEAR == 0:
            return f"FREQ=YEARLY;{self._interval(_YEAR)}BYMONTH={self.month};{days}"
        return f"FREQ=MONTHLY;{self._interval(1)}{days}"

    @property
    def text(self) -> str:
        """As an office says it: ``6 tháng một lần, chậm nhất ngày cuối tháng 6, tháng 12``."""
        if self.span is Span.WEEK:
            each = "hằng tuần" if self.every == 1 else f"{self.every} tuần một lần"
            return f"{each}, {_SPOKEN[self.day - 1]}"
        if self.every == 1:
            return f"hằng tháng, chậm nhất ngày {'cuối tháng' if self.day == LAST else self.day}"
        if self.every == _YEAR:
            return f"mỗi năm một lần, chậm nhất ngày {self._day_text(f'tháng {self.month}')}"
        if self.every % _YEAR == 0:
            return f"{self.every // _YEAR} năm một lần, chậm nhất ngày {self._day_text(f'tháng {self.month}')}"
        if _YEAR % self.every == 0:
            months = sorted((self.month - 1 + step) % _YEAR + 1 for step in range(0, _YEAR, self.every))
            return (
                f"{self.every} tháng một lần, chậm nhất ngày {self._day_text(', '.join(f'tháng {m}' for m in months))}"
            )
        return f"{self.every} tháng một lần, chậm nhất ngày {self._day_text('của tháng đến hạn')}"

    def _day_text(self, months: str) -> str:
        return f"cuối {months}" if self.day == LAST else f"{self.day} {months}"

    def _interval(self, unit: int) -> str:
        times = self.every // unit
        return f"INTERVAL={times};" if times > 1 else ""

    def _days(self) -> str:
        if self.day <= _SHORTEST:
            return str(self.day)
        return f"{','.join(map(str, range(_SHORTEST, self.day + 1)))};BYSETPOS=-1"

    def _weeks(self, start: date) -> Iterator[date]:
        step = _WEEK * self.every
        shift = timedelta(days=self.day - 1)
        number = (start - shift - _MONDAY).days // step
        while True:
            try:
                yield _MONDAY + shift + timedelta(days=number * step)
            except OverflowError:
                return
            number += 1

    def _months(self, start: date) -> Iterator[date]:
        at = start.year * _YEAR + start.month - 1
        at -= (at - (self.month - 1)) % self.every
        while at // _YEAR <= date.max.year:
            yield on_day(at // _YEAR, at % _YEAR + 1, self.day)
            at += self.every


def on_day(year: int, month: int, day: int) -> date:
    """A day of a month; its last where it has no such day or ``day`` is :data:`LAST`."""
    last = monthrange(year, month)[1]
    return date(year, month, last if day == LAST else min(day, last))


def months_after(day: date, months: int) -> date:
    """The same day of the month so many months on, or its last day: 31/08 and 6 months give 28/02 or 29/02."""
    at = day.year * _YEAR + day.month - 1 + months
    return on_day(at // _YEAR, at % _YEAR + 1, day.day)
