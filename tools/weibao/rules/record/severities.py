"""Severities: they are the terms', and none is lowered without the customer's consent (X107, X206)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.amendments import place_of_value
from weibao.model.finding import Finding, Place, place_of
from weibao.model.fold import successive
from weibao.model.state import claimed, severity_policy
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.contract import Contract
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X107",
        severity=Severity.ERROR,
        title=N_("Severity that the terms lack"),
        message=N_("The service terms have no severity “{found}”."),
        help=N_("Choose a severity that they have: {expected}."),
        why=N_(
            "The severity that the customer declares decides what is promised (requirement 40). For one that the terms do not define nothing was promised, and nothing can be judged."
        ),
        bad="severity: 5\n",
        good="severity: 4\n",
        facts=("found", "expected"),
    ),
    Rule(
        code="X206",
        severity=Severity.ERROR,
        title=N_("Severity lowered without consent"),
        message=N_(
            "The severity went from {found} down to {agreed}, and nobody of the customer consented."
        ),
        help=N_(
            "Ask the customer and record the consent: `consent_by: CONTACT` in the entry. Without it the severity stays as declared."
        ),
        why=N_(
            "Measures follow the severity that the customer declared (requirement 40). A lower one gives the provider more time, so only the customer can grant it; a higher one needs no consent."
        ),
        bad="  - {at: 2026-11-20T09:30:00+08:00, event: severity_agreed, by: wang-lei, severity: 3}\n",
        good="  - {at: 2026-11-20T09:30:00+08:00, event: severity_agreed, by: wang-lei, severity: 3, consent_by: zhang-gong}\n",
        facts=("found", "agreed"),
    ),
)


def check_severities(facts: FileFacts) -> Iterator[Finding]:
    """Severities that no terms have, and lowerings to which nobody of the customer consented."""
    for ticket in facts.records.tickets.values():
        yield from _severities(ticket, facts.records.contract)


def _severities(ticket: Ticket, contract: Contract) -> Iterator[Finding]:
    policy = severity_policy(contract, ticket, ticket.reported_at)
    # Where no terms were in effect yet, any of their levels may be declared: nothing is promised.
    levels = policy.levels or {level for terms in contract.terms for level in terms.severities}
    current = ticket.severity
    if current is not None and current not in levels:
        facts: dict[str, object] = {"found": current, "expected": tuple(map(str, sorted(levels)))}
        yield Finding(
            "X107", Place(ticket.path, keys=place_of_value(ticket, ("severity",))), ticket.id, facts
        )
    if not any(entry.event == "severity_agreed" for entry in ticket.log):
        return
    steps = claimed(ticket.log)
    for step, found in successive("ticket", steps, policy, event="severity_agreed"):
        entry, current = step.entry, found.severity
        agreed = entry.data["severity"]
        place = place_of(ticket.path, entry, "severity")
        if agreed not in levels:
            facts = {"found": agreed, "expected": tuple(map(str, sorted(levels)))}
            yield Finding("X107", place, ticket.id, facts)
        elif current is not None and agreed > current and "consent_by" not in entry.data:
            yield Finding("X206", place, ticket.id, {"found": current, "agreed": agreed})
