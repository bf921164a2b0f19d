"""Evidence in time: entries of grade A, of all that are not imported."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.language import N_
from weibao.report.figure import ONE, FigureRow, KeyFigure, Tile, Unit
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    for record, proof in book.proofs.items():
        for proven in proof.entries:
            if period.has(proven.entry.at):
                yield FigureRow(
                    record=record,
                    what=proven.entry.event,
                    tally=Tally(proven.grade is Grade.SUPPORTED, 1),
                    grade=proven.grade,
                )


def _lateness(book: Book, period: Period) -> Iterator[FigureRow]:
    for record, proof in book.proofs.items():
        for proven in proof.entries:
            if period.has(proven.entry.at) and proven.evidence is not None:
                yield FigureRow(
                    record=record,
                    what=proven.entry.event,
                    seconds=max(0, proven.evidence - proven.entry.at),
                    grade=proven.grade,
                )


def _by_grade(book: Book, period: Period) -> Iterator[FigureRow]:
    return (replace(row, tally=ONE, group=str(row.grade)) for row in _rows(book, period))


BY_GRADE = KeyFigure(
    name="grades",
    title=N_("Entries by grade"),
    definition=N_("Entries claimed in the period, by the grade of their evidence."),
    unit=Unit.COUNT,
    grouped_by="grade",
    rows=_by_grade,
    place=233,
)

LATENESS = KeyFigure(
    name="entry_lateness",
    title=N_("How late entries are recorded"),
    definition=N_(
        "From the time that an entry claims to its evidence, on the wall, of the entries claimed in the period that are not imported."
    ),
    unit=Unit.LENGTH,
    rows=_lateness,
    place=231,
)

FIGURE = KeyFigure(
    name="evidence",
    title=N_("Entries with evidence in time"),
    definition=N_(
        "Entries whose commit came within the tolerance of the time claimed, of all entries that are not imported."
    ),
    rows=_rows,
    place=230,
    tile=Tile(
        title=N_("Entries with evidence in time"),
        tally=lambda audit: audit.quality.total.graded(Grade.SUPPORTED),
        beside=lambda supported, words: words.plural(
            N_("of {number} entry"), "of {number} entries", supported.of
        ),
        page="audit",
        place=10,
        see=("audit-entries", "grade"),
    ),
)
