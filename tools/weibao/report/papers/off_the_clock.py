"""Pauses by their reason: how much each took off the clocks, and which still wait for the customer."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from weibao.report.audit.pauses import TARGET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.imported import Precision
    from weibao.model.instant import Instant
    from weibao.report.book import Book
    from weibao.report.figure import Period
    from weibao.sla.verdict import Pause, Verdict

WAITS_FOR_CUSTOMER = ("customer_information", "site_access", "change_freeze")
"""The reasons for a pause that the customer alone can end."""


@dataclass(frozen=True, slots=True)
class PausedFor:
    """What pauses for a reason took off the clock of the promise to resolve, within a period.

    Attributes:
        pauses: how many there were, on how many ``tickets``.
        seconds: as that clock would have counted them; ``wall`` as they passed on the wall.
    """

    reason: str
    pauses: int
    tickets: int
    seconds: int
    wall: int

    @property
    def hours(self) -> Fraction:
        """The same in hours."""
        return Fraction(self.seconds, 3600)

    @property
    def wall_hours(self) -> Fraction:
        """Those on the wall in hours."""
        return Fraction(self.wall, 3600)


@dataclass(frozen=True, slots=True)
class WaitingTicket:
    """A ticket that stands still: for which reason, since when, and for how many seconds on the wall.

    ``precision`` is how exactly an old register says since when; where it is not exact, nobody knows for how long.
    """

    ticket: str
    reason: str
    since: Instant
    precision: Precision | None
    seconds: int | None


@dataclass(frozen=True, slots=True)
class _Taken:
    ticket: str
    reason: str
    seconds: int
    wall: int


def paused_for(book: Book, period: Period) -> tuple[PausedFor, ...]:
    """By reason, in the order of their names; of each pause what is in the period."""
    taken = [
        part
        for verdict in book.verdicts
        if verdict.target == TARGET
        for pause in verdict.pauses
        for part in _taken(book, verdict, pause, period)
    ]
    return tuple(
        PausedFor(
            reason,
            len(own),
            len({part.ticket for part in own}),
            sum(part.seconds for part in own),
            sum(part.wall for part in own),
        )
        for reason in sorted({part.reason for part in taken})
        if (own := [part for part in taken if part.reason == reason])
    )


def _taken(book: Book, verdict: Verdict, pause: Pause, period: Period) -> Iterator[_Taken]:
    """What of a pause the promise's own clock would have counted; nothing where no calendar covers it."""
    running = [instant for instant in (pause.end, verdict.stop) if instant is not None]
    start = max(pause.start, verdict.start or pause.start, period.start)
    end = min(*running, period.end, book.as_of) if running else min(period.end, book.as_of)
    if verdict.start is None or start >= end:
        return
    calendar = book.settings.at(verdict.start)[0].calendar(verdict.clock)
    worked = calendar.work(start, end)
    if isinstance(worked, int):
        yield _Taken(verdict.ticket, pause.reason, worked, end - start)


def waiting_for_customer(book: Book) -> tuple[WaitingTicket, ...]:
    """The open tickets that stand still until the customer does something, the longest first."""
    found = [
        WaitingTicket(
            ticket.id,
            str(pause.entry.data["reason"]),
            pause.instant,
            pause.precision,
            None if pause.precision else book.as_of - pause.instant,
        )
        for ticket in book.open_tickets
        if (state := book.states[ticket.id]).paused
        and (pause := state.pauses[-1].step).entry.data["reason"] in WAITS_FOR_CUSTOMER
    ]
    return tuple(sorted(found, key=lambda waiting: (waiting.since, waiting.ticket)))
