"""Which systems a yearly report counts: whose they are, and whether they were in use on the day the figures close."""

from __future__ import annotations

from datetime import date

from compliance.domain.blank import Frozen
from compliance.domain.report import Period
from compliance.domain.system import Status, System
from compliance.domain.wording import date_text


class Placed(Frozen):
    """Whether a system belongs to the period: ``why`` it does not, ``rule`` is what its record leaves open.

    ``ended`` tells that it ended inside the period.
    """

    counts: bool
    why: str = ""
    rule: str = ""
    ended: bool = False


def placed(system: System, period: Period, until: date, *, recorded: date, asked_by: date) -> Placed:
    """Whether a system counts.

    Args:
        system: the system.
        period: the window of the figures.
        until: the day they are counted.
        recorded: the day the system was first recorded here.
        asked_by: the last day the report may be sent; what was recorded while it was made counts without a day of its
            own.
    """
    if system.started_on is not None and system.started_on > until:
        return Placed(counts=False, why=f"đưa vào sử dụng ngày {date_text(system.started_on)}, sau ngày chốt số liệu")
    if system.ended_on is not None and system.ended_on < until:
        when = "trong kỳ" if system.ended_on >= period.first else "trước kỳ số liệu"
        why = f"kết thúc vận hành ngày {date_text(system.ended_on)}, {when}"
        return Placed(counts=False, why=why, ended=period.holds(system.ended_on))
    if system.status is Status.DECOMMISSIONED and system.ended_on is None:
        return Placed(counts=False, why="đã kết thúc vận hành, chưa ghi ngày kết thúc", rule="end-known")
    if system.started_on is None and recorded > period.last:
        if recorded > asked_by:
            why = f"ghi vào bảng kê ngày {date_text(recorded)}, sau kỳ báo cáo, chưa ghi ngày đưa vào sử dụng"
            return Placed(counts=False, why=why, rule="start-known")
        return Placed(counts=True, rule="start-known")
    return Placed(counts=True)
