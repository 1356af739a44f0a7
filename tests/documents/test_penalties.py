"""The sheet of fines for leaders: what an act costs a person and an organisation, and what nobody has settled."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from compliance.adapters.law import load_penalties
from compliance.adapters.templates import load_layout
from compliance.domain.penalty import Penalty, PenaltyRule, PenaltyTable
from compliance.domain.penalty_sheet import amount_text, levels_text, penalty_sheet
from compliance.domain.regime import Regime
from compliance.errors import NotFound, Refused
from compliance.services.penalties import penalty_rows, print_penalties
from tests.documents.office import TODAY
from tests.documents.reading import MM, Pdf, line, lines_of, squeezed, top_margin

DOUBT = "Chưa rõ có áp dụng cho xã hay không."
TABLE = PenaltyTable(
    id="bang-thu",
    regime="thu",
    instrument="nd-thu",
    version="1",
    title="Mức xử phạt thử",
    checked_on=TODAY,
    source_note="Bảng thử.",
    factor=2,
    factor_citation="khoản 1 Điều 7 Nghị định thử",
    rules=(
        PenaltyRule(id="state-body", statement="Chưa rõ cơ quan nhà nước.", citation="Điều 2", uncertain="Phải hỏi."),
        PenaltyRule(id="time", statement="Thời hiệu 01 năm.", citation="Điều 3"),
        PenaltyRule(id="twice", statement="Hai điều cùng nêu.", citation="Điều 4", uncertain="Không rõ điều nào."),
    ),
    penalties=(
        Penalty(id="a", act="Việc A", levels=(1, 2, 3), scope="Mọi nơi", least=20_000_000, most=30_000_000,
                citation="Điều 5", uncertain=DOUBT),
        Penalty(id="b", act="Việc B", levels=(4, 5), scope="", least=0, most=500_000, citation="Điều 6"),
        Penalty(id="c", act="Việc C", levels=(), scope="Khi có yêu cầu", least=50_000_000, most=50_000_000,
                citation="Điều 7", uncertain=DOUBT),
    ),
)  # fmt: skip


@pytest.fixture(scope="module")
def shipped(regime: Regime) -> PenaltyTable:
    return load_penalties(regime)


@pytest.fixture(scope="module")
def sheet(tmp_path_factory: pytest.TempPathFactory) -> Pdf:
    return Pdf(print_penalties(today=TODAY, out=tmp_path_factory.mktemp("phat")).path)


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (20_000_000, 30_000_000, "20 - 30 triệu đồng"),
        (0, 30_000_000, "đến 30 triệu đồng"),
        (50_000_000, 50_000_000, "50 triệu đồng"),
        (500_000, 1_000_000, "500.000 - 1.000.000 đồng"),
        (1_000_000_000, 2_000_000_000, "1.000 - 2.000 triệu đồng"),
    ],
)
def test_amounts_are_written_as_offices_write_them(least: int, most: int, words: str) -> None:
    assert amount_text(least, most) == words


@pytest.mark.parametrize(
    ("levels", "words"),
    [((1, 2, 3, 4, 5), "Cấp độ 1 đến cấp độ 5"), ((1, 2), "Cấp độ 1, 2"), ((1, 3), "Cấp độ 1, 3"), ((5,), "Cấp độ 5"),
     ((1, 2, 4), "Cấp độ 1, 2, 4"), ((), "")],
)  # fmt: skip
def test_levels_are_named_in_a_run_or_one_by_one(levels: tuple[int, ...], words: str) -> None:
    assert levels_text(levels) == words


def test_an_organisation_pays_the_multiple() -> None:
    first, second, third = penalty_sheet(TABLE).lines
    assert (first.individual, first.organization) == ("20 - 30 triệu đồng", "40 - 60 triệu đồng")
    assert (second.individual, second.organization) == ("đến 500.000 đồng", "đến 1 triệu đồng")
    assert third.organization == "100 triệu đồng"


def test_the_same_doubt_is_one_note() -> None:
    found = penalty_sheet(TABLE)
    assert [one.note for one in found.lines] == [1, 0, 1]
    assert found.notes == (DOUBT,)


def test_settled_rules_doubts_and_the_closing_one_stand_apart() -> None:
    found = penalty_sheet(TABLE, closing="state-body")
    assert [one.id for one in found.rules] == ["time"]
    assert [one.id for one in found.doubts] == ["twice"]
    assert found.closing is not None
    assert found.closing.id == "state-body"
    without = penalty_sheet(TABLE, closing="khong-co")
    assert without.closing is None
    assert [one.id for one in without.doubts] == ["state-body", "twice"]


def test_every_fine_is_printed_with_its_clause(sheet: Pdf, shipped: PenaltyTable) -> None:
    rows = [row for page in sheet.pages for table in page.extract_tables() for row in table]
    fined = [[squeezed(cell or "") for cell in row] for row in rows if row[0] and row[0].isdigit()]
    assert len(fined) == len(shipped.penalties)
    for number, (row, one) in enumerate(zip(fined, shipped.penalties, strict=True), start=1):
        assert row[0] == str(number)
        assert row[1].startswith(squeezed(one.act)), one.id
        assert squeezed(one.scope) in row[2], one.id
        assert row[3] == squeezed(amount_text(one.least, one.most)), one.id
        assert row[4] == squeezed(amount_text(*shipped.for_organization(one))), one.id
        assert row[5] == squeezed(one.citation[:1].upper() + one.citation[1:]), one.id


def test_it_says_first_whose_amounts_the_text_prints(sheet: Pdf, shipped: PenaltyTable) -> None:
    first = sheet.texts[0]
    assert "là mức đối với cá nhân" in first
    assert f"gấp 0{shipped.factor} lần mức đó ({shipped.factor_citation})" in first
    assert "không phải căn cứ ra quyết định xử phạt" in first


def test_notes_and_rules_stand_below_and_it_ends_with_what_must_be_asked(sheet: Pdf, shipped: PenaltyTable) -> None:
    for rule in shipped.rules:
        assert sheet.holds(rule.statement.rstrip(".")), rule.id
        assert sheet.holds(rule.citation), rule.id
        assert sheet.holds(rule.uncertain), rule.id
    for penalty in shipped.penalties:
        assert sheet.holds(penalty.uncertain)
    ending = sheet.text.rpartition("Điểm phải hỏi trước khi kết luận")[2]
    assert "cơ quan nhà nước" in ending
    assert squeezed(shipped.source_note) not in squeezed(ending)


def test_it_lies_across_with_the_head_of_the_table_on_every_page(sheet: Pdf) -> None:
    margins = load_layout().margins
    assert len(sheet.pages) > 1
    for number, page in enumerate(sheet.pages):
        assert page.width > page.height
        assert max(one["x1"] for one in lines_of(page)) <= page.width - margins.right * MM + 1
        if page.find_tables():
            assert line(page, "STT")
            assert line(page, "Cá nhân")
        assert [one["text"] for one in top_margin(page)] == ([str(number + 1)] if number else [])


def test_no_law_is_named_as_the_author(sheet: Pdf) -> None:
    assert sheet.reader.metadata is not None
    assert not sheet.reader.metadata.author


def test_the_data_travels_inside_and_the_bytes_do_not_change(sheet: Pdf, tmp_path: Path, shipped: PenaltyTable) -> None:
    again = print_penalties(today=TODAY, out=tmp_path)
    assert again.path.read_bytes() == sheet.path.read_bytes()
    assert 'pdfaid:part="3"' in sheet.xmp
    attached = json.loads(sheet.reader.attachments["du-lieu-muc-xu-phat.json"][0])
    assert attached["match_code"] in sheet.text
    assert len(attached["penalties"]["penalties"]) == len(shipped.penalties)


def test_rows_for_the_terminal_are_those_of_the_sheet(shipped: PenaltyTable) -> None:
    found = penalty_rows(TODAY)
    assert [one.id for one in found.lines] == [one.id for one in shipped.penalties]
    assert found.closing is not None


def test_a_day_before_any_table_of_fines_is_told() -> None:
    with pytest.raises(NotFound):
        penalty_rows(date(2017, 1, 1))


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("đã có", encoding="utf-8")
    with pytest.raises(Refused, match="Hãy chọn thư mục khác"):
        print_penalties(today=TODAY, out=tmp_path / "tep")
