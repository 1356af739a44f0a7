from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from compliance.domain.wording import canonical, folded, nearest, number_text


def test_numbers_are_printed_with_the_vietnamese_dot() -> None:
    assert number_text(1500) == "1.500"
    assert number_text(100_000) == "100.000"
    assert number_text(0) == "0"


def test_headers_match_without_diacritics_and_in_either_unicode_form() -> None:
    decomposed = unicodedata.normalize("NFD", "Đơn vị vận hành")
    assert folded(decomposed) == folded("ĐƠN VỊ  VẬN HÀNH") == "don vi van hanh"


@given(st.text())
def test_canonical_text_is_composed_and_stable(text: str) -> None:
    once = canonical(text)
    assert unicodedata.is_normalized("NFC", once)
    assert canonical(once) == once


@given(st.text())
def test_a_search_key_is_the_same_for_every_unicode_form(text: str) -> None:
    assert folded(unicodedata.normalize("NFD", text)) == folded(unicodedata.normalize("NFC", text))


def test_the_nearest_known_word_is_offered_and_nonsense_gets_none() -> None:
    assert nearest("noi bo", ["Nội bộ", "Khác"]) == "Nội bộ"
    assert nearest("zzzz", ["Nội bộ", "Khác"]) is None
