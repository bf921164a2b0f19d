"""Intake: who took a request in, and when those who must know of it knew.

What the service plan asks of the three ways in, in its clauses 2.1.1.3 and 2.2.1.1 (requirements 4,
28 and 33 to 36). Times are claims: an emergency is lawfully handled first and recorded later, and
how late is a matter of evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.instant import local_day
from weibao.operations.on_duty import on_duty

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from weibao.history.official import Official
    from weibao.history.proven import ProvenLog
    from weibao.model.contract import Contract
    from weibao.model.duty import Duty
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.staff import Staff
    from weibao.model.ticket import Ticket

GRAVE = (1, 2)
"""The severities of which the project manager is told, where the contract says nothing of it."""

TOLD_WITHIN = 15 * 60
"""Seconds in which the project manager is told (requirement 4)."""

WHO_IS_TOLD = {
    "notified": "whom",
    "escalated": "to",
    "assigned": "to",
    "dispatched": "to",
    "called_up": "whom",
}
"""The events that tell somebody of a ticket, and the key that names them."""

_RECEIVERS = {
    "pm": frozenset({"pm", "desk"}),
    "engineer": frozenset({"engineer", "reserve", "desk"}),
}
_AT_THE_DESK = frozenset({"desk"})


def manager_is_told(ticket: Ticket, contract: Contract) -> bool:
    """Whether the project manager is told of a request: by the contract of all, else of the grave ones (requirement 33)."""
    return ticket.severity in contract.data.get("duties", {}).get("manager_told_of", GRAVE)


def latest_report(ticket: Ticket, proof: ProvenLog) -> Instant:
    """When it was reported, at the latest that an old register leaves open: nothing is late that may not be."""
    return ticket.reported_at if proof.header_latest is None else proof.header_latest


def has_role(staff: Staff, who: str, role: str, at: Instant, zone: ZoneInfo) -> bool:
    """Whether somebody has a role at an instant."""
    person = staff.people.get(who)
    return person is not None and role in person.roles_on(local_day(at, zone))


def first_known(
    ticket: Ticket, steps: Iterable[Entry], staff: Official[Staff], role: str, zone: ZoneInfo
) -> Instant | None:
    """When somebody of a role first knew of a ticket, as claimed; None where no step shows it.

    They know when they took it in themselves, when they are told, or when they take a step, by the
    roles that were on file before: one that is dated back afterwards shows nothing.
    """

    def knows(who: str, at: Instant) -> bool:
        return has_role(staff.before(at), who, role, at, zone)

    received = knows(ticket.received_by, ticket.reported_at)
    known = [ticket.reported_at] if received else []
    for entry in steps:
        told = entry.data.get(WHO_IS_TOLD.get(entry.event, ""), "")
        if any(knows(who, entry.at) for who in (entry.by, told)):
            known.append(entry.at)
    return min(known, default=None)


def was_on_duty(duty: Duty, who: str, at: Instant) -> bool:
    """Whether somebody had any rota's duty at an instant."""
    return any(span.person == who for span in on_duty(duty, at))


def may_receive(ticket: Ticket, staff: Staff, duty: Duty, zone: ZoneInfo) -> bool:
    """Whether who took the request in had a role for it, or the duty, when it was reported.

    The desk takes in whatever comes; the project manager and engineers what came to them.
    """
    person = staff.people.get(ticket.received_by)
    roles = person.roles_on(local_day(ticket.reported_at, zone)) if person else frozenset()
    if roles & _RECEIVERS.get(ticket.channel, _AT_THE_DESK):
        return True
    own_way = ticket.channel in _RECEIVERS
    return not own_way and was_on_duty(duty, ticket.received_by, ticket.reported_at)
