"""Evidence: files as they came, papers on the shelf, what was seen; and what must never get in."""

from __future__ import annotations

import errno
import os
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.adapters import attachments
from compliance.adapters.attachments import MAX_BYTES
from compliance.adapters.brought_files import safe_name
from compliance.adapters.workspace import Workspace, open_workspace
from compliance.domain.evidence import EvidenceKind, Shelf
from compliance.errors import BadData, NotFound, Refused, WorkspaceRefused
from compliance.services import evidence
from compliance.services.evidence import Describing
from compliance.services.workspaces import back_up, restore
from compliance.services.workspaces import verify as verify_everything
from tests.assessments.conftest import LEVEL_ONE, LEVEL_TWO
from tests.documents.office import TODAY

PDF = b"%PDF-1.7\n%%EOF\n"
PHOTO = b"\xff\xd8\xff\xe0 anh chup"
SERVES = [(LEVEL_TWO, "4.1-a")]
ABOUT = Describing()


def scan(folder: Path, name: str = "quyet-dinh.pdf", data: bytes = PDF) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def faults_of(office: Workspace, *files: Path) -> list[str]:
    with pytest.raises(BadData) as told:
        evidence.add_files(office, files, ABOUT, serves=SERVES, today=TODAY)
    return [str(one) for one in told.value.faults]


def test_a_file_is_kept_as_it_came_with_both_days(office: Workspace, tmp_path: Path) -> None:
    about = Describing("Quyết định phân công", dated_on=date(2026, 3, 5), valid_until=date(2027, 3, 5))
    (one,) = evidence.add_files(office, [scan(tmp_path)], about, serves=SERVES, today=TODAY)
    assert one.file is not None
    assert office.attachments.read(one.file.sha256) == PDF
    assert (one.id, one.dated_on, one.filed_on) == ("mc-2026-0001", date(2026, 3, 5), TODAY)
    assert (one.file.media_type, one.file.size, one.file.file_name) == ("application/pdf", len(PDF), "quyet-dinh.pdf")


def test_the_same_content_is_stored_once_and_may_be_two_pieces(office: Workspace, tmp_path: Path) -> None:
    files, before = [scan(tmp_path, "a.pdf"), scan(tmp_path, "b.pdf")], set(office.attachments.names())
    first, second = evidence.add_files(office, files, ABOUT, serves=[], today=TODAY)
    assert first.id != second.id
    assert set(office.attachments.names()) - before == {sha256(PDF).hexdigest()}


def test_one_piece_serves_many_requirements_of_many_systems(office: Workspace, tmp_path: Path) -> None:
    serves = [(LEVEL_TWO, "4.1-a"), (LEVEL_TWO, "4.1-b"), (LEVEL_ONE, "3.1-a")]
    (one,) = evidence.add_files(office, [scan(tmp_path)], ABOUT, serves=serves, today=TODAY)
    evidence.link(office, one.id, [(LEVEL_ONE, "d30.7")])
    (filed,) = evidence.filed(office)
    assert len(filed.supports) == 4
    assert set(evidence.evidence_of(office, LEVEL_TWO)) == {(LEVEL_TWO, "4.1-a"), (LEVEL_TWO, "4.1-b")}


def test_a_paper_says_where_it_stands(office: Workspace) -> None:
    shelf = Shelf(cabinet="2", folder="An ninh mạng 2026", number="12/QĐ-UBND", sheets=3)
    about = Describing("Quy chế", dated_on=date(2026, 1, 9))
    one = evidence.add_paper(office, shelf, about, serves=SERVES, today=TODAY)
    assert one.where == "Tủ 2, cặp “An ninh mạng 2026”"
    assert one.text_line == "Quy chế số 12/QĐ-UBND ngày 09/01/2026"


def test_an_observation_may_carry_what_a_program_printed(office: Workspace) -> None:
    raw = "Kết quả: đồng bộ\n".encode()
    one = evidence.add_observation(office, "Đồng hồ đã đồng bộ", ABOUT, serves=SERVES, today=TODAY, raw=raw)
    assert (one.kind, one.title) == (EvidenceKind.OBSERVATION, "Đồng hồ đã đồng bộ")
    assert one.file is not None
    assert office.attachments.read(one.file.sha256) == raw


# --- what must not get in


def test_every_bad_file_is_told_and_none_is_kept(office: Workspace, tmp_path: Path) -> None:
    link = tmp_path / "lien-ket.pdf"
    link.symlink_to(scan(tmp_path, "that.pdf"))
    huge = tmp_path / "lon.pdf"
    with huge.open("wb") as file:
        file.write(PDF)
        file.truncate(MAX_BYTES + 1)
    told = faults_of(
        office,
        scan(tmp_path, "tot.pdf"),
        scan(tmp_path, "rong.pdf", b""),
        huge,
        scan(tmp_path, "chay.pdf", b"MZ\x90\x00"),
        scan(tmp_path, "kich-ban.txt", b"#!/bin/sh\nrm -rf /\n"),
        link,
        tmp_path,
        tmp_path / "khong-co.pdf",
    )
    assert [one.partition(":")[0] for one in told] == [
        "rong.pdf",
        "lon.pdf",
        "chay.pdf",
        "kich-ban.txt",
        "lien-ket.pdf",
        safe_name(tmp_path.name),
        "khong-co.pdf",
    ]
    assert "rỗng" in told[0]
    assert "25 MB" in told[1]
    assert "không nhận tệp chương trình" in told[2]
    assert "liên kết" in told[4]
    assert (evidence.filed(office), list(office.store.ids("support"))) == ((), [])


def test_a_queue_is_not_waited_for(office: Workspace, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "ong.pdf")
    (told,) = faults_of(office, tmp_path / "ong.pdf")
    assert "không phải là tệp thường" in told


def test_unknown_requirements_and_systems_are_told_with_the_file(office: Workspace, tmp_path: Path) -> None:
    serves = [(LEVEL_TWO, "4.1-z"), ("khong-co", "4.1-a")]
    with pytest.raises(BadData) as told:
        evidence.add_files(office, [scan(tmp_path, "x.exe", b"MZ")], ABOUT, serves=serves, today=TODAY)
    assert len(told.value.faults) == 3


def test_a_document_from_tomorrow_is_refused(office: Workspace, tmp_path: Path) -> None:
    about = Describing(dated_on=TODAY + timedelta(days=1))
    with pytest.raises(BadData) as told:
        evidence.add_files(office, [scan(tmp_path)], about, serves=[], today=TODAY)
    assert "không thể sau ngày lưu" in str(told.value.faults[0])


def test_a_full_disk_leaves_nothing_half_stored(
    office: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file, before = scan(tmp_path), list(office.attachments.names())
    monkeypatch.setattr(attachments, "write_whole", full)
    with pytest.raises(WorkspaceRefused, match="ổ đĩa đã đầy"):
        evidence.add_files(office, [file], ABOUT, serves=SERVES, today=TODAY)
    assert (evidence.filed(office), list(office.attachments.names())) == ((), before)
    assert not verify_everything(office).faults


@pytest.mark.parametrize(
    ("given_name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("..\\..\\windows\\he-thong.pdf", "he-thong.pdf"),
        ("con.pdf", "tep-con.pdf"),
        ("...", "tep"),
        ("quyết định\x00\u202efdp.pdf", "quyết địnhfdp.pdf"),
        ('a<b>c:"d|e?f*.pdf', "a-b-c--d-e-f-.pdf"),
        ("Quyết định.PDF", "Quyết định.PDF"),
    ],
)
def test_names_are_made_safe(given_name: str, kept: str) -> None:
    assert safe_name(given_name) == kept


@given(st.text(max_size=300))
def test_no_name_leaves_its_folder(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe) <= 120
    assert Path(safe).name == safe
    assert not safe.startswith(".")


# --- what happens to it later


def test_lost_and_damaged_files_and_ended_papers_are_told(office: Workspace, tmp_path: Path) -> None:
    files = [scan(tmp_path, "a.pdf"), scan(tmp_path, "b.jpg", PHOTO)]
    lost, damaged = evidence.add_files(office, files, ABOUT, serves=SERVES, today=TODAY)
    old = Describing("Giấy phép", valid_until=TODAY - timedelta(days=1))
    evidence.add_paper(office, Shelf(cabinet="1"), old, serves=SERVES, today=TODAY)
    assert lost.file is not None
    assert damaged.file is not None
    office.attachments.path(lost.file.sha256).unlink()
    office.attachments.path(damaged.file.sha256).write_bytes(b"khac")
    told = [str(one) for one in evidence.verify(office, TODAY)]
    assert [one.split()[0] for one in told] == [lost.id, damaged.id, "mc-2026-0003"]
    assert "hết hạn từ ngày 21/11/2026" in told[2]
    assert len(verify_everything(office).faults) == 2


def test_a_link_taken_away_keeps_its_history_and_needs_a_reason(office: Workspace, tmp_path: Path) -> None:
    (one,) = evidence.add_files(office, [scan(tmp_path)], ABOUT, serves=SERVES, today=TODAY)
    with pytest.raises(Refused, match="lý do"):
        evidence.unlink(office, one.id, LEVEL_TWO, "4.1-a", reason="")
    evidence.unlink(office, one.id, LEVEL_TWO, "4.1-a", reason="Gắn nhầm")
    assert evidence.evidence_of(office, LEVEL_TWO) == {}
    assert len(office.store.history("support", f"{LEVEL_TWO}/4.1-a/{one.id}")) == 2
    with pytest.raises(NotFound):
        evidence.unlink(office, one.id, LEVEL_TWO, "4.1-b", reason="Gắn nhầm")
    with pytest.raises(NotFound):
        evidence.unlink(office, one.id, LEVEL_TWO, "4.1-a", reason="Gắn nhầm lần nữa")


def test_a_piece_linked_again_keeps_what_was_noted(office: Workspace, tmp_path: Path) -> None:
    (one,) = evidence.add_files(office, [scan(tmp_path)], Describing(note="Trang 2"), serves=SERVES, today=TODAY)
    evidence.unlink(office, one.id, *SERVES[0], reason="Gắn nhầm")
    evidence.link(office, one.id, SERVES)
    (filed,) = evidence.filed(office, system_id=LEVEL_TWO)
    assert [each.note for each in filed.supports] == ["Trang 2"]


def test_a_withdrawn_piece_proves_nothing(office: Workspace, tmp_path: Path) -> None:
    (one,) = evidence.add_files(office, [scan(tmp_path)], ABOUT, serves=SERVES, today=TODAY)
    evidence.withdraw(office, one.id, reason="Bản dự thảo")
    assert evidence.evidence_of(office, LEVEL_TWO) == {}
    assert not evidence.evidence(office, one.id).counts(TODAY)


def test_a_withdrawn_piece_is_neither_linked_nor_withdrawn_again(office: Workspace, tmp_path: Path) -> None:
    (one,) = evidence.add_files(office, [scan(tmp_path)], ABOUT, serves=[], today=TODAY)
    evidence.withdraw(office, one.id, reason="Bản dự thảo")
    with pytest.raises(Refused, match="Bản dự thảo"):
        evidence.link(office, one.id, SERVES)
    with pytest.raises(Refused, match="trước đó: Bản dự thảo"):
        evidence.withdraw(office, one.id, reason="Lý do khác")


def test_the_same_file_filed_again_is_noticed(office: Workspace, tmp_path: Path) -> None:
    (first,) = evidence.add_files(office, [scan(tmp_path)], ABOUT, serves=[], today=TODAY)
    (again,) = made = evidence.add_files(office, [scan(tmp_path)], ABOUT, serves=[], today=TODAY)
    assert evidence.same_content(office, made) == {again.id: (first.id,)}


def test_titles_and_words_have_an_end_and_a_title_is_one_line(office: Workspace) -> None:
    for about, text in ((Describing("x" * 301), "Đã xem"), (ABOUT, "x" * 10_001)):
        with pytest.raises(BadData) as told:
            evidence.add_observation(office, text, about, serves=[], today=TODAY)
        assert "dài quá" in str(told.value.faults[0])
    one = evidence.add_observation(office, "Đã xem", Describing("Sổ\ntheo dõi"), serves=[], today=TODAY)
    assert one.title == "Sổ theo dõi"


def test_a_check_of_another_system_is_not_where_it_was_shown(office: Workspace) -> None:
    about = Describing(assessment_id=f"{LEVEL_ONE}/2026-1")
    with pytest.raises(Refused, match="hệ thống khác"):
        evidence.add_observation(office, "Đã xem", about, serves=SERVES, today=TODAY)


def test_evidence_is_in_the_backup_and_comes_back(office: Workspace, tmp_path: Path) -> None:
    (one,) = evidence.add_files(office, [scan(tmp_path)], ABOUT, serves=SERVES, today=TODAY)
    back_up(office, tmp_path / "sao-luu.zip")
    restore(tmp_path / "sao-luu.zip", tmp_path / "moi")
    with open_workspace(tmp_path / "moi") as back:
        assert evidence.evidence(back, one.id) == one
        assert not evidence.verify(back, TODAY)
