"""Files somebody brings: read whole or refused, under names that are safe everywhere."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import category, normalize

from compliance.adapters.attachments import MAX_BYTES
from compliance.errors import NotFound, Refused

_LONGEST_NAME = 120
_FORBIDDEN = re.compile(r'[<>:"|?*\x00-\x1f]')
_RESERVED = {"con", "prn", "aux", "nul", *(f"com{n}" for n in range(1, 10)), *(f"lpt{n}" for n in range(1, 10))}


def safe_name(name: str) -> str:
    """A file name that is safe on every system: no folders, no signs a system forbids, not too long, NFC."""
    last = re.split(r"[\\/]", normalize("NFC", name))[-1]
    shown = "".join(char for char in last if not category(char).startswith("C"))
    clean = _FORBIDDEN.sub("-", shown).strip(" .")
    stem, dot, ending = clean.rpartition(".")
    stem, ending = (stem, ending) if dot else (clean, "")
    if stem.lower() in _RESERVED or not stem:
        stem = f"tep-{stem}".rstrip("-")
    room = _LONGEST_NAME - len(ending) - 1
    return f"{stem[:room]}.{ending}" if ending else stem[:_LONGEST_NAME]


def bytes_of(path: Path) -> bytes:
    """The whole file; nothing but a plain file is opened. The sentences of its failures do not name it.

    Raises:
        NotFound: there is none, or it cannot be read.
        Refused: it is a link, a folder or a device, or too large.
    """
    try:
        if path.is_symlink():
            raise Refused("đây là đường tắt (liên kết), không phải tệp. Hãy chọn chính tệp gốc.")
        if not path.exists():
            raise NotFound("không tìm thấy tệp. Hãy kiểm tra tên tệp và thư mục.")
        if not path.is_file():
            raise Refused("đây không phải là tệp thường. Hãy chọn từng tệp một.")
        if path.stat().st_size > MAX_BYTES:  # before it fills the memory
            raise Refused(f"tệp vượt mức {MAX_BYTES // 1024**2} MB. Hãy giảm cỡ ảnh, nén hoặc tách tệp.")
        return path.read_bytes()
    except OSError:
        raise NotFound("không mở được tệp. Hãy kiểm tra quyền đọc tệp.") from None
