"""Printing the papers of a draft: one request per system, the dossier, and the page of what is missing."""

from __future__ import annotations

import shutil
from base64 import b64encode
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from compliance.adapters.attachments import Attachments
from compliance.adapters.faces import Face
from compliance.adapters.files import disk_reason, unfinished_sibling
from compliance.adapters.rendering import Attached, Properties, RenderedPdf, render
from compliance.adapters.templates import Form, fill, load_form, load_layout, page_face
from compliance.domain.assessment import Result
from compliance.domain.dossier import Dossier, Request, Subject
from compliance.domain.missing import MissingItem, Severity
from compliance.domain.organization import Unit
from compliance.domain.regime import Regime
from compliance.domain.system import Diagram
from compliance.domain.wording import date_text
from compliance.errors import BadData, NotFound, Refused
from compliance.services.paper_data import PaperData, plain, plain_units

_DATA_NAME = "du-lieu-ho-so.json"
_MISSING_PAGE = ("layout", "con-thieu")
_PICTURES = ("image/png", "image/jpeg", "image/svg+xml")


@dataclass(frozen=True)
class DraftFile:
    """One file of a draft; ``pages`` is 0 for a paper that could only be left as HTML."""

    path: Path
    sha256: str
    pages: int
    title: str

    def as_json(self) -> dict[str, object]:
        """As programs read it."""
        return {"path": str(self.path), "title": self.title, "sha256": self.sha256, "pages": self.pages}


@dataclass(frozen=True)
class Printed:
    """The result of printing: files in order, the face, everything missing and what printing itself remarked."""

    files: tuple[DraftFile, ...]
    face: str
    missing: tuple[MissingItem, ...]
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class Letter:
    """The request of one system and the form of its level."""

    system_id: str
    form: Form
    content: Request


@dataclass(frozen=True)
class Source:
    """Everything the papers of one draft are printed from."""

    subjects: tuple[Subject, ...]
    units: Mapping[str, Unit]
    regime: Regime
    letters: tuple[Letter, ...]
    dossier: Dossier
    dossier_form: Form
    versions: Mapping[str, str]
    remarks: tuple[MissingItem, ...]
    attachments: Attachments

    @cached_property
    def data(self) -> PaperData:
        """The records behind the papers."""
        answers = [answer for one in self.subjects for answer in one.answers.values()]
        named = {id_ for one in self.subjects for id_ in one.system.unit_ids}
        named |= {answer.responsible_unit_id for answer in answers if answer.responsible_unit_id}
        records = {
            "systems": [plain(one.system) for one in self.subjects],
            "units": plain_units(self.units, named),
            "classifications": {one.system.id: plain(one.classification) for one in self.subjects},
            "answers": {one.system.id: [plain(answer) for answer in one.answers.values()] for one in self.subjects},
        }
        linked = {one.system.id: [plain(link) for link in one.linked] for one in self.subjects if one.linked}
        if linked:
            records["linked"] = linked
        return PaperData(_DATA_NAME, "Dữ liệu lập hồ sơ", self.versions, records)

    @property
    def match_code(self) -> str:
        """The code on every paper of the draft."""
        return self.data.match_code


@dataclass(frozen=True)
class Diagrams:
    """The diagram files: pictures to show, other files to enclose, and those that cannot be read."""

    pictures: Mapping[str, str]
    enclosed: Mapping[str, Attached]
    unreadable: tuple[MissingItem, ...]


def print_papers(source: Source, folder: Path, today: date) -> Printed:
    """Print every paper of a draft into a folder; the files appear there together, when all are done.

    Raises:
        Refused: the folder cannot be written.
        DataFault: a form is broken.
    """
    face = page_face(load_layout())
    staging = unfinished_sibling(folder)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        staging.mkdir()
        printed = _print_all(_Press(source, face, staging, today))
        folder.mkdir(exist_ok=True)
        for file in sorted(staging.iterdir()):
            file.replace(folder / file.name)
    except OSError as error:
        raise Refused(f"Không ghi được vào thư mục {folder}: {disk_reason(error)}. Hãy chọn thư mục khác.") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    files = tuple(DraftFile(folder / one.path.name, one.sha256, one.pages, one.title) for one in printed.files)
    return Printed(files=files, face=printed.face, missing=printed.missing, remarks=printed.remarks)


@dataclass(frozen=True)
class _Press:
    """What every paper of one draft shares."""

    source: Source
    face: Face
    folder: Path
    today: date

    def paper(
        self, form: Form, name: str, title: str, data: Mapping[str, object], enclosed: Sequence[Attached] = ()
    ) -> tuple[DraftFile, tuple[str, ...]]:
        """Fill and print one form."""
        source = self.source
        html = fill(form, {"match_code": source.match_code, **data}, face=self.face)
        properties = Properties(
            title=title,
            author=source.dossier.letterhead.agency,
            subject=form.data.title,
            keywords=source.data.keywords,
            day=self.today,
        )
        rendered: RenderedPdf = render(
            html,
            self.folder / f"{name}.pdf",
            face=self.face,
            properties=properties,
            attachments=(source.data.attached, *enclosed),
        )
        return DraftFile(rendered.path, rendered.sha256, rendered.pages, title), rendered.remarks


def _print_all(press: _Press) -> Printed:
    source = press.source
    diagrams = diagrams_of(source)
    papers = [_letter(press, letter) for letter in source.letters]
    papers.append(_dossier(press, diagrams))
    remarks = tuple(dict.fromkeys(remark for _, said in papers for remark in said))
    missing = (*source.dossier.missing, *diagrams.unreadable, *source.remarks, *map(_said, remarks))
    page, more = _missing_page(press, missing)
    files = (*(file for file, _ in papers), page)
    return Printed(files=files, face=press.face.name, missing=missing, remarks=tuple(dict.fromkeys((*remarks, *more))))


def _said(remark: str) -> MissingItem:
    return MissingItem(of="", what=remark, where_to_fill="", citation="", severity=Severity.REMARK)


def _letter(press: _Press, letter: Letter) -> tuple[DraftFile, tuple[str, ...]]:
    form = letter.form.data
    title = f"{form.title}: {letter.content.system_name}"
    return press.paper(letter.form, f"{form.file_name}-{letter.system_id}", title, {"request": letter.content})


def _dossier(press: _Press, diagrams: Diagrams) -> tuple[DraftFile, tuple[str, ...]]:
    source = press.source
    form = source.dossier_form
    data: dict[str, object] = {
        "dossier": source.dossier,
        "pins": pins_of(source),
        "pictures": diagrams.pictures,
        "enclosed": diagrams.enclosed,
        "fact_labels": {f"systems.{question.id}": question.column for question in source.regime.questions},
        "result_labels": {result.value: result.label for result in Result},
        "form_folder": form.name,
    }
    title = f"{form.data.title}: {'; '.join(one.name.text for one in source.dossier.systems)}"
    return press.paper(form, form.data.file_name, title, data, tuple(diagrams.enclosed.values()))


def pins_of(source: Source) -> list[dict[str, str]]:
    """The versions a dossier rests on, in words."""
    regime = source.regime
    pins = {regime.title: f"dữ liệu {regime.id}, kiểm tra ngày {date_text(regime.checked_on)}"}
    for one in source.subjects:
        pins |= {used.title: f"danh mục {used.id}, bản {used.version}" for used in (one.checklist, one.duties)}
    for one in source.subjects:
        pins[f"Dữ liệu kê khai: {one.system.name}"] = (
            f"mã {one.system.id}, bản {source.versions[f'system/{one.system.id}']}"
        )
    pins["Mã đối chiếu của bộ hồ sơ"] = source.match_code
    return [{"label": label, "text": text} for label, text in pins.items()]


def _missing_page(press: _Press, missing: Sequence[MissingItem]) -> tuple[DraftFile, tuple[str, ...]]:
    form = load_form(*_MISSING_PAGE)
    groups = [
        {
            "heading": severity.label,
            "count": sum(item.severity is severity for item in missing),
            "lines": _by_bearer(item for item in missing if item.severity is severity),
            "fillable": severity is not Severity.REMARK,
            "cited": severity is not Severity.EXAMPLE,
        }
        for severity in Severity
    ]
    data: dict[str, object] = {
        "groups": [group for group in groups if group["count"]],
        "systems": [one.name.text for one in press.source.dossier.systems],
        "ids": [one.id for one in press.source.dossier.systems],
        "day": date_text(press.today),
        "regime_title": press.source.regime.short_title,
    }
    return press.paper(form, form.data.file_name, form.data.title, data)


def _by_bearer(items: Iterable[MissingItem]) -> list[tuple[str, list[MissingItem]]]:
    """The items under the unit, system or list they belong to, in the order these first occur."""
    gathered: dict[str, list[MissingItem]] = {}
    for item in items:
        gathered.setdefault(item.of, []).append(item)
    return list(gathered.items())


def diagrams_of(source: Source) -> Diagrams:
    """Pictures are shown in the dossier, other files travel inside it; what cannot be read is told."""
    pictures: dict[str, str] = {}
    enclosed: dict[str, Attached] = {}
    unreadable: list[MissingItem] = []
    for subject in source.subjects:
        for diagram in subject.system.diagrams:
            try:
                content = source.attachments.read(diagram.sha256)
            except (NotFound, BadData) as error:
                unreadable.append(_unreadable(subject, diagram, error))
                continue
            if diagram.media_type in _PICTURES:
                pictures[diagram.sha256] = f"data:{diagram.media_type};base64,{b64encode(content).decode()}"
            else:
                enclosed[diagram.sha256] = Attached(diagram.file_name, content, "Sơ đồ hệ thống", "Supplement")
    return Diagrams(pictures, enclosed, tuple(unreadable))


def _unreadable(subject: Subject, diagram: Diagram, error: Exception) -> MissingItem:
    return MissingItem(
        of=subject.system.name,
        what=f"Sơ đồ {diagram.file_name}: {error}",
        where_to_fill=f"Nộp lại tệp: compliance systems attach-diagram {subject.system.id}",
        citation="",
        severity=Severity.REQUIRED,
    )
