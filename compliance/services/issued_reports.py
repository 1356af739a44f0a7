"""Reports as issued: frozen with figures, content and versions; a later issue says what it changes, and why.

Every kind of report shares this. What a report says is composed elsewhere and handed in as :class:`Ready`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from compliance.adapters.store import Act
from compliance.adapters.workspace import Workspace
from compliance.domain.report import Change, Figure, Issued, Period, ReportKind, Violation
from compliance.domain.report_changes import changes
from compliance.domain.wording import date_text, nearest, typed
from compliance.errors import Conflict, NotFound, Refused
from compliance.services.paper_data import PaperData
from compliance.services.records import head_of, put_over

KIND = "report"
_DATA_NAME = "du-lieu-bao-cao.json"
Cells = Callable[[Mapping[str, Any]], Mapping[str, str]]
"""Reads frozen content: what is printed where, by the place in words."""


def no_cells(content: Mapping[str, Any]) -> Mapping[str, str]:  # noqa: ARG001
    """For reports of which only the figures are compared."""
    return {}


@dataclass(frozen=True)
class Ready:
    """A report worked out and ready to be issued.

    ``content`` is what the form prints, as plain data under the names it uses; ``versions`` what it rests on; ``cells``
    reads content for comparing it with the issue before.
    """

    kind: ReportKind
    owner_id: str
    period: Period
    figures: tuple[Figure, ...]
    content: Mapping[str, Any]
    versions: Mapping[str, str] = field(default_factory=dict)
    draft: str = ""
    violations: tuple[Violation, ...] = ()
    cells: Cells = no_cells


def issue(
    workspace: Workspace, ready: Ready, *, today: date, number: str = "", reason: str = "", override: str = ""
) -> Issued:
    """Freeze a report as issued today.

    Args:
        workspace: where issues are kept.
        ready: the report.
        today: the day of issue.
        number: the number văn thư gave it; may be told later (:func:`set_number`).
        reason: why it is issued again; needed from the second issue on.
        override: why it is issued although rules of consistency are broken.

    Raises:
        Refused: it is not over yet, breaks rules and no reason is given, or says nothing new.
        Conflict: somebody issued it in the same moment.
    """
    reason, override = typed(reason), typed(override)
    if not override:
        refuse_broken(ready.violations)
    with workspace.act(reason or f"Phát hành {ready.kind.label.lower()} {ready.period.name}") as act:
        last = last_issue(workspace, ready.kind, ready.owner_id, ready.period, ready.draft)
        made = _issued(ready, last, today=today, number=typed(number), reason=reason, override=override)
        _refuse_again(made, last)
        _put_new(act, made)
    return made


def last_issue(workspace: Workspace, kind: ReportKind, owner_id: str, period: Period, draft: str = "") -> Issued | None:
    """The last issue of a report of one period; ``None`` while none was issued."""
    found = [
        one
        for one in issues(workspace, kind=kind, owner_id=owner_id)
        if one.period.name == period.name and one.draft == draft
    ]
    return max(found, key=lambda one: one.issue, default=None)


def changes_since(last: Issued | None, ready: Ready) -> tuple[Change, ...]:
    """What a report says otherwise than its last issue; nothing where there is none."""
    if last is None:
        return ()
    return changes(last.figures, ready.figures, ready.cells(last.content), ready.cells(ready.content))


def refuse_broken(violations: Sequence[Violation]) -> None:
    """Refuse a report that breaks rules of consistency.

    Raises:
        Refused: listing them.
    """
    if not violations:
        return
    listed = "\n".join(f"  - {one.where + ': ' if one.where else ''}{one.message}" for one in violations)
    raise Refused(
        f"Báo cáo còn {len(violations)} điểm chưa khớp nên chưa phát hành được.\n{listed}\n"
        "Hãy xử lý từng điểm. Nếu vẫn phải phát hành, nêu lý do bằng --override “…” của lệnh phát hành; lý do được lưu "
        "cùng báo cáo."
    )


def _issued(ready: Ready, last: Issued | None, *, today: date, number: str, reason: str, override: str) -> Issued:
    bare = Issued(
        kind=ready.kind,
        owner_id=ready.owner_id,
        draft=ready.draft,
        period=ready.period,
        issue=last.issue + 1 if last else 1,
        issued_on=today,
        figures=ready.figures,
        content=ready.content,
        versions=ready.versions,
        violations=ready.violations,
        changes=changes_since(last, ready),
        reason=reason,
        override=override if ready.violations else "",
        paper_number=number,
    )
    return bare.model_copy(update={"match_code": issued_data(bare).match_code})


def _refuse_again(made: Issued, last: Issued | None) -> None:
    if last is None:
        return
    before = f"lần {last.issue} ngày {date_text(last.issued_on)} ({last.id})"
    if made.issued_on < last.issued_on:
        raise Refused(
            f"Báo cáo này đã phát hành {before}; không thể phát hành lần sau với ngày sớm hơn. Hãy kiểm tra lại ngày."
        )
    if not made.changes:
        raise Refused(f"Nội dung không khác báo cáo đã phát hành {before} nên không phát hành lại.")
    if not made.reason:
        told = "; ".join(f"{one.what}: {one.before} → {one.now}" for one in made.changes[:5])
        more = f"; và {len(made.changes) - 5} thay đổi khác" if len(made.changes) > 5 else ""  # noqa: PLR2004
        raise Refused(
            f"Báo cáo này đã phát hành {before}. Lần này thay đổi: {told}{more}. Nếu phát hành lại, nêu lý do bằng "
            "--reason “…”."
        )


def _put_new(act: Act, made: Issued) -> None:
    if act.head(KIND, made.id) is not None:
        raise Conflict(
            f"Có người khác vừa phát hành báo cáo này (lần {made.issue}). Chưa lưu gì. Hãy xem lại: compliance reports "
            f"show {made.id}"
        )
    act.put(KIND, made.id, made.model_dump_json(exclude_defaults=True), 0)


def issued_data(one: Issued) -> PaperData:
    """The data behind every paper of an issue: the same content gives the same match code, whenever it is printed."""
    return PaperData(
        name=_DATA_NAME,
        description="Số liệu báo cáo",
        versions=one.versions,
        records={
            "report": {
                "kind": one.kind.value,
                "owner": one.owner_id,
                "draft": one.draft,
                "period": one.period.model_dump(mode="json"),
                "issue": one.issue,
                "figures": {figure.id: figure.shown for figure in one.figures},
            },
            **one.content,
        },
    )


def issues(workspace: Workspace, *, kind: ReportKind | None = None, owner_id: str = "") -> tuple[Issued, ...]:
    """Every report issued, by id and issue; only of a kind and an owner where they are named."""
    under = "/".join(part for part in (kind.value if kind else "", owner_id if kind else "") if part)
    found = [Issued.model_validate_json(one.body) for one in workspace.store.heads(KIND, under)]
    mine = (one for one in found if not owner_id or one.owner_id == owner_id)
    return tuple(sorted(mine, key=lambda one: (one.kind, one.owner_id, one.period.name, one.draft, one.issue)))


def issued(workspace: Workspace, report_id: str) -> Issued:
    """One report as issued.

    Raises:
        NotFound: there is none of this id; the nearest is offered.
    """
    return Issued.model_validate_json(head_of(workspace, KIND, report_id).body)


def set_number(workspace: Workspace, report_id: str, number: str, *, reason: str = "") -> Issued:
    """Record the number văn thư gave an issued report; nothing else of it changes.

    Raises:
        NotFound: there is no such report.
        Refused: the number is empty, or another is recorded and no reason is given.
    """
    number = typed(number)
    if not number:
        raise Refused("Chưa nêu số, ký hiệu của báo cáo, ví dụ 12/BC-UBND.")
    with workspace.act(typed(reason) or "Ghi số văn bản của báo cáo") as act:
        one = issued(workspace, report_id)
        if one.paper_number and one.paper_number != number and not typed(reason):
            raise Refused(
                f"Báo cáo đã mang số {one.paper_number}. Nếu số cũ ghi nhầm, nêu lý do sửa bằng --reason “…”."
            )
        numbered = one.model_copy(update={"paper_number": number})
        put_over(act, KIND, one.id, numbered)
    return numbered


def explain(figures: Iterable[Figure], figure_id: str) -> Figure:
    """A figure with the records behind it.

    Raises:
        NotFound: the report has no such figure; the nearest is offered.
    """
    known = {one.id: one for one in figures}
    if figure_id in known:
        return known[figure_id]
    near = nearest(figure_id, known)
    hint = f"Có phải “{near}”?" if near else f"Các số liệu: {', '.join(known)}."
    raise NotFound(f"Báo cáo không có số liệu “{figure_id}”. {hint}")
