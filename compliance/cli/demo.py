"""The demonstration: two example communes from their inventories to drafted dossiers, in one table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from compliance.cli.boundary import JsonOption, TodayOption, day
from compliance.cli.output import next_step, progress, say, show_json, show_table

if TYPE_CHECKING:
    from compliance.services.demo import DemoCommune, DemoDossier, DemoSystem

_HEADERS = ("Hệ thống", "Của ai", "Cấp độ", "Căn cứ", "Hồ sơ", "Việc cần làm tiếp")
_WIDTHS = (28, 18, 13, 30, 22, 34)

OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar="THƯ-MỤC",
        help="Nơi dựng bản mẫu; bỏ trống là thư mục ho-so-mau trong thư mục cá nhân. Không đặt trong kho mã nguồn.",
        show_default=False,
    ),
]


def demo(out: OutOption = None, today: TodayOption = None, as_json: JsonOption = False) -> None:
    """Dựng hai xã mẫu, xác định cấp độ, soạn hồ sơ, kiểm tra thử và in bảng tổng hợp."""
    from compliance.services.demo import build_demo, default_out

    place = out or default_out(Path.home())
    communes = build_demo(place, today=day(today), tell=progress)
    if as_json:
        show_json([_commune_json(commune) for commune in communes])
        return
    show_table([row for commune in communes for row in _rows(commune)], _HEADERS, _WIDTHS)
    for commune in communes:
        _say_papers(commune)
    remarks = dict.fromkeys(text for one in communes for dossier in one.dossiers for text in dossier.report.remarks)
    for remark in remarks:
        say(f"\nLưu ý: {remark}")
    next_step(
        "mở các tệp hồ sơ ở trên; để xem căn cứ của một hệ thống: "
        f'compliance classifications explain mang-noi-bo --workspace "{communes[0].workspace}"'
    )


def _rows(commune: DemoCommune) -> list[tuple[str, ...]]:
    title = (commune.name.upper(), *[""] * (len(_HEADERS) - 1))
    return [title, *(_row(line) for line in commune.systems)]


def _row(line: DemoSystem) -> tuple[str, ...]:
    system = line.classified.system
    papers = dict.fromkeys(path.name for one in line.dossiers for path in _papers(one, system.id))
    return (
        system.name,
        f"{line.owner} ({system.ownership.label.lower()})",
        _level(line),
        "\n".join(_grounds(line)),
        "\n".join(papers) or "–",
        line.next_step,
    )


def _level(line: DemoSystem) -> str:
    """The level when it is decided; what is known of it otherwise. Of a system merely used, the owner decides."""
    found = line.classified.classification
    if found.decided:
        return str(found.level)
    known = f"≥ {found.level}?" if found.level else "chưa xác định"
    return known if line.classified.system.needs_dossier else f"{known} (chủ quản xác định)"


def _grounds(line: DemoSystem) -> list[str]:
    found = line.classified.classification
    if found.grounds:
        return [f"{ground.criterion}: {ground.citation}" for ground in found.grounds]
    if found.open and line.classified.system.needs_dossier:
        return [f"Chưa tiêu chí nào khớp; còn ngỏ {', '.join(sorted(one.criterion for one in found.open))}"]
    return ["–"]


def _papers(dossier: DemoDossier, system_id: str) -> list[Path]:
    """The papers of a dossier that concern one system: those named after it, and those named after none."""
    return [
        one.path
        for one in dossier.report.files
        if system_id in one.path.stem or not any(other in one.path.stem for other in dossier.system_ids)
    ]


def _say_papers(commune: DemoCommune) -> None:
    say(f"\n{commune.name}: thư mục hồ sơ {commune.workspace}")
    for dossier in commune.dossiers:
        report = dossier.report
        say(f"  Hồ sơ của {', '.join(dossier.system_ids)} (phông {report.face}; {_missing(dossier)}):")
        for file in report.files:
            size = f"{file.pages} trang" if file.pages else "bản HTML"
            say(f"    {file.path} ({size})")

    if commune.checked:
        say("  Kiểm tra mẫu: phiếu mang đi, báo cáo, kế hoạch khắc phục:")
        for file in commune.checked:
            say(f"    {file.path} ({file.pages} trang)" if file.pages else f"    {file.path} (bản HTML)")
    if commune.calendar:
        say("  Trang lãnh đạo, lịch treo tường năm tới (kèm trang .html và tệp lịch lich.ics):")
        for file in commune.calendar:
            say(f"    {file.path} ({file.pages} trang)" if file.pages else f"    {file.path} (bản HTML)")
    if commune.package and commune.preflight:
        package, counts = commune.package, commune.preflight.counts
        say(
            f"  Bộ hồ sơ để trình của {', '.join(package.system_ids)} ({len(package.files)} tệp PDF, Word); soát trước "
            f"khi gửi: {counts['error']} lỗi, {counts['warning']} cảnh báo:"
        )
        say(f"    {package.folder}")
        say(f"    {package.zip}")


def _missing(dossier: DemoDossier) -> str:
    return ", ".join(f"{count} {label.lower()}" for label, count in _missing_counts(dossier).items())


def _missing_counts(dossier: DemoDossier) -> dict[str, int]:
    """How many items of each severity, the weightiest first."""
    from compliance.domain.missing import Severity

    said = [item.severity for item in dossier.report.missing]
    return {severity.label: said.count(severity) for severity in Severity if severity in said}


def _commune_json(commune: DemoCommune) -> dict[str, Any]:
    return {
        "name": commune.name,
        "workspace": str(commune.workspace),
        "systems": [_system_json(line) for line in commune.systems],
        "dossiers": [_dossier_json(dossier) for dossier in commune.dossiers],
        "checked": [one.as_json() for one in commune.checked],
        "calendar": [one.as_json() for one in commune.calendar],
        "package": commune.package.as_json() if commune.package else None,
        "preflight": commune.preflight.counts if commune.preflight else None,
    }


def _system_json(line: DemoSystem) -> dict[str, Any]:
    system, found = line.classified.system, line.classified.classification
    return {
        "id": system.id,
        "name": system.name,
        "ownership": system.ownership.value,
        "owner": line.owner,
        "level": found.level,
        "decided": found.decided,
        "at_least": found.at_least,
        "grounds": [{"criterion": one.criterion, "citation": one.citation} for one in found.grounds],
        "open": [one.criterion for one in found.open],
        "questions": [{"fact": one.id, "label": one.label, "ask_whom": one.ask_whom} for one in line.asking],
        "dossiers": [str(path) for one in line.dossiers for path in _papers(one, system.id)],
        "next_step": line.next_step,
    }


def _dossier_json(dossier: DemoDossier) -> dict[str, Any]:
    report = dossier.report
    return {
        "systems": list(dossier.system_ids),
        "files": [{"path": str(one.path), "sha256": one.sha256, "pages": one.pages} for one in report.files],
        "face": report.face,
        "match_code": report.match_code,
        "remarks": list(report.remarks),
        "missing": [item.model_dump(mode="json") for item in report.missing],
    }
