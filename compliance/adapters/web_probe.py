"""One look at a web address: TLS, certificate, headers, redirects. Every packet goes to an address of the inventory."""

from __future__ import annotations

import http.client
import socket
import ssl
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urldefrag, urljoin

from compliance.adapters.web_certificate import read_certificate
from compliance.adapters.web_connection import (
    LocalLimit,
    NoAnswer,
    Resolve,
    any_certificate,
    connect,
    cut_off,
    encrypted,
    is_local,
    knows_issuers,
    only_version,
    system_resolve,
    trusting,
)
from compliance.domain.address import WebAddress, ascii_host, read_web_address
from compliance.domain.machine_check import printable
from compliance.domain.reach import refuse_trick
from compliance.domain.web_check import Attempt, Certificate, Hop, WebFacts

SECONDS = 10.0
"""What one connection may take; all together take at most :data:`IN_ALL`."""
IN_ALL = 90.0
MOST_HOPS = 5
LONGEST_HEADER = 8000
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OLD = {"TLSv1.0": ssl.TLSVersion.TLSv1, "TLSv1.1": ssl.TLSVersion.TLSv1_1}
_SECRET = frozenset({"set-cookie", "set-cookie2", "www-authenticate", "authorization"})
_CHAIN_FAULTS = {
    9: "chứng thư chưa có hiệu lực",
    10: "chứng thư đã hết hạn",
    18: "chứng thư tự ký, không do bên nào cấp",
    19: "bên cấp đứng đầu chuỗi không có trong danh sách tin cậy của máy này",
    20: "máy này không biết bên cấp, hoặc máy chủ gửi thiếu chứng thư trung gian",
    21: "máy chủ gửi thiếu chứng thư trung gian",
}


class WebProbe:
    """Looks at addresses and writes down every step in ``raw``.

    Args:
        may_follow: whether a redirect may be followed.
        trust: a file of trusted issuers in place of the machine's own.
        http_port: where http is asked for.
        seconds: what one connection may take.
        in_all: what all of them may take together.
        resolve: the resolver.
    """

    def __init__(
        self,
        may_follow: Callable[[WebAddress], bool],
        *,
        trust: Path | None = None,
        http_port: int = 80,
        seconds: float = SECONDS,
        in_all: float = IN_ALL,
        resolve: Resolve = system_resolve,
    ) -> None:
        self.may_follow, self.trust, self.http_port, self.resolve = may_follow, trust, http_port, resolve
        self.seconds, self.until = seconds, time.monotonic() + in_all
        self.known: dict[str, tuple[str, ...]] = {}
        self.raw: list[str] = []

    def look(self, address: WebAddress) -> WebFacts:
        """Everything seen at the address.

        Raises:
            Refused: the name leads where no system of an office lies; nothing was sent there.
        """
        plain, plain_outside = self._follow(WebAddress("http", address.host, self.http_port, "/"))
        facts = WebFacts(host=address.host, plain=plain, plain_outside=plain_outside)
        try:
            talking, ip, chain_fault = self._talk(address)
        except (NoAnswer, ssl.SSLError) as error:
            unreached = isinstance(error, NoAnswer) and not error.refused
            return facts.model_copy(update={"failure": _said(error), "unreached": unreached})
        with closing(talking):
            version, cipher = talking.version() or "", (talking.cipher() or ("",))[0]
            certificate = read_certificate(talking.getpeercert(binary_form=True))
        self._note(f"{ip}:{address.port} {version} {cipher}")
        self._note_certificate(certificate, chain_fault)
        old = {name: self._try(address, ip, version) for name, version in _OLD.items()}
        trail, outside = self._follow(address)
        seen: dict[str, object] = {
            "version": version,
            "cipher": cipher,
            "certificate": certificate,
            "chain_fault": chain_fault,
            "old_versions": old,
            "trail": trail,
            "outside": outside,
        }
        return facts.model_copy(update=seen)

    # --- connections

    def _left(self) -> float:
        """Seconds the next step may take."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise NoAnswer("đã hết thời gian dành cho cả lần kiểm tra")
        return min(self.seconds, left)

    def _ips(self, address: WebAddress) -> tuple[str, ...]:
        """Looked up once for the whole check: a name that changes meanwhile leads nowhere else."""
        if address.host not in self.known:
            found = self.resolve(address.host, address.port, self._left())
            self._note(f"DNS {address.host} -> {', '.join(found)}")
            refuse_trick(address.host, found)
            self.known[address.host] = found
        return self.known[address.host]

    def _talk(self, address: WebAddress) -> tuple[ssl.SSLSocket, str, str | None]:
        """A TLS connection, its IP address, and why its chain is not trusted (``""`` trusted, ``None`` unknown)."""
        context, ips, seconds = trusting(self.trust), self._ips(address), self._left()
        connection, ip = connect(ips, address.port, seconds)
        try:
            return encrypted(connection, address.host, context, seconds), ip, ""
        except ssl.SSLCertVerificationError as error:
            reason = _CHAIN_FAULTS.get(error.verify_code, printable(error.verify_message, 100))
            fault = reason if knows_issuers(context) or error.verify_code in {9, 10, 18} else None
        seconds = self._left()
        connection, ip = connect((ip,), address.port, seconds)
        return encrypted(connection, address.host, any_certificate(), seconds), ip, fault

    def _try(self, address: WebAddress, ip: str, version: ssl.TLSVersion) -> Attempt:
        attempt = Attempt.REFUSED
        detail = ""
        try:
            context, seconds = only_version(version), self._left()
            connection, _ = connect((ip,), address.port, seconds)
            encrypted(connection, address.host, context, seconds).close()
            attempt = Attempt.ACCEPTED
        except LocalLimit:
            attempt = Attempt.UNTRIED
        except ssl.SSLError as error:
            detail = error.reason or ""
            attempt = Attempt.UNTRIED if is_local(error) else Attempt.REFUSED
        except NoAnswer as error:
            detail = str(error)
            attempt = Attempt.REFUSED if "ngắt kết nối" in detail else Attempt.NO_ANSWER
        self._note(f"try {version.name}: {attempt.value} {detail}".rstrip())
        return attempt

    # --- requests

    def _follow(self, start: WebAddress) -> tuple[tuple[Hop, ...], str]:
        """Request after request as long as redirects stay inside the inventory; and where they would lead outside."""
        hops: list[Hop] = []
        address = start
        while True:
            hop = self._ask(address)
            hops.append(hop)
            if not hop.location or len(hops) > MOST_HOPS:
                return tuple(hops), ""
            try:
                address = read_web_address(urldefrag(urljoin(address.text, hop.location))[0], ("https", "http"))
            except ValueError:
                return tuple(hops), ""
            if not self.may_follow(address):
                self._note(f"redirect not followed: {address.text}")
                return tuple(hops), address.text

    def _ask(self, address: WebAddress) -> Hop:
        """One GET without cookies; the head of the answer is read, the body is left."""
        ip, chain_fault = "", None
        connection: socket.socket
        try:
            ips, seconds = self._ips(address), self._left()
            if address.scheme == "https":
                connection, ip, chain_fault = self._talk(address)
            else:
                connection, ip = connect(ips, address.port, seconds)
            with closing(connection), cut_off(connection, seconds):
                asking = http.client.HTTPConnection(ascii_host(address.host), address.port)
                asking.sock = connection
                asking.putrequest("GET", address.path, skip_accept_encoding=True)
                asking.putheader("User-Agent", "compliance-check")
                asking.putheader("Connection", "close")
                asking.endheaders()
                answer = asking.getresponse()
                headers = tuple(
                    (printable(name, 100), printable(value, LONGEST_HEADER)) for name, value in answer.getheaders()
                )
                location = answer.getheader("Location", "") if answer.status in _REDIRECTS else ""
        except (NoAnswer, ssl.SSLError) as error:
            self._note(f"GET {address.text} [{ip or '-'}] failed: {error}")
            refused = isinstance(error, NoAnswer) and error.refused
            return Hop(url=address.text, ip=ip, failure=_said(error), refused=refused)
        self._note(f"GET {address.text} [{ip}:{address.port}] -> {answer.status}")
        for name, value in headers:
            self._note(f"    {name}: {'(giá trị không lưu)' if name.lower() in _SECRET else value}")
        return Hop(
            url=address.text,
            ip=ip,
            status=answer.status,
            location=printable(location or "", 2000),
            headers=headers,
            chain_fault=chain_fault,
        )

    # --- the record

    def _note(self, line: str) -> None:
        self.raw.append(printable(line, LONGEST_HEADER))

    def _note_certificate(self, found: Certificate | None, chain_fault: str | None) -> None:
        if found is not None:
            self._note(f"certificate subject: {found.subject}")
            self._note(f"certificate issuer: {found.issuer}")
            self._note(f"certificate names: {', '.join(found.names)}")
            self._note(f"certificate valid: {found.not_before.isoformat()} .. {found.not_after.isoformat()}")
            self._note(f"certificate sha256: {found.sha256}")
        self._note(f"certificate chain: {'unknown' if chain_fault is None else chain_fault or 'verified'}")


def _said(error: OSError) -> str:
    if isinstance(error, NoAnswer):
        return str(error)
    reason = error.reason if isinstance(error, ssl.SSLError) else ""
    return f"hai bên không thỏa thuận được mã hóa ({(reason or 'không rõ lý do').replace('_', ' ').lower()})"
