"""The board: what stands on it and in which order. How it reads is in :mod:`board_text`.

A Book is judged at one instant, and a clock goes on. Until the next Book, ``now`` decides alone what
has passed its due time in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.report.due.due import PROMISED, open_by_harm
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.instant import Instant
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book
    from weibao.report.due.item import DueItem
    from weibao.sla.verdict import Verdict


@dataclass(frozen=True, slots=True)
class BoardRow:
    """An open ticket.

    Attributes:
        ticket, title, state: the ticket, its title as last corrected, and what it has come to.
        deadline: what it must reach next, overdue or soonest due; None where no clock runs.
        silence: since when the customer has heard nothing and until when that may last; None where
            no updates are promised.
    """

    ticket: Ticket
    title: str
    state: RecordState[Dated]
    deadline: Verdict | None
    silence: Verdict | None


def board_rows(book: Book) -> tuple[BoardRow, ...]:
    """The open tickets by the harm they do, then by time left."""
    return tuple(
        BoardRow(
            ticket,
            ticket.title,
            book.states[ticket.id],
            book.next_deadline(ticket.id),
            book.silences.get(ticket.id),
        )
        for ticket in open_by_harm(book)
    )


def outcome_at(verdict: Verdict, now: Instant) -> Outcome:
    """How a promise that runs stands at an instant after it was judged; on its due time it is kept."""
    if verdict.due is not None and now > verdict.due:
        return Outcome.BREACHED
    return verdict.outcome


def past(items: Iterable[DueItem], now: Instant) -> tuple[DueItem, ...]:
    """What should have been done by ``now``, in the order of the list."""
    return tuple(item for item in items if item.instant < now)


def next_promise(items: Iterable[DueItem], now: Instant) -> DueItem | None:
    """The promise that falls due next, of those that can still be kept; None where there is none."""
    found = (item for item in items if item.kind in PROMISED and item.instant >= now)
    return min(found, key=lambda item: item.instant, default=None)


def judged_until(book: Book, items: Iterable[DueItem]) -> Instant | None:
    """The last instant for which the Book can hold; None: for good. At the next one something is past due."""
    return min((item.instant for item in items if item.instant >= book.as_of), default=None)
