"""The time of the example: its zone, its working hours, and moments in them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from weibao.model.instant import Instant, format_instant, local_day
from weibao.sla.holidays import days_made_up, days_off

ZONE = ZoneInfo("Asia/Shanghai")
OPENS, CLOSES = time(9), time(18)
MINUTE, HOUR, DAY = 60, 3600, 86400


def at_time(day: date, hours: int, minutes: int = 0) -> Instant:
    """The instant of a local time of ``day``."""
    return int(datetime.combine(day, time(hours, minutes), ZONE).timestamp())


def written(instant: Instant) -> str:
    """The instant as records write it."""
    return format_instant(instant, ZONE)


def clock_face(instant: Instant) -> str:
    """``09:12``, local."""
    return written(instant)[11:16]


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The days that people work, in order: the contract's calendar, and plain weekdays beyond it."""

    days: tuple[date, ...]

    def is_working(self, day: date) -> bool:
        """Whether people work on ``day``."""
        index = bisect_right(self.days, day)
        return index > 0 and self.days[index - 1] == day

    def later(self, start: Instant, minutes: int) -> Instant:
        """The instant ``minutes`` of working time after ``start``, on a whole minute."""
        day = local_day(start, ZONE)
        left = minutes * MINUTE
        moment = start
        while True:
            if self.is_working(day):
                opens, closes = at_time(day, OPENS.hour), at_time(day, CLOSES.hour)
                moment = max(moment, opens)
                if moment + left <= closes:
                    return -(-(moment + left) // MINUTE) * MINUTE
                left -= max(0, closes - moment)
            day += timedelta(days=1)
            moment = at_time(day, 0)

    def shifted(self, day: date, count: int) -> date:
        """The working day ``count`` working days after (before, if negative) ``day``.

        With 0, ``day`` itself or else the next one worked.
        """
        index = bisect_right(self.days, day)
        if index > 0 and self.days[index - 1] == day:
            index -= 1
        elif count < 0:
            count, index = count + 1, index - 1
        return self.days[index + count]

    def between(self, first: date, last: date) -> tuple[date, ...]:
        """The working days from ``first`` to ``last``, both included."""
        return tuple(day for day in self.days if first <= day <= last)


def working_days(start: date, end: date) -> WorkingDays:
    """The working days from two months before ``start`` to two months after ``end``."""
    off, made_up = days_off(), days_made_up()
    first, last = start - timedelta(days=62), end + timedelta(days=62)
    every = (first + timedelta(days=count) for count in range((last - first).days + 1))
    return WorkingDays(
        tuple(day for day in every if day in made_up or (day.weekday() < 5 and day not in off))
    )
