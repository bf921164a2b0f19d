"""Rounds: checks that say other than their checklist or their round, and rounds with gaps (X304–X307).

The plan is today's: where a threshold was changed since, an amendment of the entry says so, and it is told
no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.finding import Finding, Place
from weibao.model.instant import parse_instant
from weibao.operations.checklist import items_of, milder_than_told, never_seen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.plan import ChecklistItem, Plan


def check_round(inspection: Inspection, plan: Plan) -> Iterator[Finding]:
    """What the checks of an inspection, and its end, leave open to doubt."""
    items = items_of(plan, inspection.plan)
    amended = {
        (parse_instant(entry.data["entry"]["at"]), entry.data["entry"]["event"])
        for entry in inspection.log
        if entry.event == "amended" and "entry" in entry.data
    }
    for entry in inspection.log:
        if entry.event == "checked" and entry.reference not in amended:
            yield from _contradicted(inspection, entry, items)
    completed = next((entry for entry in inspection.log if entry.event == "completed"), None)
    if completed is not None and completed.reference not in amended:
        yield from _gaps(inspection, completed)


def _contradicted(
    inspection: Inspection, entry: Entry, items: Mapping[str, ChecklistItem]
) -> Iterator[Finding]:
    """A check that its checklist, or the round's equipment, does not bear out."""
    data = entry.data
    asset, item = data["asset"], items.get(data["item"])
    facts: dict[str, object]
    if item and item.unit and data.get("unit", item.unit) != item.unit:
        facts = {"asset": asset, "item": item.item, "found": data["unit"], "unit": item.unit}
        yield Finding("X305", _place(inspection, entry, "unit"), inspection.id, facts)
    elif item and (told := milder_than_told(item, data.get("value"), data["status"])):
        facts = {
            "asset": asset,
            "item": item.item,
            "value": data["value"],
            "said": data["status"],
            "told": told,
        }
        yield Finding("X304", _place(inspection, entry, "status"), inspection.id, facts)
    if asset not in inspection.assets:
        facts = {"asset": asset, "inspection": inspection.id}
        yield Finding("X306", _place(inspection, entry, "asset"), inspection.id, facts)


def _gaps(inspection: Inspection, completed: Entry) -> Iterator[Finding]:
    """Equipment at which nobody looked at all.

    Items do not count here: a checklist may have been given more since, and not all of one applies
    to every piece.
    """
    if unseen := never_seen(inspection):
        facts = {"assets": unseen, "plan": inspection.plan, "period": inspection.period}
        yield Finding("X307", _place(inspection, completed, "event"), inspection.id, facts)


def _place(inspection: Inspection, entry: Entry, key: str) -> Place:
    return Place(inspection.path, entry.line, keys=("log", entry.index, key))
