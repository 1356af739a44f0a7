"""A paper that comes back, read once: its kind, whether it is whole, the texts of its pages, its properties.

PDFium reads the text, so that what is compared is what Chrome would show.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pypdfium2 as pdfium  # type: ignore[import-untyped]  # no published types
import pypdfium2.raw as pdfium_raw  # type: ignore[import-untyped]  # as above

from compliance.adapters.attachments import JPEG, PDF, PNG, media_type_of
from compliance.adapters.brought_files import bytes_of, safe_name
from compliance.adapters.pack_folder import pdf_keywords
from compliance.adapters.pdf_text import page_text
from compliance.errors import NotFound, Refused

_END = b"%%EOF"
_AFTER_END = 4096
"""Some signing programs pad the file's end; more than this is a file cut off in a later part."""
_MOST_PAGES = 2000


@dataclass(frozen=True)
class ReturnedFile:
    """The file; ``pages`` are the texts of its pages, ``seen`` the same with stamps and notes laid over them.

    A picture, and a page without letters, has an empty text.
    """

    name: str
    data: bytes
    media_type: str
    pages: tuple[str, ...]
    seen: tuple[str, ...]
    keywords: str

    @property
    def sha256(self) -> str:
        """The name it would be filed under."""
        return sha256(self.data).hexdigest()


def read_returned(source: Path | bytes, *, called: str = "") -> ReturnedFile:
    """Read a paper once, from a file or from its bytes.

    Raises:
        NotFound: there is no such file, or it cannot be opened.
        Refused: empty, too large, no plain file, neither PDF nor PNG nor JPEG, locked by a password, or cut off.
    """
    name = called or (safe_name(source.name) if isinstance(source, Path) else "bản đã in")
    try:
        data = bytes_of(source) if isinstance(source, Path) else source
        media_type = _type_of(data)
        if media_type == PDF:
            pages, seen = _pdf_pages(data)
            return ReturnedFile(name, data, media_type, pages, seen, pdf_keywords(data))
        _refuse_broken_picture(data)
    except NotFound as error:
        raise NotFound(f"Tệp “{name}”: {error}") from None
    except Refused as error:
        raise Refused(f"Tệp “{name}”: {error}") from None
    return ReturnedFile(name, data, media_type, ("",), ("",), "")


def _type_of(data: bytes) -> str:
    if not data:
        raise Refused("tệp rỗng (0 byte). Hãy chép hoặc tải lại từ nơi gửi.")
    found = media_type_of(data)
    if found not in {PDF, PNG, JPEG}:
        raise Refused("không phải là tệp PDF. Văn bản đã ký cần ở dạng PDF, hoặc ảnh quét PNG, JPEG.")
    return found


def _pdf_pages(data: bytes) -> tuple[tuple[str, ...], tuple[str, ...]]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("tệp có mật khẩu mở tệp nên không kiểm tra được. Hãy xin bản không đặt mật khẩu.") from None
        raise Refused("tệp PDF bị hỏng hoặc bị cắt ngắn. Hãy chép hoặc tải lại từ nơi gửi.") from None
    try:
        _refuse_cut(data, len(document))
        shown = [_page_texts(document, index) for index in range(len(document))]
    finally:
        document.close()
    return tuple(text for text, _ in shown), tuple(text for _, text in shown)


def _refuse_cut(data: bytes, pages: int) -> None:
    """PDFium mends what was cut off without a word, and the last pages are then gone."""
    end = data.rfind(_END)
    if end < 0 or len(data) - end > _AFTER_END or b" obj" in data[end:]:
        raise Refused("tệp PDF thiếu phần cuối, có thể đã bị cắt ngắn. Hãy chép hoặc tải lại từ nơi gửi.")
    if not 0 < pages <= _MOST_PAGES:
        raise Refused(f"tệp PDF có {pages} trang; chỉ nhận từ 1 đến {_MOST_PAGES} trang. Hãy chọn đúng tệp.")


def _page_texts(document: pdfium.PdfDocument, index: int) -> tuple[str, str]:
    """The text of a page, and with what is laid over it; empty where the page is damaged."""
    text = page_text(document, index) or ""
    try:
        page = document[index]
        try:
            flat = pdfium_raw.FPDFPage_Flatten(page, pdfium_raw.FLAT_NORMALDISPLAY)
        finally:
            page.close()
    except pdfium.PdfiumError:
        return text, text
    return text, (page_text(document, index) or "") if flat == pdfium_raw.FLATTEN_SUCCESS else text


def _refuse_broken_picture(data: bytes) -> None:
    from PIL import Image  # noqa: PLC0415 - loaded only where a picture comes back

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # what is really too large raises an error
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as image:
                image.load()
            if data.startswith(b"\x89PNG") and b"IEND" not in data:  # a flat picture decodes without its end
                raise ValueError
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        raise Refused("ảnh bị hỏng hoặc bị cắt ngắn nên không mở được. Hãy chép hoặc quét lại.") from None
