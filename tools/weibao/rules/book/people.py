"""People: one project manager, certified and experienced engineers, reserves (O201–O206)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.fold import ticket_on_claims
from weibao.model.instant import local_day, midnight
from weibao.model.timeline import timeline
from weibao.operations.qualification import (
    certified,
    engineers,
    experienced,
    headcount,
    maker,
    own_equipment,
    reigns,
)
from weibao.operations.visits import visits_on_claims
from weibao.rules.lapses import edges, lapse, lapses_by_day, standing_by_day
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from weibao.model.contract import Contract
    from weibao.model.finding import Lapse
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.staff import Staff
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="O201",
        severity=Severity.WARNING,
        title=N_("No project manager"),
        message=N_("From {from} to {to} nobody is project manager."),
        help=N_("Give the role `pm` to one person for these days in records/staff.yaml."),
        why=N_(
            "One project manager is the centre of decisions between the two sides (requirement 26). On a day without one, nobody issues planned work and nobody is told of a grave fault."
        ),
        bad="roles: [{role: pm, from: 2026-01-01, to: 2026-06-30}]   # and nobody after that\n",
        good="roles: [{role: pm, from: 2026-01-01, to: 2026-12-31}]\n",
        facts=("from", "to"),
    ),
    Rule(
        code="O202",
        severity=Severity.WARNING,
        title=N_("Two project managers at once"),
        message=N_("From {from} to {to} there is more than one project manager: {people}."),
        help=N_(
            "End the role of the one on the day before the other begins, in records/staff.yaml; a deputy can be `supervisor`."
        ),
        why=N_(
            "The service plan asks for one project manager (requirement 26): with two, each can believe that the other decides."
        ),
        bad=(
            "chen-jie: {roles: [{role: pm, from: 2026-01-01}]}\n"
            "he-chuan: {roles: [{role: pm, from: 2026-07-01}]}\n"
        ),
        good=(
            "chen-jie: {roles: [{role: pm, from: 2026-01-01, to: 2026-06-30}]}\n"
            "he-chuan: {roles: [{role: pm, from: 2026-07-01}]}\n"
        ),
        facts=("from", "to", "people"),
    ),
    Rule(
        code="O203",
        severity=Severity.WARNING,
        title=N_("Fault handled without a certificate"),
        message=N_(
            "None of those who handled it ({people}) held a valid certificate of “{vendor}” that day."
        ),
        help=N_(
            "Let a certified engineer look at the work, and record that. A certificate is entered in records/staff.yaml when it is obtained: one that is entered after the work does not clear this."
        ),
        why=N_(
            "Engineers are certified by the maker of the equipment (requirement 13). Work by others may void its warranty and hide the cause."
        ),
        bad="certificates: [{vendor: h3c, name: H3CSE-RS, number: '0002', from: 2025-01-01, to: 2027-12-31}]   # the fault was on a huawei switch\n",
        good="certificates: [{vendor: huawei, name: HCIE-Datacom, number: '0001', from: 2024-05-01, to: 2027-04-30}]\n",
        facts=("vendor", "people"),
    ),
    Rule(
        code="O204",
        severity=Severity.WARNING,
        title=N_("Not enough experience"),
        message=N_(
            "No engineer has the experience on this kind of equipment that the contract asks: {asset_kind}, {years} years."
        ),
        help=N_(
            "List the experience of the engineers in records/staff.yaml, or bring in somebody who has it."
        ),
        why=N_(
            "The contract asks for years of experience on the customer's kinds of equipment (requirement 14), since certificates alone do not repair anything."
        ),
        bad="experience: [{kind: ups, since: 2025-09-01}]   # the contract asks for 3 years\n",
        good="experience: [{kind: ups, since: 2019-07-01}]\n",
        facts=("asset_kind", "years"),
    ),
    Rule(
        code="O205",
        severity=Severity.WARNING,
        title=N_("Too few certified people at a site"),
        message=N_(
            "The contract asks for {asked} certified by “{vendor}” at “{site}”; there are {number}."
        ),
        help=N_(
            "Give an engineer the site or the certificate in records/staff.yaml, where it is so; else see to it, and raise a corrective action."
        ),
        why=N_(
            "There must be enough people for the kinds, numbers and places of the equipment (requirement 15): the nearest certified engineer decides how soon a fault is mended."
        ),
        bad="headcount: [{site: dalian, vendor: h3c, certified: 2}]   # one engineer at dalian holds H3CSE\n",
        good="headcount: [{site: dalian, vendor: h3c, certified: 2}]   # two engineers at dalian hold H3CSE\n",
        facts=("site", "vendor", "asked", "number"),
    ),
    Rule(
        code="O206",
        severity=Severity.WARNING,
        title=N_("No certified reserve"),
        message=N_("No reserve with a valid certificate of “{vendor}” can be called."),
        help=N_(
            "Give the role `reserve` to somebody who holds the certificate, in records/staff.yaml."
        ),
        why=N_(
            "Certified reserves can be called at any time (requirement 16), so that illness or two faults at once do not leave a maker's equipment without anybody."
        ),
        bad="roles: [{role: engineer, from: 2026-01-01}]   # nobody is reserve\n",
        good="roles: [{role: engineer, from: 2026-01-01}, {role: reserve, from: 2026-01-01}]\n",
        facts=("vendor",),
    ),
)

CONTRACT = "records/contract.yaml"

STAFF = "records/staff.yaml"

HANDLING = frozenset({"acknowledged", "arrived", "part_replaced", "restored", "resolved"})
"""The steps by which a fault is handled."""


def check_people(facts: BookFacts) -> Iterator[Finding]:
    """Managers, engineers and reserves against what the contract and its equipment need."""
    records = facts.records
    yield from _managers(records)
    yield from _certificates(facts)
    yield from standing_by_day(facts, *_by_day(facts))


def lapses_of_people(facts: BookFacts) -> Iterator[Lapse]:
    """Days on which experience, people at a site or reserves were lacking, by the staff as it stood that day."""
    yield from lapses_by_day(facts, *_by_day(facts))
    yield from _managers_of_then(facts)


def _by_day(facts: BookFacts) -> tuple[set[date], Callable[[date], Iterator[Finding]]]:
    """The days on which people may come to be lacking, and who is on a day."""
    records = facts.records
    terms = [
        term
        for person in records.staff.people.values()
        for term in (*person.roles, *(held.term for held in person.certificates))
    ]
    spans = [(term.start, term.end) for term in terms]
    listed, zone = facts.official_assets, records.contract.zone
    equipment = [asset for tenure in listed.tenures() for asset in tenure.value.values()]
    spans += [(asset.covered_from, asset.covered_to) for asset in equipment]
    enough = relativedelta(years=_years(records))
    known = (
        since + enough
        for person in records.staff.people.values()
        for since in person.experience.values()
    )
    dated = facts.official_staff
    edited = (local_day(edition.landed, zone) for edition in (*dated.dated, *listed.dated))
    days = {*known, *edited, *(day for span in spans for day in edges(*span))}

    def found(day: date) -> Iterator[Finding]:
        # Who is entered, or taken out, afterwards was not there that day, or was; and so with equipment.
        end = min(midnight(day + timedelta(days=1), zone), facts.as_of + 1)
        return _standing(replace(records, staff=dated.before(end), assets=listed.before(end)), day)

    return days, found


def _standing(records: Records, day: date) -> Iterator[Finding]:
    """What is lacking on a day."""
    yield from _experience(records, day)
    yield from _headcount(records, day)
    yield from _reserves(records, day)


def _years(records: Records) -> int:
    years: int = records.contract.data.get("experience", {}).get("minimum", 0)
    return years


def _managers(records: Records) -> Iterator[Finding]:
    """Days of the term without a project manager, or with more than one (requirement 26)."""
    return _reigning(records.staff, records.contract, records.contract.start, records.contract.end)


def _managers_of_then(facts: BookFacts) -> Iterator[Lapse]:
    """The same by the staff as it stood by the end of each day, where it says otherwise by now."""
    contract = facts.records.contract
    told = {finding.code: finding for finding in _managers(facts.records)}
    for tenure in facts.official_staff.tenures():
        if tenure.until is None:
            continue
        first = local_day(tenure.since or facts.elapsed[0], contract.zone)
        last = local_day(tenure.until, contract.zone) - timedelta(days=1)
        for finding in _reigning(tenure.value, contract, first, last):
            if finding.code not in told:
                start, end = (date.fromisoformat(str(finding.facts[key])) for key in ("from", "to"))
                over = midnight(end + timedelta(days=1), contract.zone)
                yield from lapse(facts, finding, midnight(start, contract.zone), over)


def _reigning(staff: Staff, term: Contract, first: date, last: date) -> Iterator[Finding]:
    for reign in reigns(staff, first, last) if first <= last else ():
        days = {"from": reign.start.isoformat(), "to": reign.end.isoformat()}
        begun = midnight(reign.start, term.zone)
        if not reign.managers:
            yield Finding("O201", Place(STAFF, keys=("people",)), "", days, begun)
        elif len(reign.managers) > 1:
            place = Place(STAFF, keys=("people", reign.managers[-1], "roles"))
            yield Finding("O202", place, "", {**days, "people": reign.managers}, begun)


def _certificates(facts: BookFacts) -> Iterator[Finding]:
    """Faults mended on a maker's equipment by nobody with that maker's certificate (row 13)."""
    records, as_of = facts.records, facts.as_of
    for ticket in records.tickets.values():
        if ticket.kind != "fault":
            continue
        repaired = ticket_on_claims(ticket, records.contract, as_of).spells[0].repaired
        if repaired is None or repaired.entry.index in facts.proofs[ticket.id].old_lines:
            continue
        done = [entry for entry in timeline(ticket.log) if entry.at <= as_of]
        handled = [(entry.by, entry.at) for entry in done if entry.event in HANDLING]
        handled += [
            (stay.person, stay.arrived)
            for visit in visits_on_claims(done)
            for stay in visit.stays
            if stay.along
        ]
        for vendor in _makers(ticket, records):
            if not any(certified_at(who, at, vendor, facts) for who, at in handled):
                place = Place(ticket.path, keys=("assets",))
                people = tuple(dict.fromkeys(who for who, _ in handled))
                yield Finding("O203", place, ticket.id, {"vendor": vendor, "people": people})


def _makers(ticket: Ticket, records: Records) -> tuple[str, ...]:
    known = (records.assets[asset] for asset in ticket.assets if asset in records.assets)
    named = dict.fromkeys(maker(asset, records.contract) for asset in known)
    return tuple(vendor for vendor in named if vendor)


def certified_at(who: str, at: Instant, vendor: str, facts: BookFacts) -> bool:
    """Whether somebody held a certificate of the maker on the day of an instant, and it was on file before."""
    person = facts.official_staff.before(at).people.get(who)
    day = local_day(at, facts.records.contract.zone)
    return person is not None and certified(person, vendor, day)


def _experience(records: Records, today: date) -> Iterator[Finding]:
    """Kinds of equipment on which no engineer has the years that the contract asks (row 14)."""
    years = _years(records)
    at_work = engineers(records.staff, today)
    kinds = dict.fromkeys(
        asset.kind for asset in own_equipment(records.assets, records.contract, today)
    )
    for kind in kinds:
        if years and not any(experienced(person, kind, years, today) for person in at_work):
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
    reserves = [
        engineer
        for engineer in engineers(records.staff, today)
        if "reserve" in engineer.roles_on(today)
    ]
    equipment = own_equipment(records.assets, records.contract, today)
    for vendor in dict.fromkeys(asset.vendor for asset in equipment):
        if not any(certified(reserve, vendor, today) for reserve in reserves):
            yield Finding("O206", Place(STAFF, keys=("people",)), "", {"vendor": vendor})
