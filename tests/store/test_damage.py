"""Every kind of damage done behind the program's back is found and named."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import URL

from compliance.adapters.chain import Entry, sealed
from compliance.adapters.store import Store, create_store, open_store, sqlite_url
from compliance.errors import WorkspaceRefused

from .conftest import MORNING, put, tamper_with_file

Tamper = Callable[..., None]


@pytest.fixture(autouse=True)
def three_records(store: Store) -> None:
    put(store, "unit", "ubnd", '{"name":"UBND xã"}')
    put(store, "system", "thu", '{"v":1}', '{"v":2}')
    assert store.verify() == []


def sentences(store: Store) -> list[str]:
    return [str(fault) for fault in store.verify()]


def test_a_changed_body_is_named_with_its_record_and_version(store: Store, tamper: Tamper) -> None:
    tamper("UPDATE revision SET body = '{\"v\":9}' WHERE seq = 2")
    assert sentences(store) == [
        "hệ thống “thu”, phiên bản 1 (bản ghi thứ 2): nội dung hoặc thứ tự đã bị thay đổi sau khi ghi."
    ]


@pytest.mark.parametrize("column", ["recorded_at", "recorded_by", "reason", "kind", "id"])
def test_every_column_is_sealed(store: Store, tamper: Tamper, column: str) -> None:
    tamper(f"UPDATE revision SET {column} = 'khác' WHERE seq = 3")  # noqa: S608
    assert any("(bản ghi thứ 3): nội dung hoặc thứ tự đã bị thay đổi" in line for line in sentences(store))


def test_a_changed_body_with_its_digest_made_anew_breaks_the_next_link(store: Store, tamper: Tamper) -> None:
    first, second, _ = store.entries()
    forged = Entry(*second)._replace(body='{"v":9}')
    tamper(f"UPDATE revision SET body = '{forged.body}', digest = '{sealed(first.digest, forged)}' WHERE seq = 2")  # noqa: S608
    assert any("phiên bản 2 (bản ghi thứ 3)" in line for line in sentences(store))


def test_a_removed_record_leaves_a_gap(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM revision WHERE seq = 2")
    found = sentences(store)
    assert found[0].startswith("Lịch sử thiếu bản ghi thứ 2, ngay trước hệ thống “thu”, phiên bản 2")
    assert "không liền sau phiên bản 0" in found[1]


def test_the_last_record_removed_is_missed(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM revision WHERE seq = 3")
    assert sentences(store) == [
        "Lịch sử thiếu 1 bản ghi cuối: phải có 3, chỉ còn 2.",
        (
            "hệ thống “thu”: bản hiện hành được ghi nhận là phiên bản 2 (bản ghi thứ 3), "
            "trong khi bản mới nhất của lịch sử là phiên bản 1 (bản ghi thứ 2)."
        ),
    ]


def test_a_record_slipped_in_at_the_end_does_not_fit_the_end_that_was_noted(store: Store, tamper: Tamper) -> None:
    tamper("INSERT INTO revision VALUES (4, 'unit', 'moi', 1, '2026-11-22T08:00:00+07:00', 'x', '', '{}', 'x')")
    found = sentences(store)
    assert any("đơn vị “moi”, phiên bản 1 (bản ghi thứ 4)" in line for line in found)
    assert any("không khớp dòng ghi nhận" in line for line in found)


def test_two_records_swapped_are_both_named(store: Store, tamper: Tamper) -> None:
    tamper(
        "UPDATE revision SET seq = 100 WHERE seq = 1",
        "UPDATE revision SET seq = 1 WHERE seq = 2",
        "UPDATE revision SET seq = 2 WHERE seq = 100",
    )
    found = "\n".join(sentences(store))
    assert "hệ thống “thu”, phiên bản 1 (bản ghi thứ 1): nội dung hoặc thứ tự" in found
    assert "đơn vị “ubnd”, phiên bản 1 (bản ghi thứ 2): nội dung hoặc thứ tự" in found


def test_a_head_that_points_to_an_older_version_is_named(store: Store, tamper: Tamper) -> None:
    tamper("UPDATE head SET version = 1, seq = 2 WHERE id = 'thu'")
    assert sentences(store) == [
        (
            "hệ thống “thu”: bản hiện hành được ghi nhận là phiên bản 1 (bản ghi thứ 2), "
            "trong khi bản mới nhất của lịch sử là phiên bản 2 (bản ghi thứ 3)."
        )
    ]


def test_a_record_that_fell_out_of_the_index_is_named(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM head WHERE id = 'ubnd'")
    assert sentences(store) == [
        (
            "đơn vị “ubnd”: bản hiện hành được ghi nhận là “không có”, "
            "trong khi bản mới nhất của lịch sử là phiên bản 1 (bản ghi thứ 1)."
        )
    ]


def test_a_body_that_is_no_longer_json_is_said_to_be_unreadable(store: Store, tamper: Tamper) -> None:
    tamper("UPDATE revision SET body = '{' WHERE seq = 1")
    assert any("không còn đọc được" in line for line in sentences(store))


def test_a_lost_end_is_found_and_nothing_more_is_written(store: Store, tamper: Tamper) -> None:
    tamper("DELETE FROM meta")
    assert any("Mất dòng ghi nhận điểm cuối" in line for line in sentences(store))
    with pytest.raises(WorkspaceRefused, match="compliance verify"):
        put(store, "unit", "moi", "{}")


def test_all_faults_are_listed_together(store: Store, tamper: Tamper) -> None:
    tamper("UPDATE revision SET body = '{}' WHERE seq IN (1, 3)", "DELETE FROM head WHERE id = 'ubnd'")
    assert len(sentences(store)) == 3


def test_removed_triggers_are_noticed(store: Store, address: URL, tamper: Tamper) -> None:
    if store.on_sqlite:
        connection = sqlite3.connect(str(address.database))
        connection.execute("DROP TRIGGER revision_no_update")
        connection.close()
    else:
        tamper("ALTER TABLE revision DISABLE TRIGGER revision_no_change")
    assert any("mất khóa chống sửa" in line for line in sentences(store))


# --- the file itself (SQLite)


def test_a_file_with_overwritten_pages_is_found(tmp_path: Path) -> None:
    path = tmp_path / "hong.sqlite"
    store = create_store(sqlite_url(path))
    put(store, "system", "a", *(f'{{"v":"{"x" * 3000}{n}"}}' for n in range(20)))
    store.close()
    data = bytearray(path.read_bytes())
    data[-3 * 4096 : -2 * 4096] = b"\xff" * 4096
    path.write_bytes(data)
    damaged = open_store(sqlite_url(path))
    assert damaged.verify()
    damaged.close()


def test_text_that_is_no_longer_utf8_is_found(tmp_path: Path) -> None:
    path = tmp_path / "hong.sqlite"
    store = create_store(sqlite_url(path))
    put(store, "system", "a", '{"v":1}')
    tamper_with_file(path, "UPDATE revision SET body = CAST(x'7bff7d' AS TEXT)")
    assert "bị hỏng" in sentences(store)[0]
    store.close()


def test_what_is_not_a_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hong.sqlite"
    path.write_bytes(b"day khong phai co so du lieu" * 1000)
    with pytest.raises(WorkspaceRefused, match="bị hỏng"):
        open_store(sqlite_url(path))


# --- kill -9

_WRITER = """
import sys
from datetime import datetime
from compliance.adapters import rows
from compliance.adapters.store import open_store

def wait_for_the_axe(*_):
    print("in", flush=True)
    sys.stdin.read()

if sys.argv[2] == "while saving":
    rows.move_tip = wait_for_the_axe
store = open_store(sys.argv[1])
with store.act("Công an xã", datetime.fromisoformat(sys.argv[3])) as act:
    act.put("system", "thu", '{"v":3}', 2)
    for number in range(3000):  # more than the page cache holds: the file itself is being written when the axe falls
        act.put("system", f"moi-{number}", '{"text":"%s"}' % ("x" * 3000), 0)
    if sys.argv[2] == "before saving":
        wait_for_the_axe()
"""


@pytest.mark.parametrize("moment", ["before saving", "while saving"])
def test_kill_9_in_the_middle_of_an_act_keeps_what_was_confirmed_and_nothing_half(
    store: Store, address: URL, moment: str
) -> None:
    before = list(store.entries())
    arguments = [address.render_as_string(hide_password=False), moment, MORNING.isoformat()]
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == b"in\n"
        if store.on_sqlite and moment == "while saving":
            assert Path(f"{address.database}-journal").exists()
        writer.kill()
    assert list(store.entries()) == before
    assert store.verify() == []
    put(store, "system", "thu", '{"v":"sau"}')
    assert store.verify() == []
