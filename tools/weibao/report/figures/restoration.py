"""How long faults lasted: as the customer lived through it, and as the contract counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure, Unit
from weibao.report.population import first_restored, reactive, time_lost
from weibao.sla.figures import JUDGED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


def _gross(book: Book, period: Period) -> Iterator[FigureRow]:
    for fault in reactive(book, "fault"):
        if not period.has(first_restored(book, fault)):
            continue
        seconds, claimed, grade = time_lost(book, fault)
        yield FigureRow(
            record=fault.id,
            group=str(book.states[fault.id].severity or ""),
            seconds=seconds,
            on_claim_seconds=claimed,
            grade=grade,
        )


def _by_contract(book: Book, period: Period) -> Iterator[FigureRow]:
    for verdict in book.verdicts:
        if verdict.target == "restore" and verdict.outcome in JUDGED and period.has(verdict.stop):
            yield FigureRow(
                record=verdict.ticket,
                group=verdict.clock,
                seconds=verdict.elapsed_seconds,
                grade=verdict.grade,
            )


GROSS = KeyFigure(
    name="restore_time",
    title=N_("Time to restore (MTTR)"),
    definition=N_(
        "How long a fault lasted on the wall: from the report to the restoration, and again from each reopening; of the faults first restored in the period. No pause is taken off."
    ),
    unit=Unit.LENGTH,
    grouped_by="severity",
    rows=_gross,
    place=50,
)

BY_CONTRACT = KeyFigure(
    name="restore_time_contract",
    title=N_("Time to restore by contract"),
    definition=N_(
        "Working time that the promises to restore took whose clocks stopped in the period, pauses taken off; each calendar apart."
    ),
    unit=Unit.LENGTH,
    grouped_by="clock",
    whole=False,
    rows=_by_contract,
    place=60,
)
