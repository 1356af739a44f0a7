"""The contact list for incidents: whom to call, by which channels, and when somebody last tried them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from compliance.adapters.workspace import Workspace
from compliance.domain.incident import Contact, ContactRole
from compliance.domain.secret_words import tells_secret
from compliance.domain.wording import date_text, one_line, typed
from compliance.domain.written import identifier
from compliance.errors import BadData, Fault, NotFound, Refused
from compliance.services.records import head_of, put_over

CONTACT = "contact"
_LONGEST = 300
_STALE_DAYS = 183
"""A line nobody tried for half a year may be dead; our advice, no clause asks for it."""


@dataclass(frozen=True)
class Reaching:
    """What is said of a line of the list; ``None`` keeps what was said before."""

    role: ContactRole | None = None
    name: str | None = None
    channels: tuple[str, ...] | None = None
    system_ids: tuple[str, ...] | None = None
    hours: str | None = None
    note: str | None = None

    def values(self) -> dict[str, Any]:
        """What was said, by field of the contact, as it is kept."""
        given: dict[str, Any] = {
            "role": self.role,
            "name": None if self.name is None else one_line(self.name),
            "channels": None
            if self.channels is None
            else tuple(dict.fromkeys(one_line(one) for one in self.channels if one.strip())),
            "system_ids": None if self.system_ids is None else tuple(dict.fromkeys(self.system_ids)),
            "hours": None if self.hours is None else one_line(self.hours),
            "note": None if self.note is None else typed(self.note),
        }
        return {name: value for name, value in given.items() if value is not None}


def contacts(workspace: Workspace, *, removed: bool = False) -> tuple[Contact, ...]:
    """The lines in use, in the order of the roles and names; with ``removed`` also those no longer used."""
    found = (Contact.model_validate_json(head.body) for head in workspace.store.heads(CONTACT))
    order = list(ContactRole)
    kept = (one for one in found if removed or not one.removed)
    return tuple(sorted(kept, key=lambda one: (order.index(one.role), one.name, one.id)))


def contact(workspace: Workspace, contact_id: str) -> Contact:
    """One line.

    Raises:
        NotFound: there is none of this id; the nearest is offered.
    """
    return Contact.model_validate_json(head_of(workspace, CONTACT, contact_id).body)


def add_contact(workspace: Workspace, said: Reaching, *, contact_id: str = "") -> Contact:
    """Add a line; its id is made from the name where none is given.

    Raises:
        BadData: something is missing or wrong; all faults are listed.
        Refused: there is one of this id already.
    """
    values = said.values()
    faults = list(_faults(workspace, values))
    for name, option, expected in (
        ("name", "--name", "tên cơ quan, bộ phận, ví dụ “Phòng An ninh mạng, Công an tỉnh Mẫu”."),
        ("channels", "--channel", "cách liên lạc, ví dụ “Đường dây nóng: (0200) 000 0001”; ghi được nhiều lần."),
    ):
        if not values.get(name):
            faults.append(Fault("chưa nêu.", column=option, expected=expected))
    _refuse(faults)
    id_ = contact_id.strip() or identifier(values["name"])
    with workspace.act(f"Thêm đầu mối liên hệ {values['name']}") as act:
        head = act.head(CONTACT, id_)
        if head is not None:
            past = Contact.model_validate_json(head.body)
            gone = f" (đã thôi dùng: {past.removed})" if past.removed else ""
            raise Refused(
                f"Đã có đầu mối “{id_}”: {past.name}{gone}. Sửa bằng: compliance incidents contact-change {id_}; "
                "muốn thêm dòng khác thì nêu --id."
            )
        new = _valid({"role": ContactRole.OTHER, "id": id_, **values})
        act.put(CONTACT, id_, new.model_dump_json(exclude_defaults=True), 0)
    return new


def change_contact(workspace: Workspace, contact_id: str, said: Reaching) -> Contact:
    """Change a line; one that was removed comes back.

    Raises:
        NotFound: there is none of this id.
        Refused: nothing is said.
        BadData: something is wrong; all faults are listed.
    """
    values = said.values()
    if not values:
        raise Refused("Chưa nêu gì để sửa. Xem các mục có thể sửa: compliance incidents contact-change --help")
    _refuse(list(_faults(workspace, values)))
    with workspace.act(f"Sửa đầu mối liên hệ {contact_id}") as act:
        before = contact(workspace, contact_id)
        if values.get("channels", before.channels) != before.channels:
            values["checked_on"] = None  # another number was never tried
        new = _valid({**before.model_dump(), "removed": "", **values})
        put_over(act, CONTACT, contact_id, new)
    return new


def remove_contact(workspace: Workspace, contact_id: str, *, reason: str) -> Contact:
    """Say that a line is no longer used; the history keeps it.

    Raises:
        NotFound: there is none of this id.
        Refused: no reason is given, or it was removed before.
    """
    if not reason.strip():
        raise Refused("Hãy nêu lý do: --reason “…”.")
    with workspace.act(f"Thôi dùng đầu mối {contact_id}: {typed(reason)}") as act:
        before = contact(workspace, contact_id)
        if before.removed:
            raise Refused(f"Đầu mối “{contact_id}” đã thôi dùng trước đó: {before.removed}")
        new = before.model_copy(update={"removed": typed(reason)})
        put_over(act, CONTACT, contact_id, new)
    return new


def tried(workspace: Workspace, contact_id: str, *, today: date, on: date | None = None, note: str = "") -> Contact:
    """Say that somebody tried the line and it answered.

    Raises:
        NotFound: there is none of this id.
        Refused: the day has not come, or the line is no longer used.
    """
    day = on or today
    if day > today:
        raise Refused(f"Ngày {date_text(day)} chưa tới; hãy ghi ngày đã liên hệ thử thật.")
    with workspace.act(f"Đã liên hệ thử đầu mối {contact_id}") as act:
        before = contact(workspace, contact_id)
        if before.removed:
            raise Refused(f"Đầu mối “{contact_id}” đã thôi dùng ({before.removed}); hãy chọn đầu mối đang dùng.")
        new = before.model_copy(update={"checked_on": day, **({"note": typed(note)} if note.strip() else {})})
        put_over(act, CONTACT, contact_id, new)
    return new


def stale(one: Contact, today: date) -> bool:
    """Whether nobody tried the line for half a year, or ever."""
    return one.checked_on is None or (today - one.checked_on).days > _STALE_DAYS


def _faults(workspace: Workspace, values: dict[str, Any]) -> Iterable[Fault]:
    for name, option in (("name", "--name"), ("hours", "--hours"), ("note", "--note")):
        if len(values.get(name, "")) > _LONGEST:
            yield Fault(f"nội dung dài quá {_LONGEST} ký tự; hãy viết gọn lại.", column=option)
    for channel in values.get("channels", ()):
        if len(channel) > _LONGEST:
            yield Fault(f"“{channel[:40]}…” dài quá {_LONGEST} ký tự; hãy viết gọn lại.", column="--channel")
        if tells_secret(channel):
            yield Fault("danh bạ không lưu mật khẩu, mã PIN; hãy chỉ ghi số máy, địa chỉ.", column="--channel")
    for system_id in values.get("system_ids", ()):
        try:
            head_of(workspace, "system", system_id)
        except NotFound as error:
            yield Fault(str(error), column="--system")


def _valid(values: dict[str, Any]) -> Contact:
    try:
        return Contact.model_validate(values)
    except ValidationError as error:
        places = [str(one["loc"][0]) if one["loc"] else "" for one in error.errors()]
        told = [Fault("chưa đúng.", column=_OPTIONS.get(at, ""), expected=_EXPECTED.get(at, "")) for at in places]
        _refuse(told)
        raise AssertionError("an error has faults") from error


_OPTIONS = {"id": "--id", "name": "--name", "channels": "--channel"}
_EXPECTED = {"id": "chữ thường không dấu, số và dấu gạch nối, ví dụ cong-an-tinh.", "channels": "ít nhất một cách."}


def _refuse(faults: Sequence[Fault]) -> None:
    if faults:
        raise BadData(f"Đầu mối có {len(faults)} điểm chưa đúng; chưa lưu gì. Hãy sửa rồi làm lại.", faults)
