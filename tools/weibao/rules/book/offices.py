"""Offices: who must not do two things at once, who has left, and who stands in (O265–O269)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Lapse, Place, place_of
from weibao.model.instant import format_instant, local_day, midnight
from weibao.model.timeline import timeline
from weibao.operations.actions import actions_of
from weibao.operations.intake import has_role
from weibao.operations.on_duty import shifts
from weibao.operations.windows import WORKING
from weibao.rules.book.rota import MONTH, laid_out
from weibao.rules.lapses import lapse
from weibao.rules.rule import Rule, Severity
from weibao.sla.clock import FOREVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from weibao.model.duty import Leave
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.staff import Person
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="O265",
        severity=Severity.WARNING,
        title=N_("Answers for it after leaving"),
        message=N_("{person} has had no role since {day}, and answers for “{what}”."),
        help=N_(
            "Give the ticket to somebody who is there: `weibao ticket assign`; let somebody else take the turns, in records/duty.yaml, before they begin. If they are still with you, say so in records/staff.yaml."
        ),
        why=N_(
            "Each task has a named person responsible, and somebody is on duty at every hour (requirements 5 and 6). Who has left is neither."
        ),
        bad="li-qiang: {roles: [{role: engineer, from: 2026-01-01, to: 2026-10-31}]}   # order: [li-qiang, zhao-min], and it is November\n",
        good="order: [he-chuan, zhao-min]   # since 2026-10-28\n",
        facts=("person", "day", "what"),
    ),
    Rule(
        code="O266",
        severity=Severity.WARNING,
        title=N_("Corrective action verified by who did it"),
        message=N_("{person} did “{action}”, and nobody else has verified it."),
        help=N_(
            "Let somebody else look at it, and record that they did: `weibao action verify`; what they found wrong is an action of its own."
        ),
        why=N_(
            "Audits of the process records lead to improvement (requirement 10). Whether one worked is said by somebody who did not do it."
        ),
        bad=(
            "  - {at: 2026-10-12T16:00:00+08:00, event: done, by: sun-yu, action: spare-mpu}\n"
            "  - {at: 2026-10-12T16:05:00+08:00, event: verified, by: sun-yu, action: spare-mpu}\n"
        ),
        good=(
            "  - {at: 2026-10-12T16:00:00+08:00, event: done, by: sun-yu, action: spare-mpu}\n"
            "  - {at: 2026-10-13T10:00:00+08:00, event: verified, by: chen-jie, action: spare-mpu}\n"
        ),
        facts=("person", "action"),
    ),
    Rule(
        code="O267",
        severity=Severity.WARNING,
        title=N_("Dispatched by themselves"),
        message=N_(
            "{person} gave {ticket} to themselves; nobody of the desk or above had given it to them."
        ),
        help=N_(
            "Let the desk assign it: `weibao ticket assign`. If it did, record that with the time when it was."
        ),
        why=N_(
            "The desk dispatches and watches, so that the level holds (requirement 29): who sends themselves is watched by nobody."
        ),
        bad="  - {at: 2026-11-20T09:17:00+08:00, event: assigned, by: li-qiang, to: li-qiang}\n",
        good="  - {at: 2026-11-20T09:17:00+08:00, event: assigned, by: wang-lei, to: li-qiang}\n",
        facts=("person", "ticket"),
    ),
    Rule(
        code="O268",
        severity=Severity.WARNING,
        title=N_("Planned work that no project manager began"),
        message=N_("“{event}” is claimed for {at}, and no project manager had begun it by then."),
        help=N_(
            "Let the project manager open or assign the ticket, or issue a line of records/plan.yaml that the ticket names. If they did, record it with the time when it was."
        ),
        why=N_(
            "The project manager starts planned work, the team carries it out and the desk keeps watch (requirement 27), also where it was agreed besides the plan."
        ),
        bad=(
            "  - {at: 2026-11-16T09:05:00+08:00, event: opened, by: li-qiang}\n"
            "  - {at: 2026-11-18T22:05:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        good=(
            "  - {at: 2026-11-16T09:05:00+08:00, event: opened, by: chen-jie}\n"
            "  - {at: 2026-11-18T22:05:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        facts=("event", "at"),
    ),
    Rule(
        code="O269",
        severity=Severity.WARNING,
        title=N_("Project manager on leave without a deputy"),
        message=N_(
            "{person}, the project manager, is on leave from {from} to {to}, and nobody deputises."
        ),
        help=N_(
            "Give somebody who is there the role `supervisor` for these days in records/staff.yaml, before they begin."
        ),
        why=N_(
            "One project manager is the centre of decisions (requirement 26). While they are away, somebody decides in their place."
        ),
        bad="leave: [{who: chen-jie, from: 2026-11-20T08:00:00+08:00, to: 2026-11-24T08:00:00+08:00}]   # and nobody is supervisor\n",
        good="he-chuan: {roles: [{role: supervisor, from: 2026-11-20, to: 2026-11-24}]}\n",
        facts=("person", "from", "to"),
    ),
)

ACTIONS, DUTY = "records/actions.yaml", "records/duty.yaml"

_DAY = timedelta(days=1)

SENDERS = ("desk", "pm", "supervisor", "director")
"""The roles of those who may send others, and themselves."""

DEPUTIES = frozenset({"pm", "supervisor"})

Held = tuple[Finding, "Instant", "Instant"]
"""What is to be said, from when to when it was so."""


def check_offices(facts: BookFacts) -> Iterator[Finding]:
    """What somebody did that was not theirs to do, and who is missing now or soon."""
    told: set[tuple[object, ...]] = set()
    for finding, start, end in _held(facts):
        named = (finding.code, finding.record, finding.facts["person"], finding.facts.get("what"))
        if end > facts.as_of and named not in told:
            told.add(named)
            yield replace(finding, since=start)
    for action in actions_of(facts.records.actions, facts.as_of, facts.records.contract.zone):
        yield from _verified_alone(action.steps)
    for ticket in facts.records.tickets.values():
        steps = [entry for entry in timeline(ticket.log) if entry.at <= facts.as_of]
        yield from _sent_themselves(facts, ticket, steps)
        if ticket.planned:
            yield from _begun_by_nobody(facts, ticket, steps)


def lapses_of_offices(facts: BookFacts) -> Iterator[Lapse]:
    """Who was missing for a while."""
    for finding, start, end in _held(facts):
        if end <= facts.as_of:
            yield from lapse(facts, finding, start, end)


def _held(facts: BookFacts) -> Iterator[Held]:
    yield from _owners(facts)
    yield from _turns(facts)
    yield from _away(facts)


def _left(person: Person | None, day: date) -> date | None:
    """The first day since which somebody has had no role by a day; None where they have one, or never had."""
    if person is None or person.roles_on(day):
        return None
    ends = [term.end for term in person.roles if term.end is not None and term.end < day]
    return max(ends) + _DAY if ends else None


def _gone(who: str, left: date, what: str) -> dict[str, object]:
    return {"person": who, "day": left.isoformat(), "what": what}


def _owners(facts: BookFacts) -> Iterator[Held]:
    """Tickets whose owner had left while they were open, by the staff of then or of now (requirement 5)."""
    zone, staffs = facts.records.contract.zone, _staffs(facts)
    for ticket in facts.records.tickets.values():
        steps = [entry for entry in timeline(ticket.log) if entry.at <= facts.as_of]
        given = [step for step in steps if step.event == "assigned"]
        finished = facts.states[ticket.id].finished
        over = finished.instant if finished else facts.as_of + 1
        ends = [*(later.at for later in given), over][1:]
        for step, until in zip(given, ends, strict=True):
            for staff in staffs:
                end, known = min(until, over, staff.stood), staff.known
                left = staff.left(step.data["to"], local_day(end - 1, zone))
                if left is not None and (start := max(step.at, known, midnight(left, zone))) < end:
                    shown = _gone(step.data["to"], left, ticket.id)
                    place = place_of(ticket.path, step, "to")
                    yield Finding("O265", place, ticket.id, shown), start, end


@dataclass(frozen=True, slots=True)
class _Said:
    """The people of an edition of the staff, and the time of which it is believed; and those of the last one.

    The last one is believed of all time: who is said to have left by now had. An earlier one is of the time for
    which it stood: who had left by it did, though somebody took it back.
    """

    people: Mapping[str, Person]
    now: Mapping[str, Person]
    known: Instant = 0
    stood: Instant = FOREVER

    def left(self, who: str, day: date) -> date | None:
        """The first day since which somebody has had no role by a day, if the last edition does not say so too."""
        if self.people is not self.now and _left(self.now.get(who), day) is not None:
            return None
        return _left(self.people.get(who), day)


def _staffs(facts: BookFacts) -> tuple[_Said, ...]:
    """What the editions of the staff say. Who was taken out of the list left on that day."""
    tenures = tuple(facts.official_staff.tenures())
    now = dict(facts.records.staff.people)
    for tenure in reversed(tenures[:-1]):
        gone = {key: person for key, person in tenure.value.people.items() if key not in now}
        if gone and tenure.until is not None:
            last = local_day(tenure.until, facts.records.contract.zone) - _DAY
            now |= {key: _ended(person, last) for key, person in gone.items()}
    past = (
        _Said(tenure.value.people, now, tenure.since or 0, tenure.until)
        for tenure in tenures
        if tenure.until is not None
    )
    return (*past, _Said(now, now))


def _ended(person: Person, last: date) -> Person:
    ends = (role.end if role.end is not None and role.end < last else last for role in person.roles)
    return replace(
        person,
        roles=tuple(replace(role, end=end) for role, end in zip(person.roles, ends, strict=True)),
    )


def _turns(facts: BookFacts) -> Iterator[Held]:
    """Turns of those who had left, by the rota that stood when they began (requirement 6)."""
    for staff in _staffs(facts):
        yield from _turns_of(staff, facts)


def _turns_of(staff: _Said, facts: BookFacts) -> Iterator[Held]:
    contract, stood = facts.records.contract, staff.stood
    first, last = (
        max(staff.known, facts.elapsed[0]),
        min(stood, facts.as_of + MONTH, midnight(contract.end + _DAY, contract.zone)),
    )
    ended = [term.end for person in staff.people.values() for term in person.roles if term.end]
    if not ended:
        return
    since = max(first, midnight(min(ended) + _DAY, contract.zone))
    for tenure in facts.official_duty.tenures():
        until = last if tenure.until is None else min(last, tenure.until)
        for rota in laid_out(tenure.value) if since < until else ():
            for span in shifts(tenure.value, rota, since, until):
                begun = max(span.start, since)
                end = min(span.end, stood)
                left = staff.left(span.person, local_day(end - 1, contract.zone))
                start = begun if left is None else max(begun, midnight(left, contract.zone))
                if left is not None and start < end and tenure.covers(start):
                    place = Place(DUTY, keys=("rotas", rota))
                    yield Finding("O265", place, "", _gone(span.person, left, rota)), start, end


def _away(facts: BookFacts) -> Iterator[Held]:
    """Leave of the project manager while nobody deputises, by the staff of each day (requirement 26)."""
    zone = facts.records.contract.zone
    leaves: dict[Leave, None] = {}
    for tenure in facts.official_duty.tenures():
        leaves |= dict.fromkeys(leave for leave in tenure.value.leave if tenure.covers(leave.start))
    leaves |= dict.fromkeys(facts.records.duty.leave)
    for leave in leaves:
        staff = facts.official_staff.before(leave.start + 1)
        if leave.start > facts.as_of + MONTH or not has_role(
            staff, leave.who, "pm", leave.start, zone
        ):
            continue
        days = _days(local_day(leave.start, zone), local_day(leave.end - 1, zone))
        missing = [
            day
            for day in days
            if not any(
                DEPUTIES & person.roles_on(day) and not _on_leave(leaves, person.id, day, facts)
                for person in _people_on(day, facts)
                if person.id != leave.who
            )
        ]
        if missing:
            start = max(leave.start, midnight(missing[0], zone))
            end = min(leave.end, midnight(missing[-1] + _DAY, zone))
            shown = {
                "person": leave.who,
                "from": format_instant(start, zone),
                "to": format_instant(end, zone),
            }
            now = facts.records.duty.leave
            keys = ("leave", now.index(leave)) if leave in now else ("leave",)
            yield Finding("O269", Place(DUTY, keys=keys), "", shown), start, end


def _people_on(day: date, facts: BookFacts) -> Iterable[Person]:
    """The staff as it stood by the end of a day: who is entered afterwards was not there."""
    end = midnight(day + _DAY, facts.records.contract.zone)
    return facts.official_staff.before(min(end, facts.as_of + 1)).people.values()


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _on_leave(leaves: dict[Leave, None], who: str, day: date, facts: BookFacts) -> bool:
    zone = facts.records.contract.zone
    start, end = midnight(day, zone), midnight(day + _DAY, zone)
    return any(leave.who == who and leave.start < end and start < leave.end for leave in leaves)


def _verified_alone(steps: Sequence[Entry]) -> Iterator[Finding]:
    """What was done and verified by one and the same, and by nobody else (requirement 10)."""
    did = {step.by for step in steps if step.event == "done"}
    verified = [step for step in steps if step.event == "verified"]
    if verified and {step.by for step in verified} <= did:
        shown = {"person": verified[0].by, "action": verified[0].data["action"]}
        yield Finding("O266", place_of(ACTIONS, verified[0], "by"), "", shown)


def _may_send(facts: BookFacts, who: str, at: Instant) -> bool:
    staff = facts.official_staff.before(at)
    return any(has_role(staff, who, role, at, facts.records.contract.zone) for role in SENDERS)


def _sent_themselves(facts: BookFacts, ticket: Ticket, steps: Sequence[Entry]) -> Iterator[Finding]:
    """Who gave a ticket to themselves before anybody who may gave it to them (requirement 29)."""
    given, old = set[str](), facts.proofs[ticket.id].old_lines
    for step in steps:
        if step.event not in {"assigned", "dispatched"}:
            continue
        sent = {step.data["to"], *step.data.get("with", ())}
        alone = step.by in sent - given and step.index not in old
        if alone and not _may_send(facts, step.by, step.at):
            shown = {"person": step.by, "ticket": ticket.id}
            yield Finding("O267", place_of(ticket.path, step, "to"), ticket.id, shown)
        given |= sent


def _begun_by_nobody(facts: BookFacts, ticket: Ticket, steps: Sequence[Entry]) -> Iterator[Finding]:
    """Planned work that was done before any project manager had a hand in it (requirement 27)."""
    zone, staff = facts.records.contract.zone, facts.records.staff
    work = facts.records.plan.work.get(ticket.plan)
    began = next((step for step in steps if step.event in WORKING), None)
    if began is None or began.index in facts.proofs[ticket.id].old_lines:
        return
    if work and "pm" in _ever(staff.people.get(work.issued_by)):
        return
    before = (step for step in steps if step.at <= began.at and step.event in _BEGINNING)
    if not any(has_role(staff, step.by, "pm", step.at, zone) for step in before):
        shown = {"event": began.event, "at": format_instant(began.at, zone)}
        yield Finding("O268", place_of(ticket.path, began, "event"), ticket.id, shown)


_BEGINNING = frozenset({"opened", "assigned", "dispatched", "notified"})


def _ever(person: Person | None) -> frozenset[str]:
    return frozenset(term.what for term in person.roles) if person else frozenset()
