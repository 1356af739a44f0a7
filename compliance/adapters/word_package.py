"""The file around a Word text: its parts, its properties, and a ZIP that is the same for the same parts."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime, time

from docx import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from compliance.adapters.rendering import Properties
from compliance.adapters.word_tree import fit_for_xml

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="http://schemas.openxmlformats.org/{rest}"'
    for prefix, rest in (
        ("w", "wordprocessingml/2006/main"),
        ("r", "officeDocument/2006/relationships"),
        ("wp", "drawingml/2006/wordprocessingDrawing"),
        ("a", "drawingml/2006/main"),
        ("pic", "drawingml/2006/picture"),
    )
)
_STAMP = (1980, 1, 1, 0, 0, 0)
_LEVEL = 6
_MARK = '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
# What the library's own empty paper brings along and no paper of ours uses.
_UNUSED = (
    "stylesWithEffects",
    "customXml",
    "numbering",
    "webSettings",
    "fontTable",
    "theme",
    "thumbnail",
    "extended-properties",
)
_SETTINGS = (
    '<w:settings {names}><w:zoom w:percent="100"/>{notes}<w:compat><w:doNotExpandShiftReturn/>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat>"
    '<w:themeFontLang w:val="{language}"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)
# Where the face is not installed Word takes the one it stands for, of the same widths.
_FACE = (
    '<w:font w:name="{face}"><w:altName w:val="Times New Roman"/><w:panose1 w:val="02020603050405020304"/>'
    '<w:charset w:val="00"/><w:family w:val="roman"/><w:pitch w:val="variable"/></w:font>'
)
_NOTES = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'


class Package:
    """A Word file in the making."""

    def __init__(self, properties: Properties, language: str) -> None:
        self._document = Document()
        self._language = language
        _drop_unused(self._document.part.package)
        _drop_unused(self._document.part)
        self._describe(properties)

    def _describe(self, properties: Properties) -> None:
        about, day = self._document.core_properties, datetime.combine(properties.day, time(), UTC)
        about.title, about.author, about.subject = (
            fit_for_xml(one)[:255] for one in (properties.title, properties.author, properties.subject)
        )
        about.keywords = fit_for_xml("; ".join(properties.keywords))[:255]
        about.comments, about.last_modified_by, about.revision = "", about.author, 1
        about.created = about.modified = day
        about.language = self._language

    def picture(self, data: bytes) -> str:
        """Keep a picture once; the id to point at it by.

        Raises:
            ValueError: it is no picture Word can show.
        """
        try:
            return self._document.part.get_or_add_image(io.BytesIO(data))[0]
        except Exception as error:
            raise ValueError("unreadable picture") from error

    def part(self, kind: str, content: str) -> str:
        """Keep a header or footer; the id to point at it by."""
        part = self._document.part
        added, number = part.add_header_part() if kind == "header" else part.add_footer_part()  # type: ignore[no-untyped-call]
        root = "hdr" if kind == "header" else "ftr"
        _replace(added.element, f"<w:{root} {_NAMESPACES}>{content}</w:{root}>")
        return str(number)

    def bytes(self, body: str, notes: Sequence[str], styles: str, face: str) -> bytes:
        """The finished file."""
        document = self._document
        _replace(document.element.body, f"<w:body {_NAMESPACES}>{body}</w:body>")
        _replace(document.styles.element, styles)
        told = _NOTES if notes else ""
        _replace(document.settings.element, _SETTINGS.format(names=_NAMESPACES, notes=told, language=self._language))
        faces = f"<w:fonts {_NAMESPACES}>{_FACE.format(face=face)}</w:fonts>"
        self._add("fontTable", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, faces)
        if notes:
            self._add_notes(notes)
        saved = io.BytesIO()
        document.save(saved)
        return _dated(saved)

    def _add_notes(self, notes: Sequence[str]) -> None:
        written = "".join(_note(at, content) for at, content in enumerate(notes, start=1))
        lines = "".join(
            f'<w:footnote w:type="{kind}" w:id="{at}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for at, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        content = f"<w:footnotes {_NAMESPACES}>{lines}{written}</w:footnotes>"
        self._add("footnotes", CONTENT_TYPE.WML_FOOTNOTES, RELATIONSHIP_TYPE.FOOTNOTES, content)

    def _add(self, name: str, content_type: str, relationship: str, content: str) -> None:
        part = self._document.part
        blob = f'<?xml version="1.0" encoding="UTF-8"?>{content}'.encode()
        part.relate_to(Part(PackURI(f"/word/{name}.xml"), content_type, blob, part.package), relationship)


def _note(at: int, content: str) -> str:
    """A footnote; its mark stands at the beginning of its first paragraph."""
    mark = f'<w:r>{_MARK}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
    head, end, rest = content.partition("</w:pPr>")
    begun = f"{head}{end}{mark}{rest}" if end else content.replace("<w:p>", f"<w:p>{mark}", 1)
    return f'<w:footnote w:id="{at}">{begun}</w:footnote>'


def _drop_unused(holder: object) -> None:
    rels = holder.rels  # type: ignore[attr-defined]
    for number in [number for number, one in rels.items() if one.reltype.rsplit("/", 1)[-1] in _UNUSED]:
        del rels[number]


def _replace(element: object, xml: str) -> None:
    """Everything in an element anew, in the place it has in its part."""
    new = parse_xml(xml)
    for child in list(element):  # type: ignore[call-overload]
        element.remove(child)  # type: ignore[attr-defined]
    for child in list(new):
        element.append(child)  # type: ignore[attr-defined]


def _dated(saved: io.BytesIO) -> bytes:
    """The same ZIP with one time stamp for all, in a settled order."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(saved) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as target,
    ):
        names = sorted(source.namelist(), key=lambda name: (name != "[Content_Types].xml", name))
        for name in names:
            info = zipfile.ZipInfo(name, _STAMP)
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            target.writestr(info, source.read(name))
    return out.getvalue()
