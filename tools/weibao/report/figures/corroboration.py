"""Corroboration: kept promises that somebody else's commit or the forge vouches for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure, Tile
from weibao.sla.tally import Tally
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    for verdict in book.verdicts:
        if period.has(verdict.due) and verdict.outcome is Outcome.MET:
            yield FigureRow(
                record=verdict.ticket,
                what=verdict.target,
                tally=Tally(bool(verdict.corroborated), 1),
                grade=verdict.grade,
            )


FIGURE = KeyFigure(
    name="vouched",
    title=N_("Kept promises that others vouch for"),
    definition=N_(
        "Promises that are kept even if each step was recorded at the end of the window that others' commits leave, of all kept promises that do not rest on imported entries."
    ),
    rows=_rows,
    place=20,
    tile=Tile(
        title=N_("Kept promises that others vouch for"),
        tally=lambda audit: audit.corroboration.total.vouched,
        beside=lambda vouched, words: words.plural(
            N_("{number} by the provider's word alone"),
            "{number} by the provider's word alone",
            vouched.rest,
        ),
        page="audit",
        place=20,
        see=("audit-entries", "stopped"),
    ),
)
