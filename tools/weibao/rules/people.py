"""People: one project manager, certified and experienced engineers, reserves, the rota (O20x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.entry import timeline
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant, local_day
from weibao.model.state import ticket_on_claims
from weibao.operations.on_duty import shifts
from weibao.operations.qualification import (
    certified,
    engineers,
    experienced,
    headcount,
    maker,
    own_equipment,
    reigns,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from weibao.model.duty import Duty
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket
    from weibao.operations.on_duty import OnDuty

CONTRACT = "records/contract.yaml"
STAFF = "records/staff.yaml"
DUTY = "records/duty.yaml"

MONTH = 31 * 24 * 3600
"""Seconds that the rota is looked at ahead; and behind, for people who are on it twice."""

SHORTEST = 15 * 60
"""Seconds: nobody hands over more often, and shorter shifts would take for ever to lay out."""

HANDLING = frozenset({"acknowledged", "arrived", "part_replaced", "restored", "resolved"})
"""The steps by which a fault is handled."""


def check_people(records: Records, as_of: Instant) -> Iterator[Finding]:
    """Managers, engineers and reserves against what the contract and its equipment need."""
    today = local_day(as_of, records.contract.zone)
    yield from _managers(records)
    yield from _certificates(records, as_of)
    yield from _experience(records, today)
    yield from _headcount(records, today)
    yield from _reserves(records, today)


def check_rota(records: Records, as_of: Instant) -> Iterator[Finding]:
    """People on duty while they are on leave, or on two rotas at once (requirement 6)."""
    yield from _on_leave(records, as_of)
    yield from _on_two_rotas(records, as_of)


def _managers(records: Records) -> Iterator[Finding]:
    """Days of the term without a project manager, or with more than one (requirement 26)."""
    term = records.contract
    for reign in reigns(records.staff, term.start, term.end):
        days = {"from": reign.start.isoformat(), "to": reign.end.isoformat()}
        if not reign.managers:
            yield Finding("O201", Place(STAFF, keys=("people",)), "", days)
        elif len(reign.managers) > 1:
            place = Place(STAFF, keys=("people", reign.managers[-1], "roles"))
            yield Finding("O202", place, "", {**days, "people": reign.managers})


def _certificates(records: Records, as_of: Instant) -> Iterator[Finding]:
    """Faults mended on a maker's equipment by nobody with that maker's certificate (row 13)."""
    for ticket in records.tickets.values():
        if ticket.kind != "fault":
            continue
        if ticket_on_claims(ticket, records.contract, as_of).spells[0].repaired is None:
            continue
        steps = [one for one in timeline(ticket.log) if one.event in HANDLING and one.at <= as_of]
        for vendor in _makers(ticket, records):
            if not any(_certified(one, vendor, records) for one in steps):
                place = Place(ticket.path, keys=("assets",))
                people = tuple(dict.fromkeys(one.by for one in steps))
                yield Finding("O203", place, ticket.id, {"vendor": vendor, "people": people})


def _makers(ticket: Ticket, records: Records) -> tuple[str, ...]:
    known = (records.assets[one] for one in ticket.assets if one in records.assets)
    named = dict.fromkeys(maker(one, records.contract) for one in known)
    return tuple(vendor for vendor in named if vendor)


def _certified(step: Entry, vendor: str, records: Records) -> bool:
    person = records.staff.people.get(step.by)
    day = local_day(step.at, records.contract.zone)
    return person is not None and certified(person, vendor, day)


def _experience(records: Records, today: date) -> Iterator[Finding]:
    """Kinds of equipment on which no engineer has the years that the contract asks (row 14)."""
    years = records.contract.data.get("experience", {}).get("minimum", 0)
    at_work = engineers(records.staff, today)
    kinds = dict.fromkeys(
        one.kind for one in own_equipment(records.assets, records.contract, today)
    )
    for kind in kinds:
        if years and not any(experienced(one, kind, years, today) for one in at_work):
            place = Place(CONTRACT, keys=("experience", "minimum"))
            yield Finding("O204", place, "", {"asset_kind": kind, "years": years})


def _headcount(records: Records, today: date) -> Iterator[Finding]:
    """Sites with fewer certified people than the contract asks (requirement 15)."""
    for cell in headcount(records.contract, records.staff, today):
        if not cell.covered:
            place = Place(CONTRACT, keys=("headcount", cell.index, "certified"))
            facts: dict[str, object] = {
                "site": cell.site,
                "vendor": cell.vendor,
                "asked": cell.asked,
                "number": len(cell.people),
            }
            yield Finding("O205", place, "", facts)


def _reserves(records: Records, today: date) -> Iterator[Finding]:
    """Makers of equipment for whom no certified reserve can be called (requirement 16)."""
    reserves = [one for one in engineers(records.staff, today) if "reserve" in one.roles_on(today)]
    equipment = own_equipment(records.assets, records.contract, today)
    for vendor in dict.fromkeys(one.vendor for one in equipment):
        if not any(certified(one, vendor, today) for one in reserves):
            yield Finding("O206", Place(STAFF, keys=("people",)), "", {"vendor": vendor})


def _on_leave(records: Records, as_of: Instant) -> Iterator[Finding]:
    zone = records.contract.zone
    for index, leave in enumerate(records.duty.leave):
        until = min(leave.end, as_of + MONTH)
        for rota in _laid_out(records.duty):
            for span in shifts(records.duty, rota, leave.start, until):
                if span.person == leave.who:
                    facts = {
                        "person": leave.who,
                        "rota": rota,
                        "from": format_instant(max(span.start, leave.start), zone),
                        "to": format_instant(min(span.end, leave.end), zone),
                    }
                    yield Finding("O207", Place(DUTY, keys=("leave", index)), "", facts)


def _on_two_rotas(records: Records, as_of: Instant) -> Iterator[Finding]:
    duty = records.duty
    seen: set[tuple[str, str, str]] = set()
    spans = sorted(
        (
            span
            for rota in _rotas_in_common(records)
            for span in shifts(duty, rota, as_of - MONTH, as_of + MONTH)
        ),
        key=lambda span: (span.start, span.rota),
    )
    latest: dict[tuple[str, str], OnDuty] = {}
    for span in spans:
        for (person, rota), other in latest.items():
            clash = (person, *sorted((rota, span.rota)))
            if (
                person == span.person
                and rota != span.rota
                and other.end > span.start
                and clash not in seen
            ):
                seen.add((clash[0], clash[1], clash[2]))
                facts = {
                    "person": person,
                    "rota": clash[1],
                    "other": clash[2],
                    "from": format_instant(span.start, records.contract.zone),
                }
                yield Finding("O208", Place(DUTY, keys=("rotas", clash[2])), "", facts)
        latest[span.person, span.rota] = span


def _rotas_in_common(records: Records) -> tuple[str, ...]:
    """The rotas that share a person with another one, so that no others need be laid out."""
    duty = records.duty
    people = {
        rota: set(duty.rotas[rota].order) | {one.by for one in duty.stand_ins if one.rota == rota}
        for rota in _laid_out(duty)
    }
    return tuple(
        rota
        for rota, known in people.items()
        if any(known & others for other, others in people.items() if other != rota)
    )


def _laid_out(duty: Duty) -> tuple[str, ...]:
    """The rotas that are looked at shift by shift."""
    return tuple(sorted(key for key, rota in duty.rotas.items() if rota.shift >= SHORTEST))
