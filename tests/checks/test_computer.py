"""A look at this computer, from what the commands of each system print."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from compliance.adapters import machine_probe
from compliance.adapters.machine_probe import COMMANDS, look, run
from compliance.domain.machine_check import CheckLine, LineState
from compliance.domain.own_linux import linux_lines
from compliance.domain.own_mac import mac_lines
from compliance.domain.own_machine import DISK, TIME, UPDATES, Machine, Outcome, Ran
from compliance.domain.own_windows import windows_lines

OK, WARN, BAD, UNKNOWN = LineState.OK, LineState.WARN, LineState.BAD, LineState.UNKNOWN
TODAY = date(2026, 11, 22)
LINES = {"linux": linux_lines, "win32": windows_lines, "darwin": mac_lines}
SYNCED = "NTP=yes\nNTPSynchronized=yes\n"
UP_TO_DATE = "Reading package lists...\n0 upgraded, 0 newly installed, 0 to remove and 0 not upgraded.\n"


def said(system: str, printed: Mapping[str, str | Ran], *, listed_on: date | None = TODAY) -> dict[str, CheckLine]:
    """The lines by name; commands not named are missing on the machine."""
    ran = {
        name: answer if isinstance(answer, Ran) else Ran(command=command, outcome=Outcome.DONE, out=answer)
        for name, command in COMMANDS[system].items()
        for answer in [printed.get(name, Ran(command=command))]
    }
    lines = LINES[system](Machine(system=system, ran=ran, listed_on=listed_on), TODAY)
    assert [one.name for one in lines] == [TIME, DISK, UPDATES]
    return {one.name: one for one in lines}


def disk(*mounts: str, sealed: bool) -> str:
    """``lsblk`` of one disk; ``sealed`` puts everything but the start behind encryption."""
    inner = [{"name": f"v{at}", "type": "lvm", "mountpoint": place} for at, place in enumerate(mounts)]
    layer = [{"name": "luks", "type": "crypt", "mountpoint": None, "children": inner}] if sealed else inner
    parts = [
        {"name": "sda1", "type": "part", "mountpoint": "/boot/efi"},
        {"name": "sda2", "type": "part", "mountpoint": None, "children": layer},
    ]
    loop = {"name": "loop0", "type": "loop", "mountpoint": "/snap/core"}
    memory = {"name": "zram0", "type": "disk", "mountpoint": "[SWAP]"}
    return json.dumps({"blockdevices": [{"name": "sda", "type": "disk", "children": parts}, loop, memory]})


def test_a_linux_computer_in_good_order() -> None:
    lines = said("linux", {"timedatectl": SYNCED, "lsblk": disk("/", "[SWAP]", sealed=True), "apt-get": UP_TO_DATE})
    assert {one.state for one in lines.values()} == {OK}, lines


@pytest.mark.parametrize(
    ("printed", "state"),
    [
        ({"timedatectl": "NTP=yes\nNTPSynchronized=no"}, BAD),
        ({"timedatectl": "NTP=no\nNTPSynchronized=no"}, BAD),
        ({"timedatectl": "NTP=no\nNTPSynchronized=no", "chronyc": "Stratum : 3\nLeap status     : Normal"}, OK),
        ({"chronyc": "Leap status     : Not synchronised"}, BAD),
        ({}, UNKNOWN),
    ],
)
def test_the_clock_of_a_linux_computer(printed: dict[str, str], state: LineState) -> None:
    assert said("linux", printed)[TIME].state is state


def test_partitions_left_open_are_named_and_the_one_to_start_from_is_not() -> None:
    line = said("linux", {"lsblk": disk("/", "/home", "[SWAP]", sealed=False)})[DISK]
    assert line.state is WARN
    assert line.text == "Chưa mã hóa: ổ hệ điều hành (/), /home, vùng hoán đổi (swap)."


@pytest.mark.parametrize("printed", ["", "{", "[]", '{"blockdevices": null}', '{"blockdevices": [{"name": "vda"}]}'])
def test_a_machine_that_does_not_show_its_disks_is_unknown(printed: str) -> None:
    assert said("linux", {"lsblk": printed})[DISK].state is UNKNOWN


def test_security_updates_weigh_more_than_others() -> None:
    plain = "Inst libsecurity [1] (2 Debian:12/stable [amd64])\nConf libsecurity (2 Debian:12/stable [amd64])\n"
    urgent = plain + "Inst apt [1] (2 Debian-Security:12/stable-security [all])\n"
    assert said("linux", {"apt-get": plain})[UPDATES].state is WARN
    line = said("linux", {"apt-get": urgent})[UPDATES]
    assert line.state is BAD
    assert line.text.startswith("2 bản, trong đó 1 bản vá bảo mật (theo danh sách ngày 22/11/2026)")


def test_an_old_list_does_not_prove_that_nothing_waits() -> None:
    line = said("linux", {"apt-get": UP_TO_DATE}, listed_on=TODAY - timedelta(days=40))[UPDATES]
    assert line.state is WARN
    assert "40 ngày" in line.text
    assert said("linux", {"apt-get": UP_TO_DATE}, listed_on=None)[UPDATES].state is UNKNOWN


def test_dnf_tells_by_its_exit_code() -> None:
    def dnf(code: int, out: str) -> LineState:
        ran = Ran(command=COMMANDS["linux"]["dnf"], outcome=Outcome.DONE, code=code, out=out)
        return said("linux", {"dnf": ran})[UPDATES].state

    assert dnf(100, "kernel.x86_64    6.1-2    updates\nbash.x86_64    5-2    updates\n") is WARN
    assert dnf(0, "") is OK
    assert dnf(1, "Error: cache") is UNKNOWN


@pytest.mark.parametrize(
    ("printed", "state"),
    [
        ("Leap Indicator: 0(no warning)\r\nStratum: 4 (secondary reference)\r\n", OK),
        ("Chỉ báo nhảy: 0(không có cảnh báo)\r\nTầng: 4 (…)\r\n", OK),
        ("Leap Indicator: 3(not synchronized)\r\nStratum: 0 (unspecified)\r\n", BAD),
        ("?", UNKNOWN),
    ],
)
def test_the_clock_of_a_windows_computer_in_any_language(printed: str, state: LineState) -> None:
    assert said("win32", {"w32tm": printed})[TIME].state is state


def test_a_windows_clock_service_that_was_never_started() -> None:
    error = "The following error occurred: The service has not been started. (0x80070426)"
    ran = Ran(command=COMMANDS["win32"]["w32tm"], outcome=Outcome.DONE, code=38, out=error)
    assert said("win32", {"w32tm": ran})[TIME].state is BAD


@pytest.mark.parametrize(
    ("printed", "state"),
    [
        ('{"drive":"C:","volume":1,"protection":1}', OK),
        ('[{"drive":"C:","volume":1,"protection":1},{"drive":"D:","volume":0,"protection":0}]', WARN),
        ('{"drive":"C:","volume":1,"protection":0}', WARN),
        ('{"drive":"C:\\\\","shell":1}', OK),
        ('{"drive":"C:\\\\","shell":2}', WARN),
        ('{"drive":"C:\\\\","shell":null}', UNKNOWN),
        ("Access is denied.", UNKNOWN),
    ],
)
def test_bitlocker_for_administrators_and_for_everybody(printed: str, state: LineState) -> None:
    assert said("win32", {"bitlocker": printed})[DISK].state is state


@pytest.mark.parametrize(
    ("printed", "state"),
    [
        ('{"pending":0,"security":0,"searched":"2026-11-21"}', OK),
        ('{"pending":2,"security":1,"searched":"2026-11-21"}', BAD),
        ('{"pending":2,"security":0,"searched":""}', WARN),
        ('{"pending":0,"security":0,"searched":"2026-08-01"}', WARN),
        ('{"pending":0,"security":0,"searched":""}', UNKNOWN),
        ("", UNKNOWN),
    ],
)
def test_windows_updates_by_the_last_search(printed: str, state: LineState) -> None:
    assert said("win32", {"updates": printed})[UPDATES].state is state


def test_a_mac() -> None:
    good = {
        "systemsetup": "Network Time: On\n",
        "fdesetup": "FileVault is On.\n",
        "softwareupdate": "* Label: Sonoma\n",
    }
    assert [one.state for one in said("darwin", good).values()] == [OK, OK, WARN]
    poor = {"systemsetup": "You need administrator access", "fdesetup": "FileVault is Off.", "softwareupdate": ""}
    assert [one.state for one in said("darwin", poor).values()] == [UNKNOWN, WARN, UNKNOWN]
    idle = Ran(command=("softwareupdate",), outcome=Outcome.DONE, err="No new software available.")
    assert said("darwin", {"softwareupdate": idle})[UPDATES].state is OK


def test_each_reason_for_not_knowing_is_said() -> None:
    late = Ran(command=COMMANDS["linux"]["lsblk"], outcome=Outcome.TOO_LATE)
    denied = Ran(command=COMMANDS["linux"]["lsblk"], outcome=Outcome.DONE, code=1, err="denied")
    assert "quá thời gian chờ" in said("linux", {"lsblk": late})[DISK].text
    assert "quyền quản trị" in said("linux", {"lsblk": denied})[DISK].text
    assert "không có lệnh" in said("linux", {})[DISK].text
    assert all(one.text.startswith("Máy không cho biết") for one in said("linux", {}).values())


def test_a_system_never_heard_of_runs_nothing() -> None:
    def never(command: tuple[str, ...], seconds: float) -> Ran:
        raise AssertionError(command)

    machine, _ = look(system="plan9", run=never, lists=())
    assert machine.ran == {}


def test_only_the_words_laid_down_are_run(tmp_path: Path) -> None:
    given: list[tuple[str, ...]] = []

    def remember(command: tuple[str, ...], seconds: float) -> Ran:
        given.append(command)
        assert seconds <= 180
        return Ran(command=command, outcome=Outcome.DONE, out="x")

    _, raw = look(system="win32", run=remember, lists=())
    assert tuple(given) == tuple(COMMANDS["win32"].values())
    assert "w32tm.exe /query /status" in raw


def test_a_command_that_hangs_is_stopped() -> None:
    ran = run((sys.executable, "-c", "import threading; threading.Event().wait(60)"), 0.3)
    assert ran.outcome is Outcome.TOO_LATE


def test_what_a_command_prints_cannot_move_the_cursor() -> None:
    ran = run((sys.executable, "-c", r"print('a\x1b[2Jb')"), 20)
    assert ran.said == "a·[2Jb"


def test_a_program_there_is_not() -> None:
    assert run(("khong-co-lenh-nay",), 5).outcome is Outcome.MISSING


def test_the_day_of_the_lists_needs_lists(tmp_path: Path) -> None:
    (tmp_path / "lock").touch()
    assert look(system="linux", run=lambda command, _: Ran(command=command), lists=(tmp_path,))[0].listed_on is None
    (tmp_path / "a_InRelease").touch()
    at = datetime(2026, 11, 2, 12).astimezone().timestamp()
    for path in (tmp_path / "a_InRelease", tmp_path):
        os.utime(path, (at, at))
    machine, raw = look(system="linux", run=lambda command, _: Ran(command=command), lists=(tmp_path,))
    assert machine.listed_on == date(2026, 11, 2)
    assert "2026-11-02" in raw


def test_this_machine_itself_can_be_looked_at() -> None:
    machine, raw = look()
    assert set(machine.ran) == set(COMMANDS.get(sys.platform, {}))
    assert raw
    assert machine_probe.name()
