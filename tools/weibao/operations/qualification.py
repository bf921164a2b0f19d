"""Qualification: who may do the work, by role, maker's certificate and years on a kind of equipment.

What the service plan asks of people in its clauses 1.2.1.1 and 2.1.1.1 (requirements 13 to 16 and
26). All days are contract-local.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from weibao.model.assets import Asset
    from weibao.model.contract import Contract
    from weibao.model.staff import Person, Staff

_DAY = timedelta(days=1)

ENGINEERS = frozenset({"engineer", "reserve"})
"""The roles of those who work on equipment."""


@dataclass(frozen=True, slots=True)
class Reign:
    """The days from ``start`` to ``end``, both included, on which just these are project managers."""

    start: date
    end: date
    managers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """What the contract asks for one maker at one site, by its place in the list; and who is there."""

    index: int
    site: str
    vendor: str
    asked: int
    people: tuple[str, ...]

    @property
    def covered(self) -> bool:
        """Whether there are enough."""
        return len(self.people) >= self.asked


def certified(person: Person, vendor: str, day: date) -> bool:
    """Whether the person holds a certificate of the maker that is valid on ``day``."""
    return any(
        certificate.vendor == vendor and certificate.term.covers(day)
        for certificate in person.certificates
    )


def experienced(person: Person, kind: str, years: int, day: date) -> bool:
    """Whether the person has worked on this kind of equipment for so many years by ``day``."""
    since = person.experience.get(kind)
    return since is not None and since <= day - relativedelta(years=years)


def engineers(staff: Staff, day: date) -> tuple[Person, ...]:
    """Who works on equipment on ``day``, reserves included, sorted by id."""
    people = sorted(staff.people.values(), key=lambda person: person.id)
    return tuple(person for person in people if person.roles_on(day) & ENGINEERS)


def own_equipment(assets: Mapping[str, Asset], contract: Contract, day: date) -> tuple[Asset, ...]:
    """What a maker stands behind, of the equipment under the contract on ``day``: no carrier's line."""
    return tuple(
        asset
        for asset in assets.values()
        if asset.covered_from <= day <= asset.covered_to and maker(asset, contract)
    )


def maker(asset: Asset, contract: Contract) -> str:
    """Whose certificate work on it needs; "" for a carrier's line and where no maker is named."""
    carried = asset.kind == "line" or asset.vendor in contract.data.get("carriers", ())
    return "" if carried else asset.vendor


def headcount(contract: Contract, staff: Staff, day: date) -> tuple[Cell, ...]:
    """What the contract asks by site and maker, with whoever is certified for it on ``day``."""
    return tuple(
        Cell(
            index,
            row["site"],
            row["vendor"],
            row["certified"],
            tuple(
                person.id
                for person in engineers(staff, day)
                if row["site"] in person.sites and certified(person, row["vendor"], day)
            ),
        )
        for index, row in enumerate(contract.data.get("headcount", ()))
    )


def reigns(staff: Staff, start: date, end: date) -> Iterator[Reign]:
    """Who is project manager on each day from ``start`` to ``end``, as the longest spans alike."""
    terms = [
        (person.id, term)
        for person in sorted(staff.people.values(), key=lambda person: person.id)
        for term in person.roles
        if term.what == "pm"
    ]
    edges = {start}
    edges |= {term.start for _, term in terms}
    edges |= {term.end + _DAY for _, term in terms if term.end is not None and term.end < end}
    turns = sorted(edge for edge in edges if start <= edge <= end)
    ends = [*(turn - _DAY for turn in turns[1:]), end]
    running: Reign | None = None
    for turn, until in zip(turns, ends, strict=False):
        managers = tuple(dict.fromkeys(who for who, term in terms if term.covers(turn)))
        if running and running.managers == managers:
            running = Reign(running.start, until, managers)
            continue
        if running:
            yield running
        running = Reign(turn, until, managers)
    if running:
        yield running
