"""Row numbers as a sentence lists them."""

from __future__ import annotations

from collections.abc import Sequence

_PAIR = 2


def runs(numbers: Sequence[int]) -> str:
    """Ascending numbers with runs of three or more drawn together: ``1-4, 7, 8``."""
    found: list[list[int]] = []
    for number in numbers:
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > _PAIR else ", ".join(map(str, run)) for run in found)
