"""How things that must be hidden look in a free text."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple


class View(NamedTuple):
    """A text as it is searched: lower case, plain blanks and digits, invisible signs left out.

    ``places`` gives for every sign of ``text`` where it stands in the original.
    """

    text: str
    places: tuple[int, ...]


class Pattern(NamedTuple):
    """A shape: what it stands for, the group that is hidden, and the name of a closer look."""

    kind: str
    find: re.Pattern[str]
    group: int = 0
    check: str = ""


def seen(text: str) -> View:
    """The text as it is searched."""
    signs, places = [], []
    for at, sign in enumerate(text):
        if unicodedata.category(sign) == "Cf":  # zero-width and soft-hyphen signs
            continue
        plain = unicodedata.normalize("NFKC", sign).lower()
        if len(plain) != 1:
            plain = sign
        signs.append(" " if plain.isspace() and plain != "\n" else plain)
        places.append(at)
    return View("".join(signs), tuple(places))


_DOT = r"\[?\.\]?"
_OCTET = r"\d{1,3}"
_IP4 = rf"(?<!\d)(?<!\d\.){_OCTET}(?:{_DOT}{_OCTET}){{3}}(?:/\d{{1,2}}|[-–]\d{{1,3}})?(?!\d)(?!\.\d)"
_IP4_OPEN = rf"(?<!\d)(?<!\d\.){_OCTET}{_DOT}{_OCTET}{_DOT}(?:{_OCTET}{_DOT}[x*]|[x*](?:{_DOT}[x*])?)(?!\w)"
_IP4_PRIVATE = r"(?<!\d)(?<!\d\.)(?:192\.168|172\.(?:1[6-9]|2\d|3[01]))\.\d{1,3}(?!\d)"
_IP6 = r"(?<![\w:])[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}(?:%\w+)?(?:/\d{1,3})?(?![\w:])"
_MAC = r"(?<!\w)(?:(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}|(?:[0-9a-f]{4}\.){2}[0-9a-f]{4})(?!\w)"
_ENDINGS = (
    "vn|com|net|org|edu|gov|info|biz|io|app|dev|cloud|asia|example|local|localhost|lan|internal|intranet|corp|home|test|"
    "invalid|arpa"
)
_HOST = rf"(?<![\w@.-])(?:\w(?:[\w-]*\w)?\.)+(?:{_ENDINGS})(?![\w-]|\.\w)(?::\d+)?"
_WEB = r"(?<!\w)(?:https?|s?ftp|ssh|rdp|ldaps?|smb|tcp|udp)://[^\s<>\"“”]+"
_SHARE = r"\\\\[\w.$-]+(?:\\[\w.$ -]+)*"
_MAIL = r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*"
_PHONE = r"(?<![\w/])(?:\(?\+?84\)?|\(?0\d{0,3}\)?)(?:[ .-]{0,2}\d){7,11}(?!\w)"
_PHONE_NAMED = r"(?:điện thoại|đường dây nóng|hotline|sđt|đt|tel|fax|zalo)\s*(?:số)?\s*[:.]?\s*(\+?\d[\d .()-]*\d)"
_SERIAL = (
    r"(?:sê[- ]?ri|serial(?:\s*(?:number|no\.?))?|s/n|seri)\s*(?:của máy|thiết bị)?\s*(?:là|:|#|\.)?\s*"
    r"([a-z0-9][\w./-]*\d[\w./-]*|\d[\w./-]*)"
)
_SERIAL_GIVEN = r"số sê-ri:\s*([^;\n]+)"
_LOGIN = r"(?:tài khoản|tên đăng nhập|tên truy cập|mật khẩu|username|user name|user|login|account|password|passwd|pwd)"
_SAID = r"(?:\s+(?:quản trị|người dùng|dùng chung|dịch vụ|truy cập|đăng nhập|hệ thống|mặc định|cấp cao|có tên|tên|là))*"
_WELL_KNOWN = (
    "administrator|superadmin|sysadmin|admin|root|sa|guest|postgres|oracle|mysql|support|supervisor|operator|dba|backup"
)
_TOKEN = rf"(?:[a-z0-9][a-z0-9@$-]*[\d._\\@$][\w.@\\$-]*|(?:{_WELL_KNOWN})(?!\w))"
_AND = r"\s*(?:,|;|/|và|hoặc)\s*"

PATTERNS = (
    Pattern("host", re.compile(_WEB)),
    Pattern("host", re.compile(_SHARE)),
    Pattern("contact", re.compile(_MAIL)),
    Pattern("host", re.compile(_HOST)),
    Pattern("address", re.compile(_IP4), check="octets"),
    Pattern("address", re.compile(_IP4_OPEN)),
    Pattern("address", re.compile(_IP4_PRIVATE), check="octets"),
    Pattern("address", re.compile(_MAC)),
    Pattern("address", re.compile(_IP6), check="version_six"),
    Pattern("serial", re.compile(_SERIAL_GIVEN), group=1),
    Pattern("serial", re.compile(_SERIAL), group=1),
    Pattern("account", re.compile(rf"{_LOGIN}{_SAID}\s*[:=]?\s*[“\"'‘«]([^”\"'’»\n]+)[”\"'’»]"), group=1),
    Pattern("account", re.compile(rf"{_LOGIN}{_SAID}\s*[:=]\s*(\S*[^\s.,;)])"), group=1, check="foreign"),
    Pattern("account", re.compile(rf"{_LOGIN}{_SAID}\s+({_TOKEN}(?:{_AND}{_TOKEN})*)"), group=1, check="named"),
    Pattern("account", re.compile(r"(?<![\w\\])[\w-]+\\[\w.$-]+")),
    Pattern("contact", re.compile(_PHONE), check="phone"),
    Pattern("contact", re.compile(_PHONE_NAMED), group=1),
)
