"""The seven figures of the yearly report, each with the systems, steps and checks it counts and those it leaves out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from compliance.domain.annual_rows import AnnualRow, decision_text
from compliance.domain.report import Behind, Figure
from compliance.domain.reporting import FigureRule

MANAGED, ALL_APPROVED = "managed", "all_approved_by"
_DONE = "Đã phê duyệt xong"
_SYSTEM = "system"


def figures(
    rows: Sequence[AnnualRow], left_out: Sequence[Behind], rules: Mapping[str, FigureRule], titles: Mapping[str, str]
) -> tuple[Figure, ...]:
    """The figures over the rows, in the order of the form.

    Args:
        rows: the systems reported.
        left_out: those that are not, and why.
        rules: how each figure is counted, by its id.
        titles: what the form calls each.
    """
    bare = {id_: Figure(id=id_, title=titles[id_], rule=one.rule, citation=one.citation) for id_, one in rules.items()}
    counted = (
        _figure(bare[id_], [row for row in rows if holds(row)], [row for row in rows if not holds(row)])
        for id_, holds in _HOLDS.items()
    )
    managed = bare[MANAGED].model_copy(
        update={
            "number": len(rows),
            "behind": tuple(_told(row, "") for row in rows),
            "beside": tuple(left_out),
        }
    )
    return (managed, *counted, _all_approved(bare[ALL_APPROVED], rows))


def all_approved_text(rows: Sequence[AnnualRow]) -> str:
    """When the last system will be approved; empty while one has no expected time."""
    waiting = [row.approval_expected for row in rows if not row.approved]
    if not waiting:
        return _DONE if rows else ""
    known = [(one.day, one.text) for one in waiting if one.day is not None]
    return max(known)[1] if len(known) == len(waiting) else ""


def _figure(bare: Figure, counted: Sequence[AnnualRow], others: Sequence[AnnualRow]) -> Figure:
    behind, why = _BEHIND[bare.id]
    return bare.model_copy(
        update={
            "number": len(counted),
            "behind": tuple(one for row in counted for one in behind(row)),
            "beside": tuple(_told(row, why) for row in others),
        }
    )


def _all_approved(bare: Figure, rows: Sequence[AnnualRow]) -> Figure:
    waiting = [(row, row.approval_expected) for row in rows if not row.approved]
    return bare.model_copy(
        update={
            "text": all_approved_text(rows),
            "behind": tuple(_told(row, f"dự kiến {one.text}") for row, one in waiting if one.day),
            "beside": tuple(_told(row, "chưa có thời điểm dự kiến") for row, one in waiting if not one.day),
        }
    )


def _told(row: AnnualRow, counts: str) -> Behind:
    return Behind(kind=_SYSTEM, id=row.system_id, title=row.name, counts=counts)


def _as_system(row: AnnualRow) -> Iterable[Behind]:
    yield _told(row, "")


def _as_state(row: AnnualRow) -> Iterable[Behind]:
    yield _told(row, row.state)


def _as_decision(row: AnnualRow) -> Iterable[Behind]:
    approval = row.approval
    if approval is not None:
        said = decision_text(approval) or "đã ghi cấp độ được phê duyệt, chưa ghi quyết định"
        on_road = approval.step > 0
        id_ = f"{row.system_id}/{approval.step:04d}" if on_road else row.system_id
        yield Behind(kind="step" if on_road else _SYSTEM, id=id_, title=row.name, counts=said)


def _as_check(row: AnnualRow) -> Iterable[Behind]:
    for id_ in row.periodic_ids:
        yield Behind(kind="assessment", id=id_, title=row.name, counts="lần kiểm tra kết thúc trong kỳ")


_HOLDS: Mapping[str, Callable[[AnnualRow], bool]] = {
    "typed": lambda row: row.typed,
    "drafted": lambda row: row.drafted,
    "appraised": lambda row: row.appraised,
    "approved": lambda row: row.approved,
    "checked": lambda row: row.checked,
}
_BEHIND: Mapping[str, tuple[Callable[[AnnualRow], Iterable[Behind]], str]] = {
    "typed": (_as_system, "chưa khai loại hình"),
    "drafted": (_as_state, "hồ sơ còn đang soạn, chưa qua bước kiểm tra trước khi gửi"),
    "appraised": (_as_state, "chưa thẩm định xong"),
    "approved": (_as_decision, "chưa có quyết định phê duyệt"),
    "checked": (_as_check, "chưa phê duyệt, hoặc chưa có lần kiểm tra định kỳ kết thúc trong kỳ"),
}
