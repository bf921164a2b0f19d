"""Rows 23 to 32: how the service is given, and planned against unplanned (clauses 1.4.1 to 2.1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.contract import ALWAYS
from weibao.operations.intake import has_role
from weibao.report.clauses.clause import Clause
from weibao.report.clauses.resources import of_target
from weibao.report.clauses.traces import (
    INSPECTIONS,
    PLAN,
    STAFF,
    TICKETS,
    inspections_with,
    kept,
    tickets,
    tickets_with,
)
from weibao.rules.book.intake import rightly_received

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.entry import Entry
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.report.clauses.traces import Trail
    from weibao.sla.verdict import Verdict


def _out_of_hours(trail: Trail, at: Instant) -> bool:
    """Whether no calendar of the contract works at an instant: at night, and on holidays."""
    calendars = trail.clocks.calendars
    return not any(
        calendar.work(at, at + 1) == 1 for name, calendar in calendars.items() if name != ALWAYS
    )


def _answered_at_night(trail: Trail) -> Iterator[str]:
    def at_night(verdict: Verdict) -> bool:
        reported = trail.book.records.tickets[verdict.ticket].reported_at
        return verdict.clock == ALWAYS and _out_of_hours(trail, reported)

    return kept(trail, "respond", at_night)


def _unanswered_at_night(finding: Finding, trail: Trail) -> bool:
    ticket = trail.book.records.tickets.get(finding.record)
    return (
        finding.facts.get("target") == "respond"
        and ticket is not None
        and _out_of_hours(trail, ticket.reported_at)
    )


def _remote(trail: Trail) -> Iterator[str]:
    def remote(_ticket: Ticket, entry: Entry) -> bool:
        return bool(entry.data["mode"] == "remote")

    return tickets_with(trail, {"restored", "resolved"}, remote)


def _manager(trail: Trail) -> Iterator[str]:
    day = trail.day
    if any("pm" in person.roles_on(day) for person in trail.book.records.staff.people.values()):
        yield STAFF


def _issued_work(trail: Trail) -> Iterator[str]:
    """Rounds of the plan that a manager issued, and planned work that they took part in."""
    records = trail.book.records
    people = records.staff.people.values()
    managers = {person.id for person in people if any(term.what == "pm" for term in person.roles)}
    issued = {work.id for work in records.plan.work.values() if work.issued_by in managers}
    for key in inspections_with(trail, "started"):
        if records.inspections[key].plan in issued:
            yield key
    yield from tickets_with(
        trail,
        {"opened", "assigned", "notified"},
        lambda ticket, entry: ticket.planned and entry.by in managers,
    )


def _received(trail: Trail) -> Iterator[str]:
    return tickets(
        trail, lambda ticket: not ticket.planned and rightly_received(ticket, trail.book)
    )


def _given_by_desk(trail: Trail) -> Iterator[str]:
    staff, zone = trail.book.records.staff, trail.book.zone

    def by_desk_or_manager(_ticket: Ticket, entry: Entry) -> bool:
        return any(has_role(staff, entry.by, role, entry.at, zone) for role in ("desk", "pm"))

    return tickets_with(trail, {"assigned"}, by_desk_or_manager)


def _both_modes(trail: Trail) -> Iterator[str]:
    """Planned and unplanned work, where there is some of both."""
    planned = [*inspections_with(trail, "started"), *tickets(trail, lambda ticket: ticket.planned)]
    unplanned = list(tickets(trail, lambda ticket: not ticket.planned))
    if planned and unplanned:
        yield from planned
        yield from unplanned


def _planned_work(trail: Trail) -> Iterator[str]:
    yield from inspections_with(trail, "completed")
    yield from tickets_with(trail, {"resolved"}, lambda ticket, _entry: ticket.planned)


ROWS = (
    Clause(
        row=23,
        number="1.4.1",
        asks=N_("Requests are answered around the clock."),
        data=N_("Tickets reported out of working hours, and when they were answered."),
        check=N_("A promise to respond that was broken out of working hours."),
        page="levels#months",
        files=(TICKETS,),
        evidence=_answered_at_night,
        codes=("S101",),
        means=_unanswered_at_night,
    ),
    Clause(
        row=24,
        number="1.4.1",
        asks=N_("There is support from a distance."),
        data=N_("Entries `restored` and `resolved` with the mode `remote`."),
        check="",
        page="tickets#reactive",
        files=(TICKETS,),
        evidence=_remote,
    ),
    Clause(
        row=25,
        number="1.4.1",
        asks=N_("There is support on site."),
        data=N_("Entries `dispatched`, `arrived` and `left`."),
        check=N_("The promise to be on site was broken."),
        page="levels#months",
        files=(TICKETS,),
        evidence=lambda trail: tickets_with(
            trail, {"arrived"}, lambda ticket, _entry: not ticket.planned
        ),
        codes=("S101",),
        means=of_target("arrive"),
    ),
    Clause(
        row=26,
        number="2.1.1.1",
        asks=N_("One project manager is the centre of decisions."),
        data=N_("The role of project manager in staff.yaml, from when to when."),
        check=N_(
            "A day of the term with no project manager, or with two; leave of theirs without a deputy."
        ),
        page="",
        files=(STAFF,),
        evidence=_manager,
        codes=("O201", "O202", "O269"),
    ),
    Clause(
        row=27,
        number="2.1.1.2",
        asks=N_("Planned work: the manager starts it, the team does it, the desk watches."),
        data=N_("Who issued each line of plan.yaml; its rounds, and planned tickets."),
        check=N_(
            "Work that no project manager issued, as the plan stands; planned work that the desk did not know of."
        ),
        page="tickets#planned",
        files=(TICKETS, INSPECTIONS, PLAN),
        evidence=_issued_work,
        codes=("O233", "O236", "O268"),
    ),
    Clause(
        row=28,
        number="2.1.1.3",
        asks=N_("Requests reach the desk first, and the project manager second."),
        data=N_("The channel of each ticket, and who received it."),
        check=N_(
            "Received by someone without a role for it; a request that the desk never recorded."
        ),
        page="tickets#reactive",
        files=(TICKETS,),
        evidence=_received,
        codes=("O221", "O262"),
    ),
    Clause(
        row=29,
        number="2.1.1.3",
        asks=N_("The desk dispatches and watches, so that the level is kept."),
        data=N_("Entries `assigned` by the desk or the project manager."),
        check=N_("The promise of updates was broken; somebody dispatched by themselves."),
        page="levels#months",
        files=(TICKETS,),
        evidence=_given_by_desk,
        codes=("O267", "S101"),
        means=of_target("update"),
    ),
    Clause(
        row=30,
        number="2.1.2",
        asks=N_("Planned and unplanned work are two modes, and counted apart."),
        data=N_("The kind of each ticket; inspections."),
        check="",
        page="tickets#tickets",
        files=(TICKETS, INSPECTIONS),
        evidence=_both_modes,
    ),
    Clause(
        row=31,
        number="2.1.2.1",
        asks=N_("Inspections, upgrades, planned downtime and technical exchange take place."),
        data=N_("plan.yaml and its rounds; tickets with window, approval and rollback."),
        check=N_(
            "Overdue, done late or closed with gaps; a window missed, left or overrun; begun before its approval was on record, or approved by nobody who shows it."
        ),
        page="inspections#inspections",
        files=(TICKETS, INSPECTIONS, PLAN),
        evidence=_planned_work,
        codes=("O103", "O251", "O234", "O235", "O237", "O238", "O239"),
    ),
    Clause(
        row=32,
        number="2.1.2.2",
        asks=N_("Faults, questions and other requests are all taken on."),
        data=N_("Tickets of the kinds fault, consultation and request."),
        check="",
        page="tickets#reactive",
        files=(TICKETS,),
        evidence=lambda trail: tickets(trail, lambda ticket: not ticket.planned),
    ),
)
