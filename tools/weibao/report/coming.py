"""At which coming instants a Book says something else of itself, were nothing recorded in between.

A view that is read later than it was made shows the Book of the last of these instants: no arithmetic
on promises is needed where it is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.history.unwitnessed import WITNESSED_WITHIN
from weibao.model.instant import local_day
from weibao.operations.on_duty import shifts
from weibao.report.conditions import conditions_of
from weibao.report.due.due import due
from weibao.report.due.operations import AHEAD, end_of
from weibao.report.headline import DAY, HOUR, IN_DAYS
from weibao.sla.judge import judge
from weibao.sla.silence import silence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weibao.model.instant import Instant
    from weibao.report.book import Book

FRESH = 4 * HOUR
"""Seconds after which what was not made again is stale, where nothing else is said."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a Book comes to while a view of it is fresh: until ``until``, at each of its coming instants."""

    until: Instant
    books: tuple[Book, ...]

    @property
    def stale(self) -> Instant:
        """The first instant at which the view is fresh no more."""
        return self.until + 1


def unchanged(book: Book) -> Ahead:
    """A Book that comes to nothing else for :data:`FRESH`."""
    return Ahead(book.as_of + FRESH, ())


def ahead_of(book: Book, interval: int) -> Ahead:
    """What the Book comes to in twice the interval after which it is read again."""
    seconds = 2 * interval
    until = book.as_of + seconds
    return Ahead(until, tuple(map(book.at, coming_instants(book, until))))


def coming_instants(book: Book, until: Instant) -> tuple[Instant, ...]:
    """The instants after that of the Book, up to and including ``until``, in order.

    Promises become endangered and fall due, windows open and end, shifts change, days begin, what comes by
    the calendar comes near, and how long a service has been troubled is another hour or day.
    """
    known = sorted(
        {
            instant
            for instant in chain(
                _promises_and_dates(book, until),
                _windows(book),
                _duty(book, until),
                _days(book, until),
                _records(book),
                _lengths(book, until),
            )
            if book.as_of < instant <= until
        }
    )
    # Between two of these nothing is recorded or begins, so that promises only grow older.
    spans = list(pairwise((book.as_of, *known, until)))
    aged = {
        instant
        for ticket in book.open_tickets
        for start, end in spans
        for instant in _changes(_standing(book, ticket.id), start, end)
    }
    return tuple(sorted(aged.union(known)))


def _promises_and_dates(book: Book, until: Instant) -> Iterator[Instant]:
    """What is due is late a second after its instant, and is told from so long before it."""
    for item in chain(due(book, book.as_of), due(book, until)):
        yield from (item.instant, item.instant + 1, item.instant - AHEAD)


def _windows(book: Book) -> Iterator[Instant]:
    """Work overruns at the end of its window, and what it does is told up to and including an instant."""
    for ticket in book.open_tickets:
        for edge in ticket.window or ():
            yield from (edge - 1, edge, edge + 1)


def _duty(book: Book, until: Instant) -> Iterator[Instant]:
    for rota in book.records.duty.rotas:
        for span in shifts(book.records.duty, rota, book.as_of, until + 1):
            yield from (span.start, span.end)


def _days(book: Book, until: Instant) -> Iterator[Instant]:
    """The beginnings of days: what holds by the day holds from there."""
    instant = book.as_of
    while instant < until:
        instant = end_of(local_day(instant, book.zone), book) + 1
        yield instant


def _records(book: Book) -> Iterator[Instant]:
    """What is recorded of later than the Book's instant, and what waits too long for a witness."""
    for ticket in book.records.tickets.values():
        yield ticket.reported_at
    for log in book.proofs.values():
        for proven in log.entries:
            yield proven.effective
            waits = proven.witnessed is None and proven.grade is not Grade.IMPORTED
            if waits and proven.recorded is not None:
                yield proven.recorded + WITNESSED_WITHIN + 1


def _lengths(book: Book, until: Instant) -> Iterator[Instant]:
    """When the lengths told of troubled services are another whole hour or day."""
    found = chain(conditions_of(book, services=True), conditions_of(book.at(until), services=True))
    for since in {now.since for now in found if now.since is not None}:
        yield from range(since + HOUR, since + IN_DAYS + 1, HOUR)
        yield from range(since + IN_DAYS, until + 1, DAY)


def _standing(book: Book, ticket_id: str) -> Callable[[Instant], object]:
    """How the promises about a ticket stand, by instant."""
    ticket, proof = book.counting[ticket_id]
    staff = frozenset(book.records.staff.people)

    def at(instant: Instant) -> object:
        heard = book.settings, staff, instant
        running = silence(ticket, proof, *heard)
        found = (*judge(ticket, proof, *heard), *((running,) if running else ()))
        return tuple((verdict.order, verdict.outcome, verdict.due) for verdict in found)

    return at


def _changes(of: Callable[[Instant], object], start: Instant, end: Instant) -> Iterator[Instant]:
    """After ``start`` the instants up to ``end`` at which a value, which never comes again, is another."""
    first, last = of(start), of(end)
    pending = [(start, first, end, last)] if first != last else []
    while pending:
        low, below, high, above = pending.pop()
        if high - low == 1:
            yield high
            continue
        middle = (low + high) // 2
        there = of(middle)
        if below != there:
            pending.append((low, below, middle, there))
        if there != above:
            pending.append((middle, there, high, above))
