"""The printed regulation and its decision, read from the PDFs: heads, order, blanks, what each page ends with."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
import typer
from typer.testing import CliRunner

from compliance.adapters.templates import load_layout
from compliance.adapters.workspace import Workspace
from compliance.cli.boundary import ErrorBoundaryGroup
from compliance.cli.regulations import regulation
from compliance.domain.assessment import Answer, Result
from compliance.errors import NotFound, Refused
from compliance.services.regulations import RegulationPapers, print_regulation
from tests.documents.office import NOTICES, OFFICE, ONE_STOP, STAFF, TODAY, new_office, put_answers, put_system
from tests.documents.reading import A4, MM, Pdf, line, lines_of, rules, squeezed, top_margin

AWKWARD = "Dùng {{ 7*7 }} & <script>x</script> " + "d" * 300 + "\nghi sổ hằng tuần"


def said(requirement: str, result: Result = Result.COMPLIANT, **more: Any) -> Answer:
    return Answer(system_id=STAFF.id, requirement_id=requirement, checklist_id="danh-muc", result=result, **more)


@dataclass(frozen=True)
class Papers:
    """Both papers as printed."""

    papers: RegulationPapers

    @cached_property
    def rules(self) -> Pdf:
        return Pdf(self.papers.regulation.file.path)

    @cached_property
    def decision(self) -> Pdf:
        return Pdf(self.papers.decision.file.path)

    @property
    def body(self) -> str:
        """The regulation without its annex and the drafter's pages."""
        return self.rules.text.partition("Phụ lục ĐỊNH KỲ")[0]


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """A level-2 system, three requirements answered in three ways and one in awkward words."""
    with new_office(tmp_path_factory.mktemp("mot") / "ho-so") as workspace:
        put_answers(
            workspace,
            said("4.2.1-a", measure="Dùng sổ tài sản công, cập nhật ngay", responsible_unit_id=OFFICE.id),
            said("4.2.1-b", Result.NOT_APPLICABLE, reason="máy do tỉnh quản lý"),
            said("4.2.1-c", measure="Kiểm kê tháng 12", responsible_unit_id="khong-co", assumed=True),
            said("4.2.2.1-a", measure=AWKWARD),
        )
        return Papers(print_regulation(workspace, [STAFF.id], out=None, today=TODAY))


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Papers:
    """Three systems of levels 3, 2 and 1; one answer, of the level-2 system."""
    with new_office(tmp_path_factory.mktemp("nhieu") / "ho-so") as workspace:
        put_answers(workspace, said("4.2.1-a", measure="Dùng sổ tài sản công"))
        ids = [ONE_STOP.id, STAFF.id, NOTICES.id]
        return Papers(print_regulation(workspace, ids, out=None, today=TODAY))


@pytest.fixture(params=["alone", "several"])
def either(request: pytest.FixtureRequest) -> Papers:
    found: Papers = request.getfixturevalue(request.param)
    return found


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Workspace]:
    with new_office(tmp_path / "ho-so") as workspace:
        yield workspace


def test_an_attached_text_bears_neither_number_nor_day_and_no_signature(either: Papers) -> None:
    head = either.rules.texts[0].partition("QUY CHẾ")[0]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head
    assert "Số:" not in head
    assert "ngày" not in head
    assert "(Kèm theo Quyết định số ......../QĐ-UBND ngày ..... tháng ..... năm ......" in either.rules.texts[0]
    assert "Nơi nhận" not in either.body
    first = either.rules.pages[0]
    assert (round(first.width, 2), round(first.height, 2)) == A4
    assert len([one for one in rules(first) if one["top"] < 110 * MM]) >= 3, "agency, motto, title"


def test_it_reads_from_general_rules_to_carrying_out_and_ends_as_a_text_ends(either: Papers) -> None:
    place = 0
    for words in (
        "Chương I QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi điều chỉnh",
        "Chương II THIẾT LẬP CHÍNH SÁCH AN NINH MẠNG",
        "Chương III TỔ CHỨC BẢO ĐẢM AN NINH MẠNG",
        "Chương IV BẢO ĐẢM NGUỒN NHÂN LỰC",
        "Chương V QUẢN LÝ THIẾT KẾ, XÂY DỰNG HỆ THỐNG",
        "Chương VI QUẢN LÝ VẬN HÀNH HỆ THỐNG",
        "Chương VII PHƯƠNG ÁN QUẢN LÝ RỦI RO AN NINH MẠNG",
        "Chương VIII PHƯƠNG ÁN KẾT THÚC VẬN HÀNH",
        "Chương IX TỔ CHỨC THỰC HIỆN",
        "Trách nhiệm của chủ quản hệ thống thông tin",
        "Trách nhiệm của đơn vị chuyên trách về an ninh mạng",
        "Trách nhiệm của đơn vị vận hành hệ thống thông tin",
        "Trách nhiệm của người sử dụng",
        "Kiểm tra, đánh giá",
        "sửa đổi, bổ sung",
        "xem xét, quyết định./.",
    ):
        found = either.body.find(words, place)
        assert found >= 0, words
        place = found
    assert either.body.count("./.") == 1
    headings = [one for page in either.rules.pages for one in lines_of(page) if "Bold" in one["font"]]
    numbers = [int(hit[1]) for one in headings if (hit := re.match(r"Điều (\d+)\. ", one["text"]))]
    assert numbers == list(range(1, len(either.papers.text.articles) + 1))


def test_every_rule_is_printed(either: Papers) -> None:
    for article in either.papers.text.articles:
        for rule in article.rules:
            for piece in rule.pieces:
                assert either.rules.holds(piece.text), (article.number, piece.text)


def test_no_heading_or_lead_in_is_the_last_line_of_a_page(either: Papers) -> None:
    foot = A4[1] - load_layout().margins.bottom * MM
    announcing = {squeezed(piece.text)[-24:] for one in either.papers.text.articles for piece in one.lead_in[-1:]}
    for number, page in enumerate(either.rules.pages, 1):
        last = max((one for one in lines_of(page) if one["bottom"] < foot + 1), key=lambda one: one["top"])
        assert not last["text"].startswith(("Chương ", "Điều ")) or "Bold" not in last["font"], (number, last["text"])
        assert not any(squeezed(last["text"]).endswith(one) for one in announcing if one), (number, last["text"])


def test_pages_are_numbered_and_the_annex_begins_anew(either: Papers) -> None:
    shown = ["".join(one["text"] for one in top_margin(page)) for page in either.rules.pages]
    annex = next(place for place, text in enumerate(either.rules.texts) if text.startswith("Phụ lục"))
    drafter = next(place for place, text in enumerate(either.rules.texts) if "PHẦN DÀNH CHO NGƯỜI SOẠN THẢO" in text)
    assert shown[:annex] == ["", *(str(one) for one in range(2, annex + 1))]
    assert shown[annex:drafter] == ["", *(str(one) for one in range(2, drafter - annex + 1))]
    assert set(shown[drafter:]) == {""}, "what is taken out before signing bears no number"


def test_measures_blanks_and_examples_stand_under_their_rule(alone: Papers) -> None:
    text = alone.body
    assert f"Biện pháp áp dụng: Dùng sổ tài sản công, cập nhật ngay; đơn vị chịu trách nhiệm: {OFFICE.name}." in text
    assert "Không áp dụng (lý do: máy do tỉnh quản lý)." in text
    letters = alone.rules.letters
    assert re.search(r"Kiểmkêtháng12\(vd\);đơnvịchịutráchnhiệm:\.{20,}\(chưatrảlời\)", letters)
    assert "khong-co" not in alone.rules.text
    assert re.search(r"Thưđiệntử:\.{20,}\(cơquanghi\)", letters)


def test_the_annex_says_what_binds_and_leaves_the_rest_to_the_office(alone: Papers) -> None:
    annex = alone.rules.letters.partition("PhụlụcĐỊNHKỲ")[2]
    assert squeezed("Kiểm kê phần cứng ít nhất 1 lần/năm Bắt buộc –") in annex
    assert re.search(squeezed("Tự khóa phiên quản trị ≤ 5 phút Khuyến nghị") + r"\.+\(cơquanghi\)", annex)
    assert squeezed("Độ dài mật khẩu khi có MFA ≥ 8 ký tự Khuyến nghị") in annex


def test_several_systems_share_one_regulation_at_the_highest_level(several: Papers) -> None:
    assert several.papers.text.level == 3
    for letter, system, level in (("a", ONE_STOP, 3), ("b", STAFF, 2), ("c", NOTICES, 1)):
        assert several.rules.holds(f"{letter}) Hệ thống thông tin “{system.name}”, cấp độ {level};"), system.id
    assert f"Đối với hệ thống thông tin “{STAFF.name}”: biện pháp áp dụng: Dùng sổ tài sản công." in several.body
    assert several.decision.holds(f"các hệ thống thông tin “{ONE_STOP.name}”, “{STAFF.name}”, “{NOTICES.name}” do")


def test_the_decision_issues_it_and_leaves_number_and_days_open(either: Papers) -> None:
    text, place = either.decision.text, 0
    for words in (
        "Số: /QĐ-UBND",
        "Suối Mẫu, ngày ..... tháng ..... năm ......",
        "QUYẾT ĐỊNH Ban hành Quy chế bảo đảm an ninh mạng",
        "ỦY BAN NHÂN DÂN XÃ SUỐI MẪU Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ Luật An ninh mạng số 116/2025/QH15;",
        "Theo đề nghị của Bộ phận chuyên trách về an ninh mạng xã Suối Mẫu.",
        "QUYẾT ĐỊNH:",
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế bảo đảm an ninh mạng",
        "Điều 2. Quyết định này có hiệu lực thi hành kể từ ngày ....",
        "Điều 3. Người đứng đầu",
        "thi hành Quyết định này./.",
    ):
        found = text.find(words, place)
        assert found >= 0, (words, text)
        place = found
    last = either.decision.pages[-1]
    assert line(last, "TM. ỦY BAN NHÂN DÂN")["x0"] > last.width / 2 - 1
    assert line(last, "Nơi nhận:")["x0"] == pytest.approx(load_layout().margins.left * MM, abs=1)


def test_both_papers_carry_the_same_data_and_code(either: Papers) -> None:
    data = [json.loads(one.reader.attachments["du-lieu-quy-che.json"][0]) for one in (either.rules, either.decision)]
    assert data[0] == data[1]
    assert data[0]["match_code"] == either.papers.regulation.match_code == either.papers.decision.match_code
    assert [one["id"] for one in data[0]["systems"]] == list(either.papers.system_ids)
    assert any(key.startswith("regulation/") for key in data[0]["versions"])
    assert f"Mã đối chiếu {either.papers.regulation.match_code}" in either.rules.texts[0]
    assert 'pdfaid:part="3"' in either.rules.xmp


def test_it_prints_in_silence(either: Papers) -> None:
    assert either.papers.regulation.remarks == ()
    assert either.papers.decision.remarks == ()


def test_whatever_was_typed_is_printed_as_typed(alone: Papers) -> None:
    text = alone.rules.letters
    for words in ("Dùng {{ 7*7 }} & <script>x</script>", "d" * 300, "ghi sổ hằng tuần"):
        assert squeezed(words) in text, words
    right = A4[0] - load_layout().margins.right * MM
    assert all(one["x1"] <= right + 1 for page in alone.rules.pages for one in page.chars)


def test_a_system_without_known_units_leaves_dots_and_says_so(office: Workspace) -> None:
    bare = STAFF.model_copy(update={"owner_id": "chua-khai", "operator_id": None, "security_unit_id": None})
    put_system(office, bare)
    papers = Papers(print_regulation(office, [STAFF.id], out=None, today=TODAY))
    assert "chua-khai" not in papers.rules.text + papers.decision.text
    assert re.search(r"Đơnvịvậnhànhhệthốngthôngtin:\.{20,}\(chưatrảlời\)", papers.rules.letters)
    assert "(ghi thẩm quyền ban hành)" in papers.decision.text
    told = " ".join(papers.papers.remarks)
    assert "Chủ quản của hệ thống chưa có trong danh sách đơn vị" in told
    assert f"Chưa khai đơn vị vận hành của “{STAFF.name}”" in told


def test_every_reason_against_one_is_told_at_once(office: Workspace) -> None:
    with pytest.raises(Refused) as refused:
        print_regulation(office, ["ioffice", "truyen-thanh", STAFF.id], out=Path("quy-che.pdf"), today=TODAY)
    told = str(refused.value)
    assert "Quy chế do chủ quản của hệ thống ban hành" in told
    assert "chưa rõ cấp độ. Trả lời câu hỏi còn thiếu bằng: compliance classifications ask truyen-thanh" in told
    assert "chủ quản khác nhau" in told
    assert "cần một thư mục" in told
    with pytest.raises(Refused, match="Chưa nêu hệ thống nào"):
        print_regulation(office, [], out=None, today=TODAY)
    with pytest.raises(NotFound):
        print_regulation(office, ["khong-co"], out=None, today=TODAY)


def test_an_officer_types_one_command_and_a_program_reads_it(office: Workspace, tmp_path: Path) -> None:
    program = typer.Typer(cls=ErrorBoundaryGroup, add_completion=False)
    program.command()(regulation)
    program.callback()(lambda: None)
    office.close()
    where = ["--workspace", str(tmp_path / "ho-so"), "--out", str(tmp_path / "ra"), "--today", TODAY.isoformat()]
    told = CliRunner().invoke(program, ["regulation", NOTICES.id, *where])
    assert told.exit_code == 0, told.output
    assert "Cấp độ 1: 9 chương, 49 điều." in told.output
    assert "trình ký ban hành" in told.output
    read = json.loads(CliRunner().invoke(program, ["regulation", NOTICES.id, *where, "--json"]).stdout)
    assert read["systems"] == [NOTICES.id]
    assert (read["level"], read["articles"]) == (1, 49)
    assert [Path(one["path"]).name for one in read["files"]] == [
        "quyet-dinh-ban-hanh-quy-che-bang-tin.pdf",
        "quy-che-bao-dam-an-ninh-mang-bang-tin.pdf",
    ]
    assert all(Path(one["path"]).is_file() for one in read["files"])
