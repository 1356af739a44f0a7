"""What a paper cites: stale instruments and stated levels."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, day
from compliance.cli.output import next_step, progress, say, show_json, show_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.services.scans import FoundCitation, ScannedPaper

FilesArgument = Annotated[
    list[Path], typer.Argument(metavar="TỆP...", help="Hồ sơ, quy chế, báo cáo cần xem: PDF, DOCX, XLSX hoặc TXT.")
]

_HEADERS = ("Tệp", "Trang", "Viện dẫn", "Tình trạng", "Thay bằng")
_WIDTHS = (18, 12, 30, 34, 34)
_ENOUGH = 8
"""How many places of one citation a row names before it counts the rest."""


def scan(files: FilesArgument, today: TodayOption = None, as_json: JsonOption = False) -> None:
    """Tìm văn bản pháp luật và cấp độ được viện dẫn trong tệp mang đến, văn bản nào còn dùng được."""
    from compliance.services.scans import scan as scanned

    papers = scanned(files, day(today), progress)
    if as_json:
        show_json([paper.as_json() for paper in papers])
        return
    rows = [row for paper in papers for row in _rows(paper)]
    if rows:
        show_table(rows, _HEADERS, widths=_WIDTHS)
    for paper in papers:
        _say_paper(paper)
    _say_next(papers)


def _rows(paper: ScannedPaper) -> Iterable[tuple[str, ...]]:
    """One row for all mentions of one instrument, of one clause where it must be changed; the stale ones first."""
    groups: dict[tuple[object, ...], list[FoundCitation]] = {}
    for one in paper.citations:
        clause = one.citation.clause.lower() if one.judgement.stale else ""
        groups.setdefault((one.citation.codes or one.judgement.number, clause), []).append(one)
    for group in sorted(groups.values(), key=lambda found: not found[0].judgement.stale):
        first = group[0]
        clause = first.citation.clause if first.judgement.stale or len(group) == 1 else ""
        cited = f"{clause} {first.citation.written}".strip()
        yield (
            paper.file,
            _places(one.place for one in group).removeprefix("trang "),
            cited,
            first.judgement.status_text,
            "; ".join(first.judgement.replaced_by) or "–",
        )


def _places(places: Iterable[str]) -> str:
    """“trang 1”, “trang 2” as “trang 1, 2”; other places in full."""
    different = list(dict.fromkeys(places))
    shown = different[:_ENOUGH]
    for word in ("trang ", "dòng ", "đoạn "):
        if all(place.startswith(word) and place.removeprefix(word).isdigit() for place in different):
            shown = [shown[0], *(place.removeprefix(word) for place in shown[1:])]
    more = f" và {len(different) - _ENOUGH} chỗ khác" if len(different) > _ENOUGH else ""
    return ", ".join(shown) + more


def _say_paper(paper: ScannedPaper) -> None:
    say(f"\n{paper.file}")
    for remark in paper.remarks:
        say(f"  – {remark}")
    if not paper.citations:
        say("  – Không thấy viện dẫn văn bản pháp luật nào.")
    elif not paper.stale:
        say("  – Không thấy viện dẫn nào đã có văn bản khác thay.")
    for name, note in _notes(paper.citations):
        say(f"  – {name}: {note}")
    places: dict[int, list[str]] = {}
    for one in paper.levels:
        places.setdefault(one.mention.level, []).append(one.place)
    for level, where in sorted(places.items()):
        say(f"  – Nêu cấp độ {level}: {_places(where)}.")


def _notes(found: Sequence[FoundCitation]) -> list[tuple[str, str]]:
    told = ((one.judgement.number or one.citation.written, note) for one in found for note in one.judgement.notes)
    return list(dict.fromkeys(told))


def _say_next(papers: Sequence[ScannedPaper]) -> None:
    stale = sum(len(paper.stale) for paper in papers)
    unknown = any(one.judgement.status == "unknown" for paper in papers for one in paper.citations)
    if stale:
        next_step(
            f"sửa {stale} chỗ viện dẫn văn bản cũ theo cột “Thay bằng”, trừ chỗ kể lại việc đã làm khi văn bản đó còn "
            "hiệu lực; rồi quét lại tệp đã sửa."
        )
    elif unknown:
        next_step("tra hiệu lực các văn bản chưa rõ tại Công báo hoặc cơ sở dữ liệu quốc gia về pháp luật.")
    else:
        next_step("đối chiếu điều, khoản được viện dẫn với nội dung tệp trước khi ký.")
