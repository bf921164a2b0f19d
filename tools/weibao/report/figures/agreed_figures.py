"""Agreed figures that reached their targets, by their weights."""

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
    """One row a month and figure: of a figure that is told apart each part must reach its target."""
    kept: dict[tuple[str, str, int], list[bool]] = {}
    for judged in book.judged_figures:
        if period.has(judged.over - 1) and judged.kept is not None and judged.weight:
            figure = (judged.month, judged.figure, judged.weight)
            kept.setdefault(figure, []).append(judged.kept)
    for (month, name, weight), parts in kept.items():
        yield FigureRow(
            record="records/contract.yaml",
            what=f"{month} {name}",
            tally=Tally(weight * all(parts), weight),
        )


FIGURE = KeyFigure(
    name="agreed_figures",
    title=N_("Agreed figures reached"),
    definition=N_(
        "Figures that the contract holds the service to and that reached their targets, each by its weight, of all that could be judged in the months that ended in the period; of a figure that is told apart each part must; by the contract as it stood when each month began. A figure that has nothing to count is in neither."
    ),
    rows=_rows,
    place=240,
)
