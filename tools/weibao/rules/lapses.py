"""Lapses: what was wrong for a part of the term, and no longer is.

The files that have no log are read as they stand: what they say of earlier days is believed here, and
their own history tells who changed it, and when.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.model.finding import Finding, Lapse
from weibao.model.instant import local_day, midnight

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import date

    from weibao.model.instant import Instant
    from weibao.rules.facts import BookFacts

    Missed = tuple[Finding, Instant, Instant | None]
    """What is to be said if a duty is missed, the last instant in time, and when it was done."""

_DAY = timedelta(days=1)


def lapse(facts: BookFacts, finding: Finding, start: Instant, end: Instant) -> Iterator[Lapse]:
    """What of a lapse lies in the part of the term that is over: one or none."""
    first, last = facts.elapsed
    if max(start, first) < min(end, last):
        yield Lapse(finding, max(start, first), min(end, last))


def not_done(facts: BookFacts, duties: Iterable[Missed]) -> Iterator[Finding]:
    """Of duties, what is said of those that should have been done by now, and have not, since their limit."""
    return (
        replace(finding, since=limit)
        for finding, limit, done in duties
        if done is None and limit < facts.as_of
    )


def done_late(facts: BookFacts, duties: Iterable[Missed]) -> Iterator[Lapse]:
    """Of duties, the times for which those that were done too late were not."""
    for finding, limit, done in duties:
        if done is not None and limit < done:
            yield from lapse(facts, finding, limit, done)


def lapses_by_day(
    facts: BookFacts, days: Iterable[date], found: Callable[[date], Iterable[Finding]]
) -> Iterator[Lapse]:
    """What a check by days found on earlier days of the term, and does not find any more.

    ``days`` are those on which what it finds may change: on the others it need not be asked.
    """
    zone = facts.records.contract.zone
    start, end = facts.elapsed
    first, last = local_day(start, zone), local_day(end - 1, zone)
    running: dict[str, tuple[Finding, date]] = {}
    for day in sorted({first, *(day for day in days if first < day <= last)}):
        standing = {f"{finding.place} {finding.order}": finding for finding in found(day)}
        for gone in running.keys() - standing.keys():
            finding, since = running.pop(gone)
            yield from lapse(facts, finding, midnight(since, zone), midnight(day, zone))
        for name, finding in standing.items():
            running.setdefault(name, (finding, day))


def standing_by_day(
    facts: BookFacts, days: Iterable[date], found: Callable[[date], Iterable[Finding]]
) -> Iterator[Finding]:
    """What a check by days finds today, each with the day since which it has found it without a break.

    Nothing is looked at twice where nothing is wrong.
    """
    zone = facts.records.contract.zone
    first, today = (local_day(at, zone) for at in (facts.elapsed[0], facts.as_of))
    standing = {f"{finding.place} {finding.order}": finding for finding in found(today)}
    since = dict.fromkeys(standing, today)
    running = set(standing)
    for day in sorted({first, *(day for day in days if first < day < today)}, reverse=True):
        if not running:
            break
        running &= {f"{finding.place} {finding.order}" for finding in found(day)}
        since |= dict.fromkeys(running, min(day, today))
    for name, finding in standing.items():
        yield replace(finding, since=midnight(since[name], zone))


def edges(start: date, end: date | None) -> tuple[date, ...]:
    """The days on which something begins to hold, and no longer holds: ``end`` is its last day."""
    return (start,) if end is None or end >= end.max else (start, end + _DAY)
