"""One instrument, the many ways people write it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.adapters.law import load_register
from compliance.domain.citation import Citation, citations
from compliance.domain.citation_grammar import Grammar
from compliance.domain.instrument import Instrument, InstrumentRegister
from compliance.services.scans import scan

OLD_DECREE = [
    "Nghị định số 85/2016/NĐ-CP",
    "nghị định 85/2016/NĐ-CP",
    "NGHỊ ĐỊNH SỐ 85/2016/NĐ-CP",
    "85/2016/NĐ-CP",
    "85/2016/ND-CP",
    "85/2016/NĐ - CP",
    "85 / 2016 / NĐ-CP",
    "85/2016/NĐCP",
    "85/2016/NĐ\u2011CP",
    "85/2016/NĐ\u00adCP",
    "85/2016/NÐ-CP",
    "85/2016/N§-CP",
    "Nghị định\u00a0số\u00a085/2016/NĐ–CP",
    "Nghị định số 85/2016/\nNĐ-CP",
    "Nghị\nđịnh số 85/2016/NĐ-\nCP",
    "Nghị-định số 85/2016/NĐ-CP",
    "Ngh ị định s ố 85/2016/N Đ-CP",
    "Nghi dinh 85/2016/ND-CP",
    "NĐ 85",
    "NĐ85",
    "NĐ-85",
    "Nghị định 85",
    "Nghị định 85/NĐ-CP",
    "Nghị định 85/2016",
    "NĐ 85/2016",
    "NĐ-CP số 85/2016",
    "Nghị định số 85 năm 2016",
    "Nghị định số 85 ngày 01/7/2016",
    "Nghị định số 85 ngày 01 tháng 7 năm 2016",
    "Nghị định của Chính phủ số 85/2016/NĐ-CP",
    "85_2016_ND-CP",
    "Nghị định số 85/2016/NĐ-CP1",
    "Nghị định số 85/2016/NĐ-CP(1)",
    "“Nghị định số 85/2016/NĐ-CP”",
]


@pytest.fixture
def cited(register: InstrumentRegister, grammar: Grammar) -> Callable[[str], tuple[Citation, ...]]:
    return lambda text: citations(text, register, grammar)


Cited = Callable[[str], tuple[Citation, ...]]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("written", OLD_DECREE)
def test_the_old_decree_is_known_however_it_is_written(cited: Cited, written: str, form: str) -> None:
    text = unicodedata.normalize(form, f"Căn cứ {written} của Chính phủ về bảo đảm an toàn;")  # type: ignore[arg-type]
    found = cited(text)
    assert [one.codes for one in found] == [("nd-cap-do-cu",)]
    assert text[found[0].start : found[0].end]


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("TCVN 11930:2017", "tcvn-yeu-cau-co-ban-cu"),
        ("TCVN 11930-2017", "tcvn-yeu-cau-co-ban-cu"),
        ("TCVN 11930", "tcvn-yeu-cau-co-ban-cu"),
        ("TCVN11930:2017", "tcvn-yeu-cau-co-ban-cu"),
        ("Tiêu chuẩn quốc gia TCVN 14423:2026", "tcvn-yeu-cau-co-ban"),
        ("TT 12/2022/TT-BTTTT", "tt-chi-tiet-nd-cu"),
        ("TT 12/2022", "tt-chi-tiet-nd-cu"),
        ("TT-BTTTT số 12/2022", "tt-chi-tiet-nd-cu"),
        ("Thông tư 03/2017", "tt-chi-tiet-nd-cu-2017"),
        ("Thông tư số 3/2017/TT-BTTTT", "tt-chi-tiet-nd-cu-2017"),
        ("Luật 86/2015/QH13", "luat-attt-mang"),
        ("Luật số 86/2015", "luat-attt-mang"),
        ("Luật An toàn thông tin mạng", "luat-attt-mang"),
        ("Luật ATTTM", "luat-attt-mang"),
        ("luật an toàn thông tin mạng năm 2015", "luat-attt-mang"),
        ("Luật An ninh mạng năm 2018", "luat-anm-2018"),
        ("Luật An ninh mạng 2025", "luat-anm"),
        ("Luật An ninh mạng ngày 12 tháng 6 năm 2018", "luat-anm-2018"),
        ("Luật An ninh mạng (Luật số 116/2025/QH15)", "luat-anm"),
        ("Luật An ninh mạng (116/2025/QH15)", "luat-anm"),
        ("LUẬT AN NINH MẠNG SỐ 24/2018/QH14", "luat-anm-2018"),
        ("Công văn số 478/CATTT-ATHTTT", "so-tay-478"),
        ("QĐ 05/2017/QĐ-TTg", "qd-ung-cuu"),
        ("Quyết định số 964/QĐ-TTg ngày 10/8/2022", "qd-chien-luoc-atanm"),
        ("Luật Đầu tư công", "luat-dau-tu-cong"),
    ],
)
def test_other_instruments_are_known_by_number_or_name(cited: Cited, written: str, code: str) -> None:
    assert [one.codes for one in cited(f"theo {written}, đơn vị lập hồ sơ")] == [(code,)]


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 85/QĐ-UBND ngày 03/02/2020 của UBND xã",
        "Quyết định số 05 ngày 03/02/2020 của UBND xã",
        "Quyết định 05/2017",
        "điện thoại 0238 385 2016",
        "số 85, ngày 01/7/2016, tổ 85/2016 hộ",
        "máy 85 và 331 bản ghi",
        "UBND 85 hộ; tháng 12/2022; TT 3 trong bảng; trực 24/7",
        "Nghị định này có hiệu lực; khoản 2 Điều 44 Luật này",
        "Luật 4.0; hồ sơ số 2017/331; 331/2026",
        "mã nd331-2026 của chương trình",
        "TT\n12\nTên thiết bị",
    ],
)
def test_numbers_that_name_no_instrument_are_left_alone(cited: Cited, text: str) -> None:
    assert cited(text) == ()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Nghị định số 100/2019/NĐ-CP", "100/2019/NĐ-CP"),
        ("Nghị định 85/2021", "Nghị định số 85/2021"),
        ("Quyết định số 20/2020/QĐ-UBND của tỉnh", "20/2020/QĐ-UBND"),
        ("Quyết định số 749/QĐ-TTg", "749/QĐ-TTg"),
        ("Quyết định số 06/QĐ-TTg ngày 15/01/2018", "06/QĐ-TTg"),
        ("TCVN ISO/IEC 27001:2019", "TCVN ISO/IEC 27001:2019"),
    ],
)
def test_instruments_without_data_are_listed_and_not_mistaken(cited: Cited, text: str, number: str) -> None:
    assert [(one.codes, one.number) for one in cited(text)] == [((), number)]


def test_a_name_two_laws_bear_is_said_to_be_unclear(cited: Cited) -> None:
    assert cited("theo Luật An ninh mạng")[0].codes == ("luat-anm", "luat-anm-2018")
    assert cited("theo TCVN 14423")[0].codes == ("tcvn-yeu-cau-co-ban", "tcvn-httt-quan-trong")


def test_a_short_name_means_the_law_whose_number_the_paper_gives(cited: Cited) -> None:
    found = cited("Căn cứ Luật An ninh mạng số 116/2025/QH15. Theo Luật An ninh mạng, xã lập hồ sơ.")
    assert [one.codes for one in found] == [("luat-anm",), ("luat-anm",)]
    assert "ghi ở chỗ khác trong tệp" in found[1].remarks[0]


def test_the_law_in_the_title_of_its_decree_is_that_law(cited: Cited) -> None:
    title = "của Chính phủ quy định chi tiết một số điều của Luật An ninh mạng"
    found = cited(f"Nghị định số 53/2022/NĐ-CP ngày 15/8/2022 {title}")
    assert [one.codes for one in found] == [("nd-chi-tiet-luat-anm-cu",), ("luat-anm-2018",)]


def test_a_name_with_the_number_of_another_law_is_remarked(cited: Cited) -> None:
    (found,) = cited("Luật An ninh mạng số 86/2015/QH13")
    assert found.codes == ("luat-attt-mang",)
    assert "Tên và số hiệu không khớp" in found.remarks[0]


def test_a_number_without_its_year_says_how_it_was_understood(cited: Cited) -> None:
    assert "Không ghi năm" in cited("theo NĐ 85")[0].remarks[0]
    assert cited("theo NĐ 85/2016")[0].remarks == ()
    full_first = cited("Nghị định số 85/2016/NĐ-CP (sau đây gọi là Nghị định 85)")
    assert [one.remarks for one in full_first] == [(), ()]


@pytest.mark.parametrize(
    ("text", "clause", "articles"),
    [
        ("điểm c khoản 2 Điều 20 Nghị định 85/2016/NĐ-CP", "điểm c khoản 2 Điều 20", (20,)),
        ("điểm đ khoản 1 Điều 9 của Nghị định số 331/2026/NĐ-CP", "điểm đ khoản 1 Điều 9", (9,)),
        ("Điều 9, Điều 10 và Điều 11 của NĐ 331/2026", "Điều 9, Điều 10 và Điều 11", (9, 10, 11)),
        ("các Điều 7, 8, 9 Nghị định 85/2016/NĐ-CP", "các Điều 7, 8, 9", (7, 8, 9)),
        ("Đ20.2.c NĐ 85", "Đ20.2.c", (20,)),
        ("NĐ 331 Đ39.1", "Đ39.1", (39,)),
        ("Nghị định 331/2026/NĐ-CP (khoản 1 Điều 39)", "khoản 1 Điều 39", (39,)),
        ("Phụ lục I Thông tư 12/2022/TT-BTTTT", "Phụ lục I", ()),
        ("Đi ều 20 Nghị định 85/2016/NĐ-CP", "Đi ều 20", (20,)),
        ("Điều 5 hồ sơ. Nghị định 85/2016/NĐ-CP", "", ()),
    ],
)
def test_the_clause_beside_a_citation_is_kept(cited: Cited, text: str, clause: str, articles: tuple[int, ...]) -> None:
    (found,) = cited(text)
    assert (found.clause, found.articles) == (clause, articles)


def test_each_instrument_keeps_its_own_clause(cited: Cited) -> None:
    found = cited("Điều 7 Nghị định 331/2026/NĐ-CP, Nghị định 333/2026/NĐ-CP và khoản 2 Điều 44 Luật 116/2025/QH15")
    assert [one.clause for one in found] == ["Điều 7", "", "khoản 2 Điều 44"]


def test_an_article_the_instrument_does_not_have_is_remarked(cited: Cited) -> None:
    assert cited("Điều 41 Nghị định 331/2026/NĐ-CP")[0].remarks == ("Nghị định này chỉ có 40 điều, không có Điều 41.",)
    assert cited("Điều 40 Nghị định 331/2026/NĐ-CP")[0].remarks == ()


def test_a_list_of_numbers_keeps_its_kind(cited: Cited) -> None:
    found = cited("các Nghị định số 331/2026, 333/2026 và 330/2026 của Chính phủ")
    assert [one.codes for one in found] == [("nd-cap-do",), ("nd-chi-tiet-luat-anm",), ("nd-xu-phat",)]


FILLER = [
    "Ủy ban nhân dân xã báo cáo việc bảo đảm an toàn hệ thống thông tin theo cấp độ như sau",
    "Xã có 85 máy tính, 12 máy in, trực 24/7; điện thoại 0238.385.2016",
    "Kính gửi Công an tỉnh; Quyết định số 31/QĐ-UBND của Chủ tịch UBND xã",
    "ngày 01/7/2016 và tháng 12/2022, tổng số 331 hồ sơ (tăng 20%)",
    "Thôn 3, tổ 5; dịch vụ công trực tuyến mức độ 4",
    "",
]
SHORT = {"Nghị định": "NĐ", "Thông tư": "TT", "Luật": "Luật", "Nghị quyết": "NQ", "Quyết định": "QĐ"}


def spellings(one: Instrument, kind: str, signed: tuple[str, ...]) -> list[str]:
    """Ways to write one number, none of which leaves out what tells it from others."""
    if one.number.startswith("TCVN"):
        return [
            one.number,
            one.number.replace(" ", ""),
            one.number.replace(":", "-"),
            f"Tiêu chuẩn quốc gia {one.number}",
        ]
    number, *rest = one.number.split("/")
    sign = rest[-1]
    bare = sign.replace("Đ", "D")
    ways = ["/".join((number, *rest[:-1], way)) for way in (sign, sign.upper(), bare, sign.replace("-", " - "))]
    ways += [" / ".join((number, *rest)), "/".join((number, *rest[:-1], sign.replace("-", "\u2011")))]
    ways += [f"{kind} số {ways[0]}", f"{kind.upper()} {ways[0]}", f"{SHORT.get(kind, kind)} {ways[0]}"]
    ways += [ways[6].replace("/", "/\n"), ways[6].replace(" ", "\u00a0"), f"{kind}  số:\n{ways[0]}"]
    if len(rest) > 1 and kind not in signed:
        ways += [f"{kind} số {number} năm {rest[0]}", f"{kind} {number}/{rest[0]}"]
        ways += [f"{SHORT[kind]} {number}/{rest[0]}", f"{kind} số {number} ngày 01 tháng 7 năm {rest[0]}"]
    return ways


@st.composite
def papers(draw: st.DrawFn) -> tuple[str, str, int, str]:
    """A paper of a few lines, one of which cites one instrument: text, code, line, what was written."""
    register = load_register()
    one = draw(st.sampled_from(register.instruments))
    kind = Grammar(register).kind_of(one)
    written = draw(st.sampled_from(spellings(one, kind, register.signed_kinds)))
    before = draw(st.lists(st.sampled_from(FILLER), max_size=4))
    after = draw(st.lists(st.sampled_from(FILLER), max_size=4))
    lead, tail = (
        draw(st.sampled_from(["Căn cứ ", "(", "theo ", "", "- "])),
        draw(st.sampled_from([";", ".", ")", " của"])),
    )
    text = "\n".join([*before, f"{lead}{written}{tail}", *after])
    if draw(st.booleans()):
        text = unicodedata.normalize("NFD", text)
    return text, one.code, len(before) + 1, written


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("giay")


@settings(deadline=None)
@given(paper=papers())
def test_any_number_in_any_spelling_is_found_once_in_its_place(folder: Path, paper: tuple[str, str, int, str]) -> None:
    text, code, line, written = paper
    path = folder / "ho-so.txt"
    path.write_bytes(text.encode())
    (scanned,) = scan([path], date(2026, 11, 22))
    assert [one.citation.codes for one in scanned.citations] == [(code,)], written
    assert scanned.citations[0].page == line
