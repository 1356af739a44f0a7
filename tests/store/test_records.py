from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import URL, create_engine, text
from sqlalchemy.exc import DBAPIError

from compliance.adapters import rows
from compliance.adapters.store import Store, create_store, open_store
from compliance.errors import Conflict, WorkspaceRefused

from .conftest import MORNING, OFFICE, put


def test_a_record_comes_back_exactly_as_it_was_given(store: Store) -> None:
    body = '{"name": "Hệ thống một cửa  điện tử – xã Hợp Minh", "note": "“đặc biệt” \\u0000 🇻🇳 ữ"}'
    with store.act("Văn hóa – Xã hội", MORNING, "Kê khai lần đầu, theo Kế hoạch") as act:
        act.put("system", "mot-cua", body, 0)
    found = store.head("system", "mot-cua")
    assert found is not None
    assert (found.body, found.version, found.recorded_at) == (body, 1, MORNING)
    assert (found.recorded_by, found.reason) == ("Văn hóa – Xã hội", "Kê khai lần đầu, theo Kế hoạch")


def test_the_time_zone_of_an_act_is_kept(store: Store) -> None:
    put(store, "system", "a", "{}")
    found = store.head("system", "a")
    assert found is not None
    assert found.recorded_at.utcoffset() == MORNING.utcoffset()


def test_an_act_without_a_time_zone_is_a_programming_error(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"), store.act(OFFICE, datetime(2026, 11, 22)):  # noqa: DTZ001
        pass


def test_history_keeps_every_version_and_the_head_is_the_last(store: Store) -> None:
    put(store, "system", "a", '{"v":1}', '{"v":2}', '{"v":3}')
    assert [(r.version, r.body) for r in store.history("system", "a")] == [
        (1, '{"v":1}'),
        (2, '{"v":2}'),
        (3, '{"v":3}'),
    ]
    head = store.head("system", "a")
    assert head is not None
    assert head == store.history("system", "a")[-1]


def test_saving_the_same_again_makes_no_new_version(store: Store) -> None:
    put(store, "system", "a", '{"v":1}')
    with store.act(OFFICE, MORNING) as act:
        same = act.put("system", "a", '{"v":1}', 1)
    assert same.version == 1
    assert store.tip().seq == 1


def test_what_is_not_json_is_never_stored(store: Store) -> None:
    with pytest.raises(ValueError, match="Expecting"), store.act(OFFICE, MORNING) as act:
        act.put("system", "a", "{", 0)
    assert store.tip().seq == 0


def test_lists_are_ordered_by_id_whatever_the_language_of_the_server(store: Store) -> None:
    for id_ in ("b", "a-2", "a1", "a-1", "a"):
        put(store, "system", id_, "{}")
    put(store, "unit", "a", "{}")
    assert [r.id for r in store.heads("system")] == ["a", "a-1", "a-2", "a1", "b"] == store.ids("system")
    assert store.kinds() == ["system", "unit"]


def test_answers_of_one_system_are_listed_without_those_of_its_neighbours(store: Store) -> None:
    for id_ in ("thu/q1", "thu/q2", "thu-dien-tu/q1", "thu0/q1", "thu"):
        put(store, "answer", id_, "{}")
    assert [r.id for r in store.heads("answer", under="thu")] == ["thu/q1", "thu/q2"]


# --- one act, one transaction


def test_an_act_that_fails_stores_nothing(store: Store) -> None:
    with pytest.raises(KeyError), store.act(OFFICE, MORNING) as act:  # noqa: PT012
        act.put("system", "a", "{}", 0)
        raise KeyError
    assert store.head("system", "a") is None
    assert store.tip().seq == 0
    put(store, "system", "a", "{}")  # and the store is usable afterwards
    assert store.verify() == []


def test_a_conflict_inside_an_act_takes_the_whole_act_back(store: Store) -> None:
    put(store, "system", "b", '{"v":1}')
    with pytest.raises(Conflict), store.act(OFFICE, MORNING) as act:  # noqa: PT012
        act.put("system", "a", "{}", 0)
        act.put("system", "b", '{"v":2}', 0)
    assert store.ids("system") == ["b"]


def test_an_act_sees_its_own_records_and_others_only_finished_ones(store: Store, colleague: Store) -> None:
    with store.act(OFFICE, MORNING) as act:
        act.put("system", "a", '{"v":1}', 0)
        act.put("system", "a", '{"v":2}', 1)
        inside = act.head("system", "a")
        assert inside is not None
        assert inside.version == 2
        assert colleague.head("system", "a") is None
    assert [r.version for r in colleague.history("system", "a")] == [1, 2]


def test_acts_do_not_nest(store: Store) -> None:
    with store.act(OFFICE, MORNING), pytest.raises(RuntimeError, match="nest"), store.act(OFFICE, MORNING):
        pass
    with store.act(OFFICE, MORNING) as act:
        pass
    with pytest.raises(RuntimeError, match="ended"):
        act.put("system", "a", "{}", 0)


# --- two people


def test_of_two_who_saved_the_same_version_one_wins_and_the_other_is_told(store: Store, colleague: Store) -> None:
    put(store, "system", "thu-dien-tu", '{"v":1}')
    put(store, "system", "thu-dien-tu", '{"v":2}', by="Công an xã")
    with pytest.raises(Conflict) as refused, colleague.act(OFFICE, MORNING) as act:
        act.put("system", "thu-dien-tu", '{"v":"khác"}', 1)
    told = str(refused.value)
    assert "hệ thống “thu-dien-tu”" in told
    assert "Công an xã đã lưu phiên bản 2 lúc 08:00 ngày 22/11/2026" in told
    assert "Chưa lưu gì" in told
    assert [r.body for r in store.history("system", "thu-dien-tu")] == ['{"v":1}', '{"v":2}']


def test_a_new_record_whose_id_is_taken_is_a_conflict(store: Store, colleague: Store) -> None:
    put(store, "unit", "ubnd", '{"v":1}')
    with pytest.raises(Conflict, match="Đã có đơn vị “ubnd”"), colleague.act(OFFICE, MORNING) as act:
        act.put("unit", "ubnd", '{"v":2}', 0)


def test_changing_what_was_never_saved_is_a_conflict(store: Store) -> None:
    with pytest.raises(Conflict, match="Chưa có hệ thống “a”"), store.act(OFFICE, MORNING) as act:
        act.put("system", "a", "{}", 3)


def test_while_one_writes_another_can_read_and_is_told_when_writing(store: Store, colleague: Store) -> None:
    put(store, "system", "a", "{}")
    with store.act(OFFICE, MORNING) as act:
        act.put("system", "b", "{}", 0)
        assert colleague.ids("system") == ["a"]
        with pytest.raises(WorkspaceRefused, match="Đang có người khác ghi"), colleague.act("Công an xã", MORNING):
            pass
    put(colleague, "system", "c", "{}")
    assert store.ids("system") == ["a", "b", "c"]
    assert store.verify() == []


def test_two_threads_take_turns_and_lose_nothing(store: Store, address: URL) -> None:
    def write(name: str) -> None:
        own = open_store(address)
        for number in range(10):
            put(own, "system", f"{name}-{number}", "{}", by=name)
        own.close()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, ("a", "b")))
    assert len(store.ids("system")) == 20
    assert store.verify() == []


# --- append only


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE revision SET body = '{}'",
        "UPDATE revision SET recorded_by = 'ai đó' WHERE seq = 1",
        "DELETE FROM revision",
        "DELETE FROM revision WHERE seq = 2",
    ],
)
def test_the_database_refuses_to_change_or_remove_history(store: Store, address: URL, statement: str) -> None:
    put(store, "system", "a", '{"v":1}', '{"v":2}')
    _refused(address, statement)
    assert store.verify() == []


def test_replacing_and_truncating_are_refused_too(store: Store, address: URL) -> None:
    put(store, "system", "a", '{"v":1}', '{"v":2}')
    values = "VALUES ({}, 'system', 'a', 1, '', '', '', '', '')"
    if store.on_sqlite:
        _refused(address, f"INSERT OR REPLACE INTO revision {values.format(1)}")
        _refused(address, f"INSERT OR REPLACE INTO revision {values.format(9)}")
    else:
        _refused(address, "TRUNCATE revision CASCADE")
    assert [r.body for r in store.history("system", "a")] == ['{"v":1}', '{"v":2}']


def _refused(address: URL, statement: str) -> None:
    engine = create_engine(address)
    with pytest.raises(DBAPIError, match="append-only"), engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


# --- properties and size

_puts = st.lists(st.tuples(st.sampled_from(["a", "b", "c/d"]), st.text(st.characters(codec="utf-8"))), max_size=12)


@given(puts=_puts)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_sequence_of_saves_gives_versions_one_to_n_and_the_history_that_was_put(
    address: URL, tamper: Callable[..., None], puts: list[tuple[str, str]]
) -> None:
    store = create_store(address)
    tamper("DELETE FROM head", "DELETE FROM revision", "UPDATE meta SET last_seq = 0, last_digest = ''")
    expected: dict[str, list[str]] = {}
    for id_, value in puts:
        body = json.dumps({"value": value}, ensure_ascii=False)
        put(store, "system", id_, body)
        versions = expected.setdefault(id_, [])
        if not versions or versions[-1] != body:
            versions.append(body)
    for id_, bodies in expected.items():
        history = store.history("system", id_)
        assert [r.version for r in history] == list(range(1, len(bodies) + 1))
        assert [r.body for r in history] == bodies
    assert [r.body for r in store.heads("system")] == [expected[id_][-1] for id_ in sorted(expected)]
    assert store.verify() == []
    store.close()


def test_lists_search_an_index_and_never_scan_history_at_twenty_thousand_systems(store: Store, address: URL) -> None:
    with store.act(OFFICE, MORNING) as act:
        for number in range(20_000):
            act.put("system", f"he-thong-{number:05}", '{"v":1}', 0)
    engine = create_engine(address)
    with engine.begin() as connection:
        if store.on_sqlite:
            query = rows.all_current("system").compile(engine)
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", ("system",)).all()
            steps = [str(step[3]) for step in plan]
            assert steps == [
                "SEARCH head USING INDEX sqlite_autoindex_head_1 (kind=?)",
                "SEARCH revision USING INTEGER PRIMARY KEY (rowid=?)",
            ]
        else:
            connection.execute(text("ANALYZE"))
            one = (
                "SELECT * FROM head JOIN revision USING (seq) WHERE head.kind = 'system' AND head.id = 'he-thong-00007'"
            )
            plan_text = "\n".join(connection.execute(text(f"EXPLAIN {one}")).scalars())
            assert "head_pkey" in plan_text
            assert "revision_pkey" in plan_text
            assert "Seq Scan" not in plan_text
    engine.dispose()
    assert len(store.heads("system")) == 20_000


def test_an_act_that_cannot_finish_because_somebody_reads_on_stores_nothing(store: Store, address: URL) -> None:
    if not store.on_sqlite:
        pytest.skip("PostgreSQL's readers never keep a writer waiting")
    put(store, "system", "a", '{"v":1}', '{"v":2}')
    reading = store.entries()
    next(reading)
    hasty = open_store(address, wait_seconds=0)
    with pytest.raises(WorkspaceRefused, match="Đang có người khác"):
        put(hasty, "system", "b", "{}")
    reading.close()
    assert hasty.ids("system") == ["a"]
    put(hasty, "system", "b", "{}")
    assert hasty.verify() == []
    hasty.close()


def test_records_are_read_as_they_stood_before_a_later_act(store: Store) -> None:
    put(store, "answer", "thu/q1", '{"v":1}', '{"v":2}')
    put(store, "answer", "thu/q2", '{"v":1}')
    put(store, "answer", "thu-dien-tu/q1", '{"v":1}')
    put(store, "step", "thu/0001", "{}")
    put(store, "answer", "thu/q1", '{"v":3}')
    put(store, "answer", "thu/q3", '{"v":1}')
    sent = store.history("step", "thu/0001")[0].seq
    then = store.heads_before("answer", "thu", sent)
    assert [(r.id, r.version, r.body) for r in then] == [("thu/q1", 2, '{"v":2}'), ("thu/q2", 1, '{"v":1}')]
    assert store.heads_before("answer", "thu", store.tip().seq + 1) == store.heads("answer", under="thu")
    assert store.heads_before("answer", "thu", 1) == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(["thu/a", "thu/b", "thu/c", "khac/a"]), max_size=8))
def test_every_moment_of_the_past_reads_as_it_was_then(store: Store, ids: list[str]) -> None:
    moments = []
    for id_ in ids:
        head = store.head("dap", id_)
        put(store, "dap", id_, f'{{"v":{head.version + 1 if head else 1}}}')
        moments.append((store.tip().seq + 1, store.heads("dap", under="thu")))
    for seq, then in moments:
        assert store.heads_before("dap", "thu", seq) == then
