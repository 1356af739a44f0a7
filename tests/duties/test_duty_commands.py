"""The commands of duties, as an office types them."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from compliance.adapters.workspace import create_workspace, open_workspace
from compliance.cli.main import app
from compliance.services import evidence
from compliance.services.evidence import Describing
from tests.documents.office import COMMITTEE, OFFICE, put
from tests.duties.test_duties import NET

ACCOUNTS, PATCHES = "mang-noi-bo/4.6.2.1-d", "mang-noi-bo/4.7.2.2.3"
TODAY = ("--today", "22/11/2026")
CONTRACT = ["id", "what", "system", "citation", "kind", "due", "safe_day", "status", "days"]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    with create_workspace(tmp_path / "ho-so", now=lambda: datetime(2026, 9, 20, 2, tzinfo=UTC)) as workspace:
        put(workspace, "unit", [(one.id, one) for one in (COMMITTEE, OFFICE)])
        twin = NET.model_copy(update={"id": "thu-dien-tu", "name": "Thư điện tử"})
        put(workspace, "system", [(NET.id, NET), (twin.id, twin)])
    return tmp_path / "ho-so"


def run(place: Path, *words: str) -> tuple[int, str]:
    """The exit code and everything said."""
    result = CliRunner().invoke(app, ["duties", *words, "--workspace", str(place)])
    return result.exit_code, result.output


def read(place: Path, *words: str) -> Any:
    code, said = run(place, *words, "--json", *TODAY)
    assert code == 0, said
    return json.loads(said)


def test_due_keeps_its_contract(place: Path) -> None:
    rows = read(place, "due")
    assert [list(row)[:9] for row in rows] == [CONTRACT] * len(rows)
    report = next(row for row in rows if row["id"] == "ubnd-xa/c3")
    assert (report["due"], report["kind"], report["system"], report["days"]) == ("2026-12-24", "law", "", 32)
    late = read(place, "due", "--overdue")
    assert {row["status"] for row in late} == {"overdue"}
    assert all(row["system"] == "mang-noi-bo" for row in read(place, "due", "--system", "mang-noi-bo"))


def test_people_see_systems_that_share_a_line_counted_and_both_days(place: Path) -> None:
    code, said = run(place, "due", *TODAY)
    assert code == 0
    for part in ("(2 hệ thống)", "19/12/2026", "18/12/2026", "Quá hạn 53 ngày", "chưa ấn định định kỳ"):
        assert part in " ".join(said.replace("│", " ").split()), part
    assert "Việc tiếp theo: làm ngay rồi ghi nhận" in said
    _, each = run(place, "due", "--each", "--within", "30", *TODAY)
    assert PATCHES in each.replace("\n", "")


def test_a_screen_of_80_columns_holds_the_list_with_codes_that_can_be_typed(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("compliance.cli.output.on_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", "80")
    code, said = run(place, "due", "--each", "--within", "60", *TODAY)
    assert code == 0
    assert max(map(len, said.splitlines())) <= 80
    for whole in (PATCHES, "thu-dien-tu/4.7.2.2.3", "ubnd-xa/c2", "(18/12/2026)", "Luật, nghị định: điểm a khoản 4"):
        assert whole in said, whole


def test_people_learn_how_to_part_a_line_and_which_levels_are_not_known(place: Path) -> None:
    with open_workspace(place) as workspace:
        unknown = NET.model_copy(update={"id": "phan-mem-moi", "name": "Phần mềm mới", "facts": {}})
        put(workspace, "system", [(unknown.id, unknown)])
    _, said = run(place, "due", *TODAY)
    assert "xem mã của từng hệ thống: compliance duties due --each" in said
    assert "1 hệ thống chưa rõ cấp độ" in said
    assert "compliance classifications ask phan-mem-moi" in said
    assert "ví dụ theo gợi ý: compliance duties decide" in said


def test_done_then_twice_then_undone(place: Path) -> None:
    code, said = run(place, "done", PATCHES, *TODAY)
    assert code == 0
    assert "muộn 22 ngày" in said
    assert "Kỳ 30/09/2026 không có ghi nhận nên vẫn ghi là “không thực hiện”" in said
    assert "Kỳ tới: chậm nhất ngày 30/11/2026" in said
    code, said = run(place, "done", PATCHES, "--for", "31/10/2026", *TODAY)
    assert code == 1
    assert f"compliance duties undo {PATCHES} --for 31/10/2026" in said
    assert [one["state"] for one in read(place, "history", PATCHES)] == ["not_done", "done"]
    code, said = run(place, "undo", PATCHES, "--for", "31/10/2026", "--reason", "ghi nhầm")
    assert code == 0
    assert read(place, "show", PATCHES)["missed"] == ["2026-09-30", "2026-10-31"]


def test_told_twice_a_late_doing_does_not_settle_the_next_period_too(place: Path) -> None:
    day = ("--today", "02/12/2026")
    assert run(place, "done", PATCHES, *day)[0] == 0
    code, said = run(place, "done", PATCHES, *day)
    assert code == 1
    assert "kỳ 30/11/2026 đã được ghi nhận" in said
    assert "Nếu là lần làm khác, cho kỳ 31/12/2026, thì nêu kỳ đó: --for 31/12/2026" in said
    assert run(place, "done", PATCHES, "--for", "31/12/2026", *day)[0] == 0


def test_the_list_tells_which_evidence_is_gone_from_disk(place: Path, tmp_path: Path) -> None:
    (tmp_path / "bien-ban.txt").write_text("Biên bản rà soát tài khoản", encoding="utf-8")
    with open_workspace(place) as workspace:
        (piece,) = evidence.add_files(
            workspace, [tmp_path / "bien-ban.txt"], Describing(), serves=(), today=date(2026, 11, 22)
        )
    assert run(place, "done", ACCOUNTS, "--evidence", piece.id, *TODAY)[0] == 0
    assert "đã mất" not in run(place, "due", *TODAY)[1]
    for file in (place / "tep").rglob("*"):
        if file.is_file():
            file.unlink()
    said = run(place, "due", *TODAY)[1]
    assert f"Tệp của minh chứng {piece.id} ({ACCOUNTS}) đã mất" in said


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("17/12/2026", "Sắp đến hạn, còn 2 ngày"),
        ("18/12/2026", "Sắp đến hạn, còn 1 ngày; hôm nay là ngày làm việc cuối"),
        ("19/12/2026", "Phải làm ngay"),
        ("20/12/2026", "Quá hạn 1 ngày"),
    ],
)
def test_on_the_last_working_day_before_a_day_off_it_is_for_today(place: Path, today: str, said: str) -> None:
    shown = run(place, "show", "ubnd-xa/c2", "--today", today)[1]
    assert f"Tình trạng: {said}\n" in shown


def test_several_are_recorded_together_or_not_at_all(place: Path) -> None:
    both = (ACCOUNTS, "thu-dien-tu/4.6.2.1-d")
    code, said = run(place, "done", *both, "thu-dien-tu/9.9", "--evidence", "mc-2026-0404", *TODAY)
    assert code == 6
    assert "mc-2026-0404" in said
    assert "thu-dien-tu/9.9" in said
    assert read(place, "history", ACCOUNTS) == []
    made = read(place, "done", *both)
    assert [(one["due"], one["coming"]) for one in made] == [("2026-12-31", "2027-12-31")] * 2


def test_deciding_how_often(place: Path) -> None:
    code, said = run(
        place, "decide", "4.11.2.1-a", "--every", "6 tháng", "--decision", "Kế hoạch số 12/KH-UBND", *TODAY
    )
    assert code == 0
    assert "6 tháng một lần" in said
    shown = read(place, "show", "mang-noi-bo/4.11.2.1-a")
    assert (shown["due"], shown["anchor"]) == ("2026-12-31", "calendar")
    assert "Kế hoạch số 12/KH-UBND" in shown["note"]
    for wrong, told in (("vài tháng", "Hãy ghi như"), ("2 năm", "yêu cầu ít nhất 1 năm một lần")):
        code, said = run(place, "decide", "4.6.2.1-d", "--every", wrong, *TODAY)
        assert code == 1
        assert told in said
    code, said = run(place, "undecide", "4.11.2.1-a")
    assert code == 1
    assert "Hãy nêu lý do" in said
    assert run(place, "undecide", "4.11.2.1-a", "--reason", "thay kế hoạch")[0] == 0


def test_show_says_why_the_day_is_that_day(place: Path) -> None:
    code, said = run(place, "show", "ubnd-xa/c2", *TODAY)
    assert code == 0
    for part in ("Điều 35", "19/12/2026 rơi vào ngày nghỉ", "Minh chứng cần có", "theo lịch cố định"):
        assert part in said
    code, said = run(place, "show", "mang-noi-bo/khong-co", *TODAY)
    assert code == 4


def test_a_blank_paper_of_a_decision_is_none_and_a_day_that_is_none_is_refused(place: Path) -> None:
    decide = ("decide", "c9a", "--every", "1 năm", "--decision")
    code, said = run(place, *decide, "   ", *TODAY)
    assert (code, "Đã ấn định c9a" in said) == (0, True)
    code, said = run(place, *decide, "Kế hoạch số 12/KH-UBND ngày 31/02/2026", *TODAY)
    assert code == 1
    assert "31/02/2026" in said
