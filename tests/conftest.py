"""What every test shares: parsed law files are kept under the tests' own cache, never in the user's."""

from __future__ import annotations

import os
from pathlib import Path

os.environ["COMPLIANCE_CACHE"] = str(Path(__file__).parents[1] / ".pytest_cache" / "law")
