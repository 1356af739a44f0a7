"""What officers type becomes facts; a blank stays a blank, and nothing is guessed."""

from __future__ import annotations

import pytest

from compliance.domain.answering import checked_fact, fact_text, parse_fact
from compliance.domain.question import Question
from compliance.domain.regime import Regime


def question(regime: Regime, fact: str) -> Question:
    found = regime.question(fact)
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["Có", "có", "CÓ", "co", "x", "X", "☒", "✓", "☒ Có", "yes", "true", "1"])
def test_yes(text: str, regime: Regime) -> None:
    assert parse_fact(question(regime, "online_service"), text) is True


@pytest.mark.parametrize("text", ["Không", "không", "khong", "no", "false", "0", "Không có"])
def test_no(text: str, regime: Regime) -> None:
    assert parse_fact(question(regime, "online_service"), text) is False


@pytest.mark.parametrize("text", ["", "   ", "-", "–", "Chưa rõ", "không rõ", "chưa xác định", "☐", "?"])
@pytest.mark.parametrize("fact", ["online_service", "subjects_basic", "service_type", "works_grade"])
def test_a_blank_is_unanswered_never_no(fact: str, text: str, regime: Regime) -> None:
    assert parse_fact(question(regime, fact), text) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1500", 1500),
        ("1.500", 1500),
        ("1,500", 1500),
        ("1 500", 1500),
        ("1.234.567", 1_234_567),
        ("khoảng 150", 150),
        ("Khoảng 1.500 người", 1500),
        ("~150", 150),
        ("150 người", 150),
        ("0", 0),
    ],
)
def test_numbers_as_offices_write_them(text: str, value: int, regime: Regime) -> None:
    assert parse_fact(question(regime, "subjects_basic"), text) == value


@pytest.mark.parametrize(
    "text",
    [
        "-5",
        "1,5",
        "1.5",
        "12.34",
        "150 nghìn",
        "150-200",
        "dưới 100.000",
        "<100.000",
        "hơn 100.000",
        "5%",
        "3 hộ",
        "nhiều",
    ],
)
def test_numbers_that_would_have_to_be_guessed_are_refused(text: str, regime: Regime) -> None:
    with pytest.raises(ValueError, match="Hãy ghi"):
        parse_fact(question(regime, "subjects_basic"), text)


@pytest.mark.parametrize(
    ("fact", "text"), [("decided_level", "6"), ("risk_level", "0"), ("subjects_basic", "9" * 5000)]
)
def test_numbers_out_of_range_say_the_range(fact: str, text: str, regime: Regime) -> None:
    with pytest.raises(ValueError, match="ngoài khoảng"):
        parse_fact(question(regime, fact), text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Nội bộ", ("internal",)),
        ("noi bo", ("internal",)),
        ("internal", ("internal",)),
        ("Phục vụ người dân, doanh nghiệp", ("public_service",)),
        ("Nội bộ, phục vụ người dân, doanh nghiệp", ("internal", "public_service")),
        ("Phục vụ người dân; Hạ tầng", ("infrastructure", "public_service")),
        ("- Nội bộ\n- Khác", ("internal", "other")),
        ("nội bộ; nội bộ", ("internal",)),
    ],
)
def test_sets(text: str, value: tuple[str, ...], regime: Regime) -> None:
    assert parse_fact(question(regime, "service_type"), text) == value


def test_a_set_may_be_empty_only_where_none_is_an_answer(regime: Regime) -> None:
    assert parse_fact(question(regime, "important_outcomes"), "Không") == ()
    with pytest.raises(ValueError, match="Hãy chọn"):
        parse_fact(question(regime, "service_type"), "Không")


def test_a_slip_is_answered_with_the_nearest_value(regime: Regime) -> None:
    with pytest.raises(ValueError, match="có phải là “Toàn quốc”"):
        parse_fact(question(regime, "infrastructure_scope"), "toàn qốc")


def test_every_printed_value_can_be_read_back(regime: Regime) -> None:
    for one in regime.questions:
        for choice in one.choices:
            value = parse_fact(one, choice.label)
            assert value in (choice.value, (choice.value,)), (one.id, choice.label)
            assert value is not None
            assert fact_text(one, value) == choice.label
            for words in choice.also:
                assert parse_fact(one, words) == value, (one.id, words)


def test_typed_values_are_strict(regime: Regime) -> None:
    with pytest.raises(ValueError, match="true hoặc false"):
        checked_fact(question(regime, "online_service"), 1)
    with pytest.raises(ValueError, match="số nguyên"):
        checked_fact(question(regime, "subjects_basic"), True)
    with pytest.raises(ValueError, match="danh sách"):
        checked_fact(question(regime, "service_type"), "internal")
    with pytest.raises(ValueError, match="“internal”"):
        checked_fact(question(regime, "service_type"), ["internals"])
