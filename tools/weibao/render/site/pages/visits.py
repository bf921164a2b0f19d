"""The register of visits: who was on the customer's site for which ticket, and when (requirement 25)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.operations.visits import visits_by_evidence
from weibao.render.edition import addresses
from weibao.render.site.page import FixedPage

if TYPE_CHECKING:
    from weibao.model.ticket import Ticket
    from weibao.operations.visits import SiteVisit
    from weibao.render.edition.voice import Voice
    from weibao.report.audit.audit import Audit


@dataclass(frozen=True, slots=True)
class VisitOfTicket:
    """A visit, and the ticket that it was for."""

    ticket: Ticket
    visit: SiteVisit


def _facts(voice: Voice, _audit: Audit) -> dict[str, Any]:
    """Every visit, the latest first."""
    book = voice.book
    rows = [
        VisitOfTicket(ticket, visit)
        for ticket in book.records.tickets.values()
        for visit in visits_by_evidence(book.proofs[ticket.id].timeline, book.as_of)
    ]
    rows.sort(key=lambda row: (row.visit.arrived, row.ticket.id), reverse=True)
    return {"register": rows}


PAGE = FixedPage(
    address="visits",
    title=N_("Visits"),
    template="visits.html",
    facts=_facts,
    place=115,
    section=addresses.TICKETS,
    part=2,
)
