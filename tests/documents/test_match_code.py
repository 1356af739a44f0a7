"""The match code of a letter: the same for the same records, another as soon as anything printed from them changes."""

from __future__ import annotations

import pytest

from compliance.adapters.workspace import Workspace
from compliance.domain.organization import Unit, UnitKind, UnitTier
from compliance.services.open_points import draft_memos
from tests.documents.office import COMMITTEE, STAFF, TODAY, put

POLICE = Unit(id="ca-tinh", name="Công an tỉnh Mẫu", kind=UnitKind.POLICE, tier=UnitTier.PROVINCE)


pytestmark = pytest.mark.usefixtures("unprinted")  # codes are reckoned before anything is printed


def code(office: Workspace) -> str:
    return draft_memos(office, [STAFF.id], today=TODAY)[STAFF.id].match_code


def test_it_covers_an_addressee_that_the_record_itself_does_not_name(office: Workspace) -> None:
    put(office, "unit", [(POLICE.id, POLICE)])
    before = code(office)
    assert code(office) == before
    renamed = POLICE.model_copy(update={"name": "Công an tỉnh Mẫu Mới"})
    put(office, "unit", [(POLICE.id, renamed)])
    assert code(office) != before


def test_it_covers_the_body_that_signs(office: Workspace) -> None:
    before = code(office)
    put(office, "unit", [(COMMITTEE.id, COMMITTEE.model_copy(update={"place": "Suối Mới"}))])
    assert code(office) != before
