"""The tables of a protection plan as annexes: each small enough that one changed answer reprints little of the plan."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from compliance.domain.blank import Frozen
from compliance.domain.plan import PlanGroup, PlanSection

LARGEST_SHARE = 0.12
"""The part of a plan's rows one annex holds at most."""
FEWEST_ROWS = 20
"""An annex is not made smaller than this: a plan of few rows is not torn into leaves."""


class PlanAnnex(Frozen):
    """One annex of the plan of one system.

    ``portion`` and ``portions`` say which stretch of a single part it holds; an annex of whole parts has 1 of 1.
    """

    number: int
    sections: tuple[PlanSection, ...]
    portion: int = 1
    portions: int = 1

    @property
    def rows(self) -> int:
        """How many requirements it holds."""
        return sum(len(one.rows) for one in self.sections)

    @property
    def title(self) -> str:
        """The parts it holds, as a heading."""
        part = f" (phần {self.portion}/{self.portions})" if self.portions > 1 else ""
        return "; ".join(one.heading for one in self.sections) + part


def plan_annexes(sections: Sequence[PlanSection], most: int, first: int = 1) -> tuple[PlanAnnex, ...]:
    """The parts of a plan in order, none of more than ``most`` rows: small parts together, a large one in portions.

    Args:
        sections: the parts of the plan, the duties last.
        most: rows an annex may hold, at least 1.
        first: the number of the first annex.
    """
    found: list[PlanAnnex] = []
    for section in sections:
        pieces = tuple(_pieces(section, most))
        last = found[-1] if found else None
        if len(pieces) == 1 and last is not None and last.portions == 1 and last.rows + len(section.rows) <= most:
            found[-1] = last.model_copy(update={"sections": (*last.sections, section)})
            continue
        for at, piece in enumerate(pieces, start=1):
            number = first + len(found)
            found.append(PlanAnnex(number=number, sections=(piece,), portion=at, portions=len(pieces)))
    return tuple(found)


def most_rows(total: int) -> int:
    """The rows an annex of a plan of ``total`` rows may hold."""
    return max(FEWEST_ROWS, int(total * LARGEST_SHARE))


def _pieces(section: PlanSection, most: int) -> Iterator[PlanSection]:
    """The part whole where it fits, else in stretches; groups stay together as far as they can."""
    taken: list[PlanGroup] = []
    held = 0
    for group in _portions(section.groups, most):
        if held + len(group.rows) > most:
            yield section.model_copy(update={"groups": tuple(taken)})
            taken, held = [], 0
        taken.append(group)
        held += len(group.rows)
    yield section.model_copy(update={"groups": tuple(taken)})


def _portions(groups: Sequence[PlanGroup], most: int) -> Iterator[PlanGroup]:
    """The groups, one that is too large in portions of about the same size."""
    for group in groups:
        rows = group.rows
        count = -(-len(rows) // most)
        for at in range(count):
            stretch = rows[at * len(rows) // count : (at + 1) * len(rows) // count]
            heading = group.heading if at == 0 else f"{group.heading} (tiếp theo)"
            yield group.model_copy(update={"heading": heading, "rows": stretch})
