"""The redacted copy: what must be hidden is in no text, property, attachment or file name of it."""

from __future__ import annotations

import json
import zipfile
from collections import Counter
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

import docx
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from compliance.adapters.law import load_checklist, load_duties, load_regimes
from compliance.adapters.redacting import redacted
from compliance.domain.redaction import MARK, STAMP, Hidden, Known, Rules, known_of, public_numbers
from compliance.domain.regime_status import regime_on
from compliance.errors import Refused
from tests.documents.office import COMMITTEE, OFFICE, STAFF, TODAY
from tests.documents.reading import Pdf, squeezed
from tests.packages.conftest import TALKED, TALKED_VALUES, Package

RULES = Rules(known_of([STAFF], [COMMITTEE, OFFICE]))
RECORDED = [one.text for one in RULES.known]
SECRETS = (*RECORDED, *TALKED_VALUES, "so-do.svg")


def hidden(text: str) -> str:
    return RULES.masked(text)


@pytest.mark.parametrize("value", TALKED_VALUES)
def test_what_nobody_recorded_is_hidden_by_how_it_looks(value: str) -> None:
    assert value not in Rules(()).masked(TALKED)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("IP 192.168.10.77/24.", f"IP {MARK}."),
        ("IP192.168.10.77", f"IP{MARK}"),
        ("192\u200b.168.10.77", MARK),
        ("\uff11\uff19\uff12\uff0e168.10.77", MARK),
        ("192[.]168[.]10[.]77", MARK),
        ("192.168.20.x và dải 172.16.5", f"{MARK} và dải {MARK}"),
        ("10.0.0.5-9", MARK),
        ("2001:db8::/32; aa:bb:cc:dd:ee:ff", f"{MARK}; {MARK}"),
        ("xem https://cong.suoimau.example/a?b=1 nhé", f"xem {MARK} nhé"),
        (r"tệp ở \\may-chu-01\chung", f"tệp ở {MARK}"),
        ("tài khoản admin, root và backup01 đã khóa", f"tài khoản {MARK} đã khóa"),
        ("Tên đăng nhập: “Quản trị chung”", f"Tên đăng nhập: “{MARK}”"),
        ("mật khẩu: Abc@123.", f"mật khẩu: {MARK}."),
        (r"SUOIMAU\nva", MARK),
        ("Số sê-ri: 7", f"Số sê-ri: {MARK}"),
        ("S/N AB-77", f"S/N {MARK}"),
        ("gọi +84 912 345 678 hoặc (0200) 000 0001", f"gọi {MARK} hoặc {MARK}"),
        ("Đường dây nóng: 1900 1234", f"Đường dây nóng: {MARK}"),
    ],
)
def test_it_hides(text: str, left: str) -> None:
    assert hidden(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "Lộ tài khoản quản trị",
        "Rà soát danh sách tài khoản: ít nhất 1 lần/6 tháng.",
        "Số tài khoản: 16",
        "Quyết định số 31/QĐ-UBND ngày 03/02/2026 lúc 08:30:15",
        "ngày 05-03-2026, kinh phí 1.500.000.000 đồng",
        "Máy chủ Mẫu R250, tầng 2",
    ],
)
def test_it_leaves(text: str) -> None:
    assert hidden(text) == text


def test_clauses_of_the_standard_are_no_addresses_and_its_texts_hide_nothing() -> None:
    regime = regime_on(TODAY, load_regimes())
    for level in range(1, 6):
        for one in (load_checklist(regime, level), load_duties(regime, level)):
            texts = [text for each in one.requirements for text in (each.clause, each.citation, each.statement)]
            rules = Rules((), public_numbers(texts))
            assert [text for text in texts if rules.masked(text) != text] == []


def test_a_recorded_address_that_looks_like_a_clause_is_hidden_all_the_same() -> None:
    rules = Rules([Known("5.1.2.1", Hidden.ADDRESS)], ["5.1.2.1"])
    assert rules.masked("máy chủ 5.1.2.1") == f"máy chủ {MARK}"


def test_a_value_recorded_in_two_spellings_is_hidden_in_both() -> None:
    rules = Rules([Known("VD 0001 A", Hidden.SERIAL), Known("VD0001A", Hidden.SERIAL)])
    assert rules.masked("máy VD 0001 A và VD0001A") == f"máy {MARK} và {MARK}"


WORDS = st.sampled_from(["máy chủ", "đặt tại", "tầng 2,", "(", ")", "–", "và", ".", "\n", "Vùng"])
VALUES = st.one_of(
    st.integers(0, 2**32 - 1).map(lambda number: str(IPv4Address(number))),
    st.integers(2**64, 2**128 - 1).map(lambda number: str(IPv6Address(number))),
    st.from_regex(r"[A-Z]{2,4}-[0-9]{4,8}", fullmatch=True),
    st.from_regex(r"[a-z]{3,9}\.[a-z]{3,9}\.example", fullmatch=True),
    st.from_regex(r"0[0-9]{3} [0-9]{3} [0-9]{4}", fullmatch=True),
)


@given(value=VALUES, before=st.lists(WORDS, max_size=4), after=st.lists(WORDS, max_size=4), copies=st.integers(1, 3))
@example(value="10.0.0.0", before=["."], after=["."], copies=2)
def test_a_recorded_value_never_stays(value: str, before: list[str], after: list[str], copies: int) -> None:
    rules = Rules([Known(value, Hidden.SERIAL)])
    text = " ".join([*before, *([value] * copies), *after])
    left = rules.masked(text)
    assert value not in left
    assert not rules.leaks(left)
    assert rules.masked(left) == left


@given(value=VALUES, cuts=st.lists(st.integers(1, 30), max_size=4), tag=st.sampled_from(["b", "span", "i", "sup"]))
def test_a_value_torn_over_tags_is_hidden_whole(value: str, cuts: list[int], tag: str) -> None:
    places = sorted({cut for cut in cuts if cut < len(value)})
    pieces = [value[start:end] for start, end in zip([0, *places], [*places, len(value)], strict=True)]
    torn = "".join(piece if at % 2 else f"<{tag}>{piece}</{tag}>" for at, piece in enumerate(pieces))
    told: Counter[Hidden] = Counter()
    page = f"<html><head><title>Thử</title></head><body><p>Ở đây {torn} nhé</p></body></html>"
    left = redacted(page, Rules([Known(value, Hidden.SERIAL)]), told, "Tinos")
    assert left.count(MARK) == 1
    assert told.total() == 1
    assert value not in left


def test_words_that_only_touch_do_not_hide_from_each_other() -> None:
    page = '<html><head></head><body><td>Máy 5<span class="detail">192.168.1.1</span></td></body></html>'
    assert "192.168" not in redacted(page, Rules(()), Counter(), "Tinos")


def test_pictures_go_and_markup_stays() -> None:
    page = (
        '<html><head><style>p { content: "10.0.0.1" }</style></head><body><p id="a">x'
        '<img src="data:image/png;base64,AA" alt="so-do 10.0.0.9">y</p>'
        '<a href="https://a.example/x">z</a><a href="#a">t</a></body></html>'
    )
    left = redacted(page, Rules(()), Counter(), "Tinos")
    assert "base64" not in left
    assert "10.0.0.9" not in left
    assert "a.example" not in left
    assert 'href="#a"' in left
    assert f"{MARK} (sơ đồ)" in left


def test_a_value_in_the_style_of_an_own_form_is_refused_rather_than_shown() -> None:
    page = '<html><head><style>p:before { content: "VD-0001" }</style></head><body><p>x</p></body></html>'
    with pytest.raises(Refused, match="chưa lập bản đã che"):
        redacted(page, RULES, Counter(), "Tinos")


def test_an_own_form_without_a_head_is_stamped_too() -> None:
    assert STAMP in redacted("<p>Trang tự soạn</p>", Rules(()), Counter(), "Tinos")


def test_no_hidden_value_stands_in_any_pdf_of_the_copy(masked: Package) -> None:
    for path in sorted(masked.folder.glob("*.pdf")):
        pdf = Pdf(path)
        told = pdf.letters + squeezed(pdf.xmp) + squeezed(str(pdf.reader.metadata)) + path.name
        assert [one for one in SECRETS if squeezed(one) in told] == [], path.name
        assert list(pdf.reader.attachments) == []


def test_no_hidden_value_stands_in_any_word_twin_of_the_copy(masked: Package) -> None:
    twins = sorted((masked.folder / "ban-word").glob("*.docx"))
    assert twins
    for path in twins:
        with zipfile.ZipFile(path) as package:
            raw = "".join(package.read(name).decode("utf-8", "ignore") for name in package.namelist())
            assert not [name for name in package.namelist() if "media" in name]
        paragraphs = docx.Document(str(path)).element.body.itertext()
        text = squeezed("".join(paragraphs)) + squeezed(raw)
        assert [one for one in SECRETS if squeezed(one) in text] == [], path.name


def test_every_page_is_stamped(masked: Package) -> None:
    for path in sorted(masked.folder.glob("*.pdf")):
        for page in Pdf(path).texts:
            assert STAMP in page, path.name


def test_what_the_office_brought_stays_out_and_is_told(masked: Package) -> None:
    assert not [name for name in masked.names if name.startswith("03-")]
    assert [name for name in masked.names if "/" not in name][-2:] == ["99-noi-dung-da-che.pdf", "ke-khai.json"]
    listed = masked.pdf("99-").text
    assert "Thiết kế thi công (tài liệu do cơ quan nộp)" in listed
    assert "Địa chỉ IP, dải mạng, địa chỉ MAC" in listed


def test_its_codes_are_its_own(small: Package, masked: Package) -> None:
    codes = {one.match_code for one in small.report.files if one.match_code}
    assert codes.isdisjoint(one.match_code for one in masked.report.files)
    manifest = json.loads((masked.folder / "ke-khai.json").read_text("utf-8"))
    assert manifest["redacted"] is True
    assert manifest["match_code"] not in codes
    raw = (masked.folder / "ke-khai.json").read_text("utf-8")
    assert [one for one in SECRETS if one in raw] == []


def test_the_whole_copy_still_reads_like_the_dossier(masked: Package) -> None:
    overview = masked.pdf("02-")
    assert overview.holds("Máy chủ Mẫu R250")
    assert overview.holds("Vùng máy chủ nội bộ")
    assert "[đã che]" in overview.text


def test_a_copy_is_put_beside_the_full_package(small: Package, masked: Package) -> None:
    assert masked.folder == small.folder.with_name(f"{small.folder.name}-da-che")
    assert Path(masked.report.zip).is_file()
