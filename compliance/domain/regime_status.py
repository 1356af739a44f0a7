"""A regime on a day: which one to act under, what its status is, and whether its data has grown stale."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from compliance.domain.instrument import LawStatus
from compliance.domain.regime import Regime
from compliance.domain.wording import date_text
from compliance.errors import NotFound

STALE_AFTER_DAYS = 180
"""After so many days the law may have moved on since it was last looked up."""


def regime_on(day: date, regimes: Iterable[Regime]) -> Regime:
    """The regime in force on a day; the newest when two overlap.

    Raises:
        NotFound: none was in force.
    """
    in_force = [
        one for one in regimes if one.in_force_from <= day and (one.in_force_to is None or day <= one.in_force_to)
    ]
    if not in_force:
        raise NotFound(
            f"Chưa có bộ quy định nào có hiệu lực vào ngày {date_text(day)}. "
            f"Hãy kiểm tra lại ngày, hoặc cập nhật chương trình."
        )
    return max(in_force, key=lambda regime: regime.in_force_from)


def regime_status(regime: Regime, day: date) -> LawStatus:
    """Whether a regime may be relied on; its last day still counts as in force."""
    if day < regime.in_force_from:
        return LawStatus.NOT_YET
    if regime.in_force_to is not None and day > regime.in_force_to:
        return LawStatus.ENDED
    if regime.overtaken_from is not None and day >= regime.overtaken_from:
        return LawStatus.OVERTAKEN
    return LawStatus.IN_FORCE


def days_since_check(checked_on: date, day: date) -> int | None:
    """How many days ago data was last compared with the law, once that is too long; else ``None``."""
    days = (day - checked_on).days
    return days if days > STALE_AFTER_DAYS else None


def unchecked_notice(regime: Regime, day: date) -> str:
    """What to tell whoever relies on data that was last compared with the law too long ago; else empty."""
    days = days_since_check(regime.checked_on, day)
    if days is None:
        return ""
    return (
        f"Lưu ý: dữ liệu về {regime.short_title} đã {days} ngày chưa đối chiếu với văn bản mới. Hãy cập nhật chương "
        "trình, hoặc kiểm tra văn bản mới trước khi ký."
    )
