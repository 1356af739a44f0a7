"""A check as the terminal and other programs see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cli.output import say, show_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.domain.assessment import Assessment
    from compliance.domain.assessment_rules import AssessmentWarning
    from compliance.domain.assessment_sheet import AssessmentRow, AssessmentSheet, Tally
    from compliance.domain.inheritance import Reliance


def plain_assessment(one: Assessment) -> dict[str, object]:
    """The check itself, without answers."""
    return {
        "id": one.id,
        "system": one.system_id,
        "kind": one.kind.value,
        "status": "closed" if one.closed else "open",
        "regime": one.regime,
        "level": one.level,
        "lists": dict(one.lists),
        "assessor": one.assessor,
        "assessor_unit": one.assessor_unit_id,
        "operator": one.operator_id,
        "outside": one.outside,
        "started_on": one.started_on,
        "closed_on": one.closed_on,
        "previous": one.previous_id or None,
        "cause": one.cause,
        "minutes": one.minutes.model_dump(mode="json") if one.minutes else None,
    }


def plain_tally(found: Tally) -> dict[str, object]:
    """Figures by result; ``coverage`` and ``compliance`` from 0 to 1."""
    return {
        "total": found.total,
        "assessed": found.assessed,
        "inherited": found.inherited,
        "coverage": round(found.coverage, 4),
        "compliance": round(found.compliance, 4),
        "counts": {result.value: count for result, count in found.counts.items()},
    }


def plain_sheet(
    sheet: AssessmentSheet, warnings: Iterable[AssessmentWarning], notes: Iterable[str]
) -> dict[str, object]:
    """A check with its figures by group and every row."""
    return {
        **plain_assessment(sheet.assessment),
        "system_name": sheet.system_name,
        **plain_tally(sheet.tally),
        "groups": [{"id": one.id, "title": one.title, **plain_tally(one.tally)} for one in sheet.groups],
        "rows": [_plain_row(row) for row in sheet.rows],
        "warnings": [plain_warning(one) for one in warnings],
        "notes": list(notes),
        "strays": list(sheet.strays),
    }


def plain_warning(one: AssessmentWarning) -> dict[str, object]:
    """Something to heed, with where it is written."""
    return {
        "id": one.id,
        "title": one.title,
        "message": one.message,
        "citation": one.citation,
        "compulsory": one.compulsory,
        "uncertain": one.uncertain,
    }


def _plain_row(row: AssessmentRow) -> dict[str, object]:
    answer, requirement = row.answer, row.requirement
    source = answer.inherited if answer and answer.inherited else row.inherited.source if row.inherited else None
    return {
        "requirement": requirement.id,
        "clause": requirement.clause,
        "citation": requirement.citation,
        "group": requirement.group,
        "statement": requirement.statement,
        "result": row.result.value,
        "present_state": row.present_state,
        "reason": answer.reason if answer else "",
        "equivalent": answer.equivalent if answer else "",
        "equivalent_reason": answer.equivalent_reason if answer else "",
        "override": answer.override if answer else "",
        "answered_by": answer.answered_by if answer else "",
        "answered_on": answer.answered_on if answer else None,
        "version": row.version,
        "inherited": {"system": source.system_id, "requirements": list(source.requirement_ids)}
        if source and row.from_provider
        else None,
        "carried_from": list(answer.carried_from) if answer else [],
        "previous": row.previous.value if row.previous else None,
    }


def plain_reliance(one: Reliance) -> dict[str, object]:
    """What a system relies on another for."""
    return {"system": one.system_id, "provider": one.provider_id, "groups": list(one.groups), "basis": one.basis}


def say_warnings(warnings: Sequence[AssessmentWarning]) -> None:
    """What to heed, each with its citation; what the text leaves open is said so."""
    for one in warnings:
        say(f"{'Lưu ý' if not one.compulsory else 'Cảnh báo'}: {one.title}. {one.message} ({one.citation})")
        if one.uncertain:
            say(f"  Chưa rõ: {one.uncertain}")


def say_sheet(sheet: AssessmentSheet) -> None:
    """Figures by group, then those of the whole."""
    rows = [(one.title, *_figures(one.tally)) for one in sheet.groups]
    rows.append(("Cộng", *_figures(sheet.tally)))
    headers = ("Nhóm", "Số yêu cầu", "Đạt", "Đạt một phần", "Chưa đạt", "Không áp dụng", "Chưa đánh giá", "Dùng chung")
    show_table(rows, headers, widths=(36, 7, 5, 8, 8, 8, 9, 7))
    found = sheet.tally
    say(
        f"Đã đánh giá {found.assessed}/{found.total} yêu cầu ({found.coverage:.0%})"
        + (f"; {found.inherited} yêu cầu dùng kết quả chung của hệ thống khác." if found.inherited else ".")
    )


def _figures(found: Tally) -> tuple[int, ...]:
    return (found.total, *found.counts.values(), found.inherited)


def say_rows(rows: Iterable[AssessmentRow]) -> None:
    """Rows one by one: what is asked, how it came out, whose answer it is."""
    table = [
        (row.requirement.id, row.requirement.statement, row.result.label, row.present_state, _whose(row))
        for row in rows
    ]
    show_table(table, ("Mã", "Yêu cầu", "Kết quả", "Hiện trạng", "Người trả lời"), widths=(0, 48, 12, 30, 20))


def _whose(row: AssessmentRow) -> str:
    if row.from_provider:
        return f"dùng chung: {row.inherited.provider_name}" if row.inherited else "dùng chung (đã chốt)"
    if row.answer is None:
        return ""
    carried = ", mang sang từ cấp độ trước" if row.answer.carried_from else ""
    return f"{row.answer.answered_by}, {row.answer.answered_on:%d/%m/%Y}{carried}"
