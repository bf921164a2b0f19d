"""Work: whose it is, who does it and with which parts, who issues and watches what is planned, and rounds that are whole (O103, O104, O251, O252, O23x)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import State
from weibao.model.finding import Finding, Place, place_of
from weibao.model.instant import format_instant, midnight
from weibao.model.timeline import timeline
from weibao.operations.intake import first_known
from weibao.operations.whereabouts import fits
from weibao.operations.windows import WORKING
from weibao.rules.lapses import lapse
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

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
        message=N_(
            "{serial} ({part}) was installed, and no depot had issued it for {ticket} by then."
        ),
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
        code="O240",
        severity=Severity.WARNING,
        title=N_("Part that does not fit the equipment"),
        message=N_(
            "{part} was installed in {asset}, a {model}; by the catalogue it fits {models}."
        ),
        help=N_(
            "If the wrong part, equipment or serial number was typed, correct that: `weibao ticket amend`. If the part does fit, add the model to `fits` in records/spares.yaml, for the next time; models are entered there before the work."
        ),
        why=N_(
            "The catalogue says which models a part fits (requirement 18), and on that rests whether a spare is there for each. A part in equipment that it does not fit is a slip of the record, or the next fault."
        ),
        bad="asset: acc-sw-02, part: hw-s12700-mpu   # acc-sw-02 is an S5735; fits: [S12708]\n",
        good="asset: core-sw-01, part: hw-s12700-mpu   # core-sw-01 is an S12708; fits: [S12708]\n",
        facts=("part", "asset", "model", "models"),
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

_SENT = {"assigned": "to", "dispatched": "to", "escalated": "to", "called_up": "whom"}


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
    """Work by people nobody sent, parts from nowhere or that do not fit, planned work that nobody watched."""
    records = facts.records
    issued = _issued(records, facts.as_of)
    for ticket in records.tickets.values():
        old = facts.proofs[ticket.id].old_lines
        steps = [entry for entry in timeline(ticket.log) if entry.at <= facts.as_of]
        here = [entry for entry in steps if entry.index not in old]
        yield from _unsent(ticket, steps, facts.staff_ids, old)
        yield from _parts(ticket, here, issued)
        yield from _unfit(ticket, here, facts)
        if ticket.window is not None:
            yield from _unwatched(ticket, steps, facts)


def _unsent(
    ticket: Ticket, steps: Iterable[Entry], staff: Container[str], old: Container[int]
) -> Iterator[Finding]:
    """Work by one of the staff to whom the ticket was never given (requirement 2): once each.

    Who is at work in an ``old`` line had it already.
    """
    sent: set[str] = set()
    for entry in steps:
        if entry.event in _SENT:
            sent |= {entry.data[_SENT[entry.event]], *entry.data.get("with", ())}
        elif entry.event in WORKING and entry.by in staff and entry.by not in sent:
            sent.add(entry.by)
            if entry.index not in old:
                facts = {"person": entry.by, "event": entry.event}
                yield Finding("O231", place_of(ticket.path, entry, "by"), ticket.id, facts)


def _issued(records: Records, as_of: Instant) -> Mapping[tuple[str, str, str], Instant]:
    """What left a depot for a ticket, and when first: by ticket, part and serial number."""
    found: dict[tuple[str, str, str], Instant] = {}
    for entry in timeline(records.spares.log):
        if entry.event == "issued" and entry.at <= as_of:
            for serial in entry.data["serials"]:
                found.setdefault((entry.data["ticket"], entry.data["part"], serial), entry.at)
    return found


def _parts(
    ticket: Ticket, steps: Iterable[Entry], issued: Mapping[tuple[str, str, str], Instant]
) -> Iterator[Finding]:
    """Parts installed that no depot had issued for the ticket by then (requirements 2 and 20)."""
    for entry in steps:
        if entry.event == "part_replaced":
            part, serial = entry.data["part"], entry.data["installed_serial"]
            left = issued.get((ticket.id, part, serial))
            if left is None or left > entry.at:
                place = place_of(ticket.path, entry, "installed_serial")
                facts = {"ticket": ticket.id, "part": part, "serial": serial}
                yield Finding("O232", place, ticket.id, facts)


def _unfit(ticket: Ticket, steps: Iterable[Entry], facts: BookFacts) -> Iterator[Finding]:
    """Parts installed in equipment that they do not fit, by the catalogue and the equipment before that."""
    for entry in steps:
        if entry.event == "part_replaced":
            part = facts.official_spares.before(entry.at).parts.get(entry.data["part"])
            asset = facts.official_assets.before(entry.at).get(entry.data["asset"])
            if part and asset and not fits(part, asset):
                shown = {"part": part.id, "asset": asset.id, "model": asset.model}
                place = place_of(ticket.path, entry, "part")
                yield Finding("O240", place, ticket.id, {**shown, "models": part.fits})


def check_planned(facts: BookFacts) -> Iterator[Finding]:
    """Planned work that is overdue, and rounds that were closed without looking at everything (requirement 31)."""
    for work in facts.due_work:
        if work.state == "overdue":
            due = midnight(work.due + timedelta(days=1), facts.records.contract.zone)
            yield replace(_overdue(work), since=due)
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


def _unwatched(ticket: Ticket, steps: Sequence[Entry], facts: BookFacts) -> Iterator[Finding]:
    """Planned work that began before the desk knew of it (requirement 27)."""
    began = next((step for step in steps if step.event in WORKING), None)
    if began is None or began.index in facts.proofs[ticket.id].old_lines:
        return
    zone = facts.records.contract.zone
    knew = first_known(ticket, steps, facts.official_staff, "desk", zone)
    if knew is None or knew > began.at:
        shown = {"event": began.event, "at": format_instant(began.at, zone)}
        yield Finding("O236", place_of(ticket.path, began, "event"), ticket.id, shown)


def check_issuers(facts: BookFacts) -> Iterator[Finding]:
    """Lines of the plan that no project manager issued (requirement 27)."""
    records = facts.records
    for work in records.plan.work.values():
        person = records.staff.people.get(work.issued_by)
        if person and not any(term.what == "pm" for term in person.roles):
            place = Place(PLAN, keys=("plan", work.id, "issued_by"))
            yield Finding("O233", place, "", {"plan": work.id, "person": work.issued_by})
