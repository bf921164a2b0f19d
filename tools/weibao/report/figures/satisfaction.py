"""What the customer thought of it: scores from 1 to 5."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure, Unit
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period

CONTENT = 4
"""The least score of somebody who is content."""


DISCONTENT = 2
"""The greatest score of somebody who is not."""


def _rows(
    book: Book, period: Period, tally_of: Callable[[int | None], Tally]
) -> Iterator[FigureRow]:
    """Every confirmation of unplanned work in the period, by what its score (None: there is none) counts for."""
    for record, ticket in book.records.tickets.items():
        for proven in () if ticket.planned else book.proofs[record].entries:
            entry = proven.entry
            if entry.event == "confirmed" and period.has(proven.effective):
                tally = tally_of(entry.data.get("satisfaction"))
                if tally.of:
                    group = "" if proven.word is None else proven.word.hand.value
                    yield FigureRow(
                        record=record,
                        what=str(entry.data["contact"]),
                        group=group,
                        tally=tally,
                        grade=proven.grade,
                    )


SCORE = KeyFigure(
    name="satisfaction",
    title=N_("Satisfaction"),
    definition=N_(
        "The mean of the scores from 1 to 5 that the customer gave with confirmations of unplanned work in the period; in the customer's own hand and reported apart."
    ),
    unit=Unit.MEAN,
    grouped_by="hand",
    rows=lambda book, period: _rows(
        book, period, lambda score: Tally(score or 0, int(score is not None))
    ),
    place=210,
)

CONTENTED = KeyFigure(
    name="satisfied",
    title=N_("Satisfied"),
    definition=N_("Scores of 4 or 5, of all scores given for unplanned work in the period."),
    grouped_by="hand",
    rows=lambda book, period: _rows(
        book, period, lambda score: Tally((score or 0) >= CONTENT, int(score is not None))
    ),
    place=211,
)

DISCONTENTED = KeyFigure(
    name="discontented",
    title=N_("Discontented"),
    definition=N_(
        "Scores of 1 or 2, of all scores given for unplanned work in the period; each is listed."
    ),
    grouped_by="hand",
    rows=lambda book, period: _rows(
        book,
        period,
        lambda score: Tally(score is not None and score <= DISCONTENT, int(score is not None)),
    ),
    place=213,
)

SCORED = KeyFigure(
    name="scored",
    title=N_("Confirmations with a score"),
    definition=N_("Confirmations of unplanned work in the period with a score, of all of them."),
    rows=lambda book, period: _rows(book, period, lambda score: Tally(score is not None, 1)),
    place=212,
)
