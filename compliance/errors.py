"""Every failure the program expects, one visible tree.

Each error is one or more Vietnamese sentences for an officer: what is wrong, where, what to do next.
The exit codes are part of the documented interface (``docs/architecture.md``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Fault(NamedTuple):
    """One fault of an input: where it stands, what is wrong and what was expected."""

    message: str
    file: str = ""
    sheet: str = ""
    row: int | None = None
    column: str = ""
    expected: str = ""

    @property
    def place(self) -> str:
        """The place as an officer would say it; empty when the whole input is meant."""
        parts = [
            self.file,
            f"trang “{self.sheet}”" if self.sheet and not self.file.startswith(f"{self.sheet}.") else "",
            f"dòng {self.row}" if self.row is not None else "",
            _column(self.column) if self.column else "",
        ]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        head = f"{self.place}: {self.message}" if self.place else self.message
        return f"{head} Cần: {self.expected}" if self.expected else head


def _column(name: str) -> str:
    return f"tùy chọn {name}" if name.startswith("--") else f"cột “{name}”"


class ComplianceError(Exception):
    """Base of every expected failure; ``exit_code`` is what the terminal returns."""

    exit_code = 1


class Refused(ComplianceError):
    """The act is understood and not allowed (exit 1)."""

    exit_code = 1


class WorkspaceRefused(Refused):
    """The workspace is locked, read-only, missing, on a network share, newer, or inside a shared git tree."""


class NotFound(ComplianceError):
    """A named record, file or data entry does not exist (exit 4)."""

    exit_code = 4


class Conflict(ComplianceError):
    """Somebody else saved the same version first (exit 5)."""

    exit_code = 5


class BadData(ComplianceError):
    """An input has faults; all of them are listed and nothing was saved (exit 6)."""

    exit_code = 6

    def __init__(self, message: str, faults: Sequence[Fault] = ()) -> None:
        super().__init__(message)
        self.faults: tuple[Fault, ...] = tuple(faults)


class DataFault(BadData):
    """A shipped or overriding law file (regime, checklist, template) is broken (exit 6)."""
