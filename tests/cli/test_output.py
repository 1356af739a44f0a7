"""What a terminal shows: tables that fit it, ids that stay whole, sentences broken between words."""

from __future__ import annotations

import pytest

from compliance.cli.output import new_screen, say, show_table

ROWS = [("cong-thong-tin-dien-tu", "Cổng thông tin điện tử (trang thông tin điện tử) của xã Hợp Minh", "Chủ quản")]
HEADERS = ("Mã", "Hệ thống", "Quan hệ với xã")


@pytest.fixture
def narrow(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    monkeypatch.setenv("COLUMNS", "70")
    monkeypatch.setattr("compliance.cli.output.on_terminal", lambda: True)
    return capsys


def test_a_table_fits_the_terminal_and_never_breaks_an_id(narrow: pytest.CaptureFixture[str]) -> None:
    show_table(ROWS, HEADERS, widths=(0, 60, 30))
    lines = narrow.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 70
    assert any("cong-thong-tin-dien-tu" in line for line in lines)


def test_a_table_in_a_file_keeps_its_widths(capsys: pytest.CaptureFixture[str]) -> None:
    show_table(ROWS, HEADERS, widths=(0, 80, 30))
    assert "Cổng thông tin điện tử (trang thông tin điện tử) của xã Hợp Minh" in capsys.readouterr().out


def test_a_sentence_breaks_between_words_and_keeps_its_indent(narrow: pytest.CaptureFixture[str]) -> None:
    sentence = "  - " + "hệ thống thông tin " * 8 + "compliance classifications explain mang-noi-bo"
    say(sentence)
    lines = narrow.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 70
    assert all(line.startswith("  ") for line in lines)
    assert " ".join(" ".join(lines).split()) == " ".join(sentence.split())


def test_a_pipe_gets_every_line_whole_and_no_new_screen(capsys: pytest.CaptureFixture[str]) -> None:
    new_screen()
    say("một " * 60)
    assert capsys.readouterr().out == "một " * 60 + "\n"
