"""Checklists: which items a round has, and what a measured value means by their thresholds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.inspection import Inspection
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


def items_left(plan: Plan, inspection: Inspection) -> Mapping[str, tuple[str, ...]]:
    """By each of the round's assets, the items that nobody has looked at yet, in their order."""
    items = items_of(plan, inspection.plan)
    seen = _seen(inspection)
    return {
        asset: tuple(item for item in items if (asset, item) not in seen)
        for asset in inspection.assets
    }


def never_seen(inspection: Inspection) -> tuple[str, ...]:
    """The round's assets on which nothing at all was checked, in their order."""
    seen = {entry.data["asset"] for entry in inspection.log if entry.event == "checked"}
    return tuple(asset for asset in inspection.assets if asset not in seen)


def left_out(items: Iterable[str], inspection: Inspection) -> Mapping[str, tuple[str, ...]]:
    """By item, the round's assets on which others were checked and it was not; only those with some."""
    unseen, seen = never_seen(inspection), _seen(inspection)
    looked_at = tuple(asset for asset in inspection.assets if asset not in unseen)
    found = {
        item: tuple(asset for asset in looked_at if (asset, item) not in seen) for item in items
    }
    return {item: assets for item, assets in found.items() if assets}


def equipment_of(inspection: Inspection) -> tuple[str, ...]:
    """The assets that an inspection stands for: those it names; once it is completed, those it looked at."""
    if not any(entry.event == "completed" for entry in inspection.log):
        return inspection.assets
    unseen = never_seen(inspection)
    return tuple(asset for asset in inspection.assets if asset not in unseen)


def _seen(inspection: Inspection) -> frozenset[tuple[str, str]]:
    return frozenset(
        (entry.data["asset"], entry.data["item"])
        for entry in inspection.log
        if entry.event == "checked"
    )


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
