"""What this computer says of itself: clock, disk encryption, pending updates. What it does not say is unknown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from compliance.domain.blank import Frozen
from compliance.domain.machine_check import CheckLine, LineState

TIME = "Đồng bộ thời gian"
DISK = "Mã hóa ổ đĩa"
UPDATES = "Bản cập nhật chưa cài"
STALE_AFTER_DAYS = 7
"""Days after which a list of updates no longer says that there are none."""


class Outcome(StrEnum):
    """How a command ended."""

    DONE = "done"
    MISSING = "missing"
    TOO_LATE = "too_late"


class Ran(Frozen):
    """One command of the system, fixed word by word, and what it printed."""

    command: tuple[str, ...]
    outcome: Outcome = Outcome.MISSING
    code: int = 0
    out: str = ""
    err: str = ""

    @property
    def said(self) -> str:
        """What it printed, when it ended well; else nothing."""
        return self.out if self.outcome is Outcome.DONE and self.code == 0 else ""


class Machine(Frozen):
    """What was run, by a short name, and the day the list of packages was last renewed (``None`` = not known)."""

    system: str
    ran: Mapping[str, Ran]
    listed_on: date | None = None

    def said(self, name: str) -> str:
        """What a command printed; empty when it was not run or did not end well."""
        return self.ran[name].said if name in self.ran else ""


def line(name: str, state: LineState, text: str) -> CheckLine:
    """One line of the check."""
    return CheckLine(name=name, state=state, text=text)


def unknown(name: str, machine: Machine, *commands: str) -> CheckLine:
    """The machine does not say, and why as far as that can be seen."""
    ran = [machine.ran[one] for one in commands if one in machine.ran]
    if any(one.outcome is Outcome.TOO_LATE for one in ran):
        why = "lệnh của hệ điều hành chạy quá thời gian chờ"
    elif ran and all(one.outcome is Outcome.MISSING for one in ran):
        why = "máy không có lệnh để xem"
    elif ran:
        why = "lệnh của hệ điều hành báo lỗi (thiếu quyền quản trị hoặc dịch vụ chưa chạy)"
    else:
        why = "hệ điều hành này chưa được hỗ trợ"
    return line(name, LineState.UNKNOWN, f"Máy không cho biết: {why}.")


def pending(count: int, security: int, listed_on: date | None, today: date) -> CheckLine:
    """Updates waiting, by a list of a certain day; an old list proves nothing when it is empty."""
    age = "" if listed_on is None else f" (theo danh sách ngày {listed_on:%d/%m/%Y})"
    if security:
        return line(UPDATES, LineState.BAD, f"{count} bản, trong đó {security} bản vá bảo mật{age}.")
    if count:
        return line(UPDATES, LineState.WARN, f"{count} bản{age}.")
    if listed_on is None:
        return line(UPDATES, LineState.UNKNOWN, "Máy không cho biết danh sách cập nhật được làm mới ngày nào.")
    if (today - listed_on).days > STALE_AFTER_DAYS:
        days = (today - listed_on).days
        return line(UPDATES, LineState.WARN, f"Không thấy bản nào, nhưng danh sách đã {days} ngày chưa làm mới{age}.")
    return line(UPDATES, LineState.OK, f"Không có bản nào{age}.")
