"""Addresses a system is reached by: web addresses (https) and the domains its mail comes from.

Only what is written here, and the public addresses of the system's zones, may ever be contacted by a check.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import NamedTuple
from urllib.parse import quote, urlsplit

LONGEST = 2000
"""Characters a web address may have."""
_LONGEST_HOST = 253
_LONGEST_LABEL = 63
_LABEL = re.compile(r"[^\W_](?:[\w-]*[^\W_])?", re.UNICODE)
_EXAMPLE = "https://cong.suoimau.example hoặc tên miền suoimau.example"
_SENT_AS_WRITTEN = "/%+:@!$&()*=~-._"  # semicolon and comma part the entries of a cell
_PORTS = {"https": 443, "http": 80}

Ip = IPv4Address | IPv6Address


class WebAddress(NamedTuple):
    """A web address taken apart; ``host`` is lower case, without brackets; ``path`` is ready to be sent."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def text(self) -> str:
        """The address as written; the scheme's own port is left out."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}{self.path}"


def ip_of(host: str) -> Ip | None:
    """The IP address a host is written as; ``None`` for a name."""
    try:
        return ip_address(host)
    except ValueError:
        return None


def ascii_host(host: str) -> str:
    """The host as it travels: international names in their ASCII form, addresses as they are.

    Raises:
        ValueError: a name that has no such form.
    """
    return host if ip_of(host) else host.encode("idna").decode("ascii")


def read_host(text: str) -> str:
    """A host name or IP address in its canonical form: NFC, lower case, no closing dot.

    Raises:
        ValueError: neither a name nor an address; a Vietnamese sentence.
    """
    host = unicodedata.normalize("NFC", text.strip()).lower().removesuffix(".")
    address = ip_of(host)
    if address is not None:
        if getattr(address, "scope_id", None):
            raise ValueError(f"“{text}” mang tên cổng mạng của máy. Hãy ghi địa chỉ IP không kèm dấu %.")
        return str(address)
    labels = host.split(".")
    # a last label of digits would be read by some systems as an IP address in disguise (0x7f.1, 2130706433)
    if not all(_LABEL.fullmatch(label) for label in labels) or re.fullmatch(r"\d+|0x[0-9a-f]*", labels[-1]):
        raise ValueError(f"“{text}” không phải là tên miền. Hãy ghi như {_EXAMPLE}.")
    try:
        short = ascii_host(host)
    except UnicodeError:
        raise ValueError(f"“{text}” không phải là tên miền dùng được trên mạng. Hãy ghi như {_EXAMPLE}.") from None
    if len(short) > _LONGEST_HOST or any(len(label) > _LONGEST_LABEL for label in short.split(".")):
        raise ValueError(f"Tên miền “{text[:40]}…” quá dài. Hãy kiểm tra lại.")
    return host


def read_web_address(text: str, schemes: tuple[str, ...] = ("https",)) -> WebAddress:
    """A web address: host, port and path; no user name, no ``#``.

    Raises:
        ValueError: not such an address; a Vietnamese sentence.
    """
    written = unicodedata.normalize("NFC", text.strip())
    if len(written) > LONGEST or any(char.isspace() or not char.isprintable() for char in written):
        raise ValueError("Địa chỉ web quá dài, hoặc có dấu cách, ký tự lạ. Hãy chép lại từ trình duyệt.")
    try:
        parts = urlsplit(written)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError(f"“{text}” không phải là địa chỉ web. Hãy ghi như {_EXAMPLE}.") from None
    if parts.scheme not in schemes:
        raise ValueError(
            f"“{text}” không bắt đầu bằng https://. Hãy ghi địa chỉ https://…; "
            "trang chưa có https thì chỉ ghi tên miền."
        )
    if "@" in parts.netloc or parts.fragment or "\\" in written:
        raise ValueError(f"“{text}” mang tên đăng nhập hoặc dấu # không thuộc địa chỉ. Hãy bỏ phần ấy đi.")
    query = f"?{quote(parts.query, safe=_SENT_AS_WRITTEN + '?')}" if parts.query else ""
    path = quote(parts.path, safe=_SENT_AS_WRITTEN) or "/"
    return WebAddress(parts.scheme, read_host(host), port or _PORTS[parts.scheme], path + query)


def read_reached_by(text: str) -> str:
    """One entry of the inventory: an https address, a host name or a mail domain, in canonical form.

    A bare name has a dot: ``không`` typed into the cell is no domain.

    Raises:
        ValueError: a Vietnamese sentence.
    """
    written = text.strip()
    if "://" in written:
        address = read_web_address(written)
        return address._replace(path="" if address.path == "/" else address.path).text
    if "@" in written:
        raise ValueError(f"“{text}” là một hộp thư. Hãy ghi tên miền đứng sau dấu @.")
    if "/" in written or (":" in written and ip_of(written) is None):
        raise ValueError(f"“{text}” thiếu https:// ở đầu. Hãy ghi như {_EXAMPLE}.")
    host = read_host(written)
    if "." not in host and ":" not in host:
        raise ValueError(f"“{text}” không phải là tên miền. Hãy ghi như {_EXAMPLE}.")
    return host


def host_of(entry: str) -> str:
    """The host of an entry :func:`read_reached_by` has read."""
    return read_web_address(entry).host if "://" in entry else entry
