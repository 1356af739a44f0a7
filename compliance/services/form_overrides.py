"""The forms an office changed for itself: everything wrong with them, found before a paper is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from compliance.adapters.files import left_behind
from compliance.adapters.law import load_regimes
from compliance.adapters.print_complaints import in_place
from compliance.adapters.rendering import Properties, render
from compliance.adapters.template_addresses import addresses_outside
from compliance.adapters.template_reading import Unreadable, read_template
from compliance.adapters.templates import (
    LAYOUT,
    TEMPLATE_FILES,
    Form,
    faults_of,
    fill,
    load_form,
    load_layout,
    page_face,
    shipped_templates,
)
from compliance.adapters.workspace import Workspace
from compliance.domain.regime_status import regime_on
from compliance.domain.wording import nearest
from compliance.errors import DataFault, Fault, NotFound
from compliance.services.dossiers import OVERRIDES
from compliance.services.form_examples import EXAMPLE, EXAMPLE_CODE, example_of
from compliance.services.form_wording import changed_words

_DATA = "form.yaml"
_OPTIONAL = frozenset({"style.css", EXAMPLE})
_LONGEST_PRINTED = 3_000_000
"""Characters of HTML a trial print takes; beyond, a page that grew by mistake would hold the machine for minutes."""


@dataclass(frozen=True)
class OverrideCheck:
    """What was found: the forms the office changed, faults that stop a paper, and what it should look at again."""

    folder: Path
    forms: tuple[str, ...]
    faults: tuple[Fault, ...]
    warnings: tuple[Fault, ...]

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "folder": str(self.folder),
            "forms": list(self.forms),
            "faults": [_plain(one) for one in self.faults],
            "warnings": [_plain(one) for one in self.warnings],
        }


def _plain(fault: Fault) -> dict[str, Any]:
    return {"file": fault.file, "row": fault.row, "message": fault.message}


def check_overrides(workspace: Workspace, today: date) -> OverrideCheck:
    """Every fault of every form the office keeps in its workspace; each is filled and printed from its example.

    Files are named from the office's folder of forms. What a style sheet makes of a page is printed once and not
    bounded in time.
    """
    folder = workspace.path / OVERRIDES
    check = _Check(folder, today)
    check.run(workspace.path)
    return OverrideCheck(
        folder=folder,
        forms=tuple(check.forms),
        faults=_once(_named(one, folder) for one in check.faults),
        warnings=tuple(dict.fromkeys(_named(one, folder) for one in check.warnings)),
    )


def _once(faults: Iterable[Fault]) -> tuple[Fault, ...]:
    """Each fault once; the same name missing at one place for several forms is one, whatever else each has."""
    seen: dict[tuple[str, int | None, str], Fault] = {}
    for fault in faults:
        seen.setdefault((fault.file, fault.row, fault.message.partition("; ")[0].rstrip(".")), fault)
    return tuple(seen.values())


def _named(fault: Fault, folder: Path) -> Fault:
    path = Path(fault.file)
    return fault._replace(file=path.relative_to(folder).as_posix()) if path.is_relative_to(folder) else fault


@dataclass
class _Check:
    folder: Path
    today: date
    forms: list[str] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def run(self, workspace: Path) -> None:
        if not self.folder.exists() and not self.folder.is_symlink():
            return
        if not self.folder.is_dir() or not self.folder.resolve().is_relative_to(workspace.resolve()):
            self._fault("phải là một thư mục nằm trong thư mục hồ sơ, không phải tệp hay đường tắt.", self.folder)
            return
        shipped = shipped_templates()
        known = sorted(path.name for path in shipped.iterdir() if path.is_dir())
        for place in self._folders(self.folder, known, "thư mục này; tên phải là mã bộ quy định"):
            if place.name == LAYOUT:
                self._files(place, shipped / LAYOUT)
            else:
                names = sorted(path.parent.name for path in (shipped / place.name).glob("*/form.yaml"))
                for own in self._folders(place, names, "biểu mẫu này"):
                    self.forms.append(f"{place.name}/{own.name}")
                    self._files(own, shipped / place.name / own.name)
        self._forms()

    def _folders(self, parent: Path, known: list[str], called: str) -> Iterator[Path]:
        """The folders in a folder; a name the program does not know is a fault."""
        for path in _entries(parent):
            if not path.is_dir():
                self._fault("tệp này nằm ngoài thư mục của biểu mẫu nên không dùng đến.", path)
            elif path.name not in known:
                near = nearest(path.name, known)
                self._fault(f"chương trình không có {called}{_near(near)}", path)
            elif not path.resolve().is_relative_to(self.folder.resolve()):
                self._fault("là đường tắt ra ngoài thư mục hồ sơ; hãy chép thư mục thật vào đây.", path)
            else:
                yield path

    def _files(self, own: Path, shipped: Path) -> None:
        """Each file by itself: known, readable, reaching nothing outside."""
        names = {file.name for file in shipped.iterdir() if file.is_file()} - {"layout.yaml"}
        texts: dict[str, str] = {}
        for path in _entries(own):
            if path.is_dir():
                self._fault("biểu mẫu không có thư mục con.", path)
                continue
            if path.exists() and not path.is_file():
                self._fault("không phải là tệp lưu trên đĩa.", path)
                continue
            try:
                texts[path.name] = read_template(self.folder, path)
            except Unreadable as error:
                self.faults.append(error.fault)
        for name, text in texts.items():
            if name not in names | _OPTIONAL and not _called(name, texts):
                self._fault(f"không có tệp nào của biểu mẫu gọi tới{_near(nearest(name, names))}", own / name)
            if Path(name).suffix in TEMPLATE_FILES:
                self.faults += addresses_outside(text, str(own / name))

    def _forms(self) -> None:
        """Each form that any changed file has a part in, filled and printed."""
        layout = any(_entries(self.folder / LAYOUT))
        shipped = (path.parent for path in sorted(shipped_templates().glob("*/*/form.yaml")))
        for folder in (f"{path.parent.name}/{path.name}" for path in shipped if path.parent.name != LAYOUT):
            form = self._loaded(folder)
            touched = folder in self.forms
            shared = form.behind is not None and form.behind.name in self.forms
            if layout or touched or shared:
                self._filled(form, printed=touched or shared)

    def _loaded(self, folder: str) -> Form:
        """A form as the office has it; where its data are broken, its pages are tried with the shipped ones."""
        regime, _, name = folder.partition("/")
        try:
            form = load_form(regime, name, overrides=self.folder)
        except DataFault as error:
            self.faults += error.faults
        except NotFound as error:
            self._fault(str(error), self.folder / folder / _DATA)
        else:
            if form.data.id != name:
                self._fault(f"mục id phải là “{name}”, đang ghi “{form.data.id}”.", self.folder / folder / _DATA)
            return form
        shipped = load_form(regime, name)
        return replace(shipped, roots=(self.folder, *shipped.roots))

    def _example(self, form: Form) -> dict[str, Any]:
        try:
            return {"match_code": EXAMPLE_CODE, **example_of(form)}
        except DataFault as error:
            self.faults += error.faults
            return {"match_code": EXAMPLE_CODE, **example_of(load_form(*form.name.split("/")))}

    def _filled(self, form: Form, *, printed: bool) -> None:
        content = self._example(form)
        face = page_face(load_layout())
        found = faults_of(form, content, face=face)
        self.faults += found
        if found or not printed:
            return
        html = fill(form, content, face=face)
        document = self.folder / form.name / "document.html"
        if form.name.split("/")[1] in self._statutory:
            shipped = load_form(*form.name.split("/"))
            theirs = fill(shipped, {"match_code": EXAMPLE_CODE, **example_of(shipped)}, face=face)
            self.warnings += changed_words(shipped, form, html, theirs, document)
        if len(html) > _LONGEST_PRINTED:
            self._fault("in từ ví dụ ra quá dài; hãy xem lại vòng lặp.", document)
            return
        with TemporaryDirectory(prefix="bieu-mau-") as place:
            properties = Properties(form.data.title, "", form.data.title, (), self.today)
            done = render(html, Path(place) / "thu.pdf", face=face, properties=properties)
        told = self.faults if done.pages else self.warnings
        told += [Fault(in_place(remark), str(document)) for remark in done.remarks]

    @property
    def _statutory(self) -> set[str]:
        return {one.id for one in regime_on(self.today, load_regimes()).forms}

    def _fault(self, message: str, path: Path) -> None:
        self.faults.append(Fault(message, str(path)))


def _entries(folder: Path) -> list[Path]:
    """What stands in a folder, without what file managers leave behind."""
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if not path.name.startswith(".") and not left_behind(path.name))


def _near(name: str | None) -> str:
    return f"; gần nhất là “{name}”." if name else "."


def _called(name: str, texts: dict[str, str]) -> bool:
    return Path(name).suffix in TEMPLATE_FILES and any(name in text for other, text in texts.items() if other != name)
