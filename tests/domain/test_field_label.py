"""Every field of every kind of record has a name an officer reads in its history."""

from __future__ import annotations

import pytest
from pydantic import BaseModel

from compliance.domain.field_label import field_label
from tests.inventory.test_old_records import MODELS


@pytest.mark.parametrize(("kind", "record"), MODELS.items())
def test_no_field_is_shown_by_its_name_in_the_program(kind: str, record: type[BaseModel]) -> None:
    assert not [field for field in record.model_fields if field_label(kind, field) == field]


def test_the_same_field_is_called_by_what_it_means_in_its_record() -> None:
    assert field_label("assessment", "closed_on") == "ngày kết thúc"
    assert field_label("finding", "closed_on") == "ngày đóng"
    assert field_label("system", "started_on") == "ngày đưa vào sử dụng"
