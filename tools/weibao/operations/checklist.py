"""Checklists: which items a round has, and what a measured value means by their thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.plan import ChecklistItem, Plan

CheckStatus = Literal["ok", "warning", "failed"]

_GRAVITY = {"not_applicable": 0, "ok": 0, "warning": 1, "failed": 2}


def items_of(plan: Plan, work: str) -> Mapping[str, ChecklistItem]:
    """The items that a line of the plan asks for, by id, in the order of its checklists.

    Where two of its lists have an item of one name, the first counts. A line that the plan does
    not have asks for none.
    """
    lists = plan.work[work].checklists if work in plan.work else ()
    items: dict[str, ChecklistItem] = {}
    for name in lists:
        for checklist in plan.checklists.get(name, ()):
            items.setdefault(checklist.item, checklist)
    return items


def status_of(item: ChecklistItem, value: object) -> CheckStatus | None:
    """What the value means: failed beyond a failing threshold, a warning beyond a warning one.

    A value that lies on a threshold is within it ("above", "below"). None where the item has no
    threshold or the value is no number: then the one who looked must say.
    """
    failing = (item.failed_above, item.failed_below)
    warning = (item.warning_above, item.warning_below)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if not has_thresholds(item):
        return None
    if _beyond(value, *failing):
        return "failed"
    return "warning" if _beyond(value, *warning) else "ok"


def milder_than_told(item: ChecklistItem, value: object, status: str) -> CheckStatus | None:
    """What the thresholds say of the value, where ``status`` makes less of it; None where it does not."""
    told = status_of(item, value)
    return told if told and _GRAVITY[status] < _GRAVITY[told] else None


def has_thresholds(item: ChecklistItem) -> bool:
    """Whether the item has a value from which it is a warning or a failure."""
    return {item.warning_above, item.failed_above, item.warning_below, item.failed_below} != {None}


def _beyond(value: float, above: float | None, below: float | None) -> bool:
    return (above is not None and value > above) or (below is not None and value < below)
