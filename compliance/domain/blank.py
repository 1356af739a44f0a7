"""Blank is not one thing.

A field can hold a value, be *unanswered* (``None`` and nobody said why), or carry a stated :class:`Absence`:
*chưa có* (not yet), *không có* (none, with a reason) or *không áp dụng* (not applicable, with a reason).
Each of the four is printed differently in a dossier.
"""

from __future__ import annotations

from enum import StrEnum

from pydantic import BaseModel, ConfigDict, model_validator


class Frozen(BaseModel):
    """Base of every domain record: strict, frozen, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, str_strip_whitespace=True)


class AbsenceKind(StrEnum):
    """Why a field is empty, when somebody said so."""

    NOT_YET = "not_yet"
    NONE = "none"
    NOT_APPLICABLE = "not_applicable"

    @property
    def label(self) -> str:
        """The Vietnamese words printed for this kind."""
        return {"not_yet": "Chưa có", "none": "Không có", "not_applicable": "Không áp dụng"}[self.value]


class Absence(Frozen):
    """A stated absence; *none* and *not applicable* need a reason."""

    kind: AbsenceKind
    reason: str = ""

    @model_validator(mode="after")
    def _reason_given(self) -> Absence:
        if self.kind is not AbsenceKind.NOT_YET and not self.reason:
            raise ValueError(f"“{self.kind.label}” phải kèm lý do")
        return self

    @property
    def text(self) -> str:
        """As printed, for example ``Không có (dùng chung hạ tầng của tỉnh)``."""
        return f"{self.kind.label} ({self.reason})" if self.reason else self.kind.label
