"""Assignments (phân công): who answers for what, from when to when, by which decision; what was handed to whom.

Examples and records name offices and positions rather than persons; ``holder`` may name a person where a decision does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, model_validator

from compliance.domain.blank import Frozen
from compliance.domain.organization import ID_PATTERN
from compliance.domain.paper import Paper

ASSIGNMENT_ID = r"^pc-[0-9]{4}-[0-9]{3,}$"
"""``pc-``, the year it begins in, a number in that year."""
CUSTODY_ID = r"^tb-[0-9]{4}-[0-9]{3,}$"
"""``tb-``, the year it was handed over in, a number in that year."""
CONTRACT_ID = r"^hd-[0-9]{4}-[0-9]{3,}$"
"""``hd-``, the year it was signed in, a number in that year."""


def _refuse_before(begun: date, called: str, ends: Mapping[str, date | None]) -> None:
    for what, day in ends.items():
        if day is not None and day < begun:
            raise ValueError(f"{what} không thể trước {called}")


class DutyRole(StrEnum):
    """The roles both communes' plans assign."""

    LEADS = "leads"
    SUPPORTS = "supports"
    SECURITY_OFFICER = "security_officer"
    RESPONSE_TEAM = "response_team"
    MORNING_CHECK = "morning_check"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "leads": "Chủ trì",
            "supports": "Phối hợp",
            "security_officer": "Cán bộ phụ trách an ninh mạng",
            "response_team": "Thành viên tổ ứng cứu sự cố",
            "morning_check": "Kiểm tra đầu giờ",
            "other": "Khác",
        }[self.value]


class Assignment(Frozen):
    """One role held from a day to a day (``until`` included; ``None`` = until further notice); record id ``id``.

    ``unit_id`` holds it, ``position`` is the office within (``Phó Trưởng Công an xã``), ``holder`` a name if
    one is recorded. ``system_ids`` limit it to systems, none = the whole commune. ``paper`` is the decision that
    assigns, ``ended_by`` the one that ends it. ``withdrawn`` says why a record made in error does not count.
    """

    id: str = Field(pattern=ASSIGNMENT_ID)
    role: DutyRole
    task: str = ""
    unit_id: str = Field(pattern=ID_PATTERN)
    position: str = ""
    holder: str = ""
    system_ids: tuple[Annotated[str, Field(pattern=ID_PATTERN)], ...] = ()
    since: date
    until: date | None = None
    paper: Paper | None = None
    ended_by: Paper | None = None
    note: str = ""
    withdrawn: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Assignment:
        _refuse_before(self.since, "ngày bắt đầu", {"ngày thôi giữ vai trò": self.until})
        return self

    def holds(self, day: date) -> bool:
        """Whether it counts on a day."""
        return not self.withdrawn and self.since <= day and (self.until is None or day <= self.until)

    @property
    def who(self) -> str:
        """Who holds it, as printed; the unit's name stands beside it."""
        return " ".join(
            part
            for part in (self.holder, f"({self.position})" if self.position and self.holder else self.position)
            if part
        )


class CustodyKind(StrEnum):
    """What is handed to somebody and must come back, be renewed or be closed."""

    TOKEN = "token"  # noqa: S105 - a signing device, no password
    CIPHER_DEVICE = "cipher_device"
    ACCOUNT = "account"
    TRAINING_CERTIFICATE = "training_certificate"
    WEB_CERTIFICATE = "web_certificate"
    KEY = "key"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "token": "USB token chữ ký số",
            "cipher_device": "Thiết bị mật mã (cơ yếu)",
            "account": "Tài khoản",
            "training_certificate": "Chứng nhận tập huấn an ninh mạng",
            "web_certificate": "Chứng thư của trang web, máy chủ",
            "key": "Chìa khóa, thẻ ra vào",
            "other": "Khác",
        }[self.value]


class Custody(Frozen):
    """Something handed to an office: device, token, account, certificate; its record id is ``id``.

    ``serial`` is its number or name as printed on it, never a password. ``valid_until`` is the last day it serves.
    ``returned_on`` ends it; ``lost_on`` was reported lost.
    """

    id: str = Field(pattern=CUSTODY_ID)
    kind: CustodyKind
    label: str = Field(min_length=1)
    serial: str = ""
    unit_id: str = Field(pattern=ID_PATTERN)
    position: str = ""
    holder: str = ""
    system_ids: tuple[Annotated[str, Field(pattern=ID_PATTERN)], ...] = ()
    issued_on: date
    valid_until: date | None = None
    paper: Paper | None = None
    returned_on: date | None = None
    returned_to: str = ""
    lost_on: date | None = None
    note: str = ""
    withdrawn: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Custody:
        ends = {"ngày hết hạn": self.valid_until, "ngày thu hồi": self.returned_on, "ngày báo mất": self.lost_on}
        _refuse_before(self.issued_on, "ngày giao", ends)
        return self

    @property
    def out(self) -> bool:
        """Whether somebody still holds it."""
        return not (self.withdrawn or self.returned_on or self.lost_on)


class Contract(Frozen):
    """A contract with a supplier of systems or services; its record id is ``id``.

    ``valid_until`` is its last day; ``ended_on`` the day it really ended. ``contact`` is whom to call.
    """

    id: str = Field(pattern=CONTRACT_ID)
    supplier: str = Field(min_length=1)
    what: str = Field(min_length=1)
    number: str = ""
    unit_id: str | None = None
    system_ids: tuple[Annotated[str, Field(pattern=ID_PATTERN)], ...] = ()
    signed_on: date
    valid_until: date | None = None
    contact: str = ""
    ended_on: date | None = None
    note: str = ""
    withdrawn: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Contract:
        ends = {"ngày hết hạn": self.valid_until, "ngày chấm dứt": self.ended_on}
        _refuse_before(self.signed_on, "ngày ký hợp đồng", ends)
        return self

    @property
    def runs(self) -> bool:
        """Whether it has not been ended."""
        return not (self.withdrawn or self.ended_on)
