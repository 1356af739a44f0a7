"""What a Mac says of itself: ``systemsetup``, ``fdesetup``, ``softwareupdate`` (its last search, no new one)."""

from __future__ import annotations

from datetime import date

from compliance.domain.machine_check import CheckLine, LineState
from compliance.domain.own_machine import DISK, TIME, UPDATES, Machine, line, pending, unknown


def mac_lines(machine: Machine, today: date) -> tuple[CheckLine, ...]:
    """Clock, disk and updates."""
    return _time(machine), _disk(machine), _updates(machine, today)


def _time(machine: Machine) -> CheckLine:
    told = machine.said("systemsetup")
    if "Network Time: On" in told:
        return line(TIME, LineState.OK, "Đã bật lấy giờ từ máy chủ thời gian.")
    if "Network Time: Off" in told:
        return line(TIME, LineState.BAD, "Chưa bật lấy giờ từ máy chủ thời gian.")
    return unknown(TIME, machine, "systemsetup")


def _disk(machine: Machine) -> CheckLine:
    told = machine.said("fdesetup")
    if "in progress" in told:
        return line(DISK, LineState.WARN, "FileVault đang mã hóa hoặc giải mã, chưa xong.")
    if "FileVault is On" in told:
        return line(DISK, LineState.OK, "FileVault đang bật.")
    if "FileVault is Off" in told:
        return line(DISK, LineState.WARN, "FileVault chưa bật.")
    return unknown(DISK, machine, "fdesetup")


def _updates(machine: Machine, today: date) -> CheckLine:
    ran = machine.ran.get("softwareupdate")
    told = f"{ran.out}\n{ran.err}" if ran is not None and (ran.said or ran.err) else ""
    labels = [one for one in told.splitlines() if one.strip().startswith("* ")]
    if labels or "No new software available" in told:
        security = sum("security" in one.lower() for one in labels)
        return pending(len(labels), security, machine.listed_on, today)
    return unknown(UPDATES, machine, "softwareupdate")
