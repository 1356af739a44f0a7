"""One look at this computer: fixed commands of the operating system, each with a time limit; nothing is sent out.

Updates are taken from what the system already knows (``apt-get --simulate``, ``dnf -C``, an offline search): asking the
update servers is the system's own business, at its own hours.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path

from compliance.domain.machine_check import printable
from compliance.domain.own_machine import Machine, Outcome, Ran

SECONDS = 30.0
"""What one command may take; the offline search of Windows has been seen to need a minute."""
_LONGER = {"updates": 180.0}
_LONGEST_OUTPUT = 200_000
_WINDOWS = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
_UTF8 = "[Console]::OutputEncoding=[Text.Encoding]::UTF8; $ErrorActionPreference='Stop'; "
_BITLOCKER = (
    _UTF8 + "try { Get-BitLockerVolume | ForEach-Object { @{ drive=$_.MountPoint; "
    "volume=[int]$_.VolumeStatus; protection=[int]$_.ProtectionStatus } } | ConvertTo-Json -Compress } "
    "catch { $s=New-Object -ComObject Shell.Application; "
    "[IO.DriveInfo]::GetDrives() | Where-Object { $_.DriveType -eq 'Fixed' } | ForEach-Object { @{ drive=$_.Name; "
    "shell=$s.NameSpace($_.Name).Self.ExtendedProperty('System.Volume.BitLockerProtection') } } "
    "| ConvertTo-Json -Compress }"
)
_UPDATES = (
    _UTF8 + "$s=(New-Object -ComObject Microsoft.Update.Session).CreateUpdateSearcher(); $s.Online=$false; "
    "$u=@($s.Search('IsInstalled=0 and IsHidden=0').Updates); "
    "$d=(New-Object -ComObject Microsoft.Update.AutoUpdate).Results.LastSearchSuccessDate; "
    "@{ pending=$u.Count; security=@($u | Where-Object { $_.MsrcSeverity }).Count; "
    "searched=$(if ($d) { ([datetime]$d).ToString('yyyy-MM-dd') } else { '' }) } | ConvertTo-Json -Compress"
)


def _powershell(script: str) -> tuple[str, ...]:
    program = _WINDOWS / "WindowsPowerShell" / "v1.0" / "powershell.exe"
    return (str(program), "-NoProfile", "-NonInteractive", "-Command", script)


COMMANDS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "linux": {
        "timedatectl": ("timedatectl", "show", "--property=NTP", "--property=NTPSynchronized"),
        "chronyc": ("chronyc", "-n", "tracking"),
        "lsblk": ("lsblk", "--json", "--output", "NAME,TYPE,MOUNTPOINT"),
        "apt-get": ("apt-get", "--simulate", "dist-upgrade"),
        "dnf": ("dnf", "--quiet", "--cacheonly", "check-update"),
    },
    "win32": {
        "w32tm": (str(_WINDOWS / "w32tm.exe"), "/query", "/status"),
        "bitlocker": _powershell(_BITLOCKER),
        "updates": _powershell(_UPDATES),
    },
    "darwin": {
        "systemsetup": ("/usr/sbin/systemsetup", "-getusingnetworktime"),
        "fdesetup": ("/usr/bin/fdesetup", "status"),
        "softwareupdate": ("/usr/sbin/softwareupdate", "--list", "--no-scan"),
    },
}
"""Everything that is ever run, word by word, by operating system."""

_LISTS = {"linux": (Path("/var/lib/apt/lists"), Path("/var/cache/libdnf5"), Path("/var/cache/dnf"))}

Run = Callable[[tuple[str, ...], float], Ran]
"""A command and seconds to what came of it."""


def run(command: tuple[str, ...], seconds: float) -> Ran:
    """Run a command without a shell, without input, in plain English, for so many seconds at most."""
    surroundings = dict(os.environ)
    if os.name == "posix":  # the system's own programs, whatever the user's search path says
        surroundings = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C"}
    try:
        done = subprocess.run(  # noqa: S603 -- fixed words, no shell
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=seconds, env=surroundings, check=False
        )
    except subprocess.TimeoutExpired:
        return Ran(command=command, outcome=Outcome.TOO_LATE)
    except OSError:
        return Ran(command=command, outcome=Outcome.MISSING)
    out, err = (_text(one) for one in (done.stdout, done.stderr))
    return Ran(command=command, outcome=Outcome.DONE, code=done.returncode, out=out, err=err)


def _text(output: bytes) -> str:
    lines = output[:_LONGEST_OUTPUT].decode("utf-8", "replace").splitlines()
    return "\n".join(printable(line.replace("\t", "    "), 2000) for line in lines)


def look(*, system: str = sys.platform, run: Run = run, lists: tuple[Path, ...] | None = None) -> tuple[Machine, str]:
    """What the computer says of itself, and the raw output.

    Args:
        system: the operating system, as Python calls it.
        run: runs one command.
        lists: where the list of packages lies; ``None`` for where the system keeps it.
    """
    commands = COMMANDS.get(system, {})
    ran = {name: run(command, _LONGER.get(name, SECONDS)) for name, command in commands.items()}
    listed_on = _renewed_on(_LISTS.get(system, ()) if lists is None else lists)
    raw = [f"{system} {platform.release()}", *(f"package lists of {listed_on}" for _ in [1] if listed_on)]
    for one in ran.values():
        raw += [f"$ {' '.join(one.command)}", f"[{one.outcome.value}, exit code {one.code}]", one.out, one.err]
    return Machine(system=system, ran=ran, listed_on=listed_on), "\n".join(part for part in raw if part)


def _renewed_on(folders: tuple[Path, ...]) -> date | None:
    """The day lists of packages were last fetched; ``None`` without any.

    A list bears the day its maker wrote it, so the folders it was put into count too.
    """
    times: list[float] = []
    for folder in folders:
        try:
            inside = [path for path in folder.rglob("*") if path.name != "lock"]
            if any(path.is_file() for path in inside):
                times += [path.stat().st_mtime for path in (folder, *inside)]
        except OSError:
            continue
    return datetime.fromtimestamp(max(times)).astimezone().date() if times else None


def programs(system: str = sys.platform) -> tuple[str, ...]:
    """What :func:`look` runs, by short names."""
    return tuple(COMMANDS.get(system, {})) or ("không có lệnh nào cho hệ điều hành này",)


def name() -> str:
    """What the computer is called on its network."""
    return printable(platform.node(), 100) or "không tên"
