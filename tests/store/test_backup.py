"""A backup brings everything back, and nothing that is not a good backup becomes a workspace."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import zipfile
from hashlib import sha256
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import URL

from compliance.adapters.workspace import Workspace, create_workspace, open_workspace
from compliance.errors import BadData, ComplianceError, NotFound, Refused, WorkspaceRefused
from compliance.services.workspaces import back_up, restore, verify

from .conftest import OFFICE, local, now, put, tamper_with_file
from .test_attachments import DRAWING, PICTURE


@pytest.fixture
def filled(workspace: Workspace) -> Workspace:
    fill(workspace)
    return workspace


def fill(workspace: Workspace) -> None:
    name = workspace.attachments.add(PICTURE)
    workspace.attachments.add(DRAWING)
    diagram = {"file_name": "sơ đồ.png", "sha256": name, "media_type": "image/png"}
    put(workspace.store, "unit", "ubnd", '{"name":"Ủy ban nhân dân xã"}')
    put(workspace.store, "system", "thu", '{"v":1}', json.dumps({"diagrams": [diagram]}, ensure_ascii=False))


@pytest.fixture
def backup(filled: Workspace, tmp_path: Path) -> Path:
    return back_up(filled, tmp_path / "sao-luu.zip").path


def restoring(backup: Path, place: Path, error: type[ComplianceError] = BadData) -> str:
    with pytest.raises(error) as refused:
        restore(backup, place, file_system=local)
    assert not place.exists() or not any(place.iterdir())
    assert not list(place.parent.glob(".tam-*"))
    faults = refused.value.faults if isinstance(refused.value, BadData) else ()
    return "\n".join([str(refused.value), *map(str, faults)])


def rewritten(backup: Path, **changes: bytes | None) -> Path:
    """The backup with members replaced, added or (``None``) left out."""
    new = backup.with_name("sua.zip")
    with zipfile.ZipFile(backup) as old, zipfile.ZipFile(new, "w") as out:
        members = {name: old.read(name) for name in old.namelist()} | changes
        for name, data in members.items():
            if data is not None:
                out.writestr(name, data)
    return new


def test_what_was_backed_up_comes_back_whole(filled: Workspace, backup: Path, tmp_path: Path) -> None:
    found = restore(backup, tmp_path / "moi", now=now, file_system=local)
    with open_workspace(tmp_path / "moi", file_system=local) as again:
        assert list(again.store.entries()) == list(filled.store.entries())
        assert list(again.attachments.names()) == list(filled.attachments.names())
        assert again.store.tip() == filled.store.tip()
        assert verify(again).faults == ()
        put(again.store, "system", "thu", '{"v":3}')
        assert verify(again).faults == ()
    assert (found.records, found.attachments) == (3, 2)
    assert {file.name for file in (tmp_path / "moi").iterdir()} == {"workspace.json", "ho-so.sqlite", "tep", "nhat-ky"}


def test_a_backup_unpacked_by_hand_is_a_workspace(filled: Workspace, backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        archive.extractall(tmp_path / "tay")
    with open_workspace(tmp_path / "tay", file_system=local) as again:
        assert verify(again) == verify(filled)


def test_the_list_of_contents_says_when_who_and_how_much(filled: Workspace, backup: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        contents = json.loads(archive.read("muc-luc.json"))
    assert (contents["made_at"], contents["made_by"]) == ("2026-11-22T08:00:00+07:00", OFFICE)
    assert (contents["records"], contents["last_digest"]) == (3, filled.store.tip().digest)


def test_records_move_between_a_file_and_a_server(address: URL, filled: Workspace, tmp_path: Path) -> None:
    if address.get_backend_name() == "sqlite":
        pytest.skip("about a server")
    there = address.render_as_string(hide_password=False)
    restore(back_up(filled, tmp_path / "1.zip").path, tmp_path / "tinh", database=there, file_system=local)
    with open_workspace(tmp_path / "tinh", now=now, file_system=local) as province:
        assert list(province.store.entries()) == list(filled.store.entries())
        assert verify(province).faults == ()
        put(province.store, "system", "thu", '{"v":"tỉnh"}')
        back_up(province, tmp_path / "2.zip")
        restore(tmp_path / "2.zip", tmp_path / "ve", file_system=local)
        with open_workspace(tmp_path / "ve", file_system=local) as back:
            assert list(back.store.entries()) == list(province.store.entries())
            assert verify(back).faults == ()
    with pytest.raises(WorkspaceRefused, match="đã có dữ liệu"):
        restore(tmp_path / "1.zip", tmp_path / "lai", database=there, file_system=local)
    assert not (tmp_path / "lai").exists()


# --- writing one is refused


def test_a_backup_never_overwrites(filled: Workspace, backup: Path) -> None:
    before = backup.read_bytes()
    with pytest.raises(Refused, match="không ghi đè"):
        back_up(filled, backup)
    assert backup.read_bytes() == before


def test_a_backup_is_not_kept_inside_what_it_saves(filled: Workspace) -> None:
    with pytest.raises(Refused, match="nằm ngay trong thư mục hồ sơ"):
        back_up(filled, filled.path / "sao-luu.zip")


def test_a_backup_needs_a_folder_outside_shared_source(filled: Workspace, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="Không có thư mục"):
        back_up(filled, tmp_path / "khong-co" / "x.zip")
    (tmp_path / "ma" / ".git").mkdir(parents=True)
    (tmp_path / "ma" / ".git" / "config").write_text('[remote "origin"]\n')
    with pytest.raises(WorkspaceRefused, match="git"):
        back_up(filled, tmp_path / "ma" / "x.zip")


def test_a_damaged_workspace_is_not_backed_up_over_good_ones(filled: Workspace, tmp_path: Path) -> None:
    tamper_with_file(filled.path / "ho-so.sqlite", "UPDATE revision SET reason = 'khác' WHERE seq = 1")
    name = next(filled.attachments.names())
    filled.attachments.path(name).write_bytes(b"x")
    with pytest.raises(BadData) as refused:
        back_up(filled, tmp_path / "x.zip")
    assert len(refused.value.faults) == 2
    assert {file.name for file in tmp_path.iterdir()} == {"ho-so"}
    assert not list(filled.path.glob(".tam-*"))


def test_lost_triggers_come_back_by_backup_and_restore(filled: Workspace, tmp_path: Path) -> None:
    connection = sqlite3.connect(filled.path / "ho-so.sqlite")
    connection.execute("DROP TRIGGER revision_no_delete")
    connection.close()
    assert "sao lưu rồi phục hồi" in str(verify(filled).faults[0])
    restore(back_up(filled, tmp_path / "x.zip").path, tmp_path / "moi", file_system=local)
    with open_workspace(tmp_path / "moi", file_system=local) as again:
        assert verify(again).faults == ()


# --- restoring is refused


def test_restore_into_new_or_empty_folders_only(filled: Workspace, backup: Path, tmp_path: Path) -> None:
    with pytest.raises(WorkspaceRefused, match="đã là thư mục hồ sơ"):
        restore(backup, filled.path, file_system=local)
    (tmp_path / "anh").mkdir()
    restore(backup, tmp_path / "anh", file_system=local)


def test_a_missing_backup(tmp_path: Path) -> None:
    assert "Không thấy bản sao lưu" in restoring(tmp_path / "khong.zip", tmp_path / "moi", NotFound)


@pytest.mark.parametrize("part", [0, 0.1, 0.5, 0.99])
def test_a_backup_cut_short(backup: Path, tmp_path: Path, part: float) -> None:
    os.truncate(backup, int(backup.stat().st_size * part))
    assert "bị cụt" in restoring(backup, tmp_path / "moi")


def test_some_other_zip(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "anh.zip", "w") as archive:
        archive.writestr("anh.png", b"x")
    assert "nội dung lạ" in restoring(tmp_path / "anh.zip", tmp_path / "moi")


@pytest.mark.parametrize("name", ["../ngoai.txt", "/etc/ngoai.txt", "tep/../../ngoai", "tep/ab/cd", "C:\\x", "x.exe"])
def test_a_member_that_would_leave_the_folder(backup: Path, tmp_path: Path, name: str) -> None:
    told = restoring(rewritten(backup, **{name: b"x"}), tmp_path / "moi")
    assert "không thuộc về một bản sao lưu" in told


def test_a_member_larger_than_allowed(backup: Path, tmp_path: Path) -> None:
    assert "lớn quá mức" in restoring(rewritten(backup, **{"workspace.json": b" " * 70_000}), tmp_path / "moi")


def test_members_missing_from_the_list_and_members_not_on_it(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        attached = next(name for name in archive.namelist() if name.startswith("tep/"))
    extra = f"tep/ff/{'f' * 64}"
    told = restoring(rewritten(backup, **{attached: None, extra: b"x"}), tmp_path / "moi")
    assert attached in told
    assert extra in told


@pytest.mark.parametrize("contents", [None, b"", b"[]", b'{"format":1,"files":{"a":1}}', b'{"format":"x","files":{}}'])
def test_a_broken_list_of_contents(backup: Path, tmp_path: Path, contents: bytes | None) -> None:
    assert "mục lục" in restoring(rewritten(backup, **{"muc-luc.json": contents}), tmp_path / "moi")


def test_a_backup_of_a_newer_program(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        contents = json.loads(archive.read("muc-luc.json"))
    newer = json.dumps({**contents, "format": 2}).encode()
    assert "cập nhật" in restoring(rewritten(backup, **{"muc-luc.json": newer}), tmp_path / "moi", Refused)


def test_a_changed_member_is_named(backup: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(backup) as archive:
        data = bytearray(archive.read("ho-so.sqlite"))
    data[-1] ^= 1
    told = restoring(rewritten(backup, **{"ho-so.sqlite": bytes(data)}), tmp_path / "moi")
    assert "ho-so.sqlite: nội dung khác với mục lục" in told


def test_flipped_bits_in_the_file_are_found(backup: Path, tmp_path: Path) -> None:
    data = bytearray(backup.read_bytes())
    place = data.find(b"ho-so.sqlite") + 600
    data[place : place + 64] = bytes(64)
    backup.write_bytes(data)
    assert "ho-so.sqlite: " in restoring(backup, tmp_path / "moi")


def test_a_forged_backup_whose_list_agrees_still_fails_on_the_chain(filled: Workspace, tmp_path: Path) -> None:
    backup = back_up(filled, tmp_path / "x.zip").path
    with zipfile.ZipFile(backup) as archive:
        (tmp_path / "gia.sqlite").write_bytes(archive.read("ho-so.sqlite"))
        contents = json.loads(archive.read("muc-luc.json"))
    tamper_with_file(tmp_path / "gia.sqlite", "UPDATE revision SET body = '{\"v\":9}' WHERE seq = 2")
    forged = (tmp_path / "gia.sqlite").read_bytes()
    contents["files"]["ho-so.sqlite"] = {"size": len(forged), "sha256": sha256(forged).hexdigest()}
    changed = rewritten(backup, **{"ho-so.sqlite": forged, "muc-luc.json": json.dumps(contents).encode()})
    assert "hệ thống “thu”, phiên bản 1" in restoring(changed, tmp_path / "moi")


def test_a_disk_too_small(backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1))
    assert "không đủ chỗ trống" in restoring(backup, tmp_path / "moi", Refused)


def test_an_attachment_a_record_refers_to_must_be_there(filled: Workspace) -> None:
    name = next(name for name in filled.attachments.names() if filled.attachments.read(name) == PICTURE)
    filled.attachments.path(name).unlink()
    assert [fault.file for fault in verify(filled).faults] == [f"tep/{name[:2]}/{name}"]


def test_an_empty_workspace_can_be_backed_up_and_restored(workspace: Workspace, tmp_path: Path) -> None:
    restore(back_up(workspace, tmp_path / "x.zip").path, tmp_path / "moi", file_system=local)
    with open_workspace(tmp_path / "moi", file_system=local) as again:
        assert verify(again).records == 0


def test_a_backup_of_one_thousand_and_one_records_is_complete(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "lon", by=OFFICE, now=now, file_system=local) as large:
        with large.act() as act:
            for number in range(1001):
                act.put("system", f"s-{number}", "{}", 0)
        restore(back_up(large, tmp_path / "x.zip").path, tmp_path / "moi", file_system=local)
        with open_workspace(tmp_path / "moi", file_system=local) as again:
            assert list(again.store.entries()) == list(large.store.entries())
