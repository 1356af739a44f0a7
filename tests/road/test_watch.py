"""Watching approved systems: which change asks what again, and against which decision it is held."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from compliance.adapters.inventory_columns import tables
from compliance.adapters.law import load_regimes, load_renewal
from compliance.adapters.workspace import Workspace
from compliance.cli.main import app
from compliance.domain.change_watch import Change, changes_of, fired
from compliance.domain.column import Column, ColumnKind, Table
from compliance.domain.paper import Paper
from compliance.domain.question import QuestionType
from compliance.domain.regime_status import regime_on
from compliance.domain.road import Taken
from compliance.domain.system import Connection, Device, EarlierApproval, Service, Status, System, Zone
from compliance.services.watches import Watch, watch, watch_all
from tests.documents.office import COMMITTEE, NOTICES, OFFICE, ONE_STOP, STAFF, TODAY, USED, put, put_system

LAW = regime_on(TODAY, load_regimes())
RULES = load_renewal(LAW)
TABLES = tables(LAW.questions)
NAMES = {unit.id: unit.name for unit in (COMMITTEE, OFFICE)} | {USED.id: USED.name}
PARTS = ("devices", "services", "zones", "connections", "risks")
SILENT = {ColumnKind.SYSTEM, ColumnKind.MARK, ColumnKind.SHOWN, ColumnKind.ASSUMED, ColumnKind.ID}
WATCHED = [
    (table, column)
    for table in TABLES
    if table.id in ("systems", *PARTS)
    for column in table.columns
    if column.kind not in SILENT and column.field != "assumed"
]
APPROVED = STAFF.model_copy(update={"earlier_approval": EarlierApproval(level=1, paper=Paper(number="1/QĐ"))})


def altered(system: System, table: Table, column: Column) -> System:
    """The system with one cell that reads otherwise."""
    plain = json.loads(system.model_dump_json())
    if column.kind is ColumnKind.FACT:
        plain["facts"][column.field] = other_fact(column, plain["facts"].get(column.field))
    else:
        record = plain if table.id == "systems" else plain[table.id][0]
        for part in column.field.split(".")[:-1]:
            record = record[part]
        name = column.field.rpartition(".")[2]
        record[name] = other_cell(column, record[name])
    return System.model_validate_json(json.dumps(plain))


def other_fact(column: Column, value: Any) -> Any:
    question = column.question
    assert question is not None
    if question.type is QuestionType.YES_NO:
        return not value
    if question.type is QuestionType.NUMBER:
        return min((value or 0) + 1, question.maximum)
    other = next(one.value for one in question.choices if one.value != value and one.value not in (value or ()))
    return [other] if question.type is QuestionType.SET else other


def other_cell(column: Column, value: Any) -> Any:
    if column.kind is ColumnKind.YES_NO:
        return not value
    if column.kind is ColumnKind.CHOICE:
        return next(one for one in column.choices if one != value)
    return {
        ColumnKind.NUMBER: 3 if value != 3 else 4,
        ColumnKind.DATE: "2026-10-01",
        ColumnKind.PAPER: {"number": "99/QĐ-UBND"},
        ColumnKind.UNIT: "van-phong" if value != "van-phong" else "ubnd-xa",
        ColumnKind.OTHER_SYSTEM: "bang-tin",
        ColumnKind.ZONE: "bien" if value != "bien" else "nguoi-dung",
        ColumnKind.ADDRESS: "192.0.2.77",
        ColumnKind.RANGES: ["198.51.100.0/24"],
        ColumnKind.REACHED_BY: ["khac.suoimau.example"],
    }.get(column.kind, "nội dung khác")


def changed(before: System, after: System) -> tuple[Change, ...]:
    return changes_of(before, after, TABLES, NAMES)


def triggers(*changes: Change) -> set[str]:
    found = fired(RULES, changes, approved_level=2, level=None, risk_level=None)
    titles = {one.cause.title for one in found}
    return {one.id for one in RULES.triggers if one.title in titles}


@pytest.mark.parametrize(("table", "column"), WATCHED, ids=[f"{t.id}.{c.field}" for t, c in WATCHED])
def test_a_changed_cell_asks_exactly_what_names_it(table: Table, column: Column) -> None:
    after = altered(APPROVED, table, column)
    changes = changed(APPROVED, after)
    assert [(one.table, one.field) for one in changes] == [(table.id, column.field)]
    assert changes[0].header == column.header
    assert changes[0].before != changes[0].after
    named = {f"{table.id}.{column.field}", f"{table.id}.*"}
    assert triggers(*changes) == {one.id for one in RULES.triggers if named & set(one.fields)}


def test_the_rules_name_columns_there_are() -> None:
    known = {f"{table.id}.{column.field}" for table, column in WATCHED}
    known |= {f"{table}.{field}" for table in PARTS for field in ("*", "id")}
    for trigger in RULES.triggers:
        assert set(trigger.fields) <= known, trigger.id


def test_every_act_is_asked_by_something_and_says_how_it_is_done() -> None:
    asked = {act for one in (*RULES.triggers, RULES.level_change, RULES.risk_above) for act in one.acts}
    assert asked == {act.id for act in RULES.acts}
    assert all("{system}" in act.command and act.due and act.citation for act in RULES.acts)


NEW_ROWS = {
    "devices": (Device(id="moi", name="Bộ chuyển mạch Mẫu 24", zone_id="bien"), {"scale"}, "Vùng biên"),
    "zones": (Zone(id="moi", name="Vùng quản trị", private_addresses=("192.0.2.0/28",)), {"scale"}, "192.0.2.0/28"),
    "connections": (Connection(id="moi", other_system_id=USED.id, data="Văn bản"), {"links"}, USED.name),
    "services": (Service(id="moi", name="Chấm công", server="Máy chủ Mẫu R250"), {"scale"}, "Máy chủ Mẫu R250"),
}


@pytest.mark.parametrize("table", NEW_ROWS)
def test_a_row_new_or_gone_is_one_change_with_its_content(table: str) -> None:
    row, asked, content = NEW_ROWS[table]
    larger = STAFF.model_copy(update={table: (*getattr(STAFF, table), row)})
    (added,) = changed(STAFF, larger)
    (gone,) = changed(larger, STAFF)
    assert triggers(added) == triggers(gone) == asked
    assert "thêm mới" in added.header
    assert "bỏ đi" in gone.header
    assert (added.before, gone.after) == ("", "")
    assert added.after == gone.before
    assert content in added.after


def test_an_example_mark_is_no_change_of_the_system() -> None:
    marked = STAFF.model_copy(
        update={
            "assumed": ("size", "function"),
            "devices": tuple(one.model_copy(update={"assumed": True}) for one in STAFF.devices),
        }
    )
    assert changed(STAFF, marked) == ()


def test_cells_that_hold_ids_read_as_names() -> None:
    moved = tuple(one.model_copy(update={"zone_id": "bien"}) if one.id == "may-chu" else one for one in STAFF.devices)
    after = STAFF.model_copy(update={"operator_id": "ubnd-xa", "security_unit_id": None, "devices": moved})
    found = {one.field: (one.before, one.after) for one in changed(STAFF, after)}
    assert found["operator_id"] == (OFFICE.name, COMMITTEE.name)
    assert found["security_unit_id"] == ("bo-phan-anm", ""), "a unit that is not recorded is told by its id"
    assert found["zone_id"] == ("Vùng máy chủ nội bộ", "Vùng biên")


@st.composite
def systems(draw: st.DrawFn) -> System:
    """The commune's staff system with some cells altered and some rows left out or added."""
    system = APPROVED
    for table, column in draw(st.lists(st.sampled_from(WATCHED), max_size=4, unique_by=lambda one: one[1].header)):
        system = altered(system, table, column)
    for part in draw(st.lists(st.sampled_from(sorted(NEW_ROWS)), max_size=2, unique=True)):
        rows = getattr(system, part)
        rows = (*rows, NEW_ROWS[part][0]) if draw(st.booleans()) else rows[1:]
        system = system.model_copy(update={part: rows})
    return system


@settings(max_examples=40, deadline=None)
@given(systems())
def test_a_system_does_not_differ_from_itself(system: System) -> None:
    assert changed(system, system) == ()
    assert triggers() == set()


@settings(max_examples=40, deadline=None)
@given(systems(), systems())
def test_a_change_back_mirrors_the_change(one: System, other: System) -> None:
    def sides(changes: tuple[Change, ...]) -> Iterator[tuple[str, str, str, str]]:
        return ((each.table, each.field, each.before, each.after) for each in changes)

    forth, back = changed(one, other), changed(other, one)
    mirrored = sorted((table, field, after, before) for table, field, before, after in sides(back))
    assert sorted(sides(forth)) == mirrored
    assert triggers(*forth) == triggers(*back)


# Against the decision in force


def walk(office: Workspace, *steps: str, first: date, version: str, start: int = 1, system: str = STAFF.id) -> None:
    """Steps a day apart; the decision takes effect the day it is signed."""
    for at, step in enumerate(steps):
        on = first + timedelta(at)
        said: dict[str, Any] = {}
        if step == "approve":
            said = {"effective_on": on, "paper": Paper(number=f"{start + at}/QĐ-BPANM", issued_on=on)}
        taken = Taken(
            number=start + at,
            step=step,
            on=on,
            level=2,
            versions={f"system/{system}": version} if version else {},
            **said,
        )
        put(office, "step", [(f"{system}/{start + at:04d}", taken)])


@pytest.fixture
def approved(office: Workspace) -> Workspace:
    walk(office, "check", "send", "approve", first=date(2026, 9, 7), version="2")
    return office


def seen(office: Workspace, system_id: str = STAFF.id) -> Watch:
    return watch(office, system_id, TODAY)


def asked(found: Watch) -> set[str]:
    return {act.id for one in found.fired for act in one.acts}


def test_nothing_changed_asks_nothing(approved: Workspace) -> None:
    found = seen(approved)
    assert found.approval is not None
    assert (found.changes, found.fired, found.remarks) == ((), (), ())


def test_a_level_the_facts_give_today_is_the_gravest(approved: Workspace) -> None:
    facts = {**STAFF.facts, "service_type": ("public_service",), "settles_procedures": True, "subjects_basic": 150_000}
    put_system(approved, STAFF.model_copy(update={"facts": facts}))
    found = seen(approved)
    assert found.fired[0].cause == RULES.level_change
    assert found.fired[0].changes == ()
    assert {"risk_assessment", "redetermine"} <= asked(found)


def test_a_level_nobody_can_decide_is_no_changed_level(approved: Workspace) -> None:
    put_system(approved, STAFF.model_copy(update={"facts": {"service_type": ("internal",)}}))
    assert RULES.level_change not in [one.cause for one in seen(approved).fired]


@pytest.mark.parametrize(("risk", "fires"), [(1, False), (2, False), (3, True), (5, True)])
def test_a_risk_above_the_approved_level_asks_for_another(approved: Workspace, risk: int, fires: bool) -> None:
    put_system(approved, STAFF.model_copy(update={"facts": {**STAFF.facts, "risk_level": risk}}))
    assert (RULES.risk_above in [one.cause for one in seen(approved).fired]) == fires


def test_a_change_that_asks_nothing_is_listed_apart(approved: Workspace) -> None:
    put_system(approved, STAFF.model_copy(update={"notes": "Đã thay máy chủ"}))
    found = seen(approved)
    assert found.fired == ()
    assert [one.field for one in found.other_changes if one.field == "notes"] == ["notes"]


def test_a_second_decision_is_what_the_third_change_is_held_against(approved: Workspace) -> None:
    put_system(approved, STAFF.model_copy(update={"size": "02 máy chủ"}))
    walk(approved, "reopen", "check", "send", first=date(2026, 10, 5), version="3", start=4)
    assert [one.after for one in seen(approved).changes if one.field == "size"] == ["02 máy chủ"], (
        "the draft is no rule"
    )
    walk(approved, "approve", first=date(2026, 10, 20), version="3", start=7)
    assert [one.field for one in seen(approved).changes if one.field == "size"] == []
    put_system(approved, STAFF.model_copy(update={"size": "03 máy chủ"}))
    (change,) = [one for one in seen(approved).changes if one.field == "size"]
    assert (change.before, change.after) == ("02 máy chủ", "03 máy chủ")


def test_an_approval_taken_back_is_watched_no_more(approved: Workspace) -> None:
    back = Taken(number=4, step="approve", on=TODAY, level=2, annuls=3, why="Ghi nhầm hệ thống")
    put(approved, "step", [(f"{STAFF.id}/0004", back)])
    found = seen(approved)
    assert found.approval is None
    assert "Chưa có quyết định phê duyệt" in found.remarks[0]
    assert watch_all(approved, TODAY) == ()


def test_a_decision_not_in_force_yet_is_not_watched(office: Workspace) -> None:
    walk(office, "check", "send", "approve", first=TODAY, version="2")
    assert seen(office).approval is None


def test_an_approval_before_the_tool_is_named_with_the_way_on(office: Workspace) -> None:
    earlier = EarlierApproval(level=2, paper=Paper(number="15/QĐ-UBND", issued_on=date(2024, 5, 6)))
    put_system(office, NOTICES.model_copy(update={"earlier_approval": earlier}))
    found = seen(office, NOTICES.id)
    assert (found.approval, found.changes, found.fired) == (None, (), ())
    assert "15/QĐ-UBND" in found.remarks[0]
    assert f"compliance regimes transition {NOTICES.id}" in found.remarks[0]


def test_an_approval_without_its_inventory_compares_the_level_only(office: Workspace) -> None:
    walk(office, "check", "send", "approve", first=date(2026, 9, 7), version="")
    put_system(office, STAFF.model_copy(update={"facts": {**STAFF.facts, "risk_level": 4}}))
    found = seen(office)
    assert found.before is None
    assert "chỉ so cấp độ" in found.remarks[0]
    assert [one.cause for one in found.fired][:1] == [RULES.level_change]


def test_a_system_taken_out_of_use_is_asked_when_named_and_left_out_of_the_list(approved: Workspace) -> None:
    put_system(approved, STAFF.model_copy(update={"status": Status.DECOMMISSIONED}))
    assert watch_all(approved, TODAY) == ()
    found = seen(approved)
    assert "life" in {one.id for one in RULES.triggers if one in [each.cause for each in found.fired]}


def test_the_list_holds_systems_with_a_decision_in_force(approved: Workspace) -> None:
    walk(approved, "check", "send", first=date(2026, 9, 7), version="1", system=ONE_STOP.id)
    assert [one.status.system.id for one in watch_all(approved, TODAY)] == [STAFF.id]
    assert watch_all(approved, TODAY)[0].changes == seen(approved).changes


def test_programs_read_every_change_and_what_it_asks(approved: Workspace) -> None:
    put_system(approved, STAFF.model_copy(update={"operator_id": "ubnd-xa", "notes": "Ghi chú khác"}))
    place = ["--json", "--workspace", str(approved.path), "--today", TODAY.isoformat()]
    result = CliRunner().invoke(app, ["dossiers", "watch", STAFF.id, *place])
    assert result.exit_code == 0, result.output
    (plain,) = json.loads(result.stdout)
    assert list(plain) == [
        "id", "name", "state", "approved_on", "approved_level", "level", "triggers", "other_changes", "remarks",
    ]  # fmt: skip
    assert (plain["state"], plain["approved_on"], plain["approved_level"]) == ("in_force", "2026-09-09", 2)
    (trigger,) = plain["triggers"]
    assert set(trigger) == {"title", "citation", "uncertain", "changes", "acts"}
    assert trigger["uncertain"], "an uncertain case is said to be one"
    assert trigger["changes"][0] == {
        "table": "systems", "sheet": "Hệ thống", "row": "", "field": "operator_id",
        "header": trigger["changes"][0]["header"], "before": OFFICE.name, "after": COMMITTEE.name,
    }  # fmt: skip
    assert {"id", "title", "due", "citation", "command"} <= set(trigger["acts"][0])
    assert f"record {STAFF.id} reopen" in trigger["acts"][0]["command"]
    assert [one["field"] for one in plain["other_changes"]] == ["notes"]


def test_an_officer_reads_the_change_the_clause_and_the_command(approved: Workspace) -> None:
    put_system(approved, STAFF.model_copy(update={"users_served": "Toàn xã"}))
    place = ["--workspace", str(approved.path), "--today", TODAY.isoformat()]
    said = CliRunner().invoke(app, ["dossiers", "watch", STAFF.id, *place]).output
    assert "Thay đổi đối tượng sử dụng (điểm b khoản 2 Điều 10" in said
    assert "→ “Toàn xã”" in said
    assert f"compliance dossiers risk-report {STAFF.id}" in said
    listed = CliRunner().invoke(app, ["dossiers", "watch", *place]).output
    assert "Đánh giá lại rủi ro" in listed


def test_an_office_without_an_approval_is_told_so(office: Workspace) -> None:
    place = ["--workspace", str(office.path), "--today", TODAY.isoformat()]
    listed = CliRunner().invoke(app, ["dossiers", "watch", *place]).output
    assert "Chưa có hệ thống nào có quyết định phê duyệt" in listed
    assert "buộc phải làm lại" not in listed
    said = CliRunner().invoke(app, ["dossiers", "watch", STAFF.id, *place]).output
    assert "; chưa được phê duyệt." in said
