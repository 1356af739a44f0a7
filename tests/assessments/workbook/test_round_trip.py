"""Export, edit any rows in any way, import: exactly those edits are stored, and no others."""

from __future__ import annotations

import random
import string
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from compliance.adapters.raw_table import clean
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Assessment, Result
from compliance.domain.assessment_columns import COLUMNS, digest, plain
from compliance.domain.wording import canonical, date_text
from compliance.services import assessments
from compliance.services.assessment_sheets import export_assessment
from tests.assessments.conftest import begin
from tests.assessments.workbook.filled import Filled, imported
from tests.documents.office import TODAY, new_office

LETTERS = string.ascii_letters + "ăâđêôơưĂÂĐÊÔƠƯáàảãạếềểễệốộớợứựýỹ" + "0123456789 ,.;:/()-+=@'\"&%<>#\n"
TRICKY = st.sampled_from(["=1+1", '=HYPERLINK("http://x")', "+84 203", "-", "-5", "@SUM(A1)", "'nháy", "00123", "1/2"])
TEXT = st.one_of(st.just(""), st.text(LETTERS, max_size=40).map(canonical), TRICKY)
FIELDS = [column.field for column in COLUMNS]
ROWS = st.integers(0, 206)
EDITS = st.dictionaries(
    ROWS,
    st.tuples(
        st.sampled_from(Result), TEXT, st.text(LETTERS, min_size=1, max_size=20), st.dates(date(2000, 1, 1), TODAY)
    ),
    max_size=8,
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workspace, Assessment]]:
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        yield workspace, begin(workspace)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS, order=st.randoms(use_true_random=False))
def test_exactly_what_was_edited_is_stored(
    place: tuple[Workspace, Assessment],
    tmp_path: Path,
    edits: dict[int, tuple[Result, str, str, date]],
    order: random.Random,
) -> None:
    workspace, check = place
    path = tmp_path / "phieu.xlsx"
    export_assessment(workspace, check.id, path, overwrite=True)
    book = Filled(path)
    before = {row.requirement.id: row for row in assessments.load(workspace, check.id).rows}
    ids = list(before)
    rows = book.rows()
    for number, (result, state, reason, day) in edits.items():
        for field, value in (("result", result.label), ("present_state", state), ("reason", f"Vì {reason}"),
                             ("answered_on", date_text(day))):  # fmt: skip
            rows[number][FIELDS.index(field)] = value or None
    order.shuffle(rows)
    book.put_rows(rows)
    report = imported(workspace, check, book)
    after = {row.requirement.id: row for row in assessments.load(workspace, check.id).rows}
    told = {one.requirement for one in report.changed}
    assert told <= {ids[number] for number in edits}
    assert (report.refused, len(report.unchanged)) == ((), len(ids) - len(told))
    for number, (result, state, reason, _) in edits.items():
        answer = after[ids[number]].answer
        assert answer is not None
        assert (answer.result, answer.present_state) == (result, canonical(state))
        assert answer.reason == canonical(f"Vì {reason}")
    for id_ in set(ids) - told:
        assert (after[id_].version, after[id_].answer) == (before[id_].version, before[id_].answer)


@given(text=st.text())
def test_a_text_is_compared_in_one_form(text: str) -> None:
    assert plain(plain(text)) == plain(text)
    assert plain(clean(text)) == plain(text)


@given(text=st.text() | st.text("a áa\u0301 ́\u00a0\u200b\u00ad\t\r\n_x0D"))
def test_a_clean_text_stays_as_it_is(text: str) -> None:
    kept = clean(f"x\x00{text}x")  # a sign that is taken away leads the long way round
    assert clean(f"x{text}x") == kept
    assert clean(kept) == kept or "_x000D_" in kept


@given(cells=st.dictionaries(st.sampled_from(["present_state", "reason", "answered_by"]), TEXT), other=TEXT)
def test_the_digest_changes_with_what_is_said(cells: dict[str, str], other: str) -> None:
    cells = {"result": "Đạt", **cells}
    same = plain(other) == plain(cells.get("override", ""))
    assert (digest("4.1-a", cells) == digest("4.1-a", cells | {"override": other})) is same
    assert digest("4.1-a", cells) != digest("4.1-b", cells)
    assert digest("4.1-a", cells) == digest("4.1-a", cells | {"result": " đạt "})


def test_a_blank_result_is_the_same_as_not_assessed() -> None:
    said = {"answered_on": date_text(TODAY)}
    assert digest("4.1-a", said) == digest("4.1-a", said | {"result": "Chưa đánh giá"})
