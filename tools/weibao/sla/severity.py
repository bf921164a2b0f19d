"""Severity over time: what was declared, and the changes to it that were agreed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Sequence

    from weibao.sla.reading import Step


@dataclass(frozen=True, slots=True)
class Change:
    """A change of severity that counts, to ``level``: ``raised`` if that is the graver one."""

    step: Step
    level: int
    raised: bool


def changes_of(
    steps: Iterable[Step], declared: int, levels: Container[int], consenting: Container[str]
) -> tuple[Change, ...]:
    """The changes that count, in the order of the timeline.

    Raising needs no consent; lowering needs that of one of the customer's contacts who may give it,
    the ``consenting``. A level that the terms do not have promises nothing and changes nothing.
    """
    changes: list[Change] = []
    level = declared
    for step in steps:
        if step.event != "severity_agreed":
            continue
        agreed = step.entry.data["severity"]
        raised = agreed < level
        consented = step.entry.data.get("consent_by") in consenting
        if agreed != level and agreed in levels and (raised or consented):
            changes.append(Change(step, agreed, raised))
            level = agreed
    return tuple(changes)


def level_at(step: Step, declared: int, changes: Sequence[Change]) -> int:
    """The severity in force at ``step``: the last of the changes that had taken effect."""
    now = (step.instant, step.place)
    for change in reversed(changes):
        if (change.step.instant, change.step.place) <= now:
            return change.level
    return declared
