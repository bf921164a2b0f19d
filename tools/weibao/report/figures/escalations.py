"""Escalation: rungs of the ladder climbed in time, late and never, of those that promises reached."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure
from weibao.report.population import reactive
from weibao.rules.book.ladder import rungs_of
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from weibao.model.instant import Instant
    from weibao.report.book import Book
    from weibao.report.figure import Period

    Counts = Callable[[Instant | None, Instant], bool]
    """Of when a rung was climbed (None: never) and was due, whether it counts."""


def _rungs(counts: Counts) -> Callable[[Book, Period], Iterable[FigureRow]]:
    """The rungs that promises reached in a period, each with whether it counts."""

    def rows(book: Book, period: Period) -> Iterator[FigureRow]:
        for ticket in reactive(book):
            log = book.proofs[ticket.id]
            for verdict in book.verdicts_of(ticket.id):
                if verdict.target == "update":
                    continue
                for reached in rungs_of(verdict, book):
                    if period.has(reached.due):
                        climbed = reached.climbed(log, book.records.staff, book.zone, book.as_of)
                        yield FigureRow(
                            record=ticket.id,
                            what=f"{verdict.target} {reached.rung.at_percent} %",
                            group=verdict.target,
                            tally=Tally(counts(climbed, reached.due), 1),
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
    rows=_rungs(lambda climbed, due: climbed is not None and climbed <= due),
    place=140,
)

LATE = KeyFigure(
    name="escalation_late",
    title=N_("Escalated late"),
    definition=N_("Rungs that were climbed later than that, of the same rungs."),
    grouped_by="target",
    rows=_rungs(lambda climbed, due: climbed is not None and climbed > due),
    place=141,
)

NEVER = KeyFigure(
    name="escalation_never",
    title=N_("Never escalated"),
    definition=N_("Rungs that were not climbed at all, of the same rungs."),
    grouped_by="target",
    rows=_rungs(lambda climbed, _due: climbed is None),
    place=142,
)
