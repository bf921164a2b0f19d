"""Reports that the customer got in time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    for delivery in book.deliveries:
        if delivery.due is None or delivery.due >= book.as_of or not period.has(delivery.due):
            continue
        claimed = delivery.claimed is not None and delivery.claimed <= delivery.due
        yield FigureRow(
            record=delivery.record,
            what=f"{delivery.kind} {delivery.covers}",
            group=delivery.kind,
            tally=Tally(delivery.in_time, 1),
            on_claim=Tally(claimed, 1),
            grade=delivery.grade,
        )


FIGURE = KeyFigure(
    name="report_timeliness",
    title=N_("Reports in time"),
    definition=N_(
        "Reports that were issued by their due time, of all that the contract promises and that fell due in the period; of a round of inspection its record, which is delivered when the round is completed. A report is due within its length after the end of what it covers, whether it was made or not."
    ),
    grouped_by="deliverable",
    rows=_rows,
    place=235,
)
