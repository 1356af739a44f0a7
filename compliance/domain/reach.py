"""What a check may contact: addresses of the inventory, of systems that are ours and in life; nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from compliance.domain.address import Ip, WebAddress, host_of, ip_of, read_host, read_web_address
from compliance.domain.system import Ownership, Status, System
from compliance.errors import Refused

_WEB_PORTS = frozenset({80, 443})
_METADATA = frozenset(map(ip_address, ("fd00:ec2::254", "100.100.100.200")))
"""Where rented servers keep their keys; link-local addresses are refused as a whole."""
_COLUMN = "cột “Địa chỉ web, tên miền thư” của bảng kê"


@dataclass(frozen=True)
class Reach:
    """The hosts, the ports recorded with them, and the public ranges of a set of systems."""

    ports: frozenset[tuple[str, int]]
    hosts: frozenset[str]
    ranges: tuple[str, ...]

    def holds(self, address: WebAddress) -> bool:
        """Whether the address may be contacted: a known host, at the ports of the web or one recorded for it."""
        if address.port not in _WEB_PORTS and (address.host, address.port) not in self.ports:
            return False
        return address.host in self.hosts or self._in_ranges(ip_of(address.host))

    def _in_ranges(self, ip: Ip | None) -> bool:
        networks = (ip_network(text, strict=False) for text in self.ranges)
        return ip is not None and any(ip in one for one in networks if one.version == ip.version)


def reach_of(systems: Iterable[System]) -> Reach:
    """What may be contacted for these systems; those merely used, or no longer in life, add nothing."""
    ours = [one for one in systems if one.ownership is not Ownership.USED and one.status is not Status.DECOMMISSIONED]
    entries = [entry for one in ours for entry in one.addresses]
    webs = [read_web_address(entry) for entry in entries if "://" in entry]
    return Reach(
        ports=frozenset((web.host, web.port) for web in webs),
        hosts=frozenset(map(host_of, entries)),
        ranges=tuple(text for one in ours for zone in one.zones for text in zone.public_addresses),
    )


def web_target(system: System, asked: str | None) -> WebAddress:
    """The web address to check: the one asked for, else the only one recorded.

    Raises:
        Refused: it is not the commune's, not in the inventory, or it is not clear which one is meant.
    """
    _refuse_foreign(system)
    if asked is None:
        return _web(_only(system, [one for one in system.addresses if "://" in one] or system.addresses, "--address"))
    address = _web(asked)
    if not reach_of([system]).holds(address):
        raise Refused(
            f"{address.text} không có trong danh mục của hệ thống “{system.id}” nên không được kiểm tra. "
            f"Nếu đúng là địa chỉ của hệ thống, hãy ghi vào {_COLUMN} rồi nhập lại."
        )
    return address


def mail_target(system: System, asked: str | None) -> str:
    """The mail domain to check: the one asked for, else the only domain recorded.

    Raises:
        Refused: it is not the commune's, not in the inventory, or it is not clear which one is meant.
    """
    _refuse_foreign(system)
    hosts = list(dict.fromkeys(host for host in map(host_of, system.addresses) if ip_of(host) is None))
    if asked is None:
        bare = [one for one in system.addresses if "://" not in one and ip_of(one) is None]
        return _only(system, bare or hosts, "--domain")
    try:
        domain = read_host(asked)
    except ValueError as misfit:
        raise Refused(str(misfit)) from None
    if domain not in hosts:
        raise Refused(
            f"Tên miền {domain} không có trong danh mục của hệ thống “{system.id}” nên không được kiểm tra. "
            f"Nếu đúng là tên miền của hệ thống, hãy ghi vào {_COLUMN} rồi nhập lại."
        )
    return domain


def refuse_trick(host: str, ips: Iterable[str]) -> None:
    """Refuse addresses no system of an office has: link-local (where clouds keep keys), multicast, unspecified.

    This machine itself only where the inventory says so (``localhost`` or its number), never behind another name.

    Raises:
        Refused: one of them is such an address.
    """
    for text in ips:
        ip = ip_address(text)
        plain = ip.ipv4_mapped or ip if isinstance(ip, IPv6Address) else ip
        own = plain.is_loopback and host != "localhost" and ip_of(host) is None
        odd = plain.is_link_local or plain.is_multicast or plain.is_unspecified or plain in _METADATA
        if own or odd or (plain.version == 4 and plain.is_reserved):  # noqa: PLR2004
            raise Refused(
                f"{host} trỏ về {text}, không phải là địa chỉ của một máy chủ phục vụ bên ngoài; đã dừng, "
                "chưa kết nối. Hãy báo người quản trị tên miền kiểm tra lại bản ghi DNS."
            )


def _refuse_foreign(system: System) -> None:
    if system.ownership is Ownership.USED:
        raise Refused(
            f"Xã chỉ sử dụng “{system.name}”, không sở hữu địa chỉ của hệ thống này nên không được kiểm tra. "
            "Hãy đề nghị chủ quản hệ thống cung cấp kết quả kiểm tra."
        )
    if system.status is Status.DECOMMISSIONED:
        raise Refused(
            f"“{system.name}” đã kết thúc vận hành; địa chỉ cũ có thể nay thuộc nơi khác nên không được kiểm tra."
        )


def _web(text: str) -> WebAddress:
    try:
        return read_web_address(text if "://" in text else f"https://{_bracketed(text)}")
    except ValueError as misfit:
        raise Refused(str(misfit)) from None


def _bracketed(host: str) -> str:
    return f"[{host}]" if isinstance(ip_of(host), IPv6Address) else host


def _only(system: System, found: Iterable[str], option: str) -> str:
    choices = list(found)
    if not choices:
        raise Refused(f"Hệ thống “{system.id}” chưa ghi địa chỉ nào. Hãy ghi vào {_COLUMN} rồi nhập lại.")
    if len(choices) > 1:
        raise Refused(f"Hệ thống “{system.id}” có nhiều địa chỉ: {', '.join(choices)}. Hãy chọn một bằng {option}.")
    return choices[0]
