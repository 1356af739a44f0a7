"""What a look at a web address says: encryption, certificate, security headers, the way from http to https.

Thresholds are those of common practice (RFC 8996 for old TLS, RFC 6797 for HSTS, OWASP for headers), not of the law.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum

from compliance.domain.address import ascii_host, ip_of
from compliance.domain.blank import Frozen
from compliance.domain.machine_check import CheckLine, LineState, printable
from compliance.domain.web_headers import header_lines
from compliance.domain.wording import date_text

RENEW_WITHIN_DAYS = 30
_FIRST_ERROR = 400
OK, WARN, BAD, UNKNOWN = LineState.OK, LineState.WARN, LineState.BAD, LineState.UNKNOWN


class Attempt(StrEnum):
    """What came of trying an old version of TLS."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    UNTRIED = "untried"
    NO_ANSWER = "no_answer"


class Certificate(Frozen):
    """A server's certificate: whose, by whom, for which names, from when until when."""

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: datetime
    not_after: datetime
    sha256: str


class Hop(Frozen):
    """One request and its answer; ``failure`` says in words why there was none.

    ``refused`` means nobody listens at the port. ``chain_fault`` is why the certificate was not trusted; ``None`` where
    there is none to trust, or nothing to trust it by.
    """

    url: str
    ip: str = ""
    status: int = 0
    location: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    failure: str = ""
    refused: bool = False
    chain_fault: str | None = None


class WebFacts(Frozen):
    """Everything one look at a web address saw.

    ``unreached`` means that the failure may as well lie on the way. ``chain_fault`` as in :class:`Hop`, empty when
    trusted. ``trail`` begins at the address itself, ``plain`` at http;
    ``outside`` and ``plain_outside`` are where they led and were not followed.
    """

    host: str
    failure: str = ""
    unreached: bool = False
    version: str = ""
    cipher: str = ""
    certificate: Certificate | None = None
    chain_fault: str | None = None
    old_versions: Mapping[str, Attempt] = {}
    trail: tuple[Hop, ...] = ()
    outside: str = ""
    plain: tuple[Hop, ...] = ()
    plain_outside: str = ""


def web_lines(facts: WebFacts, at: datetime) -> tuple[CheckLine, ...]:
    """Every line of the check, in the order an officer reads them; ``at`` is the moment it was made."""
    if facts.failure:
        state = UNKNOWN if facts.unreached else BAD
        return (_line("Kết nối HTTPS", state, f"Không kết nối được bằng HTTPS: {facts.failure}."), *_redirect(facts))
    return (*_tls(facts), *_certificate(facts, at), *_end(facts), *_headers(facts.trail), *_redirect(facts))


def _line(name: str, state: LineState, text: str) -> CheckLine:
    return CheckLine(name=name, state=state, text=text)


def _tls(facts: WebFacts) -> Iterator[CheckLine]:
    modern = facts.version in {"TLSv1.2", "TLSv1.3"}
    version = facts.version.replace("TLSv", "TLS ")
    yield _line("Phiên bản TLS", OK if modern else BAD, f"Máy chủ dùng {version}, bộ mã {facts.cipher}.")
    said = {
        Attempt.ACCEPTED: (BAD, "Máy chủ vẫn chấp nhận phiên bản cũ này; hãy đề nghị tắt."),
        Attempt.REFUSED: (OK, "Máy chủ không chấp nhận phiên bản cũ này."),
        Attempt.UNTRIED: (UNKNOWN, "Máy này không thử được vì thư viện mã hóa của máy đã bỏ phiên bản cũ."),
        Attempt.NO_ANSWER: (UNKNOWN, "Máy chủ không trả lời khi thử phiên bản này."),
    }
    for old, attempt in facts.old_versions.items():
        yield _line(old.replace("TLSv", "TLS "), *said[attempt])


def _certificate(facts: WebFacts, at: datetime) -> Iterator[CheckLine]:
    if facts.certificate is None:
        yield _line("Chứng thư số", UNKNOWN, "Không đọc được chứng thư số của máy chủ.")
        return
    found = facts.certificate
    yield _line("Chứng thư số: thời hạn", *_validity(found, at))
    matched = names_match(found.names, facts.host)
    names = printable(", ".join(found.names), 200) or "không ghi tên nào"
    yield _line(
        "Chứng thư số: tên miền",
        OK if matched else BAD,
        f"Chứng thư {'' if matched else 'không '}cấp cho {facts.host} (ghi: {names}).",
    )
    issuer = f"Bên cấp: {printable(found.issuer, 200)}."
    trust = {
        None: (UNKNOWN, f"Máy này không có danh sách bên cấp tin cậy nên không xác minh được. {issuer}"),
        "": (OK, f"Xác minh được tới bên cấp mà máy này tin cậy. {issuer}"),
    }
    doubt = (BAD, f"Không xác minh được: {facts.chain_fault}. {issuer}")
    yield _line("Chứng thư số: chuỗi tin cậy", *trust.get(facts.chain_fault, doubt))


def _validity(found: Certificate, at: datetime) -> tuple[LineState, str]:
    days = (found.not_after - at).days
    until = _day(found.not_after, at)
    if at < found.not_before:
        return BAD, f"Chứng thư chưa có hiệu lực (từ {_day(found.not_before, at)})."
    if at > found.not_after:
        return BAD, f"Chứng thư đã hết hạn ngày {until}."
    if days <= RENEW_WITHIN_DAYS:
        return WARN, f"Chứng thư hết hạn ngày {until}, chỉ còn {days} ngày; hãy gia hạn."
    return OK, f"Chứng thư có hiệu lực đến ngày {until}, còn {days} ngày."


def _day(moment: datetime, at: datetime) -> str:
    """The day where the office is; certificates “for ever” end in the last hour there is (RFC 5280 §4.1.2.5)."""
    try:
        return date_text(moment.astimezone(at.tzinfo).date())
    except OverflowError:
        return date_text(moment.date())


def names_match(names: Iterable[str], host: str) -> bool:
    """Whether a certificate for these names covers the host; ``*`` stands for exactly the first label (RFC 9525)."""
    if ip_of(host) is not None:
        return any(ip_of(name) == ip_of(host) for name in names)
    wanted = ascii_host(host).lower()
    rest = wanted.partition(".")[2]
    return any(name.lower().rstrip(".") in {wanted, f"*.{rest}" if rest else wanted} for name in names)


def _end(facts: WebFacts) -> Iterator[CheckLine]:
    """Where the address finally leads."""
    name = "Địa chỉ cuối cùng"
    last = facts.trail[-1] if facts.trail else None
    if facts.outside:
        yield _line(name, WARN, f"Trang chuyển hướng tới {facts.outside}, ngoài danh mục; không kiểm tra tiếp.")
    elif last is None or last.failure:
        yield _line(name, UNKNOWN, f"Không nhận được trả lời: {last.failure if last else 'chưa hỏi'}.")
    elif last.location:
        yield _line(name, BAD, "Trang chuyển hướng quá nhiều lần hoặc tới một địa chỉ không đọc được.")
    elif last.url.startswith("http://"):
        yield _line(name, BAD, f"Trang đưa người dùng về {last.url}, không mã hóa.")
    else:
        state, note = (BAD, f", nhưng chứng thư ở đó: {last.chain_fault}") if last.chain_fault else (OK, "")
        yield _line(name, state, f"{last.url} trả lời mã {last.status}, trong danh mục{note}.")


def _headers(trail: tuple[Hop, ...]) -> Iterable[CheckLine]:
    if not trail or trail[-1].failure:
        return (_line("Tiêu đề bảo mật HTTP", UNKNOWN, "Không nhận được trả lời để đọc tiêu đề."),)
    return header_lines(trail[-1].headers)


def _redirect(facts: WebFacts) -> Iterator[CheckLine]:
    """Whether somebody who types the name without https ends up encrypted."""
    name = "Chuyển từ HTTP sang HTTPS"
    if not facts.plain:
        return
    last = facts.plain[-1]
    if facts.plain_outside:
        safe = facts.plain_outside.startswith("https://")
        text = f"HTTP chuyển tới {facts.plain_outside}, ngoài danh mục; không kiểm tra tiếp."
        yield _line(name, WARN if safe else BAD, text)
    elif last.url.startswith("https://"):
        yield _line(name, OK, f"HTTP được chuyển tới {last.url}.")
    elif last.refused:
        yield _line(name, OK, "Máy chủ không mở cổng HTTP nên không có trang không mã hóa.")
    elif last.failure:
        yield _line(name, UNKNOWN, f"Không kiểm tra được cổng HTTP: {last.failure}.")
    elif last.location:
        yield _line(name, BAD, "HTTP chuyển hướng vòng quanh mà không tới HTTPS.")
    else:
        shown = BAD if last.status < _FIRST_ERROR else WARN
        yield _line(name, shown, f"{last.url} trả lời mã {last.status} mà không chuyển sang HTTPS.")
