"""What a Windows computer says of itself; words it prints in its own language are never relied on."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

from compliance.domain.machine_check import CheckLine, LineState
from compliance.domain.own_machine import DISK, TIME, UPDATES, Machine, Outcome, line, pending, unknown

_LEAP = re.compile(r"\s*[^:]*:\s*([0-3])\s*\(")
"""The first line of ``w32tm /query /status``: the leap indicator, 3 when the clock is not synchronised."""
_UNSYNCHRONISED = "3"
_NOT_STARTED = "0x80070426"
_ENCRYPTED, _PROTECTED = 1, 1
"""``VolumeStatus`` FullyEncrypted and ``ProtectionStatus`` On of ``Get-BitLockerVolume``."""
_SHELL_ON, _SHELL_OFF = frozenset({1}), frozenset({2, 3, 4, 5})
"""``System.Volume.BitLockerProtection``: 1 on; 2 off, 3 and 4 under way, 5 suspended; others do not say."""


def windows_lines(machine: Machine, today: date) -> tuple[CheckLine, ...]:
    """Clock, disks and updates."""
    return _time(machine), _disk(machine), _updates(machine, today)


def _time(machine: Machine) -> CheckLine:
    leap = _LEAP.match(machine.said("w32tm"))
    if leap:
        if leap[1] == _UNSYNCHRONISED:
            return line(TIME, LineState.BAD, "Đồng hồ chưa đồng bộ được với máy chủ thời gian.")
        return line(TIME, LineState.OK, "Đồng hồ đang đồng bộ với máy chủ thời gian.")
    ran = machine.ran.get("w32tm")
    if ran is not None and ran.outcome is Outcome.DONE and _NOT_STARTED in ran.out + ran.err:
        return line(TIME, LineState.BAD, "Dịch vụ giờ của Windows (W32Time) chưa chạy nên đồng hồ không được đồng bộ.")
    return unknown(TIME, machine, "w32tm")


def _disk(machine: Machine) -> CheckLine:
    drives = {str(one.get("drive")): _sealed(one) for one in _list(machine.said("bitlocker"))}
    states = {drive: sealed for drive, sealed in drives.items() if sealed is not None}
    if not states:
        return unknown(DISK, machine, "bitlocker")
    bare = sorted(drive for drive, sealed in states.items() if not sealed)
    if bare:
        return line(DISK, LineState.WARN, f"Chưa bật hoặc chưa mã hóa xong BitLocker: {', '.join(bare)}.")
    return line(DISK, LineState.OK, f"BitLocker đang bảo vệ: {', '.join(sorted(states))}.")


def _sealed(drive: dict[str, Any]) -> bool | None:
    """Whether a drive is protected, from the administrator's command or from what every user may see."""
    if drive.get("volume") is not None:
        return drive.get("volume") == _ENCRYPTED and drive.get("protection") == _PROTECTED
    shell = drive.get("shell")
    return True if shell in _SHELL_ON else False if shell in _SHELL_OFF else None


def _updates(machine: Machine, today: date) -> CheckLine:
    told = next(iter(_list(machine.said("updates"))), {})
    count, security = told.get("pending"), told.get("security")
    if not isinstance(count, int):
        return unknown(UPDATES, machine, "updates")
    try:
        listed_on = date.fromisoformat(str(told.get("searched")))
    except ValueError:
        listed_on = None
    return pending(count, security if isinstance(security, int) else 0, listed_on, today)


def _list(text: str) -> list[dict[str, Any]]:
    """JSON as PowerShell writes it: one object, or a list when there are several."""
    try:
        told = json.loads(text)
    except ValueError:
        return []
    return [one for one in (told if isinstance(told, list) else [told]) if isinstance(one, dict)]
