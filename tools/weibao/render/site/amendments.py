"""Amendments that a customer may read: those of an internal entry, or by one, are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.state import as_amended
from weibao.render.site.public import public_log

if TYPE_CHECKING:
    from weibao.model.state import Amendment
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book


def public_amendments(ticket: Ticket, book: Book) -> tuple[Amendment, ...]:
    """The corrections of a ticket that may be shown, in the order of recording."""
    public = {entry.index for entry in public_log(ticket.log)}
    found = book.states[ticket.id].amendments
    return tuple(amendment for amendment in found if amendment.entry.index in public)


def public_title(ticket: Ticket, book: Book) -> str:
    """The title as it was last corrected in public."""
    return as_amended(public_amendments(ticket, book), "title", ticket.title)
