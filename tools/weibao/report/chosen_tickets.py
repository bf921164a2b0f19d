"""Tickets chosen by what is asked of them: all that is asked holds of each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import local_month

if TYPE_CHECKING:
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book
    from weibao.sla.verdict import Outcome


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked; "" and None ask nothing.

    Attributes:
        only_open: those that have not ended.
        month: reported in this month, by the contract's zone.
        severity: the severity in force.
        asset: it is about this equipment.
        site: it is about equipment of this site.
        owner: whose it is, or was when it ended.
        outcome: a promise on it came out so.
    """

    only_open: bool = False
    month: str = ""
    severity: int | None = None
    asset: str = ""
    site: str = ""
    owner: str = ""
    outcome: Outcome | None = None


def chosen_tickets(book: Book, asked: Asked) -> tuple[Ticket, ...]:
    """The tickets of which all that is asked holds, in the order of the Book."""
    tickets = book.open_tickets if asked.only_open else tuple(book.records.tickets.values())
    return tuple(ticket for ticket in tickets if _fits(book, ticket, asked))


def _fits(book: Book, ticket: Ticket, asked: Asked) -> bool:
    assets = book.records.assets
    sites = {assets[asset].site for asset in ticket.assets if asset in assets}
    return (
        asked.month in {"", local_month(ticket.reported_at, book.zone)}
        and asked.severity in {None, book.states[ticket.id].severity}
        and (not asked.asset or asked.asset in ticket.assets)
        and (not asked.site or asked.site in sites)
        and asked.owner in {"", book.states[ticket.id].owner}
        and (
            asked.outcome is None
            or any(verdict.outcome is asked.outcome for verdict in book.verdicts_of(ticket.id))
        )
    )
