"""What an officer types of the minutes of a check, read into a record or refused with every fault."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any

from pydantic import ValidationError

from compliance.domain.assessment import Assessment, Minutes
from compliance.domain.wording import date_text
from compliance.domain.written import read_date
from compliance.errors import BadData, Fault

_HOUR = re.compile(r"([01]?[0-9]|2[0-3])\s*(?::|h|giờ|g)\s*([0-5][0-9])?", re.IGNORECASE)


@dataclass(frozen=True)
class SaidMinutes:
    """What is said of the minutes as typed; ``None`` keeps what was said before."""

    held_on: str | None = None
    begins: str | None = None
    ends: str | None = None
    place: str | None = None
    attendees: tuple[str, ...] = ()
    chair: str | None = None
    secretary: str | None = None
    opinion: str | None = None

    @property
    def anything(self) -> bool:
        """Whether anything is said."""
        return self != SaidMinutes()


def read_minutes(one: Assessment, said: SaidMinutes) -> Minutes:
    """The minutes as they will stand.

    Raises:
        BadData: something is missing or cannot be read; all faults are listed.
    """
    faults: list[Fault] = []
    before = one.minutes
    fields: dict[str, Any] = dict(before.model_dump()) if before else {}
    fields |= {"held_on": _day(said.held_on, faults)} if said.held_on is not None else {}
    for name, option, text in (("begins", "--from", said.begins), ("ends", "--to", said.ends)):
        if text is not None:
            fields[name] = _hour(text, option, faults)
    for name in ("place", "chair", "secretary", "opinion"):
        if (text := getattr(said, name)) is not None:
            fields[name] = text
    attendees = tuple(name.strip() for name in said.attendees if name.strip())
    fields |= {"attendees": attendees} if attendees else {}
    faults += _lacking(fields)
    if not faults:
        try:
            return Minutes.model_validate(fields)
        except ValidationError as error:
            faults = [Fault(f"{str(each['msg']).removeprefix('Value error, ')}.") for each in error.errors()]
    raise BadData(
        f"Nội dung biên bản của lần kiểm tra {one.id} (bắt đầu ngày {date_text(one.started_on)}) có {len(faults)} lỗi; "
        "chưa lưu gì. Hãy sửa rồi làm lại.",
        faults,
    )


def _lacking(fields: Mapping[str, Any]) -> list[Fault]:
    asked = (
        ("held_on", "--held-on", "chưa ghi ngày lập biên bản."),
        ("begins", "--from", "chưa ghi giờ bắt đầu."),
        ("ends", "--to", "chưa ghi giờ kết thúc."),
        ("attendees", "--attendee", "chưa ghi ai tham dự."),
    )
    return [Fault(sentence, column=option) for name, option, sentence in asked if name not in fields]


def _day(text: str, faults: list[Fault]) -> date | None:
    try:
        return read_date(text)
    except ValueError as error:
        faults.append(Fault(str(error), column="--held-on"))
        return None


def _hour(text: str, option: str, faults: list[Fault]) -> time | None:
    found = _HOUR.fullmatch(text.strip())
    if found is None:
        faults.append(Fault(f"“{text}” không phải là giờ. Hãy ghi giờ:phút, ví dụ 08:30.", column=option))
        return None
    return time(int(found[1]), int(found[2] or 0))
