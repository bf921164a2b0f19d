"""The rounds of inspection that are over: how many were done in full, and how much of them was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import EVER, FigureRow, KeyFigure, Tile
from weibao.report.population import over_in
from weibao.sla.tally import Tally, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.language import Language
    from weibao.operations.coverage import Coverage
    from weibao.operations.planned import DueWork
    from weibao.report.book import Book
    from weibao.report.figure import Period

_PLAN = "records/plan.yaml"


def _rounds(book: Book, period: Period) -> Iterator[DueWork]:
    return (work for work in over_in(book, period) if work.kind == "inspection")


def _in_full(book: Book, period: Period) -> Iterator[FigureRow]:
    for work in _rounds(book, period):
        done = Tally(work.state in {"done", "done_late"}, 1)
        yield FigureRow(record=work.record or _PLAN, what=_named(work), tally=done)


def _equipment(book: Book, period: Period) -> Iterator[FigureRow]:
    return (_looked_at(work, seen.assets) for work, seen in _seen(book, period))


def _items(book: Book, period: Period) -> Iterator[FigureRow]:
    return (_looked_at(work, seen.checks) for work, seen in _seen(book, period))


def _seen(book: Book, period: Period) -> Iterator[tuple[DueWork, Coverage]]:
    return ((work, work.coverage) for work in _rounds(book, period) if work.coverage)


def _looked_at(work: DueWork, tally: Tally) -> FigureRow:
    return FigureRow(record=work.record or _PLAN, what=_named(work), tally=tally)


def _named(work: DueWork) -> str:
    return f"{work.plan} {work.planned_for.isoformat()}"


def _all(rows: Iterable[FigureRow]) -> Tally:
    return total(row.tally for row in rows)


def _of_promised(seen: Tally, words: Language) -> str:
    return words.text(N_("{seen} of {planned}"), seen=seen.count, planned=seen.of)


IN_FULL = KeyFigure(
    name="rounds_in_full",
    title=N_("Rounds of inspection done in full"),
    definition=N_(
        "Rounds in which every item was looked at on every piece that the plan promised for them, on time or late, of all whose last day on time was in the period and that are closed or past due. What was skipped was not looked at."
    ),
    rows=_in_full,
    place=121,
    tile=Tile(
        title=N_("Rounds of inspection done in full"),
        tally=lambda audit: _all(_in_full(audit.book, EVER)),
        beside=lambda done, words: words.text(
            N_("{done} of {rounds}"), done=done.count, rounds=done.of
        ),
        page="index",
        place=30,
        see=("inspections", "reports"),
    ),
)

EQUIPMENT = KeyFigure(
    name="equipment_inspected",
    title=N_("Equipment inspected as planned"),
    definition=N_(
        "Pieces of equipment on which each of their items was looked at, round by round, of all that the plan promised for rounds that are closed or past due and whose last day on time was in the period."
    ),
    rows=_equipment,
    place=122,
    tile=Tile(
        title=N_("Equipment inspected as planned"),
        tally=lambda audit: _all(_equipment(audit.book, EVER)),
        beside=_of_promised,
        page="inspections",
        place=10,
        see=("inspections", "reports"),
    ),
)

ITEMS = KeyFigure(
    name="items_inspected",
    title=N_("Items inspected as planned"),
    definition=N_(
        "Items of the checklists that were looked at, piece by piece and round by round, whatever came out, of all that the plan promised for rounds that are closed or past due and whose last day on time was in the period."
    ),
    rows=_items,
    place=123,
    tile=Tile(
        title=N_("Items inspected as planned"),
        tally=lambda audit: _all(_items(audit.book, EVER)),
        beside=_of_promised,
        page="inspections",
        place=20,
        see=("inspections", "reports"),
    ),
)
