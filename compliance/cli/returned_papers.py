"""Checking a paper that came back signed or scanned, before it is filed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.output import next_step, say, say_remarks, show_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.domain.issued_text import TextComparison
    from compliance.domain.returned_paper import ReturnedPaper
    from compliance.domain.signature_outcomes import Outcome

_SHOWN = 10
"""Differences shown on the terminal; all of them stand in the JSON."""


def verify_file(
    file: Annotated[Path, typer.Argument(metavar="TỆP", help="Tệp PDF đã ký số, hoặc bản quét (PDF, PNG, JPEG).")],
    against: Annotated[
        Path | None, typer.Option("--against", metavar="BẢN-ĐÃ-IN", help="Tệp PDF chương trình đã in, gửi đi ký.")
    ] = None,
    number: Annotated[
        str, typer.Option("--number", metavar="SỐ", help="Số, ký hiệu của văn bản, ví dụ 12/QĐ-UBND.")
    ] = "",
    on: Annotated[str | None, typer.Option("--on", metavar="NGÀY", help="Ngày ghi trên văn bản.")] = None,
    signer: Annotated[str, typer.Option("--signer", metavar="NGƯỜI-KÝ", help="Họ tên người ký.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Kiểm tra tệp đã ký, số hóa: chữ ký số, nội dung so với bản đã in."""
    from compliance.services.returned_papers import check_returned

    signed_on = day_said(on)
    with opened(workspace) as office:
        at = _moment(today, office.now())
        paper = check_returned(office, file, issued=against, at=at, number=number, signed_on=signed_on, signer=signer)
    if as_json:
        show_json(_plain(paper))
        return
    _say_paper(paper)
    next_step(_next(paper))


def _moment(today: str | None, now: datetime) -> datetime:
    """Now, or the end of the day named."""
    from datetime import datetime, time  # keeps --help fast

    return now if today is None else datetime.combine(day(today), time(23, 59, 59), now.tzinfo)


def _plain(paper: ReturnedPaper) -> dict[str, object]:
    """Stable keys."""
    return {
        **paper.model_dump(mode="json", exclude={"signatures"}),
        "signatures": [
            {
                **one.facts.model_dump(mode="json"),
                "standing": one.standing.value,
                "outcomes": [said.model_dump(mode="json") for said in one.outcomes],
            }
            for one in paper.signatures
        ],
    }


def _say_paper(paper: ReturnedPaper) -> None:
    say(f"{paper.file}: {paper.verdict}")
    _say_outcomes(paper.outcomes)
    _say_text(paper.text)
    for at, one in enumerate(paper.signatures, start=1):
        say(f"\n{at}. {one.title}")
        held, facts = one.facts.certificate, one.facts
        if held:
            say(f"   Chứng thư số {held.serial}, do {held.issuer} cấp.")
        if facts.reason or facts.location:
            say(f"   Người ký ghi: {'; '.join(text for text in (facts.reason, facts.location) if text)}.")
        if held and not facts.visible and not facts.is_timestamp:
            say("   Chữ ký không hiện hình trên trang giấy.")
        _say_outcomes(one.outcomes)
    say_remarks(paper.remarks)


def _say_outcomes(said: Iterable[Outcome]) -> None:
    for one in said:
        say(f"   [{one.standing.label}] {one.text}")


def _say_text(text: TextComparison) -> None:
    for one in text.filled_in:
        say(f"   – Đã điền (trang {one.page}): {one.before} [{one.text}]")
    for difference in text.differences[:_SHOWN]:
        old, new = difference.old or "(không có)", difference.new or "(bỏ đi)"
        say(f"   – Khác (trang {difference.page}): … {difference.before} [{old} → {new}] {difference.after} …")
    rest = len(text.differences) - _SHOWN + text.more
    if rest > 0:
        say(f"   – Và {rest} chỗ khác nữa; xem đủ bằng --json.")


def _next(paper: ReturnedPaper) -> str:
    return {
        "good": "ghi nhận văn bản đã ký vào hồ sơ, kèm tệp này.",
        "bad": "xử lý các điểm không đạt, xin lại bản đúng từ nơi ký rồi kiểm tra lại.",
        "unverified": "xem bằng mắt các điểm chưa xác minh được; nếu đúng thì ghi nhận vào hồ sơ, kèm tệp này.",
    }[paper.standing.value]
