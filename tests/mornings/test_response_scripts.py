"""The response scripts on paper: one sheet each whatever the contact list holds, readable, with limits and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from compliance.adapters.law import load_incident_rules, load_morning_list, load_scripts
from compliance.adapters.workspace import Workspace
from compliance.domain.incident import SIGNS, Contact, ContactRole
from compliance.domain.incident_rules import ResponseScript
from compliance.errors import NotFound, Refused
from compliance.services.regimes import regime
from compliance.services.response_scripts import print_scripts, script_named
from tests.documents.office import TODAY, new_office, put
from tests.documents.reading import A4, Pdf

SCRIPTS = load_scripts().scripts
SMALLEST = 10
"""Points below which nobody reads in a hurry; the footer is smaller."""
_FOOTER = 40
"""Points at the foot of the page that the footer takes."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        yield workspace


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """An office whose contact list has the longest lines anybody could type."""
    with new_office(tmp_path_factory.mktemp("xa") / "ho-so") as workspace:
        long = [
            Contact(
                id=f"lien-he-{role.value.replace('_', '-')}",
                role=role,
                name=f"Phòng An ninh mạng và phòng, chống tội phạm sử dụng công nghệ cao {role.label} " * 3,
                channels=("Đường dây nóng trực ban hai mươi bốn giờ: (0200) 000 0001 " * 4, "Nhóm Zalo ứng cứu"),
            )
            for role in ContactRole
        ]
        put(workspace, "contact", [(one.id, one) for one in long])
        yield workspace


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.id)
@pytest.mark.parametrize("list_", ["office", "crowded"])
def test_a_script_is_one_readable_sheet(
    script: ResponseScript, list_: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    one = script_named(script.id)
    (done,) = print_scripts(request.getfixturevalue(list_), [one.id], tmp_path, TODAY)
    pdf = Pdf(done.printed.file.path)
    (page,) = pdf.pages
    assert (round(page.width, 2), round(page.height, 2)) == A4
    assert one.title.upper() in pdf.text
    for part in (*one.signs, *one.keep, *one.never, *(step.what for step in (*one.first, *one.then, *one.recover))):
        assert pdf.holds(part), part
    sizes = [char["size"] for char in page.chars if char["bottom"] < page.height - _FOOTER and char["text"].strip()]
    assert min(sizes) >= SMALLEST - 0.01


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.id)
def test_a_script_says_the_limits_of_the_law_and_names_no_decree_itself(script: ResponseScript) -> None:
    one = script_named(script.id)
    assert set(one.facts) <= SIGNS.keys()
    assert one.calls, "somebody is called"
    assert {step.within for step in one.first} <= {"ngay", "5 phút", "10 phút", "15 phút"}
    assert not re.search(r"\d+/\d{4}/", one.model_dump_json()), "the clauses come from the rules on incidents"


def test_the_scripts_answer_the_systems_of_the_plans() -> None:
    titles = " ".join(one.title.lower() for one in SCRIPTS)
    for words in (
        "trang thông tin điện tử",
        "thư điện tử",
        "quản lý văn bản",
        "mã độc tống tiền",
        "usb token",
        "truyền thanh",
    ):
        assert words in titles
    assert len({one.id for one in SCRIPTS}) == len(SCRIPTS)


def test_the_morning_list_points_to_scripts_that_are_there() -> None:
    named = {item.fault_kind for item in load_morning_list().items if item.fault_kind}
    assert named <= {one.id for one in SCRIPTS}


def test_the_limits_stand_with_their_clause(office: Workspace, tmp_path: Path) -> None:
    (done,) = print_scripts(office, ["lo-du-lieu-ca-nhan"], tmp_path / "lo.pdf", TODAY)
    pdf = Pdf(done.printed.file.path)
    rules = load_incident_rules(regime(None, TODAY))
    always = [one for one in rules.clocks if one.when is None]
    assert always
    for clock in always:
        assert pdf.holds(clock.citation)
    assert "72 giờ" in pdf.text
    assert pdf.holds("dữ liệu cá nhân bị lộ, mất hoặc bị xâm phạm".capitalize())


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one.id)
def test_a_sheet_tells_the_limits_its_incident_may_set_off(
    script: ResponseScript, office: Workspace, tmp_path: Path
) -> None:
    (done,) = print_scripts(office, [script.id], tmp_path, TODAY)
    limits = {limit for limit in ("Ngay", "24 giờ", "72 giờ") if limit in Pdf(done.printed.file.path).text}
    expected = {"72 giờ"}
    expected |= {"Ngay"} if {"threatens", "interrupts", "violation"} & set(script.facts) else set()
    expected |= {"24 giờ"} if "serious" in script.facts else set()
    assert limits == expected


def test_a_number_on_the_list_is_printed_and_a_missing_one_left_to_the_pen(tmp_path: Path) -> None:
    with new_office(tmp_path / "ho-so") as workspace:
        police = Contact(
            id="cong-an", role=ContactRole.POLICE, name="Trực ban Công an", channels=("Điện thoại: (0200) 000 0003",)
        )
        gone = Contact(id="cu", role=ContactRole.LEADER, name="Số cũ", channels=("(0200) 000 0009",), removed="đổi số")
        put(workspace, "contact", [(police.id, police), (gone.id, gone)])
        (done,) = print_scripts(workspace, ["mat-usb-token"], tmp_path, TODAY + timedelta(days=1))
    pdf = Pdf(done.printed.file.path)
    assert pdf.holds("Trực ban Công an: Điện thoại: (0200) 000 0003")
    assert not pdf.holds("Số cũ")
    assert done.blanks == ("Lãnh đạo", "Nhà cung cấp dịch vụ", "Tổ hỗ trợ, ứng cứu cấp trên")


def test_a_long_line_says_where_the_rest_stands(crowded: Workspace, tmp_path: Path) -> None:
    (done,) = print_scripts(crowded, ["ma-doc-tong-tien"], tmp_path, TODAY)
    assert Pdf(done.printed.file.path).text.count("(0200) 000 0001… (xem danh bạ)") == 5, "no number is cut in half"
    assert done.blanks == ()


def test_a_wrong_name_offers_the_nearest_and_many_need_a_folder(office: Workspace, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="Có phải “ma-doc-tong-tien”"):
        script_named("ma doc tong tien")
    with pytest.raises(Refused, match="nêu thư mục"):
        print_scripts(office, [], tmp_path / "tat-ca.pdf", TODAY)
