"""The fines for what owners and operators leave undone: rows for the terminal, a sheet for leaders."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from compliance.adapters.law import load_penalties, load_regimes
from compliance.adapters.templates import Form, load_form
from compliance.domain.penalty import PenaltyTable
from compliance.domain.penalty_sheet import PenaltySheet, penalty_sheet
from compliance.domain.regime import Regime
from compliance.domain.regime_status import regime_on
from compliance.services.dossier_papers import DraftFile
from compliance.services.one_paper import OnePaper, print_one
from compliance.services.paper_data import PaperData, plain

_DATA_NAME = "du-lieu-muc-xu-phat.json"
_CLOSING = "closing_rule"
"""The label of the form that names the rule its sheet ends with."""


def penalty_rows(today: date) -> PenaltySheet:
    """The fines under the regime in force on ``today``, as rows with notes and rules.

    Raises:
        NotFound: no regime is in force, or it has no table of fines.
        DataFault: a law file is broken.
    """
    regime, table = _table(today)
    return _sheet(table, load_form(regime.id, regime.own_forms.penalties))


def print_penalties(*, today: date, out: Path) -> DraftFile:
    """Print the table of fines into the folder ``out``.

    Raises:
        NotFound: no regime is in force, or it has no table of fines.
        DataFault: a law file or the form is broken.
        Refused: the folder cannot be written.
    """
    regime, table = _table(today)
    form = load_form(regime.id, regime.own_forms.penalties)
    sheet = _sheet(table, form)
    paper = OnePaper(
        form=form,
        title=table.title,
        author="",
        content={"sheet": sheet},
        data=PaperData(
            name=_DATA_NAME,
            description="Dữ liệu lập văn bản",
            versions={f"penalties/{table.id}": table.version, f"form/{form.name}": form.digest},
            records={"penalties": plain(table)},
        ),
    )
    return print_one(paper, out / f"{form.data.file_name}.pdf", today).file


def _table(today: date) -> tuple[Regime, PenaltyTable]:
    regime = regime_on(today, load_regimes())
    return regime, load_penalties(regime)


def _sheet(table: PenaltyTable, form: Form) -> PenaltySheet:
    closing = form.data.labels.get(_CLOSING, "")
    return penalty_sheet(table, closing)
