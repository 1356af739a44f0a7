"""How risks of a system are weighed: chance, severity, the grade both give, and how much an asset matters (Đ10.3)."""

from __future__ import annotations

from enum import StrEnum


class Degree(StrEnum):
    """How likely or how severe something is; also the grade of a risk."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"

    @property
    def label(self) -> str:
        """Vietnamese wording."""
        return {"low": "Thấp", "medium": "Trung bình", "high": "Cao"}[self.value]

    @property
    def weight(self) -> int:
        """0 for low, 2 for high."""
        return list(Degree).index(self)


class Rank(StrEnum):
    """How much the system depends on an asset; the first is what it cannot do without (Đ10.3.a)."""

    CRITICAL = "critical"
    IMPORTANT = "important"
    ORDINARY = "ordinary"


class Occasion(StrEnum):
    """Why a risk assessment was made: the five cases of Đ10.2."""

    FIRST_LEVEL = "first_level"
    CHANGE = "change"
    EXTENSION = "extension"
    INCIDENT = "incident"
    REQUEST = "request"


_MEDIUM_WEIGHT = 2


def risk_grade(likelihood: Degree | None, severity: Degree | None) -> Degree | None:
    """The grade of a risk on the three-by-three matrix; ``None`` while one side is not weighed.

    No text prescribes the matrix (the risk framework is not issued): both sides weigh the same.
    """
    if likelihood is None or severity is None:
        return None
    weight = likelihood.weight + severity.weight
    if weight == _MEDIUM_WEIGHT:
        return Degree.MEDIUM
    return Degree.LOW if weight < _MEDIUM_WEIGHT else Degree.HIGH
