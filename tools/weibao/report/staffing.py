"""Staffing: who manages, who is qualified for what, and where enough of them are (requirements 6, 13 to 16, 26)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from weibao.model.instant import local_day
from weibao.operations.on_duty import shifts
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
    from datetime import date

    from weibao.model.staff import Certificate, Person
    from weibao.operations.on_duty import OnDuty
    from weibao.report.book import Book

ROTA_AHEAD = 14 * 86400
"""Seconds of the rota that are shown from the Book's instant on."""

TURNS = 8
"""Turns shown of one rota."""


@dataclass(frozen=True, slots=True)
class Engineer:
    """Somebody who works on equipment: their sites, the certificates of that day, and whole years by kind of equipment."""

    person: str
    reserve: bool
    sites: tuple[str, ...]
    certificates: tuple[Certificate, ...]
    years: tuple[tuple[str, int], ...]


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
        engineers: who works on equipment.
        cells: what the contract asks by site and maker, and who is there.
        reserves: by maker of equipment, the certified reserves.
        experience: by kind of equipment, who has the years that the contract asks.
        years: those years; 0 where it asks none.
        turns: by rota, who comes when.
    """

    managers: tuple[Reign, ...]
    engineers: tuple[Engineer, ...]
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
    return Staffing(
        managers=tuple(reigns(records.staff, contract.start, contract.end)),
        engineers=tuple(_engineer(person, day) for person in people),
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
            (rota, shifts(duty, rota, book.as_of, book.as_of + ROTA_AHEAD)[:TURNS])
            for rota in sorted(duty.rotas)
        ),
    )


def _engineer(person: Person, day: date) -> Engineer:
    return Engineer(
        person=person.id,
        reserve="reserve" in person.roles_on(day),
        sites=person.sites,
        certificates=tuple(held for held in person.certificates if held.term.covers(day)),
        years=tuple(
            (kind, relativedelta(day, since).years)
            for kind, since in sorted(person.experience.items())
            if since <= day
        ),
    )
