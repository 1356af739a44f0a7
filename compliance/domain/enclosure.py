"""Papers an office brings to its dossier (tài liệu kèm hồ sơ): the design, the signed opinion, its own rules."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from compliance.domain.blank import Frozen


class Enclosure(Frozen):
    """A file in one of the slots the procedure names; ``withdrawn`` says why it was taken out again.

    ``number`` and ``issued_on`` are those of the paper, where it bears any.
    """

    system_id: str
    slot: str
    file_name: str = Field(min_length=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    media_type: str
    pages: int = Field(ge=0)
    added_on: date
    number: str = ""
    issued_on: date | None = None
    note: str = ""
    withdrawn: str = ""

    @property
    def id(self) -> str:
        """One file once in one slot of one system."""
        return f"{self.system_id}/{self.slot}/{self.sha256[:12]}"
