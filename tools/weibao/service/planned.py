"""Planned work: which rounds of the plan are done, due and overdue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class DueWork:
    """One round of planned work.

    ``due`` is the last day on time; ``record`` is the inspection or ticket that did it, or "".
    """

    plan: str
    kind: str
    planned_for: date
    due: date
    state: Literal["done", "done_late", "upcoming", "due", "overdue"]
    record: str
    done_on: date | None
