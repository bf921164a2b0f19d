"""A slow oracle: working time counted minute by minute, by looking at the clock on the wall.

It shares nothing with the package but the contract's own words, and knows no intervals, no sums and
no search. Calendars whose hours begin and end on whole minutes are all that it can count.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.contract import CalendarTerms, Contract, TargetTerms

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class NotCoveredError(Exception):
    """A day was asked for of which the calendar says nothing."""


class Wall:
    """One calendar, as someone sees it who looks at the clock every minute."""

    def __init__(self, terms: CalendarTerms) -> None:
        self.zone = terms.zone
        self.hours = terms.hours
        self.overrides = {day: one.hours for one in terms.overrides for day in one.days}
        self.first, self.last = terms.covers_from, terms.covers_to
        self.begin = self.midnight(self.first)
        self.end = self.midnight(self.last + timedelta(1))
        minutes = range(self.begin, self.end, 60)
        self.minutes = bytes(self.at_work(minute) for minute in minutes)

    def midnight(self, day: date) -> int:
        return int(datetime(day.year, day.month, day.day, tzinfo=self.zone).timestamp())

    def at_work(self, instant: int) -> bool:
        local = datetime.fromtimestamp(instant, self.zone)
        hours = self.overrides.get(local.date(), self.hours.get(DAYS[local.weekday()], ()))
        now = f"{local.hour:02}:{local.minute:02}"
        return any(one[:5] <= now < one[6:] for one in hours)

    def count(self, start: int, end: int) -> int:
        if end <= start:
            return 0
        if start < self.begin or end > self.end:
            raise NotCoveredError
        first, last = (start - self.begin) // 60, (end - self.begin) // 60
        total = 60 * sum(self.minutes[first:last])
        total -= (start - self.begin) % 60 * self.minutes[first]
        return total + (
            (end - self.begin) % 60 * self.minutes[last] if last < len(self.minutes) else 0
        )

    def close_of_business(self, start: int, days: int) -> int:
        day = datetime.fromtimestamp(start, self.zone).date()
        if not self.first <= day <= self.last:
            raise NotCoveredError
        while days:
            day += timedelta(1)
            if day > self.last:
                raise NotCoveredError
            midnight, next_midnight = self.midnight(day), self.midnight(day + timedelta(1))
            working = [one for one in range(midnight, next_midnight, 60) if self.at_work(one)]
            days -= bool(working)
        return working[-1] + 60


class Always:
    """Every second counts."""

    def __init__(self, contract: Contract) -> None:
        self.zone = contract.zone

    def count(self, start: int, end: int) -> int:
        return max(0, end - start)

    def close_of_business(self, start: int, days: int) -> int:
        day = datetime.fromtimestamp(start, self.zone).date() + timedelta(days + 1)
        return int(datetime(day.year, day.month, day.day, tzinfo=self.zone).timestamp())


@cache
def _walls() -> dict[tuple[str, str], Wall | Always]:
    return {}


def wall(name: str, contract: Contract, clock: str) -> Wall | Always:
    """The calendar ``clock`` of the contract that the table calls ``name``; looked at once."""
    known = _walls()
    if (name, clock) not in known:
        always = clock == "always"
        known[name, clock] = Always(contract) if always else Wall(contract.calendars[clock])
    return known[name, clock]


def count(on: Wall | Always, start: int, end: int, idle: Iterable[tuple[int, int]] = ()) -> int:
    """Working seconds in [start, end), without those in the idle spans (which do not overlap)."""
    total, at = 0, start
    for still, again in sorted(idle):
        if again <= at or still >= end:
            continue
        total += on.count(at, still)
        at = again
    return total + on.count(at, end)


def target_seconds(on: Wall | Always, start: int, terms: TargetTerms) -> int:
    """The target in working seconds from ``start``."""
    if terms.within.in_working_days:
        return on.count(start, on.close_of_business(start, terms.within.working_days))
    return terms.within.seconds
