"""A service that the customer's business sees: what it rests on, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import midnight
from weibao.report.asset_file import effects_in
from weibao.sla.condition import borne_by_groups, service_stretches

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.assets import Asset
    from weibao.model.impact import RedundancyGroup
    from weibao.report.book import Book
    from weibao.sla.availability import ServiceAvailability
    from weibao.sla.condition import Borne, Condition


@dataclass(frozen=True, slots=True)
class ServiceFile:
    """Everything on one service.

    Attributes:
        rests_on: the equipment that it rests on, by site and id.
        groups: the redundancy groups of that equipment, by the terms in effect.
        availability: over the twelve months to the Book's instant.
        effects: what each ticket did to it, by ticket.
        borne: the tickets of these twelve months that the availability does not count, for the sake of a group.
    """

    service: str
    rests_on: tuple[Asset, ...]
    groups: tuple[RedundancyGroup, ...]
    availability: ServiceAvailability
    effects: Mapping[str, Mapping[Condition, int]]
    borne: tuple[Borne, ...]


def service_file(book: Book, service: str) -> ServiceFile:
    """What a Book has on a service of its contract."""
    setting = book.things.now
    resting = setting.resting[service]
    assets = (setting.assets[asset] for asset in resting)
    return ServiceFile(
        service,
        tuple(sorted(assets, key=lambda asset: (asset.site, asset.id))),
        tuple(group for group in setting.terms.groups if group.assets & resting),
        book.availability.services[service],
        effects_in(service_stretches(service, book.things)),
        borne_in(book, book.availability.services[service]),
    )


def borne_in(book: Book, found: ServiceAvailability) -> tuple[Borne, ...]:
    """What the availability of a service does not count, for the sake of its redundancy groups."""
    if not found.days:
        return ()
    since = midnight(found.days[0].day, book.zone)
    return borne_by_groups(found.id, book.things, since, book.as_of)


def borne_tickets(book: Book, found: ServiceAvailability) -> frozenset[str]:
    """The tickets of all groups together."""
    return frozenset(ticket for group in borne_in(book, found) for ticket in group.tickets)
