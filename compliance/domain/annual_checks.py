"""The rules of consistency of the yearly report: what in it does not agree, and what to do about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from compliance.domain.annual_report import Body, OwnerPart
from compliance.domain.annual_rows import AnnualRow
from compliance.domain.deployment import Deployment
from compliance.domain.level import LEVELS
from compliance.domain.report import Figure, Violation
from compliance.domain.reporting import ReportingRules
from compliance.domain.wording import date_text, folded

BODY_LABELS = {
    "name": "tên",
    "functions": "văn bản quy định chức năng, nhiệm vụ và quyền hạn",
    "representative": "người đại diện",
    "representative_office": "chức vụ của người đại diện",
    "address": "địa chỉ liên lạc",
    "phone": "số điện thoại",
    "email": "thư điện tử",
}
"""What each entry of section 2 is called in a sentence."""
_MAY_BE_EMPTY = "functions"
"""The form lets an owner leave its functions out."""
_RANKS = ("managed", "drafted", "appraised", "approved", "checked")

Broken = tuple[str, str, str]
"""A rule's id, where it is broken, and what is wrong."""


def violations(
    rules: ReportingRules, rows: Sequence[AnnualRow], figures: Iterable[Figure], until: date
) -> tuple[Violation, ...]:
    """Every rule the figures and the rows break, in the order of the rules.

    Args:
        rules: what must agree.
        rows: the systems reported.
        figures: the figures as printed.
        until: the day they are counted.
    """
    numbers = {one.id: one.number for one in figures if one.number is not None}
    found = [broken(rules, rule, "mục 1", message) for rule, message in _totals(rows, numbers)]
    shared = {name for name, times in Counter(folded(row.name) for row in rows).items() if times > 1}
    for number, row in enumerate(rows, start=1):
        said = [*_row(rules, row, until), *_twice(row, shared)]
        found += [broken(rules, rule, f"dòng {number}, {row.name}", text, row.system_id) for rule, text in said]
    order = list(rules.by_rule)
    return tuple(sorted(found, key=lambda one: order.index(one.rule)))


def broken(rules: ReportingRules, rule: str, where: str, message: str, system_id: str = "") -> Violation:
    """A violation of a rule, with its citation and what to do."""
    told = rules.by_rule[rule]
    fix = told.fix_for(system_id)
    return Violation(rule=rule, message=message, where=where, citation=told.citation, fix=fix)


def body_violations(rules: ReportingRules, owners: Iterable[OwnerPart]) -> Iterator[Violation]:
    """What the two blocks of section 2 lack."""
    for part in owners:
        for body, called, optional in (
            (part.owner, "chủ quản", {_MAY_BE_EMPTY}),
            (part.security_unit, "đơn vị chuyên trách", frozenset[str]()),
        ):
            lacks = [label for name, label in BODY_LABELS.items() if name not in optional and _blank(body, name)]
            if lacks:
                where = f"mục 2, {called}{f' {body.name.text}' if body.name.text else ''}"
                yield broken(rules, "bodies", where, f"Còn trống: {', '.join(lacks)}.")


def _blank(body: Body, name: str) -> bool:
    """Whether an entry lacks; an office alone stands for the representative, so it is never missed by itself."""
    return name != "representative_office" and bool(getattr(body, name).blank)


def _totals(rows: Sequence[AnnualRow], numbers: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    for rule, figure, counted, what in (
        ("rows-total", "managed", len(rows), "số dòng ở mục 3"),
        ("approved-total", "approved", sum(row.approved for row in rows), "số dòng đã được phê duyệt"),
        ("checked-total", "checked", sum(row.checked for row in rows), "số dòng đã phê duyệt có kiểm tra định kỳ"),
    ):
        if numbers[figure] != counted:
            yield rule, f"Mục 1 ghi {numbers[figure]}, còn {what} là {counted}."
    ordered = [numbers[name] for name in _RANKS]
    if ordered != sorted(ordered, reverse=True):
        yield "order", f"Các tổng số không giảm dần: {', '.join(map(str, ordered))}."


def _row(rules: ReportingRules, row: AnnualRow, until: date) -> Iterator[tuple[str, str]]:
    if not row.operator:
        yield "column-4", "Chưa ghi đơn vị vận hành."
    if row.level not in LEVELS:
        yield "column-5", "Chưa xác định được cấp độ."
    if row.state not in rules.approval_states:
        yield "column-6", f"“{row.state}” không phải là tình trạng của mẫu: {'; '.join(rules.approval_states)}."
    yield from _approval(row)
    yield from _deployment(rules, row)
    yield from _expected(row, until)
    if row.drafted and not row.typed:
        yield "type-known", "Đã có hồ sơ nhưng chưa khai loại hình."
    unknown = set(row.checks) - set(rules.checks)
    if unknown:
        yield "column-12", f"Cột (12) không nhận “{', '.join(sorted(unknown))}”."


def _approval(row: AnnualRow) -> Iterator[tuple[str, str]]:
    approval = row.approval
    if approval is None:
        if row.approval_expected.day is None:
            yield "column-9", "Chưa phê duyệt mà chưa ghi thời điểm dự kiến phê duyệt."
        return
    paper = approval.paper
    lacks = [
        label
        for label, given in (
            ("số", paper and paper.number),
            ("ngày", paper and paper.issued_on),
            ("cơ quan phê duyệt", paper and paper.issuer),
        )
        if not given
    ]
    if lacks:
        yield "column-7", f"Đã phê duyệt nhưng quyết định còn thiếu {', '.join(lacks)}."
    if row.regulation is None:
        yield "column-8", "Đã phê duyệt nhưng chưa ghi quyết định ban hành Quy chế."
    if approval.level and row.level and approval.level != row.level:
        yield "level-approved", f"Cấp độ đề xuất là {row.level}, quyết định phê duyệt cấp độ {approval.level}."


def _deployment(rules: ReportingRules, row: AnnualRow) -> Iterator[tuple[str, str]]:
    state = row.deployment
    if state is None:
        yield "column-10", "Chưa biết cấp độ nên chưa tính được mức độ triển khai phương án."
    elif state.label not in rules.deployment_states:
        yield "column-10", f"“{state.label}” không phải là mức triển khai của mẫu."
    if state is not None and state is not Deployment.FULLY and row.deployed_expected.day is None:
        short = f" ({row.without_deadline} yêu cầu chưa có thời hạn)" if row.without_deadline else ""
        yield "column-11", f"Chưa triển khai đầy đủ mà chưa có thời điểm dự kiến{short}."


def _expected(row: AnnualRow, until: date) -> Iterator[tuple[str, str]]:
    for column, expected in (("(9)", row.approval_expected), ("(11)", row.deployed_expected)):
        if expected.day is not None and expected.day <= until:
            yield "expected-past", f"Cột {column} ghi {expected.text}, không sau ngày {date_text(until)}."
    day, due = row.deployed_expected.day, row.deployed_due
    if day is not None and due is not None and day < due:
        yield (
            "expected-early",
            f"Cột (11) ghi {row.deployed_expected.text}, còn có yêu cầu chưa đạt đến ngày {date_text(due)} mới xong.",
        )


def _twice(row: AnnualRow, shared: set[str]) -> Iterator[tuple[str, str]]:
    if folded(row.name) in shared:
        yield "name-once", "Trùng tên với hệ thống khác trong báo cáo."
