"""The short way law files write conditions, spelled out for the domain.

``contains: {service_type: internal}`` · ``at_least: {subjects_basic: 100000}`` · ``one_of: {works_grade: [II, III]}`` ·
``unanswered: fact`` · ``mentions: {name: [camera]}`` · ``all_of: [..]`` · ``any_of: [..]`` · ``not: {..}``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from compliance.domain.wording import nearest

Report = Callable[[str, str], None]
"""Takes the dotted path and the sentence of a fault."""

_COMPARED = {"equals": "value", "at_least": "value", "below": "value", "contains": "value"}
_LISTED = {"one_of": "values", "mentions": "words"}
_JOINED = ("all_of", "any_of")
OPERATORS = (*_COMPARED, *_LISTED, *_JOINED, "not", "unanswered")

UNREADABLE: dict[str, Any] = {"op": "unanswered", "fact": ""}
"""Stands in for a condition that was reported, so that the rest of the file can still be checked."""


def spelled_out(raw: object, path: str, report: Report) -> dict[str, Any]:
    """The condition with its operator and operands under the names the domain uses; faults go to ``report``."""
    if not isinstance(raw, dict) or len(raw) != 1:
        report(path, "điều kiện phải có đúng một toán tử, ví dụ equals: {mã câu hỏi: giá trị}.")
        return UNREADABLE
    ((operator, operand),) = raw.items()
    path = f"{path}.{operator}"
    if operator in _JOINED:
        return _joined(operator, operand, path, report)
    if operator == "not":
        return {"op": "not", "part": spelled_out(operand, path, report)}
    if operator == "unanswered":
        return _unanswered(operand, path, report)
    if operator in _COMPARED or operator in _LISTED:
        return _about_one_fact(operator, operand, path, report)
    near = nearest(str(operator), OPERATORS)
    hint = f"có phải là “{near}”?" if near else f"hãy dùng một trong: {', '.join(OPERATORS)}."
    report(path, f"toán tử “{operator}” không có; {hint}")
    return UNREADABLE


def _joined(operator: str, operand: object, path: str, report: Report) -> dict[str, Any]:
    if not isinstance(operand, list) or not operand:
        report(path, "phải là một danh sách điều kiện, ít nhất một dòng.")
        return UNREADABLE
    parts = [spelled_out(part, f"{path}.{number}", report) for number, part in enumerate(operand)]
    return {"op": operator, "parts": parts}


def _unanswered(operand: object, path: str, report: Report) -> dict[str, Any]:
    if not isinstance(operand, str) or not operand:
        report(path, "phải là mã của một câu hỏi.")
        return UNREADABLE
    return {"op": "unanswered", "fact": operand}


def _about_one_fact(operator: str, operand: object, path: str, report: Report) -> dict[str, Any]:
    if not isinstance(operand, dict) or len(operand) != 1:
        report(path, "phải ghi dạng {mã câu hỏi: giá trị}, đúng một câu hỏi.")
        return UNREADABLE
    ((fact, value),) = operand.items()
    if not isinstance(fact, str) or not fact:
        report(path, "mã câu hỏi phải là chữ.")
        return UNREADABLE
    if operator in _LISTED and not isinstance(value, list):
        report(path, f"giá trị của “{fact}” phải là một danh sách.")
        return UNREADABLE
    return {"op": operator, "fact": fact, _COMPARED.get(operator) or _LISTED[operator]: value}
