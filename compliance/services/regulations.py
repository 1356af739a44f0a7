"""The security regulation of an owner and the decision that issues it, drafted for signing outside the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from compliance.adapters.law import load_checklist, load_duties, load_regulation
from compliance.adapters.templates import Form
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Answer
from compliance.domain.checklist import Checklist
from compliance.domain.organization import Unit
from compliance.domain.regime import Regime
from compliance.domain.regulation import carried_down, issuing_decision, regulation
from compliance.domain.regulation_paper import Governed, IssuingDecision, Regulation
from compliance.domain.regulation_text import RegulationText
from compliance.domain.system import Ownership
from compliance.errors import Refused
from compliance.services import organizations, reliances
from compliance.services.classifications import ClassifiedSystem, classify_system
from compliance.services.dossiers import DRAFTS
from compliance.services.one_paper import OnePaper, PrintedPaper, print_one
from compliance.services.own_forms import own_form, paper_file, paper_versions
from compliance.services.paper_data import PaperData, plain, plain_units

_DATA_NAME = "du-lieu-quy-che.json"
_KIND_CODE = "kind_code"
"""The label of the decision's form that abbreviates its kind."""


@dataclass(frozen=True)
class RegulationPapers:
    """What was drafted: decision and regulation, what they say, what they rest on and remarks for the drafter."""

    system_ids: tuple[str, ...]
    decision: PrintedPaper
    regulation: PrintedPaper
    text: Regulation
    versions: Mapping[str, str]
    remarks: tuple[str, ...]

    @property
    def folder(self) -> Path:
        """Where both files are."""
        return self.regulation.file.path.parent

    def as_json(self) -> dict[str, Any]:
        """Plain data with stable keys."""
        return {
            "systems": list(self.system_ids),
            "level": self.text.level,
            "files": [self.decision.file.as_json(), self.regulation.file.as_json()],
            "chapters": len(self.text.chapters),
            "articles": len(self.text.articles),
            "requirements": sum(bool(rule.requirement_id) for one in self.text.articles for rule in one.rules),
            "to_decide": _to_decide(self.text),
            "doubtful": len(self.text.doubts),
            "face": self.regulation.face,
            "match_code": self.regulation.match_code,
            "versions": dict(self.versions),
            "remarks": list(self.remarks),
        }


def print_regulation(
    workspace: Workspace, system_ids: Sequence[str], *, out: Path | None, today: date
) -> RegulationPapers:
    """Draft the regulation for systems of one owner, at the highest of their levels, and the decision that issues it.

    Number, days and signature stay empty; nothing is recorded.

    Args:
        workspace: where systems, units and answers are recorded.
        system_ids: one or more systems, each once.
        out: the folder for both files; ``None`` for the systems' folder of drafts.
        today: the day the law is read.

    Raises:
        NotFound: a system is not recorded, or the regime in force has no such regulation.
        Refused: a system needs none of this owner, its level is open, or the folder cannot be written; every reason is
            listed.
        DataFault: a form or a law file is broken.
    """
    chosen = [classify_system(workspace, one, today) for one in dict.fromkeys(system_ids)]
    _refuse(chosen, out)
    regime, units = chosen[0].regime, organizations.units(workspace)
    forms = regime.own_forms
    paper = own_form(workspace, regime, forms.regulation, "Quy chế bảo đảm an ninh mạng")
    issuing = own_form(workspace, regime, forms.regulation_decision, "quyết định ban hành Quy chế")
    text, levels = load_regulation(regime), [_level(one) or 0 for one in chosen]
    lists = {level: load_checklist(regime, level) for level in range(min(levels), max(levels) + 1)}
    systems = [
        Governed(system=one.system, level=level, answers=_answers(workspace, one, level, lists))
        for one, level in zip(chosen, levels, strict=True)
    ]
    of_level = (lists[max(levels)], load_duties(regime, max(levels)))
    composed = _Composed(
        workspace=workspace,
        regime=regime,
        units=units,
        systems=systems,
        text=text,
        lists=of_level,
        regulation=regulation(text, systems, of_level, regime, units),
        decision=issuing_decision(text, systems, max(levels), regime, units),
    )
    return composed.printed(paper, issuing, out, today)


@dataclass(frozen=True)
class _Composed:
    """Both papers before they are printed, and what they rest on."""

    workspace: Workspace
    regime: Regime
    units: Mapping[str, Unit]
    systems: Sequence[Governed]
    text: RegulationText
    lists: tuple[Checklist, Checklist]
    regulation: Regulation
    decision: IssuingDecision

    def printed(self, paper: Form, issuing: Form, out: Path | None, today: date) -> RegulationPapers:
        ids = tuple(one.system.id for one in self.systems)
        folder = out or self.workspace.path / DRAFTS / "+".join(ids)
        data = self._data(paper, issuing)
        head = self.decision.letterhead.of_kind(issuing.data.labels[_KIND_CODE])
        decision = self.decision.model_copy(update={"letterhead": head})
        about = ids[0] if len(ids) == 1 else f"{ids[0]}-va-{len(ids) - 1}-he-thong-khac"
        issued = self._paper(issuing, {"decision": decision}, data)
        ruled = self._paper(paper, {"regulation": self.regulation, "decision_symbol": head.symbol}, data)
        first = print_one(issued, paper_file(self.workspace, issuing, ids[0], folder, about), today)
        second = print_one(ruled, paper_file(self.workspace, paper, ids[0], folder, about), today)
        return RegulationPapers(
            system_ids=ids,
            decision=first,
            regulation=second,
            text=self.regulation,
            versions=data.versions,
            remarks=tuple(dict.fromkeys((*self._remarks(), *first.remarks, *second.remarks))),
        )

    def _paper(self, form: Form, content: Mapping[str, object], data: PaperData) -> OnePaper:
        owner = self.units.get(self.systems[0].system.owner_id)
        names = ", ".join(one.system.name for one in self.systems)
        author = owner.name if owner else ""
        return OnePaper(form=form, title=f"{form.data.title}: {names}", author=author, content=content, data=data)

    def _data(self, *forms: Form) -> PaperData:
        versions = {f"regulation/{self.text.id}": self.text.version}
        versions |= {f"checklist/{one.id}": one.version for one in self.lists}
        named: set[str] = set()
        for one in self.systems:
            versions = {**paper_versions(self.workspace, self.regime, one.system.id, *forms), **versions}
            named |= one.system.unit_ids | {answer.responsible_unit_id or "" for answer in one.answers.values()}
        return PaperData(
            name=_DATA_NAME,
            description="Dữ liệu lập Quy chế và quyết định ban hành",
            versions=versions,
            records={
                "systems": [plain(one.system) for one in self.systems],
                "units": plain_units(self.units, named),
                "regulation": plain(self.regulation),
                "decision": plain(self.decision),
            },
        )

    def _remarks(self) -> Iterable[str]:
        """What the drafter still has to settle."""
        one = self.systems[0].system
        if one.owner_id not in self.units:
            yield "Chủ quản của hệ thống chưa có trong danh sách đơn vị nên tên cơ quan ban hành để trống."
        for field, called in (("operator_id", "đơn vị vận hành"), ("security_unit_id", "đơn vị chuyên trách")):
            lacking = [each.system.name for each in self.systems if getattr(each.system, field) not in self.units]
            if lacking:
                named = ", ".join(f"“{name}”" for name in lacking)
                yield f"Chưa khai {called} của {named} nên Quy chế để trống chỗ đó."
        if count := _to_decide(self.regulation):
            yield f"Còn {count} định kỳ, mức do cơ quan ấn định; Phụ lục của Quy chế để chỗ điền."
        if not any(rule.applied for each in self.regulation.articles for rule in each.rules):
            yield (
                "Chưa ghi biện pháp cho yêu cầu nào nên Quy chế chỉ có quy tắc chung. Ghi biện pháp, đơn vị chịu trách "
                f"nhiệm bằng: compliance assessments start {one.id}"
            )
        if count := len(self.regulation.doubts):
            yield f"{count} khoản có dấu (*) cần đối chiếu với văn bản chính thức; trang cuối của Quy chế liệt kê."


def _to_decide(text: Regulation) -> int:
    return sum(one.open for one in (*text.periods, *text.figures))


def _level(one: ClassifiedSystem) -> int | None:
    """The level found, else the one approved before."""
    found, approval = one.classification, one.system.earlier_approval
    return found.level if found.decided and found.level else approval.level if approval else None


def _answers(
    workspace: Workspace, one: ClassifiedSystem, level: int, lists: Mapping[int, Checklist]
) -> dict[str, Answer]:
    """The answers of a system under the ids of the regulation's level, which may be higher than its own."""
    own = {each.requirement_id: each for each in reliances.standing(workspace, one.system.id, one.regime, level)}
    above = {at: checklist for at, checklist in lists.items() if at >= level}
    for requirement in above[max(above)].requirements:
        for id_ in carried_down(requirement.id, above, level):
            if id_ in own:
                own.setdefault(requirement.id, own[id_])
    return own


def _refuse(chosen: Sequence[ClassifiedSystem], out: Path | None) -> None:
    """Refuse with every reason against one regulation for these systems.

    Raises:
        Refused: there is at least one.
    """
    if not chosen:
        raise Refused("Chưa nêu hệ thống nào. Hãy ghi mã của ít nhất một hệ thống.")
    reasons = [f"{one.system.name}: {reason}" for one in chosen if (reason := _reason_against(one))]
    if len({one.system.owner_id for one in chosen}) > 1:
        reasons.append(
            "Các hệ thống này có chủ quản khác nhau, mà Quy chế do một chủ quản ban hành. "
            "Hãy soạn riêng cho từng chủ quản."
        )
    if out is not None and out.suffix.lower() == ".pdf":
        reasons.append(f"Quyết định và Quy chế là hai tệp nên cần một thư mục, không phải một tệp: {out}")
    if reasons:
        raise Refused("Chưa soạn được Quy chế:\n" + "\n".join(f"  - {reason}" for reason in reasons))


def _reason_against(one: ClassifiedSystem) -> str:
    """Why no regulation may be drafted for a system; empty when one may."""
    if one.system.ownership is Ownership.USED:
        return "cơ quan chỉ sử dụng; Quy chế do chủ quản của hệ thống ban hành."
    if _level(one) is None:
        return f"chưa rõ cấp độ. Trả lời câu hỏi còn thiếu bằng: compliance classifications ask {one.system.id}"
    return ""
