"""Rows 1 to 11: what the plan lays down for the whole service (clauses 1.1.1 to 1.1.3)."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.handwritten import handwritten_among
from weibao.operations.intake import TOLD_WITHIN, first_known
from weibao.report.clauses.clause import Clause, of_setting
from weibao.report.clauses.traces import (
    ACTIONS,
    CONTRACT,
    DUTY,
    REVIEWS,
    SHIFTS,
    SPARES,
    TICKETS,
    lines,
    tickets,
    tickets_with,
    whatever,
)
from weibao.rules.catalogue import RULES, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.finding import Finding
    from weibao.model.ticket import Ticket
    from weibao.report.clauses.traces import Trail

LIFECYCLE = ("X201", "X202", "X203", "X204", "X209", "X210", "X211", "X212")
"""Steps that may not follow, say a time that cannot be, or stand twice."""

LEDGER = ("L101", "L103", "L104", "L105", "L115")
"""Damage to what was logged."""


UNREADABLE = tuple(
    code for code, rule in RULES.items() if code[0] == "R" and rule.severity is Severity.ERROR
)
"""Files that are no valid records, of which nothing else can be said."""


def _outages(trail: Trail) -> Iterator[str]:
    faults = tickets_with(trail, {"restored", "resolved"}, whatever)
    return (fault for fault in faults if trail.book.records.tickets[fault].kind == "fault")


def _of_availability(finding: Finding, _trail: Trail) -> bool:
    """Its targets are those of services, and those that the agreed figures name."""
    match finding.code:
        case "O272":
            settings = ("availability ", "kpis availability")
            return str(finding.facts["setting"]).startswith(settings)
        case "O301":
            return str(finding.facts["name"]).startswith("availability")
        case _:
            return True


def _sent(trail: Trail) -> Iterator[str]:
    """Tickets that were worked on by whom they were given to, and parts issued for tickets."""

    def by_whom_it_was_given_to(ticket: Ticket) -> bool:
        log = trail.steps[ticket.id]
        sent = {entry.data["to"] for entry in log if entry.event in {"assigned", "dispatched"}}
        return any(entry.by in sent and entry.event != "opened" for entry in log)

    yield from tickets(trail, by_whom_it_was_given_to)
    yield from lines(trail, "spares", SPARES, "issued", whatever)


def _emergencies(trail: Trail) -> Iterator[str]:
    staff, zone = trail.book.official_staff, trail.book.zone

    def told_in_time(ticket: Ticket) -> bool:
        knew = first_known(ticket, trail.steps[ticket.id], staff, "pm", zone)
        return ticket.emergency and knew is not None and knew <= ticket.reported_at + TOLD_WITHIN

    return tickets(trail, told_in_time)


def _of_an_emergency(finding: Finding, trail: Trail) -> bool:
    ticket = trail.book.records.tickets.get(finding.record)
    return ticket is not None and ticket.emergency


_of_a_rota = of_setting("rota")


def _rota(trail: Trail) -> Iterator[str]:
    if trail.book.on_duty:
        yield DUTY
    for key in sorted(trail.book.records.shifts):
        if any(step.event == "taken_over" for step in trail.steps[key]):
            yield key


def _reactive(trail: Trail) -> Iterator[str]:
    return tickets(trail, lambda ticket: not ticket.planned)


def _knowledge(trail: Trail) -> Iterator[str]:
    pages = handwritten_among(trail.book.files).values()
    return (page.path for page in pages if page.knowledge and page.licence and page.audience)


def _credentials(trail: Trail) -> Iterator[str]:
    day = trail.day
    for credential in trail.book.records.contract.data.get("credentials", ()):
        if date.fromisoformat(credential["from"]) <= day <= date.fromisoformat(credential["to"]):
            yield CONTRACT


def _of_standing(finding: Finding, trail: Trail) -> bool:
    """Findings on the provider's own papers: those of suppliers are another row's."""
    return finding.place.path == CONTRACT and of_setting("duties.credential_notice")(finding, trail)


HAND_OVER = ("O286", "O287", "O288", "O289", "O290", "X314", "X315")


def _of_the_rota(finding: Finding, trail: Trail) -> bool:
    """Findings on the rota and on its hand-overs; O265 is of tickets as well."""
    if finding.code == "O272":
        return _of_a_rota(finding, trail) or of_setting(
            "duties.handover_rotas", "duties.shift_taken"
        )(finding, trail)
    return finding.code in HAND_OVER or not finding.record


def _audited(trail: Trail) -> Iterator[str]:
    yield from lines(trail, "reviews", REVIEWS, "audited", whatever)
    yield from lines(trail, "actions", ACTIONS, "raised", whatever)


ROWS = (
    Clause(
        row=1,
        number="1.1.1",
        asks=N_("The equipment runs without a break: that comes first."),
        data=N_("Faults, from the report to the restoration; equipment and services."),
        check=N_(
            "A service whose availability was under its target in a month; a target that was taken out or lowered."
        ),
        page="index#availability",
        files=(TICKETS,),
        evidence=_outages,
        codes=("O301", "O302", "O272"),
        means=_of_availability,
    ),
    Clause(
        row=2,
        number="1.1.1",
        asks=N_("The provider's people and parts are dispatched as one."),
        data=N_("Entries `assigned`, `dispatched` and `issued`."),
        check=N_(
            "Work by someone who was not sent; a part that no depot issued, or that was issued and not used; an old part that never came back."
        ),
        page="requests#sent",
        files=(TICKETS, SPARES),
        evidence=_sent,
        codes=("O231", "O232", "O261", "O272", "O282"),
        means=of_setting("duties.part_used_within", "duties.old_part_back_within"),
    ),
    Clause(
        row=3,
        number="1.1.1",
        asks=N_("One interface between the two sides."),
        data=N_("The contract's single contact, with phone and hours."),
        check=N_("It was changed without the notice that the contract asks."),
        page="contract#contract",
        files=(CONTRACT,),
        evidence=lambda _trail: (CONTRACT,),
        codes=("O271", "O272"),
        means=of_setting("duties.contact_notice"),
    ),
    Clause(
        row=4,
        number="1.1.1",
        asks=N_("A fast path for emergencies."),
        data=N_("Tickets marked as an emergency: dispatched first, recorded later."),
        check=N_(
            "The project manager told after 15 minutes; recorded later than allowed, or never by the desk."
        ),
        page="requests#manager",
        files=(TICKETS,),
        evidence=_emergencies,
        codes=("O224", "O262", "E104"),
        means=_of_an_emergency,
    ),
    Clause(
        row=5,
        number="1.1.1",
        asks=N_("Each task has a named person responsible."),
        data=N_("The last `assigned` entry of a ticket."),
        check=N_(
            "A ticket without an owner, or whose owner had left, that is open or was finished so."
        ),
        page="requests#sent",
        files=(TICKETS,),
        evidence=lambda trail: tickets_with(trail, {"assigned"}, whatever),
        codes=("O104", "O265"),
        means=lambda finding, _trail: bool(finding.record),
    ),
    Clause(
        row=6,
        number="1.1.2",
        asks=N_("Somebody is on duty at every hour of every day."),
        data=N_("The rotas of duty.yaml, with stand-ins and leave; the hand-over of each shift."),
        check=N_(
            "Nobody on duty, on duty while on leave or after leaving, or on two rotas at once, by the rota of then; a rota taken out; a shift that nobody took over, or that was handed over by halves."
        ),
        page="people#rota",
        files=(DUTY, SHIFTS),
        evidence=_rota,
        codes=("O106", "O207", "O208", "O265", *HAND_OVER, "O272"),
        means=_of_the_rota,
    ),
    Clause(
        row=7,
        number="1.1.2",
        asks=N_("What is slow or stuck is escalated."),
        data=N_("The contract's ladder, and the entries `escalated` and `referred`."),
        check=N_(
            "A rung that was due and climbed late or never, or to the wrong person; one taken out or put off without the customer's agreement; a fault not referred to maker or carrier where the contract asks it."
        ),
        page="figures#escalation",
        files=(TICKETS,),
        evidence=lambda trail: tickets_with(trail, {"escalated", "referred"}, whatever),
        codes=("O241", "O243", "O272", "O280", "O284"),
        means=of_setting("escalation", "duties.refer_within"),
    ),
    Clause(
        row=8,
        number="1.1.2",
        asks=N_("Technical knowledge is shared within its licence and the need for it."),
        data=N_("Pages of knowledge with licence, audience and who needs them."),
        check=N_("No licence, audience or need; a public page that links to an internal one."),
        page="",
        files=("docs/knowledge/",),
        evidence=_knowledge,
        codes=("R314", "R315", "R246", "X308"),
    ),
    Clause(
        row=9,
        number="1.1.2",
        asks=N_("Requests are logged, and what becomes of them is followed."),
        data=N_("Tickets and their logs."),
        check=N_("A step that may not follow; a log that was damaged; a file that is no ticket."),
        page="tickets#reactive",
        files=(TICKETS,),
        evidence=_reactive,
        codes=(*LIFECYCLE, *LEDGER, *UNREADABLE),
        means=lambda finding, _trail: finding.place.path.startswith("records/tickets/"),
    ),
    Clause(
        row=10,
        number="1.1.2",
        asks=N_("Audits of the records lead to improvement."),
        data=N_(
            "Audits: of what, and what was found. Corrective actions: what about, whose, by when, done."
        ),
        check=N_(
            "No audit in time; a corrective action that is overdue, was done after its day, or verified by who did it."
        ),
        page="reviews#reviews",
        files=(ACTIONS, REVIEWS),
        evidence=_audited,
        codes=("O216", "O266", "O291", "O272"),
        means=of_setting("duties.audit_every"),
    ),
    Clause(
        row=11,
        number="1.1.3",
        asks=N_("Good standing with carriers and with the makers of the equipment."),
        data=N_("The contract's credentials, with issuer and last day."),
        check=N_(
            "A maker or carrier without a credential, one that ran out before it was renewed, or will soon; one taken out or stretched."
        ),
        page="contract#credentials",
        files=(CONTRACT,),
        evidence=_credentials,
        codes=("O211", "O212", "O272", "O294", "O297"),
        means=_of_standing,
    ),
)
