"""The organisation (tổ chức): units, whose they are, and what a document prints of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from pydantic import Field

from compliance.domain.blank import Absence, Frozen
from compliance.domain.paper import Paper

ID_PATTERN = r"^[a-z0-9][a-z0-9-]{0,62}$"
"""Stable ids: lower-case Latin letters, digits and hyphens, at most 63 characters."""


class UnitTier(StrEnum):
    """The level of government a unit belongs to (cấp hành chính)."""

    COMMUNE = "commune"
    PROVINCE = "province"
    CENTRAL = "central"
    OUTSIDE = "outside"


class UnitKind(StrEnum):
    """What kind of body a unit is."""

    PEOPLES_COMMITTEE = "peoples_committee"
    POLICE = "police"
    OFFICE = "office"
    SERVICE_CENTRE = "service_centre"
    PARTY = "party"
    MASS_ORGANISATION = "mass_organisation"
    STATE_AGENCY = "state_agency"
    ENTERPRISE = "enterprise"
    COUNCIL = "council"


class Unit(Frozen):
    """A unit (cơ quan, đơn vị), with the six facts the overview asks (Đ22.3.a-b) and its document header.

    ``representative`` may stay empty: examples name offices, not persons. ``signs_as`` holds the lines above the
    signature, for instance ``("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")``. ``absences`` states why a field is empty.
    """

    id: str = Field(pattern=ID_PATTERN)
    name: str = Field(min_length=1)
    kind: UnitKind
    tier: UnitTier
    parent_id: str | None = None
    parent_header: str = ""
    header: str = ""
    symbol: str = ""
    place: str = ""
    functions: Paper | None = None
    representative: str = ""
    representative_office: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    signs_as: tuple[str, ...] = ()
    absences: Mapping[str, Absence] = Field(default_factory=dict)
    assumed: tuple[str, ...] = ()

    @property
    def agency_lines(self) -> tuple[str, str]:
        """The two lines at the top left of a paper: superior body (may be empty) and issuing body, in capitals."""
        return self.parent_header.upper(), (self.header or self.name).upper()


def commune_committee(units: Iterable[Unit]) -> Unit | None:
    """The commune's People's Committee (UBND xã); ``None`` unless exactly one is recorded."""
    found = [one for one in units if one.kind is UnitKind.PEOPLES_COMMITTEE and one.tier is UnitTier.COMMUNE]
    return found[0] if len(found) == 1 else None
