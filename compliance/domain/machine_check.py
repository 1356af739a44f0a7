"""A check a machine can do: what was looked at, what was found, and the raw output it rests on.

Such a check is offered, never required: it proves only what its scope says, and what it cannot tell it calls unknown.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from compliance.domain.blank import Frozen


class LineState(StrEnum):
    """What one line of a check says."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {"ok": "Tốt", "warn": "Cần xem lại", "bad": "Chưa đạt", "unknown": "Không rõ"}[self.value]


class CheckKind(StrEnum):
    """What was looked at."""

    WEB = "web"
    MAIL = "mail"
    COMPUTER = "computer"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {"web": "địa chỉ web", "mail": "tên miền thư", "computer": "máy tính"}[self.value]


class CheckLine(Frozen):
    """One thing looked at and what was seen, in a sentence."""

    name: str
    state: LineState
    text: str


class MachineCheck(Frozen):
    """One check: ``target`` is what was looked at, ``scope`` how far it reaches, ``raw`` the output it rests on."""

    kind: CheckKind
    target: str
    scope: str
    at: datetime
    findings: tuple[CheckLine, ...]
    raw: str

    def count(self, state: LineState) -> int:
        """How many lines say so."""
        return sum(line.state is state for line in self.findings)

    @property
    def title(self) -> str:
        """What the observation is filed under."""
        return f"Kiểm tra bằng máy: {self.kind.label} {self.target}"

    @property
    def text(self) -> str:
        """The observation in words, a line each; the raw output goes with it as a file."""
        lines = [f"– {line.name}: {line.state.label}. {line.text}" for line in self.findings]
        return "\n".join((f"{self.scope} Lúc {self.at:%H:%M ngày %d/%m/%Y}.", *lines))


def printable(text: str, longest: int = 500) -> str:
    """Text from outside, safe to show: control characters become ``·``, what is too long ends in ``…``."""
    clean = "".join(char if char.isprintable() else "·" for char in text)
    return clean if len(clean) <= longest else f"{clean[:longest]}…"
