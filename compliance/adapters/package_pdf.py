"""What a PDF of a package carries: its pages, its keywords, the data of the dossier.

PDFium is the reader of Chrome, hardened against hostile files. What it gives is bounded before it is looked at.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # no published types

LARGEST_DATA = 32 * 1024 * 1024
"""Bytes of embedded data; that of a dossier of ten level-5 systems is about 4 MB."""
_MOST_ATTACHMENTS = 200


class PdfSaid(NamedTuple):
    """What a PDF says of itself: pages, keywords, the name of the data it carries (empty: none) and the data."""

    pages: int
    keywords: str
    name: str
    data: dict[str, Any]


class Unreadable(Exception):
    """A PDF that cannot be read; a Vietnamese sentence."""


def page_count(data: bytes) -> int:
    """The pages of a PDF; 0 for anything else and for one that cannot be read."""
    if b"%PDF-" not in data[:1024]:
        return 0
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError:
        return 0
    try:
        return len(document)
    finally:
        document.close()


def read_pdf_data(data: bytes, names: Collection[str]) -> PdfSaid:
    """What a PDF carries under one of these names.

    Raises:
        Unreadable: it needs a password, is damaged, or its data are too large or no JSON object.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Unreadable("Tệp PDF có mật khẩu mở tệp. Hãy dùng bản không đặt mật khẩu.") from None
        raise Unreadable(
            "Tệp PDF bị hỏng hoặc bị cắt ngắn (chép chưa xong, tải dở). Hãy chép hoặc tải lại từ nơi gửi."
        ) from None
    try:
        return _said(document, names)
    except pdfium.PdfiumError:
        raise Unreadable("Phần dữ liệu gắn trong tệp PDF bị hỏng. Hãy lấy lại tệp từ nơi gửi.") from None
    finally:
        document.close()


def _said(document: pdfium.PdfDocument, names: Collection[str]) -> PdfSaid:
    keywords = str(document.get_metadata_dict().get("Keywords", ""))
    count = document.count_attachments()
    if count > _MOST_ATTACHMENTS:
        raise Unreadable(f"Tệp PDF gắn {count} tệp bên trong, không phải văn bản của bộ hồ sơ.")
    attached = {document.get_attachment(at).get_name(): at for at in range(count)}
    name = next((one for one in names if one in attached), "")
    body = _json(bytes(document.get_attachment(attached[name]).get_data())) if name else {}
    return PdfSaid(len(document), keywords, name, body)


def _json(data: bytes) -> dict[str, Any]:
    broken = Unreadable("Dữ liệu gắn trong tệp PDF không đọc được, có thể đã bị sửa. Hãy lấy lại tệp từ nơi gửi.")
    if len(data) > LARGEST_DATA:
        raise Unreadable(f"Dữ liệu gắn trong tệp PDF nặng quá {LARGEST_DATA // 1024**2} MB nên không đọc.")
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        raise broken from None
    if not isinstance(body, dict):
        raise broken
    return body
