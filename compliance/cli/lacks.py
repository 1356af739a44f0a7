"""What a dossier still lacks, on the screen: a few lines of it and where the rest stands."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from compliance.cli.output import say

if TYPE_CHECKING:
    from compliance.domain.missing import MissingItem


def say_missing(items: Iterable[MissingItem], shown: int, rest: str) -> bool:
    """Say what is missing, apart from it how many example values are still to be replaced; whether there was any.

    Args:
        items: of any severity; remarks are not said here.
        shown: how many lines stand on the screen.
        rest: where all of them are read, as the end of a sentence.
    """
    from compliance.domain.missing import Severity

    every = list(items)
    wanted = [one for one in every if one.severity is Severity.REQUIRED]
    examples = [one for one in every if one.severity is Severity.EXAMPLE]
    if wanted:
        say(f"\nCòn thiếu {len(wanted)} nội dung:")
    for one in wanted[:shown]:
        say(f"  - {f'{one.of}: ' if one.of else ''}{one.what}. Điền tại: {one.where_to_fill}.")
    if len(wanted) > shown:
        say(f"  … và {len(wanted) - shown} nội dung khác; xem đủ {rest}")
    if examples:
        say(f"\nCòn {len(examples)} mục đang ghi giá trị ví dụ, phải thay bằng giá trị thật; xem đủ {rest}")
    return bool(wanted or examples)
