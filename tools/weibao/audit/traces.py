"""Traces: the records of a Book that bear witness to something, as ids and paths in their order.

Only what had taken effect by the Book's instant counts, as everywhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.record.instant import local_day
from weibao.service.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from weibao.book import Book
    from weibao.record.entry import Entry
    from weibao.record.ticket import Ticket
    from weibao.service.verdict import Verdict

ACTIONS = "records/actions.yaml"
CONTRACT = "records/contract.yaml"
DUTY = "records/duty.yaml"
PLAN = "records/plan.yaml"
SPARES = "records/spares.yaml"
STAFF = "records/staff.yaml"


def today(book: Book) -> date:
    """The contract-local day of the Book's instant."""
    return local_day(book.as_of, book.zone)


def steps(book: Book, record: str) -> tuple[Entry, ...]:
    """The entries of a record that have taken effect, in the order of their claims."""
    return tuple(one.entry for one in book.proofs[record].timeline if one.effective <= book.as_of)


def tickets(book: Book, holds: Callable[[Ticket], bool]) -> Iterator[str]:
    """The ids of the reported tickets for which something holds."""
    for key, ticket in sorted(book.records.tickets.items()):
        if ticket.reported_at <= book.as_of and steps(book, key) and holds(ticket):
            yield key


def tickets_with(
    book: Book, events: Collection[str], holds: Callable[[Ticket, Entry], bool]
) -> Iterator[str]:
    """The ids of the tickets with a step of these events for which something holds."""
    return tickets(
        book,
        lambda ticket: any(
            one.event in events and holds(ticket, one) for one in steps(book, ticket.id)
        ),
    )


def inspections_with(book: Book, event: str) -> Iterator[str]:
    """The ids of the inspections that have such a step."""
    for key in sorted(book.records.inspections):
        if any(one.event == event for one in steps(book, key)):
            yield key


def lines(
    book: Book, record: str, path: str, events: Collection[str], holds: Callable[[Entry], bool]
) -> Iterator[str]:
    """Path and line of the entries of ``spares`` or ``actions`` for which something holds."""
    for entry in sorted(steps(book, record), key=lambda one: one.index):
        if entry.event in events and holds(entry):
            yield f"{path}:{entry.line}"


def kept(book: Book, target: str, holds: Callable[[Verdict], bool]) -> Iterator[str]:
    """The ids of the tickets on which a promise was kept."""
    for verdict in book.verdicts:
        if verdict.target == target and verdict.outcome is Outcome.MET and holds(verdict):
            yield verdict.ticket


def anything(*_things: object) -> bool:
    """Whatever it is, it counts."""
    return True
