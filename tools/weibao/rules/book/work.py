"""Work: whose it is, who does it, and with which parts (O104, O231, O232)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.entry import timeline
from weibao.model.events import State
from weibao.model.finding import Finding, Place, place_of
from weibao.operations.intake import imported
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import BookChecks, BookFacts

ROWS = (
    Rule(
        code="O104",
        severity=Severity.WARNING,
        title=N_("Open ticket without an owner"),
        message=N_("{ticket} is open, and nobody is responsible for it."),
        help=N_("Assign it: `weibao ticket assign {ticket} --to PERSON`."),
        why=N_(
            "Each task has a named person responsible (requirement 5). Until the desk or the project manager assigns a ticket, everybody can believe that somebody else has it."
        ),
        bad="log:\n  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n",
        good=(
            "log:\n"
            "  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n"
            "  - {at: 2026-11-20T09:17:00+08:00, event: assigned, by: wang-lei, to: li-qiang}\n"
        ),
        facts=("ticket",),
    ),
    Rule(
        code="O231",
        severity=Severity.WARNING,
        title=N_("Work by someone who was not sent"),
        message=N_("{person} recorded “{event}”, and the ticket was never given to them."),
        help=N_(
            "Record who gave it to them, with the time when it was: `weibao ticket assign` or `weibao ticket dispatch`."
        ),
        why=N_(
            "The provider's people are dispatched as one (requirement 2). Who works on a ticket without being sent is missing where they were."
        ),
        bad=(
            "  - {at: 2026-11-20T09:17:00+08:00, event: assigned, by: wang-lei, to: li-qiang}\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: zhao-min}\n"
        ),
        good=(
            "  - {at: 2026-11-20T09:40:00+08:00, event: dispatched, by: wang-lei, to: zhao-min}\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: zhao-min}\n"
        ),
        facts=("person", "event"),
    ),
    Rule(
        code="O232",
        severity=Severity.WARNING,
        title=N_("Part installed that no depot issued"),
        message=N_("{serial} ({part}) was installed, and no depot issued it for {ticket}."),
        help=N_(
            "Record the movement with the time when it was: `weibao spares issue`. If the part came from elsewhere, receive it first, with its papers."
        ),
        why=N_(
            "Each part that goes into the customer's equipment has a proven origin and a movement that brought it there (requirements 2 and 20)."
        ),
        bad="  - {at: 2026-11-20T11:05:00+08:00, event: part_replaced, by: li-qiang, asset: core-sw-01, part: hw-s12700-mpu, removed_serial: 'MPU77', installed_serial: 'MPU0001'}   # nothing was issued\n",
        good="  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ['MPU0001'], depot: shenyang-depot, ticket: T20261120-7K3Q9M}\n",
        facts=("ticket", "part", "serial"),
    ),
)


def check_owners(facts: BookFacts) -> Iterator[Finding]:
    """Open tickets that nobody is responsible for (requirement 5)."""
    for ticket_id, standing in facts.standings.items():
        ticket = facts.records.tickets.get(ticket_id)
        if ticket and standing.open and standing.state is not State.NEW and not standing.owner:
            yield Finding("O104", Place(ticket.path), ticket.id, {"ticket": ticket.id})


WORKING = frozenset({"arrived", "part_replaced", "restored", "resolved"})
"""The steps that are work on the equipment."""


_SENT = {"assigned": "to", "dispatched": "to", "escalated": "to"}


def check_work(facts: BookFacts) -> Iterator[Finding]:
    """Work by people nobody sent, and parts from nowhere."""
    records = facts.records
    issued = _issued(records, facts.as_of)
    for ticket in records.tickets.values():
        if not imported(ticket, records.contract):
            steps = [one for one in timeline(ticket.log) if one.at <= facts.as_of]
            yield from _unsent(ticket, steps, records)
            yield from _parts(ticket, steps, issued)


def _unsent(ticket: Ticket, steps: Iterable[Entry], records: Records) -> Iterator[Finding]:
    """Work by one of the staff to whom the ticket was never given (requirement 2): once each."""
    sent: set[str] = set()
    for entry in steps:
        if entry.event in _SENT:
            sent.add(entry.data[_SENT[entry.event]])
        elif entry.event in WORKING and entry.by in records.staff.people and entry.by not in sent:
            sent.add(entry.by)
            facts = {"person": entry.by, "event": entry.event}
            yield Finding("O231", place_of(ticket.path, entry, "by"), ticket.id, facts)


def _issued(records: Records, as_of: Instant) -> frozenset[tuple[str, str, str]]:
    """What left a depot for a ticket: ticket, part, serial number."""
    return frozenset(
        (one.data["ticket"], one.data["part"], serial)
        for one in records.spares.log
        if one.event == "issued" and one.at <= as_of
        for serial in one.data["serials"]
    )


def _parts(
    ticket: Ticket, steps: Iterable[Entry], issued: frozenset[tuple[str, str, str]]
) -> Iterator[Finding]:
    """Parts installed that no depot issued for the ticket (requirements 2 and 20)."""
    for entry in steps:
        if entry.event == "part_replaced":
            part, serial = entry.data["part"], entry.data["installed_serial"]
            if (ticket.id, part, serial) not in issued:
                place = place_of(ticket.path, entry, "installed_serial")
                facts = {"ticket": ticket.id, "part": part, "serial": serial}
                yield Finding("O232", place, ticket.id, facts)


CHECKS: BookChecks = (
    check_owners,
    check_work,
)
