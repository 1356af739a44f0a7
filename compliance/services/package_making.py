"""One dossier on its way to a package: composed, printed, listed, written as a folder and a ZIP."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from compliance import __version__
from compliance.adapters.package_folder import package_folder, put_file, refuse_foreign, zip_beside
from compliance.adapters.press import Press
from compliance.adapters.workspace import Workspace
from compliance.domain.missing import MissingItem
from compliance.domain.package import MANIFEST, Kind, Manifest, PackageFile, counted
from compliance.errors import ComplianceError
from compliance.services.dossier_papers import Source, diagrams_of
from compliance.services.dossiers import source_of
from compliance.services.package_binding import Binding, Papers
from compliance.services.package_enclosures import Brought, Enclosed, enclosed, not_brought
from compliance.services.package_masking import Masking, masking_of
from compliance.services.package_parts import forms_of, parts_of, renewal_parts

_REDACTED = "-da-che"
_LONGEST_NAME = 100


@dataclass(frozen=True)
class PackageReport:
    """What was packaged: the folder, the ZIP, every file (``reused`` those not printed anew), what is missing."""

    system_ids: tuple[str, ...]
    folder: Path
    zip: Path
    files: tuple[PackageFile, ...]
    reused: frozenset[str]
    missing: tuple[MissingItem, ...]
    match_code: str
    versions: dict[str, str]
    remarks: tuple[str, ...]
    redacted: bool

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "systems": list(self.system_ids),
            "folder": str(self.folder),
            "zip": str(self.zip),
            "redacted": self.redacted,
            "match_code": self.match_code,
            "versions": self.versions,
            "files": [
                {
                    "path": one.path,
                    "title": one.title,
                    "kind": one.kind.value,
                    "sha256": one.sha256,
                    "pages": one.pages,
                    "match_code": one.match_code,
                    "reused": one.path in self.reused,
                }
                for one in self.files
            ],
            "missing": [one.model_dump(mode="json") for one in self.missing],
            "remarks": list(self.remarks),
        }


@dataclass(frozen=True)
class Outcome:
    """How one dossier of a batch came out: a report, or the reason there is none."""

    system_ids: tuple[str, ...]
    report: PackageReport | None
    error: ComplianceError | None


@dataclass(frozen=True)
class Office:
    """What every dossier of a batch shares."""

    workspace: Workspace
    press: Press
    today: date
    out: Path
    redacted: bool


class Making:
    """One dossier on its way through the press; after a failure its later steps do nothing."""

    def __init__(self, office: Office, ids: tuple[str, ...]) -> None:
        self.office, self.ids = office, ids
        self.error: ComplianceError | None = None
        self.source: Source
        self.binding: Binding
        self.papers: Papers
        self.contents: Papers
        self.enclosed: Sequence[Enclosed] = ()
        self.missing: tuple[MissingItem, ...] = ()

    def step(self, act: Callable[[], None]) -> None:
        """Do the next step unless one before it failed."""
        if self.error is None:
            try:
                act()
            except ComplianceError as error:
                self.error = error

    def compose(self, brought: Callable[[Sequence[str]], Sequence[Brought]]) -> None:
        """Fill every form and hand the papers to the press."""
        office = self.office
        source = source_of(office.workspace, self.ids, office.today)
        forms = forms_of(office.workspace, source.regime)
        self.source = replace(source, versions={**source.versions, **forms.versions})
        refuse_foreign(self.folder)
        diagrams = diagrams_of(self.source)
        files = brought(self.ids)
        self.enclosed = () if office.redacted else enclosed(files)
        self.missing = (
            *self.source.dossier.missing,
            *diagrams.unreadable,
            *self.source.remarks,
            *not_brought(self.source, {one.slot.id for one in files}),
        )
        changes = renewal_parts(office.workspace, self.source, office.today)
        left_out = [*(one.title for one in files), *(one.title for one in changes)]
        self.binding = Binding(office.press, self.source, forms, office.today, self._masking(left_out))
        # What was masked is known from today's record; the page of changes also shows what stood in the old one.
        first = () if office.redacted else changes
        self.papers = self.binding.ordered((*first, *parts_of(self.source, forms, diagrams)))

    def list_files(self) -> None:
        """Wait for the papers and hand in the page that lists them."""
        bound = self.binding.bound(self.papers)
        missing = (
            [one.what for one in not_brought(self.source, {each.slot.id for each in self.enclosed})]
            if not self.office.redacted
            else []
        )
        self.contents = self.binding.closing(bound, [one.file for one in self.enclosed], missing)

    def finished(self) -> Outcome:
        """The outcome, the package written where all went well."""
        report: list[PackageReport] = []
        self.step(lambda: report.append(self._written()))
        return Outcome(self.ids, report[0] if report else None, self.error)

    @property
    def folder(self) -> Path:
        """Where the package is put."""
        name = "+".join(self.ids)
        if len(name) > _LONGEST_NAME:
            name = f"{self.ids[0]}+{len(self.ids) - 1}-he-thong-{sha256(name.encode()).hexdigest()[:8]}"
        return self.office.out / f"{name}{_REDACTED if self.office.redacted else ''}"

    def _masking(self, left_out: Sequence[str]) -> Masking | None:
        return masking_of(self.source, left_out) if self.office.redacted else None

    def _written(self) -> PackageReport:
        bound = (*self.binding.bound(self.contents), *self.binding.bound(self.papers))
        files = sorted((*[one.file for one in bound], *[one.file for one in self.enclosed]), key=_official)
        manifest = self._manifest(files)
        with package_folder(self.folder, self.office.today) as staging:
            for one in bound:
                put_file(staging, one.file.path, one.read().data)
            for brought in self.enclosed:
                put_file(staging, brought.file.path, brought.read())
            put_file(staging, MANIFEST, (manifest.model_dump_json(indent=1) + "\n").encode())
        return PackageReport(
            system_ids=self.ids,
            folder=self.folder,
            zip=zip_beside(self.folder),
            files=tuple(files),
            reused=frozenset(one.file.path for one in bound if one.reused),
            missing=self.missing,
            match_code=manifest.match_code,
            versions=dict(manifest.versions),
            remarks=tuple(dict.fromkeys(remark for one in bound for remark in one.remarks)),
            redacted=self.office.redacted,
        )

    def _manifest(self, files: Sequence[PackageFile]) -> Manifest:
        return Manifest(
            program=__version__,
            made_on=self.office.today.isoformat(),
            regime=self.source.regime.id,
            match_code=self.binding.match_code,
            redacted=self.office.redacted,
            systems=self.binding.about,
            versions=dict(self.source.versions),
            files=tuple(files),
        )


def _official(file: PackageFile) -> tuple[bool, tuple[str | int, ...]]:
    return file.kind is Kind.WORD, counted(file.path)
