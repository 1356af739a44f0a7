"""What a dossier still lacks: every blank and every example value, with the place where it is filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum

from compliance.domain.blank import Frozen
from compliance.domain.column import Column, Table
from compliance.domain.condition import Condition, Facts
from compliance.domain.plan import PlanSection
from compliance.domain.printed import Standing, Value

_SHOWN = 5
_ROLES = {"owner": "units", "operator": "units", "security_unit": "units"}
_ANSWERS = "answers"
_STILL_TO_COME = {Standing.UNANSWERED: "", Standing.NOT_YET: "đang ghi “Chưa có”"}


class Severity(StrEnum):
    """How much an item weighs: asked by the text, an example to replace, or a remark to weigh."""

    REQUIRED = "required"
    EXAMPLE = "example"
    REMARK = "remark"

    @property
    def label(self) -> str:
        """Vietnamese wording, as the heading of the page."""
        return {
            "required": "Nội dung văn bản yêu cầu nhưng chưa có",
            "example": "Giá trị ví dụ phải thay bằng giá trị thật",
            "remark": "Điểm cần lưu ý trước khi trình",
        }[self.value]


class MissingItem(Frozen):
    """One line of the page: what is missing, of which unit or system, where it is filled in, which text asks for it."""

    of: str
    what: str
    where_to_fill: str
    citation: str
    severity: Severity


class SomeDemands(Frozen):
    """Fields a form demands only of the systems for which ``when`` holds, each with the clause that demands it."""

    when: Condition
    fields: Mapping[str, str]


class Wanted(Frozen):
    """What a form says of the fields it prints: the label of each, and the clause that demands it (if one does)."""

    labels: Mapping[str, str]
    demands: Mapping[str, str]
    demands_when: tuple[SomeDemands, ...] = ()

    def of(self, facts: Facts) -> Wanted:
        """What is wanted of one system; a condition nobody can judge yet counts: a blank lessens nothing."""
        more = (one.fields for one in self.demands_when if one.when.truth(facts) is not False)
        demands = dict(self.demands)
        for fields in more:
            demands |= fields
        return self.model_copy(update={"demands": demands})


def values_in(part: object) -> Iterator[Value]:
    """Every printed value inside a composed part, in printing order."""
    if isinstance(part, Value):
        yield part
    elif isinstance(part, Frozen):
        for name in type(part).model_fields:
            yield from values_in(getattr(part, name))
    elif isinstance(part, tuple):
        for item in part:
            yield from values_in(item)


def _column(field: str, tables: Mapping[str, Table]) -> tuple[Table | None, Column | None]:
    prefix, _, name = field.partition(".")
    table = tables.get(_ROLES.get(prefix, prefix))
    return table, table.by_field.get(name) if table else None


def label_of(field: str, tables: Mapping[str, Table], wanted: Wanted) -> str:
    """What a field is called: the form's words, else the header of its column."""
    column = _column(field, tables)[1]
    return wanted.labels.get(field) or (column.header if column else field)


def where(field: str, tables: Mapping[str, Table]) -> str:
    """The sheet and column of the inventory workbook in which a field is filled in."""
    prefix, _, column_field = field.partition(".")
    table, column = _column(field, tables)
    if prefix == "systems" and column_field in tables:
        return f"Bảng kê, trang “{tables[column_field].sheet}”"
    if table is None:
        return "Bảng kê hệ thống"
    return f"Bảng kê, trang “{table.sheet}”" + (f", cột “{column.header}”" if column else "")


def blanks(of: str, part: object, tables: Mapping[str, Table], wanted: Wanted) -> tuple[MissingItem, ...]:
    """The demanded blanks of a composed part, one line per field, then its example values, one line per sheet.

    What is stated as *not yet* there still has to come, so a demanded field that says so is listed too.
    """
    values = tuple(values_in(part))
    lacking: dict[str, list[str]] = {}
    for value in values:
        if value.field in wanted.demands and value.standing in _STILL_TO_COME:
            lacking.setdefault(value.field, []).append(value.subject or _STILL_TO_COME[value.standing])
    missing = (
        MissingItem(
            of=of,
            what=_what(label_of(field, tables, wanted), subjects),
            where_to_fill=where(field, tables),
            citation=wanted.demands[field],
            severity=Severity.REQUIRED,
        )
        for field, subjects in lacking.items()
    )
    return (*missing, *_examples(of, values, tables, wanted))


def _examples(of: str, values: Sequence[Value], tables: Mapping[str, Table], wanted: Wanted) -> Iterator[MissingItem]:
    """The fields of a record, or the rows of a list, that still hold example values."""
    fields: dict[str, list[str]] = {}
    for value in values:
        if value.assumed:
            label = label_of(value.field, tables, wanted)
            fields.setdefault(value.field.partition(".")[0], []).append(value.subject or label)
    for prefix, named in fields.items():
        yield MissingItem(
            of=of,
            what="; ".join(dict.fromkeys(named)),
            where_to_fill=where(prefix, tables),
            citation="",
            severity=Severity.EXAMPLE,
        )


def _what(label: str, subjects: Sequence[str]) -> str:
    named = list(dict.fromkeys(subject for subject in subjects if subject))
    if not named:
        return label
    rest = f" và {len(named) - _SHOWN} dòng khác" if len(named) > _SHOWN else ""
    return f"{label}: {'; '.join(named[:_SHOWN])}{rest}"


def unanswered(
    system_name: str, sections: Iterable[PlanSection], tables: Mapping[str, Table], wanted: Wanted
) -> Iterator[MissingItem]:
    """The plan's blanks, counted per section: 129 separate lines would hide everything else."""
    place = f"{where(_ANSWERS, tables)}, các dòng của hệ thống"
    citation = wanted.demands.get(_ANSWERS, "")
    for section in sections:
        rows = section.rows
        silent = sum(not row.answered for row in rows)
        partly = sum(row.answered and not row.complete for row in rows)
        counts = [f"{silent}/{len(rows)} yêu cầu chưa trả lời"] if silent else []
        counts += (
            [f"{partly}/{len(rows)} yêu cầu còn thiếu hiện trạng, biện pháp, đơn vị hoặc thời hạn"] if partly else []
        )
        if counts:
            yield MissingItem(
                of=system_name,
                what=f"{section.heading}: {'; '.join(counts)}",
                where_to_fill=place,
                citation=citation,
                severity=Severity.REQUIRED,
            )
        examples = sum(row.result.assumed for row in rows)
        if examples:
            yield MissingItem(
                of=system_name,
                what=f"{section.heading}: {examples} câu trả lời là ví dụ",
                where_to_fill=place,
                citation="",
                severity=Severity.EXAMPLE,
            )
