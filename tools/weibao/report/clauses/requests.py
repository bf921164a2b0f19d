"""Rows 33 to 40: the ways in, the watch over each request, and its end (clauses 2.2.1 and 2.2.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.operations.intake import first_known, has_role, manager_is_told
from weibao.report.clauses.clause import Clause, of_setting
from weibao.report.clauses.resources import of_target
from weibao.report.clauses.traces import (
    REVIEWS,
    TICKETS,
    kept,
    tickets,
    tickets_with,
    whatever,
)
from weibao.rules.book.intake import received_on_duty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weibao.model.entry import Entry
    from weibao.model.finding import Finding
    from weibao.model.ticket import Ticket
    from weibao.report.clauses.traces import Trail


def _manager_told(trail: Trail, ticket: Ticket) -> bool:
    known = first_known(
        ticket, trail.steps[ticket.id], trail.book.official_staff, "pm", trail.book.zone
    )
    return known is not None


def _grave(trail: Trail) -> Iterator[str]:
    return tickets(
        trail,
        lambda ticket: (
            manager_is_told(ticket, trail.book.records.contract) and _manager_told(trail, ticket)
        ),
    )


def _by_phone(trail: Trail) -> Iterator[str]:
    return tickets(
        trail,
        lambda ticket: (
            ticket.channel == "phone"
            and not ticket.planned
            and received_on_duty(ticket, trail.book)
        ),
    )


def _by_manager(trail: Trail) -> Iterator[str]:
    """Requests to the project manager that the desk has recorded."""
    staff, zone = trail.book.records.staff, trail.book.zone

    def by_the_desk(ticket: Ticket, entry: Entry) -> bool:
        through = ticket.channel == "pm" and not ticket.planned
        return through and has_role(staff, entry.by, "desk", entry.at, zone)

    return tickets_with(trail, {"opened"}, by_the_desk)


def through(channel: str) -> Callable[[Finding, Trail], bool]:
    """A row that means the requests that came in by one way."""

    def means(finding: Finding, trail: Trail) -> bool:
        ticket = trail.book.records.tickets.get(finding.record)
        return ticket is not None and ticket.channel == channel and not ticket.planned

    return means


def _by_engineer(trail: Trail) -> Iterator[str]:
    return tickets(
        trail, lambda ticket: ticket.channel == "engineer" and _manager_told(trail, ticket)
    )


def _of_a_confirmation(finding: Finding, trail: Trail) -> bool:
    """X205; X201 of `closed`; X102 and X207 on the line of a `confirmed` entry."""
    ticket = trail.book.records.tickets.get(finding.record)
    match finding.code:
        case "X201":
            return finding.facts.get("event") == "closed"
        case "O272":
            return finding.facts["setting"] in _LENGTHS
        case "X102" | "X207":
            entries = ticket.log if ticket else ()
            lines = {entry.line for entry in entries if entry.event == "confirmed"}
            return finding.place.line in lines
        case _:
            return True


_LENGTHS = {"duties.confirmed_within", "duties.called_back_within", "duties.survey_every"}

ROWS = (
    Clause(
        row=33,
        number="2.2.1.1",
        asks=N_("The project manager learns of every grave request."),
        data=N_("Entries `notified`; what the manager receives, is given or does."),
        check=N_(
            "Severity 1 or 2, or what else the contract asks, and nothing shows that the manager knew."
        ),
        page="requests#manager",
        files=(TICKETS,),
        evidence=_grave,
        codes=("O223", "O272"),
        means=of_setting("duties.manager_told_of"),
    ),
    Clause(
        row=34,
        number="2.2.1.1",
        asks=N_("First way in: a call to the desk on duty, which records it."),
        data=N_("The channel `phone`, and who received it."),
        check=N_(
            "Taken by someone who was not on duty at that minute; never recorded by the desk."
        ),
        page="requests#mix",
        files=(TICKETS,),
        evidence=_by_phone,
        codes=("O222", "O262"),
        means=through("phone"),
    ),
    Clause(
        row=35,
        number="2.2.1.1",
        asks=N_("Second way in: to the project manager, who has the desk record it."),
        data=N_("The channel `pm`, and who opened the ticket."),
        check=N_("Recorded later than the contract allows, or never by the desk."),
        page="requests#manager",
        files=(TICKETS,),
        evidence=_by_manager,
        codes=("E104", "O262"),
        means=through("pm"),
    ),
    Clause(
        row=36,
        number="2.2.1.1",
        asks=N_("Third way in: to an engineer, who tells the project manager."),
        data=N_("The channel `engineer`, and `notified` entries."),
        check=N_("Nothing shows that the project manager was told, or that the desk recorded it."),
        page="requests#manager",
        files=(TICKETS,),
        evidence=_by_engineer,
        codes=("O225", "O262"),
        means=through("engineer"),
    ),
    Clause(
        row=37,
        number="2.2.1.2",
        asks=N_("The desk follows each request; past its limit it goes one level up."),
        data=N_("The contract's ladder by share of each target, and `escalated` entries."),
        check=N_(
            "A rung that was due and climbed late or never, or to the wrong person; one taken out or put off without the customer's agreement."
        ),
        page="figures#escalation",
        files=(TICKETS,),
        evidence=lambda trail: tickets_with(trail, {"escalated"}, whatever),
        codes=("O241", "O243", "O272", "O280"),
        means=of_setting("escalation"),
    ),
    Clause(
        row=38,
        number="2.2.1.3",
        asks=N_("Engineers keep the status current."),
        data=N_("Entries by the staff between the response and the resolution."),
        check=N_("The promise of updates was broken, or nobody escalated the silence."),
        page="levels#target-update",
        files=(TICKETS,),
        evidence=lambda trail: kept(trail, "update", whatever),
        codes=("O242", "S101"),
        means=of_target("update"),
    ),
    Clause(
        row=39,
        number="2.2.1.3",
        asks=N_("The desk confirms the result with the customer directly."),
        data=N_("Entries `confirmed`, with contact and channel."),
        check=N_(
            "Closed without it; confirmed by who resolved it, or by an unknown contact; not confirmed in time; a discontented customer not called back; not surveyed as often as agreed."
        ),
        page="tickets#reactive",
        files=(TICKETS, REVIEWS),
        evidence=lambda trail: tickets_with(trail, {"confirmed"}, whatever),
        codes=("O263", "O264", "O272", "O292", "X102", "X201", "X205", "X207"),
        means=_of_a_confirmation,
    ),
    Clause(
        row=40,
        number="2.2.2",
        asks=N_("Measures follow the severity that the customer declared."),
        data=N_("The severity of each ticket, and `severity_agreed` entries."),
        check=N_("Lowered without consent; a severity that the terms lack."),
        page="levels#declared",
        files=(TICKETS,),
        evidence=lambda trail: (verdict.ticket for verdict in trail.book.verdicts),
        codes=("X107", "X206"),
    ),
)
