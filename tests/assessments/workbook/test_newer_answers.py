"""Two people fill in one assessment: nobody's newer answer is lost, and nobody's work beside it."""

from __future__ import annotations

import pytest

from compliance.adapters.law import load_regimes
from compliance.adapters.workspace import Workspace
from compliance.domain.assessment import Assessment, Result
from compliance.domain.regime_status import regime_on
from compliance.services import assessments, reliances
from compliance.services.assessment_sheets import SheetImport
from tests.assessments.conftest import LEVEL_TWO, begin, say
from tests.assessments.workbook.filled import Filled, exported, faults_of, imported
from tests.documents.office import STAFF, TODAY, put_system


def state(office: Workspace, check: Assessment, requirement: str) -> str:
    row = assessments.load(office, check.id).row(requirement)
    assert row is not None
    return row.present_state


def test_two_files_one_after_the_other(office: Workspace, colleague: Workspace, check: Assessment) -> None:
    mine, theirs = exported(office, check, "toi.xlsx"), exported(office, check, "ban.xlsx")
    for requirement in ("4.1-a", "4.1-b"):
        mine.write(requirement, result="Đạt", present_state="tôi thấy")
    for requirement in ("4.1-b", "4.2.1-a"):
        theirs.write(requirement, result="Chưa đạt", present_state="bạn thấy")
    assert len(imported(office, check, mine).changed) == 2
    report = imported(colleague, check, theirs)
    assert [one.requirement for one in report.changed] == ["4.2.1-a"]
    (refused,) = report.refused
    assert (refused.requirement, refused.row) == ("4.1-b", 7)
    assert office.by in refused.reason
    assert "22/11/2026" in refused.reason
    assert "4.1-a" in report.unchanged
    assert [state(office, check, one) for one in ("4.1-a", "4.1-b", "4.2.1-a")] == ["tôi thấy", "tôi thấy", "bạn thấy"]


def test_with_force_and_a_reason_the_sheet_wins_and_the_reason_is_kept(office: Workspace, check: Assessment) -> None:
    book = exported(office, check).write("4.1-a", result="Đạt", present_state="xem lại tại chỗ")
    say(office, check, "4.1-a", Result.NON_COMPLIANT, present_state="nghe báo cáo")
    report = imported(office, check, book, force=True, reason="Đã kiểm tra lại tại chỗ")
    assert (report.refused, len(report.changed)) == ((), 1)
    assert report.changed[0].fields["present_state"] == ("nghe báo cáo", "xem lại tại chỗ")
    history = office.store.history("assessed", f"{check.id}/4.1-a")
    assert history[-1].reason == "Đã kiểm tra lại tại chỗ"
    assert len(history) == 2


def test_a_row_not_edited_never_brings_back_the_old(office: Workspace, check: Assessment) -> None:
    say(office, check, "4.1-a", present_state="trước")
    book = exported(office, check)
    say(office, check, "4.1-a", Result.NON_COMPLIANT, present_state="sau")
    report = imported(office, check, book, force=True, reason="ghi đè")
    assert report.changed == ()
    assert state(office, check, "4.1-a") == "sau"


def test_the_same_answer_given_twice_is_no_conflict(office: Workspace, check: Assessment) -> None:
    book = exported(office, check).write("4.1-a", result="Đạt", present_state="Quy trình số 7")
    say(office, check, "4.1-a", present_state="Quy trình số 7")
    report = imported(office, check, book)
    assert (report.changed, report.refused) == ((), ())


def test_somebody_answers_while_the_difference_is_read(
    office: Workspace, colleague: Workspace, check: Assessment
) -> None:
    book = exported(office, check).write("4.1-a", result="Đạt").write("4.1-b", result="Đạt")

    def agree(_: SheetImport) -> bool:
        say(colleague, check, "4.1-a", Result.NON_COMPLIANT, present_state="mới")
        return True

    report = imported(office, check, book, agree=agree)
    assert [one.requirement for one in report.changed] == ["4.1-b"]
    assert [one.requirement for one in report.refused] == ["4.1-a"]
    assert "Công an xã" in report.refused[0].reason
    assert state(office, check, "4.1-a") == "mới"


def test_a_store_older_than_the_sheet(office: Workspace, check: Assessment) -> None:
    book = exported(office, check).write("4.1-a", result="Đạt", version="7")
    (refused,) = imported(office, check, book).refused
    assert "sao lưu" in refused.reason


NETWORK = STAFF.model_copy(update={"id": "mang-noi-bo", "name": "Mạng nội bộ UBND xã Suối Mẫu", "diagrams": ()})


@pytest.fixture
def shared(office: Workspace) -> Workspace:
    """The staff system relies on the network, which has answered for both."""
    put_system(office, NETWORK)
    law = regime_on(TODAY, load_regimes())
    reliances.rely(office, LEVEL_TWO, NETWORK.id, ["risk"], regime=law, basis="Quyết định số 9/QĐ-UBND")
    say(office, begin(office, NETWORK.id), "4.1-a", present_state="Quy trình số 3")
    return office


def of_staff(office: Workspace) -> tuple[Assessment, Filled]:
    check = begin(office)
    return check, exported(office, check)


def test_a_shared_answer_names_its_source_and_is_left_alone(shared: Workspace) -> None:
    check, book = of_staff(shared)
    assert book.cell("4.1-a", "provider").value == f"{NETWORK.name}: Đạt"
    assert book.cell("4.1-a", "result").value is None
    assert imported(shared, check, book.path).changed == ()


def test_answering_for_oneself_needs_a_reason(shared: Workspace) -> None:
    check, book = of_staff(shared)
    (fault,) = faults_of(shared, check, book.write("4.1-a", result="Chưa đạt"))
    assert fault.column == "M: Lý do trả lời riêng"
    book.write("4.1-a", override="Có máy chủ riêng")
    assert len(imported(shared, check, book).changed) == 1
    row = assessments.load(shared, check.id).row("4.1-a")
    assert row is not None
    assert (row.result, row.from_provider) == (Result.NON_COMPLIANT, False)


def test_a_remark_beside_a_shared_answer_must_come_with_a_result(shared: Workspace) -> None:
    check, book = of_staff(shared)
    (fault,) = faults_of(shared, check, book.write("4.1-a", present_state="đã xem"))
    assert fault.column == "H: Kết quả"


def test_ones_own_answer_can_be_given_up_for_the_shared_one(shared: Workspace) -> None:
    check, _ = of_staff(shared)
    say(shared, check, "4.1-a", Result.NON_COMPLIANT, override="Có máy chủ riêng")
    book = exported(shared, check, "sau.xlsx").write("4.1-a", result="Chưa đánh giá", override="")
    assert len(imported(shared, check, book).changed) == 1
    row = assessments.load(shared, check.id).row("4.1-a")
    assert row is not None
    assert row.from_provider
