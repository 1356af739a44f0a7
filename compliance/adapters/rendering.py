"""HTML into PDF/A-3: tagged, with its data attached, the same bytes for the same input.

WeasyPrint needs libraries of the operating system, so it is loaded only here and only when a paper is printed; where
they are missing the paper is left as HTML with a sentence on how to go on.
"""

from __future__ import annotations

import logging
import os
import re
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from hashlib import sha256
from pathlib import Path
from typing import Any

from compliance.adapters.faces import Face, missing_letters
from compliance.adapters.files import write_whole
from compliance.adapters.print_complaints import about_letters, in_vietnamese

VARIANT = "pdf/a-3u"
NATIVE_PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
_MARKUP = re.compile(r"<(style|head)\b.*?</\1>|<[^>]*>", re.DOTALL)
_FETCH_ONLY = frozenset({"data", "file"})
# The optional HarfBuzz library only changes how fonts are cut down, not what the page shows.
_NOT_ABOUT_THE_PAPER = ("Using fontTools instead of HarfBuzz-Subset",)
_EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"


@dataclass(frozen=True)
class Attached:
    """A file carried inside the PDF; ``relationship`` as PDF/A-3 names it (``Data``, ``Source``, ``Supplement``)."""

    name: str
    data: bytes
    description: str
    relationship: str = "Data"


@dataclass(frozen=True)
class Properties:
    """Document properties; ``day`` dates the file, so that nothing depends on the clock."""

    title: str
    author: str
    subject: str
    keywords: tuple[str, ...]
    day: date


@dataclass(frozen=True)
class RenderedPdf:
    """A finished file; ``pages`` is 0 and ``path`` ends in ``.html`` when no PDF could be made.

    ``remarks`` are sentences for the user: letters the face lacks, pictures that could not be read, what to install.
    """

    path: Path
    sha256: str
    pages: int
    remarks: tuple[str, ...]


def render(
    html: str, out: Path, *, face: Face, properties: Properties, attachments: Sequence[Attached] = ()
) -> RenderedPdf:
    """Print a paper to ``out`` (whole or not at all).

    Args:
        html: the filled form; pictures stand in it as ``data:`` addresses.
        out: the PDF to write; with another suffix when only HTML can be left.
        face: the face the HTML names; its files are the only ones the printing may open.
        properties: document properties.
        attachments: files carried inside.

    Raises:
        OSError: the folder cannot be written.
    """
    lacking = missing_letters(face, _MARKUP.sub(" ", html))
    try:
        engine = _engine()
    except (ImportError, OSError):
        return _left_as_html(html, out, about_letters(face.name, lacking, []), attachments)
    with _collected() as lines, _dated(properties.day):
        data, pages = _printed(engine, html, face, properties, attachments)
    remarks = [*about_letters(face.name, lacking, lines), *in_vietnamese(lines)]
    write_whole(out, data)
    return RenderedPdf(path=out, sha256=sha256(data).hexdigest(), pages=pages, remarks=tuple(remarks))


def drawn(html: str, face: Face, fonts: Any = None) -> bytes:
    """Pictures alone, one a page, drawn under the rules of the papers: a PDF to make bitmaps from.

    Args:
        html: the pages; it names no faces of its own.
        face: its files are the only ones the drawing may open.
        fonts: of :func:`fonts`; ``None`` where the pictures hold no letters.

    Raises:
        ValueError: the library is missing, or complains: part of a picture cannot be drawn.
    """
    engine = _drawing_engine()
    with _collected() as lines, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of large pictures inside a picture; those too large are errors
        document = engine.HTML(string=html, url_fetcher=_fetcher(engine, face)).render(font_config=fonts)
        data: bytes = document.write_pdf()
    if lines:
        raise ValueError(lines[0])
    return data


def fonts(face: Face, names: Sequence[str]) -> Any:
    """A face under the names pictures call it by; reading it takes longer than drawing with it.

    Raises:
        ValueError: the library is missing.
    """
    engine = _drawing_engine()
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415 - needs native libraries

    found = FontConfiguration()
    css = "\n".join(replace(face, name=name).css for name in names)
    engine.CSS(string=css, font_config=found, url_fetcher=_fetcher(engine, face))
    return found


def _drawing_engine() -> Any:
    try:
        return _engine()
    except (ImportError, OSError) as error:
        raise ValueError("no library to draw with") from error


def _engine() -> Any:
    with warnings.catch_warnings():
        # Announces that a future version will need one more library; the sentence is for developers.
        warnings.simplefilter("ignore", DeprecationWarning)
        import weasyprint  # noqa: PLC0415 - needs native libraries, and is slow to load
    return weasyprint


def _printed(
    engine: Any, html: str, face: Face, properties: Properties, attachments: Sequence[Attached]
) -> tuple[bytes, int]:
    stamp = datetime.combine(properties.day, time(), UTC)
    options = {"pdf_variant": VARIANT, "pdf_tags": True, "pdf_identifier": _identifier(html, attachments)}
    document = engine.HTML(string=html, url_fetcher=_fetcher(engine, face)).render(**options)
    document.metadata.title = properties.title
    document.metadata.authors = [properties.author] if properties.author else []
    document.metadata.description = properties.subject
    document.metadata.keywords = list(properties.keywords)
    document.metadata.generator = "compliance"
    document.metadata.created = document.metadata.modified = f"{stamp:%Y-%m-%dT%H:%M:%SZ}"
    files = [
        engine.Attachment(
            string=one.data,
            name=one.name,
            description=one.description,
            created=stamp,
            modified=stamp,
            relationship=one.relationship,
        )
        for one in attachments
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # the library leaves its colour profile file to the collector
        return document.write_pdf(attachments=files, **options), len(document.pages)


def _fetcher(engine: Any, face: Face) -> Any:
    """Opens pictures inside the HTML and the files of the face, and nothing else on this machine or any other."""
    allowed = {path.as_uri() for path in face.files.values()}

    class OnlyOurs(engine.urls.URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:
            if not url.startswith("data:") and url not in allowed:
                raise ValueError(f"không mở địa chỉ bên ngoài: {url}")
            return super().fetch(url, headers)

    return OnlyOurs(allowed_protocols=_FETCH_ONLY)


def _identifier(html: str, attachments: Sequence[Attached]) -> bytes:
    digest = sha256(html.encode())
    for one in attachments:
        digest.update(one.data)
    return digest.hexdigest()[:32].encode()


class _Collector(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        line = record.getMessage()
        if not line.startswith(_NOT_ABOUT_THE_PAPER):
            self.lines.append(line)


@contextmanager
def _collected() -> Iterator[list[str]]:
    """Whatever the printing library complains of, instead of on the terminal."""
    collector, logger = _Collector(), logging.getLogger("weasyprint")
    logger.addHandler(collector)
    propagated, logger.propagate = logger.propagate, False
    try:
        yield collector.lines
    finally:
        logger.propagate = propagated
        logger.removeHandler(collector)


@contextmanager
def _dated(day: date) -> Iterator[None]:
    """The font library stamps the cut-down fonts with the clock unless this variable names the moment."""
    before = os.environ.get(_EPOCH_VARIABLE)
    os.environ[_EPOCH_VARIABLE] = str(int(datetime.combine(day, time(), UTC).timestamp()))
    try:
        yield
    finally:
        if before is None:
            del os.environ[_EPOCH_VARIABLE]
        else:
            os.environ[_EPOCH_VARIABLE] = before


def _left_as_html(html: str, out: Path, remarks: list[str], attachments: Sequence[Attached]) -> RenderedPdf:
    """The paper as HTML, and its attachments beside it."""
    data, path = html.encode(), out.with_suffix(".html")
    for one in attachments:
        write_whole(out.with_name(f"{out.stem}-{one.name}"), one.data)
    write_whole(path, data)
    remarks.append(
        "Máy này thiếu thư viện để tạo PDF nên văn bản được ghi dạng HTML: hãy mở từng tệp bằng trình duyệt rồi in ra "
        f"PDF, hoặc cài các gói {NATIVE_PACKAGES} (Debian, Ubuntu) rồi soạn lại."
    )
    return RenderedPdf(path=path, sha256=sha256(data).hexdigest(), pages=0, remarks=tuple(remarks))
