"""Where each requirement is seen on a walk through the office: every one at one place, and what is asked aloud."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from compliance.adapters.law import PLACES, data_root, load_places, load_regimes
from compliance.adapters.law_check import check_library
from compliance.domain.checklist import Change, Checklist
from compliance.domain.level import LEVELS
from compliance.domain.place import Places, place_misfits
from compliance.errors import NotFound
from tests.checklists import lists
from tests.checklists.test_own_words import known, runs
from tests.law.conftest import Library

MOST_WORDS = 20


@pytest.fixture(scope="module")
def places() -> Places:
    return load_places(lists.law())


@pytest.fixture
def library(tmp_path: Path) -> Library:
    """A copy of the shipped law files to spoil."""
    return Library(tmp_path / "law")


def every_list() -> dict[str, Checklist]:
    """All lists of all levels, by name; physical security level by level."""
    found = {name: lists.load(name) for name in lists.NAMES}
    return found | {f"physical-{level}": lists.physical().of_level(level) for level in LEVELS}


@pytest.mark.parametrize("name", every_list())
def test_every_requirement_of_every_list_has_its_place(places: Places, name: str) -> None:
    without = [one.id for one in every_list()[name].requirements if places.place_of(one.id) is None]
    assert without == []


def test_no_requirement_stands_at_two_places_and_none_is_unknown(places: Places) -> None:
    placed = [id_ for place in places.places for id_ in place.ids]
    assert len(placed) == len(set(placed))
    assert set(placed) == {one.id for checklist in every_list().values() for one in checklist.requirements}


def test_what_goes_on_unchanged_from_the_level_below_is_seen_where_that_is_seen(places: Places) -> None:
    parted = []
    for level in LEVELS:
        for one in lists.load(f"level-{level}").requirements:
            if one.continues and one.continues.change is Change.SAME:
                here = places.place_of(one.id)
                if here not in [places.place_of(id_) for id_ in one.continues.ids]:
                    parted.append(one.id)
    assert parted == []


@pytest.mark.parametrize("level", LEVELS)
def test_at_every_level_there_is_something_to_see_in_most_places(places: Places, level: int) -> None:
    rows = [*lists.load(f"level-{level}").requirements, *lists.load(f"duties-level-{level}").requirements]
    used = {place.id for one in rows if (place := places.place_of(one.id))}
    assert used >= {place.id for place in places.places} - {"server-room"}


def test_every_place_is_told_apart_and_says_whom_to_bring(places: Places) -> None:
    assert 7 <= len(places.places) <= 10
    assert len({place.title for place in places.places}) == len(places.places)
    for place in places.places:
        assert re.search(r"[Mm]ời|[Cc]họn|[Gg]ặp", place.hint), place.id
        assert place.hint.endswith("."), place.id


def test_some_requirements_stand_where_an_officer_would_look_for_them(places: Places) -> None:
    seen = {
        "3.10.2.2": "desks",  # autorun off
        "3.12.2.2.2": "network-cabinet",  # firewall
        "3.4.2.1-a": "regulations",
        "3.2.1-c": "records",  # the yearly stocktaking
        "3.14.2.1": "contracts",
        "3.6.2.4.3": "admin-screen",  # MFA
        "3.12.2.1-c": "system-file",
        "d31.1-b": "meeting-room",
        "d31.2-d": "interview",  # 72 hours
        "a.1.3": "server-room",
    }
    assert {id_: getattr(places.place_of(id_), "id", "") for id_ in seen} == seen


def test_all_that_is_asked_has_a_short_question(places: Places) -> None:
    (interview,) = [place for place in places.places if place.id == "interview"]
    assert [id_ for id_ in interview.ids if not places.question_of(id_)] == []
    for one in places.questions:
        assert one.ask.endswith("?"), one.ask
        assert len(one.ask.split()) <= MOST_WORDS, one.ask
        assert unicodedata.is_normalized("NFC", one.ask)
    assert places.question_of("3.1-a") == ""


def test_hints_and_questions_are_our_own_words(places: Places) -> None:
    texts = [*(place.hint for place in places.places), *(one.ask for one in places.questions), places.source_note]
    assert [run for text in texts for run in runs(text) if known(run)] == []


def test_a_regime_without_places_says_so() -> None:
    old = next(one for one in load_regimes() if not (data_root() / "checklists" / one.id / PLACES).is_file())
    with pytest.raises(NotFound, match="chưa có danh sách chỗ xem bằng chứng"):
        load_places(old)


def _said(library: Library) -> list[str]:
    """What the check of the library says of the places."""
    return [str(fault) for fault in check_library(library.root).faults if fault.file.endswith(PLACES)]


def _changed(library: Library, *changes: tuple[str, str]) -> list[str]:
    library.change(f"nd331-2026/{PLACES}", *changes)
    return _said(library)


def test_a_damaged_copy_tells_every_fault(library: Library) -> None:
    found = _changed(
        library,
        ("level-1: [3.12.2.3-c, 3.13.2.1-a,", "level-1: [3.13.2.1-a, 3.1-zz, 3.13.2.1-b,"),
        ("level-2: [4.12.2.3-c,", "level-22: [4.12.2.3-c,"),
        ("requirements: [d17.2]", "requirements: [d17.22]"),
    )
    file = f"checklists/nd331-2026/{PLACES}: "
    assert all(fault.startswith(file) for fault in found)
    for expected in (
        "places.level-1: yêu cầu “3.12.2.3-c” chưa được xếp vào chỗ nào.",
        "places.meeting-room.level-1: “3.1-zz” không có",
        "places.meeting-room.level-1: “3.13.2.1-b” đã xếp ở “meeting-room”; mỗi yêu cầu chỉ xếp ở một chỗ.",
        "places.meeting-room: “level-22” không có",
        "places.level-2: yêu cầu “4.12.2.3-c” chưa được xếp vào chỗ nào.",
        "questions.8: “d17.22” không có",
    ):
        assert any(expected in fault for fault in found), (expected, found)


def test_an_unchanged_requirement_seen_elsewhere_is_told(library: Library) -> None:
    found = _changed(
        library,
        ("level-2: [4.12.2.3-c, 4.13.1-a,", "level-2: [4.13.1-a,"),
        ("        4.1-a, 4.4.2.1-a, 4.5.2.1-a,", "        4.12.2.3-c, 4.1-a, 4.4.2.1-a, 4.5.2.1-a,"),
    )
    assert any("places.regulations: “4.12.2.3-c” giữ nguyên yêu cầu của cấp dưới (3.12.2.3-c)" in one for one in found)


@pytest.mark.parametrize("file", ["level-5.yaml", "duties.yaml"])
def test_a_list_that_cannot_be_read_is_not_told_again(library: Library, file: str) -> None:
    library.change(f"nd331-2026/{file}", ("requirements:", "requirement:"))
    assert _said(library) == []


def test_places_of_another_regime_do_not_pass(places: Places) -> None:
    assert place_misfits(places, "nd-khac", {})[0] == ("regime", "phải là “nd-khac”.")
