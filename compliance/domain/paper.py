"""Papers an office cites: decisions, regulations, design documents, contracts."""

from __future__ import annotations

from datetime import date

from pydantic import model_validator

from compliance.domain.blank import Frozen
from compliance.domain.wording import date_text


class Paper(Frozen):
    """An issued document (văn bản): number, date, issuer and subject; at least one of number and subject."""

    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    subject: str = ""

    @model_validator(mode="after")
    def _named(self) -> Paper:
        if not (self.number or self.subject):
            raise ValueError("văn bản phải có số, ký hiệu hoặc tên gọi")
        return self

    @property
    def text(self) -> str:
        """As cited: ``Quyết định số 12/QĐ-UBND ngày 05/03/2026 của UBND xã …``; whatever is unknown is left out."""
        parts = [
            self.subject,
            f"số {self.number}" if self.number else "",
            f"ngày {date_text(self.issued_on)}" if self.issued_on else "",
            f"của {self.issuer}" if self.issuer else "",
        ]
        return " ".join(part for part in parts if part)
