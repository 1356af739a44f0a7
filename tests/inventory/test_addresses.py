"""The column of web addresses and mail domains."""

from __future__ import annotations

import pytest

from tests.inventory.conftest import Office


def told(office: Office, cell: str, header: str = "Địa chỉ web, tên miền thư") -> tuple[str, ...]:
    office.take(office.xlsx(Hệ_thống=[["Mã hệ thống", header], ["mot-cua", cell]]))
    return office.system().addresses


@pytest.mark.parametrize("between", ["; ", ", ", "\n", " "])
def test_addresses_are_taken_from_one_cell(office: Office, between: str) -> None:
    cell = between.join(("https://MotCua.suoimau.example/", "suoimau.example", "suoimau.example"))
    assert told(office, cell) == ("https://motcua.suoimau.example", "suoimau.example")


def test_offices_call_the_column_otherwise(office: Office) -> None:
    assert told(office, "https://motcua.suoimau.example", "Website") == ("https://motcua.suoimau.example",)


def test_addresses_are_cleared_like_any_other_value(office: Office) -> None:
    told(office, "suoimau.example")
    assert told(office, "(xóa)") == ()


def test_a_mailbox_is_named_with_its_cell(office: Office) -> None:
    fault = office.fault(office.xlsx(Hệ_thống=[["Mã hệ thống", "Website"], ["mot-cua", "vanthu@suoimau.example"]]))
    assert (fault.row, fault.column) == (2, "B: Website")
    assert "tên miền đứng sau dấu @" in fault.message
