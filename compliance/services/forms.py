"""Forms as an office sees them: which there are, a trial print from the example, a copy of its own to edit."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from compliance.adapters.files import disk_reason, sync_folder, unfinished_sibling, write_whole
from compliance.adapters.law import load_procedure, load_regimes
from compliance.adapters.rendering import Properties, render
from compliance.adapters.templates import LAYOUT, Form, fill, load_form, load_layout, page_face, shipped_templates
from compliance.adapters.workspace import Workspace
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from compliance.domain.wording import nearest
from compliance.errors import DataFault, NotFound, Refused
from compliance.services.dossiers import OVERRIDES
from compliance.services.form_examples import EXAMPLE_CODE, example_of
from compliance.services.form_uses import Kind, kind_of, used_by
from compliance.services.one_paper import refuse_foreign
from compliance.services.paper_data import MATCH_CODE

__all__ = ["Copied", "FormRow", "Kind", "Rendered", "copy_form", "forms", "known_forms", "render_example"]


@dataclass(frozen=True)
class FormRow:
    """One form: ``overridden`` are the files the office has its own version of, ``broken`` that they do not load.

    ``step`` is the step of the dossier's road it serves, ``used_by`` the command that prints it; both may be empty.
    """

    id: str
    folder: str
    title: str
    citation: str
    levels: tuple[int, ...]
    kind: Kind
    step: str
    step_title: str
    used_by: str
    overridden: tuple[str, ...]
    broken: bool
    uncertain: str

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "id": self.id,
            "folder": self.folder,
            "title": self.title,
            "citation": self.citation,
            "levels": list(self.levels),
            "kind": self.kind.value,
            "kind_label": self.kind.label,
            "step": self.step,
            "step_title": self.step_title,
            "used_by": self.used_by,
            "overridden": bool(self.overridden),
            "overridden_files": list(self.overridden),
            "broken": self.broken,
            "uncertain": self.uncertain,
        }


class Suffix(StrEnum):
    """What a trial print may be."""

    PDF = ".pdf"
    WORD = ".docx"
    HTML = ".html"


@dataclass(frozen=True)
class Rendered:
    """A trial print; ``pages`` is 0 where they are not counted (Word, HTML); ``own``: the office's form was used."""

    path: Path
    title: str
    pages: int
    face: str
    own: bool
    remarks: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "path": str(self.path),
            "title": self.title,
            "pages": self.pages,
            "face": self.face,
            "overridden": self.own,
            "remarks": list(self.remarks),
        }


@dataclass(frozen=True)
class Copied:
    """A form copied for editing; ``shared`` is the form whose wording it also prints, empty where there is none."""

    folder: Path
    files: tuple[str, ...]
    shared: str

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {"folder": str(self.folder), "files": list(self.files), "shared": self.shared}


def known_forms(regime: Regime) -> dict[str, str]:
    """Every shipped form by id, with its folder: those of a regime, then pages of the layout."""
    folders = (regime.id, LAYOUT)
    found = (path.parent for folder in folders for path in sorted((shipped_templates() / folder).glob("*/form.yaml")))
    return {path.name: f"{path.parent.name}/{path.name}" for path in found}


def forms(workspace: Workspace | None, today: date) -> tuple[FormRow, ...]:
    """Every form of the regime in force, statutory ones first.

    Raises:
        DataFault: a shipped form is broken; an office's own version that is broken is marked, not raised.
    """
    regime = regime_on(today, load_regimes())
    steps = {step.id: step.title for step in load_procedure(regime).steps}
    rows = [_row(workspace, regime, form_id, folder, steps) for form_id, folder in known_forms(regime).items()]
    return tuple(sorted(rows, key=lambda row: (list(Kind).index(row.kind), row.id)))


def _row(workspace: Workspace | None, regime: Regime, form_id: str, folder: str, steps: Mapping[str, str]) -> FormRow:
    own, broken = _own_files(workspace, folder), False
    try:
        data = _form(workspace, folder).data
    except DataFault:
        data, broken = load_form(*folder.split("/")).data, True
    statutory = next((one for one in regime.forms if one.id == form_id), None)
    return FormRow(
        id=form_id,
        folder=folder,
        title=data.title,
        citation=data.citation,
        levels=data.levels,
        kind=kind_of(regime, form_id),
        step=data.step,
        step_title=steps.get(data.step, ""),
        used_by=used_by(regime, form_id, of_the_road=data.issuer is not None),
        overridden=own,
        broken=broken,
        uncertain=statutory.uncertain if statutory else "",
    )


def render_example(form_id: str, out: Path, today: date, workspace: Workspace | None = None) -> Rendered:
    """Print a form from its example: to PDF, Word or HTML, as the suffix of ``out`` says.

    Raises:
        NotFound: there is no such form; the nearest is offered.
        Refused: another suffix, Word for a page only printed, a file that is not the program's own, or a folder that
            cannot be written.
        DataFault: the office's own version is broken.
    """
    folder = _folder(form_id, today)
    suffix = out.suffix.lower()
    if suffix not in set(Suffix):
        raise Refused(f"Chưa in được ra “{out.name}”. Hãy đặt tên tệp có đuôi .pdf, .docx hoặc .html.")
    form = _form(workspace, folder)
    if suffix == Suffix.WORD and form.data.paper_only:
        raise Refused(
            f"“{form.data.title}” chỉ in ra giấy, không có bản Word. Hãy đặt tên tệp có đuôi .pdf hoặc .html."
        )
    html = fill(form, {"match_code": EXAMPLE_CODE, **example_of(form)}, face=page_face(load_layout()))
    try:
        refuse_foreign(out)
        out.parent.mkdir(parents=True, exist_ok=True)
        return _written(form, html, out, today, own=bool(_own_files(workspace, folder)))
    except OSError as error:
        raise Refused(f"Không ghi được tệp {out}: {disk_reason(error)}. Hãy chọn tên hoặc thư mục khác.") from error


def _written(form: Form, html: str, out: Path, today: date, *, own: bool) -> Rendered:
    layout = load_layout()
    face, title = page_face(layout), form.data.title
    mark = f"{MATCH_CODE} {EXAMPLE_CODE}"
    properties = Properties(title=title, author="", subject=title, keywords=(mark,), day=today)
    if out.suffix.lower() == Suffix.PDF:
        done = render(html, out, face=face, properties=properties)
        return Rendered(done.path, title, done.pages, face.name, own, done.remarks)
    if out.suffix.lower() == Suffix.WORD:
        from compliance.adapters.word_twin import write_twin  # noqa: PLC0415 - slow to load, for Word only

        write_twin(html, out, layout=layout, face=face.name, properties=properties)
    else:
        write_whole(out, f"{html}\n<!-- {mark} -->\n".encode())
    return Rendered(out, title, 0, face.name, own, ())


def copy_form(workspace: Workspace, form_id: str, today: date) -> Copied:
    """Copy a shipped form into the workspace, where the office may edit it.

    Raises:
        NotFound: there is no such form.
        Refused: the office has its own version already, the page is not one to edit, or it cannot be written.
    """
    folder = _folder(form_id, today)
    if folder.startswith(f"{LAYOUT}/"):
        raise Refused("Đây là tờ kiểm tra nội bộ của chương trình nên không sửa riêng được.")
    target, source = workspace.path / OVERRIDES / folder, shipped_templates() / folder
    if target.is_symlink() or (target.exists() and not (target.is_dir() and not any(target.iterdir()))):
        raise Refused(
            f"Cơ quan đã có mẫu riêng tại {target}, nên không ghi đè. Hãy sửa tiếp ở đó, hoặc cất thư mục ấy đi rồi "
            "chép lại."
        )
    staging = unfinished_sibling(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, staging, copy_function=shutil.copyfile)
        if target.exists():
            target.rmdir()
        staging.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise Refused(f"Không chép được mẫu vào {target}: {disk_reason(error)}. Hãy kiểm tra quyền ghi.") from error
    finally:
        shutil.rmtree(staging, ignore_errors=True)
    files = tuple(sorted(file.name for file in target.iterdir()))
    return Copied(target, files, load_form(*folder.split("/")).data.shares)


def _folder(form_id: str, today: date) -> str:
    """The folder of a form named by its id, or by its folder itself."""
    known = known_forms(regime_on(today, load_regimes()))
    if form_id in known.values():
        return form_id
    if form_id not in known:
        near = nearest(form_id, known)
        hint = f"Có phải “{near}”?" if near else "Xem danh sách: compliance forms list"
        raise NotFound(f"Không có biểu mẫu “{form_id}”. {hint}")
    return known[form_id]


def _form(workspace: Workspace | None, folder: str) -> Form:
    own = None if workspace is None or folder.startswith(f"{LAYOUT}/") else workspace.path / OVERRIDES
    return load_form(*folder.split("/"), overrides=own)


def _own_files(workspace: Workspace | None, folder: str) -> tuple[str, ...]:
    if workspace is None or folder.startswith(f"{LAYOUT}/"):
        return ()
    shipped = {file.name for file in (shipped_templates() / folder).iterdir()}
    own = workspace.path / OVERRIDES / folder
    return tuple(sorted(file.name for file in own.glob("*") if file.name in shipped and file.is_file()))
