"""Availability: one less the weighted time that a thing was not as it should be, of the time it was covered.

The rule, in the words that pages print it with: each second counts as lost by the weight that the
contract gives its condition (unless it says otherwise 1 for an outage, 0.3 for a partial one, 0 for a
degradation). There are two figures. As *experienced*, nothing is left out and maintenance weighs 1, but where a group bears it. By
*contract*, approved windows and pauses for a carrier or for force majeure are left out, of the loss and
of the whole. Days are the contract's own; only those on which the asset is covered count, and of today
only what has passed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.model.instant import local_day, midnight
from weibao.sla.condition import (
    HARM,
    Condition,
    asset_stretches,
    service_stretches,
    setting_of,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from weibao.history.official import Official
    from weibao.model.assets import Asset
    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.sla.condition import Setting, Stretch, Things


@dataclass(frozen=True, slots=True)
class DayOfService:
    """One local day: the gravest condition in it, its seconds by condition, and the tickets behind them."""

    day: date
    condition: Condition
    seconds: Mapping[Condition, int]
    tickets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Excluded:
    """A stretch that the contract leaves out, and the tickets for whose sake."""

    start: Instant
    end: Instant
    condition: Condition
    tickets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceAvailability:
    """One asset or service over a span of days.

    Attributes:
        seconds: of its covered days; ``excluded_seconds`` of them the contract leaves out.
        by_condition: the seconds of each condition but operational.
        lost, lost_by_contract: the weighted seconds of either figure.
        excluded: what is left out, in order.
    """

    id: str
    days: tuple[DayOfService, ...]
    seconds: int
    by_condition: Mapping[Condition, int]
    lost: Fraction
    excluded_seconds: int
    lost_by_contract: Fraction
    excluded: tuple[Excluded, ...]

    @property
    def share(self) -> Fraction | None:
        """The availability as experienced; None where nothing was covered."""
        return 1 - self.lost / self.seconds if self.seconds else None

    @property
    def share_by_contract(self) -> Fraction | None:
        """The availability by contract; None where nothing is left that it counts."""
        counted = self.seconds - self.excluded_seconds
        return 1 - self.lost_by_contract / counted if counted else None

    @property
    def down_seconds(self) -> int:
        """Seconds of outage."""
        return self.by_condition.get(Condition.OUTAGE, 0)

    @property
    def troubled_days(self) -> tuple[DayOfService, ...]:
        """The days on which it was not all operational, in order."""
        return tuple(day for day in self.days if day.seconds)


@dataclass(frozen=True, slots=True)
class Availability:
    """By asset id and by service id."""

    assets: Mapping[str, ServiceAvailability]
    services: Mapping[str, ServiceAvailability]


@dataclass(frozen=True, slots=True)
class _Day:
    """A local day from ``start`` (included) to ``end`` (excluded), and how it reads untroubled."""

    day: date
    start: Instant
    end: Instant
    quiet: DayOfService


def availability(things: Things, as_of: Instant, zone: ZoneInfo, days: int = 365) -> Availability:
    """The availability of every asset and service over the ``days`` local days to ``as_of``.

    The module's own text states the rule; :mod:`weibao.sla.condition` what a thing is like when.
    """
    span = [(day, things.setting_before(day.start)) for day in _local_days(as_of, zone, days)]

    def covered(keys: Iterable[str]) -> list[_Day]:
        return [day for day, setting in span if any(setting.covers(key, day.day) for key in keys)]

    now = things.now
    return Availability(
        assets={
            key: _availability(key, covered([key]), asset_stretches(key, things))
            for key in sorted(now.assets)
        },
        services={
            service: _availability(
                service,
                [
                    day
                    for day, setting in span
                    if any(setting.covers(key, day.day) for key in setting.resting.get(service, ()))
                ],
                service_stretches(service, things),
            )
            for service in sorted(now.resting)
        },
    )


def settings_over_time(
    contracts: Official[Contract], assets: Official[Mapping[str, Asset]], zone: ZoneInfo
) -> list[tuple[Instant, Setting]]:
    """What stood when, from after each instant on: as the official line had it, and the terms as their days came.

    So no later edition moves what was.
    """
    days = {
        midnight(terms.effective_from, zone) - 1
        for tenure in contracts.tenures()
        for terms in tenure.value.availability
    }
    edited = {edition.landed for dated in (contracts, assets) for edition in dated.dated[1:]}
    found = []
    for instant in sorted({0, *edited, *(day for day in days if day > 0)}):
        after = instant + 1
        day = local_day(after, zone)
        found.append((instant, setting_of(contracts.before(after), assets.before(after), day)))
    return found


def _local_days(as_of: Instant, zone: ZoneInfo, days: int) -> Sequence[_Day]:
    """The last ``days`` local days; the last one ends at ``as_of``."""
    today = local_day(as_of, zone)
    dates = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    starts = [midnight(day, zone) for day in dates]
    return [
        _Day(day, start, end, DayOfService(day, Condition.OPERATIONAL, {}, ()))
        for day, (start, end) in zip(dates, pairwise([*starts, as_of]), strict=True)
    ]


def _availability(
    key: str, days: Sequence[_Day], stretches: Iterable[Stretch]
) -> ServiceAvailability:
    """One asset or service over the days on which it is covered."""
    by_day: dict[int, list[Stretch]] = {}
    starts = [day.start for day in days]
    for stretch in stretches:
        first = max(bisect_right(starts, stretch.start) - 1, 0)
        for number in range(first, bisect_left(starts, stretch.end)):
            day = days[number]
            start, end = max(stretch.start, day.start), min(stretch.end, day.end)
            if start < end:
                by_day.setdefault(number, []).append(replace(stretch, start=start, end=end))
    counted = [stretch for number in sorted(by_day) for stretch in by_day[number]]
    left_out = [stretch for stretch in counted if stretch.excluded]
    return ServiceAvailability(
        key,
        tuple(
            _troubled(day, by_day[number]) if number in by_day else day.quiet
            for number, day in enumerate(days)
        ),
        sum(day.end - day.start for day in days),
        _by_condition(counted),
        sum((_lost(stretch) for stretch in counted), Fraction()),
        sum(stretch.end - stretch.start for stretch in left_out),
        sum((_lost(stretch) for stretch in counted if not stretch.excluded), Fraction()),
        tuple(_joined(left_out)),
    )


def _joined(left_out: Iterable[Stretch]) -> Iterator[Excluded]:
    """What is left out, days and severities apart put together."""
    last: Excluded | None = None
    for stretch in left_out:
        found = Excluded(stretch.start, stretch.end, stretch.condition, stretch.tickets)
        if last is None:
            last = found
        elif found == replace(last, start=found.start, end=found.end) and last.end == found.start:
            last = replace(last, end=found.end)
        else:
            yield last
            last = found
    if last is not None:
        yield last


def _troubled(day: _Day, stretches: Collection[Stretch]) -> DayOfService:
    return DayOfService(
        day.day,
        min((stretch.condition for stretch in stretches), key=HARM.__getitem__),
        _by_condition(stretches),
        tuple(sorted({ticket for stretch in stretches for ticket in stretch.tickets})),
    )


def _by_condition(stretches: Iterable[Stretch]) -> Mapping[Condition, int]:
    seconds: Counter[Condition] = Counter()
    for stretch in stretches:
        seconds[stretch.condition] += stretch.end - stretch.start
    return dict(seconds)


def _lost(stretch: Stretch) -> Fraction:
    """The weighted seconds of a stretch as experienced."""
    return (stretch.end - stretch.start) * stretch.weight
