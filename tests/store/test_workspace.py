"""A workspace is made, opened, and refused with a sentence that says what to do."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import URL

from compliance.adapters.places import file_system_of
from compliance.adapters.workspace import Workspace, create_workspace, default_path, default_user, open_workspace
from compliance.errors import ComplianceError, NotFound, WorkspaceRefused

from .conftest import MORNING, OFFICE, local, now, put


def opening(path: Path, error: type[ComplianceError] = WorkspaceRefused) -> str:
    with pytest.raises(error) as refused:
        open_workspace(path, file_system=local)
    return str(refused.value)


def creating(path: Path, database: str | None = None) -> str:
    with pytest.raises(WorkspaceRefused) as refused:
        create_workspace(path, database=database, file_system=local)
    return str(refused.value)


@pytest.fixture
def closed(workspace: Workspace) -> Path:
    put(workspace.store, "system", "a", "{}")
    workspace.close()
    return workspace.path


@pytest.fixture
def writable_again(closed: Path) -> Iterator[Path]:
    yield closed
    closed.chmod(0o700)


# --- made and opened


def test_a_new_workspace_says_what_it_is_and_is_private(workspace: Workspace) -> None:
    about = json.loads((workspace.path / "workspace.json").read_text(encoding="utf-8"))
    assert about == {"format": 1, "database": "ho-so.sqlite", "created_at": MORNING.isoformat()}
    assert {file.name for file in workspace.path.iterdir()} == {"workspace.json", "ho-so.sqlite", "tep", "nhat-ky"}
    assert workspace.path.stat().st_mode & 0o077 == 0


def test_what_was_recorded_is_there_after_opening_again(closed: Path) -> None:
    with open_workspace(closed, by="Công an xã", now=now, file_system=local) as again:
        with again.act("bổ sung") as act:
            act.put("system", "a", '{"v":2}', 1)
        assert [(r.recorded_by, r.recorded_at) for r in again.store.history("system", "a")] == [
            (OFFICE, MORNING),
            ("Công an xã", MORNING),
        ]


def test_the_database_is_one_file_with_a_rollback_journal(workspace: Workspace) -> None:
    put(workspace.store, "system", "a", "{}")
    connection = sqlite3.connect(workspace.path / "ho-so.sqlite")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
    assert not list(workspace.path.glob("ho-so.sqlite-*"))


def test_a_workspace_is_made_in_an_empty_folder_and_in_a_new_one_below_new_ones(tmp_path: Path) -> None:
    (tmp_path / "trống").mkdir()
    for place in (tmp_path / "trống", tmp_path / "xã Hợp Minh" / "hồ sơ"):
        create_workspace(place, file_system=local).close()
        open_workspace(place, file_system=local).close()


def test_the_place_comes_from_the_environment_or_is_in_the_home_folder() -> None:
    home = Path("/home/van-phong")
    assert default_path({}, home) == home / "ho-so-an-ninh-mang"
    assert default_path({"COMPLIANCE_WORKSPACE": "/srv/ho-so"}, home) == Path("/srv/ho-so")


def test_who_records_comes_from_the_environment_or_is_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    assert default_user({"COMPLIANCE_USER": " Công an xã "}) == "Công an xã"
    monkeypatch.setenv("LOGNAME", "vanphong")
    assert default_user({"COMPLIANCE_USER": " "}) == "vanphong"


def test_records_can_lie_on_a_server(address: URL, tmp_path: Path) -> None:
    if address.get_backend_name() == "sqlite":
        pytest.skip("about a server")
    shown = address.render_as_string(hide_password=False)
    with create_workspace(tmp_path / "tinh", database=shown, file_system=local) as workspace:
        put(workspace.store, "system", "a", "{}")
    assert not (tmp_path / "tinh" / "ho-so.sqlite").exists()
    with open_workspace(tmp_path / "tinh", file_system=local) as again:
        assert again.store.ids("system") == ["a"]
        assert again.store.verify() == []


# --- refused


def test_a_missing_folder_is_not_found_and_the_command_to_make_it_is_named(tmp_path: Path) -> None:
    told = opening(tmp_path / "khong-co", NotFound)
    assert "Không thấy thư mục hồ sơ" in told
    assert f'compliance init --workspace "{tmp_path}/khong-co"' in told


def test_a_folder_that_is_no_workspace(tmp_path: Path) -> None:
    assert "compliance init" in opening(tmp_path)
    (tmp_path / "tep.txt").touch()
    assert "là một tệp" in opening(tmp_path / "tep.txt")


def test_a_workspace_of_a_newer_program(closed: Path) -> None:
    about = json.loads((closed / "workspace.json").read_text())
    (closed / "workspace.json").write_text(json.dumps({**about, "format": 2}))
    assert "cập nhật chương trình" in opening(closed)


def test_a_database_of_a_newer_program(closed: Path) -> None:
    connection = sqlite3.connect(closed / "ho-so.sqlite", isolation_level=None)
    connection.execute("UPDATE meta SET format = 2")
    connection.close()
    assert "cập nhật chương trình" in opening(closed)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"format": null, "database": 1}', "\xff"])
def test_a_workspace_whose_description_is_broken(closed: Path, content: str) -> None:
    (closed / "workspace.json").write_text(content, encoding="latin-1")
    assert "compliance restore" in opening(closed)


def test_a_workspace_without_its_database(closed: Path) -> None:
    (closed / "ho-so.sqlite").unlink()
    assert "thiếu tệp ho-so.sqlite" in opening(closed)
    assert not (closed / "ho-so.sqlite").exists()


def test_a_database_that_is_somebody_elses(closed: Path) -> None:
    (closed / "ho-so.sqlite").unlink()
    connection = sqlite3.connect(closed / "ho-so.sqlite", isolation_level=None)
    connection.execute("CREATE TABLE x (y)")
    connection.close()
    assert "không phải do chương trình tạo ra" in opening(closed)


def test_a_database_that_lost_a_table_or_its_end_can_still_be_looked_into(closed: Path) -> None:
    connection = sqlite3.connect(closed / "ho-so.sqlite", isolation_level=None)
    connection.execute("DELETE FROM meta")
    with open_workspace(closed, file_system=local) as workspace:
        assert "điểm cuối" in str(workspace.store.verify()[0])
    connection.execute("DROP TABLE head")
    with open_workspace(closed, file_system=local) as workspace:
        assert "mất bảng" in str(workspace.store.verify()[0])
    connection.close()


def test_a_read_only_database_file(closed: Path) -> None:
    (closed / "ho-so.sqlite").chmod(0o444)
    assert "chỉ đọc" in opening(closed)


def test_a_read_only_folder(writable_again: Path) -> None:
    writable_again.chmod(0o500)
    assert "chỉ đọc" in opening(writable_again)


def test_a_workspace_cannot_be_made_in_a_read_only_folder(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "Không có quyền ghi" in creating(tmp_path / "ho-so")
    tmp_path.chmod(0o700)


def test_a_database_locked_for_good_is_told_as_somebody_writing(closed: Path) -> None:
    other = sqlite3.connect(closed / "ho-so.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(WorkspaceRefused, match="Đang có người khác ghi"):
        open_workspace(closed, wait_seconds=0, file_system=local)
    other.close()


def test_somebody_writing_does_not_stop_another_from_opening_and_reading(closed: Path) -> None:
    other = sqlite3.connect(closed / "ho-so.sqlite", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_workspace(closed, wait_seconds=0, file_system=local) as workspace:
        assert workspace.store.ids("system") == ["a"]
        with pytest.raises(WorkspaceRefused, match="Đang có người khác ghi"):
            put(workspace.store, "system", "b", "{}")
    other.close()


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "smb3", "fuse.sshfs"])
def test_a_network_share(tmp_path: Path, closed: Path, kind: str) -> None:
    with pytest.raises(WorkspaceRefused, match="ổ mạng dùng chung"):
        open_workspace(closed, file_system=lambda _path: kind)
    with pytest.raises(WorkspaceRefused, match="PostgreSQL"):
        create_workspace(tmp_path / "moi", file_system=lambda _path: kind)


def test_the_file_system_is_read_from_the_mount_table() -> None:
    mounts = "\n".join(
        (
            "/dev/sda1 / ext4 rw 0 0",
            "//may-chu/chung /mnt/o\\040chung cifs rw 0 0",
            "/dev/sdb1 /mnt/o\\040chung/trong ext4 rw 0 0",
            "/dev/sdc1 /srv ext4 rw 0 0",
            "may-chu:/srv /srv nfs4 rw 0 0",
        )
    )
    kinds = {
        "/home/a": "ext4",
        "/mnt/o chung": "cifs",
        "/mnt/o chung/ho-so": "cifs",
        "/mnt/o chung khac": "ext4",
        "/mnt/o chung/trong/x": "ext4",
        "/srv/ho-so": "nfs4",
    }
    assert {path: file_system_of(Path(path), mounts) for path in kinds} == kinds
    assert file_system_of(Path("/home/a"), "") == ""


GIT_CONFIG = '[core]\n\tbare = false\n[remote "origin"]\n\turl = https://example.invalid/x.git\n'


def test_a_git_tree_with_a_remote(tmp_path: Path, closed: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("[core]\n\tbare = false\n")
    open_workspace(closed, file_system=local).close()
    (tmp_path / ".git" / "config").write_text(GIT_CONFIG)
    assert "kho mã nguồn git" in opening(closed)
    assert "kho mã nguồn git" in creating(tmp_path / "sau" / "trong")
    assert not (tmp_path / "sau").exists()


def test_a_submodule_and_a_linked_work_tree_with_a_remote(tmp_path: Path) -> None:
    store = tmp_path / "repo" / ".git"
    (store / "modules" / "con").mkdir(parents=True)
    (store / "worktrees" / "nhanh").mkdir(parents=True)
    (store / "modules" / "con" / "config").write_text(GIT_CONFIG)
    (store / "config").write_text(GIT_CONFIG)
    (store / "worktrees" / "nhanh" / "commondir").write_text("../..\n")
    for name, target in (("con", "../repo/.git/modules/con"), ("nhanh", str(store / "worktrees" / "nhanh"))):
        (tmp_path / name).mkdir()
        (tmp_path / name / ".git").write_text(f"gitdir: {target}\n")
        assert "kho mã nguồn git" in creating(tmp_path / name / "ho-so")


def test_a_link_into_a_git_tree_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "repo" / ".git" / "config").write_text(GIT_CONFIG)
    (tmp_path / "loi-tat").symlink_to(tmp_path / "repo")
    assert "kho mã nguồn git" in creating(tmp_path / "loi-tat" / "ho-so")


def test_a_place_that_is_taken(tmp_path: Path, closed: Path) -> None:
    assert "đã là thư mục hồ sơ" in creating(closed)
    (tmp_path / "anh").mkdir()
    (tmp_path / "anh" / "1.png").touch()
    assert "đã có dữ liệu khác" in creating(tmp_path / "anh")
    assert "Không tạo được" in creating(tmp_path / "anh" / "1.png" / "ho-so")


@pytest.mark.parametrize(
    ("database", "told"),
    [
        ("mysql://x/y", "không đúng dạng"),
        ("///", "không đúng dạng"),
        ("postgresql+psycopg://a:bimat@127.0.0.1/x", "PGPASSWORD"),
        ("postgresql+psycopg://a@127.0.0.1:1/x", "Không kết nối được"),
    ],
)
def test_an_address_that_cannot_serve_leaves_nothing_behind(tmp_path: Path, database: str, told: str) -> None:
    sentence = creating(tmp_path / "ho-so", database)
    assert told in sentence
    assert "bimat" not in sentence
    assert list(tmp_path.iterdir()) == []
