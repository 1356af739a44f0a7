"""Checks a machine can do: choose what may be looked at, ask, look, judge, keep the result as an observation.

Nothing is sent before ``ask`` has said yes to a text that names everything that will be contacted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from compliance.adapters import machine_probe
from compliance.adapters.mail_probe import MailProbe, nameservers
from compliance.adapters.web_connection import Resolve, system_resolve
from compliance.adapters.web_probe import SECONDS, WebProbe
from compliance.adapters.workspace import Workspace
from compliance.domain.evidence import Evidence
from compliance.domain.machine_check import CheckKind, CheckLine, MachineCheck
from compliance.domain.mail_check import mail_lines
from compliance.domain.mail_record import COMMON_SELECTORS
from compliance.domain.own_linux import linux_lines
from compliance.domain.own_mac import mac_lines
from compliance.domain.own_machine import DISK, TIME, UPDATES, Machine, unknown
from compliance.domain.own_windows import windows_lines
from compliance.domain.reach import mail_target, reach_of, web_target
from compliance.domain.web_check import web_lines
from compliance.errors import Refused
from compliance.services import evidence
from compliance.services.systems import system, systems

Ask = Callable[[str], bool]
"""What will be contacted, as a sentence, to whether the officer agrees."""

_SELECTOR = re.compile(r"[a-z0-9](?:[a-z0-9_.-]{0,61}[a-z0-9])?", re.IGNORECASE)
_MOST_SELECTORS = 20
_WEB_SCOPE = (
    "Xem từ máy này: phiên bản TLS, chứng thư số, tiêu đề bảo mật, chuyển hướng. Không kiểm tra lỗ hổng của trang, "
    "không kiểm tra chứng thư đã bị thu hồi hay chưa."
)
_MAIL_SCOPE = "Xem các bản ghi DNS của tên miền thư (MX, SPF, DKIM, DMARC). Không kết nối tới máy chủ thư."
_COMPUTER_SCOPE = (
    "Xem chính máy tính này, theo thông tin của hệ điều hành: đồng hồ, mã hóa ổ đĩa, bản cập nhật. Không xem máy khác."
)


@dataclass(frozen=True)
class StoredCheck:
    """A check and the observation it was kept as."""

    check: MachineCheck
    evidence: Evidence


def check_web(
    workspace: Workspace,
    system_id: str,
    *,
    address: str | None = None,
    requirements: Sequence[str] = (),
    ask: Ask,
    trust: Path | None = None,
    http_port: int = 80,
    seconds: float = SECONDS,
    resolve: Resolve = system_resolve,
) -> StoredCheck:
    """Look at a web address of a system and keep what was seen.

    Args:
        workspace: where the inventory lies.
        system_id: whose address it is.
        address: which one; ``None`` for the only one recorded.
        requirements: ids the observation speaks to.
        ask: says yes or no before anything is sent.
        trust: a file of trusted issuers in place of the machine's own.
        http_port: where http is asked for.
        seconds: what one connection may take.
        resolve: the resolver.

    Raises:
        NotFound: no such system or requirement.
        Refused: the address is not the commune's or not in the inventory, or ``ask`` said no.
    """
    target = web_target(system(workspace, system_id), address)
    serves = _serves(workspace, system_id, requirements)
    ports = f"cổng {target.port} (HTTPS, có thử TLS 1.0 và 1.1) và cổng {http_port} (HTTP)"
    _agreed(
        ask,
        f"Sẽ kết nối tới {target.host}, {ports}; nếu được chuyển hướng thì chỉ đi theo tới địa chỉ có trong danh mục. "
        "Không đăng nhập, không gửi dữ liệu.",
    )
    reach, at = reach_of(systems(workspace)), workspace.now()
    probe = WebProbe(reach.holds, trust=trust, http_port=http_port, seconds=seconds, resolve=resolve)
    lines = web_lines(probe.look(target), at)
    raw = "\n".join(probe.raw)
    return store(
        workspace,
        MachineCheck(kind=CheckKind.WEB, target=target.text, scope=_WEB_SCOPE, at=at, findings=lines, raw=raw),
        serves,
    )


def check_mail(
    workspace: Workspace,
    system_id: str,
    *,
    domain: str | None = None,
    selectors: Sequence[str] = (),
    requirements: Sequence[str] = (),
    ask: Ask,
    servers: Sequence[str] | None = None,
    port: int = 53,
) -> StoredCheck:
    """Look at the records of a mail domain of a system and keep what was seen.

    Args:
        workspace: where the inventory lies.
        system_id: whose domain it is.
        domain: which one; ``None`` for the only one recorded.
        selectors: names DKIM keys stand under; empty to try common ones.
        requirements: ids the observation speaks to.
        ask: says yes or no before anything is sent.
        servers: IP addresses of DNS servers; ``None`` for those this machine asks.
        port: the port they are asked at.

    Raises:
        NotFound: no such system or requirement.
        Refused: the domain is not the commune's or not in the inventory, a selector is none, this machine has no DNS
            server, or ``ask`` said no.
    """
    target = mail_target(system(workspace, system_id), domain)
    serves = _serves(workspace, system_id, requirements)
    _refuse_selectors(selectors)
    asked = tuple(dict.fromkeys(selectors)) or COMMON_SELECTORS
    servers = tuple(servers) if servers is not None else nameservers()
    _agreed(
        ask,
        f"Sẽ hỏi máy chủ DNS {', '.join(servers)} về bản ghi MX, SPF, DKIM ({', '.join(asked)}), DMARC của {target}, "
        "của tên miền cấp trên và của những tên mà SPF dẫn tới. Không kết nối tới máy chủ thư.",
    )
    at = workspace.now()
    probe = MailProbe(servers, port=port)
    lines = mail_lines(probe.look(target, asked, chosen=bool(selectors)))
    raw = "\n".join(probe.raw)
    return store(
        workspace,
        MachineCheck(kind=CheckKind.MAIL, target=target, scope=_MAIL_SCOPE, at=at, findings=lines, raw=raw),
        serves,
    )


def check_computer(
    workspace: Workspace,
    system_id: str | None = None,
    *,
    requirements: Sequence[str] = (),
    ask: Ask,
    look: Callable[[], tuple[Machine, str]] = machine_probe.look,
) -> StoredCheck:
    """Look at this computer and keep what it says of itself.

    Args:
        workspace: where the result is kept.
        system_id: the system the computer belongs to, if that is to be recorded.
        requirements: ids the observation speaks to; they need a system.
        ask: says yes or no before anything is run.
        look: looks at the computer.

    Raises:
        NotFound: no such system or requirement.
        Refused: requirements without a system, or ``ask`` said no.
    """
    if system_id is not None:
        system(workspace, system_id)
    elif requirements:
        raise Refused("Muốn gắn kết quả với yêu cầu thì phải nêu hệ thống: compliance checks computer MÃ-HỆ-THỐNG …")
    serves = _serves(workspace, system_id or "", requirements)
    _agreed(
        ask,
        f"Sẽ chạy trên máy này các lệnh chỉ xem của hệ điều hành ({', '.join(machine_probe.programs())}); không gửi gì "
        "ra mạng.",
    )
    at = workspace.now()
    machine, raw = look()
    lines, target = _own_lines(machine, at), machine_probe.name()
    return store(
        workspace,
        MachineCheck(kind=CheckKind.COMPUTER, target=target, scope=_COMPUTER_SCOPE, at=at, findings=lines, raw=raw),
        serves,
    )


def store(workspace: Workspace, check: MachineCheck, serves: evidence.Serves) -> StoredCheck:
    """Keep a check as an observation, its raw output beside it.

    Raises:
        WorkspaceRefused: the disk is full or the workspace cannot be written.
    """
    place = re.sub(r"[^\w.-]+", "-", check.target.partition("://")[2] or check.target).strip("-")
    kept = evidence.add_observation(
        workspace,
        check.text,
        evidence.Describing(title=check.title, dated_on=check.at.date()),
        serves=serves,
        today=check.at.date(),
        raw=f"{check.title}\n{check.at.isoformat()}\n{check.scope}\n\n{check.raw}\n".encode(),
        raw_name=f"kiem-tra-{check.kind.value}-{place}.txt",
    )
    return StoredCheck(check, kept)


def _own_lines(machine: Machine, at: datetime) -> tuple[CheckLine, ...]:
    judges = {"linux": linux_lines, "win32": windows_lines, "darwin": mac_lines}
    if machine.system not in judges:
        return tuple(unknown(name, machine) for name in (TIME, DISK, UPDATES))
    return judges[machine.system](machine, at.date())


def _agreed(ask: Ask, contacts: str) -> None:
    if not ask(contacts):
        raise Refused("Đã dừng vì chưa được đồng ý; chưa gửi gì, chưa lưu gì.")


def _refuse_selectors(selectors: Sequence[str]) -> None:
    wrong = [one for one in selectors if not _SELECTOR.fullmatch(one)]
    if wrong:
        raise Refused(f"“{wrong[0]}” không phải là tên chọn DKIM. Tên chọn gồm chữ không dấu, số, ví dụ: selector1.")
    if len(selectors) > _MOST_SELECTORS:
        raise Refused(f"Mỗi lần chỉ hỏi tối đa {_MOST_SELECTORS} tên chọn DKIM.")


def _serves(workspace: Workspace, system_id: str, requirements: Sequence[str]) -> evidence.Serves:
    """What the observation serves, known before anything is sent: a slip must not cost a second look."""
    return evidence.known_serves(workspace, [(system_id, one) for one in requirements])
