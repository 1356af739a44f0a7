"""How far the protection plan of a system is carried out, worked out from its results and never typed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from compliance.domain.assessment import Result
from compliance.domain.blank import Frozen


class Deployment(StrEnum):
    """How far the protection plan of a system is carried out, in the words of the decree's report form."""

    NONE = "none"
    PARTLY = "partly"
    FULLY = "fully"

    @property
    def label(self) -> str:
        """The words the form prescribes."""
        return {
            "none": "Chưa triển khai",
            "partly": "Đã triển khai một số hạng mục",
            "fully": "Đã triển khai đầy đủ",
        }[self.value]


class DeploymentState(Frozen):
    """How far the plan is, and by when all of it is to be; ``by`` is ``None`` when done or a deadline is missing."""

    state: Deployment
    by: date | None
    without_deadline: int


def deployment(results: Iterable[tuple[Result, date | None]]) -> DeploymentState:
    """Work out the state of a plan from the result and the deadline of each of its requirements.

    What does not apply does not count. A requirement not yet assessed is not carried out.
    """
    applying = [(result, due) for result, due in results if result is not Result.NOT_APPLICABLE]
    short = [due for result, due in applying if result is not Result.COMPLIANT]
    begun = any(result in {Result.COMPLIANT, Result.PARTIALLY_COMPLIANT} for result, _ in applying)
    state = Deployment.PARTLY if short and begun else Deployment.NONE if short else Deployment.FULLY
    without = sum(due is None for due in short)
    known = [due for due in short if due is not None]
    return DeploymentState(state=state, by=max(known) if known and not without else None, without_deadline=without)
