"""The seven figures of the yearly report, each with the systems, steps and checks it counts and those it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from compliance.domain.annual_rows import AnnualRow, decision_text
from compliance.domain.report import Behind, Figure
from compliance.domain.reporting import FigureRule

_DONE = "Đã phê duyệt xong"
_SYSTEM = "system"


def figures(
    rows: Sequence[AnnualRow], left_out: Sequence[Behind], rules: Mapping[str, FigureRule], titles: Mapping[str, str]
) -> tuple[Figure, ...]:
    """The figures over the rows.

    Args:
        rows: the systems reported.
        left_out: those that are not, and why.
        rules: how each figure is counted, by its id.
        titles: what the form calls each.
    """
    counts: dict[str, tuple[Callable[[AnnualRow], bool], Callable[[AnnualRow], Iterable[Behind]], str]] = {
        "typed": (lambda row: row.typed, _as_system, "chưa khai loại hình"),
        "drafted": (lambda row: row.drafted, _as_state, "hồ sơ còn đang soạn, chưa qua bước kiểm tra trước khi gửi"),
        "appraised": (lambda row: row.appraised, _as_state, "chưa thẩm định xong"),
        "approved": (lambda row: row.approved, _as_decision, "chưa có quyết định phê duyệt"),
        "checked": (lambda row: row.checked, _as_check, "chưa có lần kiểm tra định kỳ kết thúc trong kỳ"),
    }
    managed = tuple(behind for row in rows for behind in _as_system(row))
    found = [_figure("managed", rules, titles, len(rows), managed, tuple(left_out))]
    for id_, (holds, behind, why) in counts.items():
        taken = [row for row in rows if holds(row)]
        beside = tuple(_beside(row, why) for row in rows if not holds(row))
        found.append(
            _figure(id_, rules, titles, len(taken), tuple(one for row in taken for one in behind(row)), beside)
        )
    return (*found, _all_approved(rows, rules, titles))


def all_approved_text(rows: Sequence[AnnualRow]) -> str:
    """When the last system will be approved; empty while one has no expected time."""
    waiting = [row.approval_expected for row in rows if not row.approved]
    if not waiting:
        return _DONE if rows else ""
    known = [(one.day, one.text) for one in waiting if one.day is not None]
    return max(known)[1] if len(known) == len(waiting) else ""


def _all_approved(rows: Sequence[AnnualRow], rules: Mapping[str, FigureRule], titles: Mapping[str, str]) -> Figure:
    id_ = "all_approved_by"
    waiting = [row for row in rows if not row.approved]
    return Figure(
        id=id_,
        title=titles[id_],
        text=all_approved_text(rows),
        rule=rules[id_].rule,
        citation=rules[id_].citation,
        behind=tuple(
            _beside(row, f"dự kiến {row.approval_expected.text}") for row in waiting if row.approval_expected.day
        ),
        beside=tuple(_beside(row, "chưa có thời điểm dự kiến") for row in waiting if not row.approval_expected.day),
    )


def _figure(
    id_: str,
    rules: Mapping[str, FigureRule],
    titles: Mapping[str, str],
    number: int,
    behind: tuple[Behind, ...],
    beside: tuple[Behind, ...],
) -> Figure:
    rule = rules[id_]
    return Figure(
        id=id_, title=titles[id_], number=number, rule=rule.rule, citation=rule.citation, behind=behind, beside=beside
    )


def _as_system(row: AnnualRow) -> Iterable[Behind]:
    yield Behind(kind=_SYSTEM, id=row.system_id, title=row.name)


def _as_state(row: AnnualRow) -> Iterable[Behind]:
    yield Behind(kind=_SYSTEM, id=row.system_id, title=row.name, counts=row.state)


def _as_decision(row: AnnualRow) -> Iterable[Behind]:
    approval = row.approval
    if approval is None:
        return
    record = ("step", f"{row.system_id}/{approval.step:04d}") if approval.step else (_SYSTEM, row.system_id)
    said = decision_text(approval) or "đã ghi cấp độ được phê duyệt, chưa ghi quyết định"
    yield Behind(kind=record[0], id=record[1], title=row.name, counts=said)


def _as_check(row: AnnualRow) -> Iterable[Behind]:
    for id_ in row.periodic_ids:
        yield Behind(kind="assessment", id=id_, title=row.name, counts="lần kiểm tra kết thúc trong kỳ")


def _beside(row: AnnualRow, why: str) -> Behind:
    return Behind(kind=_SYSTEM, id=row.system_id, title=row.name, counts=why)
