"""``compliance --help`` beside a bare Typer program's ``--help``."""

from __future__ import annotations

import subprocess
import sys
import time
from statistics import median

BARE = """
import typer
app = typer.Typer(rich_markup_mode=None, add_completion=False, pretty_exceptions_enable=False)
@app.callback()
def root(): "bare"
@app.command()
def one(): pass
app(["--help"])
"""


def _seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - begun


def measure(rounds: int = 15) -> list[tuple[str, str]]:
    """Median start of each, taken in turns so that both see the same machine."""
    ours = [sys.executable, "-m", "compliance", "--help"]
    bare = [sys.executable, "-c", BARE]
    pairs = [(_seconds(ours), _seconds(bare)) for _ in range(rounds + 1)][1:]
    ratio = median(a for a, _ in pairs) / median(b for _, b in pairs)
    return [("compliance --help / bare Typer --help", f"{ratio:.2f}")]
