"""Pauses as a cure for late work: how much of the time of tickets stood still, and who had it so.

A pause for a listed reason stops the clocks, so it is where time is gained. Of each ticket: its share of
the promise to resolve. Of each person: the pauses that they recorded, how long these lasted, and how many
were recorded late, each of which is judged at its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.instant import Instant
    from weibao.model.state import RecordState
    from weibao.report.book import Book
    from weibao.sla.reading import Step

TARGET = "resolve"
"""The promise that lasts longest, whose clock every pause stops."""


@dataclass(frozen=True, slots=True)
class PausedTicket:
    """Working seconds of a ticket on the clock of the promise to resolve: paused, and used."""

    ticket: str
    paused: int
    used: int

    @property
    def stood_still(self) -> Tally:
        """Seconds paused, of those paused and used."""
        return Tally(self.paused, self.paused + self.used)


@dataclass(frozen=True, slots=True)
class PausedBy:
    """The pauses that a person entered, on how many tickets, their wall seconds, and how many late."""

    person: str
    pauses: int
    tickets: int
    seconds: int
    late: int


@dataclass(frozen=True, slots=True)
class PausedTime:
    """All tickets that were paused, the largest share first, out of ``judged``; by person, by id."""

    judged: int
    tickets: tuple[PausedTicket, ...]
    by_person: tuple[PausedBy, ...]

    @property
    def stood_still(self) -> Tally:
        """The same of the paused tickets together."""
        paused = sum(one.paused for one in self.tickets)
        return Tally(paused, paused + sum(one.used for one in self.tickets))


def paused_time_of(book: Book) -> PausedTime:
    """How much of the tickets' time stood still, as of the Book's instant."""
    judged = [
        one for one in book.verdicts if one.target == TARGET and one.elapsed_seconds is not None
    ]
    tickets = [
        PausedTicket(one.ticket, one.paused_seconds, one.elapsed_seconds or 0)
        for one in judged
        if one.paused_seconds
    ]
    return PausedTime(
        len(judged),
        tuple(sorted(tickets, key=lambda one: (-(one.stood_still.share or 0), one.ticket))),
        _by_person(book),
    )


def _by_person(book: Book) -> tuple[PausedBy, ...]:
    found: dict[str, list[tuple[str, int, bool]]] = {}
    for ticket in book.records.tickets:
        for pause, seconds in _pauses(book.states[ticket], book.as_of):
            late = pause.grade is Grade.LATE
            found.setdefault(pause.entry.by, []).append((ticket, seconds, late))
    return tuple(
        PausedBy(
            person,
            len(rows),
            len({ticket for ticket, _, _ in rows}),
            sum(seconds for _, seconds, _ in rows),
            sum(late for _, _, late in rows),
        )
        for person, rows in sorted(found.items())
    )


def _pauses(state: RecordState[Step], as_of: Instant) -> Iterator[tuple[Step, int]]:
    """Each pause with its wall seconds, to what ended it or to the instant."""
    ends = [spell.resolved for spell in state.spells] + [state.cancelled]
    for pause in state.pauses:
        begun = pause.step
        ended = [end for end in (pause.resumed, *ends) if end and end.place > begun.place]
        end = min(ended, key=lambda end: end.place).instant if ended else as_of
        yield begun, max(0, end - begun.instant)
