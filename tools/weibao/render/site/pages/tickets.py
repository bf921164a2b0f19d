"""The register: every ticket in one table, reactive and planned work apart (requirements 9, 30)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import TARGETS
from weibao.model.ticket import PLANNED, REACTIVE
from weibao.render.site import addresses
from weibao.render.site.amendments import public_title
from weibao.render.site.page import SitePage, typeset
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.ticket import Ticket
    from weibao.render.site.voice import Voice
    from weibao.report.book import Book
    from weibao.sla.verdict import Verdict

GRAVEST_FIRST = (
    Outcome.BREACHED,
    Outcome.AT_RISK,
    Outcome.UNDETERMINED,
    Outcome.RUNNING,
    Outcome.MET,
    Outcome.WAIVED,
    Outcome.CANCELLED,
)


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket in the register. ``outcome`` is the gravest of its verdicts, "" without any; ``missed`` names targets."""

    ticket: Ticket
    title: str
    state: str
    severity: int | None
    paused: bool
    open: bool
    outcome: str
    missed: str


def gravest(verdicts: Iterable[Verdict]) -> str:
    """The gravest outcome of the verdicts, "" where there is none."""
    found = {one.outcome for one in verdicts}
    return next((one.value for one in GRAVEST_FIRST if one in found), "")


def register_page(voice: Voice) -> SitePage:
    """The register of tickets, latest report first."""
    book = voice.book
    latest = sorted(
        book.records.tickets.values(), key=lambda one: (one.reported_at, one.id), reverse=True
    )
    rows = [_row(book, one, voice) for one in latest]
    reactive = [one for one in rows if not one.ticket.planned]
    html = typeset(
        "tickets.html",
        addresses.TICKETS,
        voice,
        reactive=reactive,
        planned=[one for one in rows if one.ticket.planned],
        kinds=[one for one in REACTIVE if any(row.ticket.kind == one for row in reactive)],
        planned_kinds=PLANNED,
        severities=sorted({one.severity for one in reactive if one.severity is not None}),
        states=sorted({one.state for one in reactive}),
        outcomes=[one.value for one in GRAVEST_FIRST if any(r.outcome == one for r in reactive)],
    )
    title = voice.language.text(N_("Tickets"))
    return SitePage(addresses.TICKETS, addresses.TICKETS, title, html)


def _row(book: Book, ticket: Ticket, voice: Voice) -> Row:
    state = book.states[ticket.id]
    verdicts = book.verdicts_of(ticket.id)
    missed = {one.target for one in verdicts if one.outcome is Outcome.BREACHED}
    return Row(
        ticket,
        voice.prose(public_title(ticket, voice.book)),
        state.state.value,
        state.severity if state.severity is not None else ticket.severity,
        state.paused,
        not state.ended,
        gravest(verdicts),
        voice.language.listing(
            voice.language.term("target", one) for one in TARGETS if one in missed
        ),
    )
