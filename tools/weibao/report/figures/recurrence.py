"""Whether repairs held: mended at the first visit or without one, come back, reopened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.operations.visits import visits_by_evidence
from weibao.report.figure import LATER_FACTS, FigureRow, KeyFigure
from weibao.report.population import came_back, reactive, reported
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.instant import Instant
    from weibao.model.state import Spell
    from weibao.model.ticket import Ticket
    from weibao.operations.visits import SiteVisit
    from weibao.report.book import Book
    from weibao.report.figure import Period
    from weibao.sla.reading import Step


def _first_time(book: Book, period: Period) -> Iterator[FigureRow]:
    again = set(came_back(book).values())
    for fault, first, visits in _resolved(book, period):
        if not visits:
            continue
        spells, left = book.states[fault.id].spells, visits[0].left
        repaired = spells[0].repaired
        held = not _reopened_by(spells[1:], first.instant + LATER_FACTS)
        in_time = repaired is not None and (left is None or repaired.instant <= left)
        good = len(visits) == 1 and in_time and held and fault.id not in again
        yield FigureRow(record=fault.id, tally=Tally(good, 1), grade=first.grade)


def _resolved(book: Book, period: Period) -> Iterator[tuple[Ticket, Step, tuple[SiteVisit, ...]]]:
    """The faults first resolved in a period, by which step, and the visits that they took."""
    for fault in reactive(book, "fault"):
        first = book.states[fault.id].spells[0].resolved
        if first is not None and period.has(first.instant):
            yield fault, first, visits_by_evidence(book.proofs[fault.id].timeline, book.as_of)


def _from_afar(book: Book, period: Period) -> Iterator[FigureRow]:
    for fault, first, visits in _resolved(book, period):
        yield FigureRow(record=fault.id, tally=Tally(not visits, 1), grade=first.grade)


def _reopened_by(spells: Iterable[Spell[Step]], until: Instant) -> bool:
    return any(spell.reopened and spell.reopened.instant <= until for spell in spells)


def _repeats(book: Book, period: Period) -> Iterator[FigureRow]:
    before = came_back(book)
    for fault in reactive(book, "fault"):
        if period.has(reported(book, fault)):
            yield FigureRow(
                record=fault.id,
                what=before.get(fault.id, ""),
                tally=Tally(fault.id in before, 1),
                grade=book.proofs[fault.id].header_grade,
            )


def _reopened(book: Book, period: Period) -> Iterator[FigureRow]:
    for ticket in reactive(book):
        first, *later = book.states[ticket.id].spells
        if first.resolved is not None and period.has(first.resolved.instant):
            again = _reopened_by(later, period.end + LATER_FACTS)
            yield FigureRow(record=ticket.id, tally=Tally(again, 1), grade=first.resolved.grade)


FIRST_TIME = KeyFigure(
    name="first_time_fix",
    title=N_("Mended at the first visit"),
    definition=N_(
        "Faults mended in one visit, restored before it ended, not reopened and not come back on the same equipment within 30 days; of the faults resolved in the period that were visited."
    ),
    rows=_first_time,
    place=80,
    settles=LATER_FACTS,
)

FROM_AFAR = KeyFigure(
    name="remote",
    title=N_("Mended from a distance"),
    definition=N_(
        "Faults that nobody came to the place for, of the faults resolved in the period; the others took a visit or more."
    ),
    rows=_from_afar,
    place=85,
)

REPEATED = KeyFigure(
    name="repeat",
    title=N_("Faults that came back"),
    definition=N_(
        "Faults on equipment of which another fault had been restored within 30 days before, of the faults reported in the period."
    ),
    rows=_repeats,
    place=90,
)

REOPENED = KeyFigure(
    name="reopened",
    title=N_("Tickets reopened"),
    definition=N_(
        "Tickets reopened by 30 days after the period, of the faults, consultations and requests first resolved in it."
    ),
    rows=_reopened,
    place=100,
    settles=LATER_FACTS,
)
