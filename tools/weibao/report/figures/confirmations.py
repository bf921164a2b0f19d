"""Whether the customer confirmed what was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure
from weibao.report.population import reactive
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    for ticket in reactive(book):
        closed = book.states[ticket.id].closed
        if closed is not None and period.has(closed.instant):
            confirmed = any(
                proven.entry.event == "confirmed" and proven.effective <= closed.instant
                for proven in book.proofs[ticket.id].timeline
            )
            # Of an old register's closes nobody says that the customer refused: they are listed, and count for nothing.
            asked = confirmed or not book.proofs[ticket.id].register
            yield FigureRow(record=ticket.id, tally=Tally(confirmed, asked), grade=closed.grade)


FIGURE = KeyFigure(
    name="confirmed",
    title=N_("Confirmed before closing"),
    definition=N_(
        "Faults, consultations and requests that a contact of the customer confirmed before they were closed, of those closed in the period."
    ),
    rows=_rows,
    place=190,
)
