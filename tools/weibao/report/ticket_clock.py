"""The clock of a ticket on one line: where it ran, where it stood still, when it was due and when it was done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.sla.clock import Clock
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from weibao.model.instant import Instant
    from weibao.report.book import Book
    from weibao.sla.verdict import Verdict

_FIRST = ("restore", "resolve", "respond")
"""Of which promise the line is: what the customer waits for comes first."""


@dataclass(frozen=True, slots=True)
class TicketClock:
    """A promise's clock from ``start`` to ``end``.

    Attributes:
        verdict: the promise.
        end: when it was done, else the Book's instant; or when it is due, where that is later.
        until: when it was done, else the Book's instant.
        ran: the spans [from, to) that it counted, in order; what is not among them is a pause, or not its hours.
    """

    verdict: Verdict
    start: Instant
    end: Instant
    until: Instant
    ran: tuple[tuple[Instant, Instant], ...]


def ticket_clock(book: Book, ticket_id: str) -> TicketClock | None:
    """The clock of what the customer waits for most; None where no promise of it was judged."""
    verdicts = book.verdicts_of(ticket_id)
    last = {
        verdict.target: verdict
        for verdict in verdicts
        if verdict.start is not None
        and verdict.outcome not in {Outcome.WAIVED, Outcome.CANCELLED, Outcome.UNDETERMINED}
        and verdict.start_precision
        is verdict.stop_precision
        is None  # no line of what nobody knows
    }
    verdict = next((last[target] for target in _FIRST if target in last), None)
    if verdict is None or verdict.start is None:
        return None
    start = verdict.start
    until = book.as_of if verdict.stop is None else verdict.stop
    calendar = book.settings.at(start)[-1].calendar(verdict.clock)
    still = ((pause.start, until if pause.end is None else pause.end) for pause in verdict.pauses)
    ran = Clock(calendar, tuple(still)).ran(start, until)
    return TicketClock(verdict, start, max(until, verdict.due or until), until, tuple(ran))
