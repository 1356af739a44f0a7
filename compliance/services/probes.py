"""Classifying bare facts, one JSON object a line, without a workspace: the contract other programs rely on.

In: fact ids and ``id``; ``null`` or absent = unanswered. Out: ``id, level, decided, grounds, open, grey_zones``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from compliance.domain.answering import checked_fact
from compliance.domain.classification import Classification, classify
from compliance.domain.question import Question
from compliance.domain.regime import Regime
from compliance.domain.system import FactValue
from compliance.domain.wording import nearest
from compliance.errors import BadData, Fault

_ID = "id"


def probe(lines: Iterable[str], regime: Regime, file: str = "") -> Iterator[dict[str, Any]]:
    """Classify each line; every line is checked before the first result is given.

    Args:
        lines: one JSON object each; empty lines are passed over.
        regime: the law to judge by.
        file: what the faults call the input.

    Raises:
        BadData: lines that are no objects, unknown facts or values; all of them, with their line numbers.
    """
    questions = {question.id: question for question in regime.questions}
    cases: list[tuple[str, dict[str, FactValue]]] = []
    faults: list[Fault] = []
    for row, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(_case(json.loads(line.removeprefix("\ufeff"), object_pairs_hook=_no_doubles), questions))
        except _Wrong as wrong:
            faults += [Fault(sentence, file, row=row, column=place) for place, sentence in wrong.places]
        except (ValueError, RecursionError):
            faults.append(Fault("dòng này không đọc được như một đối tượng JSON.", file, row=row))
    if faults:
        raise BadData("Dữ liệu đưa vào có lỗi nên chưa xác định cấp độ cho dòng nào. Hãy sửa rồi chạy lại.", faults)
    return (_result(case_id, classify(regime, facts)) for case_id, facts in cases)


class _Wrong(Exception):
    """The faults of one line: the key they stand at and the sentence."""

    def __init__(self, *places: tuple[str, str]) -> None:
        super().__init__(places)
        self.places = places


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    doubled = sorted({key for key in keys if keys.count(key) > 1})
    if doubled:
        raise _Wrong(*((key, "mục này ghi hai lần.") for key in doubled))
    return dict(pairs)


def _case(raw: object, questions: Mapping[str, Question]) -> tuple[str, dict[str, FactValue]]:
    if not isinstance(raw, dict):
        raise _Wrong(("", "mỗi dòng phải là một đối tượng JSON, ví dụ {“id”: “a”, …}."))
    faults: list[tuple[str, str]] = []
    case_id = raw.get(_ID)
    if not isinstance(case_id, str) or not case_id.strip() or not _writable(case_id):
        faults.append((_ID, "thiếu mã của dòng; hãy ghi một chuỗi chữ không rỗng."))
    facts: dict[str, FactValue] = {}
    for key, value in raw.items():
        if key == _ID:
            continue
        question = questions.get(key)
        if question is None:
            near = nearest(key, (*questions, _ID))
            faults.append((key, "không có câu hỏi này" + (f"; gần nhất là “{near}”." if near else ".")))
        elif value is not None:
            try:
                facts[key] = checked_fact(question, value)
            except ValueError as error:
                faults.append((key, str(error)))
    if faults:
        raise _Wrong(*faults)
    return str(case_id), facts


def _writable(text: str) -> bool:
    """A JSON escape can spell half a character, which no file can hold."""
    return not any("\ud800" <= char <= "\udfff" for char in text)


def _result(case_id: str, found: Classification) -> dict[str, Any]:
    return {
        "id": case_id,
        "level": found.level,
        "decided": found.decided,
        "grounds": [
            {"criterion": ground.criterion, "citation": ground.citation, "facts": list(ground.facts)}
            for ground in found.grounds
        ],
        "open": [{"criterion": one.criterion, "level": one.level, "facts": list(one.facts)} for one in found.open],
        "grey_zones": [zone.code for zone in found.grey_zones],
    }
