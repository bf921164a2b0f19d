"""Who is named for a task and cannot have it then, and tasks that nobody can have (R235, R236).

What is over is left as it is: who had the duty, the depot or the plan then is judged by the files of then.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.instant import local_day, midnight
from weibao.model.yaml.document import dotted
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from weibao.model.duty import StandIn
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.yaml.document import Keys
    from weibao.operations.on_duty import OnDuty
    from weibao.rules.facts import FileFacts

CONTRACT = "records/contract.yaml"
DUTY = "records/duty.yaml"
PLAN, SPARES = "records/plan.yaml", "records/spares.yaml"

AHEAD = 31 * 24 * 3600
"""Seconds for which turns are looked at ahead: who leaves later may still be put off the rota in time."""

SHORTEST = 15 * 60
"""Seconds: shorter shifts than anybody keeps are not laid out."""

NEEDED = ("declare", "confirm")
"""Rights without which no ticket runs its course; nobody need approve, lower one or sign beside it."""

ROWS = (
    Rule(
        code="R235",
        severity=Severity.WARNING,
        title=N_("Named and cannot be"),
        message=N_("“{key}” names {person}, for {day} and on: {fault}."),
        help=N_(
            "Name somebody else, or correct the role, the leave or the time: roles are in records/staff.yaml, leave and stand-ins in records/duty.yaml."
        ),
        why=N_(
            "Each task has a person who can answer for it (requirement 5). A rota that names somebody who has left, a depot whose keeper keeps none, a stand-in who is away: each looks staffed, and is not."
        ),
        bad=(
            "leave: [{who: sun-yu, from: 2026-11-22T00:00:00+08:00, to: 2026-11-24T00:00:00+08:00}]\n"
            "overrides: [{rota: desk, from: 2026-11-22T08:00:00+08:00, to: 2026-11-23T08:00:00+08:00, by: sun-yu}]\n"
        ),
        good=(
            "leave: [{who: sun-yu, from: 2026-11-22T00:00:00+08:00, to: 2026-11-24T00:00:00+08:00}]\n"
            "overrides: [{rota: desk, from: 2026-11-22T08:00:00+08:00, to: 2026-11-23T08:00:00+08:00, by: wang-lei}]\n"
        ),
        facts=("key", "person", "day", "fault"),
    ),
    Rule(
        code="R236",
        severity=Severity.WARNING,
        title=N_("Nobody for it"),
        message=N_("“{key}” needs somebody for it, and there is nobody: {needed}."),
        help=N_(
            "Give the right to one of the `contacts` in records/contract.yaml, the role to one of the people in records/staff.yaml; or correct the rung of the ladder."
        ),
        why=N_(
            "A result that nobody may confirm stays unconfirmed, and a rung of the ladder that leads to nobody is climbed by nobody (requirements 33, 39 and 40)."
        ),
        bad="contacts: {factory-noc: {name: 工厂监控室, may: [declare]}}   # and nobody else\n",
        good="contacts: {factory-noc: {name: 工厂监控室, may: [declare, confirm]}}\n",
        facts=("key", "needed"),
    ),
)


def check_appointed(facts: FileFacts) -> Iterator[Finding]:
    """People of the plan and the depots, as of the day of the check."""
    today = facts.today
    if today is None:
        return
    records = facts.records
    named: list[tuple[str, Keys, str, str]] = [
        (SPARES, ("depots", depot.id, "keeper"), depot.keeper, "depot")
        for depot in (records.spares.depots.values() if facts.asked(SPARES) else ())
    ]
    named += [
        (PLAN, ("plan", work.id, "issued_by"), work.issued_by, "pm")
        for work in (records.plan.work.values() if facts.asked(PLAN) else ())
        if work.rule or work.start >= today
    ]
    for path, keys, person, role in named:
        if person in records.staff.people:
            roles = records.staff.people[person].roles_on(today)
            if role not in roles:
                yield _cannot(path, keys, person, today, "not the role" if roles else "no role")


def check_nobody(facts: FileFacts) -> Iterator[Finding]:
    """Rights that no contact has, and roles of the ladder that nobody has on the day of the check."""
    today, records = facts.today, facts.records
    if today is None or not facts.asked(CONTRACT):
        return
    contacts = records.contract.contacts.values()
    for right in NEEDED:
        if not any(right in contact.may for contact in contacts):
            yield _nobody(("contacts",), right)
    held = {role for person in records.staff.people.values() for role in person.roles_on(today)}
    for number, rung in enumerate(records.contract.ladder):
        if not held & {*rung.to}:
            yield _nobody(("escalation", number, "to"), *rung.to)


def check_turns(facts: FileFacts) -> Iterator[Finding]:
    """The turns and stand-ins of the month ahead, each held against roles, leave and the other rotas."""
    today = facts.today
    if today is None or facts.now is None or not facts.asked(DUTY):
        return
    contract, duty = facts.records.contract, facts.records.duty
    from weibao.operations.on_duty import shifts  # a ticket is checked without it

    start = max(facts.now, midnight(contract.start, contract.zone))
    laid_out = {
        rota: shifts(duty, rota, start, start + AHEAD)
        for rota, turns in duty.rotas.items()
        if turns.shift >= SHORTEST
    }
    told: set[tuple[str, str]] = set()
    for rota, spans in laid_out.items():
        for span in spans:
            if span.instead_of or (rota, span.person) in told:
                continue
            day = max(local_day(span.start, contract.zone), today)
            if day <= contract.end and _has_left(facts.records, span.person, day):
                told.add((rota, span.person))
                keys = ("rotas", rota, "order", duty.rotas[rota].order.index(span.person))
                yield _cannot(DUTY, keys, span.person, day, "no role")
    for number, stand_in in enumerate(duty.stand_ins):
        if stand_in.rota in laid_out and max(stand_in.start, facts.now) < stand_in.end:
            key, person, fault = _stand_in_fault(facts.records, stand_in, facts.now)
            if fault:
                day = local_day(stand_in.start, contract.zone)
                yield _cannot(DUTY, ("overrides", number, key), person, day, fault)


def _stand_in_fault(records: Records, stand_in: StandIn, now: Instant) -> tuple[str, str, str]:
    """The key that cannot be so, whom it names, and why; "" where nothing is wrong."""
    from weibao.operations.on_duty import shifts

    duty, zone = records.duty, records.contract.zone
    begins, ends = max(stand_in.start, now), stand_in.end
    without = replace(duty, stand_ins=tuple(row for row in duty.stand_ins if row.by != stand_in.by))
    spans = shifts(without, stand_in.rota, begins, ends)
    replaced = {person for span in spans for person in (span.person, span.instead_of)}
    by = stand_in.by
    if any(_has_left(records, by, local_day(at, zone)) for at in (begins, ends - 1)):
        return "by", by, "no role"
    if any(row.who == by and row.start < ends and begins < row.end for row in duty.leave):
        return "by", by, "on leave"
    if {span.person for span in spans} == {by}:
        return "by", by, "own turn"
    if any(
        _has(by, shifts(duty, rota, begins, ends)) for rota in duty.rotas if rota != stand_in.rota
    ):
        return "by", by, "another rota"
    if stand_in.instead_of and stand_in.instead_of not in replaced:
        return "instead_of", stand_in.instead_of, "not on duty"
    return "", "", ""


def _has(person: str, spans: tuple[OnDuty, ...]) -> bool:
    return any(span.person == person for span in spans)


def _has_left(records: Records, person: str, day: date) -> bool:
    """Whether somebody on the staff has no role at all on a day."""
    known = records.staff.people.get(person)
    return known is not None and not known.roles_on(day)


def _cannot(path: str, keys: Keys, person: str, day: date, fault: str) -> Finding:
    shown = {"key": dotted(keys), "person": person, "day": day.isoformat()}
    return Finding("R235", Place(path, keys=keys), "", {**shown, "fault": fault})


def _nobody(keys: Keys, *needed: str) -> Finding:
    shown = {"key": dotted(keys), "needed": needed}
    return Finding("R236", Place(CONTRACT, keys=keys), "", shown)
