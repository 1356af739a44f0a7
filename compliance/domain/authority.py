"""Authority (thẩm quyền): who files, appraises and approves a dossier, and how many days each has."""

from __future__ import annotations

from compliance.domain.blank import Frozen


class TimeLimit(Frozen):
    """How many days an act may take at most; ``working`` tells working days from days of the calendar."""

    act: str
    days: int
    working: bool

    @property
    def text(self) -> str:
        """``phê duyệt 07 ngày làm việc``."""
        return f"{self.act} {self.days:02d} ngày{' làm việc' if self.working else ''}"


class Authority(Frozen):
    """Who files, appraises and approves a dossier of these levels, with forms and limits.

    Limits are working days; ``calendar_days`` names those the text counts in plain days instead. ``own_appraiser``:
    the owner's own dedicated unit appraises; ``appraiser_name`` is whom a request addresses where it does not. A
    regime whose forms are not shipped names none.
    """

    levels: tuple[int, ...]
    files: str
    appraises: str
    approves: str
    citation: str
    request_form: str = ""
    dossier_form: str = ""
    calendar_days: tuple[str, ...] = ()
    own_appraiser: bool = False
    appraiser_name: str = ""
    reply_days: int | None = None
    appraisal_days: int | None = None
    approval_days: int | None = None
    note: str = ""

    @property
    def limits(self) -> tuple[TimeLimit, ...]:
        """The limits the text sets, in the order of the work; an act it sets none for is left out."""
        acts = {"reply_days": _REPLY, "appraisal_days": _APPRAISAL, "approval_days": _APPROVAL}
        return tuple(
            TimeLimit(act=act, days=days, working=field not in self.calendar_days)
            for field, act in acts.items()
            if (days := getattr(self, field)) is not None
        )


_REPLY = "trả lời hồ sơ chưa hợp lệ"
_APPRAISAL = "thẩm định"
_APPROVAL = "phê duyệt"
