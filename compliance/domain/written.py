"""Values as an office writes them in a cell: dates, papers, stated absences, addresses and ids.

Every reader returns the value or raises ``ValueError`` with a Vietnamese sentence; nothing is guessed.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from ipaddress import ip_address, ip_network

from compliance.domain.address import read_reached_by
from compliance.domain.blank import Absence, AbsenceKind
from compliance.domain.paper import Paper
from compliance.domain.wording import folded

ID_LENGTH = 63
_YEARS = range(1900, 2200)
"""Years a system or paper can be of; 0026 or 20226 is a slip of the hand."""
_DIGEST_LENGTH = 8

_DATE = (
    r"(?:(?P<day>\d{1,2})\s*(?:tháng|[/.\-])\s*(?P<month>\d{1,2})\s*(?:năm|[/.\-])\s*(?P<year>\d{4})"
    r"|(?P<iso>\d{4}-\d{2}-\d{2})(?:[ T]00:00(?::00)?)?)"
)
_WHOLE_DATE = re.compile(rf"(?:ngày\s+)?{_DATE}\.?", re.IGNORECASE)
_CITED = (
    r"(?P<subject>.*?)"
    r"(?:(?:^|\s)(?:số\s*:?\s*(?P<number>(?=\S*\d)\S+?)|(?P<bare>\d+\w*/(?!\d+/\d)\S*?[^\W\d]\S*?))[,;.]?(?=\s|$))?"
    rf"(?:(?:^|[\s,(]+)ngày\s+{_DATE}[,;)]*)?"
    r"(?:(?:^|\s+)(?:của|do)\s+(?P<issuer>.+?)(?:\s+ban hành)?)?"
)
_PAPER = re.compile(_CITED, re.IGNORECASE | re.DOTALL)
_PAPER_ABOUT = re.compile(_CITED + r"\s+(?P<about>(?:về việc|v/v)\s+.+)", re.IGNORECASE | re.DOTALL)
_ABSENCE = re.compile(
    r"(?P<kind>chưa có|không có|không áp dụng)"
    r"(?:\s*\((?P<bracketed>.+)\)|\s*[:–—-]\s*(?P<after>.+)|\s*,?\s+(?:vì|do)\s+(?P<because>.+))?[.]?",
    re.IGNORECASE | re.DOTALL,
)
_ABSENCE_KINDS = {
    "chua co": AbsenceKind.NOT_YET,
    "khong co": AbsenceKind.NONE,
    "khong ap dung": AbsenceKind.NOT_APPLICABLE,
}
_CLEAR = re.compile(r"[(\[]\s*(?:xóa|xoá|xoa)\s*[)\]]", re.IGNORECASE)
_BLANKS = {"", "khong", "khong co", "chua co", "chua ro"}


def identifier(words: str) -> str:
    """A stable id from words: ``Máy chủ số 1`` -> ``may-chu-so-1``; long words end in a digest of the whole."""
    slug = folded(words).replace(" ", "-")
    if len(slug) <= ID_LENGTH:
        return slug
    digest = hashlib.sha256(slug.encode()).hexdigest()[:_DIGEST_LENGTH]
    return f"{slug[: ID_LENGTH - _DIGEST_LENGTH - 1].rstrip('-')}-{digest}"


def means_clear(text: str) -> bool:
    """Whether the cell asks to clear the stored value: ``(xóa)``."""
    return bool(_CLEAR.fullmatch(text.strip()))


def means_blank(text: str) -> bool:
    """Whether a cell that must hold a reference or an address says there is none."""
    return folded(text) in _BLANKS


def read_absence(text: str) -> Absence | None:
    """A stated absence (``Chưa có``, ``Không có: lý do``, ``Không áp dụng (lý do)``); ``None`` for anything else.

    Raises:
        ValueError: the absence needs a reason and has none.
    """
    found = _ABSENCE.fullmatch(text.strip())
    if found is None:
        return None
    kind = _ABSENCE_KINDS[folded(found["kind"])]
    reason = (found["bracketed"] or found["after"] or found["because"] or "").strip()
    if kind is not AbsenceKind.NOT_YET and not reason:
        raise ValueError(f"“{text}” phải kèm lý do, ví dụ: “{kind.label}: dùng chung hạ tầng của tỉnh”.")
    return Absence(kind=kind, reason=reason)


def read_date(text: str) -> date:
    """A date as offices write it: ``5/3/2026``, ``05-03-2026``, ``ngày 5 tháng 3 năm 2026``, ``2026-03-05``.

    Raises:
        ValueError: not a date, or no such day.
    """
    found = _WHOLE_DATE.fullmatch(text.strip())
    day = _date_of(found) if found else None
    if day is None:
        raise ValueError(f"“{text}” không phải là ngày. Hãy ghi ngày/tháng/năm, ví dụ 05/03/2026.")
    return day


def _date_of(found: re.Match[str]) -> date | None:
    if not (found["iso"] or found["year"]):
        return None
    parts = found["iso"].split("-") if found["iso"] else (found["year"], found["month"], found["day"])
    year, month, day = map(int, parts)
    try:
        if year in _YEARS:
            return date(year, month, day)
    except ValueError:
        pass  # no such day
    raise ValueError(f"“{found.group()}” không có trong lịch. Hãy kiểm tra lại ngày, tháng, năm.")


def read_paper(text: str) -> Paper:
    """A paper cited in one cell; what cannot be told apart stays, whole, in the subject.

    ``Quyết định số 12/QĐ-UBND ngày 05/03/2026 của UBND xã X`` gives number, date, issuer and subject.

    Raises:
        ValueError: the date in it does not exist.
    """
    said = text.strip()
    for pattern in (_PAPER_ABOUT, _PAPER):
        found = pattern.fullmatch(said)
        paper = _paper_of(found) if found else None
        if paper is not None:
            return paper
    return Paper(subject=said)


def _paper_of(found: re.Match[str]) -> Paper | None:
    """The paper, when a number or a date was told apart."""
    number, issued_on = found["number"] or found["bare"] or "", _date_of(found)
    about = found.groupdict().get("about") or ""
    subject = " ".join(part for part in (found["subject"].strip(" ,;"), about) if part)
    if not (number or issued_on) or not (number or subject):
        return None
    return Paper(number=number, issued_on=issued_on, issuer=(found["issuer"] or "").strip(), subject=subject)


def read_lines(text: str) -> tuple[str, ...]:
    """Lines given in one cell: one per line, or separated by semicolons."""
    parts = text.split("\n") if "\n" in text else text.split(";")
    return tuple(part.strip() for part in parts if part.strip())


def lines_text(lines: tuple[str, ...]) -> str:
    """Lines as one cell; read back by :func:`read_lines`."""
    if any(";" in line for line in lines):
        return "\n".join(lines) if len(lines) > 1 else f"{lines[0]}\n"
    return "; ".join(lines)


def read_address(text: str) -> str:
    """One IP address in its canonical form.

    Raises:
        ValueError: not an address.
    """
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        raise ValueError(f"“{text}” không phải là địa chỉ IP. Hãy ghi một địa chỉ, ví dụ 192.168.10.5.") from None


def read_ranges(text: str) -> tuple[str, ...]:
    """Addresses and CIDR ranges, separated by semicolons, commas or lines, as they were written.

    Raises:
        ValueError: one of them is neither an address nor a range.
    """
    ranges = tuple(dict.fromkeys(part.strip() for part in re.split(r"[;,\n]", text) if part.strip()))
    for one in ranges:
        try:
            ip_network(one, strict=False)
        except ValueError:
            example = "192.168.10.0/24 hoặc 203.0.113.8"
            raise ValueError(f"“{one}” không phải là địa chỉ hay dải địa chỉ IP. Hãy ghi như {example}.") from None
    return ranges


def read_reached_by_all(text: str) -> tuple[str, ...]:
    """Web addresses and mail domains of one cell, separated by semicolons, commas, blanks or lines.

    Raises:
        ValueError: one of them is neither.
    """
    return tuple(dict.fromkeys(read_reached_by(part) for part in re.split(r"[;,\s]+", text) if part))
