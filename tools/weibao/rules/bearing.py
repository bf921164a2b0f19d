"""What other tickets are judged by in one: a change that leaves that as it was bears upon none of them.

Two rules hold tickets against each other (X212, X220), and one looks for a serial number in all of them
(X309). Whoever judges a change alone must know when it reaches further than its own file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.fold import fold, ticket_on_claims
from weibao.model.state import claimed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket


def bearing(ticket: Ticket, contract: Contract) -> tuple[object, ...]:
    """All that another ticket is judged by in this one; equal where it is judged alike."""
    state = fold("ticket", claimed(ticket.log))
    stands = state.cancelled is not None, state.ended
    turns = tuple(_turns(ticket, contract))
    return ticket.kind, ticket.assets, ticket.reported_at, stands, turns


def pieces(ticket: Ticket) -> tuple[object, ...]:
    """What the ticket says of where pieces of equipment are."""
    return tuple(
        (entry.at, entry.index, entry.data)
        for entry in ticket.log
        if entry.event == "part_replaced"
    )


def _turns(ticket: Ticket, contract: Contract) -> Iterator[tuple[Instant, object]]:
    """Whether it was cancelled or resolved, and how grave it was: first, and at each instant that changed it."""
    before: object = None
    for at in (0, *sorted({entry.at for entry in ticket.log})):
        state = ticket_on_claims(ticket, contract, at)
        now = state.cancelled is not None, state.resolved, state.severity
        if now != before:
            yield at, now
        before = now
