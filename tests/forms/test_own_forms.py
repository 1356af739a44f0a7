"""A form the office changed for itself: whatever is wrong with it is told with file, line and name, all at once."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from compliance.adapters.templates import fill, load_form, load_layout, page_face
from compliance.errors import DataFault, Fault
from compliance.services.form_examples import example_of
from compliance.services.forms import copy_form
from tests.documents.office import TODAY
from tests.forms.conftest import MINUTES, REGIME, REQUEST, SHIPPED, Own

DOCUMENT = f"{REGIME.id}/{MINUTES}/document.html"
FACE = page_face(load_layout())


def said(faults: tuple[Fault, ...]) -> str:
    return "\n".join(str(one) for one in faults)


def test_an_office_that_changed_nothing_has_nothing_to_check(own: Own) -> None:
    found = own.check()
    assert (found.forms, found.faults, found.warnings) == ((), (), ())


@pytest.mark.parametrize("form", [REQUEST, MINUTES])
def test_a_copied_form_is_clean_until_it_is_edited(own: Own, form: str) -> None:
    copy_form(own.office, form, TODAY)
    found = own.check()
    assert found.forms == (f"{REGIME.id}/{form}",)
    assert (found.faults, found.warnings) == ((), ())


def test_one_file_may_be_changed_and_the_others_stay_the_programs(own: Own) -> None:
    own.change("document.html", lambda text: text.replace("{% block content %}", "{% block content %}<p>Xã ta</p>"))
    assert own.check().faults == ()
    form = load_form(REGIME.id, MINUTES, overrides=own.folder)
    html = fill(form, example_of(form), face=FACE)
    assert "<p>Xã ta</p>" in html
    assert load_form(REGIME.id, MINUTES).data.headings["result"] in html


@pytest.mark.parametrize(
    ("content", "row", "words"),
    [
        ("<p>\n{{ minites.place }}</p>", 2, "tên “minites” không có trong dữ liệu của biểu mẫu; gần nhất là “minutes”"),
        ("{{ form.headings.subjct }}", 1, "tên “subjct” không có trong phần dữ liệu này; gần nhất là “subject”"),
        ("\n{{ minutes.head.agenzy }}", 2, "gần nhất là “agency”"),
        ("\n\n{% if minutes %}", 3, "sai cú pháp: thiếu thẻ đóng của “{% if … %}”"),
        ("{% for a in [1] %}\n{% endif %}", 2, "sai cú pháp: thẻ “endif” nằm trong “for” chưa đóng"),
        ("{% loop a %}", 1, "sai cú pháp: không có thẻ “{% loop %}”"),
        ("{{ }}", 1, "sai cú pháp: thiếu tên hoặc giá trị trước “}}”"),
        ("{{ minutes.place ", 1, "sai cú pháp"),
        ("{{ 'a'|lớn }}", 1, "sai cú pháp: không có bộ lọc “lớn”"),
        ("{{ 'a' lớn }}", 1, "sai cú pháp: cần “}}” mà gặp “lớn”"),
        ("{{ minutes. }}", 1, "sai cú pháp: sau dấu chấm phải có tên"),
        ("{{ cycler() }}", 1, "cycler cần ít nhất một giá trị"),
        ("{% macro m(a) %}\n{{ a }}{% endmacro %}{{ m() }}", 2, "gọi macro thiếu giá trị “a”"),
        ("{{ []|first }}", 1, "danh sách trống"),
        ("{% import os %}", 1, "sai cú pháp: cần “as” mà gặp “%}”"),
        ("{% import 'os' as os %}", 1, "thiếu tệp “os”"),
        ("<p></p>\n{% include 'khong-co.html' %}", 2, "thiếu tệp “khong-co.html”"),
        ("{% include '../../../workspace.json' %}", 1, "thiếu tệp “../../../workspace.json”"),
        ("{{ ''.__class__ }}", 1, "không được dùng “__class__”: biểu mẫu chỉ đọc được dữ liệu"),
        ("{{ cycler.__init__.__globals__ }}", 1, "không được dùng “__init__”"),
        ("{{ minutes.model_copy.__func__ }}", 1, "không được dùng “__func__”"),
        ("{{ ''|attr('__class__') }}", 1, "không được dùng “__class__”"),
        ("{% set x = none %}{{ x }}", 1, "sẽ in ra chữ “None”"),
        ("{{ minutes.head }}", 1, "in cả một nhóm dữ liệu thay vì một giá trị"),
        ("{{ 1 / 0 }}", 1, "chia cho 0"),
        ("{{ 1 + 'a' }}", 1, "không tính được số + chữ"),
        ("{{ minutes() }}", 1, "không gọi được như một lệnh"),
        ("{% for a in 5 %}{% endfor %}", 1, "số không phải là danh sách để lặp"),
        ("{% for i in range(10**9) %}{% endfor %}", 1, "range dài quá 100.000 số"),
        ("{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}", 1, "chạy quá 5.000.000 lần"),
        ("{{ 'a' * 10**9 }}", 1, "dài quá mức"),
        ("{{ 2 ** 1000000000 }}", 1, "lũy thừa ra số quá lớn"),
        ("{{ '%999999999d'|format(1) }}", 1, "mẫu số (%) rộng quá mức"),
        ("{{ '%*d'|format(999999999, 1) }}", 1, "dấu *"),
        ("{{ '{:999999999}'.format(1) }}", 1, "không được dùng “format”: hãy dùng bộ lọc |format"),
        ("{{ 'a'.ljust(10**9) }}", 1, "không được dùng “ljust”"),
        ("{{ 'a'|center(10**9) }}", 1, "không có bộ lọc “center”"),
        ("{{ ('a' * 9999)|replace('a', 'a' * 9999) }}", 1, "dài quá mức"),
        ("{% set n = namespace(x='ab') %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}", 1, "dài quá"),
        ("{% set n = namespace(x=['a']) %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}", 1, "dài quá"),
        ("{% macro m() %}\n{{ m() }}{% endmacro %}{{ m() }}", 2, "tự gọi lại chính mình"),
        (f"{{% include '{DOCUMENT}' %}}", 1, "tự gọi lại chính mình"),
    ],
)
def test_a_broken_page_is_told_in_vietnamese_with_its_line(own: Own, content: str, row: int, words: str) -> None:
    own.write("document.html", content)
    fault = next((one for one in own.check().faults if words in one.message), None)
    assert fault is not None, said(own.check().faults)
    assert (fault.file, fault.row) == (DOCUMENT, row)
    assert not re.search(r"undefined|expected|object|unsafe|Error", fault.message)


def test_printing_a_real_paper_tells_the_same_sentence(own: Own) -> None:
    page = own.write("document.html", "<p>\n{{ minites.place }}</p>")
    form = load_form(REGIME.id, MINUTES, overrides=own.folder)
    with pytest.raises(DataFault) as broken:
        fill(form, example_of(form), face=FACE)
    (fault,) = broken.value.faults
    assert (fault.file, fault.row) == (str(page), 2)
    assert "gần nhất là “minutes”" in fault.message


def test_every_unknown_name_is_told_not_only_the_first(own: Own) -> None:
    own.write(
        "document.html",
        "{{ mot }}\n{% if hai %}{% endif %}\n{% for a in ba %}{% endfor %}\n{{ bon|length }}\n{{ minutes.nam }}\n"
        "{{ sau.bay.tam }}\n{{ chin + 1 }}\n{% if muoi == 'a' %}{% endif %}\n{{ thu is defined }}",
    )
    faults = own.check().faults
    rows = {one.row: one.message for one in faults}
    assert sorted(row for row in rows if row) == [1, 2, 3, 4, 5, 6, 7, 8]
    for row, name in enumerate(("mot", "hai", "ba", "bon", "nam", "sau", "chin", "muoi"), start=1):
        assert f"“{name}”" in rows[row]


def test_the_line_is_that_of_the_included_file_or_macro(own: Own) -> None:
    own.write("document.html", f"{{% import '{REGIME.id}/{MINUTES}/phan.html' as phan %}}\n{{{{ phan.ai(minutes) }}}}")
    own.write("phan.html", "{% macro ai(m) %}\n\n{{ m.khong }}\n{% endmacro %}")
    (fault,) = own.check().faults
    assert (fault.file, fault.row) == (f"{REGIME.id}/{MINUTES}/phan.html", 3)
    assert "“khong”" in fault.message


def test_faults_of_several_forms_and_files_come_together(own: Own) -> None:
    own.write("document.html", "{{ mot }}")
    own.write("style.css", "{% if %}")
    own.write("document.html", "{{ hai }}", REQUEST)
    own.write("form.yaml", "id: sai\nla: 1\n", REGIME.own_forms.open_points)
    told = said(own.check().faults)
    for words in ("style.css, dòng 1: sai cú pháp", "tên “hai”", "la: mục này không có", "title: thiếu mục này"):
        assert words in told, words


def test_a_page_is_tried_even_where_its_data_or_example_are_broken(own: Own) -> None:
    own.write("form.yaml", "id: [1\n")
    own.write("example.yaml", "minutes: 5\n")
    own.write("document.html", "{{ mot }}")
    told = said(own.check().faults)
    for words in ("form.yaml, dòng 2: không phải là YAML đúng", "example.yaml: minutes", "dòng 1: tên “mot”"):
        assert words in told, words


def test_data_that_share_a_form_that_is_not_there_are_told(own: Own) -> None:
    own.change("form.yaml", lambda text: f"{text}\nshares: khong-co\n")
    assert "form.yaml: Chương trình chưa có biểu mẫu “khong-co”" in said(own.check().faults)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes with a name")
def test_a_pipe_in_the_place_of_a_file_does_not_hold_the_check(own: Own) -> None:
    place = own.write("document.html", "")
    place.unlink()
    os.mkfifo(place)
    assert "không phải là tệp lưu trên đĩa" in said(own.check().faults)


@pytest.mark.parametrize(
    ("markup", "address"),
    [
        ('<img src="https://hinh.example/dau.png">', "https://hinh.example/dau.png"),
        ("<img alt='a'\n src='http://hinh.example/dau.png'>", "http://hinh.example/dau.png"),
        ('<img src="file:///etc/passwd">', "file:///etc/passwd"),
        ('<img src="../../../dau.png">', "../../../dau.png"),
        ('<div style="background: url(//hinh.example/nen.png)"></div>', "//hinh.example/nen.png"),
        ('<link rel="stylesheet" href="kieu.css">', "kieu.css"),
        ('<svg><image href="file:///etc/hostname"/></svg>', "file:///etc/hostname"),
        ('<a href="file:///etc/passwd">x</a>', "file:///etc/passwd"),
    ],
)
def test_pictures_from_outside_are_refused_with_their_line(own: Own, markup: str, address: str) -> None:
    own.change("document.html", lambda text: text.replace("{% block content %}", f"{{% block content %}}{markup}"))
    fault = own.check().faults[0]
    assert f"địa chỉ ngoài biểu mẫu “{address}”" in fault.message
    assert fault.file == DOCUMENT
    assert fault.row is not None


def test_an_address_put_together_while_filling_is_not_opened_either(own: Own) -> None:
    markup = "{% block content %}<img alt='' src='{{ 'http' ~ '://hinh.example/dau.png' }}'>"
    own.change("document.html", lambda text: text.replace("{% block content %}", markup))
    assert "không mở địa chỉ bên ngoài: http://hinh.example/dau.png" in said(own.check().faults)


def test_a_picture_inside_the_page_and_a_link_to_a_place_in_it_are_fine(own: Own) -> None:
    dot = "data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="
    markup = f"{{% block content %}}{{# <img src='http://cu.example/a.png'> #}}<img alt='Dấu' src='{dot}'>"
    own.change("document.html", lambda text: text.replace("{% block content %}", markup))
    assert own.check().faults == ()


@pytest.mark.parametrize(
    ("encoding", "row"), [("utf-16", None), ("utf-16-le", None), ("cp1258", 2)], ids=["utf-16", "utf-16 bare", "1258"]
)
def test_a_page_in_another_encoding_is_told_how_to_save_it(own: Own, encoding: str, row: int | None) -> None:
    own.write("document.html", "<p>\nBiên, năm 2026</p>".encode(encoding))
    fault = own.check().faults[0]
    assert "hãy lưu lại tệp bằng bảng mã UTF-8" in fault.message
    assert fault.file == DOCUMENT
    assert row is None or fault.row == row


def test_the_mark_some_editors_put_first_does_no_harm(own: Own) -> None:
    own.write("document.html", b"\xef\xbb\xbf" + (SHIPPED / MINUTES / "document.html").read_bytes())
    assert own.check().faults == ()


def test_a_shortcut_out_of_the_workspace_is_never_read(own: Own, tmp_path: Path) -> None:
    secret = tmp_path / "mat.html"
    secret.write_text("{{ bi_mat }}", encoding="utf-8")
    place = own.write("document.html", "")
    place.unlink()
    place.symlink_to(secret)
    told = said(own.check().faults)
    assert "đường dẫn ra ngoài thư mục biểu mẫu nên không đọc" in told
    assert "bi_mat" not in told


def test_a_folder_that_is_a_shortcut_is_told(own: Own, tmp_path: Path) -> None:
    (tmp_path / "ngoai" / MINUTES).mkdir(parents=True)
    own.folder.mkdir()
    (own.folder / REGIME.id).symlink_to(tmp_path / "ngoai", target_is_directory=True)
    (fault,) = own.check().faults
    assert "đường tắt ra ngoài thư mục hồ sơ" in fault.message


def test_names_the_program_does_not_know_offer_the_nearest(own: Own) -> None:
    own.write("document.html", "", f"{MINUTES}x")
    own.write("documents.html", "<p></p>")
    (own.folder / f"{REGIME.id}x").mkdir()
    (own.folder / "ghi-chu.txt").write_text("", encoding="utf-8")
    (own.folder / REGIME.id / MINUTES / "con").mkdir()
    (own.folder / REGIME.id / MINUTES / ".DS_Store").write_bytes(b"\0")
    told = said(own.check().faults)
    for words in (
        f"không có biểu mẫu này; gần nhất là “{MINUTES}”",
        "không có tệp nào của biểu mẫu gọi tới; gần nhất là “document.html”",
        f"tên phải là mã bộ quy định; gần nhất là “{REGIME.id}”",
        "ghi-chu.txt: tệp này nằm ngoài thư mục của biểu mẫu",
        "con: biểu mẫu không có thư mục con",
    ):
        assert words in told, words
    assert "DS_Store" not in told


def test_changed_words_of_a_statutory_form_are_listed_and_do_not_stop_it(own: Own) -> None:
    before = load_form(REGIME.id, REQUEST).data
    own.change("form.yaml", lambda text: text.replace(before.headings["footnote"], "Chú thích khác"), REQUEST)
    page = "{% extends 'layout/base.html' %}{% block content %}<p>Kính đề nghị</p>{% endblock %}"
    own.write("document.html", page, REQUEST)
    found = own.check()
    assert found.faults == ()
    assert f"nhãn headings.footnote “{before.headings['footnote']}” đổi thành “Chú thích khác”" in said(found.warnings)
    assert f"không còn trong văn bản: “{before.headings['paper_1']}”" in said(found.warnings)


def test_the_words_of_the_programs_own_papers_are_free(own: Own) -> None:
    own.change("form.yaml", lambda text: re.sub(r"(?m)^(title: ).*$", r"\1Biên bản làm việc", text, count=1))
    found = own.check()
    assert (found.faults, found.warnings) == ((), ())


def test_a_form_that_shares_anothers_wording_is_checked_with_it(own: Own) -> None:
    assert REGIME.own_forms.package is not None
    shared = load_form(REGIME.id, REGIME.own_forms.package.overview).data.shares
    own.change("parts.html", lambda text: text.replace("{% macro scope(", "{% macro pham_vi(", 1), shared)
    told = said(own.check().faults)
    assert f"{REGIME.id}/{REGIME.own_forms.package.overview}/document.html" in told or "“scope”" in told


def test_a_changed_layout_is_tried_on_every_form(own: Own) -> None:
    layout = own.folder / "layout"
    layout.mkdir(parents=True)
    (layout / "base.html").write_text("<!doctype html>\n{{ khong_co }}", encoding="utf-8")
    (fault,) = own.check().faults
    assert (fault.file, fault.row) == ("layout/base.html", 2)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="an administrator reads everything")
def test_a_file_that_may_not_be_read_is_told(own: Own) -> None:
    own.write("document.html", "").chmod(0)
    assert "không đọc được" in said(own.check().faults)
