"""What holds for every plan and every shelf of evidence, whatever is on it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from compliance.domain.assessment import Answer, Result
from compliance.domain.deployment import Deployment, deployment
from compliance.domain.evidence import Evidence, EvidenceFile, EvidenceKind
from compliance.domain.finding_row import natural
from compliance.domain.finding_steps import proof
from compliance.domain.remediation import (
    Finding,
    FindingStatus,
    GapKind,
    Severity,
    evidence_gaps,
)
from compliance.domain.remediation_plan import numbers_text

DAY = date(2026, 11, 22)
days = st.integers(-400, 400).map(lambda number: DAY + timedelta(days=number))
results = st.lists(st.tuples(st.sampled_from(Result), st.none() | days))
sums = st.integers(0, 5).map(lambda number: f"{number:064x}")
ANSWERED: dict[str, Any] = {"system_id": "he-thong", "requirement_id": "4.1-a", "checklist_id": "danh-muc"}


@st.composite
def pieces(draw: st.DrawFn) -> tuple[Evidence, ...]:
    count = draw(st.integers(0, 4))
    return tuple(
        Evidence(
            id=f"mc-2026-{number:04}",
            kind=EvidenceKind.OBSERVATION,
            title="Đã xem",
            text="Đã xem",
            filed_on=draw(days),
            valid_until=draw(st.none() | days),
            withdrawn=draw(st.sampled_from(["", "gắn nhầm"])),
            file=EvidenceFile(sha256=draw(sums), media_type="text/plain", file_name="a.txt", size=1),
        )
        for number in range(1, count + 1)
    )


@given(results)
def test_the_state_of_a_plan_follows_from_its_requirements(found: list[tuple[Result, date | None]]) -> None:
    state = deployment(found)
    applying = [(result, due) for result, due in found if result is not Result.NOT_APPLICABLE]
    short = [due for result, due in applying if result is not Result.COMPLIANT]
    assert (state.state is Deployment.FULLY) == (not short)
    assert state.state is not Deployment.NONE or not any(
        result in {Result.COMPLIANT, Result.PARTIALLY_COMPLIANT} for result, _ in applying
    )
    assert state.without_deadline == short.count(None)
    if state.by is None:
        assert not short or state.without_deadline
    else:
        assert state.by == max(due for due in short if due)


@given(results, st.randoms())
def test_the_order_of_requirements_and_what_does_not_apply_change_nothing(
    found: list[tuple[Result, date | None]], random: object
) -> None:
    shuffled = [*found, (Result.NOT_APPLICABLE, DAY)]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert deployment(shuffled) == deployment(found)


@given(st.sampled_from(Result), pieces(), st.frozensets(sums))
def test_an_answer_has_a_gap_unless_something_sound_proves_it(
    result: Result, shelf: tuple[Evidence, ...], lost: frozenset[str]
) -> None:
    on_shelf = tuple(one for one in shelf if not one.withdrawn)
    answer = Answer(**ANSWERED, result=result, reason="Không có thiết bị loại này")
    gaps = evidence_gaps([answer], {("he-thong", "4.1-a"): on_shelf}, lost, DAY)
    if result not in {Result.COMPLIANT, Result.PARTIALLY_COMPLIANT}:
        assert gaps == ()
        return
    sound = [one for one in on_shelf if one.counts(DAY) and one.file and one.file.sha256 not in lost]
    assert bool(sound) or bool(gaps)
    assert {gap.kind for gap in gaps} <= ({GapKind.LOST} if sound else set(GapKind))
    assert len({gap.id for gap in gaps}) == len(gaps)
    assert all(gap.since is not None and gap.since < DAY for gap in gaps if gap.kind is GapKind.EXPIRED)


@given(pieces(), st.frozensets(sums), days)
def test_a_finding_is_closed_on_sound_evidence_of_its_own_time_only(
    shelf: tuple[Evidence, ...], lost: frozenset[str], opened: date
) -> None:
    finding = Finding(**ANSWERED, severity=Severity.HIGH, opened_on=opened, status=FindingStatus.DONE)
    for one in proof(finding, shelf, lost, DAY):
        assert not one.withdrawn
        assert not one.expired(DAY)
        assert one.filed_on >= opened
        assert one.file is not None
        assert one.file.sha256 not in lost


@given(st.sets(st.integers(1, 300)))
def test_numbers_of_findings_can_be_read_back(numbers: set[int]) -> None:
    read = set[int]()
    for part in filter(None, numbers_text(numbers).split(", ")):
        first, _, last = part.partition("-")
        read |= set(range(int(first), int(last or first) + 1))
    assert read == numbers


def test_clauses_are_ordered_as_one_counts() -> None:
    assert sorted(["4.10-a", "4.2.2.1-b", "4.2-a", "4.2.2-a"], key=natural) == [
        "4.2-a",
        "4.2.2-a",
        "4.2.2.1-b",
        "4.10-a",
    ]
