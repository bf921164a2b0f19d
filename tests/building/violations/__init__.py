"""The violations of the forty rows; a module of this folder is found by being there."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

VIOLATIONS = tuple(
    violation
    for path in sorted(Path(__file__).parent.glob("[!_]*.py"))
    for violation in getattr(import_module(f"{__name__}.{path.stem}"), "VIOLATIONS", ())
)
