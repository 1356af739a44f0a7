"""Commands on the whole workspace: init, verify, backup, restore, history."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, WorkspaceOption, opened, place_of
from compliance.cli.output import next_step, say, show_json, show_table

if TYPE_CHECKING:
    from compliance.services.workspaces import Change, Soundness

DatabaseOption = Annotated[
    str | None,
    typer.Option(
        "--database",
        metavar="ĐỊA-CHỈ",
        help="Máy chủ PostgreSQL chứa dữ liệu; bỏ trống thì dùng một tệp SQLite trong thư mục hồ sơ.",
        show_default=False,
    ),
]


def _grouped(count: int) -> str:
    from compliance.domain.wording import number_text

    return number_text(count)


def init(workspace: WorkspaceOption = None, database: DatabaseOption = None) -> None:
    """Tạo thư mục hồ sơ mới, còn trống."""
    from compliance.services.workspaces import start

    path = start(place_of(workspace), database)
    say(f"Đã tạo thư mục hồ sơ: {path}")
    say("Mọi thông tin kê khai được lưu tại đây; không chép thư mục này lên ổ mạng dùng chung hoặc kho mã nguồn.")
    next_step("nhập danh mục đơn vị và hệ thống thông tin: compliance systems import TỆP")


def verify(workspace: WorkspaceOption = None, as_json: JsonOption = False) -> None:
    """Kiểm tra toàn bộ hồ sơ: lịch sử, bản hiện hành và tệp đính kèm."""
    from compliance.errors import BadData
    from compliance.services.workspaces import verify as check

    with opened(workspace) as office:
        found = check(office)
        place = office.path
    if as_json:
        show_json({**_figures(found), "faults": [str(fault) for fault in found.faults]})
    if found.faults:
        raise BadData(
            f"Hồ sơ tại {place} có {len(found.faults)} lỗi. Hãy giữ nguyên thư mục này và phục hồi bản sao lưu gần "
            "nhất vào một thư mục mới: compliance restore TỆP-SAO-LƯU --workspace THƯ-MỤC-MỚI",
            found.faults,
        )
    if not as_json:
        say(f"Hồ sơ tại {place} nguyên vẹn: {_counts(found)}.")
        _say_seal(found.last_digest)
        next_step("lập bản sao lưu và cất ngoài máy này: compliance backup TỆP.zip")


def backup(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tên bản sao lưu sẽ ghi, ví dụ E:/ho-so-2026-11-22.zip.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lập bản sao lưu toàn bộ hồ sơ thành một tệp."""
    from compliance.services.workspaces import back_up

    with opened(workspace) as office:
        done = back_up(office, file)
    if as_json:
        figures = {"records": done.records, "attachments": done.attachments, "last_digest": done.last_digest}
        show_json({"path": str(done.path), "size": done.size, **figures})
        return
    say(f"Đã lập và đọc lại bản sao lưu: {done.path} ({_grouped(-(-done.size // 1024))} KB).")
    say(f"Gồm {_grouped(done.records)} bản ghi và {_grouped(done.attachments)} tệp đính kèm.")
    _say_seal(done.last_digest)
    next_step("cất bản sao ra ổ đĩa khác, để nơi an toàn; khi cần thì chạy: compliance restore TỆP")


def restore(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Bản sao lưu do lệnh backup ghi.")],
    workspace: WorkspaceOption = None,
    database: DatabaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Phục hồi bản sao lưu vào một thư mục mới hoặc trống."""
    from compliance.services.workspaces import restore as bring_back

    path = place_of(workspace)
    found = bring_back(file, path, database=database)
    if as_json:
        show_json({"path": str(path), **_figures(found)})
        return
    say(f"Đã phục hồi hồ sơ vào {path}: {_counts(found)}. Toàn bộ đã được kiểm tra.")
    _say_seal(found.last_digest)
    next_step(f'xem lại danh mục hệ thống: compliance systems list --workspace "{path}"')


def history(
    kind: Annotated[str, typer.Argument(metavar="LOẠI", help="Loại bản ghi: system (hệ thống), unit (đơn vị)…")],
    record_id: Annotated[str, typer.Argument(metavar="MÃ", help="Mã của bản ghi, ví dụ thu-dien-tu.")],
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Xem ai đã sửa gì, khi nào, của một bản ghi."""
    from compliance.domain.field_label import field_label
    from compliance.services.workspaces import history as versions_of

    with opened(workspace) as office:
        changes = versions_of(office, kind, record_id)
    if as_json:
        show_json([_change_json(change) for change in changes])
        return
    rows = [
        (
            change.revision.version,
            f"{change.revision.recorded_at:%d/%m/%Y %H:%M}",
            change.revision.recorded_by,
            change.revision.reason,
            "lập mới" if change.revision.version == 1 else ", ".join(field_label(kind, one) for one in change.fields),
        )
        for change in changes
    ]
    show_table(rows, ("Phiên bản", "Thời điểm", "Người ghi", "Lý do", "Mục thay đổi"), (9, 16, 20, 24, 40))
    next_step("kiểm tra toàn bộ lịch sử còn nguyên vẹn: compliance verify")


def _figures(found: Soundness) -> dict[str, object]:
    return {"records": found.records, "attachments": found.attachments, "last_digest": found.last_digest}


def _counts(found: Soundness) -> str:
    return f"{_grouped(found.records)} bản ghi, {_grouped(found.attachments)} tệp đính kèm"


def _say_seal(digest: str) -> None:
    if digest:
        say(f"Mã niêm phong cuối: {digest[:16]} (ghi vào sổ để đối chiếu về sau).")


def _change_json(change: Change) -> dict[str, object]:
    revision = change.revision
    return {
        "kind": revision.kind,
        "id": revision.id,
        "version": revision.version,
        "recorded_at": revision.recorded_at.isoformat(),
        "recorded_by": revision.recorded_by,
        "reason": revision.reason,
        "changed": list(change.fields),
        "digest": revision.digest,
    }


def register(root: typer.Typer) -> None:
    """Put these commands at the top level of the program."""
    for name, command in (
        ("init", init),
        ("verify", verify),
        ("backup", backup),
        ("restore", restore),
        ("history", history),
    ):
        root.command(name)(command)


app = typer.Typer(help="Thư mục hồ sơ: tạo, kiểm tra, sao lưu, phục hồi, xem lịch sử.", no_args_is_help=True)
register(app)
