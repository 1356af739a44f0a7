"""The calendar file (.ics): what falls due from last year to the second ahead, for a telephone or a computer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.calendar_file import PRODUCT, calendar_bytes
from compliance.adapters.files import disk_reason, write_whole
from compliance.adapters.workspace import Workspace
from compliance.domain.calendar_event import calendar_events
from compliance.domain.calendar_export import EXPORT_ID, CalendarExport, Counts, exported
from compliance.domain.duty import Occurrence
from compliance.errors import Refused
from compliance.services import duties

_KIND = "calendar"
_SUFFIX = ".ics"
_FILE = f"lich-an-ninh-mang{_SUFFIX}"
_YEARS_AHEAD = 2
"""As far as the working calendar is known ahead: in years beyond, a rule stands on its last days, days off or not."""


@dataclass(frozen=True)
class CalendarPaper:
    """The file written, how many entries it has and what changed since the last one."""

    path: Path
    first: date
    last: date
    events: int
    alarms: int
    counts: Counts

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "file": str(self.path),
            "from": self.first.isoformat(),
            "to": self.last.isoformat(),
            "events": self.events,
            "alarms": self.alarms,
            **self.counts.model_dump(mode="json"),
        }


def export_calendar(workspace: Workspace, out: Path, today: date) -> CalendarPaper:
    """Write the calendar file; entries exported before are updated by it, those that ended are cancelled.

    Args:
        workspace: where the systems are recorded.
        out: the file (ending in ``.ics``) or an existing folder for it.
        today: the day duties are read; the file knows the days from the year before it to the second after.

    Raises:
        Refused: nothing falls due and nothing was exported before, or the file cannot be written.
        WorkspaceRefused: the workspace cannot be written.
    """
    path = _path(out)
    first, last = date(today.year - 1, 1, 1), date(today.year + _YEARS_AHEAD, 12, 31)
    events = calendar_events(_occurrences(workspace, first, last, today), last=last, workspace=_identity(workspace))
    at = workspace.now().replace(microsecond=0)
    with workspace.act("Xuất lịch") as act:
        head = act.head(_KIND, EXPORT_ID)
        before = CalendarExport.model_validate_json(head.body) if head else CalendarExport()
        if not events and not before.entries:
            raise Refused(
                "Chưa có việc nào đến hạn để đưa vào lịch. Hãy nhập bảng kê hệ thống trước: compliance systems import "
                "TỆP; rồi xem: compliance duties due"
            )
        record, counts = exported(before, events, at, first)
        _write(path, calendar_bytes(events, record, at))
        if record != before:
            version = head.version if head else 0
            act.put(_KIND, EXPORT_ID, record.model_dump_json(exclude_defaults=True), version)
    return CalendarPaper(
        path=path,
        first=first,
        last=last,
        events=len(events),
        alarms=sum(len(one.alarms) for one in events),
        counts=counts,
    )


def _occurrences(workspace: Workspace, first: date, last: date, today: date) -> list[Occurrence]:
    """The days of the span, and the next day of what falls due only outside it."""
    found = list(duties.occurrences(workspace, first, last, today))
    named = {one.row.id for one in found}
    for row in duties.duty_rows(workspace, today):
        if row.due is not None and row.id not in named:
            safe, known = row.safe_day or row.due, row.announced
            found.append(Occurrence(row=row, due=row.due, safe_day=safe, announced=known))
    return found


def _identity(workspace: Workspace) -> str:
    """What tells this office's records from any other's, in every backup of them too: the digest of the first."""
    entries = workspace.store.entries()
    try:
        first = next(entries, None)
    finally:
        entries.close()
    return first.digest if first else ""


def _path(out: Path) -> Path:
    if out.is_dir():
        return out / _FILE
    if out.suffix.lower() != _SUFFIX:
        raise Refused(f"Tên tệp lịch phải có đuôi {_SUFFIX}. Hãy ghi ví dụ: --out {out.with_suffix(_SUFFIX)}")
    return out


def _write(path: Path, data: bytes) -> None:
    """Write over a calendar of the program's own, never over another file."""
    try:
        if path.is_file() and PRODUCT.encode() not in path.read_bytes():
            raise Refused(f"Đã có tệp {path}, không phải do chương trình xuất ra nên không ghi đè. Hãy chọn tên khác.")
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
    except OSError as error:
        raise Refused(f"Không ghi được tệp {path}: {disk_reason(error)}. Hãy chọn nơi khác.") from error
