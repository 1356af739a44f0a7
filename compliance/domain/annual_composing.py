"""The yearly report put together: its head, the figures, the blocks of owners and dedicated units, rows and notes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from compliance.domain.annual_figures import ALL_APPROVED
from compliance.domain.annual_report import AnnualReport, Body, Figures, OwnerPart
from compliance.domain.annual_rows import AnnualRow, row_line
from compliance.domain.dossier import letterhead
from compliance.domain.organization import Unit
from compliance.domain.printed import Record, Value, value
from compliance.domain.report import Figure


def owner_part(owner: Unit | None, security_unit: Unit | None) -> OwnerPart:
    """An owner and its dedicated unit as section 2 prints them; whoever is not recorded is a row of blanks."""
    return OwnerPart(owner=_body("owner", owner), security_unit=_body("security_unit", security_unit))


def _body(role: str, unit: Unit | None) -> Body:
    if unit is None:
        return Body(**{name: value(f"{role}.{name}", None) for name in Body.model_fields})
    record = Record(role, unit.absences, unit.assumed)
    found = {name: record.value(name, getattr(unit, name)) for name in Body.model_fields}
    named, office = found["representative"], found["representative_office"]
    if named.blank and not office.blank:  # an office stands for the person where no name is recorded
        found["representative"], found["representative_office"] = office, Value(field=office.field)
    return Body(**found)


def annual_paper(
    sender: Unit | None,
    addressee: str,
    *,
    figures: Iterable[Figure],
    parts: Sequence[OwnerPart],
    rows: Iterable[AnnualRow],
    notes: Sequence[str],
) -> AnnualReport:
    """The report as the form prints it; every note is a sentence without its full stop."""
    return AnnualReport(
        letterhead=letterhead(sender),
        addressee=value("annual.addressee", addressee),
        figures=Figures(**{one.id: _figure(one) for one in figures}),
        owners=tuple(parts),
        systems=tuple(row_line(row) for row in rows),
        notes=tuple(f"{note}." if number < len(notes) else note for number, note in enumerate(notes, start=1)),
    )


def _figure(one: Figure) -> Value:
    return value(f"annual.{one.id}", one.text if one.id == ALL_APPROVED else str(one.number))
