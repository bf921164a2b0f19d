"""Rounds of the plan: done in time, of those that were due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure
from weibao.report.population import over_in
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    for work in over_in(book, period):
        yield FigureRow(
            record=work.record or "records/plan.yaml",
            what=f"{work.plan} {work.planned_for.isoformat()}",
            group=work.kind,
            tally=Tally(work.state == "done", 1),
        )


FIGURE = KeyFigure(
    name="rounds",
    title=N_("Rounds and planned work in time"),
    definition=N_(
        "Rounds of inspection and other work of the plan that were done by the last day on time, of those whose last day was in the period and is over. A round of which anything planned was left out counts as not done. Tickets of planned work in a window are none of the plan's."
    ),
    grouped_by="ticket_kind",
    rows=_rows,
    place=120,
)
