"""The papers along a dossier's road: opinions, submissions, decisions, slips, as plain printable data.

Which office issues a paper and whom it addresses, its form says; nothing is invented: what nobody recorded is a blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.dossier import Letterhead
from compliance.domain.printed import Standing, Value


class Role(StrEnum):
    """An office's part in the road of one dossier."""

    OWNER = "owner"
    OPERATOR = "operator"
    SECURITY_UNIT = "security_unit"
    APPRAISER = "appraiser"


class Designation(StrEnum):
    """As what a unit is designated for the owner's cybersecurity (Đ3.2, 3.3, 31.1.c).

    A unit whose own function it is, a unit for information technology or digital transformation that acts as one, or a
    section inside the latter.
    """

    OWN_UNIT = "own_unit"
    TECHNOLOGY_UNIT = "technology_unit"
    SECTION = "section"


class AppraisalWay(StrEnum):
    """Who appraises where the dedicated unit operates the system itself (Đ18.4.a-b)."""

    SUBORDINATE = "subordinate"
    COUNCIL = "council"


class FiledPaper(Frozen):
    """A paper as a slip lists it: sheets (số tờ), original (bản chính) or copy; ``None`` is written in by hand."""

    title: str
    sheets: int | None = None
    original: bool | None = None
    note: str = ""


class ImportanceLine(Frozen):
    """One test of importance to national security, whether it is met, and the facts it was held against."""

    citation: str
    statement: str
    met: bool | None = None
    facts: tuple[str, ...] = ()


def _blank(field: str) -> Value:
    return Value(field=field, standing=Standing.UNANSWERED)


class RoadPaper(Frozen):
    """What any paper of the road may print.

    ``issuer`` and ``addressee`` are the offices of the roles the form names; ``requester`` is the office that filed the
    dossier. ``deciding`` is the line of authority above the grounds of a decision (``CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …``),
    a blank while nobody said who signs. ``cited`` holds, by step of the road, the paper recorded at that step as it is
    cited (``số 12/UBND-VP ngày 05/03/2027 của …``), a blank where none is recorded yet. ``fit``: the conclusion
    recorded at the step this paper belongs to, ``None`` while open; ``reasons`` are the points recorded with it.
    ``standard`` names the national standard of the level; ``technical_regulation`` is a blank while none is issued.
    ``regulation`` is the owner's own rules (quy chế) as cited. ``enclosed`` are the titles of the papers filed.

    ``powers`` is the text that gives the issuer its functions and powers, ``proposal`` the paper that asked for a
    decision, as cited. ``designated`` and ``section`` say what a designation names, empty while nobody chose.
    ``operators`` are those beside the lead operator (Đ5.2); ``hired`` and ``contract`` speak of hired services (Đ5.3).
    ``appraisal_way`` is the way out proposed or chosen, ``None`` while open. ``filed`` are the papers of a slip; where
    it is empty the slip lists ``enclosed``. ``importance`` are the tests of importance. ``received_on`` is the day of
    receipt; ``due`` the last days the law sets, by ``reply``, ``appraise``, ``approve``.
    """

    letterhead: Letterhead
    issuer: Value
    addressee: Value
    owner: Value
    operator: Value
    security_unit: Value
    appraiser: Value
    requester: Value
    address: Value
    deciding: Value
    system_id: str
    system_name: str
    level: int
    important: bool | None
    open_facts: tuple[Value, ...]
    grounds: tuple[str, ...]
    standard: Value
    technical_regulation: Value
    regulation: Value
    cited: Mapping[str, Value]
    fit: bool | None = None
    reasons: tuple[str, ...] = ()
    enclosed: tuple[str, ...] = ()
    powers: Value = _blank("issuer.functions")
    proposal: Value = _blank("road.proposal")
    designated: tuple[Designation, ...] = ()
    section: Value = _blank("road.section")
    operators: tuple[Value, ...] = ()
    hired: bool | None = None
    contract: Value = _blank("road.contract")
    appraisal_way: AppraisalWay | None = None
    filed: tuple[FiledPaper, ...] = ()
    importance: tuple[ImportanceLine, ...] = ()
    received_on: Value = _blank("road.received_on")
    due: Mapping[str, Value] = Field(default_factory=dict)
