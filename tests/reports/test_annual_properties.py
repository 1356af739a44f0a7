"""What holds for every yearly report, whatever stands in the records."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.law import load_regimes, load_reporting
from compliance.domain.annual_checks import violations
from compliance.domain.annual_figures import figures
from compliance.domain.annual_rows import AnnualRow, RowSource, StateWords, annual_row
from compliance.domain.assessment import Assessment, AssessmentKind
from compliance.domain.expectation import expected_text, last_day
from compliance.domain.procedure import Stage
from compliance.domain.regime_status import regime_on
from compliance.domain.road import Progress, Round
from compliance.domain.system import EarlierApproval
from tests.documents.office import NOTICES, TODAY

RULES = load_reporting(regime_on(TODAY, load_regimes()))
PERIOD = RULES.period(2026)
TITLES = {id_: id_ for id_ in RULES.by_figure}
days = st.integers(-500, 60).map(lambda number: PERIOD.last + timedelta(days=number))


@st.composite
def rows(draw: st.DrawFn) -> AnnualRow:
    number = draw(st.integers(0, 10_000))
    stage = draw(
        st.sampled_from([one for one in Stage if one not in {Stage.IN_FORCE, Stage.SUPERSEDED, Stage.APPROVED}])
    )
    earlier = draw(st.none() | st.integers(1, 5).map(lambda level: EarlierApproval(level=level)))
    facts = draw(st.sampled_from([{}, {"service_type": ("internal",)}]))
    check = Assessment(
        id=f"he-thong-{number}/2026-1",
        system_id=f"he-thong-{number}",
        kind=draw(st.sampled_from(AssessmentKind)),
        regime="x",
        level=2,
        lists={},
        assessor="Công an xã",
        started_on=date(2024, 1, 1),
        closed_on=draw(st.none() | days),
    )
    system = NOTICES.model_copy(
        update={"id": f"he-thong-{number}", "name": f"Hệ thống {number}", "earlier_approval": earlier, "facts": facts}
    )
    source = RowSource(
        system=system,
        owner="UBND xã",
        operator=draw(st.sampled_from(["", "Văn phòng"])),
        level=draw(st.none() | st.integers(1, 5)),
        progress=Progress(rounds=(Round(number=1, stage=stage),)),
        words=StateWords(
            at_stage=draw(st.sampled_from(RULES.approval_states[:3])),
            approved=RULES.approval_states[-1],
            before_use=RULES.checks[0],
            periodic=RULES.checks[1],
        ),
        approve_due=draw(st.none() | days),
        assessments=(check,),
    )
    return annual_row(source, PERIOD, PERIOD.last)


@given(st.lists(rows(), max_size=8))
def test_totals_agree_with_the_rows_and_fall_along_the_road(found: list[AnnualRow]) -> None:
    made = figures(found, (), RULES.by_figure, TITLES)
    number = {one.id: one.number or 0 for one in made}
    assert number["managed"] == len(found)
    assert number["checked"] <= number["approved"] <= number["appraised"] <= number["drafted"] <= number["managed"]
    assert number["typed"] <= number["managed"]
    broken = {one.rule for one in violations(RULES, found, made, PERIOD.last)}
    assert not broken & {"rows-total", "approved-total", "checked-total", "order", "column-6", "column-12"}
    for one in made[1:-1]:
        assert {record.id.partition("/")[0] for record in (*one.behind, *one.beside)} == {
            row.system_id for row in found
        }


@given(st.lists(rows(), min_size=1, max_size=8))
def test_a_row_without_a_violation_fills_every_column_its_state_asks(found: list[AnnualRow]) -> None:
    made = figures(found, (), RULES.by_figure, TITLES)
    said = violations(RULES, found, made, PERIOD.last)
    for number, row in enumerate(found, start=1):
        broken = {one.rule for one in said if one.where.startswith(f"dòng {number},")}
        assert ("column-5" in broken) == (row.level is None)
        assert ("column-8" in broken) == (row.approved and row.regulation is None)
        assert ("column-9" in broken) == (not row.approved and row.approval_expected.day is None)
        assert ("column-4" in broken) == (not row.operator)


@given(st.integers(1, 12), st.integers(2000, 2100))
def test_expected_times_end_on_the_last_day_they_may_mean(month: int, year: int) -> None:
    end = last_day(f"tháng {month}/{year}")
    assert (end.month, end.year, (end + timedelta(days=1)).day) == (month, year, 1)
    assert last_day(f"quý {['I', 'II', 'III', 'IV'][(month - 1) // 3]}/{year}") >= end
    assert last_day(f"năm {year}") == date(year, 12, 31)
    assert last_day(expected_text(f"tháng {month}/{year}")) == end


@given(st.integers(2, 9998))
def test_windows_follow_each_other_without_a_gap(year: int) -> None:
    assert RULES.period(year).first == RULES.period(year - 1).last + timedelta(days=1) if year > 2 else True
    assert RULES.period(year).holds(date(year, 2, 28))
