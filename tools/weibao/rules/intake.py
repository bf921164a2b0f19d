"""Intake: who takes requests in, and whether the project manager is told (O22x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.entry import timeline
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.operations.intake import (
    GRAVE,
    TOLD_WITHIN,
    first_known,
    imported,
    may_receive,
    was_on_duty,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket


def check_intake(records: Records, as_of: Instant) -> Iterator[Finding]:
    """What the three ways in ask of every request (requirements 4, 28 and 33 to 36)."""
    for ticket in records.tickets.values():
        known = ticket.received_by and not imported(ticket, records.contract)
        if known and not ticket.planned and ticket.reported_at <= as_of:
            yield from _received(ticket, records)
            yield from _told(ticket, records, as_of)


def _received(ticket: Ticket, records: Records) -> Iterator[Finding]:
    zone = records.contract.zone
    place = Place(ticket.path, keys=("intake", "received_by"))
    facts = {"person": ticket.received_by, "channel": ticket.channel}
    if not may_receive(ticket, records.staff, records.duty, zone):
        yield Finding("O221", place, ticket.id, facts)
    elif ticket.channel == "phone" and not was_on_duty(
        records.duty, ticket.received_by, ticket.reported_at
    ):
        at = format_instant(ticket.reported_at, zone)
        yield Finding("O222", place, ticket.id, {**facts, "reported_at": at})


def _told(ticket: Ticket, records: Records, as_of: Instant) -> Iterator[Finding]:
    """One finding a ticket: the gravest reason for which its manager should have been told."""
    limit = ticket.reported_at + TOLD_WITHIN
    needed = ticket.emergency or ticket.severity in GRAVE or ticket.channel == "engineer"
    if as_of < limit or not needed:
        return
    zone = records.contract.zone
    steps = [one for one in timeline(ticket.log) if one.at <= as_of]
    knew = first_known(ticket, steps, records.staff, "pm", zone)
    place = Place(ticket.path, keys=("intake",))
    if ticket.emergency and (knew is None or knew > limit):
        at = "" if knew is None else format_instant(knew, zone)
        yield Finding("O224", place, ticket.id, {"knew": at, "allowed": TOLD_WITHIN})
    elif knew is None and ticket.severity in GRAVE:
        yield Finding("O223", place, ticket.id, {"severity": ticket.severity})
    elif knew is None and ticket.channel == "engineer":
        yield Finding("O225", place, ticket.id, {"person": ticket.received_by})
