"""What a Linux computer says of itself: ``timedatectl`` or ``chronyc``, ``lsblk``, ``apt-get`` or ``dnf``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from compliance.domain.machine_check import CheckLine, LineState
from compliance.domain.own_machine import DISK, TIME, UPDATES, Machine, Outcome, line, pending, unknown

_STARTING = ("/boot", "/efi")
"""Where the machine starts from; it has to be readable before anybody can unlock a disk."""
_SHOWN = {"/": "ổ hệ điều hành (/)", "[SWAP]": "vùng hoán đổi (swap)"}
_DNF_PENDING = 100
_PACKAGE = re.compile(r"^\S+\.\S+\s+\S+\s+\S+$", re.MULTILINE)


def linux_lines(machine: Machine, today: date) -> tuple[CheckLine, ...]:
    """Clock, disks and updates."""
    return _time(machine), _disk(machine), _updates(machine, today)


def _time(machine: Machine) -> CheckLine:
    told = dict(one.partition("=")[::2] for one in machine.said("timedatectl").split())
    leap = re.search(r"^Leap status\s*:\s*(.+)$", machine.said("chronyc"), re.MULTILINE)
    if told.get("NTPSynchronized") == "yes" or (leap and leap[1].strip() == "Normal"):
        return line(TIME, LineState.OK, "Đồng hồ đang đồng bộ với máy chủ thời gian.")
    if told.get("NTPSynchronized") == "no" or leap:
        started = told.get("NTP") == "yes" or leap is not None
        why = "đã bật nhưng chưa đồng bộ được" if started else "chưa bật đồng bộ"
        return line(TIME, LineState.BAD, f"Đồng hồ {why}.")
    return unknown(TIME, machine, "timedatectl", "chronyc")


def _disk(machine: Machine) -> CheckLine:
    mounts: dict[str, bool] = {}
    for place, sealed in _mounts(_devices(machine.said("lsblk")), sealed=False):
        mounts[place] = mounts.get(place, True) and sealed
    if "/" not in mounts:
        return unknown(DISK, machine, "lsblk")
    bare = [place for place, sealed in mounts.items() if not sealed and not place.startswith(_STARTING)]
    if bare:
        return line(DISK, LineState.WARN, f"Chưa mã hóa: {', '.join(_SHOWN.get(one, one) for one in sorted(bare))}.")
    return line(DISK, LineState.OK, "Mọi phân vùng đang dùng đều nằm trên ổ đã mã hóa (trừ phân vùng khởi động).")


def _devices(text: str) -> list[Any]:
    try:
        told = json.loads(text)
    except ValueError:
        return []
    devices = told.get("blockdevices") if isinstance(told, dict) else None
    return devices if isinstance(devices, list) else []


def _mounts(devices: list[Any], *, sealed: bool) -> Iterator[tuple[str, bool]]:
    """Every place a device is used at, and whether an encrypted layer lies beneath; memory is no disk."""
    for one in devices:
        if not isinstance(one, dict) or one.get("type") in {"loop", "rom"} or str(one.get("name")).startswith("zram"):
            continue
        below = sealed or one.get("type") == "crypt"
        if one.get("mountpoint"):
            yield str(one["mountpoint"]), below
        yield from _mounts(one.get("children") or [], sealed=below)


def _updates(machine: Machine, today: date) -> CheckLine:
    if machine.said("apt-get"):
        waiting = [one for one in machine.said("apt-get").splitlines() if one.startswith("Inst ")]
        security = sum("security" in one.partition("(")[2].lower() for one in waiting)  # where it comes from
        return pending(len(waiting), security, machine.listed_on, today)
    dnf = machine.ran.get("dnf")
    if dnf is not None and dnf.outcome is Outcome.DONE and dnf.code in {0, _DNF_PENDING}:
        return pending(len(_PACKAGE.findall(dnf.out)), 0, machine.listed_on, today)
    return unknown(UPDATES, machine, "apt-get", "dnf")
