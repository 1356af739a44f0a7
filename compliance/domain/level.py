"""The levels (cấp độ) a system may be placed in."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

LEVELS = (1, 2, 3, 4, 5)

Level = Annotated[int, Field(ge=LEVELS[0], le=LEVELS[-1])]
"""The number of one level; a record with another number is refused."""
