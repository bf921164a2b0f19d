"""The agenda: open tickets by what presses most, each with the step that comes next.

By what the records claim, as a command tells it after a step; what counts is judged on evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from weibao.model.events import EVENTS, REACHED_BY, Event, State, event_named, has_step
from weibao.model.fold import on_claims, permits, ticket_on_claims
from weibao.model.inspection import Inspection
from weibao.model.shift import Shift
from weibao.sla.provisional import next_on_claims

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.state import Claimed, RecordState
    from weibao.model.ticket import Ticket
    from weibao.sla.verdict import Verdict

_AFTER = {State.RESOLVED: "confirmed", State.CONFIRMED: "closed", State.NEW: "opened"}
_NEVER = 2**62

F = TypeVar("F", Inspection, Shift)


@dataclass(frozen=True, slots=True)
class Due:
    """A ticket on the agenda.

    Attributes:
        ticket: the ticket.
        state: where it stands.
        deadline: the promise that presses most, or None.
        step: the event that comes next, by that promise or by its state.
    """

    ticket: Ticket
    state: RecordState[Claimed]
    deadline: Verdict | None
    step: Event


def agenda(tickets: Iterable[Ticket], records: Records, now: Instant) -> tuple[Due, ...]:
    """The tickets that have not ended, the most urgent first; those without a deadline last."""
    found = []
    for ticket in tickets:
        state = ticket_on_claims(ticket, records.contract, now)
        if not state.ended:
            deadline = next_on_claims(ticket, records, now)
            found.append(Due(ticket, state, deadline, _next_step(ticket, state, deadline)))
    return tuple(sorted(found, key=_urgency))


def owned_by(dues: Iterable[Due], person: str) -> tuple[Due, ...]:
    """What is this person's; everything, where nothing is or nobody is named."""
    dues = tuple(dues)
    return tuple(due for due in dues if person and due.state.owner == person) or dues


def able(
    tickets: Iterable[Ticket], event: str, records: Records, now: Instant
) -> tuple[Ticket, ...]:
    """The tickets that ``event`` may follow now: open ones first, the most urgent of them first.

    To be acknowledged, those come first that nobody has acknowledged.
    """
    tickets = tuple(tickets)
    urgent = [due.ticket for due in agenda(tickets, records, now)]
    others = [ticket for ticket in tickets if ticket not in urgent]
    found = [
        ticket
        for ticket in (*urgent, *others)
        if has_step(ticket.kind, event)
        and recordable(ticket_on_claims(ticket, records.contract, now), event)
    ]
    if event == "acknowledged":
        found.sort(key=lambda ticket: any(entry.event == event for entry in ticket.log))
    return tuple(found)


def recordable(state: RecordState[Claimed], event: str) -> bool:
    """Whether the event would be recorded: closing is refused on the resolver's own confirmation."""
    barred = event == "closed" and state.self_confirmed
    return permits("ticket", state, event) and not barred


def able_rounds(filed: Iterable[F], kind: str, event: str, now: Instant) -> tuple[F, ...]:
    """The rounds, or the shifts, that ``event`` may follow now, in their order."""
    return tuple(
        record for record in filed if permits(kind, on_claims(kind, record.log, now), event)
    )


def may_follow_the_end(kind: str, event: str) -> bool:
    """Whether the event may come after a record has ended, as an amendment may."""
    return bool(event_named(kind, event).after & {State.CLOSED, State.CANCELLED})


def recent_assets(tickets: Iterable[Ticket]) -> tuple[str, ...]:
    """The equipment of the tickets, in their order, each once."""
    return tuple(dict.fromkeys(asset for ticket in tickets for asset in ticket.assets))


def _next_step(ticket: Ticket, state: RecordState[Claimed], deadline: Verdict | None) -> Event:
    wanted = [REACHED_BY[deadline.target][0]] if deadline else []
    wanted += [_AFTER[state.state]] if state.state in _AFTER else []
    if state.paused:
        wanted.insert(0, "resumed")
    wanted += ["arrived" if ticket.planned else "acknowledged"] if not state.on_site else []
    for name in (*wanted, "confirmed", "resolved", "updated"):
        if recordable(state, name):
            return event_named("ticket", name)
    return EVENTS["ticket"][0]


def _urgency(due: Due) -> tuple[int, int, str]:
    soon = due.deadline.due if due.deadline and due.deadline.due is not None else _NEVER
    return (soon, due.ticket.reported_at, due.ticket.id)
