"""What today's records say otherwise than a dossier read back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from compliance.adapters.workspace import Workspace
from compliance.domain.field_label import field_label
from compliance.domain.package import PackagedSystem
from compliance.domain.system import System
from compliance.services import reliances
from compliance.services.classifications import classify_system
from compliance.services.paper_data import plain


def differences(
    workspace: Workspace, records: Mapping[str, Any], about: Sequence[PackagedSystem], today: date
) -> Iterator[str]:
    """Sentences on each system whose record, level or answers are no longer those of the dossier.

    Args:
        workspace: today's records.
        records: the data of the whole dossier.
        about: its systems.
        today: the day the law is read.
    """
    before = {one["id"]: one for one in records.get("systems", []) if isinstance(one, dict) and "id" in one}
    for system in about:
        head = workspace.store.head("system", system.id)
        if head is None:
            yield f"{system.name}: không còn trong danh mục hệ thống của thư mục hồ sơ này."
            continue
        now = System.model_validate_json(head.body)
        changed = _changed(before.get(system.id, {}), plain(now))
        if changed:
            yield f"{system.name}: bản kê khai nay khác ở {', '.join(changed)}."
        found = classify_system(workspace, system.id, today)
        level = found.classification.level
        if level != system.level:
            said = f"cấp độ {level}" if level else "chưa xác định được cấp độ"
            yield f"{system.name}: trong hồ sơ là cấp độ {system.level}, nay là {said}."
        answers = reliances.standing(workspace, system.id, found.regime, system.level)
        yield from _answers(system.name, records, system.id, {one.requirement_id: plain(one) for one in answers})


def _changed(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[str]:
    keys = sorted({*before, *now})
    return [field_label("system", key) for key in keys if before.get(key) != now.get(key)]


def _answers(name: str, records: Mapping[str, Any], system_id: str, now: Mapping[str, Any]) -> Iterator[str]:
    given = records.get("answers", {})
    rows = given.get(system_id) if isinstance(given, dict) else None
    known = rows if isinstance(rows, list) else []  # whoever wrote the file may have written anything
    before = {str(one["requirement_id"]): one for one in known if isinstance(one, dict) and "requirement_id" in one}
    new, gone = now.keys() - before.keys(), before.keys() - now.keys()
    other = [key for key in now.keys() & before.keys() if now[key] != before[key]]
    counts = ((len(new), "câu trả lời mới"), (len(other), "câu trả lời đã đổi"), (len(gone), "câu trả lời không còn"))
    told = [f"{count} {words}" for count, words in counts if count]
    if told:
        yield f"{name}: {', '.join(told)} so với hồ sơ."
