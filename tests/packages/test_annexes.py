"""The tables of a plan as annexes: every row once, in order, none too many."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.law import load_checklist, load_duties, load_regimes
from compliance.domain.plan import PlanGroup, PlanRow, PlanSection, duty_section, plan
from compliance.domain.plan_annexes import most_rows, plan_annexes
from compliance.domain.printed import Value
from compliance.domain.regime_status import regime_on
from tests.documents.office import TODAY

BLANK = Value(field="answers.result")


def row(number: int) -> PlanRow:
    cells = dict.fromkeys(("result", "present_state", "measure", "responsible", "due"), BLANK)
    return PlanRow(
        requirement_id=str(number), clause="", shared="", statement="", notes=(), doubtful=False, **cells
    )  # fmt: skip


@given(sizes=st.lists(st.lists(st.integers(1, 40), max_size=5), max_size=8), most=st.integers(1, 30))
def test_every_row_stands_once_in_order_and_no_annex_holds_too_many(sizes: list[list[int]], most: int) -> None:
    numbers = iter(range(10_000))
    sections = [
        PlanSection(
            heading=f"{at}",
            citation="",
            groups=tuple(
                PlanGroup(heading="n", citation="", rows=tuple(row(next(numbers)) for _ in range(size)))
                for size in groups
            ),
        )
        for at, groups in enumerate(sizes)
    ]
    annexes = plan_annexes(sections, most)
    assert all(one.rows <= most for one in annexes)
    assert [one.number for one in annexes] == list(range(1, len(annexes) + 1))
    told = [each.requirement_id for one in annexes for section in one.sections for each in section.rows]
    assert told == [each.requirement_id for section in sections for each in section.rows]
    assert list(dict.fromkeys(section.heading for one in annexes for section in one.sections)) == [
        one.heading for one in sections
    ]


def test_no_annex_of_a_level_three_plan_holds_more_than_twelve_hundredths_of_it() -> None:
    regime = regime_on(TODAY, load_regimes())
    duties = duty_section(load_duties(regime, 3), {}, {})
    sections = (*plan(load_checklist(regime, 3), {}, {}, regime), duties)
    total = sum(len(one.rows) for one in sections)
    annexes = plan_annexes(sections, most_rows(total))
    assert max(one.rows for one in annexes) <= 0.12 * total
    assert annexes[0].title == sections[0].heading
    assert annexes[2].title == f"{sections[1].heading} (phần 2/{annexes[2].portions})"
