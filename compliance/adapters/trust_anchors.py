"""Root certificates the office trusts, put by it into its own folder; none is shipped with the program."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from asn1crypto import pem, x509  # type: ignore[import-untyped]  # no published types

FOLDER = "chung-thu-goc"
"""The folder in the workspace."""

_LARGEST = 1024 * 1024
_MOST = 200


@dataclass(frozen=True)
class TrustAnchors:
    """The certificates (DER), and a sentence for every file that is none."""

    certificates: tuple[bytes, ...]
    remarks: tuple[str, ...]


def anchors_in(folder: Path) -> TrustAnchors:
    """Every certificate (PEM or DER, also several in one file) of a folder; none where there is no folder."""
    found, remarks = list[bytes](), list[str]()
    try:
        paths = sorted(one for one in folder.iterdir() if not one.name.startswith("."))[:_MOST]
    except OSError:
        return TrustAnchors((), ())
    for path in paths:
        try:
            found += _certificates(path)
        except (OSError, ValueError):
            text = "không phải là chứng thư đọc được (cần dạng .cer, .crt, .pem hoặc .der) nên không được dùng."
            remarks.append(f"Tệp {path.name} trong thư mục {FOLDER} {text}")
    return TrustAnchors(tuple(dict.fromkeys(found)), tuple(remarks))


def _certificates(path: Path) -> list[bytes]:
    """The certificates of one file.

    Raises:
        OSError: it cannot be read.
        ValueError: it is no plain file of certificates.
    """
    if not path.is_file() or path.stat().st_size > _LARGEST:
        raise ValueError
    return certificates_of(path.read_bytes())


def certificates_of(data: bytes) -> list[bytes]:
    """The certificates (DER) in PEM or DER text.

    Raises:
        ValueError: there is none, or one is damaged.
    """
    parts = [der for _, _, der in pem.unarmor(data, multiple=True)] if pem.detect(data) else [data]
    for der in parts:
        one = x509.Certificate.load(der, strict=True)
        _ = (one.subject.native, one.public_key.native, one.not_valid_after)  # read through, so that damage shows here
    if not parts:
        raise ValueError
    return parts
