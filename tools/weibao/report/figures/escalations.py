"""Escalation: rungs of the ladder climbed in time, of those that promises reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.timeline import timeline
from weibao.operations.ladder import rungs_reached
from weibao.report.figure import FigureRow, KeyFigure
from weibao.report.population import reactive
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    contract = book.records.contract
    for ticket in reactive(book):
        steps = [entry for entry in timeline(ticket.log) if entry.at <= book.as_of]
        for verdict in book.verdicts_of(ticket.id):
            if verdict.target == "update":
                continue
            for reached in rungs_reached(verdict, contract.ladder, book.settings):
                if period.has(reached.due):
                    climbed = reached.climbed(steps, book.records.staff, contract.zone)
                    yield FigureRow(
                        record=ticket.id,
                        what=f"{verdict.target} {reached.rung.at_percent} %",
                        group=verdict.target,
                        tally=Tally(climbed, 1),
                        grade=verdict.grade,
                    )


FIGURE = KeyFigure(
    name="escalation",
    title=N_("Escalated in time"),
    definition=N_(
        "Rungs of the ladder at which everybody who belongs there was told within five minutes of working time, of the rungs that promises reached in the period. What was waived, cancelled or is late on its evidence alone is not among them, nor are updates."
    ),
    grouped_by="target",
    rows=_rows,
    place=140,
)
