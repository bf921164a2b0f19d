"""Calendars: what a working second is, and the two questions that every clock asks.

A calendar is worked out once, as sorted working intervals with the seconds worked before each, so
that both questions are a bisection. A day that it does not cover is never guessed: the answer is
:class:`Uncovered` instead of a number.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Protocol

from weibao.model.instant import Instant, local_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

    from weibao.model.contract import CalendarTerms

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class Uncovered:
    """No answer: a day was needed that the calendar does not cover, the first one at ``since``.

    What was asked for lies after ``since``, for all up to there was looked at.
    """

    since: Instant


class Calendar(Protocol):
    """What a clock runs on."""

    def work(self, start: Instant, end: Instant) -> int | Uncovered:
        """The working seconds in [start, end); 0 where end is not after start."""
        ...

    def advance(self, start: Instant, seconds: int) -> Instant | Uncovered:
        """The first instant at which ``seconds`` (1 or more) were worked since ``start``."""
        ...

    def close_of_business(self, start: Instant, days: int) -> Instant | Uncovered:
        """When the ``days``-th working day after the local date of ``start`` ends."""
        ...

    def spans(self, start: Instant, end: Instant) -> Iterator[tuple[Instant, Instant]]:
        """The spans [from, to) of [start, end) that it counts, in order; none of what it does not cover."""
        ...


@dataclass(frozen=True, slots=True)
class AroundTheClock:
    """``always``: every second is worked, and a day ends at midnight of ``zone``."""

    zone: ZoneInfo

    def work(self, start: Instant, end: Instant) -> int | Uncovered:
        """The seconds from ``start`` to ``end``."""
        return max(0, end - start)

    def advance(self, start: Instant, seconds: int) -> Instant | Uncovered:
        """The instant ``seconds`` after ``start``."""
        return start + seconds

    def close_of_business(self, start: Instant, days: int) -> Instant | Uncovered:
        """24:00 of the ``days``-th day after that of ``start``."""
        return _instant(local_day(start, self.zone) + timedelta(days), _MINUTES_A_DAY, self.zone)

    def spans(self, start: Instant, end: Instant) -> Iterator[tuple[Instant, Instant]]:
        """All of it."""
        if start < end:
            yield start, end


@dataclass(frozen=True, slots=True)
class WorkingHours:
    """Working hours as a contract lists them, over the days that it covers.

    Attributes:
        zone: where its days begin and end.
        covered_from, covered_until: midnight of the first covered day; of the first day after, or when
            the last shift ends that runs past it.
        opens, closes: the working intervals [open, close), disjoint and in order.
        worked: working seconds up to each ``closes``.
        days, closings: the working days as proleptic ordinals, and when the last hours of each end.
    """

    zone: ZoneInfo
    covered_from: Instant
    covered_until: Instant
    opens: tuple[Instant, ...]
    closes: tuple[Instant, ...]
    worked: tuple[int, ...]
    days: tuple[int, ...]
    closings: tuple[Instant, ...]

    def work(self, start: Instant, end: Instant) -> int | Uncovered:
        """The working seconds in [start, end)."""
        if end <= start:
            return 0
        if start < self.covered_from:
            return Uncovered(start)
        if end > self.covered_until:
            return Uncovered(max(start, self.covered_until))
        return self._worked_by(end) - self._worked_by(start)

    def advance(self, start: Instant, seconds: int) -> Instant | Uncovered:
        """The first instant at which ``seconds`` were worked since ``start``."""
        if not self.covered_from <= start < self.covered_until:
            return Uncovered(start)
        goal = self._worked_by(start) + seconds
        index = bisect_left(self.worked, goal)
        if index == len(self.worked):
            return Uncovered(self.covered_until)
        return self.closes[index] - (self.worked[index] - goal)

    def close_of_business(self, start: Instant, days: int) -> Instant | Uncovered:
        """When the ``days``-th working day after the local date of ``start`` ends."""
        if not self.covered_from <= start < self.covered_until:
            return Uncovered(start)
        index = bisect_right(self.days, local_day(start, self.zone).toordinal()) + days - 1
        return self.closings[index] if index < len(self.days) else Uncovered(self.covered_until)

    def spans(self, start: Instant, end: Instant) -> Iterator[tuple[Instant, Instant]]:
        """The working hours in it."""
        for index in range(bisect_right(self.closes, start), len(self.opens)):
            if self.opens[index] >= end:
                break
            yield max(start, self.opens[index]), min(end, self.closes[index])

    def _worked_by(self, instant: Instant) -> int:
        """Working seconds from the first covered day to ``instant``."""
        index = bisect_right(self.closes, instant)
        done = self.worked[index - 1] if index else 0
        if index < len(self.opens):
            done += max(0, instant - self.opens[index])
        return done


def working_hours(terms: CalendarTerms) -> WorkingHours:
    """The calendar that ``terms`` describe, in their zone.

    Nine to six is nine to six on the clock on the wall, whether or not the clocks were changed that
    night; a local time that they skip moves forward with them. Hours that end at or before their
    beginning end on the next day, and belong to the day on which they began.
    """
    intervals: list[tuple[Instant, Instant]] = []
    days: list[int] = []
    closings: list[Instant] = []
    for day, hours in _days(terms):
        shifts = [
            (opens, closes)
            for opens, closes in (_shift(day, shift, terms.zone) for shift in hours)
            if opens < closes
        ]
        if shifts:
            days.append(day.toordinal())
            closings.append(max(closes for _, closes in shifts))
            intervals += shifts
    merged = merge(intervals)
    # A shift that began on the last covered day is known to its end; of the rest of that night nothing is.
    until = _instant(terms.covers_to, _MINUTES_A_DAY, terms.zone)
    until = max([until, *(closes for opens, closes in merged if opens < until)])
    return WorkingHours(
        zone=terms.zone,
        covered_from=_instant(terms.covers_from, 0, terms.zone),
        covered_until=until,
        opens=tuple(opens for opens, _ in merged),
        closes=tuple(closes for _, closes in merged),
        worked=tuple(accumulate(closes - opens for opens, closes in merged)),
        days=tuple(days),
        closings=tuple(closings),
    )


def covering_nothing(zone: ZoneInfo) -> WorkingHours:
    """The calendar of which nothing is known: it answers every question with Uncovered."""
    return WorkingHours(zone, 0, 0, (), (), (), (), ())


def merge(spans: Sequence[tuple[Instant, Instant]]) -> tuple[tuple[Instant, Instant], ...]:
    """The union of the spans [start, end): disjoint and in order, empty ones left out."""
    merged: list[tuple[Instant, Instant]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            if end > merged[-1][1]:
                merged[-1] = (merged[-1][0], end)
        elif start < end:
            merged.append((start, end))
    return tuple(merged)


def _days(terms: CalendarTerms) -> Iterator[tuple[date, tuple[str, ...]]]:
    """Each covered day with its hours; an override replaces those of the week."""
    overridden = {day: override.hours for override in terms.overrides for day in override.days}
    for ordinal in range(terms.covers_from.toordinal(), terms.covers_to.toordinal() + 1):
        day = date.fromordinal(ordinal)
        weekly = terms.hours.get(WEEKDAYS[day.weekday()], ())
        yield day, overridden.get(day, weekly)


def _shift(day: date, hours: str, zone: ZoneInfo) -> tuple[Instant, Instant]:
    """The instants at which ``hours`` (``09:00-18:00``) begin and end on ``day``."""
    opens, closes = (_minutes(shift) for shift in hours.split("-"))
    if closes <= opens:
        closes += _MINUTES_A_DAY
    return _instant(day, opens, zone), _instant(day, closes, zone)


def _minutes(text: str) -> int:
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _instant(day: date, minutes: int, zone: ZoneInfo) -> Instant:
    """The instant at which the clock on the wall has shown ``minutes`` since midnight of ``day``."""
    days, rest = divmod(minutes, _MINUTES_A_DAY)
    wall = time(rest // 60, rest % 60)
    return int(datetime.combine(day + timedelta(days), wall, zone).timestamp())
