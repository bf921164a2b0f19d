"""Availability: outages are what faults say they are, from reported to restored.

The rule, in the words that pages print it with:

- A fault of severity 1 or 2 takes down the assets that it names; one of severity 1 takes down
  the services that rest on them too. The severity is the one in force, for the whole outage.
- An outage runs from the report to the first step that restores or resolves, and again from
  each reopening to the next such step, on effective instants: where a claim is not supported, what
  git proves. Where outages overlap, the time counts once. A cancelled ticket counts for nothing.
- Days are the contract's own. Only days on which the asset is covered count, and of today only
  what has passed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.model.instant import local_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from weibao.history.proven import ProvenLog
    from weibao.model.assets import Asset
    from weibao.model.instant import Instant
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket

ASSET_DOWN = 2
"""The least grave severity at which a fault is an outage of the assets it names."""

SERVICE_DOWN = 1
"""The least grave severity at which it is one of the services that rest on them."""


@dataclass(frozen=True, slots=True)
class Outage:
    """A fault that took something down, from ``start`` to ``end`` (None: still down)."""

    ticket: str
    severity: int
    start: Instant
    end: Instant | None


@dataclass(frozen=True, slots=True)
class DayOfService:
    """One local day: seconds of outage in it, and the tickets behind them."""

    day: date
    down_seconds: int
    tickets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceAvailability:
    """One asset or service over a span of days.

    ``share`` is 1 − ``down_seconds`` ÷ ``seconds``, the whole of its days; None where it has none.
    """

    id: str
    days: tuple[DayOfService, ...]
    down_seconds: int
    seconds: int
    share: float | None

    @property
    def days_down(self) -> tuple[DayOfService, ...]:
        """The days with an outage, in order."""
        return tuple(day for day in self.days if day.down_seconds)


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


@dataclass(frozen=True, slots=True)
class _Down:
    """An outage within the days that count."""

    start: Instant
    end: Instant
    severity: int
    ticket: str


def availability(
    tickets: Mapping[str, Ticket],
    assets: Mapping[str, Asset],
    services: Iterable[str],
    proofs: Mapping[str, ProvenLog],
    states: Mapping[str, RecordState[Dated]],
    as_of: Instant,
    zone: ZoneInfo,
    days: int = 365,
) -> Availability:
    """The availability of every asset and service over the ``days`` local days to ``as_of``.

    The module's own text states the rule. ``proofs`` and ``states`` are by ticket id; a ticket
    without a proof counts for nothing.
    """
    span = _local_days(as_of, zone, days)
    named: dict[str, list[Outage]] = {key: [] for key in assets}
    for ticket in tickets.values():
        if ticket.id not in proofs:
            continue
        for outage in outages(ticket, proofs[ticket.id].header_effective, states[ticket.id], as_of):
            for asset in set(ticket.assets) & assets.keys():
                named[asset].append(outage)
    covered = {key: [day for day in span if _covers(assets[key], day)] for key in assets}
    down = {key: _within(named[key], covered[key]) for key in assets}
    resting = {
        service: [key for key, asset in assets.items() if service in asset.services]
        for service in services
    }
    return Availability(
        assets={
            key: _availability(key, covered[key], down[key], ASSET_DOWN) for key in sorted(assets)
        },
        services={
            service: _availability(
                service,
                [day for day in span if any(_covers(assets[key], day) for key in keys)],
                [outage for key in keys for outage in down[key]],
                SERVICE_DOWN,
            )
            for service, keys in sorted(resting.items())
        },
    )


def outages(
    ticket: Ticket, reported: Instant, state: RecordState[Dated], as_of: Instant
) -> tuple[Outage, ...]:
    """The outages of one ticket as of an instant, in order; none but a fault has any.

    Those of every severity, as it is in force: what they take down depends on it. ``reported`` is
    the effective instant of the report, ``state`` what the evidence supports by ``as_of``.
    """
    if ticket.kind != "fault" or state.severity is None or state.cancelled is not None:
        return ()
    spans = (
        (
            spell.reopened.instant if spell.reopened else reported,
            spell.repaired.instant if spell.repaired else None,
        )
        for spell in state.spells
    )
    return tuple(
        Outage(ticket.id, state.severity, start, end)
        for start, end in spans
        if start < (as_of if end is None else end)
    )


def _local_days(as_of: Instant, zone: ZoneInfo, days: int) -> Sequence[_Day]:
    """The last ``days`` local days; the last one ends at ``as_of``."""
    today = local_day(as_of, zone)
    dates = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    starts = [_midnight(day, zone) for day in dates]
    return [
        _Day(day, start, end, DayOfService(day, 0, ()))
        for day, (start, end) in zip(dates, pairwise([*starts, as_of]), strict=True)
    ]


def _midnight(day: date, zone: ZoneInfo) -> Instant:
    """The first instant of a local day, also where daylight saving skips midnight."""
    return int(datetime.combine(day, time(), zone).timestamp())


def _covers(asset: Asset, day: _Day) -> bool:
    return asset.covered_from <= day.day <= asset.covered_to


def _within(found: Iterable[Outage], days: Sequence[_Day]) -> list[_Down]:
    """What of the outages lies between the first and the last of the asset's covered days."""
    if not days:
        return []
    first, last = days[0].start, days[-1].end
    spans = (
        _Down(
            max(outage.start, first),
            last if outage.end is None else min(outage.end, last),
            outage.severity,
            outage.ticket,
        )
        for outage in found
    )
    return [span for span in spans if span.start < span.end]


def _availability(
    key: str, days: Sequence[_Day], down: Sequence[_Down], at_most: int
) -> ServiceAvailability:
    """One asset or service, of whose outages those of severity ``at_most`` and graver count."""
    by_day: dict[int, list[_Down]] = {}
    starts = [day.start for day in days]
    for spell in sorted(down, key=lambda outage: outage.start):
        if spell.severity <= at_most:
            first = bisect_right(starts, spell.start) - 1
            for number in range(first, bisect_left(starts, spell.end)):
                by_day.setdefault(number, []).append(spell)
    listed = tuple(
        _troubled(day, by_day[number]) if number in by_day else day.quiet
        for number, day in enumerate(days)
    )
    seconds = sum(day.end - day.start for day in days)
    lost = sum(day.down_seconds for day in listed)
    return ServiceAvailability(key, listed, lost, seconds, 1 - lost / seconds if seconds else None)


def _troubled(day: _Day, down: Iterable[_Down]) -> DayOfService:
    """A day with outages, in the order of their start; time that several share counts once."""
    lost, reached = 0, day.start
    behind: set[str] = set()
    for outage in down:
        start, end = max(outage.start, day.start), min(outage.end, day.end)
        if start < end:
            behind.add(outage.ticket)
            lost += max(0, end - max(start, reached))
            reached = max(reached, end)
    return DayOfService(day.day, lost, tuple(sorted(behind)))
