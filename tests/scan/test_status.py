"""What a citation is worth on a day, and that nothing merely overtaken is called repealed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from compliance.domain.citation import citations
from compliance.domain.citation_status import Judgement, judged
from compliance.domain.instrument import InstrumentRegister, LawStatus

NOT_YET, IN_FORCE, OVERTAKEN, ENDED, UNKNOWN = (
    LawStatus.NOT_YET,
    LawStatus.IN_FORCE,
    LawStatus.OVERTAKEN,
    LawStatus.ENDED,
    LawStatus.UNKNOWN,
)
DAYS = (date(2026, 6, 30), date(2026, 7, 1), date(2026, 8, 18), date(2026, 8, 19))
TODAY = date(2026, 11, 22)


def of(register: InstrumentRegister, text: str, day: date) -> Judgement:
    (found,) = citations(text, register)
    return judged(found, register, day)


@pytest.mark.parametrize(
    ("text", "on_those_days"),
    [
        ("Luật số 86/2015/QH13", (IN_FORCE, ENDED, ENDED, ENDED)),
        ("Luật An ninh mạng số 24/2018/QH14", (IN_FORCE, ENDED, ENDED, ENDED)),
        ("Luật An ninh mạng số 116/2025/QH15", (NOT_YET, IN_FORCE, IN_FORCE, IN_FORCE)),
        ("Nghị định số 85/2016/NĐ-CP", (IN_FORCE, IN_FORCE, IN_FORCE, OVERTAKEN)),
        ("Thông tư số 12/2022/TT-BTTTT", (IN_FORCE, IN_FORCE, IN_FORCE, OVERTAKEN)),
        ("Nghị định số 331/2026/NĐ-CP", (NOT_YET, NOT_YET, NOT_YET, IN_FORCE)),
        ("Thông tư số 03/2017/TT-BTTTT", (ENDED, ENDED, ENDED, ENDED)),
        ("Nghị định số 13/2023/NĐ-CP", (ENDED, ENDED, ENDED, ENDED)),
        ("Nghị định số 108/2016/NĐ-CP", (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)),
        ("Nghị định số 100/2019/NĐ-CP", (UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN)),
    ],
)
def test_status_changes_on_the_day_the_law_says(
    register: InstrumentRegister, text: str, on_those_days: tuple[LawStatus, ...]
) -> None:
    assert tuple(of(register, text, day).status for day in DAYS) == on_those_days


def test_an_end_is_told_with_the_clause_that_ends_it(register: InstrumentRegister) -> None:
    told = of(register, "Luật số 86/2015/QH13", TODAY)
    assert "hết hiệu lực từ 01/07/2026" in told.status_text
    assert "khoản 2 Điều 44 Luật An ninh mạng số 116/2025/QH15" in told.status_text
    assert told.replaced_by == ("Luật An ninh mạng số 116/2025/QH15",)


def test_the_old_decree_is_overtaken_and_its_last_use_is_told(register: InstrumentRegister) -> None:
    told = of(register, "Nghị định 85/2016/NĐ-CP", TODAY)
    assert told.stale
    assert told.replaced_by[0].startswith("Nghị định số 331/2026/NĐ-CP")
    assert "khoản 1 điều 39 nghị định số 331/2026/nđ-cp" in told.notes[0].lower()
    assert "trước ngày 01/07/2026" in told.notes[0]


def test_nothing_is_called_repealed_that_was_only_overtaken(register: InstrumentRegister) -> None:
    overtaken = [one for one in register.instruments if one.overtaken_from]
    assert len(overtaken) >= 5
    for one in overtaken:
        assert one.overtaken_from is not None
        told = of(register, one.cite_as, max(TODAY, one.overtaken_from))
        assert told.status is OVERTAKEN
        said = " ".join((told.status_text, *told.notes, *told.replaced_by)).lower()
        said = said.replace("chưa thấy văn bản bãi bỏ", "").replace("không ghi là đã hết hiệu lực", "")
        for word in ("bãi bỏ", "hết hiệu lực", "bị thay thế hoàn toàn", "repeal"):
            assert word not in said, (one.code, word)


def test_what_takes_its_place_is_itself_good(register: InstrumentRegister) -> None:
    told = of(register, "Thông tư 03/2017/TT-BTTTT", TODAY)
    assert not any("12/2022" in name for name in told.replaced_by)
    assert any("331/2026" in name for name in told.replaced_by)
    earlier = of(register, "Thông tư 03/2017/TT-BTTTT", date(2023, 1, 1))
    assert [name for name in earlier.replaced_by if "12/2022" in name] == list(earlier.replaced_by)


def test_every_stale_instrument_names_a_successor_that_is_not_stale(register: InstrumentRegister) -> None:
    for one in register.instruments:
        told = of(register, one.cite_as, TODAY)
        if told.stale:
            assert told.replaced_by, one.code
            for name in told.replaced_by:
                (again,) = citations(name.split(" – ")[0], register)
                assert not judged(again, register, TODAY).stale


def test_an_unclear_name_lists_both_laws_and_asks_for_the_number(register: InstrumentRegister) -> None:
    told = of(register, "Luật An ninh mạng", TODAY)
    assert (told.status, told.status_text, told.number) == (UNKNOWN, "chưa rõ bản nào", "")
    assert len(told.possible) == 2
    assert "24/2018/QH14" in told.notes[0]
    assert "116/2025/QH15" in told.notes[0]


def test_an_instrument_without_data_says_so(register: InstrumentRegister) -> None:
    told = of(register, "Nghị định 100/2019/NĐ-CP", TODAY)
    assert (told.number, told.title, told.replaced_by) == ("100/2019/NĐ-CP", "", ())
    assert "không có dữ liệu" in told.notes[0]


def test_the_first_day_of_an_end_counts(register: InstrumentRegister) -> None:
    for one in register.instruments:
        if one.ended_on:
            assert one.status_on(one.ended_on) is ENDED
            assert one.status_on(one.ended_on - timedelta(days=1)) is not ENDED
