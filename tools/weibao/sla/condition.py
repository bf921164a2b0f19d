"""The condition of assets and services over time, out of what tickets do to them.

Of what bears on a thing at one instant the gravest counts. A service is as its redundancy groups let it
be: a group of which too few work takes down what rests on it, one that has lost any has nothing in
reserve. Equipment that stands in no group does to the service what the ticket's severity says. What a
ticket states itself comes before both. Approved work shows as maintenance, unless a fault is graver.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING

from weibao.model.impact import Impact

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from weibao.model.assets import Asset
    from weibao.model.contract import Contract
    from weibao.model.impact import AvailabilityTerms, RedundancyGroup
    from weibao.model.instant import Instant
    from weibao.sla.impact import ImpactSpan

    _Loss = Callable[[Collection[ImpactSpan], "Setting"], Impact]
    _Piece = tuple[Instant, Instant, Sequence[ImpactSpan], "Setting"]


class Condition(StrEnum):
    """What a thing is like, the gravest first."""

    OUTAGE = "outage"
    PARTIAL = "partial"
    DEGRADED = "degraded"
    UNKNOWN = "unknown"
    """It is not covered, or a record that may tell of it is damaged."""
    MAINTENANCE = "maintenance"
    OPERATIONAL = "operational"


HARM = {condition: rank for rank, condition in enumerate(Condition)}
"""The order in which conditions are told: by the harm that they do."""

_CONDITIONS = {
    Impact.OUTAGE: Condition.OUTAGE,
    Impact.PARTIAL: Condition.PARTIAL,
    Impact.DEGRADED: Condition.DEGRADED,
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch [start, end) over which a thing is not simply operational.

    ``impact`` is what faults, and work beyond its approval, take from it; ``weight`` how much of a second
    of it counts as lost. ``excused`` says whether all that takes anything is paused for what the contract holds
    nobody to.
    """

    start: Instant
    end: Instant
    impact: Impact
    weight: Fraction
    excused: bool
    tickets: tuple[str, ...]

    @property
    def condition(self) -> Condition:
        """What the thing is like: a fault outranks maintenance."""
        return _CONDITIONS.get(self.impact, Condition.MAINTENANCE)

    @property
    def excluded(self) -> bool:
        """Whether the contract leaves this stretch out: approved work, or what nobody is held to."""
        return self.condition is Condition.MAINTENANCE or self.excused


@dataclass(frozen=True, slots=True)
class Borne:
    """The tickets of which a service lost nothing that counts, for the sake of a redundancy group.

    ``working`` of its ``whole`` pieces of equipment worked when the fewest did, and ``need`` must.
    """

    group: str
    tickets: tuple[str, ...]
    working: int
    whole: int
    need: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What stood in the configuration: the equipment, what rests on it, and the terms of availability."""

    terms: AvailabilityTerms
    assets: Mapping[str, Asset]
    resting: Mapping[str, frozenset[str]]

    def covers(self, asset: str, day: date) -> bool:
        """Whether an asset is under maintenance on a contract-local day."""
        known = self.assets.get(asset)
        return known is not None and known.covered_from <= day <= known.covered_to


def setting_of(contract: Contract, assets: Mapping[str, Asset], day: date) -> Setting:
    """What a contract and its list of equipment say on a contract-local day."""
    resting = {
        service: frozenset(key for key, asset in assets.items() if service in asset.services)
        for service in contract.services
    }
    return Setting(contract.availability_on(day), assets, resting)


@dataclass(frozen=True)
class Things:
    """What there is, and what bears on it.

    ``settings`` are what stood when, each from after its instant on, in order, the last as it stands; the
    first did so from ever. ``spans`` are what the tickets do; ``places`` has, by the id of an asset or a
    service, those that name it.
    """

    settings: Sequence[tuple[Instant, Setting]]
    spans: Sequence[ImpactSpan]
    places: Mapping[str, Sequence[int]]

    @cached_property
    def stretches(self) -> dict[tuple[str, str], tuple[Stretch, ...]]:
        """Those that were worked out, by kind and id of the thing: every month of a term asks for the same."""
        return {}

    @property
    def now(self) -> Setting:
        """The configuration as it stands."""
        return self.settings[-1][1]

    def bearing_on(self, ids: Iterable[str]) -> list[ImpactSpan]:
        """The spans that name any of these, in the order of their beginnings."""
        places = {place for name in ids for place in self.places.get(name, ())}
        return [self.spans[place] for place in sorted(places)]

    def setting_before(self, instant: Instant) -> Setting:
        """What stood before an instant."""
        place = bisect_left(self.settings, instant, key=lambda edition: edition[0])
        return self.settings[max(place - 1, 0)][1]


def things_of(settings: Sequence[tuple[Instant, Setting]], spans: Iterable[ImpactSpan]) -> Things:
    """What there is, with what tickets do to it."""
    ordered = sorted(spans, key=lambda span: span.start)
    places: dict[str, list[int]] = {}
    for place, span in enumerate(ordered):
        for name in span.named:
            places.setdefault(name, []).append(place)
    return Things(settings, ordered, places)


def asset_stretches(asset: str, things: Things) -> tuple[Stretch, ...]:
    """Over which stretches an asset is not simply operational, in order."""

    def loss(active: Collection[ImpactSpan], setting: Setting) -> Impact:
        lost = (_on_asset(span, asset, setting.terms) for span in active)
        return max(lost, default=Impact.NONE)

    key = ("asset", asset)
    if key not in things.stretches:
        things.stretches[key] = _swept(things.bearing_on([asset]), things, loss)
    return things.stretches[key]


def service_stretches(service: str, things: Things) -> tuple[Stretch, ...]:
    """The same of a service."""

    def loss(active: Collection[ImpactSpan], setting: Setting) -> Impact:
        resting = setting.resting.get(service, frozenset())
        return _on_service(service, resting, active, setting.terms)

    key = ("service", service)
    if key not in things.stretches:
        things.stretches[key] = _swept(_bearing_on_service(service, things), things, loss)
    return things.stretches[key]


def _bearing_on_service(service: str, things: Things) -> list[ImpactSpan]:
    """The spans that may take anything from a service, through equipment and groups of any edition."""
    near = {service}
    for _, setting in things.settings:
        resting = setting.resting.get(service, frozenset())
        groups = (group.assets for group in setting.terms.groups if group.assets & resting)
        near |= resting.union(*groups)
    return things.bearing_on(near)


def borne_by_groups(
    service: str, things: Things, since: Instant, until: Instant
) -> tuple[Borne, ...]:
    """By redundancy group, the tickets from one instant to another of which a service loses nothing that counts thanks to it.

    They took equipment of the group out of work and would have cost the service something had that stood in no
    group. One that was on while anything counted is none of them, nor is one that states what the service lost.
    """
    bearing = _bearing_on_service(service, things)
    counted = {
        ticket
        for stretch in service_stretches(service, things)
        if stretch.weight and stretch.end > since and stretch.start < until
        for ticket in stretch.tickets
    }
    working: dict[RedundancyGroup, int] = {}
    tickets: dict[RedundancyGroup, set[str]] = {}
    for start, end, active, setting in _pieces(bearing, things):
        terms, resting = setting.terms, setting.resting.get(service, frozenset())
        within = end > since and start < until
        deriving = [span for span in active if service not in span.stated and within]
        for group in terms.groups:
            borne = {
                (span.ticket, asset)
                for span in deriving
                for asset in group.assets & resting & span.named
                if _on_asset(span, asset, terms) is Impact.OUTAGE
                and terms.weights[_through(span, asset, terms)]
                and span.ticket not in counted
            }
            if borne:
                down = len({asset for _, asset in borne})
                left = len(group.assets) - down
                working[group] = min(left, working.get(group, left))
                tickets.setdefault(group, set()).update(ticket for ticket, _ in borne)
    return tuple(
        Borne(group.id, tuple(sorted(found)), working[group], len(group.assets), group.need)
        for group, found in sorted(tickets.items(), key=lambda pair: pair[0].id)
    )


def _on_asset(span: ImpactSpan, asset: str, terms: AvailabilityTerms) -> Impact:
    told = span.stated.get(asset)
    if told is None:
        named = asset in span.assets
        told = terms.effect(span.kind, span.severity).asset if named else Impact.NONE
    return max(told, span.at_least.get(asset, Impact.NONE))


def _on_service(
    service: str,
    resting: frozenset[str],
    active: Collection[ImpactSpan],
    terms: AvailabilityTerms,
) -> Impact:
    """What these take from a service: as they state, as its groups have it, as their severity says."""
    deriving = [span for span in active if service not in span.stated]
    stated = (span.stated.get(service, Impact.NONE) for span in active)
    floors = (span.at_least.get(service, Impact.NONE) for span in active)
    groups = [group for group in terms.groups if group.assets & resting]
    grouped = frozenset[str]().union(*(group.assets for group in groups))
    named = frozenset[str]().union(*(span.named for span in deriving))
    down = frozenset(
        asset
        for asset in named & grouped
        if any(_on_asset(span, asset, terms) is Impact.OUTAGE for span in deriving)
    )
    alone = (
        _through(span, asset, terms)
        for span in deriving
        for asset in (resting - grouped) & span.named
    )
    in_groups = (group.impact(down) for group in groups)
    return max(chain(stated, floors, alone, in_groups), default=Impact.NONE)


def _through(span: ImpactSpan, asset: str, terms: AvailabilityTerms) -> Impact:
    """What an asset that stands in no group takes from a service that rests on it.

    As the severity says; where the ticket states of the asset otherwise than its severity, no more than
    is lost of the asset, and part of the service where all of it is.
    """
    usual, own = terms.effect(span.kind, span.severity), _on_asset(span, asset, terms)
    if own is usual.asset and asset in span.assets:
        return usual.service
    return min(own, max(usual.service, Impact.PARTIAL))


def _swept(own: Sequence[ImpactSpan], things: Things, loss: _Loss) -> tuple[Stretch, ...]:
    """The stretches between all instants at which something begins, ends or counts otherwise."""
    found = (_stretch(*piece, loss) for piece in _pieces(own, things))
    return tuple(stretch for stretch in found if stretch)


def _pieces(own: Sequence[ImpactSpan], things: Things) -> Iterator[_Piece]:
    """From when to when which spans bear on a thing together, and what stood then."""
    edges = {at for span in own for at in (span.start, span.end)}
    active: list[ImpactSpan] = []
    coming = 0
    for start, end in pairwise(sorted(edges)):
        active = [span for span in active if span.end > start]
        while coming < len(own) and own[coming].start <= start:
            active.append(own[coming])
            coming += 1
        if active:
            # What was settled while it lasts changes nothing of it.
            yield start, end, active, things.setting_before(min(span.begun for span in active))


def _stretch(
    start: Instant,
    end: Instant,
    active: Sequence[ImpactSpan],
    setting: Setting,
    loss: _Loss,
) -> Stretch | None:
    faults = [span for span in active if not span.approved]
    impact, whole = loss(faults, setting), loss(active, setting)
    if whole is Impact.NONE:
        return None
    # Where faults alone would take less than with the work beside them, and take anything, the two
    # together are no maintenance: what is lost beyond the work's own share is the faults'.
    if faults and impact > Impact.NONE:
        impact = whole
    alone = [span for span in faults if not span.excused]
    maintained = loss([span for span in active if span.approved], setting)
    # Maintenance weighs as much as an outage, but where a group bears it.
    weight = max(setting.terms.weights[impact], Fraction(maintained > Impact.DEGRADED))
    return Stretch(
        start,
        end,
        impact,
        weight,
        excused=impact > Impact.NONE and loss(alone, setting) is Impact.NONE,
        tickets=tuple(sorted({span.ticket for span in active if loss([span], setting)})),
    )


def seconds_lost(things: Things) -> Mapping[tuple[str, Impact, bool], int]:
    """By thing and level of impact: for how many seconds it loses that much or more.

    Once in all, and once (True) as far as the contract holds the provider to it.
    """
    found: Counter[tuple[str, Impact, bool]] = Counter()
    now = things.now
    of_each = {asset: asset_stretches(asset, things) for asset in now.assets}
    of_each |= {service: service_stretches(service, things) for service in now.resting}
    for affected, stretches in of_each.items():
        for stretch in stretches:
            for level in Impact:
                if stretch.impact >= level > Impact.NONE:
                    lost = stretch.end - stretch.start
                    found[affected, level, False] += lost
                    found[affected, level, True] += 0 if stretch.excused else lost
    return found
