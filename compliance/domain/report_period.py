"""The period a progress report speaks of, as an officer names it."""

from __future__ import annotations

import re
from datetime import date, timedelta

from compliance.domain.month_named import month_days
from compliance.domain.report import Period, ReportKind
from compliance.errors import Refused

_WEEK = re.compile(
    r"(?P<year>\d{4})-?[wt](?P<week>\d{1,2})|(?:tuần\s*)?(?P<before>\d{1,2})\s*[/-]\s*(?P<after>\d{4})", re.IGNORECASE
)
_LAST_DAY = timedelta(days=6)
_EARLIEST = 2000


def month_period(said: str, today: date) -> Period:
    """A month (``2026-11``, ``11/2026``); this one where nothing is said.

    Raises:
        Refused: it is no month, or has not begun.
    """
    first, last = month_days(said, today)
    return Period(kind=ReportKind.MONTHLY, name=f"{first:%Y-%m}", first=first, last=last)


def week_period(said: str, today: date) -> Period:
    """A week from Monday to Sunday (``2026-w47``, ``tuần 47/2026``); this one where nothing is said.

    Raises:
        Refused: it is no week, or has not begun.
    """
    first = _monday(said.strip(), today)
    if first > today:
        raise Refused(f"Tuần bắt đầu ngày {first:%d/%m/%Y} chưa đến. Hãy chọn tuần này hoặc tuần đã qua.")
    year, week, _ = first.isocalendar()
    return Period(kind=ReportKind.WEEKLY, name=f"{year}-w{week:02d}", first=first, last=first + _LAST_DAY)


def _monday(said: str, today: date) -> date:
    if not said:
        return today - timedelta(days=today.weekday())
    found = _WEEK.fullmatch(said)
    if found is None:
        raise Refused(f"“{said}” không phải là tuần. Hãy ghi năm và số tuần, ví dụ 2026-w47 hoặc 47/2026.")
    year, week = int(found["year"] or found["after"]), int(found["week"] or found["before"])
    try:
        monday = date.fromisocalendar(year, week, 1)
    except ValueError:
        raise Refused(f"Năm {year} không có tuần {week}. Hãy kiểm tra lại số tuần.") from None
    if year < _EARLIEST:
        raise Refused(f"Năm {year} không có dữ liệu. Hãy kiểm tra lại tuần cần báo cáo, ví dụ 2026-w47.")
    return monday
