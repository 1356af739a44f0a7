"""Papers brought to a dossier: the right ones of its level, named without doubt when taken out again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from compliance.adapters.workspace import Workspace
from compliance.domain.blank import Absence, AbsenceKind
from compliance.errors import BadData, NotFound, Refused
from compliance.services import enclosures
from compliance.services.enclosures import Enclosed, enclosures_of, lacking, withdraw
from compliance.services.road_acts import record_step
from compliance.services.road_papers import print_road_paper
from compliance.services.road_saying import Said
from tests.documents.office import ONE_STOP, STAFF, TODAY, UNDECIDED, USED, put_system
from tests.road.test_recording import ON, ready, sent, take

__all__ = ["ready"]


@pytest.fixture
def paper(ready: Workspace, tmp_path: Path) -> Path:
    out = tmp_path / "thiet-ke.pdf"
    print_road_paper(ready, STAFF.id, "mau-04", out=out, today=TODAY)
    return out


def bring(office: Workspace, slot: str, *files: Path, system: str = STAFF.id, **said: object) -> None:
    enclosures.enclose(office, [system], slot, files, today=TODAY, **said)  # type: ignore[arg-type]


def brought(office: Workspace, system: str = STAFF.id) -> list[tuple[str, str]]:
    found: tuple[Enclosed, ...] = enclosures_of(office, system, TODAY)
    return [(one.slot.id, one.enclosure.file_name) for one in found]


def test_a_slot_of_other_levels_is_refused(ready: Workspace, paper: Path) -> None:
    with pytest.raises(Refused, match=r"chỉ có trong hồ sơ cấp độ 4, 5; .* là cấp độ 2"):
        bring(ready, "opinion", paper)
    bring(ready, "opinion", paper, system=UNDECIDED.id)
    assert brought(ready) == []


def test_a_system_without_a_dossier_takes_no_papers(ready: Workspace, paper: Path) -> None:
    with pytest.raises(Refused, match="chỉ sử dụng"):
        bring(ready, "design", paper, system=USED.id)
    assert lacking(ready, USED.id, TODAY) == ()


def test_what_is_lacking_is_told_for_the_level(ready: Workspace, paper: Path) -> None:
    assert [slot.id for slot in lacking(ready, STAFF.id, TODAY)] == ["design"]
    assert [slot.id for slot in lacking(ready, UNDECIDED.id, TODAY)] == ["design", "opinion"]
    bring(ready, "design", paper)
    assert lacking(ready, STAFF.id, TODAY) == ()


def test_one_content_under_two_names_is_told(ready: Workspace, paper: Path) -> None:
    again = paper.with_name("ban-sao.pdf")
    again.write_bytes(paper.read_bytes())
    with pytest.raises(BadData) as refused:
        bring(ready, "design", paper, again)
    assert "“ban-sao.pdf” trùng nội dung với tệp “thiet-ke.pdf”" in refused.value.faults[0].message
    assert brought(ready) == []


def test_a_file_in_two_slots_is_taken_out_of_the_one_named(ready: Workspace, paper: Path) -> None:
    bring(ready, "design", paper)
    bring(ready, "other", paper)
    with pytest.raises(Refused, match=r"Có 2 giấy tờ tên “thiet-ke.pdf”.*design/[0-9a-f]{12}; other/[0-9a-f]{12}"):
        withdraw(ready, STAFF.id, "thiet-ke.pdf", why="Nhầm", today=TODAY)
    withdraw(ready, STAFF.id, "other/thiet-ke.pdf", why="Nhầm", today=TODAY)
    assert brought(ready) == [("design", "thiet-ke.pdf")]
    with pytest.raises(NotFound):
        withdraw(ready, STAFF.id, "other/thiet-ke.pdf", why="Nhầm", today=TODAY)


def test_a_name_typed_with_detached_marks_is_found(ready: Workspace, paper: Path) -> None:
    named = paper.rename(paper.with_name("Quyết định.pdf"))
    bring(ready, "design", named)
    withdraw(ready, STAFF.id, "Quye\u0302\u0301t đi\u0323nh.pdf", why="Nhầm", today=TODAY)
    assert brought(ready) == []


def test_the_number_of_a_paper_is_a_number(ready: Workspace, paper: Path) -> None:
    with pytest.raises(Refused, match="không phải là số, ký hiệu văn bản"):
        bring(ready, "design", paper, number="số 3/TK ngày 25/08/2026")


def test_rules_brought_with_their_day_need_not_be_typed_into_the_inventory_too(ready: Workspace, paper: Path) -> None:
    absent = {"regulation": Absence(kind=AbsenceKind.NOT_YET)}
    put_system(ready, STAFF.model_copy(update={"absences": absent, "regulation": None}))
    sent(ready)
    with pytest.raises(Refused, match="hồ sơ chưa ghi ngày ban hành"):
        take(ready, "approve", number="61/QĐ-BPANM")
    bring(ready, "regulation", paper, number="52/QĐ-UBND", issued_on=date(2026, 11, 20))
    with pytest.raises(Refused, match="ban hành ngày 20/11/2026, sau ngày phê duyệt"):
        take(ready, "approve", number="61/QĐ-BPANM")
    withdraw(ready, STAFF.id, "regulation/thiet-ke.pdf", why="Bản cũ", today=TODAY)
    bring(ready, "regulation", paper, issued_on=date(2026, 11, 2))
    assert take(ready, "approve", number="61/QĐ-BPANM").taken.overridden == ()


def test_the_list_names_who_decided_it(ready: Workspace) -> None:
    with pytest.raises(Refused, match="phải ghi cơ quan"):
        take(ready, "list", number="9/QĐ-TTg", system=ONE_STOP.id)
    told = Said(on=ON, number="9/QĐ-TTg", office="Thủ tướng Chính phủ")
    done = record_step(ready, [ONE_STOP.id], "list", told, today=TODAY)[0]
    assert done.taken.paper is not None
    assert done.taken.paper.issuer == "Thủ tướng Chính phủ"
    with pytest.raises(Refused, match="đã ghi rồi"):
        record_step(ready, [ONE_STOP.id], "list", told, today=TODAY)
