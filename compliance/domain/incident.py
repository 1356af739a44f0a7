"""An incident (sự cố): what happened, since when it is known, what was reported of it to whom, and by which proof.

Points in time carry their zone and are kept to the minute. Whether an incident is serious is not defined by the text
(điểm W42): the office judges it, and while it has not, the clock of a serious one is shown as possibly running.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field, model_validator

from compliance.domain.blank import Frozen
from compliance.domain.evidence import EVIDENCE_ID
from compliance.domain.organization import ID_PATTERN
from compliance.domain.system import FactValue

INCIDENT_ID = r"^sc-[0-9]{4}-[0-9]{3,}$"
"""``sc-``, the year it was found in, a number in that year."""
SIGNS: Mapping[str, str] = {
    "threatens": "có dấu hiệu xâm phạm an ninh quốc gia hoặc trật tự, an toàn xã hội",
    "interrupts": "gây gián đoạn nghiêm trọng hoạt động của hệ thống",
    "serious": "là sự cố nghiêm trọng theo đánh giá của cơ quan",
    "personal_data": "lộ, mất hoặc bị xâm phạm dữ liệu cá nhân",
    "dangerous": "là tình huống nguy hiểm về an ninh mạng theo Luật",
    "important": "xảy ra trên hệ thống quan trọng về an ninh quốc gia",
    "beyond_capacity": "vượt quá khả năng xử lý của cơ quan",
    "violation": "phát hiện hành vi vi phạm pháp luật về an ninh mạng trên hệ thống",
}
"""The facts the clocks hang on, by name, as one asks about them; unanswered is unknown, never no."""


class Incident(Frozen):
    """One incident; its record id is ``id``.

    ``detected_at`` is T0, from which every limit runs; ``happened_at`` when it is thought to have begun. ``kind`` is
    the id of its response script, empty where none fits. The facts in :data:`SIGNS` are ``None`` while nobody judged.
    ``recorded_late`` says why it was written down long after T0. ``closed_at`` needs ``outcome``.
    """

    id: str = Field(pattern=INCIDENT_ID)
    title: str = Field(min_length=1)
    kind: str = ""
    system_ids: tuple[Annotated[str, Field(pattern=ID_PATTERN)], ...] = ()
    place: str = ""
    detected_at: AwareDatetime
    detected_by: str = ""
    happened_at: AwareDatetime | None = None
    threatens: bool | None = None
    interrupts: bool | None = None
    serious: bool | None = None
    serious_reason: str = ""
    personal_data: bool | None = None
    dangerous: bool | None = None
    important: bool | None = None
    beyond_capacity: bool | None = None
    violation: bool | None = None
    description: str = ""
    cause: str = ""
    scope: str = ""
    harm: str = ""
    done_so_far: str = ""
    remedy: str = ""
    lesson: str = ""
    lead_unit_id: str | None = None
    contained_at: AwareDatetime | None = None
    closed_at: AwareDatetime | None = None
    outcome: str = ""
    recorded_late: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Incident:
        if self.happened_at is not None and self.happened_at > self.detected_at:
            raise ValueError("thời điểm bắt đầu xảy ra không thể sau thời điểm phát hiện")
        for name, said in (("ngăn chặn", self.contained_at), ("kết thúc", self.closed_at)):
            if said is not None and said < self.detected_at:
                raise ValueError(f"thời điểm {name} không thể trước thời điểm phát hiện")
        if self.closed_at is not None and not self.outcome:
            raise ValueError("sự cố đã kết thúc phải nêu kết quả xử lý")
        return self

    @property
    def closed(self) -> bool:
        """Nothing is awaited any more but what is still owed to others."""
        return self.closed_at is not None

    @property
    def facts(self) -> dict[str, FactValue | None]:
        """What the clocks ask, by name."""
        return {name: getattr(self, name) for name in SIGNS}


class NoticeKind(StrEnum):
    """The papers of an incident."""

    INITIAL = "initial"
    REPORT = "report"
    UPDATE = "update"
    CLOSING = "closing"
    PERSONAL_DATA = "personal_data"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "initial": "Thông báo ban đầu",
            "report": "Báo cáo sự cố (trong 72 giờ)",
            "update": "Báo cáo cập nhật",
            "closing": "Báo cáo kết thúc",
            "personal_data": "Thông báo vi phạm dữ liệu cá nhân",
            "other": "Thông tin khác",
        }[self.value]


class Notice(Frozen):
    """What was sent about an incident; its record id is ``<incident>/<nn>``.

    ``to`` and ``channel`` as the office names them; ``clocks`` are the ids of the clocks it stops, as they were said or
    worked out when it was recorded. ``evidence_ids`` prove it. ``undone`` says why a wrong record does not count.
    """

    incident_id: str = Field(pattern=INCIDENT_ID)
    number: int = Field(ge=1)
    kind: NoticeKind
    sent_at: AwareDatetime
    to: str = Field(min_length=1)
    channel: str = Field(min_length=1)
    by: str = ""
    paper_number: str = ""
    clocks: tuple[str, ...] = ()
    evidence_ids: tuple[Annotated[str, Field(pattern=EVIDENCE_ID)], ...] = ()
    note: str = ""
    undone: str = ""

    @property
    def id(self) -> str:
        """The record id."""
        return f"{self.incident_id}/{self.number:02d}"


class ContactRole(StrEnum):
    """Whom one calls when something happens."""

    SUPERIOR = "superior"
    POLICE = "police"
    PERSONAL_DATA = "personal_data"
    OPERATOR = "operator"
    PROVIDER = "provider"
    RESPONSE_TEAM = "response_team"
    LEADER = "leader"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {
            "superior": "Tổ hỗ trợ, ứng cứu cấp trên",
            "police": "Lực lượng chuyên trách bảo vệ an ninh mạng (Công an)",
            "personal_data": "Cơ quan chuyên trách bảo vệ dữ liệu cá nhân",
            "operator": "Đơn vị vận hành hệ thống",
            "provider": "Nhà cung cấp dịch vụ",
            "response_team": "Tổ ứng cứu của xã",
            "leader": "Lãnh đạo",
            "other": "Khác",
        }[self.value]


class Contact(Frozen):
    """A line of the contact list for incidents, an office rather than a person; its record id is ``id``.

    ``channels`` in the order to try them (``Đường dây nóng: …``, ``Nhóm Zalo …``, ``Thư: …``). ``checked_on`` is when
    somebody last tried them. ``removed`` says why it is no longer used.
    """

    id: str = Field(pattern=ID_PATTERN)
    role: ContactRole
    name: str = Field(min_length=1)
    channels: tuple[str, ...] = Field(min_length=1)
    system_ids: tuple[Annotated[str, Field(pattern=ID_PATTERN)], ...] = ()
    hours: str = ""
    checked_on: date | None = None
    note: str = ""
    removed: str = ""
