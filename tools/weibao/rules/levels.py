"""Service levels: promises at risk, broken, and broken without a word (S1xx).

A breach does not fail a check: that would pay people to lie. What fails is a breach that nobody has
explained once the ticket is resolved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.events import State
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket
    from weibao.sla.verdict import Verdict

_RESOLVED = {State.RESOLVED, State.CONFIRMED, State.CLOSED}


def check_levels(
    verdicts: Iterable[Verdict],
    states: Mapping[str, RecordState[Dated]],
    records: Records,
    as_of: Instant,
) -> Iterator[Finding]:
    """What the verdicts say that somebody must look at."""
    judged = set()
    for verdict in verdicts:
        judged.add(verdict.ticket)
        ticket = records.tickets[verdict.ticket]
        yield from _verdict(verdict, ticket, states[ticket.id].state, records)
    for ticket in records.tickets.values():
        if not ticket.planned and ticket.id not in judged and ticket.reported_at <= as_of:
            at = format_instant(ticket.reported_at, records.contract.zone)
            place = Place(ticket.path, keys=("reported_at",))
            yield Finding("S105", place, ticket.id, {"ticket": ticket.id, "reported_at": at})


def _verdict(verdict: Verdict, ticket: Ticket, state: State, records: Records) -> Iterator[Finding]:
    zone = records.contract.zone
    place = Place(ticket.path, keys=("severity",))
    facts: dict[str, object] = {"ticket": ticket.id, "target": verdict.target}
    if verdict.due is not None:
        facts["due"] = format_instant(verdict.due, zone)
    match verdict.outcome:
        case Outcome.BREACHED if verdict.due is not None:
            yield Finding("S101", place, ticket.id, facts | {"late_by": verdict.late_seconds})
            if state in _RESOLVED and not _justified(ticket, verdict.target):
                yield Finding("S102", place, ticket.id, facts)
        case Outcome.AT_RISK:
            left = verdict.margin_seconds or 0
            yield Finding("S103", place, ticket.id, facts | {"left": left, "clock": verdict.clock})
        case Outcome.UNDETERMINED:
            yield Finding("S104", place, ticket.id, facts | {"clock": verdict.clock})
        case _:
            pass


def _justified(ticket: Ticket, target: str) -> bool:
    return any(e.event == "justified" and e.data["target"] == target for e in ticket.log)
