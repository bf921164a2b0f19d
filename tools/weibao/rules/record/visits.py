"""Visits: the number that an arrival states is the one that the stays show (X312)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, place_of
from weibao.model.timeline import timeline
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X312",
        severity=Severity.WARNING,
        title=N_("Visit under another number"),
        message=N_("This arrival says visit {stated}; by who came and left it is visit {number}."),
        help=N_(
            "Leave the number out, or correct it: `weibao ticket amend --field visit`. If somebody came or left who is missing here, record that with the time when it was: `weibao ticket arrive`, `weibao ticket leave`."
        ),
        why=N_(
            "A visit lasts until nobody who came is there any more (requirement 25), and a fault is mended at the first one or is not. The number on a service sheet may not make one visit of two."
        ),
        bad=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T12:00:00+08:00, event: left, by: li-qiang}\n"
            "  - {at: 2026-11-21T09:00:00+08:00, event: arrived, by: li-qiang, visit: 1}\n"
        ),
        good=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T12:00:00+08:00, event: left, by: li-qiang}\n"
            "  - {at: 2026-11-21T09:00:00+08:00, event: arrived, by: li-qiang, visit: 2}\n"
        ),
        facts=("stated", "number"),
    ),
)


def check_visit_numbers(facts: FileFacts) -> Iterator[Finding]:
    """Arrivals under the number of another visit (requirement 25)."""
    for ticket in facts.records.tickets.values():
        if not any("visit" in entry.data for entry in ticket.log):
            continue
        # Hardly an arrival states its number, and every step is judged by this rule.
        from weibao.operations.visits import visits_on_claims

        entries = {entry.index: entry for entry in ticket.log}
        for visit in visits_on_claims(timeline(ticket.log)):
            for index, stated in visit.entries:
                if stated is not None and stated != visit.number:
                    shown = {"stated": stated, "number": visit.number}
                    place = place_of(ticket.path, entries[index], "visit")
                    yield Finding("X312", place, ticket.id, shown)
