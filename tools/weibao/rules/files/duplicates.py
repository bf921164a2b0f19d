"""Tickets cancelled as duplicates: of one under which the same fault goes on being mended (X220)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, place_of
from weibao.model.fold import ticket_on_claims
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.model.entry import Entry
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X220",
        severity=Severity.ERROR,
        title=N_("Not a duplicate of that"),
        message=N_("{ticket} is cancelled as a duplicate of {other}, and that is {fault}."),
        help=N_(
            "Name the ticket under which the same fault goes on: of the same equipment or service, reported no later, no lighter and not resolved yet. If there is none, this one goes on, and the other is its duplicate."
        ),
        why=N_(
            "A duplicate is cancelled because its fault is mended under another ticket, whose clocks have run for as long. Cancelled for a later, a lighter or an ended one, the customer's fault loses the promises that it had (requirements 9 and 29)."
        ),
        bad=(
            "  - {at: 2026-11-20T11:20:00+08:00, event: cancelled, by: wang-lei, reason: 重复受理, duplicate_of: T20261120-2D8VXN}   # reported at 11:15\n"
        ),
        good=(
            "  - {at: 2026-11-20T11:20:00+08:00, event: cancelled, by: wang-lei, reason: 重复受理, duplicate_of: T20261120-7K3Q9M}   # reported at 09:12\n"
        ),
        facts=("ticket", "other", "fault"),
    ),
)


def check_duplicates(facts: FileFacts) -> Iterator[Finding]:
    """Every ticket that names another, of those that were read."""
    for ticket in facts.records.tickets.values():
        yield from duplicate_findings(ticket, facts.records.tickets, facts.records)


def duplicate_findings(
    ticket: Ticket, tickets: Mapping[str, Ticket], records: Records
) -> Iterator[Finding]:
    """What is wrong with the ticket that this one is said to repeat, by the claims of both.

    What an old register says of duplicates stands as it is: nobody can mend it.
    """
    since = records.contract.evidence.since
    for entry in ticket.log:
        if entry.event != "cancelled":
            continue
        other = tickets.get(entry.data.get("duplicate_of", ""))
        # Of what is claimed for before it, the files alone do not say whether it was brought along.
        old = since is not None and entry.at < since
        if old or other is None or other.id == ticket.id:
            continue
        fault = _fault(ticket, other, entry, records)
        if fault:
            shown = {"ticket": ticket.id, "other": other.id, "fault": fault}
            yield Finding("X220", place_of(ticket.path, entry, "duplicate_of"), ticket.id, shown)


def _fault(ticket: Ticket, other: Ticket, cancelled: Entry, records: Records) -> str:
    """A word of the kind ``fault``; "" where there is none."""
    then = ticket_on_claims(other, records.contract, cancelled.at)
    own = ticket_on_claims(ticket, records.contract, cancelled.at)
    if not _share(ticket, other, records):
        return "of other equipment"
    if other.reported_at > ticket.reported_at:
        return "reported later"
    if then.cancelled is not None:
        return "cancelled itself"
    if then.resolved:
        return "resolved already"
    # What is no fault takes nothing down, so that the outage would end with the cancellation.
    no_fault = ticket.kind == "fault" != other.kind
    asked = own.severity is not None and (then.severity is None or then.severity > own.severity)
    return "lighter" if no_fault or asked else ""


def _share(ticket: Ticket, other: Ticket, records: Records) -> bool:
    """Whether two tickets are about the same equipment or service; or both name none."""
    if not ticket.assets and not other.assets:
        return True
    shared = set(ticket.assets) & set(other.assets)
    return bool(shared or services_of(ticket, records) & services_of(other, records))


def services_of(ticket: Ticket, records: Records) -> frozenset[str]:
    """The services that rest on the equipment of a ticket."""
    known = (records.assets[asset] for asset in ticket.assets if asset in records.assets)
    return frozenset(service for asset in known for service in asset.services)
