"""Escalation: rungs of the ladder climbed in time, late and never, of those that promises reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure
from weibao.report.rungs import rungs_in
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period
    from weibao.report.rungs import Climb


def _rungs(climb: Climb) -> Callable[[Book, Period], Iterable[FigureRow]]:
    """The rungs that promises reached in a period, each with whether it was climbed so."""

    def rows(book: Book, period: Period) -> Iterator[FigureRow]:
        for rung in rungs_in(book, period):
            verdict = rung.verdict
            yield FigureRow(
                record=verdict.ticket,
                what=f"{verdict.target} {rung.reached.rung.at_percent} %",
                group=verdict.target,
                tally=Tally(rung.climb == climb, 1),
                grade=verdict.grade,
            )

    return rows


IN_TIME = KeyFigure(
    name="escalation",
    title=N_("Escalated in time"),
    definition=N_(
        "Rungs of the ladder at which everybody who belongs there was told within five minutes of working time, of the rungs that promises reached in the period. What was waived, cancelled or is late on its evidence alone is not among them, nor are updates."
    ),
    grouped_by="target",
    rows=_rungs("in_time"),
    place=140,
)

LATE = KeyFigure(
    name="escalation_late",
    title=N_("Escalated late"),
    definition=N_("Rungs that were climbed later than that, of the same rungs."),
    grouped_by="target",
    rows=_rungs("late"),
    place=141,
)

NEVER = KeyFigure(
    name="escalation_never",
    title=N_("Never escalated"),
    definition=N_("Rungs that were not climbed at all, of the same rungs."),
    grouped_by="target",
    rows=_rungs("never"),
    place=142,
)
