"""Clocks: a calendar less the spans in which the clock stood still; and the contract's calendars."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.contract import ALWAYS
from weibao.sla.calendar import (
    AroundTheClock,
    Calendar,
    Uncovered,
    covering_nothing,
    working_hours,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.model.contract import Contract
    from weibao.model.instant import Instant

FOREVER: Instant = 2**62
"""The end of a span that nothing has ended yet."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A calendar, and the spans [start, end) at which it does not count: disjoint, in order."""

    calendar: Calendar
    idle: tuple[tuple[Instant, Instant], ...] = ()

    def work(self, start: Instant, end: Instant) -> int | Uncovered:
        """The seconds counted in [start, end). Only days outside the idle spans must be covered."""
        if not self.idle:
            return self.calendar.work(start, end) if start < end else 0
        total = 0
        for begin, finish in self._counting(start, end):
            worked = self.calendar.work(begin, finish)
            if isinstance(worked, Uncovered):
                return worked
            total += worked
        return total

    def advance(self, start: Instant, seconds: int) -> Instant | Uncovered | None:
        """The first instant at which ``seconds`` (1 or more) were counted since ``start``.

        None where the clock stands still from before then and nothing has set it going again.
        """
        left = seconds
        for begin, finish in self._counting(start, FOREVER):
            if finish == FOREVER:
                return self.calendar.advance(begin, left)
            worked = self.calendar.work(begin, finish)
            if isinstance(worked, Uncovered) or worked >= left:
                return self.calendar.advance(begin, left)
            left -= worked
        return None

    def ran(self, start: Instant, end: Instant) -> Iterator[tuple[Instant, Instant]]:
        """The spans [from, to) of [start, end) that it counted, in order."""
        for begin, finish in self._counting(start, end):
            yield from self.calendar.spans(begin, finish)

    def _counting(self, start: Instant, end: Instant) -> Iterator[tuple[Instant, Instant]]:
        """[start, end) without the idle spans."""
        first = bisect_right(self.idle, start, key=lambda span: span[1])
        for still, again in self.idle[first:]:
            if still >= end:
                break
            if still > start:
                yield start, still
            start = again
        if start < end:
            yield start, end


@dataclass(frozen=True, slots=True)
class Clocks:
    """A contract with its calendars worked out: what every ticket of it is judged by."""

    contract: Contract
    calendars: Mapping[str, Calendar]

    @property
    def at_worst(self) -> Clocks:
        """The same: one contract, believed to have stood always (``InForce``)."""
        return self

    def at(self, instant: Instant) -> tuple[Clocks, ...]:  # noqa: ARG002 - it is the same always
        """Itself (``InForce``)."""
        return (self,)

    def calendar(self, name: str) -> Calendar:
        """The calendar of this name; where the contract has none, one that covers nothing."""
        return self.calendars.get(name) or covering_nothing(self.contract.zone)


def clocks_of(contract: Contract) -> Clocks:
    """The contract's calendars, worked out once for all its tickets."""
    listed = {name: working_hours(terms) for name, terms in contract.calendars.items()}
    return Clocks(contract, {**listed, ALWAYS: AroundTheClock(contract.zone)})
