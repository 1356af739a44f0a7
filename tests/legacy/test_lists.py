"""The lists and design rules of the earlier regime against the appendices they were read from."""

from __future__ import annotations

import unicodedata

import pytest

from compliance.adapters.law import data_root, load_checklist
from compliance.domain.checklist import Change, Checklist, Requirement
from compliance.domain.design import DesignRules
from compliance.domain.regime import Regime
from tests.legacy.conftest import LEVELS

POLICY = ("Chính sách an toàn thông tin", "Xây dựng và công bố", "Rà soát, sửa đổi")
ORGANISATION = ("Đơn vị chuyên trách về an toàn thông tin", "Phối hợp với cơ quan/tổ chức có thẩm quyền")
PEOPLE = ("Tuyển dụng", "Trong quá trình làm việc", "Chấm dứt hoặc thay đổi công việc")
BUILDING = (
    "Thiết kế an toàn hệ thống thông tin",
    "Phát triển phần mềm thuê khoán",
    "Thử nghiệm và nghiệm thu hệ thống",
)
RUNNING = ("Quản lý an toàn mạng", "Quản lý an toàn máy chủ và ứng dụng", "Quản lý an toàn dữ liệu")
INCIDENTS = "Quản lý sự cố an toàn thông tin"
USERS = "Quản lý an toàn người sử dụng đầu cuối"
OUTSIDE, INSIDE = "Kiểm soát truy cập từ bên ngoài mạng", "Kiểm soát truy cập từ bên trong mạng"
LOG, INTRUSION, DEVICES = "Nhật ký hệ thống", "Phòng chống xâm nhập", "Bảo vệ thiết bị hệ thống"
SERVER = ("Xác thực", "Kiểm soát truy cập", LOG, INTRUSION, "Phòng chống phần mềm độc hại")
HANDOVER = "Xử lý máy chủ khi chuyển giao"
APPLICATION = ("Xác thực", "Kiểm soát truy cập", LOG)
CODE = "An toàn ứng dụng và mã nguồn"

# The network rows start at the second clause: the first is the design clause, which the circular put elsewhere.
APPENDICES: dict[int, dict[str, tuple[str, ...]]] = {
    1: {
        "1.1": POLICY,
        "1.2": ORGANISATION,
        "1.3": PEOPLE,
        "1.4": (BUILDING[0], BUILDING[2]),
        "1.5": RUNNING,
        "2.1": ("", OUTSIDE, LOG, INTRUSION, DEVICES),
        "2.2": SERVER,
        "2.3": APPLICATION,
        "2.4": ("Sao lưu dự phòng",),
    },
    2: {
        "1.1": POLICY,
        "1.2": ORGANISATION,
        "1.3": PEOPLE,
        "1.4": BUILDING,
        "1.5": (*RUNNING, INCIDENTS, USERS),
        "2.1": ("", OUTSIDE, INSIDE, LOG, INTRUSION, DEVICES),
        "2.2": (*SERVER, HANDOVER),
        "2.3": (*APPLICATION, CODE),
        "2.4": ("Bảo mật dữ liệu", "Sao lưu dự phòng"),
    },
    3: {
        "1.1": POLICY,
        "1.2": ORGANISATION,
        "1.3": PEOPLE,
        "1.4": BUILDING,
        "1.5": (
            *RUNNING,
            "Quản lý an toàn thiết bị đầu cuối",
            "Quản lý phòng chống phần mềm độc hại",
            "Quản lý giám sát an toàn hệ thống thông tin",
            "Quản lý điểm yếu an toàn thông tin",
            INCIDENTS,
            USERS,
        ),
        "2.1": ("", OUTSIDE, INSIDE, LOG, INTRUSION, "Phòng chống phần mềm độc hại trên môi trường mạng", DEVICES),
        "2.2": (*SERVER, HANDOVER),
        "2.3": (*APPLICATION, "Bảo mật thông tin liên lạc", "Chống chối bỏ", CODE),
        "2.4": ("Nguyên vẹn dữ liệu", "Bảo mật dữ liệu", "Sao lưu dự phòng"),
    },
}
APPENDICES |= {4: APPENDICES[3], 5: APPENDICES[3]}
NUMERALS = (
    "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x",
    "xi", "xii", "xiii", "xiv", "xv", "xvi", "xvii", "xviii", "xix",
)  # fmt: skip
ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV", 5: "V"}
CIRCULAR_ONLY = {
    "tt12-1.6": "Phương án Quản lý rủi ro an toàn thông tin",
    "tt12-1.7": "Phương án Kết thúc vận hành, khai thác, thanh lý, hủy bỏ",
}


def title(one: Requirement) -> str:
    return one.statement.split(": ", 1)[0]


def of_group(checklist: Checklist, start: str) -> list[Requirement]:
    return [one for one in checklist.requirements if one.group.startswith(start)]


@pytest.mark.parametrize("level", LEVELS)
class TestEveryLevel:
    def test_rows_are_those_of_the_appendix(self, level: int, lists: dict[int, Checklist]) -> None:
        expected = CIRCULAR_ONLY | {
            f"{level + 4}.{group}.{number}": name
            for group, names in APPENDICES[level].items()
            for number, name in enumerate(names, 1)
            if name
        }
        assert {one.id: title(one) for one in lists[level].requirements} == expected

    def test_citations_name_the_clause_and_the_appendix(self, level: int, lists: dict[int, Checklist]) -> None:
        for one in lists[level].requirements:
            appendix = f"Phụ lục {ROMAN[level]}"
            if one.id in CIRCULAR_ONLY:
                assert one.citation.startswith(f"Mục I.{one.clause} {appendix}, "), one.id
            else:
                circular = f"TCVN 11930:2017 mục {one.clause}; {appendix} Thông tư số 12/2022/TT-BTTTT"
                assert one.citation == circular or one.citation.startswith(f"{circular}; "), one.id

    def test_every_row_says_what_was_not_read(self, level: int, lists: dict[int, Checklist]) -> None:
        for one in lists[level].requirements:
            assert "chưa đọc" in one.uncertain.lower() or one.id in CIRCULAR_ONLY, one.id
            assert one.uncertain.endswith("."), one.id
        note = lists[level].source_note
        for unsure in ("số điểm cũng chưa rõ", "an toàn vật lý hay không chưa rõ", "chưa chắc chắn"):
            assert unsure in note

    def test_sentences_are_whole(self, level: int, lists: dict[int, Checklist]) -> None:
        for one in lists[level].requirements:
            for sentence in (one.statement, one.evidence):
                assert sentence.endswith("."), one.id
                assert sentence == " ".join(sentence.split()), one.id
                assert unicodedata.is_normalized("NFC", sentence), one.id
            assert len(one.statement) >= 60, one.id

    def test_every_group_of_the_circular_is_served(
        self, level: int, lists: dict[int, Checklist], earlier: Regime
    ) -> None:
        served = {group for one in lists[level].requirements for group in one.groups}
        assert served == {group.id for group in (*earlier.management_groups, *earlier.technical_groups)}

    def test_headings_are_those_of_the_circular(self, level: int, lists: dict[int, Checklist], earlier: Regime) -> None:
        headings = {group.title for group in (*earlier.management_groups, *earlier.technical_groups)}
        for group in lists[level].groups:
            assert any(heading.startswith(group.title) for heading in headings), group.id

    def test_links_lead_to_the_same_matter_below(self, level: int, lists: dict[int, Checklist]) -> None:
        below = {one.id: one for one in lists[level - 1].requirements} if level > 1 else {}
        matters = {(title(one), one.groups) for one in below.values()}
        for one in lists[level].requirements:
            if one.continues:
                assert [title(below[id_]) for id_ in one.continues.ids] == [title(one)], one.id
            else:
                assert (title(one), one.groups) not in matters, one.id

    def test_no_answer_is_carried_up_over_points_nobody_read(self, level: int, lists: dict[int, Checklist]) -> None:
        for one in lists[level].requirements:
            if one.continues and one.continues.change is Change.SAME:
                assert one.id in CIRCULAR_ONLY

    def test_successors_exist_at_this_level(self, level: int, lists: dict[int, Checklist], current: Regime) -> None:
        topics = {group.topic for group in load_checklist(current, level).groups}
        assert {"risk", "network", "incidents"} <= topics
        named = {name for one in lists[level].requirements for name in one.successors}
        assert {name for name in named - topics if not name.startswith("d")} == set()
        assert all(one.successors for one in lists[level].requirements)

    def test_duties_named_as_successors_exist(self, level: int, lists: dict[int, Checklist], current: Regime) -> None:
        folder = data_root() / "checklists" / current.id
        duties = "\n".join(path.read_text("utf-8") for path in sorted(folder.glob("duties*.yaml")))
        topics = {group.topic for group in load_checklist(current, level).groups}
        named = {name for one in lists[level].requirements for name in one.successors} - topics
        assert {name for name in named if f'id: "{name}"' not in duties and f"id: {name}\n" not in duties} == set()


@pytest.mark.parametrize(("level", "rows"), [(1, 28), (2, 35), (3, 43), (4, 43), (5, 43)])
def test_number_of_rows(level: int, rows: int, lists: dict[int, Checklist]) -> None:
    assert len(lists[level].requirements) == rows
    assert f"{rows} dòng" in lists[level].source_note


@pytest.mark.parametrize(
    ("level", "management", "technical"), [(1, 13, 13), (2, 16, 17), (3, 20, 21), (4, 20, 21), (5, 20, 21)]
)
def test_management_and_technical_rows(
    level: int, management: int, technical: int, lists: dict[int, Checklist]
) -> None:
    chapter = level + 4
    assert len(of_group(lists[level], f"{chapter}.1.")) == management
    assert len(of_group(lists[level], f"{chapter}.2.")) == technical
    assert len(of_group(lists[level], "tt12-")) == 2


@pytest.mark.parametrize(
    ("level", "cadence"), [(1, "2 year"), (2, "2 year"), (3, "1 year"), (4, "1 year"), (5, "6 month")]
)
def test_inspection_cadence_of_the_risk_row(level: int, cadence: str, lists: dict[int, Checklist]) -> None:
    risk = lists[level].requirement("tt12-1.6")
    assert risk
    assert [f"{one.every} {one.unit.value}" for one in risk.cadences] == [cadence]
    assert "nay luật không ấn định" in risk.uncertain


@pytest.mark.parametrize("level", [3, 4, 5])
def test_monitoring_row_rests_on_its_own_circular(level: int, lists: dict[int, Checklist]) -> None:
    row = lists[level].requirement(f"{level + 4}.1.5.6")
    assert row
    assert row.citation.endswith("Điều 5 Thông tư số 31/2017/TT-BTTTT")
    assert [(one.every, one.unit.value) for one in row.cadences] == [(1, "day"), (7, "day"), (6, "month")]
    assert row.plan_part == "dd"


@pytest.mark.parametrize(("level", "separation"), [(3, "về lô-gic"), (4, "về vật lý"), (5, "về vật lý")])
def test_rented_hosting_is_kept_apart(level: int, separation: str, lists: dict[int, Checklist]) -> None:
    row = lists[level].requirement(f"{level + 4}.1.4.1")
    assert row
    assert separation in row.statement


@pytest.mark.parametrize(("level", "zones", "items"), [(1, 3, 3), (2, 5, 6), (3, 7, 16), (4, 8, 17), (5, 8, 19)])
def test_design_counts(level: int, zones: int, items: int, design: DesignRules) -> None:
    assert [len(one.zones) for one in design.zones if one.level == level] == [zones]
    assert sum(level in one.levels for one in design.items) == items


def test_zones_only_grow_with_the_level(design: DesignRules) -> None:
    by_level = {one.level: one.zones for one in design.zones}
    for level in (2, 3, 4, 5):
        assert set(by_level[level - 1]) <= set(by_level[level])


@pytest.mark.parametrize(
    ("item", "first"),
    [
        ("remote-access", 1),
        ("web-attack", 2),
        ("hot-spare", 3),
        ("security-monitoring", 3),
        ("privileged-accounts", 4),
        ("second-site", 5),
    ],
)
def test_design_items_start_at_their_level(item: str, first: int, design: DesignRules) -> None:
    found = next(one for one in design.items if one.id == item)
    assert found.levels == tuple(range(first, 6))


def test_design_items_cite_every_appendix_they_stand_in(design: DesignRules) -> None:
    for one in design.items:
        named = one.citation.replace(";", ",").replace("Thông tư", ",").replace(",", " ").split()
        assert {ROMAN[level] for level in one.levels} == set(named) & set(ROMAN.values()), one.id


def test_item_numbers_are_complete_in_every_appendix(design: DesignRules) -> None:
    for level, items in ((1, 3), (2, 6), (3, 16), (4, 17), (5, 19)):
        places = []
        for one in design.items:
            if level in one.levels:
                part = next(
                    piece for piece in one.citation.split(";") if ROMAN[level] in piece.replace(",", " ").split()
                )
                places.append(part.split("b.")[1].split()[0])
        assert sorted(places, key=NUMERALS.index) == list(NUMERALS[:items])


def test_design_items_lead_to_topics_of_the_new_list(design: DesignRules, current: Regime) -> None:
    for one in design.items:
        for level in one.levels:
            topics = {group.topic for group in load_checklist(current, level).groups}
            assert one.successors, one.id
            assert set(one.successors) <= topics, one.id
