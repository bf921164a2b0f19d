"""Violations of what the contract promises in figures: availability, agreed figures, reports."""

from __future__ import annotations

from building.violations.violation import CONTRACT, Violation, at

OVER = at("12-01T00:00:00")


def asks(share: str) -> tuple[str, str, str]:
    """The contract with an availability that the service is to reach."""
    terms = f'availability:\n  - {{effective_from: 2026-01-01, targets: {{mes: "{share}"}}}}\n'
    return (CONTRACT, "escalation:\n", f"{terms}escalation:\n")


def agrees(share: str) -> tuple[str, str, str]:
    """The same as an agreed figure."""
    terms = f'kpis: [{{figure: availability_contract, at_least: "{share}"}}]\n'
    return (CONTRACT, "escalation:\n", f"{terms}escalation:\n")


LATER = at("12-01T10:00:00")

VIOLATIONS = (
    # The fault of 128 minutes and that at night of 50 (a partial outage, of weight 0.3) leave 43,057 of 43,200 minutes.
    Violation(
        1,
        "O302",
        edits=(asks("99.6690%"),),
        twin=(asks("99.6689%"),),
        as_of=OVER,
        last=at("11-30T23:59:59"),
    ),
    Violation(
        1,
        "O301",
        edits=(agrees("99.6690%"),),
        twin=(agrees("99.6689%"),),
        as_of=OVER,
    ),
    Violation(
        1,
        "O272",
        edits=(asks("99.5%"),),
        later=((LATER, (CONTRACT, '"99.5%"', '"90%"')),),
        twin=(asks("99.5%"),),
        twin_later=((LATER, (CONTRACT, '"99.5%"', '"99.6%"')),),
    ),
)
