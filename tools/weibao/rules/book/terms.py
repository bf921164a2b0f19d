"""Working days that were changed when they had already begun (E111)."""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.rules.contract_editions import changed
from weibao.sla.calendar import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from weibao.model.contract import CalendarTerms
    from weibao.model.finding import Finding
    from weibao.rules.contract_editions import ContractEdition

FEW_RUNS = 4
"""As many runs of days are named one by one."""

Hours = tuple[str, tuple[str, ...]] | None
"""Zone and working hours of a day; None for a day of which the calendar says nothing."""


def check_calendars(editions: Sequence[ContractEdition]) -> Iterator[Finding]:
    """Days whose hours are no longer what the contract said when they began, contract-local.

    Days before the first edition came with it, as an import. One finding for each calendar and each
    edition that made days what they are now.
    """
    if len(editions) < 2:
        return
    for name, now in editions[-1].contract.calendars.items():
        versions = [one.contract.calendars.get(name) for one in editions]
        if all(one == now for one in versions):
            continue
        for place, days in _changed_late(now, versions, [one.day for one in editions]).items():
            facts = {"calendar": name, "days": _spoken(days)}
            yield changed("E111", ("calendars", name), editions[place], facts)


def _changed_late(
    now: CalendarTerms, versions: Sequence[CalendarTerms | None], landed: Sequence[date]
) -> dict[int, list[date]]:
    """The days that changed after they began, by the place of the edition that last changed them."""
    found: dict[int, list[date]] = {}
    plans = [_plan(one) for one in versions]
    day = now.covers_from
    while day <= now.covers_to:
        began = max(bisect_left(landed, day) - 1, 0)
        # Nothing was promised by a calendar that was not there when the day began.
        if versions[began] is not None:
            hours = [_hours(one, plan, day) for one, plan in zip(versions, plans, strict=True)]
            if hours[began] != hours[-1]:
                place = len(hours) - 1
                while hours[place - 1] == hours[-1]:
                    place -= 1
                found.setdefault(place, []).append(day)
        day += timedelta(days=1)
    return found


def _spoken(days: Sequence[date]) -> tuple[str, ...]:
    """The days as runs without a gap; as one run where they are scattered."""
    runs: list[list[date]] = []
    for day in days:
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    if len(runs) > FEW_RUNS:
        runs = [[days[0], days[-1]]]
    return tuple(
        f"{run[0].isoformat()}…{run[-1].isoformat()}" if len(run) > 1 else run[0].isoformat()
        for run in runs
    )


def _plan(calendar: CalendarTerms | None) -> dict[date, tuple[str, ...]]:
    """The hours of the days that are other than the week's."""
    overrides = calendar.overrides if calendar else ()
    return {day: one.hours for one in overrides for day in one.days}


def _hours(
    calendar: CalendarTerms | None, overrides: dict[date, tuple[str, ...]], day: date
) -> Hours:
    if calendar is None or not calendar.covers_from <= day <= calendar.covers_to:
        return None
    weekly = calendar.hours.get(WEEKDAYS[day.weekday()], ())
    return calendar.zone.key, overrides.get(day, weekly)
