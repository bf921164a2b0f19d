"""Rounds of the plan: done in time, of those that were due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.instant import local_day
from weibao.report.figure import FigureRow, KeyFigure
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    first, last = local_day(period.start, book.zone), local_day(period.end - 1, book.zone)
    for work in book.due_work:
        over = work.state in {"done", "done_late", "overdue"}
        if first <= work.due <= last and over:
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
        "Rounds of inspection and other work of the plan that were done by the last day on time, of those whose last day was in the period and is over."
    ),
    grouped_by="ticket_kind",
    rows=_rows,
    place=120,
)
