"""Pre-flight (kiểm tra trước khi gửi): will the dossier come back? The catalogue of checks, and what a check says.

The checks are data of the regime: a stable code, how much it weighs, what it says, how it is put right, the clause
behind it. Python holds only the detectors, by name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from pydantic import Field

from compliance.domain.blank import Frozen
from compliance.domain.level import LEVELS

if TYPE_CHECKING:
    from compliance.domain.preflight_input import PreflightInput

ALWAYS = frozenset({"system", "name", "check"})
"""Words every sentence and command may use: the system's id and name, and the id of its newest check."""
NOTHING: Mapping[str, str] = {}


class Weight(StrEnum):
    """How much a check weighs: an error blocks sending (a recorded reason overrides it), the others are listed."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {"error": "Lỗi", "warning": "Cảnh báo", "note": "Lưu ý"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the heaviest."""
        return list(Weight).index(self)


class Check(Frozen):
    """One check of the catalogue.

    ``code`` is stable and never given to another check. ``title`` is what is looked at; ``says`` and ``command`` are
    sentences whose ``{places}`` the detector fills; ``fix`` is the way out in words. ``levels`` are those it concerns.
    """

    code: str = Field(pattern=r"^K[0-9]{2,3}$")
    severity: Weight
    title: str
    says: str
    fix: str
    command: str
    citation: str = Field(min_length=1)
    detector: str
    levels: tuple[int, ...] = Field(default=LEVELS, min_length=1)
    uncertain: str = ""

    @property
    def number(self) -> int:
        """The number in the code, for sorting: K9 stands before K10 and K100 after K99."""
        return int(self.code[1:])


class CheckGroup(Frozen):
    """Checks of one matter, in the order of their codes."""

    title: str
    checks: tuple[Check, ...] = Field(min_length=1)


class Lexicon(Frozen):
    """The words and figures detectors go by.

    ``near_percent``: how near a count must be to a threshold, in percent of it. ``placeholders`` are what stands in a
    text nobody finished; ``empty_reasons`` are words that give no reason. ``personal_mail`` are domains of personal
    mailboxes. ``document_numbers`` are patterns of which a document number fits one. ``same_state`` is how many
    answers of the same words are noted, ``not_applicable_percent`` from which share “not applicable” is.
    """

    near_percent: int = Field(ge=1, le=50)
    placeholders: tuple[str, ...]
    empty_reasons: tuple[str, ...]
    personal_mail: tuple[str, ...]
    document_numbers: tuple[str, ...]
    same_state: int = Field(ge=2)
    not_applicable_percent: int = Field(ge=1, le=100)


class PreflightCatalogue(Frozen):
    """Every check of one regime; ``retired`` are codes once used, which no check may take again."""

    id: str
    regime: str
    version: str
    title: str
    citation: str
    checked_on: date
    source_note: str
    lexicon: Lexicon
    retired: tuple[str, ...] = ()
    groups: tuple[CheckGroup, ...]

    @property
    def checks(self) -> tuple[Check, ...]:
        """Every check, in the order of the file."""
        return tuple(check for group in self.groups for check in group.checks)


class Hit(NamedTuple):
    """What a detector found.

    ``where`` is the place an officer looks at, ``words`` fill the check's sentence. ``fields`` are the fields of the
    record it rests on (``systems.regulation``; ``level`` = every fact that decides the level): a blank in any other
    field never takes it away.
    """

    where: str
    fields: tuple[str, ...]
    words: Mapping[str, str] = NOTHING


class Detector(NamedTuple):
    """A named way of looking: the ``{places}`` it fills and the function that finds."""

    places: frozenset[str]
    find: Callable[[PreflightInput], Iterable[Hit]]


def detector(find: Callable[[PreflightInput], Iterable[Hit]], *places: str) -> Detector:
    """A detector and the words its hits carry."""
    return Detector(frozenset(places), find)


class Problem(Frozen):
    """One check that fired at one place; ``message`` and ``command`` are ready to be read and typed."""

    code: str
    severity: Weight
    title: str
    where: str
    message: str
    fix: str
    command: str
    citation: str
    uncertain: str = ""
    fields: tuple[str, ...] = ()
