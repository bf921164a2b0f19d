"""Intake: who takes requests in, and whether the project manager is told (O22x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.model.timeline import timeline
from weibao.operations.intake import (
    TOLD_WITHIN,
    first_known,
    latest_report,
    manager_is_told,
    may_receive,
    was_on_duty,
)
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.ticket import Ticket
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="O221",
        severity=Severity.WARNING,
        title=N_("Received by someone without the role"),
        message=N_(
            "{person} took the request in ({channel}), and had neither the role for it nor the duty that day."
        ),
        help=N_(
            "If `received_by` is a slip, correct it with `weibao ticket amend`. Enter a role in records/staff.yaml, and a change of duty in records/duty.yaml, before it is taken up: what is entered afterwards does not clear this."
        ),
        why=N_(
            "The service desk is the first to receive a request, the project manager the second (requirement 28). What somebody else takes in is easily forgotten."
        ),
        bad="intake: {channel: phone, received_by: zhou-li}   # the keeper of the depot, not on duty\n",
        good="intake: {channel: phone, received_by: wang-lei}\n",
        facts=("person", "channel"),
    ),
    Rule(
        code="O222",
        severity=Severity.WARNING,
        title=N_("Call taken by someone not on duty"),
        message=N_("{person} took the call of {reported_at} and was not on duty at that minute."),
        help=N_(
            "If `received_by` is a slip, correct it with `weibao ticket amend`. Who stands in is entered in records/duty.yaml under `overrides` before the duty: what is entered after the call does not clear this; say in a note who stood in and why."
        ),
        why=N_(
            "The first way in is the phone of whoever is on duty (requirement 34). A call that another took shows a rota that is not kept."
        ),
        bad="intake: {channel: phone, received_by: wang-lei}   # sun-yu had the duty\n",
        good="intake: {channel: phone, received_by: sun-yu}\n",
        facts=("person", "channel", "reported_at"),
    ),
    Rule(
        code="O223",
        severity=Severity.WARNING,
        title=N_("Project manager not told of a ticket"),
        message=N_(
            "Nothing shows that the project manager knew of it; its severity is {severity}."
        ),
        help=N_(
            "Tell them and record it: `weibao ticket notify`; if they were told then, record it with the time when it was."
        ),
        why=N_(
            "The project manager gets every grave request and its response (requirement 33), to decide on people and material before the customer has to ask; of others too, where the contract says so: `duties.manager_told_of`."
        ),
        bad="  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n",
        good=(
            "  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n"
            "  - {at: 2026-11-20T09:16:00+08:00, event: notified, by: wang-lei, whom: chen-jie, via: phone}\n"
        ),
        facts=("severity",),
    ),
    Rule(
        code="O224",
        severity=Severity.WARNING,
        title=N_("Project manager told late of an emergency"),
        message=N_(
            "The project manager was to know of this emergency within {allowed}; knew at: “{knew}”."
        ),
        help=N_(
            "If they were told in time, record it with the time when it was: `weibao ticket notify`. Else say in the ticket why they were not."
        ),
        why=N_(
            "An emergency may be handled first and recorded later (requirement 4). In return, the project manager is told at once."
        ),
        bad="  - {at: 2026-11-20T10:30:00+08:00, event: notified, by: wang-lei, whom: chen-jie, via: phone}   # reported at 09:12\n",
        good="  - {at: 2026-11-20T09:16:00+08:00, event: notified, by: wang-lei, whom: chen-jie, via: phone}\n",
        facts=("knew", "allowed"),
    ),
    Rule(
        code="O225",
        severity=Severity.WARNING,
        title=N_("Request to an engineer not passed on"),
        message=N_(
            "{person} took the request in, and nothing shows that the project manager knew of it."
        ),
        help=N_(
            "Tell them and record it: `weibao ticket notify`; if they were told then, record it with the time when it was."
        ),
        why=N_(
            "An engineer whom the customer calls reports it to the project manager and has the desk record it (requirement 36), so that no promise is made that nobody keeps watch over."
        ),
        bad="intake: {channel: engineer, received_by: li-qiang}   # and no `notified` entry\n",
        good="  - {at: 2026-11-20T09:16:00+08:00, event: notified, by: li-qiang, whom: chen-jie, via: phone}\n",
        facts=("person",),
    ),
)


def check_intake(facts: BookFacts) -> Iterator[Finding]:
    """What the three ways in ask of every request (requirements 4, 28 and 33 to 36)."""
    records, as_of = facts.records, facts.as_of
    for ticket in records.tickets.values():
        if ticket.received_by and not ticket.planned and ticket.reported_at <= as_of:
            if not facts.proofs[ticket.id].old(ticket.reported_at):
                yield from _received(ticket, facts)
            yield from _told(ticket, facts)


def _received(ticket: Ticket, facts: BookFacts) -> Iterator[Finding]:
    place = Place(ticket.path, keys=("intake", "received_by"))
    shown = {"person": ticket.received_by, "channel": ticket.channel}
    if not rightly_received(ticket, facts):
        yield Finding("O221", place, ticket.id, shown, ticket.reported_at)
    elif ticket.channel == "phone" and not received_on_duty(ticket, facts):
        at = format_instant(ticket.reported_at, facts.records.contract.zone)
        shown |= {"reported_at": at}
        yield Finding("O222", place, ticket.id, shown, ticket.reported_at)


def rightly_received(ticket: Ticket, facts: BookFacts) -> bool:
    """Whether who took a request in might, by the roles that its landing found and the rota before it."""
    counting, proof = facts.counting[ticket.id]
    staff = facts.official_staff.before(next((proven.landed for proven in proof.entries), None))
    duty = facts.official_duty.before(counting.reported_at)
    return may_receive(counting, staff, duty, facts.records.contract.zone)


def received_on_duty(ticket: Ticket, facts: BookFacts) -> bool:
    """Whether who took a request in was on duty, by the rota that stood before it."""
    counting, _ = facts.counting[ticket.id]
    duty = facts.official_duty.before(counting.reported_at)
    return was_on_duty(duty, counting.received_by, counting.reported_at)


def _told(ticket: Ticket, facts: BookFacts) -> Iterator[Finding]:
    """One finding a ticket: the gravest reason for which its manager should have been told."""
    records, as_of, proof = facts.records, facts.as_of, facts.proofs[ticket.id]
    limit = latest_report(ticket, proof) + TOLD_WITHIN
    told_of = manager_is_told(ticket, records.contract)
    needed = ticket.emergency or told_of or ticket.channel == "engineer"
    if as_of <= limit or proof.old(limit) or not needed:
        return
    zone = records.contract.zone
    steps = [entry for entry in timeline(ticket.log) if entry.at <= as_of]
    knew = first_known(ticket, steps, facts.official_staff, "pm", zone)
    place = Place(ticket.path, keys=("intake",))
    if ticket.emergency and (knew is None or knew > limit):
        at = "" if knew is None else format_instant(knew, zone)
        yield Finding("O224", place, ticket.id, {"knew": at, "allowed": TOLD_WITHIN}, limit)
    elif knew is None and told_of:
        yield Finding("O223", place, ticket.id, {"severity": ticket.severity}, limit)
    elif knew is None and ticket.channel == "engineer":
        yield Finding("O225", place, ticket.id, {"person": ticket.received_by}, limit)
