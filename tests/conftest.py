"""What every test shares: law parsed into the tests' own cache, never the user's, and no deadline on an example.

How long one example takes says how busy the machine is, not whether the rule holds.
"""

from __future__ import annotations

import os
from pathlib import Path

from hypothesis import settings

os.environ["COMPLIANCE_CACHE"] = str(Path(__file__).parents[1] / ".pytest_cache" / "law")
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")
