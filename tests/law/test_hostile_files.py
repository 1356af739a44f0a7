"""Law files nobody would write on purpose: each ends in a sentence with its place, never in a crash or a hang."""

from __future__ import annotations

from pathlib import Path

import pytest

from compliance.adapters.law_check import check_library
from compliance.adapters.law_file import Document, read_document
from tests.law.conftest import Library

LIST = "nd331-2026/level-3.yaml"
OPENERS = "[" * 100_000


def said(library: Library) -> list[str]:
    return [str(fault) for fault in check_library(library.root).faults]


def read(folder: Path, content: str | bytes) -> Document:
    path = folder / "law.yaml"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return read_document(path, "law.yaml")


def bomb(letter: str) -> str:
    """A few lines whose anchors, written out, are nine to the ninth values."""
    lines = [f"a0: &a0 [{letter}]"]
    lines += [f"a{step}: &a{step} [{', '.join([f'*a{step - 1}'] * 9)}]" for step in range(1, 10)]
    return "\n".join(lines)


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("in_force_from: 2026-02-30\n", "dòng 1: không phải là YAML đúng: giá trị “2026-02-30” không phải là ngày"),
        ("a: 1\nat: 2026-01-01T99:00:00Z\n", "dòng 2: không phải là YAML đúng: giá trị “2026-01-01T99:00:00Z”"),
        (f"a: {'9' * 6000}\n", "không phải là ngày hay số có thật"),
        ("a: 1\n? [b, c]\n: 3\n", "dòng 2: không phải là YAML đúng: tên mục phải là chữ"),
        ("? {b: c}\n: 3\n", "tên mục phải là chữ"),
        ("2026-01-01: a\n", "tên mục phải là chữ"),
        ("no: a\n", "tên mục phải là chữ"),
        ("a: &a [*a]\n", "lồng quá sâu"),
        (f"a: {OPENERS}\n", "lồng quá sâu"),
        ("- " * 100_000, "lồng quá sâu"),
        ("".join(f"{' ' * depth}a:\n" for depth in range(200)), "lồng quá sâu"),
        (bomb("x"), "lặp lại quá nhiều"),
        (f"a: &a {'x' * 100_000}\nb: [{', '.join(['*a'] * 100)}]\n", "lặp lại quá nhiều"),
        ("a: !!python/name:os.system\n", "dòng 1: không phải là YAML đúng"),
        (b"a: 1\nb: \xff\n", "dòng 2: không phải chữ Unicode"),
        (b"a: 1\nb: \x00\n", "dòng 2: có ký tự điều khiển không nhìn thấy (U+0000)"),
        (b"", "tệp trống"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(tmp_path: Path, content: str | bytes, expected: str) -> None:
    document = read(tmp_path, content)
    assert document.raw is None
    (fault,) = document.faults
    assert expected in str(fault)
    assert "\n" not in str(fault)


def test_marks_and_line_ends_of_other_editors_do_no_harm(tmp_path: Path) -> None:
    assert read(tmp_path, b"\xef\xbb\xbfa: 1\r\nb: [2, {c: 3}]\r\n").raw == {"a": 1, "b": [2, {"c": 3}]}


def test_a_shared_note_is_no_bomb(tmp_path: Path) -> None:
    assert read(tmp_path, "a: &a ghi chú\nb: [*a, *a]\n").raw == {"a": "ghi chú", "b": ["ghi chú"] * 2}


@pytest.mark.parametrize("content", ["", "a: [\n", "a: 1\n"])
def test_a_broken_list_is_not_blamed_on_the_level_above(library: Library, content: str) -> None:
    library.path(LIST).write_text(content, encoding="utf-8")
    found = said(library)
    assert found
    assert [one for one in found if "level-3.yaml" not in one] == []


def test_a_missing_list_is_not_blamed_on_the_level_above(library: Library) -> None:
    library.path(LIST).unlink()
    assert said(library) == ["checklists/nd331-2026/level-3.yaml: thiếu danh mục yêu cầu của cấp độ 3."]


def test_a_missing_register_is_told_once(library: Library) -> None:
    library.path("instruments.yaml").unlink()
    found = said(library)
    assert "checklists/instruments.yaml: không có tệp này." in found
    assert not [one for one in found if "sổ văn bản không có mã" in one]


def test_a_folder_without_its_main_file_is_told(library: Library) -> None:
    library.path("nd331-2026/regime.yaml").unlink()
    assert any(one.startswith("checklists/nd331-2026/regime.yaml: không có tệp này") for one in said(library))


def test_a_file_of_a_mistyped_name_is_told(library: Library) -> None:
    path = library.path("nd331-2026/changes.yaml")
    path.rename(path.with_name("change.yaml"))
    (fault,) = said(library)
    assert fault.startswith("checklists/nd331-2026/change.yaml: chương trình không đọc tệp mang tên này")


def test_a_folder_in_the_place_of_a_file_is_told(library: Library) -> None:
    library.path("nd331-2026/regime.yaml").unlink()
    library.path("nd331-2026/regime.yaml").mkdir()
    assert "checklists/nd331-2026/regime.yaml: không đọc được: đây là một thư mục." in said(library)


def test_a_link_to_itself_is_told(library: Library) -> None:
    path = library.path("instruments.yaml")
    path.unlink()
    path.symlink_to(path)
    assert "checklists/instruments.yaml: không đọc được: đường tắt (liên kết) trỏ vòng tròn." in said(library)


def test_the_words_of_letters_are_read_too(library: Library) -> None:
    library.change("circumstances.yaml", ("circumstances:\n", "circumstance:\n"))
    assert any(one.startswith("checklists/circumstances.yaml: circumstance: mục này không có") for one in said(library))
