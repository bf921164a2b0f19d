"""The board: what stands on it and in which order. How it reads is in :mod:`board_text`.

A Book is judged at one instant, and a clock goes on. Until the next Book, ``now`` decides alone what
has passed its due time in between.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.instant import Instant
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book
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
    """The open tickets by time left, the least first; after them those for which no clock runs."""
    return tuple(
        BoardRow(
            ticket,
            ticket.title,
            book.states[ticket.id],
            book.next_deadline(ticket.id),
            book.silences.get(ticket.id),
        )
        for ticket in book.open_by_urgency
    )


def outcome_at(verdict: Verdict, now: Instant) -> Outcome:
    """How a promise that runs stands at an instant after it was judged; on its due time it is kept."""
    if verdict.due is not None and now > verdict.due:
        return Outcome.BREACHED
    return verdict.outcome


def silent(rows: Iterable[BoardRow], now: Instant) -> tuple[BoardRow, ...]:
    """The tickets whose customer has waited too long for an update, the longest silence first."""
    found = [
        row
        for row in rows
        if row.silence is not None and outcome_at(row.silence, now) is Outcome.BREACHED
    ]
    return tuple(sorted(found, key=lambda row: (_since(row), row.ticket.id)))


def next_update(rows: Iterable[BoardRow], now: Instant) -> BoardRow | None:
    """The ticket that needs an update next, of those that can still have it in time."""
    found = [
        row
        for row in rows
        if row.silence is not None and row.silence.due is not None and row.silence.due >= now
    ]
    return min(found, key=lambda row: (_due(row.silence), row.ticket.id), default=None)


def judged_until(book: Book, rows: Iterable[BoardRow]) -> Instant | None:
    """The last instant for which the Book's verdicts on these tickets can hold; None: for good.

    At the next one a due time is past, and what is at risk becomes a breach.
    """
    dues = [
        _due(promise)
        for row in rows
        for promise in (row.deadline, row.silence)
        if promise is not None
    ]
    return min((due for due in dues if book.as_of <= due < _NEVER), default=None)


_NEVER = 2**62


def _due(verdict: Verdict | None) -> Instant:
    return _NEVER if verdict is None or verdict.due is None else verdict.due


def _since(row: BoardRow) -> Instant:
    return row.silence.start or 0 if row.silence else 0
