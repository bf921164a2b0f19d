"""Terms and working days that were changed when they had already begun (E106, E111): told, and not believed."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.history.contract_editions import CHANGE, changed, since_agreed
from weibao.language import N_
from weibao.rules.rule import Rule, Severity
from weibao.sla.calendar import WEEKDAYS
from weibao.sla.holidays import by_notice

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weibao.history.contract_editions import ContractEdition
    from weibao.model.contract import CalendarTerms
    from weibao.model.finding import Finding
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="E106",
        severity=Severity.WARNING,
        title=N_("Terms changed too late"),
        message=N_(
            "The service terms of {terms} were changed by {author} at {time}, when they were already in effect. That is not believed; had it been, {turned} verdicts would be others."
        ),
        help=N_(
            "Bring the terms back as they were, and add the new ones to `sla` as an item of its own whose `effective_from` is a day to come."
        ),
        why=N_(
            "A promise is known before it is due. Terms changed afterwards would judge work by rules that nobody had when it was done. Each clock runs by the terms that stood when it started; of several that may have stood, by the strictest."
        ),
        bad="sla:\n  - effective_from: 2026-11-01\n# commit 3ad51f0  2026-11-20T09:00:00+08:00\n",
        good="sla:\n  - effective_from: 2026-12-01\n# commit 3ad51f0  2026-11-20T09:00:00+08:00\n",
        facts=(*CHANGE, "terms", "turned"),
    ),
    Rule(
        code="E111",
        severity=Severity.WARNING,
        title=N_("Calendar changed too late"),
        message=N_(
            "Calendar “{calendar}” was changed by {author} at {time} for days that had already begun: {days}. That is not believed; had it been, {turned} verdicts would be others."
        ),
        help=N_(
            "Enter holidays and make-up days before they come, with the notice that they rest on. If the change was not agreed, bring the old hours back. To see it: {show}"
        ),
        why=N_(
            "Working time is what is left when the calendar has taken off the rest, so a holiday entered afterwards gives time that nobody had. Like terms (E106), days must stand in the contract before they begin. A public holiday that the notice has, and days that nobody had covered yet, may be entered later."
        ),
        bad=(
            "  overrides:\n"
            "    - {days: [2026-11-20], hours: [], why: 临时放假}\n"
            "# commit 3ad51f0  2026-11-23T09:00:00+08:00\n"
        ),
        good=(
            "  overrides:\n"
            "    - {days: [2026-11-20], hours: [], why: 临时放假}\n"
            "# commit 3ad51f0  2026-11-18T09:00:00+08:00\n"
        ),
        facts=(*CHANGE, "calendar", "days", "turned"),
    ),
)


def check_terms(facts: BookFacts) -> Iterator[Finding]:
    """Terms that were written, changed or taken out when they were in effect already.

    Those under which the first record was made were agreed, however late they came.
    """
    editions = since_agreed(facts.ledger.history, facts.agreed)
    for edition, terms, index in _late_terms(editions):
        keys: tuple[str | int, ...] = ("sla",) if index is None else ("sla", index)
        yield changed("E106", keys, edition, {"terms": terms, "turned": facts.turned})


def _late_terms(
    editions: Sequence[ContractEdition],
) -> Iterator[tuple[ContractEdition, str, int | None]]:
    """The edition, the day from which the terms take effect, and their place now, if they have one."""
    written = [edition.contract.data["sla"] for edition in editions]
    found: set[str] = set()
    for index, terms in enumerate(written[-1] if written else ()):
        first = next(place for place, listed in enumerate(written) if terms in listed)
        if first and editions[first].day >= date.fromisoformat(terms["effective_from"]):
            found.add(terms["effective_from"])
            yield editions[first], terms["effective_from"], index
    for place, (before, after) in enumerate(pairwise(written), 1):
        for terms in before:
            day = terms["effective_from"]
            if terms in after or terms in written[-1] or day in found:
                continue
            if editions[place].day >= date.fromisoformat(day):
                found.add(day)
                yield editions[place], day, None


FEW_RUNS = 4
"""As many runs of days are named one by one."""


Hours = tuple[str, tuple[str, ...]] | None
"""Zone and working hours of a day; None for a day of which the calendar says nothing."""


def check_calendars(facts: BookFacts) -> Iterator[Finding]:
    """Days whose hours are no longer what the contract said when they began, contract-local.

    But for what a shipped notice says, and days that nobody had covered. One finding for each calendar
    and each edition that made days what they are now.
    """
    editions = since_agreed(facts.ledger.history, facts.agreed)
    if len(editions) < 2:
        return
    names = {name for edition in editions for name in edition.contract.calendars}
    for name in sorted(names):
        versions = [edition.contract.calendars.get(name) for edition in editions]
        if all(version == versions[-1] for version in versions):
            continue
        days_of = _changed_late(versions, [edition.day for edition in editions])
        for place, days in days_of.items():
            shown = {"calendar": name, "days": _spoken(days), "turned": facts.turned}
            yield changed("E111", ("calendars", name), editions[place], shown)


def _changed_late(
    versions: Sequence[CalendarTerms | None], landed: Sequence[date]
) -> dict[int, list[date]]:
    """The days that changed after they began, by the place of the edition that last changed them."""
    found: dict[int, list[date]] = {}
    plans = [_plan(version) for version in versions]
    listed = [version for version in versions if version is not None]
    day = min(version.covers_from for version in listed)
    while day <= min(max(version.covers_to for version in listed), landed[-1]):
        began = max(bisect_left(landed, day) - 1, 0)
        hours = [_hours(version, plan, day) for version, plan in zip(versions, plans, strict=True)]
        # Of a day that nobody had covered nothing was promised by its hours.
        if hours[began] not in {None, hours[-1]} and not _noticed(day, hours[-1]):
            place = len(hours) - 1
            while hours[place - 1] == hours[-1]:
                place -= 1
            found.setdefault(place, []).append(day)
        day += timedelta(days=1)
    return found


def _noticed(day: date, hours: Hours) -> bool:
    return hours is not None and by_notice(day, hours[1])


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
    return {day: override.hours for override in overrides for day in override.days}


def _hours(
    calendar: CalendarTerms | None, overrides: dict[date, tuple[str, ...]], day: date
) -> Hours:
    if calendar is None or not calendar.covers_from <= day <= calendar.covers_to:
        return None
    weekly = calendar.hours.get(WEEKDAYS[day.weekday()], ())
    return calendar.zone.key, overrides.get(day, weekly)
