"""What a round is to look at, and what of it was looked at: the one place that says whether it is whole.

The unit is an item on a piece of equipment. Whatever its result, it was looked at once there is a check of
it; equipment that was skipped was not, whatever the reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.operations.checklist import items_of
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.assets import Asset
    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.plan import Plan

Promised = dict[str, tuple[str, ...]]
"""By asset, in order, the items that are to be looked at on it; () means that anything will do."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What of a round was looked at.

    Attributes:
        assets: pieces on which each of their items was looked at, of all.
        checks: items that were looked at, piece by piece, of all.
        promised: by piece, what was to be looked at.
        left: by piece, the items of it that nobody looked at.
        skipped: of the pieces with something left, those that were skipped; the log has the reasons.
    """

    assets: Tally
    checks: Tally
    promised: Promised
    left: Promised
    skipped: tuple[str, ...]

    @property
    def unaccounted(self) -> tuple[str, ...]:
        """The pieces with something left that nobody gave a reason for."""
        return tuple(asset for asset in self.left if asset not in self.skipped)


def promised_by(
    plan: Plan, work: str, assets: Iterable[str], register: Mapping[str, Asset]
) -> Promised:
    """What a line of the plan asks to look at on these assets: the items that are for their kind.

    Equipment of which a checklist has no item is not looked at. Where the line has no checklist at
    all, every piece is, and nothing says for what.
    """
    items = items_of(plan, work).values()
    found: Promised = {}
    for asset in assets:
        kind = register[asset].kind if asset in register else ""
        asked = tuple(item.item for item in items if not item.kinds or kind in item.kinds)
        if asked or not items:
            found[asset] = asked
    return found


def coverage_in(plan: Plan, register: Mapping[str, Asset], inspection: Inspection) -> Coverage:
    """How much of what an inspection names was looked at in it, by the plan as it stands."""
    promised = promised_by(plan, inspection.plan, inspection.assets, register)
    return coverage_of(promised, inspection.log)


def equipment_of(
    plan: Plan, register: Mapping[str, Asset], inspection: Inspection
) -> tuple[str, ...]:
    """The assets that an inspection stands for: those it names; once it is completed, those with nothing left."""
    if not any(entry.event == "completed" for entry in inspection.log):
        return inspection.assets
    left = coverage_in(plan, register, inspection).left
    return tuple(asset for asset in inspection.assets if asset not in left)


def coverage_of(promised: Promised, log: Iterable[Entry]) -> Coverage:
    """How much of what was promised the checks among these entries have looked at."""
    seen: dict[str, set[str]] = {}
    skipped: set[str] = set()
    for entry in log:
        if entry.event == "checked":
            seen.setdefault(entry.data["asset"], set()).add(entry.data["item"])
        elif entry.event == "skipped":
            skipped.add(entry.data["asset"])
    left = {
        asset: tuple(item for item in items if item not in seen.get(asset, ()))
        for asset, items in promised.items()
        if not (set(items) <= seen[asset] if asset in seen else False)
    }
    units = sum(max(1, len(items)) for items in promised.values())
    open_units = sum(max(1, len(items)) for items in left.values())
    return Coverage(
        assets=Tally(len(promised) - len(left), len(promised)),
        checks=Tally(units - open_units, units),
        promised=promised,
        left=left,
        skipped=tuple(asset for asset in left if asset in skipped),
    )
