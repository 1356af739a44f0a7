"""The commands around a check, as an officer and as another program use them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner
from typer.testing import Result as Ended

from compliance.cli.main import app
from compliance.domain.assessment import Result
from compliance.services import answering
from compliance.services.answering import Said, Saved
from compliance.services.assessment_walks import Walk
from tests.assessments.conftest import LEVEL_ONE, LEVEL_TWO
from tests.documents.office import TODAY, new_office

CHECK = f"{LEVEL_TWO}/2026-1"
Run = Callable[..., Ended]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    new_office(tmp_path / "ho-so").close()
    return tmp_path / "ho-so"


@pytest.fixture
def run(place: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("COMPLIANCE_WORKSPACE", str(place))
    monkeypatch.setenv("COMPLIANCE_USER", "Bộ phận chuyên trách")

    def command(*words: str, typed: str | None = None) -> Ended:
        group = " ".join(words[:2])
        dated = [] if group in UNDATED else ["--today", TODAY.isoformat()]
        return CliRunner().invoke(app, [*words, *dated], input=typed)

    return command


UNDATED = {
    "assessments list",
    "assessments reopen",
    "evidence link",
    "evidence unlink",
    "evidence withdraw",
}


def read(result: Ended) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_a_check_from_beginning_to_end(run: Run) -> None:
    begun = read(run("assessments", "start", LEVEL_TWO, "--kind", "periodic", "--json"))
    assert (begun["id"], begun["level"], begun["status"], begun["to_ask"]) == (CHECK, 2, "open", 207)
    made = read(run("assessments", "answer", CHECK, "4.1-a", "chua dat", "--state", "Chưa có", "--json"))
    assert (made["result"], made["version"], made["finding"]["status"]) == ("non_compliant", 1, "open")
    shown = read(run("assessments", "show", CHECK, "--json"))
    assert shown["counts"] == {
        "compliant": 0,
        "partially_compliant": 0,
        "non_compliant": 1,
        "not_applicable": 0,
        "not_assessed": 206,
    }
    assert shown["coverage"] == round(1 / 207, 4)
    assert sum(one["total"] for one in shown["groups"]) == shown["total"] == len(shown["rows"]) == 207
    closed = read(run("assessments", "close", CHECK, "--reason", "Hết giờ", "--json"))
    assert closed["status"] == "closed"
    (listed,) = read(run("assessments", "list", "--json"))
    assert listed["closed_on"] == TODAY.isoformat()


def test_what_is_shared_is_shown_as_such(run: Run) -> None:
    assert run("assessments", "rely", LEVEL_ONE, LEVEL_TWO, "--group", "risk").exit_code == 0
    run("assessments", "start", LEVEL_TWO)
    run("assessments", "answer", CHECK, "4.1-a", "đạt")
    run("assessments", "start", LEVEL_ONE)
    shown = read(run("assessments", "show", f"{LEVEL_ONE}/2026-1", "--json"))
    assert shown["inherited"] == 1
    (row,) = [one for one in shown["rows"] if one["inherited"]]
    assert row["inherited"] == {"system": LEVEL_TWO, "requirements": ["4.1-a"]}
    said = run("assessments", "show", f"{LEVEL_ONE}/2026-1", "--rows", "--result", "dat").stdout
    assert "dùng chung" in said
    assert "1 yêu cầu dùng kết quả chung" in said
    assert read(run("assessments", "shared", LEVEL_ONE, "--json"))["reliances"] == [
        {"system": LEVEL_ONE, "provider": LEVEL_TWO, "groups": ["risk"], "basis": ""}
    ]


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("assessments", "start", "khong-co"), 4, "Không có hệ thống"),
        (("assessments", "start", LEVEL_TWO, "--kind", "yearly"), 1, "Không có loại kiểm tra"),
        (("assessments", "show", "khong/2026-1"), 4, "Không có lần kiểm tra"),
        (("assessments", "rely", LEVEL_ONE, LEVEL_TWO), 1, "--group"),
        (("assessments", "list", "--system", "khong-co"), 4, "Không có hệ thống"),
        (("evidence", "add"), 1, "đúng một loại"),
        (("evidence", "add", "--title", "Sổ", "--cabinet", "2", "--sheets", "0"), 2, "phải từ 1 trở lên"),
        (("evidence", "add", "--sheets", "3"), 6, "tủ nào hoặc cặp nào"),
        (("evidence", "add", "--text", "x", "--for", "mang"), 6, "HỆ-THỐNG/YÊU-CẦU"),
        (("evidence", "add", "--text", "x", "--date", "hôm qua"), 1, "không phải là ngày"),
        (("evidence", "link", "mc-2026-0009", "--for", "a/b"), 4, "Không có minh chứng"),
    ],
)
def test_mistakes_end_in_a_sentence_and_a_code(run: Run, words: tuple[str, ...], code: int, said: str) -> None:
    result = run(*words)
    assert result.exit_code == code, result.output
    assert said in result.output


def test_a_misspelt_result_offers_the_nearest(run: Run) -> None:
    run("assessments", "start", LEVEL_TWO)
    result = run("assessments", "answer", CHECK, "4.1-a", "đạt một phàn nhỏ")
    assert result.exit_code == 1
    assert "Đạt một phần" in result.output


def test_evidence_speaks_json(run: Run, tmp_path: Path) -> None:
    (tmp_path / "anh.pdf").write_bytes(b"%PDF-1.7\n")
    (made,) = read(run("evidence", "add", str(tmp_path / "anh.pdf"), "--for", f"{LEVEL_TWO}/4.1-a", "--json"))
    assert (made["id"], made["kind"], made["file"]["size"]) == ("mc-2026-0001", "file", 9)
    (listed,) = read(run("evidence", "list", "--system", LEVEL_TWO, "--json"))
    assert listed["supports"][0]["requirement_id"] == "4.1-a"
    assert (listed["counts"], listed["expired"]) == (True, False)
    assert read(run("evidence", "verify", "--json")) == {"checked": 1, "faults": []}


def test_damaged_evidence_is_told_with_its_code(run: Run, place: Path, tmp_path: Path) -> None:
    (tmp_path / "anh.pdf").write_bytes(b"%PDF-1.7\n")
    run("evidence", "add", str(tmp_path / "anh.pdf"))
    (kept,) = [path for path in (place / "tep").rglob("*") if path.is_file() and path.read_bytes() == b"%PDF-1.7\n"]
    kept.unlink()
    result = run("evidence", "verify", "--json")
    assert result.exit_code == 6
    assert "đã mất hoặc bị thay đổi" in json.loads(result.stdout)["faults"][0]


# --- the walk


def test_the_walk_saves_each_answer_and_goes_on_where_it_stopped(run: Run) -> None:
    run("assessments", "start", LEVEL_TWO)
    first = run("assessments", "walk", CHECK, typed="1\nĐã xem\n3\nChưa làm\nq\n")
    assert first.exit_code == 0
    assert "còn 205 yêu cầu" in first.stdout
    again = run("assessments", "walk", CHECK, typed="q\n")
    assert "[1/205]" in again.stdout


def test_the_walk_goes_place_by_place(run: Run) -> None:
    run("assessments", "start", LEVEL_TWO)
    said = run("assessments", "walk", CHECK, typed="\n" * 300).stdout
    places = [line for line in said.splitlines() if line.startswith("Nơi kiểm tra: ")]
    changes = sum(one != before for one, before in zip(places[1:], places, strict=False))
    assert changes == len(set(places)) - 1


def test_one_may_go_back_search_ask_and_mistype(run: Run) -> None:
    run("assessments", "start", LEVEL_TWO)
    typed = "\nb\n?\n9\n/quản lý rủi ro\n4\n\n\n4\n\nKhông có mạng không dây\n/không có đâu\nq\n"
    said = run("assessments", "walk", CHECK, typed=typed).stdout
    assert "Minh chứng cần xem: " in said
    assert "Không có lựa chọn số 9" in said
    assert "phải kèm lý do" in said
    assert "Không có yêu cầu nào có “không có đâu”" in said


def test_one_may_go_back_and_correct_what_one_just_said(run: Run) -> None:
    run("assessments", "start", LEVEL_TWO)
    said = run("assessments", "walk", CHECK, typed="1\nĐã xem\nb\n3\nXem lại thì chưa có\nq\n").stdout
    assert "Đã trả lời: Đạt. Đã xem" in said
    assert "sau bản đang sửa" not in said
    rows = read(run("assessments", "show", CHECK, "--json"))["rows"]
    (row,) = [one for one in rows if one["result"] != "not_assessed"]
    assert (row["result"], row["present_state"], row["version"]) == ("non_compliant", "Xem lại thì chưa có", 2)


def test_a_colleagues_answer_is_shown_before_it_is_answered_again(
    run: Run, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("assessments", "start", LEVEL_TWO)
    ours = Walk.keep

    def after_a_colleague(walk: Walk, said: Said) -> Saved:
        monkeypatch.setattr(Walk, "keep", ours)
        theirs = Said(said.requirement_id, Result.NON_COMPLIANT, "Đồng nghiệp đã xem")
        answering.answer(walk.workspace, walk.sheet.assessment.id, theirs, today=TODAY)
        return ours(walk, said)

    monkeypatch.setattr(Walk, "keep", after_a_colleague)
    said = run("assessments", "walk", CHECK, typed="1\nTôi xem\n1\nTôi xem lại\nq\n").stdout
    assert "sau bản đang sửa" in said
    assert "Đã trả lời: Chưa đạt. Đồng nghiệp đã xem" in said
    rows = read(run("assessments", "show", CHECK, "--json"))["rows"]
    assert [one["present_state"] for one in rows if one["result"] == "compliant"] == ["Tôi xem lại"]


def test_only_what_holds_a_word_is_asked(run: Run) -> None:
    run("assessments", "start", LEVEL_TWO)
    said = run("assessments", "walk", CHECK, "--find", "mat khau", typed="q\n").stdout
    assert "mật khẩu" in said.lower()


def test_a_closed_check_is_not_walked(run: Run) -> None:
    run("assessments", "start", LEVEL_TWO)
    run("assessments", "close", CHECK, "--reason", "thử")
    result = run("assessments", "walk", CHECK, typed="")
    assert result.exit_code == 1
    assert "assessments reopen" in result.output
