"""Checklists: which items a round has, and what a measured value means by their thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.record.inspection import Inspection
    from weibao.record.plan import ChecklistItem, Plan

CheckStatus = Literal["ok", "warning", "failed"]


def items_of(plan: Plan, work: str) -> Mapping[str, ChecklistItem]:
    """The items that a line of the plan asks for, by id, in the order of its checklists.

    Where two of its lists have an item of one name, the first counts. A line that the plan does
    not have asks for none.
    """
    lists = plan.work[work].checklists if work in plan.work else ()
    items: dict[str, ChecklistItem] = {}
    for name in lists:
        for one in plan.checklists.get(name, ()):
            items.setdefault(one.item, one)
    return items


def items_left(plan: Plan, inspection: Inspection) -> Mapping[str, tuple[str, ...]]:
    """By each of the round's assets, the items that nobody has looked at yet, in their order."""
    items = items_of(plan, inspection.plan)
    seen = {
        (entry.data["asset"], entry.data["item"])
        for entry in inspection.log
        if entry.event == "checked"
    }
    return {
        asset: tuple(item for item in items if (asset, item) not in seen)
        for asset in inspection.assets
    }


def status_of(item: ChecklistItem, value: object) -> CheckStatus | None:
    """What the value means: failed beyond a failing threshold, a warning beyond a warning one.

    A value that lies on a threshold is within it ("above", "below"). None where the item has no
    threshold or the value is no number: then the one who looked must say.
    """
    failing = (item.failed_above, item.failed_below)
    warning = (item.warning_above, item.warning_below)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if {*failing, *warning} == {None}:
        return None
    if _beyond(value, *failing):
        return "failed"
    return "warning" if _beyond(value, *warning) else "ok"


def _beyond(value: float, above: float | None, below: float | None) -> bool:
    return (above is not None and value > above) or (below is not None and value < below)
