"""Spares: asked for and there, delivered in time, counted right, proven the maker's own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.operations.stock import stock_of
from weibao.report.figure import FigureRow, KeyFigure
from weibao.report.population import reactive
from weibao.sla.figures import promise
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period

LEDGER = "spares"


def _filled(book: Book, period: Period) -> Iterator[FigureRow]:
    for ticket in reactive(book):
        for proven in book.proofs[ticket.id].timeline:
            entry = proven.entry
            if entry.event == "part_requested" and period.has(proven.effective):
                asked = int(entry.data["quantity"])
                stock = stock_of(book.records.spares, proven.effective, book.official_spares)
                there = sum(
                    piece.state == "in_stock" and piece.verified
                    for piece in stock.pieces.values()
                    if piece.part == entry.data["part"]
                )
                yield FigureRow(
                    record=ticket.id,
                    what=entry.data["part"],
                    tally=Tally(min(asked, there), asked),
                    grade=proven.grade,
                )


def _delivered(book: Book, period: Period) -> Iterator[FigureRow]:
    for verdict in book.verdicts:
        if verdict.target == "part" and period.has(verdict.due) and promise(verdict.outcome).of:
            yield FigureRow(
                record=verdict.ticket,
                tally=promise(verdict.outcome),
                on_claim=promise(verdict.on_claim),
                grade=verdict.grade,
            )


def _accurate(book: Book, period: Period) -> Iterator[FigureRow]:
    for count in book.stock.counts:
        if period.has(count.entry.at):
            yield FigureRow(
                record=LEDGER,
                what=f"{count.depot} {count.part}",
                group=count.depot,
                tally=Tally(not count.missing and not count.surplus, 1),
            )


def _serials(book: Book, period: Period) -> Iterator[FigureRow]:
    for count in book.stock.counts:
        if period.has(count.entry.at):
            known, found = set(count.expected), set(count.found)
            yield FigureRow(
                record=LEDGER,
                what=f"{count.depot} {count.part}",
                group=count.depot,
                tally=Tally(len(known & found), len(known | found)),
            )


def _lines_counted(book: Book, period: Period) -> Iterator[FigureRow]:
    """Each line of the stock as the period ended: a part in a depot, there by the book or asked for."""
    then = book.at(min(period.end, book.as_of))
    counted = {
        (count.depot, count.part) for count in then.stock.counts if period.has(count.entry.at)
    }
    for level in then.stock.levels:
        if level.quantity:
            line = (level.depot, level.part)
            yield FigureRow(
                record=LEDGER,
                what=f"{level.depot} {level.part}",
                group=level.depot,
                tally=Tally(line in counted, 1),
            )


def _proven(book: Book, period: Period) -> Iterator[FigureRow]:
    then = book.at(min(period.end, book.as_of))
    for piece in then.stock.pieces.values():
        issued = any(
            move.event == "issued" and period.has(move.at) and move.at <= then.as_of
            for move in piece.movements
        )
        if piece.state == "in_stock" or issued:
            yield FigureRow(record=LEDGER, what=piece.serial, tally=Tally(piece.verified, 1))


FILL_RATE = KeyFigure(
    name="fill_rate",
    title=N_("Spares there when asked for"),
    definition=N_(
        "Pieces asked for in the period of which as many verified ones lay in the depots at that instant, of all pieces asked for."
    ),
    rows=_filled,
    place=150,
)

DELIVERED = KeyFigure(
    name="part_delivery",
    title=N_("Spares delivered in time"),
    definition=N_(
        "Promises to deliver a spare that were kept, of those kept or missed that fell due in the period."
    ),
    rows=_delivered,
    place=160,
)

ACCURATE = KeyFigure(
    name="stock_accuracy",
    title=N_("Counts that agree with the book"),
    definition=N_(
        "Counts of a part in a depot at which nothing was missing and nothing too many, of all counts in the period."
    ),
    grouped_by="depot",
    rows=_accurate,
    place=170,
)

SERIALS = KeyFigure(
    name="serial_accuracy",
    title=N_("Serial numbers that agree with the book"),
    definition=N_(
        "Serial numbers that were on the shelf and in the book, of all that were in either, at the counts in the period."
    ),
    grouped_by="depot",
    rows=_serials,
    place=171,
)

COUNTED = KeyFigure(
    name="stock_counted",
    title=N_("Stock counted"),
    definition=N_(
        "Parts of which a depot had pieces at the end of the period and that were counted there in it, of all parts of which one had pieces."
    ),
    grouped_by="depot",
    rows=_lines_counted,
    place=172,
)

PROVENANCE = KeyFigure(
    name="provenance",
    title=N_("Spares proven the maker's own"),
    definition=N_(
        "Pieces with supplier, source document and the maker's verification, of the pieces in stock at the end of the period and those issued in it."
    ),
    rows=_proven,
    place=180,
)
