"""What is left open at an instant: tickets, corrective actions, and pieces that are neither in a depot nor in the equipment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.events import State
from weibao.operations.actions import actions_of

if TYPE_CHECKING:
    from weibao.model.ticket import Ticket
    from weibao.operations.actions import Action
    from weibao.operations.stock import Piece, StockLevel
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class OpenItems:
    """What is left open.

    Attributes:
        tickets: not closed and not cancelled, the oldest report first.
        actions: not done yet, by the day on which they are due.
        away: pieces at their makers for repair.
        issued: pieces issued for a ticket that is open: whether they were used is not settled.
        stock: what lies in the depots, to be counted by both sides.
    """

    tickets: tuple[Ticket, ...]
    actions: tuple[Action, ...]
    away: tuple[Piece, ...]
    issued: tuple[Piece, ...]
    stock: tuple[StockLevel, ...]


def open_items(book: Book) -> OpenItems:
    """Those of a Book, as of its instant."""
    tickets = book.open_tickets
    still = {ticket.id for ticket in tickets}
    stock = book.stock
    return OpenItems(
        tickets,
        tuple(
            action
            for action in actions_of(book.records.actions, book.as_of, book.zone)
            if action.state is State.RAISED
        ),
        stock.at_maker,
        tuple(
            piece
            for piece in stock.pieces.values()
            if piece.state == "issued" and piece.ticket in still
        ),
        tuple(level for level in stock.levels if level.quantity),
    )
