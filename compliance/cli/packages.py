"""Packages of dossiers: make one, read one back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, explain, opened
from compliance.cli.output import next_step, progress, say, say_remarks, show_json, show_table

if TYPE_CHECKING:
    from compliance.services.package_making import Outcome, PackageReport
    from compliance.services.package_said import DossierData

_SHOWN = 8
_TITLE = 60


def package(
    systems: Annotated[
        list[str], typer.Argument(metavar="MÃ-HỆ-THỐNG...", help="Một hoặc nhiều hệ thống của cùng một chủ quản.")
    ],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="THƯ-MỤC", help="Nơi đặt thư mục và tệp ZIP của bộ hồ sơ."),
    ] = None,
    each: Annotated[bool, typer.Option("--each", help="Lập riêng cho từng hệ thống một bộ hồ sơ.")] = False,
    redacted: Annotated[
        bool, typer.Option("--redacted", help="Lập bản đã che địa chỉ, số sê-ri, tài khoản, liên lạc, sơ đồ.")
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option("--jobs", min=1, max=16, metavar="SỐ", help="Số văn bản in cùng lúc; bỏ trống thì tùy máy."),
    ] = None,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lập bộ hồ sơ để trình: các văn bản đánh số, mục lục, bản Word, kê khai, tệp ZIP."""
    from compliance.services.packages import package_dossier, package_many

    progress("Đang soạn và in bộ hồ sơ …")
    on, systems = day(today), list(dict.fromkeys(systems))
    if not each or len(systems) == 1:
        with opened(workspace) as office:
            report = package_dossier(office, systems, today=on, out=out, jobs=jobs, redacted=redacted)
        _show_one(report, as_json)
        return
    done = 0

    def tell(outcome: Outcome) -> None:
        nonlocal done
        done += 1
        said = "xong" if outcome.report else "không lập được"
        progress(f"{done}/{len(systems)} {' '.join(outcome.system_ids)}: {said}")

    with opened(workspace) as office:
        outcomes = package_many(
            office, [[one] for one in systems], today=on, out=out, jobs=jobs, redacted=redacted, tell=tell
        )
    _show_many(outcomes, as_json)


def read(
    file: Annotated[
        Path, typer.Argument(metavar="TỆP", help="Một tệp PDF, tệp ZIP hoặc thư mục của bộ hồ sơ do chương trình lập.")
    ],
    compare: Annotated[bool, typer.Option("--compare", help="So với số liệu hiện có trong thư mục hồ sơ.")] = False,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Đọc lại một bộ hồ sơ: của hệ thống nào, còn nguyên vẹn không, khác gì với số liệu hiện nay."""
    from compliance.services.package_reading import read_package

    if compare:
        with opened(workspace) as office:
            found = read_package(file, workspace=office, today=day(today))
    else:
        found = read_package(file)
    if as_json:
        show_json(found.as_json())
        return
    _say_read(found)


def _show_one(report: PackageReport, as_json: bool) -> None:
    if as_json:
        show_json(report.as_json())
        return
    rows = [
        (one.path, one.title, one.pages or "–", one.match_code or "–") for one in report.files if "/" not in one.path
    ]
    show_table(rows, ("Tệp", "Nội dung", "Số trang", "Mã đối chiếu"), widths=(0, _TITLE, 8, 0))
    say(f"Thư mục: {report.folder}")
    say(f"Tệp ZIP: {report.zip}")
    say_remarks(report.remarks)
    _say_next(report)


def _say_next(report: PackageReport) -> None:
    from compliance.cli.lacks import say_missing

    ids = " ".join(report.system_ids)
    if report.redacted:
        next_step("đọc lại từng trang và tờ “nội dung đã che” trước khi gửi ra ngoài.")
    elif say_missing(report.missing, _SHOWN, f"bằng lệnh: compliance dossiers draft {ids}"):
        next_step(f"bổ sung rồi lập lại bộ hồ sơ: compliance dossiers package {ids}")
    else:
        next_step("trình ký văn bản đề nghị rồi gửi cả thư mục hoặc tệp ZIP.")


def _show_many(outcomes: tuple[Outcome, ...], as_json: bool) -> None:
    failed = [one for one in outcomes if one.error is not None]
    for one in failed:
        assert one.error is not None
        progress(f"{' '.join(one.system_ids)}:")
        explain(one.error)
    if as_json:
        show_json([_plain(one) for one in outcomes])
    else:
        rows = [
            (
                " ".join(one.system_ids),
                len(one.report.files) if one.report else "–",
                one.report.folder if one.report else "–",
            )
            for one in outcomes
        ]
        show_table(rows, ("Hệ thống", "Số tệp", "Thư mục"), widths=(0, 8, 0))
        done = len(outcomes) - len(failed)
        next_step(
            f"xem lại {len(failed)} bộ chưa lập được ở trên." if failed else f"trình ký và gửi {done} bộ hồ sơ đã lập."
        )
    if failed:
        raise typer.Exit(max(one.error.exit_code for one in failed if one.error))


def _plain(outcome: Outcome) -> dict[str, object]:
    if outcome.report is not None:
        return {**outcome.report.as_json(), "error": None}
    return {"systems": list(outcome.system_ids), "error": str(outcome.error)}


def _say_read(found: DossierData) -> None:
    say(found.title)
    for one in found.systems:
        say(f"  - {one.name} (mã {one.id}){f', cấp độ {one.level}' if one.level else ''}")
    made_on = "/".join(reversed(found.made_on.split("-")))
    say(f"Mã đối chiếu: {found.match_code}." + (f" Lập ngày {made_on}." if made_on else ""))
    rows = [(one.path, one.label) for one in found.files if one.state != "intact"]
    if rows:
        show_table(rows, ("Tệp", "Tình trạng"), widths=(0, 40))
    if found.unaltered is not None:
        counted = f" {len(found.files)} tệp" if found.files else ""
        say(f"Kiểm tra{counted}: " + ("nguyên vẹn." if found.unaltered else "ĐÃ BỊ THAY ĐỔI."))
    say_remarks(found.remarks)
    for line in found.differences or ():
        say(f"  - {line}")
    if found.differences == ():
        say("Không khác số liệu hiện nay.")
    if not found.unaltered:
        next_step("lấy lại bộ hồ sơ từ nơi gửi, không dùng bản này.")
    elif found.differences:
        next_step(f"lập lại bộ hồ sơ: compliance dossiers package {' '.join(one.id for one in found.systems)}")
    elif found.differences is None and found.whole:
        next_step("so với số liệu hiện nay bằng tùy chọn --compare.")
    elif found.differences is None and not found.redacted:
        next_step("đọc văn bản đề nghị hoặc cả bộ hồ sơ để so với số liệu hiện nay.")
    else:
        next_step("lưu bộ hồ sơ.")
