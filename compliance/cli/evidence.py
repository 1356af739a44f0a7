"""Evidence: take in files, papers and observations, say what they serve, check them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.output import next_step, say, show_json, show_table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from compliance.domain.evidence import Evidence, Shelf
    from compliance.services.evidence import FiledEvidence

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

ForOption = Annotated[
    list[str] | None,
    typer.Option(
        "--for",
        metavar="HỆ-THỐNG/YÊU-CẦU",
        help="Chứng minh cho yêu cầu nào, ví dụ mang-noi-bo/4.1-a; có thể nêu nhiều lần.",
    ),
]
EvidenceArgument = Annotated[str, typer.Argument(metavar="MÃ-MINH-CHỨNG", help="Ví dụ mc-2026-0001.")]
ReasonOption = Annotated[str, typer.Option("--reason", help="Lý do.")]


@app.command()
def add(
    files: Annotated[list[Path] | None, typer.Argument(metavar="[TỆP...]", help="PDF, ảnh, DOCX, XLSX, TXT.")] = None,
    title: Annotated[
        str, typer.Option("--title", metavar="TÊN", help="Tên minh chứng; tệp thì lấy theo tên tệp.")
    ] = "",
    serves: ForOption = None,
    dated: Annotated[str | None, typer.Option("--date", metavar="NGÀY", help="Ngày ghi trên tài liệu.")] = None,
    valid_until: Annotated[
        str | None, typer.Option("--valid-until", metavar="NGÀY", help="Còn giá trị đến hết ngày.")
    ] = None,
    cabinet: Annotated[str, typer.Option("--cabinet", metavar="TỦ", help="Giấy tờ: để ở tủ nào.")] = "",
    folder: Annotated[str, typer.Option("--folder", metavar="CẶP", help="Giấy tờ: để ở cặp nào.")] = "",
    number: Annotated[str, typer.Option("--number", metavar="SỐ", help="Giấy tờ: số, ký hiệu.")] = "",
    issuer: Annotated[str, typer.Option("--issuer", metavar="NƠI", help="Giấy tờ: nơi ban hành.")] = "",
    sheets: Annotated[int | None, typer.Option("--sheets", metavar="SỐ", min=1, help="Giấy tờ: số tờ.")] = None,
    text: Annotated[str, typer.Option("--text", metavar="GHI-NHẬN", help="Ghi nhận tại chỗ: nội dung đã thấy.")] = "",
    note: Annotated[str, typer.Option("--note", help="Ghi chú.")] = "",
    assessment: Annotated[
        str, typer.Option("--assessment", metavar="MÃ", help="Lần kiểm tra đã xem minh chứng này.")
    ] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lưu minh chứng: các tệp, hoặc một giấy tờ để trong tủ, hoặc một ghi nhận tại chỗ."""
    from compliance.services import evidence

    about = evidence.Describing(title, day_said(dated), day_said(valid_until), note, assessment)
    shelf = {"cabinet": cabinet, "folder": folder, "number": number, "issuer": issuer, "sheets": sheets}
    on, pairs = day(today), _pairs(serves)
    _one_kind(files, any(shelf.values()), bool(text))
    with opened(workspace) as office:
        if assessment:
            from compliance.services import assessments

            assessments.assessment(office, assessment)
        if files:
            made = evidence.add_files(office, files, about, serves=pairs, today=on)
        elif text:
            made = (evidence.add_observation(office, text, about, serves=pairs, today=on),)
        else:
            made = (evidence.add_paper(office, _shelf(shelf), about, serves=pairs, today=on),)
        again = evidence.same_content(office, made) if files else {}
    if as_json:
        show_json([_plain(one) for one in made])
        return
    for one in made:
        say(f"Đã lưu {one.id}: {one.text_line} ({one.where}).")
    for id_, others in again.items():
        say(f"Lưu ý: tệp của {id_} đã lưu trước ở {', '.join(others)}; lần sau chỉ cần gắn thêm bằng evidence link.")
    if pairs:
        next_step(f"xem yêu cầu còn thiếu minh chứng: compliance findings list --system {pairs[0][0]} --kind evidence")
    else:
        next_step(f"gắn với yêu cầu: compliance evidence link {made[0].id} --for HỆ-THỐNG/YÊU-CẦU")


def _one_kind(files: Sequence[Path] | None, shelved: bool, seen: bool) -> None:
    from compliance.errors import Refused

    if [bool(files), shelved, seen].count(True) != 1:
        raise Refused(
            "Hãy nêu đúng một loại minh chứng: các TỆP; hoặc giấy tờ (--cabinet, --folder…); hoặc ghi nhận tại "
            "chỗ (--text)."
        )


def _shelf(said: dict[str, str | int | None]) -> Shelf:
    from pydantic import ValidationError

    from compliance.domain.evidence import Shelf
    from compliance.errors import BadData, Fault

    try:
        return Shelf.model_validate(said)
    except ValidationError as error:
        told = [Fault(f"{str(one['msg']).removeprefix('Value error, ')}.") for one in error.errors()]
        raise BadData("Giấy tờ chưa đủ thông tin; chưa lưu gì.", told) from None


def _pairs(serves: Sequence[str] | None) -> list[tuple[str, str]]:
    from compliance.errors import BadData, Fault

    found, faults = [], []
    for one in serves or ():
        system, slash, requirement = one.partition("/")
        if slash and system and requirement:
            found.append((system.strip(), requirement.strip()))
        else:
            faults.append(Fault(f"“{one}” phải ghi dạng HỆ-THỐNG/YÊU-CẦU, ví dụ mang-noi-bo/4.1-a.", column="--for"))
    if faults:
        raise BadData("Chưa lưu gì; hãy ghi lại các yêu cầu sau.", faults)
    return found


@app.command("list")
def list_evidence(
    system: Annotated[str, typer.Option("--system", metavar="MÃ", help="Chỉ minh chứng của hệ thống này.")] = "",
    requirement: Annotated[str, typer.Option("--requirement", metavar="MÃ", help="Chỉ của yêu cầu này.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Các minh chứng đã lưu: nơi để, còn giá trị hay không, chứng minh cho yêu cầu nào."""
    from compliance.services import evidence, systems

    on = day(today)
    with opened(workspace) as office:
        if system:
            systems.system(office, system)
        found = evidence.filed(office, system_id=system, requirement_id=requirement)
    if as_json:
        show_json([_plain_filed(one, on) for one in found])
        return
    rows = [
        (
            one.evidence.id,
            one.evidence.kind.label,
            one.evidence.text_line,
            one.evidence.where,
            _standing(one.evidence, on),
            "; ".join(f"{each.system_id}/{each.requirement_id}" for each in one.supports),
        )
        for one in found
    ]
    show_table(
        rows, ("Mã", "Loại", "Minh chứng", "Nơi để", "Tình trạng", "Chứng minh cho"), widths=(0, 10, 34, 24, 14, 30)
    )
    next_step("kiểm tra tệp còn nguyên và còn hạn: compliance evidence verify")


@app.command()
def link(
    evidence_id: EvidenceArgument,
    serves: ForOption = None,
    note: Annotated[str, typer.Option("--note", help="Ghi chú.")] = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Gắn một minh chứng đã lưu với thêm yêu cầu."""
    from compliance.errors import Refused
    from compliance.services import evidence

    pairs = _pairs(serves)
    if not pairs:
        raise Refused("Hãy nêu yêu cầu bằng --for HỆ-THỐNG/YÊU-CẦU.")
    with opened(workspace) as office:
        evidence.link(office, evidence_id, pairs, note=note)
    say(f"Đã gắn {evidence_id} với {len(pairs)} yêu cầu.")
    next_step(f"xem lại: compliance evidence list --system {pairs[0][0]}")


@app.command()
def unlink(
    evidence_id: EvidenceArgument,
    of: Annotated[str, typer.Argument(metavar="HỆ-THỐNG/YÊU-CẦU", help="Yêu cầu không còn dùng minh chứng này.")],
    reason: ReasonOption = "",
    workspace: WorkspaceOption = None,
) -> None:
    """Gỡ một minh chứng khỏi một yêu cầu, kèm lý do; lịch sử vẫn giữ."""
    from compliance.services import evidence

    ((system, requirement),) = _pairs([of])
    with opened(workspace) as office:
        evidence.unlink(office, evidence_id, system, requirement, reason=reason)
    say(f"Đã gỡ {evidence_id} khỏi {system}/{requirement}.")
    next_step(f"xem yêu cầu còn thiếu minh chứng: compliance findings list --system {system} --kind evidence")


@app.command()
def withdraw(evidence_id: EvidenceArgument, reason: ReasonOption = "", workspace: WorkspaceOption = None) -> None:
    """Không tính một minh chứng nữa (lưu nhầm, đã có bản thay thế), kèm lý do; tệp vẫn được giữ."""
    from compliance.services import evidence

    with opened(workspace) as office:
        one = evidence.withdraw(office, evidence_id, reason=reason)
    say(f"{one.id} “{one.title}” không còn được tính là minh chứng.")
    next_step("bổ sung minh chứng khác nếu cần: compliance evidence add TỆP --for HỆ-THỐNG/YÊU-CẦU")


@app.command()
def verify(workspace: WorkspaceOption = None, today: TodayOption = None, as_json: JsonOption = False) -> None:
    """Kiểm tra mọi minh chứng: tệp còn nguyên, giấy tờ còn hạn."""
    from compliance.errors import BadData
    from compliance.services import evidence

    with opened(workspace) as office:
        checked = len(evidence.every_piece(office))
        faults = evidence.verify(office, day(today))
    if as_json:
        show_json({"checked": checked, "faults": [str(one) for one in faults]})
    if faults:
        raise BadData(f"Trong {checked} minh chứng có {len(faults)} điểm phải xử lý.", faults)
    if not as_json:
        say(f"{checked} minh chứng đều nguyên vẹn và còn hạn.")
        next_step("lập bản sao lưu: compliance backup TỆP.zip")


def _standing(one: Evidence, on: date) -> str:
    if one.withdrawn:
        return "không còn tính"
    if one.expired(on):
        return f"hết hạn {one.valid_until:%d/%m/%Y}"
    return f"đến {one.valid_until:%d/%m/%Y}" if one.valid_until else "còn giá trị"


def _plain(one: Evidence) -> dict[str, object]:
    return {**one.model_dump(mode="json"), "where": one.where}


def _plain_filed(one: FiledEvidence, on: date) -> dict[str, object]:
    return {
        **_plain(one.evidence),
        "counts": one.evidence.counts(on),
        "expired": one.evidence.expired(on),
        "supports": [each.model_dump(mode="json") for each in one.supports],
    }
