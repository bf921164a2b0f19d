"""Depots: which of them serves a site as the contract asks (requirement 17)."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from weibao.model.contract import ALWAYS
from weibao.model.duration import parse_duration
from weibao.sla.calendar import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.contract import Contract, ServiceTerms
    from weibao.model.spares import Depot

Shortfall = Literal["no depot", "too far", "delivers too late", "not open as asked"]
"""Why a depot does not serve a site, the worst first; a word of the kind ``fault``."""

_WORST_FIRST: tuple[Shortfall, ...] = (
    "no depot",
    "too far",
    "delivers too late",
    "not open as asked",
)

_MINUTES = 24 * 60


def open_minutes(contract: Contract, hours: str) -> frozenset[int]:
    """The minutes of a week, from Monday 00:00, at which something with these hours is open."""
    if hours == ALWAYS:
        return frozenset(range(7 * _MINUTES))
    terms = contract.calendars.get(hours)
    return _week(tuple((day, terms.hours.get(day, ())) for day in WEEKDAYS)) if terms else _NEVER


_NEVER: frozenset[int] = frozenset()


@cache
def _week(hours: tuple[tuple[str, tuple[str, ...]], ...]) -> frozenset[int]:
    return frozenset(
        number * _MINUTES + minute
        for number, (_, spans) in enumerate(hours)
        for span in spans
        for minute in range(*map(_minute, span.split("-")))
    )


def _minute(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def shortfall(
    depots: Iterable[Depot], site: str, contract: Contract, terms: ServiceTerms | None
) -> tuple[Shortfall, str] | None:
    """Why no depot serves a site as the contract asks, and the depot that comes nearest; None where one does.

    What the contract says nothing of is not asked; but a depot whose own promise is longer than what is
    promised on parts round the clock does not keep it.
    """
    best: tuple[Shortfall, str] = ("no depot", "")
    for depot in depots:
        fault = _fault(depot, site, contract, terms)
        if fault is None:
            return None
        if _WORST_FIRST.index(fault) > _WORST_FIRST.index(best[0]):
            best = fault, depot.id
    return best


def _fault(
    depot: Depot, site: str, contract: Contract, terms: ServiceTerms | None
) -> Shortfall | None:
    asked = contract.data.get("depots", {})
    away = depot.distance_km.get(site)
    if "distance_km" in asked and (away is None or away > asked["distance_km"]):
        return "too far"
    within = parse_duration(asked["delivers_within"]).seconds if "delivers_within" in asked else 0
    promised = min((*([within] if within else []), *_promised(terms)), default=0)
    if (within and not depot.delivers_within) or (promised and depot.delivers_within > promised):
        return "delivers too late"
    wanted = open_minutes(contract, asked["hours"]) if "hours" in asked else _NEVER
    return None if wanted <= open_minutes(contract, depot.hours) else "not open as asked"


def _promised(terms: ServiceTerms | None) -> Iterator[int]:
    """How soon parts are promised round the clock, in seconds, by severity."""
    for severity in terms.severities.values() if terms else ():
        target = severity.targets.get("part")
        if target and target.clock == ALWAYS:
            yield target.within.seconds
