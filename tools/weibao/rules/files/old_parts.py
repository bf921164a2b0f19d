"""Old parts: one that was kept or destroyed does not come back into the stock (X313)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, place_of
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X313",
        severity=Severity.WARNING,
        title=N_("Old part that was gone came back"),
        message=N_(
            "The old {part}, serial number “{serial}”, is said to be {fate}, and the stock took it in from this ticket."
        ),
        help=N_(
            "Correct what became of it: `weibao ticket amend --field old_part`; if another piece came back, correct its serial number."
        ),
        why=N_(
            "The stock and the service sheet say the same of each piece (requirement 18): one that the customer kept, or saw destroyed, lies in no depot."
        ),
        bad=(
            "removed_serial: 'MPU77', old_part: destroyed\n"
            "  - {at: 2026-11-20T16:00:00+08:00, event: returned, by: sun-yu, part: hw-s12700-mpu, serials: ['MPU77'], depot: shenyang-depot, ticket: T20261120-7K3Q9M, condition: faulty}\n"
        ),
        good="removed_serial: 'MPU77', old_part: returned\n",
        facts=("part", "serial", "fate"),
    ),
)

GONE = frozenset({"kept", "destroyed"})


def check_old_parts(facts: FileFacts) -> Iterator[Finding]:
    """Old parts that are said to be gone, and that the stock took in from their ticket (requirement 18)."""
    back = {
        (entry.data.get("ticket"), entry.data["part"], serial)
        for entry in facts.records.spares.log
        if entry.event == "returned"
        for serial in entry.data["serials"]
    }
    for ticket in facts.records.tickets.values():
        for entry in ticket.log:
            fate = entry.data.get("old_part") if entry.event == "part_replaced" else None
            piece = (entry.data.get("part"), entry.data.get("removed_serial"))
            if fate in GONE and (ticket.id, *piece) in back:
                shown = {"part": piece[0], "serial": piece[1], "fate": fate}
                place = place_of(ticket.path, entry, "old_part")
                yield Finding("X313", place, ticket.id, shown)
