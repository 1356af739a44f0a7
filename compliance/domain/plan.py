"""The protection plan of a system (Đ22.6, 29.2, 30.3, 30.4): requirement by requirement, in the order of the text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from compliance.domain.assessment import Answer, Result
from compliance.domain.blank import Frozen
from compliance.domain.checklist import Checklist, Requirement
from compliance.domain.overview import Units, unit_name
from compliance.domain.printed import Standing, Value, value
from compliance.domain.regime import PlanPart, Regime

Answers = Mapping[str, Answer]


class PlanRow(Frozen):
    """One requirement: what it asks, how things stand, what is done, by whom and when.

    ``doubtful``: something about it is not settled; the paper marks it, the page of what is missing says what.
    """

    requirement_id: str
    clause: str
    shared: str
    statement: str
    notes: tuple[str, ...]
    doubtful: bool
    result: Value
    present_state: Value
    measure: Value
    responsible: Value
    due: Value

    @property
    def answered(self) -> bool:
        """Somebody said how things stand."""
        return not self.result.blank

    @property
    def complete(self) -> bool:
        """No cell of the row is an unanswered blank."""
        cells = (self.result, self.present_state, self.measure, self.responsible, self.due)
        return not any(cell.blank for cell in cells)


class PlanGroup(Frozen):
    """The rows of one management or technical group (Đ30.3, 30.4)."""

    heading: str
    citation: str
    rows: tuple[PlanRow, ...]


class PlanSection(Frozen):
    """One of the plan parts (Đ29.2), or the decree duties the standard does not cover."""

    heading: str
    citation: str
    groups: tuple[PlanGroup, ...]

    @property
    def rows(self) -> tuple[PlanRow, ...]:
        """Every row of the section."""
        return tuple(row for group in self.groups for row in group.rows)


def plan(checklist: Checklist, answers: Answers, units: Units, regime: Regime) -> tuple[PlanSection, ...]:
    """The parts of the plan in statutory order, each part's requirements under their first group.

    A part without a requirement keeps its heading: the text lists it, so the plan shows that nothing stands there.
    That every requirement has a part and a group of the regime is checked when the checklist is loaded.
    """
    return tuple(
        PlanSection(
            heading=f"{part.letter}) {part.title}",
            citation=part.citation,
            groups=tuple(_groups(part, checklist, answers, units, regime)),
        )
        for part in regime.plan_parts
    )


def duty_section(duties: Checklist, answers: Answers, units: Units) -> PlanSection:
    """The decree duties, under the groups of their own list, each with its text: a clause alone names no decree."""
    rows = {group.id: [one for one in duties.requirements if one.group == group.id] for group in duties.groups}
    groups = (
        PlanGroup(
            heading=f"{group.title} ({group.citation})",
            citation=group.citation,
            rows=tuple(_row(one, answers.get(one.id), units) for one in rows[group.id]),
        )
        for group in duties.groups
        if rows[group.id]
    )
    return PlanSection(heading=duties.title, citation="", groups=tuple(groups))


def _groups(
    part: PlanPart, checklist: Checklist, answers: Answers, units: Units, regime: Regime
) -> Iterable[PlanGroup]:
    mine = [one for one in checklist.requirements if one.plan_part == part.id]
    for kind, groups in (("quản lý", regime.management_groups), ("kỹ thuật", regime.technical_groups)):
        for group in groups:
            rows = tuple(
                _row(one, answers.get(one.id), units, _shared(one, group, regime))
                for one in mine
                if one.groups[0] == group.id
            )
            if rows:
                heading = f"Yêu cầu {kind} – {group.letter}) {group.title}"
                yield PlanGroup(heading=heading, citation=group.citation, rows=rows)


def _shared(requirement: Requirement, group: PlanPart, regime: Regime) -> str:
    """The other groups a requirement also serves."""
    others = [
        f"{kind}\u00a0{one.letter}"
        for kind, groups in (("quản lý", regime.management_groups), ("kỹ thuật", regime.technical_groups))
        for one in groups
        if one.id in requirement.groups and one.id != group.id
    ]
    return f"cùng thuộc nhóm {', '.join(others)}" if others else ""


def _row(requirement: Requirement, answer: Answer | None, units: Units, shared: str = "") -> PlanRow:
    return PlanRow(
        requirement_id=requirement.id,
        clause=requirement.clause or requirement.citation,
        shared=shared,
        statement=requirement.statement,
        notes=tuple(requirement.notes("khuyến\u00a0nghị")),
        doubtful=bool(requirement.uncertain),
        **answer_cells(requirement.clause or requirement.id, answer, units),
    )


def answer_cells(subject: str, answer: Answer | None, units: Units) -> dict[str, Value]:
    """Result, state, measure, unit and date of the answer to the requirement called ``subject``, by those names."""
    if answer is None:
        fields = ("result", "present_state", "measure", "responsible", "due")
        return {name: Value(field=f"answers.{name}", standing=Standing.UNANSWERED, subject=subject) for name in fields}
    if answer.result is Result.NOT_APPLICABLE:
        return _not_applicable(answer, subject, units)
    state = " – ".join(
        part for part in (answer.present_state, f"Lý do: {answer.reason}" if answer.reason else "") if part
    )
    due: object = answer.due or ("Đã đạt" if answer.result is Result.COMPLIANT else None)
    raw = {
        "result": answer.result.label,
        "present_state": state,
        "measure": _measure(answer),
        "responsible": unit_name(units, answer.responsible_unit_id),
        "due": due,
    }
    return {
        name: value(f"answers.{name}", one, subject=subject, assumed=answer.assumed and name == "result")
        for name, one in raw.items()
    }


def _measure(answer: Answer) -> str:
    """What is done, and the equivalent chosen where the text leaves a choice, with the reason."""
    chosen = (
        f"Biện pháp tương đương: {answer.equivalent} (lý do: {answer.equivalent_reason})" if answer.equivalent else ""
    )
    return " – ".join(part for part in (answer.measure, chosen) if part)


def _not_applicable(answer: Answer, subject: str, units: Units) -> dict[str, Value]:
    """A requirement that does not apply needs no measure, unit or date; whatever was typed is still printed."""
    raw: dict[str, object] = {
        "present_state": " – ".join(part for part in (answer.present_state, f"Lý do: {answer.reason}") if part),
        "measure": _measure(answer),
        "responsible": unit_name(units, answer.responsible_unit_id),
        "due": answer.due,
    }
    cells = {
        name: value(f"answers.{name}", one, subject=subject)
        if one
        else Value(field=f"answers.{name}", text="–", standing=Standing.NOT_APPLICABLE, subject=subject)
        for name, one in raw.items()
    }
    label = answer.result.label
    result = Value(
        field="answers.result", text=label, standing=Standing.NOT_APPLICABLE, subject=subject, assumed=answer.assumed
    )
    return {"result": result, **cells}
