"""Corrections that would better what is judged, and that no customer has signed (E123)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, place_of
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="E123",
        severity=Severity.WARNING,
        title=N_("Correction that does not count"),
        message=N_(
            "The correction of “{key}” by {who} is shown, and nothing is judged by it: a promise would come out better, and no countersignature that the customer signed names it."
        ),
        help=N_(
            "Let a contact who may countersign do so in a signed commit of their own: `weibao ticket countersign {ticket} --entries amended`. To see the correction: `git log -p -- {path}`"
        ),
        why=N_(
            "Whoever may mend the record in their own favour need not keep a promise: a later report, another severity or a pause with another reason can turn a breach into a kept one (requirements 9 and 40). What favours nobody counts at once."
        ),
        bad='  - {at: 2026-11-20T15:00:00+08:00, event: amended, by: wang-lei, field: reported_at, value: "2026-11-20T11:12:00+08:00", reason: 来电时间有误}\n',
        good=(
            '  - {at: 2026-11-20T15:00:00+08:00, event: amended, by: wang-lei, field: reported_at, value: "2026-11-20T11:12:00+08:00", reason: 来电时间有误}\n'
            "  - {at: 2026-11-20T16:00:00+08:00, event: countersigned, by: zhang-gong, entries: [{at: 2026-11-20T15:00:00+08:00, event: amended}], contact: zhang-gong}   # signed by zhang-gong\n"
        ),
        facts=("key", "who", "ticket", "path"),
    ),
)


def check_amendments_count(facts: BookFacts) -> Iterator[Finding]:
    """Corrections of tickets that had been recorded by the instant and are not judged by."""
    for ticket_id, ticket in facts.records.tickets.items():
        if not ticket.amendments:
            continue
        judged, proof = facts.counting[ticket_id]
        counted = {amendment.entry.index for amendment in judged.amendments}
        for amendment in ticket.amendments:
            entry = amendment.entry
            if entry.index in counted or proof.entries[entry.index].effective > facts.as_of:
                continue
            shown = {
                "key": amendment.key,
                "who": entry.by,
                "ticket": ticket_id,
                "path": ticket.path,
            }
            yield Finding("E123", place_of(ticket.path, entry, "value"), ticket_id, shown)
