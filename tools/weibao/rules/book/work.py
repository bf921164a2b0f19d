"""Work: whose it is, who does it and with which parts, and planned work in its frame and whole (O103, O104, O251, O252, O23x)."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import State
from weibao.model.finding import Finding, Place, place_of
from weibao.model.instant import format_instant, midnight
from weibao.model.timeline import timeline
from weibao.operations.intake import first_known, imported
from weibao.rules.lapses import lapse
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from weibao.history.proven import ProvenLog
    from weibao.model.entry import Entry
    from weibao.model.finding import Lapse
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket
    from weibao.operations.coverage import Coverage
    from weibao.operations.planned import DueWork
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="O103",
        severity=Severity.WARNING,
        title=N_("Planned work overdue"),
        message=N_("“{plan}”, planned for {planned_for}, was due by {due} and is not done."),
        help=N_(
            "Do the work and record it; an inspection names the round it belongs to by `plan` and `period`. A round is put off in records/plan.yaml before it is due: an edit after that does not clear it."
        ),
        why=N_(
            "Preventive inspection and planned maintenance are half of the service (requirements 27 and 31). What is put off now comes back as a fault."
        ),
        bad="plan: quarterly-inspection\nperiod: 2026-Q4   # planned for 2026-11-15, due_within: 10d; no inspection by 2026-11-26\n",
        good="plan: quarterly-inspection\nperiod: 2026-Q4   # planned for 2026-11-15, due_within: 10d; completed 2026-11-15\n",
        facts=("plan", "planned_for", "due"),
    ),
    Rule(
        code="O251",
        severity=Severity.WARNING,
        title=N_("Round closed with gaps"),
        message=N_(
            "“{plan}”, planned for {planned_for}, was closed with {checks} of {of} items looked at, and nobody says why not at: {assets}."
        ),
        help=N_(
            "Look at the rest in an inspection of its own, which begins with what is left: `weibao inspection start {plan} --period {period}`. What cannot be reached is skipped there, with the reason: `weibao inspection skip`."
        ),
        why=N_(
            "A round is done when everything was looked at that the plan promised for it, and not when one piece was (requirements 27 and 31). What counts is the plan as it stood before the day of the round."
        ),
        bad=(
            "assets: [core-sw-01, acc-sw-02]\n"
            "log:\n"
            "  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: appearance, status: ok}\n"
            "  - {at: 2026-11-15T09:50:00+08:00, event: completed, by: li-qiang}\n"
        ),
        good=(
            "assets: [core-sw-01, acc-sw-02]\n"
            "log:\n"
            "  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: appearance, status: ok}\n"
            "  - {at: 2026-11-15T09:45:00+08:00, event: checked, by: li-qiang, asset: acc-sw-02, item: appearance, status: ok}\n"
            "  - {at: 2026-11-15T09:50:00+08:00, event: completed, by: li-qiang}\n"
        ),
        facts=("plan", "period", "planned_for", "checks", "of", "assets"),
    ),
    Rule(
        code="O252",
        severity=Severity.NOTE,
        title=N_("Equipment skipped in a round"),
        message=N_("{asset} was skipped in the round “{plan}”, planned for {planned_for}."),
        help=N_(
            "Nothing is wrong with the record, whose entry has the reason. Look at it when that is gone, and it is told no more: `weibao inspection start {plan} --period {period}`."
        ),
        why=N_(
            "What was skipped for a good reason was not looked at all the same (requirement 31): the round is told as closed with so many of so many, and never as whole."
        ),
        bad="  - {at: 2026-11-15T09:45:00+08:00, event: skipped, by: li-qiang, asset: acc-sw-02, reason: 机房停电}\n",
        good="  - {at: 2026-11-15T09:45:00+08:00, event: checked, by: li-qiang, asset: acc-sw-02, item: appearance, status: ok}\n",
        facts=("asset", "plan", "period", "planned_for"),
    ),
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
    Rule(
        code="O233",
        severity=Severity.WARNING,
        title=N_("Planned work not issued by the project manager"),
        message=N_("“{plan}” was issued by {person}, who was never project manager."),
        help=N_("Let the project manager issue it: `issued_by` in records/plan.yaml."),
        why=N_(
            "The project manager starts planned work, the team carries it out and the desk keeps watch (requirement 27)."
        ),
        bad="issued_by: li-qiang\n",
        good="issued_by: chen-jie\n",
        facts=("plan", "person"),
    ),
    Rule(
        code="O234",
        severity=Severity.WARNING,
        title=N_("Planned work outside its window"),
        message=N_("“{event}” at {at} lies outside the window from {from} to {to}."),
        help=N_(
            "If the customer moved the window, record it with `weibao ticket amend` and let them countersign it. Else say in the ticket why."
        ),
        why=N_(
            "The customer agreed to a window in which its business can bear the work (requirement 31); outside of it an upgrade is an outage."
        ),
        bad="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}   # resolved at 04:30\n",
        good="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T05:00:00+08:00}   # resolved at 04:30\n",
        facts=("event", "at", "from", "to"),
    ),
    Rule(
        code="O235",
        severity=Severity.WARNING,
        title=N_("Planned work begun before it was on record"),
        message=N_(
            "“{event}” is claimed for {at}; the ticket with its approval was recorded at {recorded}."
        ),
        help=N_(
            "Open the ticket with `approved_by`, window and rollback before the work begins. For this one, ask the customer to countersign it."
        ),
        why=N_(
            "Planned work begins after the customer's approval (requirement 31). An approval that was written down afterwards proves nothing."
        ),
        bad="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}   # first commit: 2026-11-29T09:00\n",
        good="window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}   # first commit: 2026-11-20T09:00\n",
        facts=("event", "at", "recorded"),
    ),
    Rule(
        code="O236",
        severity=Severity.WARNING,
        title=N_("Planned work that the desk did not know of"),
        message=N_("“{event}” is claimed for {at}, and nothing shows that the desk knew by then."),
        help=N_(
            "Tell the desk before the work begins: `weibao ticket notify`; if it knew then, record it with the time when it was."
        ),
        why=N_(
            "The project manager starts planned work, the team carries it out and the desk keeps watch (requirement 27). A desk that does not know takes the customer's alarm for a fault."
        ),
        bad=(
            "  - {at: 2026-11-16T09:05:00+08:00, event: opened, by: chen-jie}\n"
            "  - {at: 2026-11-18T22:05:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        good=(
            "  - {at: 2026-11-16T09:05:00+08:00, event: opened, by: chen-jie}\n"
            "  - {at: 2026-11-16T09:06:00+08:00, event: notified, by: chen-jie, whom: wang-lei, via: phone}\n"
            "  - {at: 2026-11-18T22:05:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        facts=("event", "at"),
    ),
)

PLAN = "records/plan.yaml"

WORKING = frozenset({"arrived", "part_replaced", "restored", "resolved"})
"""The steps that are work on the equipment."""

_SENT = {"assigned": "to", "dispatched": "to", "escalated": "to"}


def check_owners(facts: BookFacts) -> Iterator[Finding]:
    """Open tickets that nobody is responsible for (requirement 5)."""
    for ticket_id, state in facts.states.items():
        ticket = facts.records.tickets.get(ticket_id)
        if ticket and ownerless(state):
            yield Finding("O104", Place(ticket.path), ticket.id, {"ticket": ticket.id})


def ownerless(state: RecordState[Dated]) -> bool:
    """Whether a ticket in this state is open, and nobody is responsible for it."""
    return state.open and state.state is not State.NEW and not state.owner


def lapses_of_work(facts: BookFacts) -> Iterator[Lapse]:
    """Tickets that were finished with nobody responsible, and rounds that were done late."""
    records = facts.records
    for ticket_id, state in facts.states.items():
        ticket, finished = records.tickets.get(ticket_id), state.finished
        if ticket and finished and not state.owner:
            finding = Finding("O104", Place(ticket.path), ticket.id, {"ticket": ticket.id})
            yield from lapse(facts, finding, ticket.reported_at, finished.instant)
    for work in facts.due_work:
        if work.state == "done_late" and (finished := facts.states[work.record].finished):
            due = midnight(work.due + timedelta(days=1), records.contract.zone)
            yield from lapse(facts, _overdue(work), due, finished.entry.at)


def check_work(facts: BookFacts) -> Iterator[Finding]:
    """Work by people nobody sent, parts from nowhere, planned work out of its frame."""
    records = facts.records
    issued = _issued(records, facts.as_of)
    for ticket in records.tickets.values():
        if imported(ticket, records.contract):
            continue
        steps = [entry for entry in timeline(ticket.log) if entry.at <= facts.as_of]
        yield from _unsent(ticket, steps, records)
        yield from _parts(ticket, steps, issued)
        if ticket.window is not None:
            yield from _frame(ticket, ticket.window, steps, facts.proofs[ticket.id], records)
            yield from _unwatched(ticket, steps, records)


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
        (entry.data["ticket"], entry.data["part"], serial)
        for entry in records.spares.log
        if entry.event == "issued" and entry.at <= as_of
        for serial in entry.data["serials"]
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


def check_planned(facts: BookFacts) -> Iterator[Finding]:
    """Planned work that is overdue, and rounds that were closed without looking at everything (requirement 31)."""
    for work in facts.due_work:
        if work.state == "overdue":
            yield _overdue(work)
        if work.state == "incomplete" and work.coverage:
            yield from _gaps(facts, work, work.coverage)


def _gaps(facts: BookFacts, work: DueWork, coverage: Coverage) -> Iterator[Finding]:
    """What a round was closed without: told once where nobody says why, and piece by piece where it was skipped."""
    inspections = facts.records.inspections
    closing, finished = inspections[work.record], facts.states[work.record].finished
    named = {
        "plan": work.plan,
        "period": work.period,
        "planned_for": work.planned_for.isoformat(),
    }
    if coverage.unaccounted and finished:
        counts = {"checks": coverage.checks.count, "of": coverage.checks.of}
        shown = named | counts | {"assets": coverage.unaccounted}
        place = place_of(closing.path, finished.entry, "event")
        yield Finding("O251", place, closing.id, shown)
    for inspection in map(inspections.__getitem__, work.records):
        for entry in inspection.log:
            if entry.event == "skipped" and entry.data["asset"] in coverage.skipped:
                place = place_of(inspection.path, entry, "asset")
                told = {"asset": entry.data["asset"], **named}
                yield Finding("O252", place, inspection.id, told)


def _overdue(work: DueWork) -> Finding:
    shown = {
        "plan": work.plan,
        "planned_for": work.planned_for.isoformat(),
        "due": work.due.isoformat(),
    }
    return Finding("O103", Place(PLAN, keys=("plan", work.plan)), "", shown)


def _frame(
    ticket: Ticket,
    window: tuple[Instant, Instant],
    steps: Iterable[Entry],
    proof: ProvenLog,
    records: Records,
) -> Iterator[Finding]:
    """Planned work outside its window, or begun before its approval was on record (row 31)."""
    zone, policy = records.contract.zone, records.contract.evidence
    work = [step for step in steps if step.event in WORKING]
    outside = next((entry for entry in work if _lies_outside(entry, window)), None)
    if outside:
        facts: dict[str, object] = {
            "event": outside.event,
            "at": format_instant(outside.at, zone),
            "from": format_instant(window[0], zone),
            "to": format_instant(window[1], zone),
        }
        yield Finding("O234", place_of(ticket.path, outside, "at"), ticket.id, facts)
    recorded = min(
        (entry.evidence for entry in proof.entries if entry.evidence is not None), default=None
    )
    if work and recorded is not None and recorded > work[0].at + policy.tolerance:
        facts = {"event": work[0].event, "at": format_instant(work[0].at, zone)}
        facts |= {"recorded": format_instant(recorded, zone)}
        yield Finding("O235", Place(ticket.path, keys=("approved_by",)), ticket.id, facts)


def _lies_outside(entry: Entry, window: tuple[Instant, Instant]) -> bool:
    """Whether work lies outside its window; who is there before it opens has not begun yet."""
    start, end = window
    return entry.at > end or (entry.at < start and entry.event != "arrived")


def _unwatched(ticket: Ticket, steps: Sequence[Entry], records: Records) -> Iterator[Finding]:
    """Planned work that began before the desk knew of it (requirement 27)."""
    began = next((step for step in steps if step.event in WORKING), None)
    if began is None:
        return
    knew = first_known(ticket, steps, records.staff, "desk", records.contract.zone)
    if knew is None or knew > began.at:
        at = format_instant(began.at, records.contract.zone)
        facts = {"event": began.event, "at": at}
        yield Finding("O236", place_of(ticket.path, began, "event"), ticket.id, facts)


def check_issuers(facts: BookFacts) -> Iterator[Finding]:
    """Lines of the plan that no project manager issued (requirement 27)."""
    records = facts.records
    for work in records.plan.work.values():
        person = records.staff.people.get(work.issued_by)
        if person and not any(term.what == "pm" for term in person.roles):
            place = Place(PLAN, keys=("plan", work.id, "issued_by"))
            yield Finding("O233", place, "", {"plan": work.id, "person": work.issued_by})
