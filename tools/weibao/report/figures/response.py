"""How soon somebody answered, and came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure, Unit
from weibao.report.population import reactive, since_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weibao.model.state import RecordState
    from weibao.report.book import Book
    from weibao.report.figure import Period
    from weibao.sla.reading import Step


def _lengths(
    book: Book, period: Period, step_of: Callable[[RecordState[Step], Book], Step | None]
) -> Iterator[FigureRow]:
    """From the report of each fault to the step that stopped the clock in the period."""
    for fault in reactive(book, "fault"):
        state = book.states[fault.id]
        step = step_of(state, book)
        if step is not None and period.has(step.instant):
            seconds, claimed, grade = since_report(book, fault, step)
            yield FigureRow(
                record=fault.id,
                group=str(state.severity or ""),
                seconds=seconds,
                on_claim_seconds=claimed,
                grade=grade,
            )


def _arrived(state: RecordState[Step], _book: Book) -> Step | None:
    step = state.arrival
    return step if step is not None and step.entry.event == "arrived" else None


RESPOND = KeyFigure(
    name="respond_time",
    title=N_("Time to respond (MTTA)"),
    definition=N_(
        "From the report of a fault to the first acknowledgement, arrival, restoration or resolution, on the wall, of the faults answered in the period."
    ),
    unit=Unit.LENGTH,
    grouped_by="severity",
    rows=lambda book, period: _lengths(book, period, lambda state, _: state.response),
    place=30,
)

ARRIVE = KeyFigure(
    name="arrive_time",
    title=N_("Time to arrive"),
    definition=N_(
        "From the report of a fault to the first arrival on site, on the wall, of the faults whose first arrival was in the period. What was repaired from a distance is not among them."
    ),
    unit=Unit.LENGTH,
    grouped_by="severity",
    rows=lambda book, period: _lengths(book, period, _arrived),
    place=40,
)
