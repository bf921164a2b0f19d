"""Planned work: on which days a line of the plan falls, what it is to look at, and which of it is begun."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from operator import attrgetter
from typing import TYPE_CHECKING, Annotated, Literal

from dateutil.rrule import rrulestr

from weibao.model.instant import local_day
from weibao.model.shown import Filled, Mark
from weibao.operations.coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from weibao.model.assets import Asset
    from weibao.model.instant import Instant
    from weibao.model.plan import PlannedWork
    from weibao.model.ticket import Ticket

HORIZON = timedelta(days=92)
"""How far ahead rounds are planned: a quarter, which any calendar of planned work shows."""

FIRST_YEARS = timedelta(days=4 * 366)
"""How far a line of the plan is laid out to be judged: over a leap year."""

_DAY = timedelta(days=1)
_PART = re.compile(
    r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)"
    r"|(INTERVAL|COUNT)=[1-9]\d{0,3}"
    r"|UNTIL=\d{8}"
    r"|(WKST|BYDAY|BYMONTHDAY|BYYEARDAY|BYWEEKNO|BYMONTH|BYSETPOS)=[A-Z0-9,+-]{1,99}"
)
_LARGEST = {"BYMONTHDAY": 31, "BYYEARDAY": 366, "BYWEEKNO": 53, "BYMONTH": 12, "BYSETPOS": 366}
"""The largest number of each part that counts days, weeks or months; all but months count from the end too."""


RoundState = Literal["done", "done_late", "incomplete", "upcoming", "due", "overdue"]
"""``incomplete`` is a round that was closed with something left that nobody looked at."""


@dataclass(frozen=True, slots=True)
class DueWork:
    """One round of planned work.

    ``due`` is the last day on time; ``record`` is the inspection or ticket that did it, or that closed
    it with gaps, else ""; ``coverage`` is what of a round of inspection was looked at, by ``records``.

    巡检 · Round | 一期计划巡检 · One planned round.
    """

    plan: Filled
    """计划 · Plan | plan.yaml 中的编号 · The key in plan.yaml"""
    kind: Annotated[str, Mark.HIDDEN]
    period: Filled
    """周期 · Period | 巡检记录中的周期 · As an inspection names it"""
    planned_for: date
    """计划日 · Planned for | 计划的日期 · The day it is planned for"""
    due: date
    """期限 · Due | 按时的最后一天 · The last day on time"""
    state: RoundState
    """状态 · State | 逾期、到期、未到或未做全 · Where it stands"""
    record: Annotated[str, Mark.HIDDEN] = ""
    done_on: Annotated[date | None, Mark.HIDDEN] = None
    coverage: Annotated[Coverage | None, Mark.HIDDEN] = None
    records: Annotated[tuple[str, ...], Mark.HIDDEN] = ()

    @property
    def pressing(self) -> bool:
        """Whether its day has come and it is not done, or not wholly: with a reason for that or without."""
        return self.state in {"due", "overdue", "incomplete"}

    @property
    def owed(self) -> bool:
        """Whether its day has come and it is still to be done, or some of it: not what was skipped with a reason."""
        gaps = self.state == "incomplete" and self.coverage and self.coverage.unaccounted
        return self.state in {"due", "overdue"} or bool(gaps)


def does(ticket: Ticket, work: PlannedWork) -> bool:
    """Whether a ticket may be that of a line of the plan: it is of its kind, and names it or none."""
    return ticket.kind == work.kind and ticket.plan in {"", work.id}


def rounds(work: PlannedWork, until: date) -> tuple[date, ...]:
    """The days that a line of the plan falls on, from its start to ``until``, both included."""
    if not work.rule:
        return (work.start,) if work.start <= until else ()
    if not is_rule(work.rule):
        return ()
    recurrence = rrulestr(work.rule, dtstart=datetime.combine(work.start, time()))
    return tuple(takewhile(lambda day: day <= until, (moment.date() for moment in recurrence)))


def first_rounds(work: PlannedWork, until: date) -> tuple[date, ...]:
    """The rounds of a line's first years, none after ``until``; its start where its rule is none."""
    if work.rule and not is_rule(work.rule):
        return (work.start,)
    return rounds(work, min(until, work.start + FIRST_YEARS))


@dataclass(frozen=True, slots=True)
class Begun:
    """An inspection of a period: the day on which it was begun, and the equipment that it stands for."""

    day: date
    assets: frozenset[str] = frozenset()


def rounds_begun(days: Iterable[date], begun: Iterable[Begun]) -> dict[date, tuple[int, ...]]:
    """Which of the rounds that one period has were begun, each with the numbers of those of ``begun`` that did.

    ``days`` are planned, ``begun`` in order. Each was begun for the last round that had come by its day
    and of which none of its equipment had been begun yet; where none had, for the next. So a round that
    was left out stays left out when the one after it is done, and what was left of one can be made up
    for. What fits none is the same round once more.
    """
    ordered = sorted(days)
    found: dict[date, list[int]] = {}
    taken: dict[date, set[str]] = {}
    for number, inspection in enumerate(begun):
        free = [day for day in ordered if _is_free(inspection, day, taken)]
        come = [day for day in free if day <= inspection.day]
        again = [day for day in ordered if day <= inspection.day]
        for day in come[-1:] or free[:1] or again[-1:] or ordered[:1]:
            found.setdefault(day, []).append(number)
            taken.setdefault(day, set()).update(inspection.assets)
    return {day: tuple(numbers) for day, numbers in found.items()}


def _is_free(one: Begun, day: date, taken: Mapping[date, set[str]]) -> bool:
    return day not in taken or (bool(one.assets) and one.assets.isdisjoint(taken[day]))


def rounds_in(work: PlannedWork, period: str) -> tuple[date, ...]:
    """The days of the rounds that a line of the plan has in a period; none where it is no period."""
    if not period[:4].isdecimal():
        return ()
    after = date(int(period[:4]) + 1, 1, 7)  # the last ISO week of a year ends in the next
    return tuple(day for day in rounds(work, after) if period_of(work.rule, day) == period)


def round_to_start(
    work: PlannedWork, begun: Mapping[str, Sequence[Begun]], as_of: Instant, zone: ZoneInfo
) -> DueWork | None:
    """The round to be done now, of which no inspection has begun yet.

    It is the last that was planned for today or earlier, unless it has begun; else the next one
    within :data:`HORIZON`. None where there is neither. ``begun`` has by period its
    inspections.
    """
    today = local_day(as_of, zone)
    days = rounds(work, today + HORIZON)
    taken = {
        day
        for period, inspections in begun.items()
        for day in rounds_begun(
            [planned for planned in days if period_of(work.rule, planned) == period],
            sorted(inspections, key=attrgetter("day")),
        )
    }
    last = [day for day in days if day <= today][-1:]
    ahead = [day for day in days if day > today]
    free = (day for day in (*last, *ahead) if day not in taken)
    return next((undone(work, day, today) for day in free), None)


def undone(work: PlannedWork, day: date, today: date) -> DueWork:
    """A round that nobody has done, and how it presses."""
    due = day + span_of(work)
    state: RoundState = "upcoming" if today < day else "due" if today <= due else "overdue"
    return DueWork(work.id, work.kind, period_of(work.rule, day), day, due, state)


def assets_of(work: PlannedWork, assets: Mapping[str, Asset], day: date) -> tuple[str, ...]:
    """The assets that a line of the plan means, of those under the contract on ``day``, sorted."""
    named = (work.asset_ids, work.asset_kinds, work.asset_sites)
    return tuple(
        sorted(
            asset.id
            for asset in assets.values()
            if asset.covered_from <= day <= asset.covered_to
            and (
                not any(named)
                or asset.id in work.asset_ids
                or asset.kind in work.asset_kinds
                or asset.site in work.asset_sites
            )
        )
    )


def is_rule(text: str) -> bool:
    """Whether ``text`` is a recurrence of days by RFC 5545, section 3.3.10.

    Finer steps than a day are none, nor are those that the standard forbids or that never
    move on or come (an interval of nought; both a count and an end; a part twice; the 32nd of a month).
    """
    parts = text.split(";")
    keys = {part.partition("=")[0] for part in parts}
    if not all(_PART.fullmatch(part) for part in parts) or len(keys) < len(parts):
        return False
    if "FREQ" not in keys or {"COUNT", "UNTIL"} <= keys:
        return False
    try:
        rrulestr(text, dtstart=datetime(2026, 1, 1))  # noqa: DTZ001 - a day has no zone
        counted = {key: rule_parts(text)[key].split(",") for key in keys & _LARGEST.keys()}
        return all(
            1 <= (int(number) if key == "BYMONTH" else abs(int(number))) <= _LARGEST[key]
            for key, numbers in counted.items()
            for number in numbers
        )
    except ValueError:
        return False


def period_of(rule: str, day: date) -> str:
    """The period that a round planned for ``day`` belongs to, as inspections name it.

    The calendar unit of the rule's step: ``2026`` where it recurs by years; of rules by months,
    the quarter ``2026-Q4`` where the months are a multiple of three, else the month ``2026-11``;
    the ISO week ``2026-W47`` by weeks; the day ``2026-11-23`` by days. Work that is done once
    belongs to its month.
    """
    parts = rule_parts(rule)
    match parts.get("FREQ", "MONTHLY"):
        case "YEARLY":
            return f"{day.year:04}"
        case "WEEKLY":
            year, week, _ = day.isocalendar()
            return f"{year:04}-W{week:02}"
        case "DAILY":
            return day.isoformat()
        case _:
            quarterly = int(parts.get("INTERVAL", "1")) % 3 == 0
            quarter = f"{day.year:04}-Q{(day.month + 2) // 3}"
            return quarter if quarterly else f"{day.year:04}-{day.month:02}"


def rule_parts(rule: str) -> dict[str, str]:
    """The parts of a rule by their names, such as ``FREQ``."""
    return {key: value for key, _, value in (part.partition("=") for part in rule.split(";"))}


def span_of(work: PlannedWork) -> timedelta:
    """How many days after its own a round is still on time."""
    return timedelta(seconds=work.due_within) // _DAY * _DAY
