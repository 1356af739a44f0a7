"""Drafting a dossier: check that one may be filed, compose it, print it, keep a record of what it rests on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from compliance.adapters.inventory_columns import tables
from compliance.adapters.law import load_checklist, load_duties
from compliance.adapters.templates import Form, load_form
from compliance.adapters.workspace import Workspace
from compliance.domain.asking import open_questions
from compliance.domain.authority import Authority
from compliance.domain.blank import Frozen
from compliance.domain.classification import Classification
from compliance.domain.design_clause import duties_printed
from compliance.domain.detailed_risk import recorded_elsewhere
from compliance.domain.dossier import Subject, compose, request
from compliance.domain.missing import MissingItem, blanks
from compliance.domain.regime import Regime
from compliance.domain.remark import remarks
from compliance.domain.road import Deadline
from compliance.domain.system import Connection, Ownership, Status
from compliance.errors import NotFound, Refused
from compliance.services import organizations, reliances, systems
from compliance.services.classifications import ClassifiedSystem, classify_all, classify_system
from compliance.services.dossier_papers import DraftFile, Letter, Source, print_papers
from compliance.services.own_forms import DRAFTS, OVERRIDES
from compliance.services.records import put_over
from compliance.services.renewals import print_renewal_pages
from compliance.services.roads import RoadStatus, statuses_of

__all__ = [
    "DRAFTS",
    "OVERRIDES",
    "DossierState",
    "DraftRecord",
    "DraftReport",
    "dossier_states",
    "draft_dossier",
    "may_draft",
    "source_of",
]

_KIND = "dossier"


@dataclass(frozen=True)
class DraftReport:
    """What was drafted: files with SHA-256 and pages, the face used, what is missing, and what it all rests on."""

    files: tuple[DraftFile, ...]
    face: str
    missing: tuple[MissingItem, ...]
    match_code: str
    versions: Mapping[str, str]
    remarks: tuple[str, ...]


class DraftRecord(Frozen):
    """The stored record of a draft: the systems, the code printed on its pages, the versions it rests on."""

    system_ids: tuple[str, ...]
    match_code: str
    drafted_on: date
    versions: Mapping[str, str]


@dataclass(frozen=True)
class DossierState:
    """Where one system stands on the way to its dossier; ``draft`` is the last one stored, if any."""

    status: RoadStatus
    draft: DraftRecord | None

    @property
    def classified(self) -> ClassifiedSystem:
        """The system and its level."""
        return self.status.classified

    @property
    def deadline(self) -> Deadline | None:
        """The limit that ends first among the acts the road waits for; ``None`` where none runs."""
        running = [act.deadline for act in self.status.acts if act.deadline is not None and not act.step.adverse]
        return min(running, key=lambda one: one.due, default=None)


def draft_dossier(
    workspace: Workspace, system_ids: Sequence[str], *, today: date, out: Path | None = None, keep: bool = True
) -> DraftReport:
    """Draft one dossier for systems of one owner, with a request for each, and the page of what is missing.

    A renewal begins with the page of what changed since the last approval.

    Args:
        workspace: where the systems are recorded.
        system_ids: one or more systems, each once.
        today: the day the law is read and the papers are dated in their properties; nothing is printed as issued.
        out: folder for the files; ``None`` for ``du-thao`` in the workspace.
        keep: store a record of the draft and of the versions it rests on.

    Raises:
        NotFound: a system is not recorded.
        Refused: a dossier may not or cannot be drafted; every reason is listed.
        DataFault: a form or checklist is broken.
    """
    source = source_of(workspace, system_ids, today)
    subjects = source.subjects
    folder = out or workspace.path / DRAFTS / "+".join(one.system.id for one in subjects)
    printed = print_papers(source, folder, today)
    changes = print_renewal_pages(workspace, (one.system.id for one in subjects), folder, today)
    report = DraftReport(
        files=(*(one.file for one in changes), *printed.files),
        face=printed.face,
        missing=printed.missing,
        match_code=source.match_code,
        versions=source.versions,
        remarks=(*(remark for one in changes for remark in one.remarks), *printed.remarks),
    )
    if keep:
        _store(workspace, subjects, report, today)
    return report


def source_of(workspace: Workspace, system_ids: Sequence[str], today: date) -> Source:
    """Everything the papers of one dossier are printed from; raises as :func:`draft_dossier`."""
    chosen = [classify_system(workspace, one, today) for one in dict.fromkeys(system_ids)]
    return _source(workspace, chosen, _checked(chosen, workspace), today)


def dossier_states(workspace: Workspace, today: date) -> tuple[DossierState, ...]:
    """Every system a dossier is drafted for, with its stage, its limit and its last draft.

    What is overdue stands first, then what falls due, the nearest day first; the rest by id.
    """
    drafts = [DraftRecord.model_validate_json(one.body) for one in workspace.store.heads(_KIND)]
    latest = {id_: draft for draft in sorted(drafts, key=lambda one: one.drafted_on) for id_ in draft.system_ids}
    found = [
        DossierState(status=status, draft=latest.get(status.system.id))
        for status in statuses_of(workspace, classify_all(workspace, today), today)
    ]
    return tuple(sorted(found, key=_urgency))


def _urgency(state: DossierState) -> tuple[date, str]:
    """Limits that have passed are the earliest, so the day alone puts them first."""
    deadline = state.deadline
    return (deadline.due if deadline else date.max, state.classified.system.id)


def may_draft(workspace: Workspace, one: ClassifiedSystem) -> bool:
    """Whether a dossier of this system alone would be drafted."""
    return not _reason_against(one) and _filing(one, workspace) is not None


@dataclass(frozen=True)
class _Filing:
    """Who is competent for a system and the forms of its level."""

    authority: Authority
    request_form: Form
    dossier_form: Form


def _checked(chosen: Sequence[ClassifiedSystem], workspace: Workspace) -> tuple[_Filing, ...]:
    """The authority and forms of each system; every reason against a dossier in one refusal."""
    if not chosen:
        raise Refused("Chưa nêu hệ thống nào. Hãy ghi mã của ít nhất một hệ thống.")
    reasons = [f"{one.system.name}: {reason}" for one in chosen if (reason := _reason_against(one))]
    found: list[_Filing] = []
    for one in chosen:
        if not _reason_against(one):
            filing = _filing(one, workspace)
            found += [filing] if filing else []
            reasons += [] if filing else [_not_built(one)]
    if len({one.system.owner_id for one in chosen}) > 1:
        reasons.append(
            "Các hệ thống này có chủ quản khác nhau, mà một hồ sơ chỉ thuộc một chủ quản. "
            "Hãy soạn riêng cho từng chủ quản."
        )
    if len({filing.dossier_form.name for filing in found}) > 1:
        reasons.append("Các hệ thống này theo những biểu mẫu khác nhau. Hãy soạn riêng cho từng cấp độ.")
    if reasons:
        raise Refused("Chưa soạn được hồ sơ:\n" + "\n".join(f"  - {reason}" for reason in reasons))
    return tuple(found)


def _reason_against(one: ClassifiedSystem) -> str:
    """Why no dossier may be drafted for a system; empty when one may."""
    system, found = one.system, one.classification
    if system.ownership is Ownership.USED:
        approval = system.earlier_approval.paper if system.earlier_approval else None
        kept = f" Đang lưu: {approval.text}." if approval else ""
        return (
            "cơ quan chỉ sử dụng, chủ quản là nơi khác nên không lập hồ sơ. Hãy xin và lưu số, ngày quyết định phê "
            f"duyệt cấp độ của chủ quản.{kept}"
        )
    if system.status is Status.DECOMMISSIONED:
        return "đã kết thúc vận hành nên không lập hồ sơ."
    if found.level is None or not found.decided:
        return _undecided(one, found)
    return ""


def _undecided(one: ClassifiedSystem, found: Classification) -> str:
    questions = open_questions(one.regime, one.system.facts)
    if not questions:
        return (
            "chưa tiêu chí nào khớp nên chưa xác định được cấp độ. "
            f"Hãy xem lại bằng: compliance classifications explain {one.system.id}"
        )
    asked = (
        f"      {question.label}" + (f" Hỏi: {question.ask_whom}." if question.ask_whom else "")
        for question in questions
    )
    least = f", ít nhất là cấp độ {found.at_least}" if found.at_least else ""
    return "\n".join(
        (
            f"chưa đủ dữ kiện để xác định cấp độ{least}. Còn phải trả lời:",
            *asked,
            f"    Trả lời bằng: compliance classifications ask {one.system.id}",
        )
    )


def _filing(one: ClassifiedSystem, workspace: Workspace) -> _Filing | None:
    """The authority and forms of the system's level; ``None`` when this version has none for it."""
    level = one.classification.level or 0
    authority = one.regime.authority_for(level)
    if authority is None:
        return None
    request, dossier = (_form(one, id_, workspace) for id_ in (authority.request_form, authority.dossier_form))
    if request is None or dossier is None:
        return None
    built = level in request.data.levels and level in dossier.data.levels
    return _Filing(authority, request, dossier) if built else None


def _form(one: ClassifiedSystem, form_id: str, workspace: Workspace) -> Form | None:
    try:
        return load_form(one.regime.id, form_id, overrides=workspace.path / OVERRIDES)
    except NotFound:
        return None


def _not_built(one: ClassifiedSystem) -> str:
    """There are no forms of this level; who is competent meanwhile."""
    level = one.classification.level or 0
    authority = one.regime.authority_for(level)
    said = f"{one.system.name}: là cấp độ {level}. Phiên bản này chưa soạn hồ sơ của cấp độ đó"
    if authority is None:
        return f"{said}."
    return f"{said}. Thẩm định: {authority.appraises}; phê duyệt: {authority.approves} ({authority.citation})."


def _subject(
    workspace: Workspace, one: ClassifiedSystem, form: Form, linked: tuple[Connection, ...], *, several: bool
) -> Subject:
    level = one.classification.level or 0
    around = {**one.around, "several_systems": several}
    return Subject(
        system=one.system,
        classification=one.classification,
        findings=one.findings,
        checklist=load_checklist(one.regime, level),
        duties=load_duties(one.regime, level),
        answers={
            answer.requirement_id: answer for answer in reliances.standing(workspace, one.system.id, one.regime, level)
        },
        around=around,
        linked=linked,
        design_duties=duties_printed(form.data.design_clauses, around),
    )


def _source(
    workspace: Workspace, chosen: Sequence[ClassifiedSystem], filings: Sequence[_Filing], today: date
) -> Source:
    regime, units = chosen[0].regime, organizations.units(workspace)
    every = systems.systems(workspace)
    named = {system.id: system.name for system in every}
    columns = {table.id: table for table in tables(regime.questions)}
    dossier_form = filings[0].dossier_form
    subjects = tuple(
        _subject(
            workspace,
            one,
            dossier_form,
            recorded_elsewhere(one.system, every, units),
            several=len(chosen) > 1,
        )
        for one in chosen
    )
    letters = tuple(
        Letter(one.system.id, filing.request_form, request(one, units, regime))
        for one, filing in zip(subjects, filings, strict=True)
    )
    in_letters = (
        item for one in letters for item in blanks(one.content.system_name, one.content, columns, one.form.wanted)
    )
    competent = {filing.authority.levels: filing.authority for filing in filings}
    cited = {one.form.data.id: one.form.data.citation for one in letters}
    return Source(
        subjects=subjects,
        units=units,
        regime=regime,
        letters=letters,
        dossier=compose(
            subjects,
            units,
            regime,
            named=named,
            tables=columns,
            wanted=dossier_form.wanted,
            clauses=dossier_form.data.design_clauses,
        ),
        dossier_form=dossier_form,
        versions=_versions(workspace, subjects, regime, [*(one.form for one in letters), dossier_form]),
        remarks=(*in_letters, *remarks(subjects, tuple(competent.values()), regime, cited, today)),
        attachments=workspace.attachments,
    )


def _versions(
    workspace: Workspace, subjects: Sequence[Subject], regime: Regime, forms: Sequence[Form]
) -> dict[str, str]:
    versions = {f"regime/{regime.id}": regime.checked_on.isoformat()}
    for one in subjects:
        versions |= {f"checklist/{used.id}": used.version for used in (one.checklist, one.duties)}
    for one in subjects:
        head = workspace.store.head("system", one.system.id)
        versions[f"system/{one.system.id}"] = str(head.version) if head else ""
    for form in forms:
        versions[f"form/{form.name}"] = form.digest
    return versions


def _store(workspace: Workspace, subjects: Sequence[Subject], report: DraftReport, today: date) -> None:
    ids = tuple(sorted(one.system.id for one in subjects))
    record = DraftRecord(system_ids=ids, match_code=report.match_code, drafted_on=today, versions=report.versions)
    with workspace.act("Soạn hồ sơ đề xuất cấp độ") as act:
        put_over(act, _KIND, "+".join(ids), record)
