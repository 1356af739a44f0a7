"""Answering once for many: what a provider answered counts for the systems that rely on it.

A provider is the shared network, the mail service, a superior's platform. The decree asks the plans of the lower levels
to consider such sharing. What is inherited is worked out whenever it is read, so it follows the provider.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pydantic import Field

from compliance.domain.assessment import Answer, Inheritance, Result
from compliance.domain.blank import Frozen
from compliance.domain.carrying import effect
from compliance.domain.checklist import Checklist
from compliance.domain.comparison import Pair
from compliance.domain.organization import ID_PATTERN
from compliance.domain.system import System


class Reliance(Frozen):
    """One system relies on another for some groups of requirements; its record id is ``<system>/<provider>``.

    ``groups`` are topics of checklist groups or ids of groups of duties; empty = it relies no longer. ``basis`` is the
    paper or agreement the sharing rests on.
    """

    system_id: str = Field(pattern=ID_PATTERN)
    provider_id: str = Field(pattern=ID_PATTERN)
    groups: tuple[str, ...] = ()
    basis: str = ""


class Inherited(Frozen):
    """A provider's answer as it counts for a requirement of another system; ``operator_id`` runs the provider."""

    source: Inheritance
    provider_name: str
    operator_id: str | None = None
    result: Result
    present_state: str

    @property
    def shared(self) -> str:
        """Whose measure it is, in words: ``Dùng chung biện pháp của …``."""
        return f"Dùng chung biện pháp của {self.provider_name}"

    @property
    def told(self) -> str:
        """Whose measure it is and how things stand there."""
        return f"{self.shared}: {self.present_state}" if self.present_state else f"{self.shared}."


def group_keys(checklist: Checklist) -> dict[str, str]:
    """What a reliance calls each group of a list: its topic, or its id where it has none."""
    return {group.id: group.topic or group.id for group in checklist.groups}


def inherited(
    reliance: Reliance,
    provider: System,
    pairs: Iterable[Pair],
    answers: Mapping[str, Answer],
    lists: Iterable[Checklist],
) -> dict[str, Inherited]:
    """What a system inherits by one reliance, by requirement of its own lists.

    Args:
        reliance: which groups it relies on the provider for.
        provider: the system relied on.
        pairs: the provider's lists beside the system's.
        answers: the provider's standing answers by requirement.
        lists: the system's own lists.
    """
    wanted = {
        one.id
        for checklist in lists
        for one in checklist.requirements
        if group_keys(checklist)[one.group] in reliance.groups
    }
    found = {}
    for held in effect(pairs, answers).holds:
        if held.after not in wanted:
            continue
        states = dict.fromkeys(answers[id_].present_state for id_ in held.before if answers[id_].present_state)
        source = Inheritance(
            system_id=reliance.provider_id,
            requirement_ids=held.before,
            assessment_id=answers[held.before[0]].assessment_id,
        )
        found[held.after] = Inherited(
            source=source,
            provider_name=provider.name,
            operator_id=provider.operator_id,
            result=held.result,
            present_state=" ".join(states),
        )
    return found
