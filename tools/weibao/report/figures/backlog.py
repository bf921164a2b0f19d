"""Backlog: what is still open at the end of the period, and how old it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure, Unit
from weibao.report.population import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


GROUPS = ("going_on", "paused")
"""Open tickets that somebody works on, and those whose clocks stand still."""


BANDS = tuple(days * 86400 for days in (1, 3, 7, 30))
"""Ages in which open tickets are told apart."""


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    then = book.at(min(period.end, book.as_of))
    for ticket in then.open_tickets:
        if counted(ticket):
            yield FigureRow(
                record=ticket.id,
                group=GROUPS[then.states[ticket.id].paused],
                seconds=max(0, then.as_of - then.proofs[ticket.id].header_effective),
                on_claim_seconds=max(0, then.as_of - ticket.reported_at),
                grade=then.proofs[ticket.id].header_grade,
            )


FIGURE = KeyFigure(
    name="backlog",
    title=N_("Open tickets and their age"),
    definition=N_(
        "Faults, consultations and requests that are open at the end of the period, and the time on the wall since their report; those that are paused apart, and by age: up to one day, three, seven, thirty, and more."
    ),
    unit=Unit.LENGTH,
    grouped_by="backlog",
    rows=_rows,
    bands=BANDS,
    place=110,
)
