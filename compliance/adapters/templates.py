"""Forms: folders of data and HTML, filled with plain data only.

``templates/<regime>/<form>/`` holds ``form.yaml`` (titles, headings, labels, demands), ``document.html`` and
``example.yaml``; ``templates/layout/`` holds the page every form stands on. An office may put its own version of a
form into its workspace under the same path. User text is data: it is escaped and never read as a template.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup, escape
from pydantic import Field

from compliance.adapters.faces import STYLES, Face, find_face
from compliance.adapters.law import data_root
from compliance.adapters.law_file import Record, read_law_file
from compliance.adapters.template_faults import FAILURES, fault_of
from compliance.adapters.template_names import Filling, TooMuch, filling
from compliance.adapters.template_sandbox import LARGEST, Sandbox
from compliance.domain.blank import Frozen
from compliance.domain.design_clause import DesignClause
from compliance.domain.missing import SomeDemands, Wanted
from compliance.domain.road_paper import Role
from compliance.errors import DataFault, Fault, NotFound

LAYOUT = "layout"
_TIED_WORDS = 3
_SYMBOL = re.compile(r"(?<!\S)[(“]?\d[\w/]{1,20}/[\w-]{2,12}(?!\w)")
_DATA, _DOCUMENT = "form.yaml", "document.html"
TEMPLATE_FILES = frozenset({".html", ".css"})
"""Endings of the files of a form that are templates."""
_WORDS = ("headings", "labels", "demands")


class FormData(Frozen):
    """What ``form.yaml`` says: identity, statutory headings and labels, and the clause that demands each field.

    ``levels`` are those the form is complete for. ``demands_when`` are fields only some systems must fill;
    ``design_clauses`` what the design of some systems must meet.
    ``issuer`` and ``addressee`` are the roles of the offices a paper goes between; ``kind_code`` stands before the
    agency's symbol (QĐ, TTr, BC; empty for a letter); ``step`` is the step of the dossier's road it serves.
    ``paper_only``: a page for the wall or the hand, drawn to the millimetre, that has no Word twin.
    ``shares`` names a form of the same regime whose headings, labels and demands stand behind its own.
    """

    id: str
    title: str
    citation: str
    levels: tuple[int, ...]
    file_name: str
    issuer: Role | None = None
    addressee: Role | None = None
    kind_code: str = ""
    step: str = ""
    paper_only: bool = False
    shares: str = ""
    headings: Mapping[str, str] = Field(default_factory=dict)
    labels: Mapping[str, str] = Field(default_factory=dict)
    demands: Mapping[str, str] = Field(default_factory=dict)
    demands_when: tuple[SomeDemands, ...] = ()
    design_clauses: tuple[DesignClause, ...] = ()


class Margins(Frozen):
    """Margins of a page in millimetres."""

    top: int
    right: int
    bottom: int
    left: int


class InstalledFace(Frozen):
    """A face the machine may have; each entry of ``files`` names regular, bold, italic and bold italic."""

    name: str
    files: tuple[tuple[str, str, str, str], ...]


class ShippedFace(Frozen):
    """The face that comes with the program, in the same order of files."""

    name: str
    files: tuple[str, str, str, str]


class Layout(Frozen):
    """Sizes (points), distances and faces of the page; see ``layout.yaml`` for the text each follows."""

    margins: Margins
    sizes: Mapping[str, float]
    header_left_mm: float
    indent_mm: float
    paragraph_gap_pt: float
    line_height: float
    signature_space_mm: float
    wanted_faces: tuple[InstalledFace, ...]
    shipped_face: ShippedFace


@dataclass(frozen=True)
class Form:
    """A loaded form: its data, its name among the templates, the folders to read it from, the form it shares."""

    data: FormData
    name: str
    roots: tuple[Path, ...]
    behind: Form | None = None

    @property
    def digest(self) -> str:
        """Twelve hexadecimal digits that change with any file of the form: its version."""
        found: dict[str, Path] = {}
        for root in reversed(self.roots):
            folder = root / self.name
            found |= {file.name: file for file in sorted(folder.glob("*")) if file.is_file()}
        content = b"".join(name.encode() + found[name].read_bytes() for name in sorted(found))
        behind = self.behind.digest.encode() if self.behind else b""
        return sha256(content + behind).hexdigest()[:12]

    @property
    def wanted(self) -> Wanted:
        """Labels and demands, as the composition of a dossier reads them."""
        data = self.data
        return Wanted(labels=data.labels, demands=data.demands, demands_when=data.demands_when)


def shipped_templates() -> Path:
    """The folder of the forms that come with the program."""
    return data_root() / "templates"


def load_form(regime_id: str, form_id: str, *, overrides: Path | None = None) -> Form:
    """Read a form; a version in ``overrides`` stands before the shipped one, file by file.

    Raises:
        NotFound: there is no such form.
        DataFault: its data is not as it must be; all faults are listed.
    """
    form = _bare(regime_id, form_id, overrides)
    if not form.data.shares:
        return form
    behind = _bare(regime_id, form.data.shares, overrides)
    words = {part: {**getattr(behind.data, part), **getattr(form.data, part)} for part in _WORDS}
    return replace(form, data=form.data.model_copy(update=words), behind=behind)


def _bare(regime_id: str, form_id: str, overrides: Path | None) -> Form:
    roots = tuple(root for root in (overrides, shipped_templates()) if root is not None)
    name = f"{regime_id}/{form_id}"
    path = next((root / name / _DATA for root in roots if (root / name / _DATA).is_file()), None)
    if path is None:
        raise NotFound(f"Chương trình chưa có biểu mẫu “{form_id}” của chế độ pháp lý “{regime_id}”.")
    return Form(data=_read(path, FormData), name=name, roots=roots)


def load_layout() -> Layout:
    """Sizes, margins and faces of every paper.

    Raises:
        DataFault: the file is not as it must be.
    """
    return _read(shipped_templates() / LAYOUT / "layout.yaml", Layout)


def page_face(layout: Layout, folders: Sequence[Path] | None = None) -> Face:
    """The face papers are printed in; ``folders`` as in :func:`compliance.adapters.faces.find_face`.

    Raises:
        DataFault: the shipped face is needed and damaged.
    """
    fonts, ours = shipped_templates() / LAYOUT / "fonts", layout.shipped_face
    files = {style: fonts / name for style, name in zip(STYLES, ours.files, strict=True)}
    wanted = ((face.name, face.files) for face in layout.wanted_faces)
    return find_face(wanted, Face(name=ours.name, files=files, shipped=True), folders)


def _read(path: Path, model: type[Record]) -> Record:
    record, faults = read_law_file(path, str(path), model)
    if record is None or faults:
        raise DataFault("Dữ liệu của biểu mẫu có lỗi; hãy sửa các chỗ sau rồi chạy lại.", faults)
    return record


def fill(form: Form, data: Mapping[str, object], *, face: Face, layout: Layout | None = None) -> str:
    """The HTML of a form filled with data.

    Args:
        form: the form.
        data: plain frozen data; the names are those the template uses.
        face: the face of the text.
        layout: sizes and margins, where the caller has read them already.

    Raises:
        DataFault: the template is broken or names something the data does not have; file and line are told.
    """
    context = _context(form, data, face, layout)
    try:
        return _filled(form, context, Filling(context), noted=False)
    except FAILURES as error:
        fault = fault_of(error, form.roots, form.name)
    raise DataFault(f"Biểu mẫu “{form.data.title}” bị lỗi nên chưa in được.", [fault])


def faults_of(form: Form, data: Mapping[str, object], *, face: Face) -> tuple[Fault, ...]:
    """Everything wrong with a form that filling it with ``data`` shows: every name that is not there, and what stops.

    Each file of the form is also read by itself; of a file whose syntax is wrong only the first place is found.
    """
    context = _context(form, data, face, None)
    state, stopped = Filling(context), _broken_files(form)
    if not stopped:
        try:
            _filled(form, context, state, noted=True)
        except FAILURES as error:
            stopped = [fault_of(error, form.roots, form.name)]
    return tuple(dict.fromkeys((*state.noted, *stopped)))


def _broken_files(form: Form) -> list[Fault]:
    faults = []
    for name in sorted({f"{form.name}/{file.name}" for root in form.roots for file in (root / form.name).glob("*")}):
        if Path(name).suffix in TEMPLATE_FILES:
            try:
                _environment(form.roots, noted=True).get_template(name)
            except FAILURES as error:
                faults.append(fault_of(error, form.roots, name))
    return faults


def _context(form: Form, data: Mapping[str, object], face: Face, layout: Layout | None) -> dict[str, object]:
    face_css = Markup(face.css)  # noqa: S704 - names and file addresses of our own making
    return {"form": form.data, "layout": layout or load_layout(), "face": face.name, "face_css": face_css, **data}


def _filled(form: Form, context: Mapping[str, object], state: Filling, *, noted: bool) -> str:
    token = filling.set(state)
    try:
        chunks, size = [], 0
        for chunk in _environment(form.roots, noted=noted).get_template(f"{form.name}/{_DOCUMENT}").generate(context):
            chunks.append(chunk)
            size += len(chunk)
            if size > LARGEST:
                raise TooMuch("văn bản dài quá mức")
        return "".join(chunks)
    finally:
        filling.reset(token)


@lru_cache(maxsize=8)
def _environment(roots: tuple[Path, ...], *, noted: bool) -> Sandbox:
    environment = Sandbox(roots, noted=noted)
    environment.filters |= {"lines": _lines, "tied": _tied, "opening": _opening, "whole": _whole}
    return environment


def _tied(name: str) -> str:
    """An agency's name whose last words never part: a line breaks before “XÃ …”, not inside it."""
    words = name.split()
    head = words[:-_TIED_WORDS]
    return " ".join((*head, "\u00a0".join(words[-_TIED_WORDS:]))) if head else name


def _whole(words: str) -> Markup:
    """The words escaped, the number and symbol of a paper (15/QĐ-UBND) kept on one line."""
    kept = _SYMBOL.sub(lambda found: f'<span class="whole">{found[0]}</span>', str(escape(words)))
    return Markup(kept)  # noqa: S704 - escaped above; a symbol is letters, digits, strokes


def _opening(words: str) -> str:
    """The words as a line begins: with a capital letter."""
    return words[:1].upper() + words[1:]


def _lines(text: str) -> list[str]:
    """The non-empty lines of what a user typed."""
    return [line for line in text.splitlines() if line.strip()]
