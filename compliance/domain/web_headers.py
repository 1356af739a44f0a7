"""The security headers of a web page: what a browser was told to guard against (RFC 6797, OWASP)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from compliance.domain.machine_check import CheckLine, LineState, printable

OK, WARN, BAD = LineState.OK, LineState.WARN, LineState.BAD


def header_lines(sent: Iterable[tuple[str, str]]) -> Iterator[CheckLine]:
    """A line for each header worth having; ``sent`` are names and values as they came."""
    headers: dict[str, str] = {}
    for name, value in sent:  # the same header twice is one list (RFC 9110)
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    judged = {
        "Strict-Transport-Security (HSTS)": _hsts(headers.get("strict-transport-security", "")),
        "Content-Security-Policy": _policy(headers),
        "X-Content-Type-Options": _sniffing(headers.get("x-content-type-options", "")),
        "Chống nhúng khung (X-Frame-Options, frame-ancestors)": _framing(headers),
        "Referrer-Policy": _referrer(headers.get("referrer-policy", "")),
    }
    return (CheckLine(name=name, state=state, text=text) for name, (state, text) in judged.items())


_LONG_ENOUGH = 180 * 24 * 3600
"""Seconds of HSTS below which a visitor who comes twice a year is not protected."""


def _hsts(value: str) -> tuple[LineState, str]:
    if not value:
        return WARN, "Không có; trình duyệt chưa được dặn chỉ dùng HTTPS."
    fields = dict(part.strip().lower().partition("=")[::2] for part in value.split(",", maxsplit=1)[0].split(";"))
    age = fields.get("max-age", "").strip().strip('"')
    if not age.isdecimal():
        return BAD, f"Ghi sai, trình duyệt bỏ qua: {printable(value, 100)}."
    days = int(age[:12]) // 86_400
    if int(age[:12]) < _LONG_ENOUGH:
        return WARN, f"Thời hạn chỉ {days} ngày; nên từ 180 ngày trở lên."
    return OK, f"Có, thời hạn {days} ngày."


def _policy(headers: Mapping[str, str]) -> tuple[LineState, str]:
    value = headers.get("content-security-policy", "")
    if not value:
        trial = "content-security-policy-report-only" in headers
        return WARN, "Mới ở chế độ thử (Report-Only), chưa ngăn gì." if trial else "Không có."
    if "'unsafe-inline'" in value.lower() or "'unsafe-eval'" in value.lower():
        return WARN, "Có, nhưng cho phép đoạn mã nằm ngay trong trang (unsafe-inline hoặc unsafe-eval)."
    return OK, "Có."


def _sniffing(value: str) -> tuple[LineState, str]:
    right = value.split(",", maxsplit=1)[0].strip().lower() == "nosniff"
    return (OK, "Có (nosniff).") if right else (WARN, f"Ghi sai: {printable(value, 60)}." if value else "Không có.")


def _framing(headers: Mapping[str, str]) -> tuple[LineState, str]:
    policy = headers.get("content-security-policy", "").lower()
    ancestors = [
        one.split()[1:] for one in policy.replace(",", ";").split(";") if one.split()[:1] == ["frame-ancestors"]
    ]
    if ancestors:
        return (WARN, "frame-ancestors cho mọi trang nhúng.") if "*" in ancestors[0] else (OK, "Có (frame-ancestors).")
    value = headers.get("x-frame-options", "").strip().lower()
    if value in {"deny", "sameorigin"}:
        return OK, f"Có ({value.upper()})."
    return WARN, f"Ghi sai hoặc đã lỗi thời: {printable(value, 60)}." if value else "Không có."


_LEAKY = {"unsafe-url", "no-referrer-when-downgrade"}


def _referrer(value: str) -> tuple[LineState, str]:
    policy = value.rsplit(",", maxsplit=1)[-1].strip().lower()
    if not policy:
        return WARN, "Không có."
    return (WARN, f"{printable(policy, 60)} để lộ địa chỉ trang đang xem.") if policy in _LEAKY else (OK, "Có.")
