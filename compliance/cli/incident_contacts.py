"""The contact list for incidents on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from compliance.cli.boundary import JsonOption, TodayOption, WorkspaceOption, day, day_said, opened
from compliance.cli.incident_options import ROLE_HELP, ReasonOption, RoleChoice
from compliance.cli.incident_pages import say_contacts
from compliance.cli.output import next_step, say, show_json

if TYPE_CHECKING:
    from compliance.domain.incident import Contact, ContactRole

ContactArgument = Annotated[str, typer.Argument(metavar="MÃ-ĐẦU-MỐI", help="Ví dụ cong-an-tinh.")]
RoleOption = Annotated[RoleChoice | None, typer.Option("--role", help=ROLE_HELP)]
NameOption = Annotated[
    str | None, typer.Option("--name", metavar="TÊN", help="Cơ quan, bộ phận hoặc chức danh; không cần họ tên.")
]
ChannelsOption = Annotated[
    list[str] | None,
    typer.Option("--channel", metavar="CÁCH", help="Số máy, nhóm, thư, theo thứ tự gọi; ghi được nhiều lần."),
]
ForSystemsOption = Annotated[
    list[str] | None, typer.Option("--system", metavar="MÃ", help="Chỉ cho hệ thống này; bỏ trống là mọi hệ thống.")
]
HoursOption = Annotated[str | None, typer.Option("--hours", metavar="GIỜ", help="Giờ trực, ví dụ “24/7”.")]
NoteOption = Annotated[str | None, typer.Option("--note", help="Ghi chú.")]


def contacts(
    every: Annotated[bool, typer.Option("--all", help="Cả đầu mối đã thôi dùng.")] = False,
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Danh bạ liên hệ khi có sự cố: gọi ai trước, bằng cách nào, lần gọi thử gần nhất."""
    from compliance.services import incident_contacts

    on = day(today)
    with opened(workspace) as office:
        found = incident_contacts.contacts(office, removed=every)
    if as_json:
        show_json([_plain(one) | {"stale": incident_contacts.stale(one, on)} for one in found])
        return
    say_contacts(found, on)


def contact_add(
    role: RoleOption = None,
    name: NameOption = None,
    channel: ChannelsOption = None,
    system: ForSystemsOption = None,
    hours: HoursOption = None,
    note: NoteOption = None,
    contact_id: Annotated[str, typer.Option("--id", metavar="MÃ", help="Mã tự đặt; bỏ trống thì lấy theo tên.")] = "",
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Thêm một đầu mối liên hệ khi có sự cố."""
    from compliance.services.incident_contacts import add_contact

    with opened(workspace) as office:
        made = add_contact(office, _said(role, name, channel, system, hours=hours, note=note), contact_id=contact_id)
    _show(
        made, f"Đã thêm đầu mối {made.id}.", f"gọi thử rồi ghi: compliance incidents contact-tried {made.id}", as_json
    )


def contact_change(
    contact: ContactArgument,
    role: RoleOption = None,
    name: NameOption = None,
    channel: ChannelsOption = None,
    system: ForSystemsOption = None,
    hours: HoursOption = None,
    note: NoteOption = None,
    workspace: WorkspaceOption = None,
    as_json: JsonOption = False,
) -> None:
    """Sửa một đầu mối; mục không nêu thì giữ nguyên. Đổi cách liên lạc thì phải gọi thử lại."""
    from compliance.services.incident_contacts import change_contact

    with opened(workspace) as office:
        made = change_contact(office, contact, _said(role, name, channel, system, hours=hours, note=note))
    _show(made, f"Đã sửa đầu mối {made.id}.", f"gọi thử rồi ghi: compliance incidents contact-tried {made.id}", as_json)


def contact_remove(
    contact: ContactArgument, reason: ReasonOption = "", workspace: WorkspaceOption = None, as_json: JsonOption = False
) -> None:
    """Thôi dùng một đầu mối, kèm lý do; lịch sử vẫn giữ."""
    from compliance.services.incident_contacts import remove_contact

    with opened(workspace) as office:
        made = remove_contact(office, contact, reason=reason)
    _show(made, f"Đã thôi dùng đầu mối {made.id}.", "xem danh bạ còn lại: compliance incidents contacts", as_json)


def contact_tried(
    contact: ContactArgument,
    on: Annotated[
        str | None, typer.Option("--on", metavar="NGÀY", help="Ngày liên hệ thử; bỏ trống là hôm nay.")
    ] = None,
    note: Annotated[str, typer.Option("--note", help="Ghi chú, ví dụ “trực ban nhận máy”.")] = "",
    workspace: WorkspaceOption = None,
    today: TodayOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ghi nhận đã liên hệ thử và đầu mối có trả lời."""
    from compliance.domain.wording import date_text
    from compliance.services.incident_contacts import tried

    with opened(workspace) as office:
        made = tried(office, contact, today=day(today), on=day_said(on), note=note)
    when = date_text(made.checked_on) if made.checked_on else ""
    _show(made, f"Đã ghi: {made.name} trả lời ngày {when}.", "xem danh bạ: compliance incidents contacts", as_json)


def _said(
    role: RoleChoice | None,
    name: str | None,
    channel: list[str] | None,
    system: list[str] | None,
    *,
    hours: str | None,
    note: str | None,
) -> Any:
    from compliance.services.incident_contacts import Reaching

    return Reaching(
        role=_role(role),
        name=name,
        channels=tuple(channel) if channel else None,
        system_ids=tuple(system) if system else None,
        hours=hours,
        note=note,
    )


def _role(choice: RoleChoice | None) -> ContactRole | None:
    from compliance.domain.incident import ContactRole

    return ContactRole(choice.value.replace("-", "_")) if choice else None


def _plain(one: Contact) -> dict[str, Any]:
    return one.model_dump(mode="json") | {"role_label": one.role.label}


def _show(one: Contact, told: str, then: str, as_json: bool) -> None:
    if as_json:
        show_json(_plain(one))
        return
    say(told)
    next_step(then)
