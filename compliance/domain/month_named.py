"""A month as an officer names it: ``2026-11``, ``11/2026``, ``tháng 11 năm 2026``."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from compliance.errors import Refused

_MONTH = re.compile(
    r"(?P<iso_year>\d{4})-(?P<iso_month>\d{1,2})|(?:tháng\s*)?(?P<month>\d{1,2})\s*(?:[/-]|\s+năm\s+)\s*(?P<year>\d{4})",
    re.IGNORECASE,
)
_EARLIEST = 2000


def month_days(said: str, today: date) -> tuple[date, date]:
    """The first and the last day of a month; of this one where nothing is said.

    Raises:
        Refused: it is no month, lies ahead, or long before anybody kept such records.
    """
    if not said.strip():
        return _span(today.year, today.month)
    found = _MONTH.fullmatch(said.strip())
    year = int(found["iso_year"] or found["year"]) if found else 0
    month = int(found["iso_month"] or found["month"]) if found else 0
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of a year
        raise Refused(f"“{said}” không phải là tháng. Hãy ghi năm-tháng, ví dụ 2026-11.")
    if year < _EARLIEST:
        raise Refused(f"Năm {year} không có dữ liệu. Hãy kiểm tra lại tháng cần xem, ví dụ 2026-11.")
    if (year, month) > (today.year, today.month):
        raise Refused(f"Tháng {month:02d}/{year} chưa đến. Hãy chọn tháng này hoặc tháng đã qua.")
    return _span(year, month)


def _span(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, monthrange(year, month)[1])
