"""What each ticket did, and does, to equipment and to services."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from weibao.sla.condition import (
    HARM,
    Condition,
    asset_stretches,
    borne_by_groups,
    service_stretches,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.instant import Instant
    from weibao.sla.condition import Stretch, Things


@dataclass(frozen=True, slots=True)
class ThingStruck:
    """A piece of equipment or a service that a ticket bore on.

    Attributes:
        seconds: how long it was in each condition on which the ticket bore.
        now: what it is in, and the ticket bears on; operational where that is over.
        groups: the redundancy groups that bore it for the service.
    """

    id: str
    seconds: Mapping[Condition, int]
    now: Condition
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TicketImpact:
    """What a ticket did, to equipment and to services, by id."""

    assets: tuple[ThingStruck, ...]
    services: tuple[ThingStruck, ...]

    @property
    def gravest(self) -> Condition:
        """The gravest that any service was in; where none was struck, any equipment."""
        return _gravest(word for struck in self._felt for word in struck.seconds)

    @property
    def now(self) -> Condition:
        """The same at the instant."""
        return _gravest(struck.now for struck in self._felt)

    @property
    def _felt(self) -> tuple[ThingStruck, ...]:
        return self.services or self.assets


NOTHING = TicketImpact((), ())


@dataclass(slots=True)
class _Struck:
    """What is gathered of one ticket and one thing."""

    seconds: Counter[Condition] = field(default_factory=Counter)
    now: Condition = Condition.OPERATIONAL
    groups: list[str] = field(default_factory=list)


def impacts_by_ticket(things: Things, as_of: Instant) -> Mapping[str, TicketImpact]:
    """By ticket, what it did to what there is."""
    assets: dict[str, dict[str, _Struck]] = {}
    services: dict[str, dict[str, _Struck]] = {}
    for asset in things.now.assets:
        _gather(assets, asset, asset_stretches(asset, things), as_of)
    for service in things.now.resting:
        _gather(services, service, service_stretches(service, things), as_of)
        for borne in borne_by_groups(service, things, 0):
            for ticket in borne.tickets:
                struck = services.setdefault(ticket, {}).setdefault(service, _Struck())
                struck.groups.append(borne.group)
    return {
        ticket: TicketImpact(_told(assets.get(ticket, {})), _told(services.get(ticket, {})))
        for ticket in sorted(assets.keys() | services.keys())
    }


def _gather(
    found: dict[str, dict[str, _Struck]], thing: str, stretches: Iterable[Stretch], as_of: Instant
) -> None:
    for stretch in stretches:
        for ticket in stretch.tickets:
            struck = found.setdefault(ticket, {}).setdefault(thing, _Struck())
            struck.seconds[stretch.condition] += stretch.end - stretch.start
            if stretch.end == as_of:
                struck.now = stretch.condition


def _told(struck: Mapping[str, _Struck]) -> tuple[ThingStruck, ...]:
    return tuple(
        ThingStruck(name, own.seconds, own.now, tuple(own.groups))
        for name, own in sorted(struck.items())
    )


def _gravest(conditions: Iterable[Condition]) -> Condition:
    return min(conditions, key=HARM.__getitem__, default=Condition.OPERATIONAL)
