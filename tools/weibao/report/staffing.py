"""Staffing: who there is, what they are on, who is qualified for what, and where enough of them are (requirements 6, 13 to 16, 26)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from weibao.model.instant import local_day, midnight
from weibao.model.staff import ROLES
from weibao.operations.on_duty import shifts, within
from weibao.operations.qualification import (
    Cell,
    Reign,
    certified,
    engineers,
    experienced,
    headcount,
    own_equipment,
    reigns,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from weibao.model.contract import Contact
    from weibao.model.instant import Instant
    from weibao.model.staff import Certificate, Person
    from weibao.operations.on_duty import OnDuty
    from weibao.report.book import Book

ROTA_AHEAD = 14 * 86400
"""Seconds of the rota that are shown from the Book's instant on."""

TURNS = 8
"""Turns shown of one rota."""


@dataclass(frozen=True, slots=True)
class HeldCertificate:
    """A certificate, and how many days it still holds after that day: None without end, negative once it is over."""

    certificate: Certificate
    left: int | None


@dataclass(frozen=True, slots=True)
class StaffMember:
    """One of the provider's people on a day.

    Attributes:
        person: their id.
        roles: those that they have then, in the order of the roles.
        sites: where they work.
        certificates: those that have begun; of a maker those that are over only where none else holds.
        years: whole years by kind of equipment.
        turns: the duty that they have now.
        on_site: the open tickets for which they are on site.
        tickets: the open tickets that they are responsible for, the oldest first.
        comes: the day of their first role, where none has begun; ``left`` the last of their last, where all are over.
    """

    person: str
    roles: tuple[str, ...]
    sites: tuple[str, ...]
    certificates: tuple[HeldCertificate, ...]
    years: tuple[tuple[str, int], ...]
    turns: tuple[OnDuty, ...]
    on_site: tuple[str, ...]
    tickets: tuple[str, ...]
    comes: date | None
    left: date | None


@dataclass(frozen=True, slots=True)
class Need:
    """What the equipment of the contract needs, and who has it: a maker's reserve, or years on a kind."""

    what: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Staffing:
    """The people of a day.

    Attributes:
        managers: who is project manager from when to when, over the contract's term.
        members: who is there that day, by role; then who comes, and who has left.
        contacts: the customer's contacts, and the equipment that each keeps.
        cells: what the contract asks by site and maker, and who is there.
        reserves: by maker of equipment, the certified reserves.
        experience: by kind of equipment, who has the years that the contract asks.
        years: those years; 0 where it asks none.
        turns: by rota, who comes when.
    """

    managers: tuple[Reign, ...]
    members: tuple[StaffMember, ...]
    contacts: tuple[tuple[Contact, tuple[str, ...]], ...]
    cells: tuple[Cell, ...]
    reserves: tuple[Need, ...]
    experience: tuple[Need, ...]
    years: int
    turns: tuple[tuple[str, tuple[OnDuty, ...]], ...]


def staffing(book: Book) -> Staffing:
    """Who there is on the day of a Book."""
    records, day = book.records, local_day(book.as_of, book.zone)
    contract = records.contract
    people = engineers(records.staff, day)
    equipment = own_equipment(records.assets, contract, day)
    years: int = contract.data.get("experience", {}).get("minimum", 0)
    on_call = [person for person in people if "reserve" in person.roles_on(day)]
    duty = book.official_duty.before(book.as_of + 1)
    over = term_over(book)
    until = min(book.as_of + ROTA_AHEAD, over)
    return Staffing(
        managers=tuple(reigns(records.staff, contract.start, contract.end)),
        members=tuple(
            sorted(
                (_staff_member(book, person, day) for person in records.staff.people.values()),
                key=_rank,
            )
        ),
        contacts=tuple(
            (
                contact,
                tuple(asset.id for asset in records.assets.values() if asset.keeper == contact.id),
            )
            for contact in contract.contacts.values()
        ),
        cells=headcount(contract, records.staff, day),
        reserves=tuple(
            Need(vendor, tuple(person.id for person in on_call if certified(person, vendor, day)))
            for vendor in dict.fromkeys(asset.vendor for asset in equipment)
        ),
        experience=tuple(
            Need(
                kind,
                tuple(person.id for person in people if experienced(person, kind, years, day)),
            )
            for kind in dict.fromkeys(asset.kind for asset in equipment)
        ),
        years=years,
        turns=tuple(
            (
                rota,
                tuple(within(shifts(duty, rota, book.as_of, until)[:TURNS], over))
                if book.as_of < until
                else (),
            )
            for rota in sorted(duty.rotas)
        ),
    )


def term_over(book: Book) -> Instant:
    """When the contract's term is over: from then on nobody has a turn."""
    return midnight(book.records.contract.end + timedelta(days=1), book.zone)


def on_duty_in_term(book: Book) -> tuple[OnDuty, ...]:
    """Who is on duty at the Book's instant, no turn beyond the contract's term."""
    return tuple(within(book.on_duty, term_over(book)))


def _staff_member(book: Book, person: Person, day: date) -> StaffMember:
    roles = person.roles_on(day)
    ends = [role.end for role in person.roles]
    begins = min((role.start for role in person.roles), default=None)
    gone = not roles and all(end is not None and end < day for end in ends)
    states = {ticket.id: book.states[ticket.id] for ticket in book.open_tickets}
    return StaffMember(
        person=person.id,
        roles=tuple(role for role in ROLES if role in roles),
        sites=person.sites,
        certificates=tuple(_held(person, day)),
        years=tuple(
            (kind, relativedelta(day, since).years)
            for kind, since in sorted(person.experience.items())
            if since <= day
        ),
        turns=tuple(turn for turn in on_duty_in_term(book) if turn.person == person.id),
        on_site=tuple(key for key, state in states.items() if person.id in state.on_site),
        tickets=tuple(key for key, state in states.items() if state.owner == person.id),
        comes=begins if begins is not None and begins > day else None,
        left=max((end for end in ends if end is not None), default=None) if gone else None,
    )


def _rank(member: StaffMember) -> tuple[bool, bool, int, str]:
    """Who is there first, by the first of their roles; then who comes; then who has left."""
    first = ROLES.index(member.roles[0]) if member.roles else len(ROLES)
    return not member.roles, member.left is not None, first, member.person


def _held(person: Person, day: date) -> Iterator[HeldCertificate]:
    """The certificates that have begun, those that hold first."""
    begun = [held for held in person.certificates if held.term.start <= day]
    holding = {held.vendor for held in begun if held.term.covers(day)}
    over = [held for held in begun if held.vendor not in holding]
    last = {held.vendor: held for held in sorted(over, key=lambda held: held.term.end or day)}
    for held in (*(held for held in begun if held.term.covers(day)), *last.values()):
        end = held.term.end
        yield HeldCertificate(held, None if end is None else (end - day).days)
