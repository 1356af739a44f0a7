"""A question: a fact about systems, how to ask for it and what may be answered."""

from __future__ import annotations

from enum import StrEnum

from compliance.domain.blank import Frozen
from compliance.domain.condition import Condition


class QuestionType(StrEnum):
    """How a fact is answered."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    SET = "set"


class Choice(Frozen):
    """One value a fact may take, with its Vietnamese label and other ways people write it."""

    value: str
    label: str
    also: tuple[str, ...] = ()
    help: str = ""


class Question(Frozen):
    """A fact about systems and how to ask for it.

    ``blank_means_none``: an absent answer means “none so far” and never keeps a case open. ``ask_when``: ask only
    while this holds or is unknown. ``column``: the import header; ``also`` its variants. ``minimum`` and ``maximum``
    bound a number; for a set ``minimum`` is the least count of values, 0 where “none of them” is an answer.
    """

    id: str
    type: QuestionType
    label: str
    help: str
    example: str
    citation: str
    column: str
    also: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    minimum: int = 0
    maximum: int = 100_000_000
    blank_means_none: bool = False
    ask_when: Condition | None = None
    ask_whom: str = ""
    group: str = "level"
