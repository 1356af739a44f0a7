"""Two lists side by side: nothing of either is lost, and a step over several levels is the chain of its links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters.law import load_changes, load_checklist, load_duties, load_regimes
from compliance.domain.cadence import Cadence, CadenceUnit
from compliance.domain.checklist import Change, Checklist, Continuation, Figure, Requirement, RequirementGroup
from compliance.domain.comparison import (
    Difference,
    Pair,
    compare_duties,
    compare_levels,
    compare_matters,
    compare_successor_duties,
)
from compliance.domain.level import LEVELS
from compliance.errors import NotFound, Refused
from compliance.services.comparisons import Edition, compare, edition

DAY = date(2026, 11, 22)
EARLIER, CURRENT = load_regimes()
NEW, STRICTER, EASED, SAME, GONE = (
    Difference.NEW,
    Difference.STRICTER,
    Difference.EASED,
    Difference.SAME,
    Difference.GONE,
)


def item(id_: str, *below: str, change: Change = Change.SAME, note: str = "", **fields: object) -> Requirement:
    going_on = Continuation(ids=below, change=change, note=note) if below else None
    known: dict[str, object] = {
        "id": id_,
        "clause": id_,
        "citation": f"mục {id_}",
        "group": "g",
        "statement": f"Yêu cầu {id_}.",
        "evidence": "Giấy tờ.",
        "continues": going_on,
    }
    return Requirement.model_validate(known | fields)


def listed(level: int, requirements: Iterable[Requirement], groups: Sequence[RequirementGroup] = ()) -> Checklist:
    return Checklist(
        id=f"muc-{level}",
        regime="mau",
        level=level,
        version="1",
        title="Danh mục",
        checked_on=DAY,
        source_note="Danh mục mẫu.",
        groups=tuple(groups),
        requirements=tuple(requirements),
    )


def ladder(*levels: Sequence[Requirement]) -> dict[int, Checklist]:
    return {level: listed(level, requirements) for level, requirements in enumerate(levels, start=1)}


def told(pairs: Iterable[Pair]) -> list[tuple[str, str, str]]:
    return [(pair.difference.value, " ".join(pair.before), " ".join(pair.after)) for pair in pairs]


class TestChains:
    def test_one_step_says_what_the_list_says(self) -> None:
        lists = ladder(
            [item("a"), item("b"), item("c"), item("d")],
            [
                item("a2", "a"),
                item("b2", "b", change=Change.STRICTER, note="Nhiều hơn."),
                item("c2", "c", change=Change.EASED, note="Ít hơn."),
                item("e2"),
            ],
        )
        assert told(compare_levels(lists, 1, 2)) == [
            ("same", "a", "a2"),
            ("stricter", "b", "b2"),
            ("eased", "c", "c2"),
            ("new", "", "e2"),
            ("gone", "d", ""),
        ]
        assert told(compare_levels(lists, 2, 1)) == [
            ("same", "a2", "a"),
            ("eased", "b2", "b"),
            ("stricter", "c2", "c"),
            ("new", "", "d"),
            ("gone", "e2", ""),
        ]

    def test_what_grew_stricter_on_the_way_stays_stricter_and_tells_every_step(self) -> None:
        lists = ladder(
            [item("a")],
            [item("b", "a", change=Change.STRICTER, note="Từ 1 lên 3 tháng.")],
            [item("c", "b")],
            [item("d", "c", change=Change.STRICTER, note="Từ 3 lên 6 tháng.")],
        )
        (pair,) = compare_levels(lists, 1, 4)
        assert (pair.difference, pair.before, pair.after) == (STRICTER, ("a",), ("d",))
        assert pair.note == "Từ 1 lên 3 tháng. Từ 3 lên 6 tháng."
        assert compare_levels(lists, 2, 3)[0].difference is SAME
        assert compare_levels(lists, 2, 3)[0].note == ""

    def test_a_chain_that_begins_on_the_way_is_new(self) -> None:
        lists = ladder([], [item("b")], [item("c", "b", change=Change.STRICTER, note="Nhiều hơn.")])
        (pair,) = compare_levels(lists, 1, 3)
        assert (pair.difference, pair.before, pair.note) == (NEW, (), "")

    def test_a_chain_that_ends_on_the_way_is_gone(self) -> None:
        lists = ladder([item("a")], [item("b", "a")], [])
        assert told(compare_levels(lists, 1, 3)) == [("gone", "a", "")]

    def test_a_chain_both_stricter_and_eased_asks_more_whichever_way_it_is_read(self) -> None:
        lists = ladder(
            [item("a")],
            [item("b", "a", change=Change.STRICTER, note="Nhiều hơn.")],
            [item("c", "b", change=Change.EASED, note="Ít hơn.")],
        )
        assert compare_levels(lists, 1, 3)[0].difference is STRICTER
        assert compare_levels(lists, 3, 1)[0].difference is STRICTER

    def test_requirements_that_became_one(self) -> None:
        lists = ladder([item("a"), item("b")], [item("c", "a", "b")])
        assert told(compare_levels(lists, 1, 2)) == [("same", "a b", "c")]
        assert told(compare_levels(lists, 2, 1)) == [("same", "c", "a"), ("same", "c", "b")]

    def test_joined_with_something_new_is_stricter(self) -> None:
        lists = ladder([item("a")], [item("b", "a"), item("x")], [item("c", "b", "x")])
        assert told(compare_levels(lists, 1, 3)) == [("stricter", "a", "c")]
        assert told(compare_levels(lists, 3, 1)) == [("eased", "c", "a")]

    def test_a_requirement_that_became_two(self) -> None:
        lists = ladder([item("a")], [item("b", "a"), item("c", "a", change=Change.STRICTER, note="Nhiều hơn.")])
        assert told(compare_levels(lists, 1, 2)) == [("same", "a", "b"), ("stricter", "a", "c")]
        assert told(compare_levels(lists, 2, 1)) == [("eased", "b c", "a")]

    def test_downwards_the_note_is_said_to_be_of_the_other_direction(self) -> None:
        lists = ladder([item("a")], [item("b", "a", change=Change.STRICTER, note="Từ 1 lên 3 tháng.")])
        (pair,) = compare_levels(lists, 2, 1)
        assert pair.note == "Chiều ngược lại: Từ 1 lên 3 tháng."
        assert (pair.citation, pair.statement) == ("mục a", "Yêu cầu a.")


@st.composite
def ladders(draw: st.DrawFn) -> dict[int, Checklist]:
    """Up to four small lists, each requirement going on with up to two of the list below or with none."""
    levels: list[list[Requirement]] = []
    for level in range(1, draw(st.integers(min_value=2, max_value=4)) + 1):
        known = [one.id for one in levels[-1]] if levels else []
        rows = []
        for number in range(draw(st.integers(min_value=0, max_value=5))):
            below = draw(st.lists(st.sampled_from(known), max_size=2, unique=True)) if known else []
            change = draw(st.sampled_from(Change))
            note = "" if change is Change.SAME else f"{change.value} {level}.{number}"
            rows.append(item(f"{level}.{number}", *below, change=change, note=note))
        levels.append(rows)
    return ladder(*levels)


class TestEveryComparison:
    @given(lists=ladders(), down=st.booleans())
    def test_nothing_of_either_list_is_lost(self, lists: dict[int, Checklist], down: bool) -> None:
        before, after = (max(lists), 1) if down else (1, max(lists))
        pairs = compare_levels(lists, before, after)
        shown = [id_ for pair in pairs for id_ in pair.after]
        assert shown == [one.id for one in lists[after].requirements]
        kept = {id_ for pair in pairs if pair.after for id_ in pair.before}
        gone = [id_ for pair in pairs if pair.difference is GONE for id_ in pair.before]
        assert len(gone) == len(set(gone))
        assert kept.isdisjoint(gone)
        assert kept | set(gone) == {one.id for one in lists[before].requirements}

    @given(lists=ladders(), down=st.booleans())
    def test_new_has_no_before_and_gone_no_after(self, lists: dict[int, Checklist], down: bool) -> None:
        before, after = (max(lists), 1) if down else (1, max(lists))
        for pair in compare_levels(lists, before, after):
            assert bool(pair.before) is (pair.difference is not NEW)
            assert bool(pair.after) is (pair.difference is not GONE)

    @given(lists=ladders())
    def test_down_is_the_mirror_of_up(self, lists: dict[int, Checklist]) -> None:
        up, down = compare_levels(lists, 1, max(lists)), compare_levels(lists, max(lists), 1)
        links = {(low, high) for pair in up for low in pair.before for high in pair.after}
        assert links == {(low, high) for pair in down for low in pair.after for high in pair.before}
        assert {pair.before for pair in up if pair.difference is GONE} == {
            pair.after for pair in down if pair.difference is NEW
        }
        assert {pair.after for pair in up if pair.difference is NEW} == {
            pair.before for pair in down if pair.difference is GONE
        }

    @given(lists=ladders())
    def test_what_is_the_same_one_way_is_the_same_the_other(self, lists: dict[int, Checklist]) -> None:
        up, down = compare_levels(lists, 1, max(lists)), compare_levels(lists, max(lists), 1)
        of = {pair.after[0]: pair.difference for pair in up if pair.after}
        for pair in down:
            if not pair.after or not pair.before:
                continue
            upward = {of[id_] for id_ in pair.before}
            assert (pair.difference is SAME) is (upward == {SAME})
            if upward == {EASED}:
                assert pair.difference is STRICTER
            if pair.difference is EASED:
                assert upward <= {STRICTER, SAME}

    @given(lists=ladders())
    def test_a_level_beside_itself_is_the_same(self, lists: dict[int, Checklist]) -> None:
        for level, checklist in lists.items():
            pairs = compare_levels({level: checklist}, level, level)
            assert told(pairs) == [("same", one.id, one.id) for one in checklist.requirements]

    @given(lists=ladders())
    def test_only_a_difference_has_a_note(self, lists: dict[int, Checklist]) -> None:
        for pair in compare_levels(lists, 1, max(lists)):
            assert not pair.note or pair.difference in {STRICTER, EASED}


class TestDuties:
    def test_one_id_is_one_duty_and_another_wording_is_read_again(self) -> None:
        yearly = Cadence(unit=CadenceUnit.YEAR, activity="Rà soát")
        half = Cadence(every=6, unit=CadenceUnit.MONTH, activity="Rà soát")
        three, six = Figure(name="Thời gian", value="3 tháng"), Figure(name="Thời gian", value="6 tháng")
        before = listed(
            2, [item("a"), item("b"), item("c", cadences=(yearly,)), item("d", figures=(three,)), item("e")]
        )
        after = listed(
            3,
            [
                item("a"),
                item("b", statement="Khác."),
                item("c", cadences=(half,)),
                item("d", figures=(six,)),
                item("f"),
            ],
        )
        pairs = compare_duties(before, after)
        assert told(pairs) == [
            ("same", "a", "a"),
            ("stricter", "b", "b"),
            ("stricter", "c", "c"),
            ("stricter", "d", "d"),
            ("new", "", "f"),
            ("gone", "e", ""),
        ]
        assert all(bool(pair.note) is (pair.difference is STRICTER) for pair in pairs)


class TestMatters:
    BEFORE = listed(
        2,
        [
            item("cu.1", successors=("logs", "d1")),
            item("cu.2", successors=("logs",)),
            item("cu.3"),
            item("cu.4", successors=("d2",)),
        ],
    )
    AFTER = listed(
        2,
        [item("moi.1", group="8"), item("moi.2", group="8"), item("moi.3", group="9"), item("moi.4", group="10")],
        [
            RequirementGroup(id="8", number="8", title="Nhật ký", citation="mục 8", topic="logs"),
            RequirementGroup(id="9", number="9", title="Thư điện tử", citation="mục 9", topic="mail"),
            RequirementGroup(id="10", number="10", title="Khác", citation="mục 10"),
        ],
    )

    def test_matters_correspond_and_single_requirements_do_not(self) -> None:
        pairs = compare_matters(self.BEFORE, self.AFTER)
        assert told(pairs) == [
            ("stricter", "cu.1 cu.2", "moi.1 moi.2"),
            ("new", "", "moi.3"),
            ("new", "", "moi.4"),
            ("gone", "cu.3", ""),
        ]
        assert "đánh giá lại từng yêu cầu" in pairs[0].note
        assert pairs[0].statement == "Nhật ký: 2 yêu cầu."

    def test_duties_old_requirements_led_to(self) -> None:
        duties = listed(2, [item("d1"), item("d2"), item("d3")])
        assert told(compare_successor_duties(self.BEFORE, duties)) == [
            ("stricter", "cu.1", "d1"),
            ("stricter", "cu.4", "d2"),
            ("new", "", "d3"),
        ]


def level_pairs(before: int, after: int) -> tuple[Pair, ...]:
    return compare(Edition(CURRENT, before), Edition(CURRENT, after)).requirements


def counts(pairs: Iterable[Pair]) -> dict[str, int]:
    return dict(Counter(pair.difference.value for pair in pairs))


class TestShippedLevels:
    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            (1, 2, {"same": 98, "new": 21, "stricter": 8, "eased": 2, "gone": 2}),
            (2, 3, {"same": 105, "new": 68, "stricter": 19, "eased": 3, "gone": 1}),
            (3, 4, {"same": 159, "new": 75, "stricter": 39, "gone": 3}),
            (4, 5, {"same": 243, "new": 15, "stricter": 29, "eased": 1}),
        ],
    )
    def test_counts(self, before: int, after: int, expected: dict[str, int]) -> None:
        assert counts(level_pairs(before, after)) == expected

    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            (1, 2, {"same": 78}),
            (2, 3, {"same": 76, "new": 11, "stricter": 1, "gone": 1}),
            (3, 4, {"same": 86, "new": 1, "stricter": 1, "gone": 1}),
            (4, 5, {"same": 79, "new": 31, "stricter": 1, "gone": 8}),
        ],
    )
    def test_counts_of_duties(self, before: int, after: int, expected: dict[str, int]) -> None:
        assert counts(compare(Edition(CURRENT, before), Edition(CURRENT, after)).duties) == expected

    @pytest.mark.parametrize("level", LEVELS)
    @pytest.mark.parametrize("law", [EARLIER, CURRENT], ids=["earlier", "current"])
    def test_a_level_beside_itself(self, law: object, level: int) -> None:
        regime = EARLIER if law is EARLIER else CURRENT
        found = compare(Edition(regime, level), Edition(regime, level))
        assert {pair.difference for pair in (*found.requirements, *found.duties)} == {SAME}

    @pytest.mark.parametrize("before", LEVELS)
    @pytest.mark.parametrize("after", LEVELS)
    def test_every_requirement_of_both_levels_stands_in_the_comparison(self, before: int, after: int) -> None:
        pairs = level_pairs(before, after)
        assert [id_ for pair in pairs for id_ in pair.after] == [
            one.id for one in load_checklist(CURRENT, after).requirements
        ]
        assert {id_ for pair in pairs for id_ in pair.before} == {
            one.id for one in load_checklist(CURRENT, before).requirements
        }

    def test_logs_are_kept_longer_and_read_oftener_at_level_3(self) -> None:
        of = {pair.after[0]: pair for pair in level_pairs(2, 3) if pair.after}
        kept = of["5.8.2.1-a.8"]
        assert (kept.difference, kept.before) == (STRICTER, ("4.8.2.1-a.5",))
        assert "từ 1 tháng lên 3 tháng" in kept.note
        assert of["5.8.2.1-a.9"].difference is STRICTER
        assert of["5.8.2.1-a.2"].note == "Thêm nhật ký tiến trình: từ 3 loại lên 4 loại."

    def test_monitoring_development_and_testing_begin_at_level_3(self) -> None:
        lists = {level: load_checklist(CURRENT, level) for level in (2, 3)}
        topics = {level: {group.topic for group in checklist.groups} for level, checklist in lists.items()}
        first = topics[3] - topics[2]
        assert len(first) == 3
        of = {pair.after[0]: pair for pair in level_pairs(2, 3) if pair.after}
        groups = {group.id for group in lists[3].groups if group.topic in first}
        begun = {one.id for one in lists[3].requirements if one.group in groups}
        assert len(begun) == 21
        known = {id_: of[id_].before for id_ in begun if of[id_].difference is not NEW}
        assert known == {"5.17.2.1-c.1": ("4.3.2.3-a",), "5.17.2.1-c.2": ("4.3.2.3-b",)}, "software written by others"

    def test_going_up_nobody_is_told_less_without_a_word(self) -> None:
        for before in LEVELS[:-1]:
            for pair in level_pairs(before, before + 1):
                assert bool(pair.note) is (pair.difference in {STRICTER, EASED}), pair.after

    def test_the_chains_that_ask_more_both_ways(self) -> None:
        """Chains that grew stricter in one thing and were eased in another: no answer may be carried either way."""
        both = {
            (before, after, pair.after[0])
            for before in LEVELS
            for after in LEVELS
            if before < after
            for pair, down in product(level_pairs(before, after), level_pairs(after, before))
            if pair.difference is down.difference is STRICTER and set(down.after) & set(pair.before)
            if set(pair.after) & set(down.before)
        }
        assert both == {
            (1, 3, "5.4.2.4-a"),
            (1, 4, "6.4.2.4-a"),
            (1, 5, "7.4.2.4-a"),
            (2, 4, "6.12.2.5.4"),
            (2, 5, "7.12.2.6.4"),
        }


class TestShippedRegimes:
    @pytest.mark.parametrize("level", LEVELS)
    def test_every_new_requirement_and_duty_stands_once(self, level: int) -> None:
        found = compare(Edition(EARLIER, level), Edition(CURRENT, level))
        shown = [id_ for pair in found.requirements for id_ in pair.after]
        assert sorted(shown) == sorted(one.id for one in load_checklist(CURRENT, level).requirements)
        duties = [id_ for pair in found.duties for id_ in pair.after]
        assert duties == [one.id for one in load_duties(CURRENT, level).requirements]

    @pytest.mark.parametrize("level", LEVELS)
    def test_every_old_requirement_leads_somewhere(self, level: int) -> None:
        found = compare(Edition(EARLIER, level), Edition(CURRENT, level))
        led = {id_ for pair in (*found.requirements, *found.duties) for id_ in pair.before}
        assert led == {one.id for one in load_checklist(EARLIER, level).requirements}
        assert GONE not in {pair.difference for pair in found.requirements}

    @pytest.mark.parametrize("level", LEVELS)
    def test_a_matter_is_new_only_where_no_old_requirement_leads_to_it(self, level: int) -> None:
        old, new = load_checklist(EARLIER, level), load_checklist(CURRENT, level)
        named = {matter for one in old.requirements for matter in one.successors}
        expected = {group.citation for group in new.groups if group.topic not in named}
        found = compare(Edition(EARLIER, level), Edition(CURRENT, level)).requirements
        assert {pair.citation for pair in found if pair.difference is NEW} == expected

    def test_web_and_mail_are_the_one_matter_the_old_level_1_did_not_know(self) -> None:
        found = compare(Edition(EARLIER, 1), Edition(CURRENT, 1)).requirements
        assert [pair.statement for pair in found if pair.difference is NEW] == [
            "Trình duyệt và thư điện tử: 4 yêu cầu."
        ]
        assert not any(
            pair.difference is NEW for pair in compare(Edition(EARLIER, 2), Edition(CURRENT, 2)).requirements
        )

    @pytest.mark.parametrize("matter", ["Giám sát", "Phát triển", "Kiểm tra an ninh mạng"])
    def test_matters_from_level_3_on_are_not_asked_at_level_2(self, matter: str) -> None:
        def of(level: int) -> list[Pair]:
            pairs = compare(Edition(EARLIER, level), Edition(CURRENT, level)).requirements
            return [pair for pair in pairs if pair.statement.startswith(matter)]

        assert of(2) == []
        (pair,) = of(3)
        assert pair.difference is STRICTER
        assert pair.before

    @pytest.mark.parametrize("level", LEVELS)
    def test_the_rules_shown_are_those_of_the_level(self, level: int) -> None:
        found = compare(Edition(EARLIER, level), Edition(CURRENT, level))
        assert found.points == tuple(one for one in load_changes(CURRENT).points if level in one.levels)

    def test_regimes_as_wholes_are_compared_by_their_rules_alone(self) -> None:
        found = compare(Edition(EARLIER, None), Edition(CURRENT, None))
        assert (found.requirements, found.duties) == ((), ())
        assert found.points == load_changes(CURRENT).points

    def test_one_level_named_is_the_level_of_both(self) -> None:
        found = compare(Edition(EARLIER, None), Edition(CURRENT, 3))
        assert (found.before.level, found.after.level) == (3, 3)


class TestSides:
    @pytest.mark.parametrize(
        ("text", "option", "regime", "level"),
        [
            ("2", None, CURRENT.id, 2),
            (" 3 ", None, CURRENT.id, 3),
            (EARLIER.id, None, EARLIER.id, None),
            (EARLIER.id, 4, EARLIER.id, 4),
            (f"{EARLIER.id}:5", 4, EARLIER.id, 5),
        ],
    )
    def test_a_side_as_typed(self, text: str, option: int | None, regime: str, level: int | None) -> None:
        side = edition(text, option, DAY)
        assert (side.regime.id, side.level) == (regime, level)

    @pytest.mark.parametrize("text", ["9", "0", f"{CURRENT.id}:9", f"{CURRENT.id}:ba"])
    def test_no_such_level(self, text: str) -> None:
        with pytest.raises(Refused, match="từ 1 đến 5"):
            edition(text, None, DAY)

    def test_no_such_regime(self) -> None:
        with pytest.raises(NotFound, match=f"Gần nhất là “{CURRENT.id}”"):
            edition(CURRENT.id.replace("-", ""), None, DAY)

    def test_what_cannot_be_compared(self) -> None:
        with pytest.raises(Refused, match="nêu hai cấp độ"):
            compare(Edition(CURRENT, None), Edition(CURRENT, None))
        with pytest.raises(Refused, match=f"diff {EARLIER.id} {CURRENT.id}"):
            compare(Edition(CURRENT, 2), Edition(EARLIER, 2))
        with pytest.raises(Refused, match="cùng một cấp độ"):
            compare(Edition(EARLIER, 2), Edition(CURRENT, 3))
