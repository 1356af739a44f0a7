"""Options the commands about incidents share: moments, signs, papers, roles."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

import typer

from compliance.errors import Refused

IncidentArgument = Annotated[str, typer.Argument(metavar="MÃ-SỰ-CỐ", help="Ví dụ sc-2026-001.")]
NowOption = Annotated[
    str | None,
    typer.Option("--now", metavar="GIỜ-NGÀY", help="Tính theo thời điểm này thay cho bây giờ.", show_default=False),
]
AtOption = Annotated[
    str | None,
    typer.Option("--at", metavar="GIỜ-NGÀY", help="Ví dụ “22/11/2026 08:15” hoặc “8h15 22/11/2026”, giờ Việt Nam."),
]
HappenedOption = Annotated[
    str | None, typer.Option("--happened", metavar="GIỜ-NGÀY", help="Lúc sự cố được cho là bắt đầu.")
]
SystemsOption = Annotated[
    list[str] | None, typer.Option("--system", metavar="MÃ", help="Hệ thống bị sự cố; nêu nhiều lần được.")
]
KindOption = Annotated[
    str | None, typer.Option("--kind", metavar="KỊCH-BẢN", help="Mã kịch bản ứng phó phù hợp, nếu có.")
]
PlaceOption = Annotated[str | None, typer.Option("--place", metavar="NƠI", help="Nơi xảy ra.")]
DetectedByOption = Annotated[
    str | None, typer.Option("--by", metavar="AI", help="Bộ phận, chức danh phát hiện, ví dụ “Văn phòng”.")
]
LeadOption = Annotated[str | None, typer.Option("--lead", metavar="MÃ", help="Đơn vị chủ trì xử lý.")]
DescriptionOption = Annotated[str | None, typer.Option("--description", help="Diễn biến: đã thấy gì, theo trình tự.")]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="LÝ-DO", help="Lý do, được lưu vào lịch sử.")]
FilesHelp = "Bằng chứng đã gửi (phiếu gửi, ảnh chụp); ghi được nhiều lần."

ThreatensOption = Annotated[
    bool | None,
    typer.Option("--threatens/--no-threatens", help="Có dấu hiệu xâm phạm an ninh quốc gia, trật tự, an toàn xã hội."),
]
InterruptsOption = Annotated[
    bool | None, typer.Option("--interrupts/--no-interrupts", help="Gây gián đoạn nghiêm trọng hoạt động của hệ thống.")
]
SeriousOption = Annotated[
    bool | None, typer.Option("--serious/--no-serious", help="Là sự cố nghiêm trọng theo đánh giá của cơ quan.")
]
PersonalDataOption = Annotated[
    bool | None, typer.Option("--personal-data/--no-personal-data", help="Dữ liệu cá nhân bị lộ, mất, bị xâm phạm.")
]
DangerousOption = Annotated[
    bool | None, typer.Option("--dangerous/--no-dangerous", help="Là tình huống nguy hiểm về an ninh mạng theo Luật.")
]
ImportantOption = Annotated[
    bool | None,
    typer.Option("--important/--no-important", help="Hệ thống quan trọng về an ninh quốc gia; bỏ trống thì tra hồ sơ."),
]
BeyondOption = Annotated[
    bool | None, typer.Option("--beyond-capacity/--no-beyond-capacity", help="Vượt quá khả năng xử lý của cơ quan.")
]
ViolationOption = Annotated[
    bool | None,
    typer.Option("--violation/--no-violation", help="Có hành vi vi phạm pháp luật về an ninh mạng trên hệ thống."),
]


class PaperChoice(StrEnum):
    """The papers of an incident as typed."""

    INITIAL = "initial"
    REPORT = "report"
    UPDATE = "update"
    CLOSING = "closing"
    PERSONAL_DATA = "personal-data"
    OTHER = "other"


PAPER_HELP = (
    "Loại: initial (thông báo ban đầu), report (báo cáo 72 giờ), update (cập nhật), closing (kết thúc), personal-data "
    "(vi phạm dữ liệu cá nhân), other (khác)."
)


class RoleChoice(StrEnum):
    """Whom one calls, as typed."""

    SUPERIOR = "superior"
    POLICE = "police"
    PERSONAL_DATA = "personal-data"
    OPERATOR = "operator"
    PROVIDER = "provider"
    RESPONSE_TEAM = "response-team"
    LEADER = "leader"
    OTHER = "other"


ROLE_HELP = (
    "Vai trò: superior (tổ hỗ trợ, ứng cứu cấp trên), police (lực lượng chuyên trách, Công an), personal-data (cơ quan "
    "bảo vệ dữ liệu cá nhân), operator (đơn vị vận hành), provider (nhà cung cấp), response-team (tổ ứng cứu xã), "
    "leader (lãnh đạo), other (khác)."
)


def moment(now: str | None) -> datetime:
    """The moment acts are reckoned by: ``--now``, else the clock's own, to the minute in Việt Nam time.

    Raises:
        Refused: the text is no moment.
    """
    from compliance.domain.moment import VIETNAM, read_moment, to_the_minute  # keeps --help fast

    if now is None:
        return to_the_minute(datetime.now(VIETNAM))
    try:
        return read_moment(now)
    except ValueError as error:
        raise Refused(str(error)) from None


def said_signs(**signs: bool | None) -> dict[str, bool | None]:
    """The signs that were answered."""
    return {name: said for name, said in signs.items() if said is not None}


def said_texts(**texts: str | None) -> dict[str, str]:
    """The texts that were given."""
    return {name: said for name, said in texts.items() if said is not None}
