"""The papers along a dossier's road: opinions, submissions, decisions, slips, as plain printable data.

Which office issues a paper and whom it addresses, its form says; nothing is invented: what nobody recorded is a blank.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from compliance.domain.blank import Frozen
from compliance.domain.dossier import Letterhead
from compliance.domain.printed import Value


class Role(StrEnum):
    """An office's part in the road of one dossier."""

    OWNER = "owner"
    OPERATOR = "operator"
    SECURITY_UNIT = "security_unit"
    APPRAISER = "appraiser"


class RoadPaper(Frozen):
    """What any paper of the road may print.

    ``issuer`` and ``addressee`` are the offices of the roles the form names; ``requester`` is the office that filed the
    dossier. ``deciding`` is the line of authority above the grounds of a decision (``CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ …``),
    a blank while nobody said who signs. ``cited`` holds, by step of the road, the paper recorded at that step as it is
    cited (``số 12/UBND-VP ngày 05/03/2027 của …``), a blank where none is recorded yet. ``fit``: the conclusion
    recorded at the step this paper belongs to, ``None`` while open; ``reasons`` are the points recorded with it.
    ``standard`` names the national standard of the level; ``technical_regulation`` is a blank while none is issued.
    ``regulation`` is the owner's own rules (quy chế) as cited. ``enclosed`` are the titles of the papers filed.
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
