"""Administrative penalties (xử phạt vi phạm hành chính) for what an owner or operator leaves undone."""

from __future__ import annotations

from datetime import date

from pydantic import Field, model_validator

from compliance.domain.blank import Frozen


class Penalty(Frozen):
    """A fine in đồng for an individual; an organisation pays ``factor`` times as much (see the table).

    ``levels`` are the levels the act concerns; ``scope`` says so in words, with what else limits it.
    """

    id: str
    act: str
    levels: tuple[int, ...]
    scope: str
    least: int = Field(ge=0)
    most: int = Field(ge=0)
    citation: str
    uncertain: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> Penalty:
        if self.least > self.most:
            raise ValueError("mức phạt thấp nhất cao hơn mức phạt cao nhất")
        return self


class PenaltyRule(Frozen):
    """A rule around the fines: who may fine, how long, what else is ordered."""

    id: str
    statement: str
    citation: str
    uncertain: str = ""


class PenaltyTable(Frozen):
    """The fines that concern owners and operators, with the rules around them and what is not settled."""

    id: str
    regime: str
    instrument: str
    version: str
    title: str
    checked_on: date
    source_note: str
    factor: int = Field(ge=1)
    factor_citation: str
    rules: tuple[PenaltyRule, ...]
    penalties: tuple[Penalty, ...]

    def for_organization(self, penalty: Penalty) -> tuple[int, int]:
        """Least and most an organisation pays, in đồng."""
        return penalty.least * self.factor, penalty.most * self.factor
