"""Everything that somebody must see to, of a Book at an instant: the gravest first.

Views show parts of this list and none makes one of its own, so that the terminal, the board and the
site cannot differ in what they call late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.report.due.duties import of_duties
from weibao.report.due.endings import of_endings
from weibao.report.due.item import DueItem, DueKind, Harm
from weibao.report.due.operations import of_operations
from weibao.report.due.tickets import of_tickets

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book

PROMISED = frozenset({DueKind.PROMISE, DueKind.UPDATE})
"""What was promised about open tickets."""

MOST_PAST, MOST_COMING = 8, 4
"""How many of what is past or threatens, and of what comes, are told at a glance."""


def due(book: Book, instant: Instant) -> tuple[DueItem, ...]:
    """All that is due at an instant, by harm and then by when: a pure function of the two.

    The instant is that of the Book or a later one: what it says then is what its commit says, were
    nothing recorded in between.
    """
    return book.at(instant).once(_due)


def _due(book: Book) -> tuple[DueItem, ...]:
    found = (*of_tickets(book), *of_operations(book), *of_duties(book), *of_endings(book))
    return tuple(sorted(found, key=lambda item: item.order))


def brief(items: tuple[DueItem, ...]) -> tuple[tuple[DueItem, ...], int]:
    """The first of what is past or threatens and of what comes, the next promise always; how many more there are."""
    coming = [item for item in items if item.harm is Harm.COMING]
    past = [item for item in items if item.harm is not Harm.COMING]
    promise = [item for item in coming if item.kind in PROMISED][:1]
    chosen = {*past[:MOST_PAST], *coming[:MOST_COMING], *promise}
    return tuple(item for item in items if item in chosen), len(items) - len(chosen)


def for_customer(items: tuple[DueItem, ...]) -> tuple[DueItem, ...]:
    """What the customer is told of: promises that are broken or threatened and the next one, windows, rounds, what ends."""
    coming = promised(items, Harm.COMING)[:1]
    return tuple(
        item
        for item in items
        if item.kind.for_customer
        and (item.kind not in PROMISED or item.harm is not Harm.COMING or item in coming)
    )


def others_past(items: Iterable[DueItem]) -> int:
    """How many things other than promises about open tickets should have been done by now."""
    return sum(item.harm is not Harm.COMING and item.kind not in PROMISED for item in items)


def promised(items: Iterable[DueItem], *harms: Harm) -> tuple[DueItem, ...]:
    """Of what is due the promises about open tickets that stand so."""
    return tuple(item for item in items if item.kind in PROMISED and item.harm in harms)


def open_by_harm(book: Book) -> tuple[Ticket, ...]:
    """The open tickets by the harm they do, then by their next deadline, then by their report.

    What is not restored stands before what is, the graver severity before the lesser, a pause or not;
    what has no deadline now stands behind its like.
    """

    def harm(ticket: Ticket) -> tuple[bool, int, bool, Instant]:
        state, deadline = book.states[ticket.id], book.next_deadline(ticket.id)
        instant = deadline.due if deadline else None
        return (state.restored, state.severity or 10, instant is None, instant or 0)

    return tuple(sorted(book.open_tickets, key=harm))
