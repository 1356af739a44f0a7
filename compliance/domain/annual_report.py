"""The yearly report on the security of the systems an owner manages, as plain printable data.

It holds what the form prints and nothing else. A figure nobody knows is a blank of its own kind; a cell the form wants
left empty (Đ36: nothing to state) is a given value without words.
"""

from __future__ import annotations

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.dossier import Letterhead
from compliance.domain.printed import Value


class Figures(Frozen):
    """Section 1: how many systems are managed, and how far each step of the road was gone.

    ``typed``: those whose type is determined; ``drafted``: with a dossier drawn up; ``checked``: approved ones checked
    and assessed in the period; ``all_approved_by``: when the last one is expected to be approved.
    """

    managed: Value
    typed: Value
    drafted: Value
    appraised: Value
    approved: Value
    checked: Value
    all_approved_by: Value


class Body(Frozen):
    """One body of section 2: its five entries; the third and the fifth hold two facts each."""

    name: Value
    functions: Value
    representative: Value
    representative_office: Value
    address: Value
    phone: Value
    email: Value


class OwnerPart(Frozen):
    """An owner and its unit in charge of security; an authority with several owners reports each in turn."""

    owner: Body
    security_unit: Body


class SystemLine(Frozen):
    """One system in the table of section 3, columns (2) to (12) in the order of the form; (1) is its place."""

    name: Value
    owner: Value
    operator: Value
    level: Value
    approval_state: Value
    approval: Value
    regulation: Value
    approval_expected: Value
    deployment_state: Value
    deployment_expected: Value
    checked: Value

    @property
    def cells(self) -> tuple[Value, ...]:
        """The eleven values from left to right."""
        return tuple(getattr(self, name) for name in type(self).model_fields)


class AnnualReport(Frozen):
    """The report of one period (Đ35, 36): letterhead, addressee, three sections.

    ``notes`` are remarks of the reporting body, printed below the notes of the form.
    """

    letterhead: Letterhead
    addressee: Value
    figures: Figures
    owners: tuple[OwnerPart, ...] = Field(min_length=1)
    systems: tuple[SystemLine, ...] = ()
    notes: tuple[str, ...] = ()
