"""The register: every ticket in one table, reactive and planned work apart (requirements 9, 30)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.events import TARGETS
from weibao.model.ticket import REACTIVE
from weibao.render.site import addresses
from weibao.render.site.page import FixedPage
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.ticket import Ticket
    from weibao.render.site.voice import SiteVoice
    from weibao.report.audit.audit import Audit
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
class RegisterRow:
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
    found = {verdict.outcome for verdict in verdicts}
    return next((met.value for met in GRAVEST_FIRST if met in found), "")


def _facts(voice: SiteVoice, _audit: Audit) -> dict[str, Any]:
    """The tickets, latest report first."""
    book = voice.book
    latest = sorted(
        book.records.tickets.values(),
        key=lambda ticket: (ticket.reported_at, ticket.id),
        reverse=True,
    )
    rows = [_row(book, ticket, voice) for ticket in latest]
    reactive = [row for row in rows if not row.ticket.planned]
    return {
        "reactive": reactive,
        "planned": [row for row in rows if row.ticket.planned],
        "kinds": [
            target for target in REACTIVE if any(row.ticket.kind == target for row in reactive)
        ],
        "severities": sorted({row.severity for row in reactive if row.severity is not None}),
        "states": sorted({row.state for row in reactive}),
        "outcomes": [met.value for met in GRAVEST_FIRST if any(r.outcome == met for r in reactive)],
    }


def _row(book: Book, ticket: Ticket, voice: SiteVoice) -> RegisterRow:
    state = book.states[ticket.id]
    verdicts = book.verdicts_of(ticket.id)
    missed = {verdict.target for verdict in verdicts if verdict.outcome is Outcome.BREACHED}
    return RegisterRow(
        ticket,
        ticket.title,
        state.state.value,
        state.severity if state.severity is not None else ticket.severity,
        state.paused,
        not state.ended,
        gravest(verdicts),
        voice.language.listing(
            voice.language.term("target", kind) for kind in TARGETS if kind in missed
        ),
    )


PAGE = FixedPage(
    address=addresses.TICKETS, title=N_("Tickets"), template="tickets.html", facts=_facts, place=20
)
