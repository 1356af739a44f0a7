"""Number, date and signer somebody typed for a returned paper, held against what the paper itself says."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date

from compliance.domain.folded_text import fold
from compliance.domain.signature_outcomes import Outcome, Standing
from compliance.domain.wording import date_text

_NUMBER = re.compile(r"\bSố\s*:\s*(\d+[^\W\d]?\s*/\s*[\w./\-]*[^\W_])")
_DATE = re.compile(r"\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})\b")


def spellings(number: str, day: date | None) -> tuple[str, ...]:
    """The number, its figure, and the date with its parts, as a stamp or a hand writes them."""
    figure = number.partition("/")[0].strip()
    parts = [number.strip(), figure, f"Số: {number.strip()}"] if number.strip() else []
    if day is not None:
        months = {str(day.month), f"{day.month:02}"}
        days = {str(day.day), f"{day.day:02}"}
        parts += [f"ngày {one} tháng {other} năm {day.year}" for one in days for other in months]
        parts += [date_text(day), str(day.year), *days, *months]
    return tuple(dict.fromkeys(parts))


def particulars(
    pages: Sequence[str], number: str, day: date | None, signer: str, certified: Sequence[str] = ()
) -> tuple[Outcome, ...]:
    """Whether what was typed stands in the paper, or the signer's name in a certificate (``certified``).

    Nothing is said of what was not typed.
    """
    text = unicodedata.normalize("NFC", "\n".join(pages))
    head = unicodedata.normalize("NFC", pages[0]) if pages else ""
    said = []
    if number.strip():
        said.append(_number(text, head, number.strip()))
    if day is not None:
        said.append(_day(text, head, day))
    if signer.strip():
        said.append(_signer(text, signer.strip(), certified))
    return tuple(said)


def _signer(text: str, signer: str, certified: Sequence[str]) -> Outcome:
    if any(fold(signer) in fold(name) for name in certified):
        return _outcome("signer", Standing.GOOD, f"Chứng thư của chữ ký số mang tên người ký “{signer}”.")
    if fold(signer) in fold(text):
        return _outcome("signer", Standing.GOOD, f"Tên người ký “{signer}” có trong chữ của tệp.")
    told = f"Tên người ký “{signer}” không thấy trong chữ của tệp. Hãy xem bằng mắt ở phần ký tên."
    return _outcome("signer", Standing.UNVERIFIED, told)


def _outcome(about: str, standing: Standing, text: str) -> Outcome:
    return Outcome(about=about, standing=standing, text=text)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text).upper()


def _number(text: str, head: str, number: str) -> Outcome:
    """The number in the head decides: another paper's number may well be cited further down."""
    found = _NUMBER.search(head)
    written = re.sub(r"\s+", "", found.group(1)) if found else ""
    if written and _plain(written) != _plain(number):
        told = f"Số {number} không thấy trong tệp; trang đầu ghi số {written}. Hãy kiểm tra lại số hoặc chọn đúng tệp."
        return _outcome("number", Standing.BAD, told)
    if written or re.search(rf"(?<![0-9]){re.escape(_plain(number))}(?![0-9A-ZĐ])", _plain(text)):
        return _outcome("number", Standing.GOOD, f"Số {number} có trong tệp.")
    told = f"Số {number} không thấy trong tệp. Nếu số được viết tay hoặc đóng dấu, hãy xem bằng mắt."
    return _outcome("number", Standing.UNVERIFIED, told)


def _day(text: str, head: str, day: date) -> Outcome:
    """The date in the head decides, as with the number."""
    shown, wanted = date_text(day), (day.day, day.month, day.year)
    found = _DATE.search(head.partition("Căn cứ")[0])
    told = f"Ngày {shown} không thấy trong tệp"
    if found and _date_of(found) != wanted:
        written = "{:02}/{:02}/{}".format(*_date_of(found))
        told = f"{told}; trang đầu ghi ngày {written}. Hãy kiểm tra lại ngày hoặc chọn đúng tệp."
        return _outcome("date", Standing.BAD, told)
    if found or shown in text or any(_date_of(one) == wanted for one in _DATE.finditer(text)):
        return _outcome("date", Standing.GOOD, f"Ngày {shown} có trong tệp.")
    return _outcome("date", Standing.UNVERIFIED, f"{told}. Nếu ngày được viết tay hoặc đóng dấu, hãy xem bằng mắt.")


def _date_of(found: re.Match[str]) -> tuple[int, int, int]:
    day, month, year = map(int, found.groups())
    return day, month, year
