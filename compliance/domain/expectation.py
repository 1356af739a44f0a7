"""When an office expects something to be done, where no record tells: a day, a month, a quarter or a year, as typed."""

from __future__ import annotations

import re
from datetime import date

from pydantic import Field, field_validator

from compliance.domain.blank import Frozen
from compliance.domain.organization import ID_PATTERN
from compliance.domain.recurrence import LAST, on_day
from compliance.domain.wording import canonical, date_text, folded
from compliance.domain.written import read_date

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_ROMAN = {1: "I", 2: "II", 3: "III", 4: "IV"}
_QUARTER = re.compile(r"(?:quy )?(i{1,3}|iv|[1-4]) (?:nam )?(\d{4})")
_MONTH = re.compile(r"(?:thang )?(\d{1,2}) (?:nam )?(\d{4})")
_YEAR = re.compile(r"(?:nam |het nam |trong nam )?(\d{4})")
EXAMPLES = "30/06/2027, tháng 6/2027, quý II/2027 hoặc năm 2027"


class Expectation(Frozen):
    """What an office expects of one system; its record id is the system's.

    ``approval`` is when the level will be approved, ``deployed`` when the plan will be carried out in full, as printed;
    empty where nothing was said.
    """

    system_id: str = Field(pattern=ID_PATTERN)
    approval: str = ""
    deployed: str = ""
    said_on: date

    @field_validator("approval", "deployed")
    @classmethod
    def _understood(cls, text: str) -> str:
        if text:
            last_day(text)
        return text

    @property
    def id(self) -> str:
        """The record id."""
        return self.system_id


def last_day(text: str) -> date:
    """The last day an expected time may mean: of the month, the quarter or the year; the day itself.

    Raises:
        ValueError: it is none of these; the message says how to write it.
    """
    return _read(text)[0]


def _read(text: str) -> tuple[date, str]:
    """The last day, and the time as a paper writes it whatever way it was typed."""
    said = folded(text)
    if "0000" in said:
        raise ValueError(_not_a_time(text))
    quarter = _QUARTER.fullmatch(said) if "quy" in said or re.match(r"i", said) else None
    if quarter:
        number, year = _QUARTERS[quarter[1]], int(quarter[2])
        return on_day(year, number * 3, LAST), f"Quý {_ROMAN[number]}/{year}"
    month = _MONTH.fullmatch(said)
    if month and 1 <= int(month[1]) <= 12:  # noqa: PLR2004
        return on_day(int(month[2]), int(month[1]), LAST), f"Tháng {int(month[1])}/{int(month[2])}"
    if year_only := _YEAR.fullmatch(said):
        return date(int(year_only[1]), 12, 31), f"Năm {year_only[1]}"
    try:
        day = read_date(canonical(text))
    except ValueError:
        raise ValueError(_not_a_time(text)) from None
    return day, date_text(day)


def _not_a_time(text: str) -> str:
    return f"“{text}” không phải là một thời điểm. Hãy ghi ngày, tháng, quý hoặc năm: {EXAMPLES}."


def expected_text(text: str) -> str:
    """An expected time as a paper prints it: ``30/06/2027``, ``Tháng 6/2027``, ``Quý II/2027`` or ``Năm 2027``."""
    return _read(text)[1]
