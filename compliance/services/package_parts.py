"""The papers of a dossier's package, each with the stretch of data it rests on and a match code of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from compliance.adapters.rendering import Attached
from compliance.adapters.templates import Form, load_form
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer, Result
from compliance.domain.dossier import Subject, SystemSection
from compliance.domain.package import PackagedSystem
from compliance.domain.plan_annexes import PlanAnnex, most_rows, plan_annexes
from compliance.domain.regime import PackageForms, Regime
from compliance.errors import NotFound
from compliance.services.dossier_papers import Diagrams, Letter, Source, pins_of
from compliance.services.dossiers import OVERRIDES
from compliance.services.paper_data import PaperData, plain, plain_units
from compliance.services.renewals import renewal_papers

DATA_NAME = "du-lieu-ho-so.json"
"""The data of the whole dossier, in the letters and the contents page."""
SLICE_NAME = "du-lieu-van-ban.json"
"""The data of one paper of it."""
_SLICE = "Dữ liệu của văn bản này"
_OF_OVERVIEW = frozenset({"devices", "services", "zones", "diagrams", "logical_model", "physical_model"})
_OF_RATIONALE = frozenset({"facts", "harm_rationale", "counting_method", "risks"})


@dataclass(frozen=True)
class Forms:
    """The forms of the package."""

    contents: Form
    overview: Form
    rationale: Form
    plan: Form
    plan_annex: Form
    masked: Form

    @property
    def versions(self) -> dict[str, str]:
        """Each form and its digest."""
        return {f"form/{one.name}": one.digest for one in vars(self).values()}


@dataclass(frozen=True)
class Part:
    """One paper of the package before it is printed; ``name`` has no ending."""

    name: str
    title: str
    form: Form
    content: Mapping[str, object]
    data: PaperData
    enclosed: tuple[Attached, ...] = ()


def forms_of(workspace: Workspace, regime: Regime) -> Forms:
    """The forms of the package, the office's own versions before the shipped ones.

    Raises:
        NotFound: the regime has none.
        DataFault: a form is broken.
    """
    named = regime.own_forms.package
    if named is None:
        raise NotFound(f"Chương trình chưa có mẫu bộ hồ sơ theo {regime.short_title}.")
    overrides = workspace.path / OVERRIDES
    return Forms(
        **{part: load_form(regime.id, getattr(named, part), overrides=overrides) for part in PackageForms.model_fields}
    )


def about(source: Source) -> tuple[PackagedSystem, ...]:
    """The systems of a dossier, the highest level first."""
    return tuple(PackagedSystem(id=one.id, name=one.name.text, level=one.level) for one in source.dossier.systems)


def parts_of(source: Source, forms: Forms, diagrams: Diagrams) -> tuple[Part, ...]:
    """The papers the program prints, in the order of the text (Đ21), without the contents page."""
    making = _Making(source, forms, diagrams)
    letters = [making.letter(one) for one in source.letters]
    return (*letters, making.overview(), making.rationale(), making.plan(), *making.annexes())


def renewal_parts(workspace: Workspace, source: Source, today: date) -> tuple[Part, ...]:
    """The first pages of a renewal: what changed since the last approval; none in a first round."""
    ids = [one.system.id for one in source.subjects]
    return tuple(
        Part(
            name=f"{paper.form.data.file_name}-{system_id}",
            title=paper.title,
            form=paper.form,
            content=paper.content,
            data=paper.data,
        )
        for system_id, paper in renewal_papers(workspace, ids, today)
    )


@dataclass(frozen=True)
class _Making:
    """The papers of one dossier in the making."""

    source: Source
    forms: Forms
    diagrams: Diagrams

    def letter(self, letter: Letter) -> Part:
        form = letter.form.data
        return Part(
            name=f"{form.file_name}-{letter.system_id}",
            title=f"{form.title}: {letter.content.system_name}",
            form=letter.form,
            content={"request": letter.content},
            data=self.source.data,
        )

    def overview(self) -> Part:
        records = {
            "systems": [_without(one, _OF_RATIONALE) for one in self.source.subjects],
            "units": plain_units(self.source.units, self._unit_ids),
        }
        part = self._explanation(self.forms.overview, records, self._system_versions)
        return Part(**{**vars(part), "enclosed": tuple(self.diagrams.enclosed.values())})

    def rationale(self) -> Part:
        records = {
            "systems": [_without(one, _OF_OVERVIEW) for one in self.source.subjects],
            "classifications": {one.system.id: plain(one.classification) for one in self.source.subjects},
        }
        return self._explanation(self.forms.rationale, records, self._system_versions)

    def plan(self) -> Part:
        records = {
            "systems": [one.model_dump() for one in about(self.source)],
            "counts": {one.id: _counts(one) for one in self.source.dossier.systems},
            "design": {one.id: [plain(clause) for clause in one.design] for one in self.source.dossier.systems},
        }
        annexes = {
            id_: [
                {"number": a.number, "title": a.title, "rows": a.rows, "file": f"{self._annex_name(a)}.pdf"}
                for a in found
            ]
            for id_, found in self._annexes
        }
        return self._explanation(
            self.forms.plan, records, self.source.versions, {"annexes": annexes, "pins": pins_of(self.source)[:-1]}
        )

    def annexes(self) -> Iterator[Part]:
        subjects = {one.system.id: one for one in self.source.subjects}
        for system, (_, found) in zip(self.source.dossier.systems, self._annexes, strict=True):
            for annex in found:
                yield self._annex(system, subjects[system.id], annex)

    def _annex(self, system: SystemSection, subject: Subject, annex: PlanAnnex) -> Part:
        form = self.forms.plan_annex
        ids = [row.requirement_id for one in annex.sections for row in one.rows]
        answers = [subject.answers[id_] for id_ in ids if id_ in subject.answers]
        named = {"id": system.id, "name": system.name.text, "level": system.level}
        records = {
            "system": named,
            "requirements": ids,
            "answers": [plain(one) for one in answers],
            "units": plain_units(self.source.units, _responsible(answers)),
        }
        lists = {f"checklist/{one.id}": one.version for one in (subject.checklist, subject.duties)}
        return Part(
            name=self._annex_name(annex),
            title=f"Phụ lục {annex.number}. {annex.title}",
            form=form,
            content={**self._common(form), "annex": annex, "system": named},
            data=self._slice(records, {**self._regime_version, **lists, f"form/{form.name}": form.digest}),
        )

    def _explanation(
        self,
        form: Form,
        records: Mapping[str, Any],
        versions: Mapping[str, str],
        more: Mapping[str, object] | None = None,
    ) -> Part:
        return Part(
            name=form.data.file_name,
            title=form.data.title,
            form=form,
            content={**self._common(form), **(more or {})},
            data=self._slice(records, {**versions, f"form/{form.name}": form.digest}),
        )

    def _slice(self, records: Mapping[str, Any], versions: Mapping[str, str]) -> PaperData:
        return PaperData(SLICE_NAME, _SLICE, versions, records)

    def _common(self, form: Form) -> dict[str, object]:
        source = self.source
        return {
            "dossier": source.dossier,
            "letterhead": source.dossier.letterhead,
            "about": about(source),
            "pictures": self.diagrams.pictures,
            "enclosed": self.diagrams.enclosed,
            "fact_labels": {f"systems.{question.id}": question.column for question in source.regime.questions},
            "result_labels": {result.value: result.label for result in Result},
            "form_folder": (form.behind or form).name,
        }

    def _annex_name(self, annex: PlanAnnex) -> str:
        """``05-phu-luc`` and 3 give ``05.03-phu-luc``."""
        number, _, rest = self.forms.plan_annex.data.file_name.partition("-")
        return f"{number}.{annex.number:02d}-{rest}"

    @property
    def _annexes(self) -> list[tuple[str, tuple[PlanAnnex, ...]]]:
        """The annexes of each system, numbered through the dossier."""
        systems = self.source.dossier.systems
        total = sum(len(section.rows) for one in systems for section in (*one.plan, one.duties))
        found: list[tuple[str, tuple[PlanAnnex, ...]]] = []
        for one in systems:
            first = 1 + sum(len(each) for _, each in found)
            found.append((one.id, plan_annexes((*one.plan, one.duties), most_rows(total), first)))
        return found

    @property
    def _regime_version(self) -> dict[str, str]:
        return {f"regime/{self.source.regime.id}": self.source.regime.checked_on.isoformat()}

    @property
    def _system_versions(self) -> dict[str, str]:
        systems = {f"system/{one.system.id}" for one in self.source.subjects}
        return {**self._regime_version, **{key: self.source.versions[key] for key in sorted(systems)}}

    @property
    def _unit_ids(self) -> set[str]:
        return {id_ for one in self.source.subjects for id_ in one.system.unit_ids}


def _without(subject: Subject, left_out: frozenset[str]) -> dict[str, Any]:
    return {key: value for key, value in plain(subject.system).items() if key not in left_out}


def _counts(system: SystemSection) -> list[dict[str, Any]]:
    counts = []
    for section in (*system.plan, system.duties):
        results = [row.result.text for row in section.rows]
        by_result = {one.value: results.count(one.label) for one in Result}
        counts.append({"part": section.heading, "requirements": len(results), **by_result})
    return counts


def _responsible(answers: Sequence[Answer]) -> set[str]:
    return {one.responsible_unit_id for one in answers if one.responsible_unit_id}
