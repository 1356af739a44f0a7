"""Systems alike share their working out; each still has the rows it would have alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from compliance.adapters.workspace import Workspace
from compliance.domain.duty import Source
from compliance.services.duties import Doing, duty_rows, glance, record_all
from compliance.services.duty_setting import setting
from tests.duties.heavy import heavy_office

TODAY = date(2026, 12, 22)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """Fourteen systems; at two alike the same was done, at a third of them the same on another day."""
    with heavy_office(Path(tmp_path_factory.mktemp("alike")) / "ho-so") as workspace:
        doable = [row for row in duty_rows(workspace, TODAY) if "duties done" in row.settle and row.due]
        for number, on in ((1, TODAY), (2, TODAY), (3, date(2026, 12, 21))):
            ids = [row.id for row in doable if row.system_id.endswith(f"-{number}")]
            record_all(workspace, ids[::2], Doing(on=on, note=f"lần {number}"), today=TODAY)
        yield workspace


def test_every_system_has_the_rows_it_would_have_alone(office: Workspace) -> None:
    together = duty_rows(office, TODAY, every=True)
    ids = {row.system_id for row in together if row.system_id}
    assert len(ids) > 10
    for id_ in ids:
        alone = duty_rows(office, TODAY, every=True, system_id=id_)
        assert tuple(row for row in together if row.system_id == id_) == alone


def test_what_was_done_is_told_of_the_system_it_was_done_at(office: Workspace) -> None:
    told = [row for row in duty_rows(office, TODAY, every=True) if row.last_done is not None]
    assert len({row.system_id for row in told}) > 2
    for row in told:
        assert row.last_done is not None
        assert row.last_done.duty_id.partition("/")[0] == row.system_id
        assert row.last_done.note == f"lần {row.system_id[-1]}"


@pytest.mark.parametrize("days", [0, 30, 3650])
def test_a_shorter_list_is_part_of_the_whole(office: Workspace, days: int) -> None:
    whole = duty_rows(office, TODAY)
    near = tuple(row for row in whole if row.days is None or row.days <= days)
    assert duty_rows(office, TODAY, within=days, known=setting(office, TODAY)) == near


@pytest.mark.parametrize("days", [0, 30, 3650])
def test_what_is_seen_at_a_glance_is_the_near_part_of_the_whole_and_a_true_count_of_the_rest(
    office: Workspace, days: int
) -> None:
    whole = duty_rows(office, TODAY)
    units = {row.unit_id for row in whole}
    for unit_id in ("", *sorted(units)):
        asked = [row for row in whole if unit_id in {"", row.unit_id}]
        far = [row for row in asked if row.days is not None and row.days > days]
        seen = glance(office, TODAY, days, unit_id=unit_id)
        if len(far) == len(asked):
            assert (seen.rows, seen.rest.total()) == (tuple(asked), 0)
        else:
            assert seen.rows == tuple(row for row in asked if row not in far)
            assert seen.rest == Counter(row.status for row in far)
        unknown = [row for row in far if row.system_id and row.level is None and row.source is Source.LAW]
        assert len(far) == len(asked) or {row.id for row in unknown} <= {row.id for row in seen.noted}
