"""Addresses as officers write them, and those no check may ever be talked into."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from compliance.domain.address import ascii_host, host_of, read_reached_by, read_web_address
from compliance.domain.system import Ownership, System


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("https://Cong.SuoiMau.example/", "https://cong.suoimau.example"),
        ("https://cong.suoimau.example:443/Tin-Tuc?trang=2", "https://cong.suoimau.example/Tin-Tuc?trang=2"),
        ("https://cong.suoimau.example:8443", "https://cong.suoimau.example:8443"),
        (" SuoiMau.example. ", "suoimau.example"),
        ("203.0.113.8", "203.0.113.8"),
        ("https://[2001:DB8::1]/", "https://[2001:db8::1]"),
        (unicodedata.normalize("NFD", "XãSuốiMẫu.example"), "xãsuốimẫu.example"),
        ("https://mayxa", "https://mayxa"),
    ],
)
def test_an_address_is_kept_in_one_form(written: str, kept: str) -> None:
    assert read_reached_by(written) == kept
    assert read_reached_by(kept) == kept


@pytest.mark.parametrize(
    ("written", "because"),
    [
        ("http://cong.suoimau.example", "https://"),
        ("ftp://cong.suoimau.example", "https://"),
        ("cong.suoimau.example/tin", "thiếu https://"),
        ("cong.suoimau.example:8443", "thiếu https://"),
        ("vanthu@suoimau.example", "hộp thư"),
        ("https://vanthu:matkhau@suoimau.example", "tên đăng nhập"),
        ("https://suoimau.example\\@198.51.100.1", "tên đăng nhập"),
        ("https://suoimau.example/#tin", "dấu #"),
        ("https://suoimau.example:99999", "không phải là địa chỉ web"),
        ("https://suoi mau.example", "dấu cách"),
        ("https://suoimau.example/\x1b[2J", "ký tự lạ"),
        ("https://suoimau.example/\u202egnp", "ký tự lạ"),
        ("không", "không phải là tên miền"),
        ("-suoimau.example", "không phải là tên miền"),
        ("suoimau..example", "không phải là tên miền"),
        ("https://2130706433", "không phải là tên miền"),
        ("https://0x7f.1", "không phải là tên miền"),
        ("https://192.0.2.300", "không phải là tên miền"),
        ("https://[fe80::1%25eth0]", "%"),
        ("a" * 64 + ".example", "tên miền"),
        ("https://" + "a." * 130 + "example", "quá dài"),
    ],
)
def test_what_is_no_address_of_a_system_is_refused_with_a_sentence(written: str, because: str) -> None:
    with pytest.raises(ValueError, match=because):
        read_reached_by(written)


@given(st.text(max_size=60) | st.from_regex(r"https://[\w.\-\[\]:@%/;,?#]{1,40}", fullmatch=True))
@example("https://a.example/b;c,d")
def test_whatever_is_typed_is_either_refused_or_kept_in_a_form_that_stays(typed: str) -> None:
    try:
        kept = read_reached_by(typed)
    except ValueError:
        return
    assert read_reached_by(kept) == kept
    assert not set(kept) & set(";, \n\t@")
    assert unicodedata.is_normalized("NFC", kept)
    assert ascii_host(host_of(kept)).isascii()


def test_a_name_in_vietnamese_letters_travels_in_its_ascii_form() -> None:
    assert ascii_host(read_web_address("https://xãsuốimẫu.example").host).startswith("xn--")


def test_a_record_holds_canonical_addresses_only() -> None:
    with pytest.raises(ValidationError, match="dạng chuẩn"):
        System(id="a", name="A", ownership=Ownership.OWNED, owner_id="x", addresses=("HTTPS://A.example",))
