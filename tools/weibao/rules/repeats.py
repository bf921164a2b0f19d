"""What was recorded twice: a fault in two tickets (X212), a round in two inspections (X213)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.finding import Finding, Place
from weibao.model.state import claimed, fold
from weibao.model.ticket import REACTIVE
from weibao.operations.checklist import equipment_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.inspection import Inspection
    from weibao.model.ticket import Ticket

WITHIN = 30 * 60
"""How many seconds apart two reports of one fault may have been taken; a default, not a term."""


def check_repeats(tickets: Iterable[Ticket]) -> Iterator[Finding]:
    """Tickets that may say again what an earlier one of the same kind says.

    Two that are both closed were two: work was done and confirmed on each. One that is cancelled
    stands in for nothing.
    """
    earlier: dict[tuple[str, str], list[Ticket]] = {}
    for ticket in sorted(tickets, key=lambda one: (one.reported_at, one.id)):
        if ticket.kind not in REACTIVE:
            continue
        found: Ticket | None = None
        for asset in ticket.assets:
            near = [
                one
                for one in earlier.get((ticket.kind, asset), ())
                if ticket.reported_at - one.reported_at <= WITHIN
            ]
            found = found or next((one for one in near if _unsettled(one, ticket)), None)
            earlier[ticket.kind, asset] = [*near, ticket]
        if found is not None:
            facts = {"ticket": ticket.id, "other": found.id, "limit": WITHIN // 60}
            yield Finding("X212", Place(ticket.path, keys=("assets",)), ticket.id, facts)


def check_rounds(inspections: Iterable[Inspection]) -> Iterator[Finding]:
    """Inspections that have equipment in common with an earlier one of the same plan and period.

    One of which an amendment says that its header names the wrong round stands in for nothing.
    """
    earlier: dict[tuple[str, str], dict[str, str]] = {}
    for one in sorted(inspections, key=lambda one: one.id):
        if _misnamed(one):
            continue
        inspected = earlier.setdefault((one.plan, one.period), {})
        equipment = equipment_of(one)
        shared = tuple(asset for asset in equipment if asset in inspected)
        if shared:
            facts = {
                "inspection": one.id,
                "other": inspected[shared[0]],
                "plan": one.plan,
                "period": one.period,
                "assets": shared,
            }
            yield Finding("X213", Place(one.path, keys=("assets",)), one.id, facts)
        for asset in equipment:
            inspected.setdefault(asset, one.id)


def _misnamed(inspection: Inspection) -> bool:
    """Whether its round, or its equipment, was corrected afterwards."""
    return any(
        entry.event == "amended"
        and "entry" not in entry.data
        and entry.data["field"] in {"plan", "period", "assets"}
        for entry in inspection.log
    )


def _unsettled(*pair: Ticket) -> bool:
    """Whether neither is cancelled and work on at least one still goes on."""
    states = [fold("ticket", claimed(ticket.log)) for ticket in pair]
    return not any(state.cancelled for state in states) and not all(state.ended for state in states)
