"""The commands as an officer uses them: explain, ask, list, probe."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner, Result

from compliance.adapters.workspace import create_workspace, open_workspace
from compliance.cli import classifications
from compliance.cli.boundary import ErrorBoundaryGroup
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.domain.system import Connection, Ownership, System
from compliance.errors import BadData, NotFound
from compliance.services.classifications import answer, classify_all, classify_system
from tests.classification.conftest import DAY

MORNING = datetime(2026, 11, 22, 8, 0, tzinfo=timezone(timedelta(hours=7)))
ON_THE_DAY = ["--today", DAY.isoformat()]
ORDINARY = {
    "settles_procedures": False,
    "serves_defence_security": False,
    "national_egov": False,
    "national_data_store": False,
}
Run = Callable[..., Result]


def record(id_: str, name: str, **fields: Any) -> System:
    given: dict[str, Any] = {"ownership": Ownership.OWNED, "owner_id": "ubnd-xa"}
    return System(id=id_, name=name, **(given | fields))


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """Three systems of one commune: a settled one, an open one, and one only used."""
    path = tmp_path / "ho-so"
    owner = Unit(id="ubnd-xa", name="UBND xã Hợp Minh", kind=UnitKind.PEOPLES_COMMITTEE, tier=UnitTier.COMMUNE)
    superior = Unit(id="ubnd-tinh", name="UBND tỉnh", kind=UnitKind.PEOPLES_COMMITTEE, tier=UnitTier.PROVINCE)
    systems = [
        record(
            "mot-cua",
            "Một cửa điện tử",
            facts=ORDINARY
            | {
                "service_type": ("public_service",),
                "information": ("personal", "private"),
                "online_service": False,
                "settles_procedures": True,
                "service_grade": 3,
            },
        ),
        record(
            "van-ban",
            "Quản lý văn bản",
            facts={"service_type": ("internal",), "information": ("private",)},
            connections=(Connection(id="lk", other_system_id="mot-cua", interdependent=True),),
        ),
        record("bao-cao", "Báo cáo của tỉnh", ownership=Ownership.USED, owner_id="ubnd-tinh", facts={}),
    ]
    with create_workspace(path, by="Văn phòng", now=lambda: MORNING) as workspace, workspace.act("Nhập") as act:
        for unit in (owner, superior):
            act.put("unit", unit.id, unit.model_dump_json(exclude_defaults=True), 0)
        for system in systems:
            act.put("system", system.id, system.model_dump_json(exclude_defaults=True), 0)
    return path


@pytest.fixture
def run(office: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COMPLIANCE_WORKSPACE", str(office))
    root = typer.Typer(cls=ErrorBoundaryGroup, pretty_exceptions_enable=False)
    root.add_typer(classifications.app, name="classifications")

    def ran(*words: str, typed: str = "") -> Result:
        return CliRunner().invoke(
            root, ["classifications", *words, *([] if "--today" in words else ON_THE_DAY)], input=typed
        )

    return ran


def test_explain_shows_every_criterion_with_its_clause_and_the_deciding_answer(run: Run) -> None:
    out = run("explain", "mot-cua").output
    assert "Một cửa điện tử (mot-cua): Cấp độ 3" in out
    assert "[X] R3.2b (cấp độ 3) điểm b khoản 2 Điều 13 Nghị định số 331/2026/NĐ-CP" in out
    assert "Giải quyết thủ tục hành chính: Có" in out
    assert "[ ] R5.2 (cấp độ 5)" in out
    assert "[–] R1.2 (cấp độ 1)" in out
    assert "Cấp độ theo đánh giá rủi ro: chưa có" in out
    assert "W01." in out
    assert "compliance dossiers draft mot-cua" in out
    assert "thẩm định 15 ngày làm việc, phê duyệt 07 ngày làm việc" in out


def test_explain_counts_plain_days_where_the_former_law_did(run: Run) -> None:
    out = run("explain", "mot-cua", "--today", "2026-05-01").output
    assert "thẩm định 15 ngày, phê duyệt 07 ngày làm việc" in out


def test_explain_says_what_to_ask_and_whom(run: Run) -> None:
    out = run("explain", "van-ban").output
    assert "Quản lý văn bản (van-ban): Chưa đủ căn cứ, ít nhất cấp độ 2" in out
    assert "[?] R3.2b" in out
    assert "Hệ thống có giải quyết thủ tục hành chính không? Hỏi: Trung tâm Phục vụ hành chính công xã." in out
    assert "Mang tính chiến lược" in out, "the criterion shows it"
    assert "Hệ thống có mang tính chiến lược không?" not in out, "nobody is asked before the answer it hangs on"
    assert "có thể hỏi thêm tối đa 3 câu" in out
    assert "compliance classifications ask van-ban" in out


def test_explain_names_a_system_drawn_as_two_on_both_sides(run: Run) -> None:
    for system in ("van-ban", "mot-cua"):
        assert "nếu là một thì áp dụng cấp độ 3" in run("explain", system).output


def test_a_used_system_points_to_its_owner(run: Run) -> None:
    out = run("explain", "bao-cao").output
    assert "W04." in out
    assert "Việc tiếp theo: xin số, ngày quyết định phê duyệt" in out


def test_explain_as_json_is_nothing_but_json(run: Run) -> None:
    shown = json.loads(run("explain", "mot-cua", "--json").stdout)
    assert (shown["level"], shown["decided"], shown["at_least"]) == (3, True, None)
    assert len(shown["trace"]) == 24
    assert shown["questions"] == []


def test_list(run: Run) -> None:
    out = run("list").output
    assert "Cấp độ 3" in out
    assert "Chỉ sử dụng" in out
    assert "Theo chủ quản" in out
    assert "Việc tiếp theo: trả lời các câu còn ngỏ: compliance classifications ask van-ban" in out
    shown = json.loads(run("list", "--json").stdout)
    assert [(one["id"], one["level"], one["decided"]) for one in shown] == [
        ("bao-cao", None, False),
        ("mot-cua", 3, True),
        ("van-ban", 2, False),
    ]


def test_ask_goes_on_until_the_level_is_decided(run: Run, office: Path) -> None:
    result = run("ask", "van-ban", typed="không\n2\nKhông\nkhong\n")
    assert result.exit_code == 0, result.output
    assert "Quản lý văn bản: Cấp độ 2" in result.output
    with open_workspace(office) as workspace:
        assert classify_system(workspace, "van-ban", DAY).classification.decided
        history = workspace.store.history("system", "van-ban")
    assert len(history) == 5
    assert history[1].reason.startswith("Trả lời câu hỏi: ")


def test_ask_keeps_what_was_answered_before_q(run: Run, office: Path) -> None:
    result = run("ask", "van-ban", typed="?\ncó lẽ\nkhông\nq\n")
    assert result.exit_code == 0
    assert "Căn cứ: " in result.output
    assert "“có lẽ” chưa rõ là có hay không" in result.output
    with open_workspace(office) as workspace:
        assert len(workspace.store.history("system", "van-ban")) == 2


def test_a_question_left_blank_is_not_asked_twice(run: Run, office: Path) -> None:
    result = run("ask", "van-ban", typed="\n" * 40)
    assert result.exit_code == 0
    assert result.output.count("Hệ thống có giải quyết thủ tục hành chính không?") == 1
    with open_workspace(office) as workspace:
        assert len(workspace.store.history("system", "van-ban")) == 1


def test_choices_are_picked_by_number(run: Run, office: Path) -> None:
    with open_workspace(office) as workspace:
        answer(workspace, "van-ban", "service_type", None, today=DAY)
    result = run("ask", "van-ban", typed="9\n1, 3\nq\n")
    assert "Không có lựa chọn số 9. Hãy chọn từ 1 đến 5." in result.output
    with open_workspace(office) as workspace:
        facts = classify_system(workspace, "van-ban", DAY).system.facts
    assert facts["service_type"] == ("infrastructure", "internal")


def test_all_asks_the_cross_check_questions_too(run: Run) -> None:
    result = run("ask", "mot-cua", "--all", typed="\n" * 40)
    assert "quyền và lợi ích hợp pháp của tổ chức, cá nhân bị tổn hại ở mức nào?" in result.output
    assert "Cấp công trình" not in result.output


def test_an_unknown_system_is_not_found(run: Run) -> None:
    assert run("explain", "mot-cuaa").exit_code == 4


def test_probe_needs_no_workspace(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COMPLIANCE_WORKSPACE")
    path = tmp_path / "facts.jsonl"
    path.write_text('{"id": "một", "settles_procedures": true}\n{"id": "hai"}\n', encoding="utf-8")
    lines = run("probe", str(path), "--json").stdout.splitlines()
    assert [json.loads(line)["id"] for line in lines] == ["một", "hai"]
    assert "một" in lines[0]
    assert run("probe", str(path)).exit_code == 0
    assert len(run("probe", "-", "--json", typed='{"id": "ba"}\n').stdout.splitlines()) == 1


def test_probe_refuses_bad_lines_whole(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "facts.jsonl"
    path.write_text('{"id": "a"}\n{"id": "b", "service_tipe": []}\n', encoding="utf-8")
    result = run("probe", str(path), "--json")
    assert result.exit_code == 6
    assert result.stdout == ""
    assert "facts.jsonl, dòng 2, cột “service_tipe”" in result.stderr
    path.write_bytes(b"\xff\xfe")
    assert run("probe", str(path)).exit_code == 6
    assert run("probe", str(tmp_path / "absent.jsonl")).exit_code == 4


def test_all_and_one_agree(office: Path) -> None:
    with open_workspace(office) as workspace:
        every = classify_all(workspace, DAY)
        assert [one.system.id for one in every] == ["bao-cao", "mot-cua", "van-ban"]
        for one in every:
            assert classify_system(workspace, one.system.id, DAY) == one


def test_a_wrong_answer_is_not_stored(office: Path) -> None:
    with open_workspace(office) as workspace:
        with pytest.raises(BadData, match="Cấp công trình"):
            answer(workspace, "van-ban", "works_grade", "VII", today=DAY)
        with pytest.raises(NotFound, match="“works_grade”"):
            answer(workspace, "van-ban", "work_grade", "I", today=DAY)
        with pytest.raises(NotFound, match="vanban"):
            answer(workspace, "vanban", "works_grade", "I", today=DAY)
        assert len(workspace.store.history("system", "van-ban")) == 1


def test_explain_tells_how_the_tests_for_important_systems_came_out(run: Run, office: Path) -> None:
    assert "Chưa đủ dữ kiện" in run("explain", "mot-cua").output.partition("quan trọng về an ninh quốc gia:")[2]
    answers = {"important_works_command": False, "important_telecom_control": False, "national_security_field": False}
    with open_workspace(office) as workspace:
        for fact, value in answers.items():
            answer(workspace, "mot-cua", fact, value, today=DAY)
    assert "Không thuộc trường hợp nào (khoản 1 Điều 16" in run("explain", "mot-cua").output
    with open_workspace(office) as workspace:
        answer(workspace, "mot-cua", "important_works_command", True, today=DAY)
    told = run("explain", "mot-cua").output
    assert "Thuộc: Hệ thống thông tin phục vụ chỉ đạo, điều hành của các công trình quan trọng" in told
    assert "W20" in told
