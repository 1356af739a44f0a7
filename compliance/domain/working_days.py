"""Working days (ngày làm việc): counting legal limits over weekends, public holidays and exchanged days."""

from __future__ import annotations

from datetime import date, timedelta

from compliance.domain.blank import Frozen

_SATURDAY = 5
_ONE = timedelta(days=1)


class WorkingCalendar(Frozen):
    """The days off of a span of years.

    ``days_off`` are holidays and days off in exchange, on whatever weekday; ``weekend_work`` the Saturdays and Sundays
    worked in exchange. ``announced_through`` is the last year whose exchanged days the Government has announced:
    later years rest on the law's holidays alone. ``first`` and ``last`` bound the span; ``source`` is where it is from.
    """

    first: date
    last: date
    days_off: frozenset[date] = frozenset()
    weekend_work: frozenset[date] = frozenset()
    announced_through: int
    source: str

    def works(self, day: date) -> bool:
        """Whether offices work that day.

        Raises:
            ValueError: the day lies outside the span.
        """
        if not self.first <= day <= self.last:
            raise ValueError(f"{day} lies outside the calendar {self.first} to {self.last}")
        if day in self.days_off:
            return False
        return day.weekday() < _SATURDAY or day in self.weekend_work

    def after(self, start: date, days: int) -> date:
        """The last day of a limit of so many working days; the first counted is the one after ``start``."""
        day = start
        while days > 0:
            day += _ONE
            days -= self.works(day)
        return day

    def until(self, today: date, due: date) -> int:
        """Working days left after today up to and with ``due``; negative when it has passed."""
        if due < today:
            return -self.until(due, today)
        return sum(self.works(today + _ONE * ahead) for ahead in range(1, (due - today).days + 1))

    def announced(self, day: date) -> bool:
        """Whether the exchanged days of that year are known."""
        return day.year <= self.announced_through
