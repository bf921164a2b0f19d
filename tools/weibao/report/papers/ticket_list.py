"""The tickets of a period, each with the gravest outcome of its promises, target by target."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.report.register import gravest, register_row

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.report.book import Book
    from weibao.report.figure import Period
    from weibao.report.register import RegisterRow
    from weibao.sla.verdict import Outcome


@dataclass(frozen=True, slots=True)
class ListedTicket:
    """A ticket with its place in the register, and by target how its promises came out."""

    row: RegisterRow
    outcomes: Mapping[str, Outcome]


def tickets_of(book: Book, period: Period) -> tuple[ListedTicket, ...]:
    """Those that were reported in a period, whose window begins in it, or of which a promise fell due in it; by their report."""
    found = [
        _listed(book, key)
        for key, ticket in book.records.tickets.items()
        if period.has(ticket.reported_at)
        or (ticket.planned and ticket.window and period.has(ticket.window[0]))
        or any(period.has(verdict.due) for verdict in book.verdicts_of(key))
    ]
    return tuple(
        sorted(found, key=lambda listed: (listed.row.ticket.reported_at, listed.row.ticket.id))
    )


def _listed(book: Book, key: str) -> ListedTicket:
    verdicts = book.verdicts_of(key)
    outcomes = {
        target: worst
        for target in dict.fromkeys(verdict.target for verdict in verdicts)
        if (worst := gravest(verdict for verdict in verdicts if verdict.target == target))
    }
    return ListedTicket(register_row(book, book.records.tickets[key]), outcomes)
