"""Traces: the records of a Book that bear witness to something, as ids and paths in their order.

Only what had taken effect by the Book's instant counts, as everywhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import local_day
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date

    from weibao.model.entry import Entry
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book
    from weibao.sla.clock import Clocks
    from weibao.sla.verdict import Verdict

TICKETS = "records/tickets/"
INSPECTIONS = "records/inspections/"
ACTIONS = "records/actions.yaml"
CONTRACT = "records/contract.yaml"
DUTY = "records/duty.yaml"
PLAN = "records/plan.yaml"
REVIEWS = "records/reviews.yaml"
SHIFTS = "records/shifts/"
SPARES = "records/spares.yaml"
STAFF = "records/staff.yaml"


@dataclass(frozen=True, slots=True)
class Trail:
    """A Book with what every row looks at, worked out once.

    Attributes:
        book: the Book.
        steps: by record, the entries that have taken effect, in the order of their claims.
        tickets: those that were reported by then and have such entries, by id.
        clocks: the contract's calendars.
        day: the contract-local day of the Book's instant, or the last of the term if that is over.
        readable: the paths of the tickets and inspections that could be read.
    """

    book: Book
    steps: Mapping[str, tuple[Entry, ...]]
    tickets: tuple[Ticket, ...]
    clocks: Clocks
    day: date
    readable: frozenset[str]


def trail_of(book: Book) -> Trail:
    """What every row looks at in a Book."""
    steps = {
        record: tuple(proven.entry for proven in proof.timeline if proven.effective <= book.as_of)
        for record, proof in book.proofs.items()
    }
    reported = (
        ticket
        for _, ticket in sorted(book.records.tickets.items())
        if ticket.reported_at <= book.as_of and steps[ticket.id]
    )
    records = book.records
    readable = {ticket.path for ticket in records.tickets.values()}
    readable |= {inspection.path for inspection in records.inspections.values()}
    readable |= {shift.path for shift in records.shifts.values()}
    day = min(local_day(book.as_of, book.zone), records.contract.end)
    return Trail(book, steps, tuple(reported), book.clocks, day, frozenset(readable))


def tickets(trail: Trail, holds: Callable[[Ticket], bool]) -> Iterator[str]:
    """The ids of the reported tickets for which something holds."""
    return (ticket.id for ticket in trail.tickets if holds(ticket))


def tickets_with(
    trail: Trail, events: Collection[str], holds: Callable[[Ticket, Entry], bool]
) -> Iterator[str]:
    """The ids of the tickets with a step of these events for which something holds."""
    return tickets(
        trail,
        lambda ticket: any(
            step.event in events and holds(ticket, step) for step in trail.steps[ticket.id]
        ),
    )


def inspections_with(trail: Trail, event: str) -> Iterator[str]:
    """The ids of the inspections that have such a step."""
    for key in sorted(trail.book.records.inspections):
        if any(step.event == event for step in trail.steps[key]):
            yield key


def lines(
    trail: Trail, record: str, path: str, event: str, holds: Callable[[Entry], bool]
) -> Iterator[str]:
    """Path and line of the entries of ``spares`` or ``actions`` for which something holds."""
    for entry in sorted(trail.steps[record], key=lambda step: step.index):
        if entry.event == event and holds(entry):
            yield f"{path}:{entry.line}"


def kept(trail: Trail, target: str, holds: Callable[[Verdict], bool]) -> Iterator[str]:
    """The ids of the tickets on which a promise was kept."""
    for verdict in trail.book.verdicts:
        if verdict.target == target and verdict.outcome is Outcome.MET and holds(verdict):
            yield verdict.ticket


def whatever(*_witness: object) -> bool:
    """Nothing more is asked of what bears witness."""
    return True
