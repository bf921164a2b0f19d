"""Update cadence: gaps between updates that were no longer than promised."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure
from weibao.sla.figures import promise
from weibao.sla.silence import gaps_between_updates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    for ticket, proof in book.counting.values():
        gaps = gaps_between_updates(ticket, proof, book.settings, book.staff_ids, book.as_of)
        for gap in gaps:
            if period.has(gap.due) and promise(gap.outcome).of:
                yield FigureRow(
                    record=ticket.id,
                    group=str(gap.severity),
                    tally=promise(gap.outcome),
                    grade=gap.grade,
                )


FIGURE = KeyFigure(
    name="updates",
    title=N_("Updates in time"),
    definition=N_(
        "Gaps between what the customer could hear of a ticket that were no longer than promised, of all gaps whose end fell due in the period, from the response to the resolution."
    ),
    grouped_by="severity",
    rows=_rows,
    place=130,
)
