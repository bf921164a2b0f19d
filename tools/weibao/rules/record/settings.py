"""Settings that contradict themselves: in the calendars, the rota, the equipment and the plan (R22x)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.amendments import place_of_value
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant, parse_instant
from weibao.model.yaml.document import dotted
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.plan import PlannedWork
    from weibao.model.yaml.document import Keys
    from weibao.rules.facts import FileFacts

CONTRACT = "records/contract.yaml"
DUTY = "records/duty.yaml"
ASSETS = "records/assets.yaml"
PLAN = "records/plan.yaml"
CONFIGURATION = (CONTRACT, DUTY, ASSETS, PLAN, "records/staff.yaml")

ROWS = (
    Rule(
        code="R221",
        severity=Severity.ERROR,
        title=N_("Ends before it begins"),
        message=N_("“{key}” begins at {from} and ends at {to}, which is no time at all."),
        help=N_(
            "Put the earlier of the two first, or correct the one that is wrong; in a ticket that has landed with `weibao ticket amend`."
        ),
        why=N_(
            "What ends before it begins never holds, and nothing says so: a calendar covers no day and no promise on it can be judged, a stand-in stands in for nobody, planned work has no window."
        ),
        bad="covers: {from: 2026-12-31, to: 2026-01-01}\n",
        good="covers: {from: 2026-01-01, to: 2026-12-31}\n",
        facts=("key", "from", "to"),
    ),
    Rule(
        code="R222",
        severity=Severity.WARNING,
        title=N_("Holiday outside the calendar"),
        message=N_(
            "Calendar “{calendar}” names days that it does not cover, so that they change nothing: {days}."
        ),
        help=N_(
            "Extend `covers`, so that the calendar holds on these days, or correct or take out the days."
        ),
        why=N_(
            "A calendar says nothing of days that it does not cover. A holiday or make-up day entered there looks as if it counted, and counts for nothing; mostly the year is wrong, or the calendar was not extended."
        ),
        bad=(
            "covers: {from: 2026-01-01, to: 2026-12-31}\n"
            "overrides: [{days: [2027-01-01], hours: [], why: 元旦}]\n"
        ),
        good=(
            "covers: {from: 2026-01-01, to: 2027-12-31}\n"
            "overrides: [{days: [2027-01-01], hours: [], why: 元旦}]\n"
        ),
        facts=("calendar", "days"),
    ),
    Rule(
        code="R223",
        severity=Severity.ERROR,
        title=N_("One day with two kinds of hours"),
        message=N_("Calendar “{calendar}” gives {days} different hours in two places."),
        help=N_("Leave each day in one entry of `overrides` only: as a holiday or with its hours."),
        why=N_(
            "A day is a holiday or a working day. Where it is both, the later line would silently decide what was promised, and two readers of the contract would reckon two due times."
        ),
        bad=(
            "overrides:\n"
            '  - {days: [2026-11-21], hours: ["09:00-18:00"], why: 调休}\n'
            "  - {days: [2026-11-21], hours: [], why: 放假}\n"
        ),
        good='overrides: [{days: [2026-11-21], hours: ["09:00-18:00"], why: 调休}]\n',
        facts=("calendar", "days"),
    ),
    Rule(
        code="R224",
        severity=Severity.WARNING,
        title=N_("Round that some periods do not have"),
        message=N_(
            "“{plan}” falls on a day that some periods do not have, and is left out in them: {periods}."
        ),
        help=N_(
            "For the last day of every month write: FREQ=MONTHLY;BYMONTHDAY=-1. Otherwise choose a day that every month has."
        ),
        why=N_(
            "A rule that recurs on the 31st has no round in a month of 30 days, by the standard of such rules (RFC 5545, section 3.3.10). A monthly round that is done seven times a year keeps no promise of monthly rounds (requirement 31)."
        ),
        bad="start: 2026-01-31\nrule: FREQ=MONTHLY\n",
        good="start: 2026-01-31\nrule: FREQ=MONTHLY;BYMONTHDAY=-1\n",
        facts=("plan", "periods"),
    ),
    Rule(
        code="R225",
        severity=Severity.WARNING,
        title=N_("Two stand-ins at once"),
        message=N_("{person} and {other} both stand in on the rota “{rota}” from {from} to {to}."),
        help=N_("Let one stand-in end when the other begins, or take one out."),
        why=N_(
            "One person has the duty at a time (requirement 6). Where two stand in at once each may think that the other answers, and the later line decides without anybody having said so."
        ),
        bad=(
            "overrides:\n"
            "  - {rota: desk, from: 2026-11-22T08:00:00+08:00, to: 2026-11-22T20:00:00+08:00, by: sun-yu}\n"
            "  - {rota: desk, from: 2026-11-22T19:00:00+08:00, to: 2026-11-23T08:00:00+08:00, by: wang-lei}\n"
        ),
        good=(
            "overrides: [\n"
            "  {rota: desk, from: 2026-11-22T08:00:00+08:00, to: 2026-11-22T20:00:00+08:00, by: sun-yu},\n"
            "  {rota: desk, from: 2026-11-22T20:00:00+08:00, to: 2026-11-23T08:00:00+08:00, by: wang-lei},\n"
            "]\n"
        ),
        facts=("person", "other", "rota", "from", "to"),
    ),
    Rule(
        code="R226",
        severity=Severity.WARNING,
        title=N_("Equipment listed twice"),
        message=N_(
            "“{asset}” has the vendor, model and serial number of “{other}”: {vendor} {model} {serial}."
        ),
        help=N_(
            "If they are one piece, take one out and refer to the other. If they are two, correct the serial number by the label on the device."
        ),
        why=N_(
            "A serial number belongs to one piece. Listed twice, its faults are spread over two histories, repeated faults are not seen, and it counts twice in every figure on equipment."
        ),
        bad=(
            'core-sw-01: {vendor: H3C, model: S10508X, serial: "210235A1"}\n'
            'core-sw-02: {vendor: H3C, model: S10508X, serial: "210235A1"}\n'
        ),
        good=(
            'core-sw-01: {vendor: H3C, model: S10508X, serial: "210235A1"}\n'
            'core-sw-02: {vendor: H3C, model: S10508X, serial: "210235A2"}\n'
        ),
        facts=("asset", "other", "vendor", "model", "serial"),
    ),
)


def check_spans(facts: FileFacts) -> Iterator[Finding]:
    """Everything in the configuration, and every window, that goes from one day or instant to an earlier one."""
    for path in CONFIGURATION:
        if data := facts.data(path):
            for keys, begins, ends in _spans(data, ()):
                if _is_reversed(begins, ends):
                    shown = {"key": dotted(keys), "from": begins, "to": ends}
                    yield Finding("R221", Place(path, keys=keys), "", shown)
    yield from _windows(facts)


def _windows(facts: FileFacts) -> Iterator[Finding]:
    """Windows of planned work in which there is no time."""
    for ticket in facts.records.tickets.values():
        if ticket.window is not None and ticket.window[1] <= ticket.window[0]:
            zone = facts.records.contract.zone
            begins, ends = (format_instant(edge, zone) for edge in ticket.window)
            place = Place(ticket.path, keys=place_of_value(ticket, ("window",)))
            yield Finding("R221", place, ticket.id, {"key": "window", "from": begins, "to": ends})


def check_calendars(facts: FileFacts) -> Iterator[Finding]:
    """Days of a calendar that it does not cover, and days that have two kinds of hours."""
    if not facts.asked(CONTRACT):
        return
    for calendar in facts.records.contract.calendars.values():
        hours: dict[date, tuple[str, ...]] = {}
        outside: list[str] = []
        twice: list[str] = []
        for override in calendar.overrides:
            for day in override.days:
                if not calendar.covers_from <= day <= calendar.covers_to:
                    outside.append(day.isoformat())
                if sorted(hours.setdefault(day, override.hours)) != sorted(override.hours):
                    twice.append(day.isoformat())
        place = Place(CONTRACT, keys=("calendars", calendar.id, "overrides"))
        # Of a calendar that covers nothing, every day is outside; that is told of its span.
        if outside and calendar.covers_from <= calendar.covers_to:
            yield Finding("R222", place, "", {"calendar": calendar.id, "days": tuple(outside)})
        if twice:
            days = tuple(dict.fromkeys(twice))
            yield Finding("R223", place, "", {"calendar": calendar.id, "days": days})


def check_short_periods(facts: FileFacts) -> Iterator[Finding]:
    """Lines of the plan that some of their months or years have no round of."""
    if not facts.asked(PLAN):
        return
    for work in facts.records.plan.work.values():
        if missing := _periods_left_out(work):
            shown = {"plan": work.id, "periods": missing}
            yield Finding("R224", Place(PLAN, keys=("plan", work.id, "rule")), "", shown)


def check_stand_ins(facts: FileFacts) -> Iterator[Finding]:
    """Pairs of stand-ins that have one rota at one time."""
    if not facts.asked(DUTY):
        return
    zone = facts.records.contract.zone
    numbered = enumerate(facts.records.duty.stand_ins)
    for (_, first), (number, second) in combinations(numbered, 2):
        begins, ends = max(first.start, second.start), min(first.end, second.end)
        if first.rota == second.rota and first.by != second.by and begins < ends:
            shown = {
                "person": first.by,
                "other": second.by,
                "rota": first.rota,
                "from": format_instant(begins, zone),
                "to": format_instant(ends, zone),
            }
            yield Finding("R225", Place(DUTY, keys=("overrides", number)), "", shown)


def check_assets(facts: FileFacts) -> Iterator[Finding]:
    """Equipment that is listed under two names."""
    if not facts.asked(ASSETS):
        return
    listed: dict[tuple[str, ...], str] = {}
    for asset in facts.records.assets.values():
        plate = (asset.vendor, asset.model, asset.serial)
        if not asset.serial:
            continue
        other = listed.setdefault(
            tuple("".join(text.split()).casefold() for text in plate), asset.id
        )
        if other != asset.id:
            named = dict(zip(("vendor", "model", "serial"), plate, strict=True))
            shown = {"asset": asset.id, "other": other, **named}
            yield Finding("R226", Place(ASSETS, keys=("assets", asset.id)), "", shown)


def _spans(value: Any, keys: Keys) -> Iterator[tuple[Keys, str, str]]:
    """Every pair of a beginning and an end, with the way to it."""
    if isinstance(value, dict):
        for first, last in (("from", "to"), ("start", "end")):
            begins, ends = value.get(first), value.get(last)
            if isinstance(begins, str) and isinstance(ends, str):
                yield keys, begins, ends
        for key, element in value.items():
            yield from _spans(element, (*keys, key))
    elif isinstance(value, list):
        for index, element in enumerate(value):
            yield from _spans(element, (*keys, index))


def _is_reversed(begins: str, ends: str) -> bool:
    """Whether nothing lies between: the last day is part of a span of days, the last instant is not."""
    try:
        if len(begins) == len(ends) == len("2026-01-01"):
            return date.fromisoformat(ends) < date.fromisoformat(begins)
        return parse_instant(ends) <= parse_instant(begins)
    except ValueError:
        return False


def _periods_left_out(work: PlannedWork) -> tuple[str, ...]:
    """Months, or years, between the first round and the last that have no round on one of the rule's days."""
    # Not even loaded for a ticket: who saves one waits for its check.
    from weibao.operations.planned import rule_parts

    parts = rule_parts(work.rule)
    days = parts.get("BYMONTHDAY", "")
    if "BYSETPOS" in parts or "," not in days:
        return _steps_left_out(work)
    one_day = (work.rule.replace(days, day) for day in days.split(","))
    left_out = {period for rule in one_day for period in _steps_left_out(replace(work, rule=rule))}
    return tuple(sorted(left_out))


def _steps_left_out(work: PlannedWork) -> tuple[str, ...]:
    """Months, or years, between the first round and the last that the rule steps on and has no round in."""
    from weibao.operations.planned import first_rounds, is_rule, rule_parts

    parts = rule_parts(work.rule)
    step = {"MONTHLY": 1, "YEARLY": 12}.get(parts.get("FREQ", ""), 0) * int(
        parts.get("INTERVAL", "1")
    )
    days = first_rounds(work, date.max) if step and is_rule(work.rule) else ()
    had = {_month(day) for day in days}
    if step >= 12:
        had = {month // 12 * 12 for month in had}
    months = parts["BYMONTH"].split(",") if step < 12 and "BYMONTH" in parts else ()
    first = _month(work.start) if step < 12 else _month(work.start) // 12 * 12
    left_out = (
        month
        for month in range(first, max(had, default=first), step or 1)
        if month > min(had) and month not in had and (not months or str(month % 12 + 1) in months)
    )
    return tuple(
        f"{month // 12:04}-{month % 12 + 1:02}" if step < 12 else f"{month // 12:04}"
        for month in left_out
    )[:4]


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1
