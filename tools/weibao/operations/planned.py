"""Planned work: which rounds of the plan are done, due and overdue (requirements 27 and 31)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import takewhile
from typing import TYPE_CHECKING, Annotated, Literal

from dateutil.rrule import rrulestr

from weibao.model.instant import local_day, midnight
from weibao.model.shown import Filled, Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from zoneinfo import ZoneInfo

    from weibao.history.official import Tenure
    from weibao.model.assets import Asset
    from weibao.model.inspection import Inspection
    from weibao.model.instant import Instant
    from weibao.model.plan import Plan, PlannedWork
    from weibao.model.state import Dated, RecordState
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


RoundState = Literal["done", "done_late", "upcoming", "due", "overdue"]


@dataclass(frozen=True, slots=True)
class DueWork:
    """One round of planned work.

    ``due`` is the last day on time; ``record`` is the inspection or ticket that did it, or "".

    巡检 · Round | 一期计划巡检 · One planned round.
    """

    plan: Filled
    """计划 · Plan | plan.yaml 中的编号 · The key in plan.yaml"""
    kind: Annotated[str, Mark.HIDDEN]
    planned_for: date
    """计划日 · Planned for | 计划的日期 · The day it is planned for"""
    due: date
    """期限 · Due | 按时的最后一天 · The last day on time"""
    state: Annotated[RoundState, ("enum", ("overdue", "due", "upcoming"))]
    """状态 · State | 逾期、到期或未到 · Where it stands"""
    record: Annotated[str, Mark.HIDDEN]
    done_on: Annotated[date | None, Mark.HIDDEN]


@dataclass(frozen=True, slots=True)
class _Done:
    """A record of planned work that is finished; ``day`` is that of its window, or of its beginning."""

    record: str
    at: Instant
    on: date
    day: date


def due_work(
    plans: Iterable[Tenure[Plan]],
    inspections: Mapping[str, Inspection],
    tickets: Mapping[str, Ticket],
    states: Mapping[str, RecordState[Dated]],
    as_of: Instant,
    zone: ZoneInfo,
) -> tuple[DueWork, ...]:
    """Every round from the plan's start to :data:`HORIZON` after ``as_of``, by day and plan.

    Of the editions of the plan, the oldest first, a round counts by the one that stood when it was due,
    so that it is put off before that or not at all. Days are those of the contract's ``zone``. A round of inspection is done by a completed
    inspection that names its plan and its period (:func:`period_of`), of several rounds in a period
    by the one that was begun for it (:func:`rounds_begun`); a round of any other
    kind by the first resolved ticket of that kind whose window starts within ``due_within`` of
    the planned day, before or after. ``states`` are by id, and say what is finished by ``as_of``; the
    day is that of the claim. A record does one round only. A line of the plan whose
    rule is none (:func:`is_rule`) has no rounds; the rules of the check report it.
    """
    today = local_day(as_of, zone)
    inspected = _inspected(inspections.values(), states, zone)
    worked = _worked(tickets.values(), states, zone)
    taken: set[str] = set()
    listed = []
    planned = _planned(plans, today + HORIZON, zone)
    in_period: dict[tuple[str, str], list[date]] = {}
    for day, work in planned:
        in_period.setdefault((work.id, period_of(work.rule, day)), []).append(day)
    done_for = {
        (name, day): inspected[name, period][number]
        for (name, period), days in in_period.items()
        if (name, period) in inspected
        for day, number in rounds_begun(
            days, [done.day for done in inspected[name, period]]
        ).items()
    }
    for day, work in sorted(planned, key=lambda planned_day: (planned_day[0], planned_day[1].id)):
        if work.kind == "inspection":
            listed.append(_round(work, day, done_for.get((work.id, day)), today))
            continue
        candidates = [
            done for done in worked.get(work.kind, []) if abs(done.day - day) <= _span(work)
        ]
        done = next((candidate for candidate in candidates if candidate.record not in taken), None)
        if done:
            taken.add(done.record)
        listed.append(_round(work, day, done, today))
    return tuple(listed)


def _planned(
    plans: Iterable[Tenure[Plan]], until: date, zone: ZoneInfo
) -> list[tuple[date, PlannedWork]]:
    """The rounds of each edition that fell due while it stood, or that it made due at once.

    What was due before an edition it can neither take away nor add to.
    """
    found: dict[tuple[str, date], PlannedWork] = {}
    open_before: set[tuple[str, date]] = set()
    for tenure in plans:
        ends = until if tenure.until is None else min(until, local_day(tenure.until, zone))
        open_then: set[tuple[str, date]] = set()
        for work in tenure.value.work.values():
            for day in rounds(work, ends):
                named, over = (work.id, day), midnight(day + _span(work) + _DAY, zone)
                if tenure.until is not None and over > tenure.until:
                    open_then.add(named)
                elif tenure.covers(over) or named in open_before:
                    found.setdefault(named, work)
        open_before = open_then
    return [(day, work) for (_, day), work in found.items()]


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


def rounds_begun(days: Iterable[date], begun: Iterable[date]) -> dict[date, int]:
    """Which of the rounds that one period has were begun, each with its number among ``begun``.

    ``days`` are planned, ``begun`` those on which rounds were begun, in order. Each was begun for
    the last round that had come by its day and was not begun yet; where none had, for the next. So
    a round that was left out stays left out when the one after it is done.
    """
    found: dict[date, int] = {}
    for number, begun_day in enumerate(begun):
        free = [day for day in sorted(days) if day not in found]
        come = [day for day in free if day <= begun_day]
        if free:
            found[come[-1] if come else free[0]] = number
    return found


def rounds_in(work: PlannedWork, period: str) -> tuple[date, ...]:
    """The days of the rounds that a line of the plan has in a period; none where it is no period."""
    if not period[:4].isdecimal():
        return ()
    after = date(int(period[:4]) + 1, 1, 7)  # the last ISO week of a year ends in the next
    return tuple(day for day in rounds(work, after) if period_of(work.rule, day) == period)


def round_to_start(
    work: PlannedWork, begun: Mapping[str, Sequence[date]], as_of: Instant, zone: ZoneInfo
) -> DueWork | None:
    """The round to be done now, of which no inspection has begun yet.

    It is the last that was planned for today or earlier, unless it has begun; else the next one
    within :data:`HORIZON`. None where there is neither. ``begun`` has by period the days on which
    inspections of it were begun.
    """
    today = local_day(as_of, zone)
    days = rounds(work, today + HORIZON)
    taken = {
        day
        for period, begun_days in begun.items()
        for day in rounds_begun(
            [planned for planned in days if period_of(work.rule, planned) == period],
            sorted(begun_days),
        )
    }
    last = [day for day in days if day <= today][-1:]
    ahead = [day for day in days if day > today]
    free = (day for day in (*last, *ahead) if day not in taken)
    return next((_round(work, day, None, today) for day in free), None)


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
    move on (an interval of nought; both a count and an end; a part twice).
    """
    parts = text.split(";")
    keys = {part.partition("=")[0] for part in parts}
    if not all(_PART.fullmatch(part) for part in parts) or len(keys) < len(parts):
        return False
    if "FREQ" not in keys or {"COUNT", "UNTIL"} <= keys:
        return False
    try:
        rrulestr(text, dtstart=datetime(2026, 1, 1))  # noqa: DTZ001 - a day has no zone
    except ValueError:
        return False
    return True


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


def _span(work: PlannedWork) -> timedelta:
    return timedelta(seconds=work.due_within) // _DAY * _DAY


def _round(work: PlannedWork, day: date, done: _Done | None, today: date) -> DueWork:
    due = day + _span(work)
    if done:
        state: Literal["done", "done_late"] = "done" if done.on <= due else "done_late"
        return DueWork(work.id, work.kind, day, due, state, done.record, done.on)
    ahead: Literal["upcoming", "due", "overdue"] = (
        "upcoming" if today < day else "due" if today <= due else "overdue"
    )
    return DueWork(work.id, work.kind, day, due, ahead, "", None)


def _inspected(
    inspections: Iterable[Inspection], states: Mapping[str, RecordState[Dated]], zone: ZoneInfo
) -> Mapping[tuple[str, str], Sequence[_Done]]:
    found: dict[tuple[str, str], list[_Done]] = {}
    for inspection in inspections:
        finished = states[inspection.id].finished
        if finished is not None:
            at = finished.entry.at
            on = local_day(at, zone)
            found.setdefault((inspection.plan, inspection.period), []).append(
                _Done(inspection.id, at, on, local_day(inspection.log[0].at, zone))
            )
    return {key: sorted(done, key=_order) for key, done in found.items()}


def _worked(
    tickets: Iterable[Ticket], states: Mapping[str, RecordState[Dated]], zone: ZoneInfo
) -> Mapping[str, Sequence[_Done]]:
    found: dict[str, list[_Done]] = {}
    for ticket in tickets:
        if ticket.window is None:
            continue
        finished = states[ticket.id].finished
        if finished is not None:
            at = finished.entry.at
            day = local_day(ticket.window[0], zone)
            found.setdefault(ticket.kind, []).append(_Done(ticket.id, at, local_day(at, zone), day))
    return {kind: sorted(done, key=_order) for kind, done in found.items()}


def _order(done: _Done) -> tuple[date, Instant, str]:
    return (done.day, done.at, done.record)
