"""Severities as the customer declared them and as they were agreed, and the promises kept at each (requirement 40)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.report.population import reactive
from weibao.sla.figures import promise
from weibao.sla.tally import Tally, total

if TYPE_CHECKING:
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class DeclaredLevel:
    """The tickets that were declared at one severity and are in force at one, and their promises.

    ``kept`` is of those judged, by the evidence; ``on_claim`` the same, were every claim believed.
    """

    declared: int
    agreed: int
    tickets: tuple[str, ...]
    kept: Tally
    on_claim: Tally


def declared_levels(book: Book) -> tuple[DeclaredLevel, ...]:
    """Each pair of declared and agreed severity that there is, the gravest declared first."""
    by_pair: dict[tuple[int, int], list[str]] = {}
    for ticket in reactive(book):
        agreed = book.states[ticket.id].severity
        if ticket.severity is not None and agreed is not None:
            by_pair.setdefault((ticket.severity, agreed), []).append(ticket.id)
    found = []
    for (declared, agreed), tickets in sorted(by_pair.items()):
        verdicts = [verdict for ticket in tickets for verdict in book.verdicts_of(ticket)]
        kept = total(promise(verdict.outcome) for verdict in verdicts)
        on_claim = total(promise(verdict.on_claim) for verdict in verdicts)
        found.append(DeclaredLevel(declared, agreed, tuple(sorted(tickets)), kept, on_claim))
    return tuple(found)
