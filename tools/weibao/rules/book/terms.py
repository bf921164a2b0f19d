"""Terms and working days that were changed when they had already begun (E106, E111)."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, timedelta
from typing import TYPE_CHECKING

from weibao.history.contract_editions import CHANGE, CONTRACT, changed, contract_editions
from weibao.language import N_
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant, local_day
from weibao.model.yaml.strict import read_yaml
from weibao.rules.rule import Rule, Severity
from weibao.sla.calendar import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weibao.history.ledger import Ledger
    from weibao.model.contract import CalendarTerms
    from weibao.model.instant import Instant
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="E106",
        severity=Severity.ERROR,
        title=N_("Terms landed too late"),
        message=N_(
            "The service terms of {terms} landed at {landed}, when they were already in effect."
        ),
        help=N_(
            "Bring the terms back as they were, and add the new ones to `sla` as an item of its own whose `effective_from` is a day to come."
        ),
        why=N_(
            "A promise is known before it is due. Terms changed afterwards would judge work by rules that nobody had when it was done. Each ticket is judged by the terms in effect when it was reported."
        ),
        bad="sla:\n  - effective_from: 2026-11-01\n# commit 3ad51f0  2026-11-20T09:00:00+08:00\n",
        good="sla:\n  - effective_from: 2026-12-01\n# commit 3ad51f0  2026-11-20T09:00:00+08:00\n",
        facts=("terms", "landed"),
    ),
    Rule(
        code="E111",
        severity=Severity.WARNING,
        title=N_("Calendar changed too late"),
        message=N_(
            "Calendar “{calendar}” was changed by {author} at {time} for days that had already begun: {days}."
        ),
        help=N_(
            "Enter holidays and make-up days before they come, with the notice that they rest on. If the change was not agreed, bring the old hours back. To see it: {show}"
        ),
        why=N_(
            "Working time is what is left when the calendar has taken off the rest, so a holiday entered afterwards gives time that nobody had. Like terms (E106), days must stand in the contract before they begin; a sudden holiday that both sides know of stays as a warning that says so."
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
        facts=(*CHANGE, "calendar", "days"),
    ),
)


def check_terms(facts: BookFacts) -> Iterator[Finding]:
    """Terms must have landed, word for word as they stand, before they take effect.

    Those in effect when ``evidence.since`` begins may have been imported: they must have come with
    the first contract, so that editing them afterwards is found as well.
    """
    landings, contract = _landings_of_terms(facts.ledger), facts.records.contract
    if not landings:
        return
    began = min(landed for landed, _ in landings)
    since = contract.evidence.since
    imported_until = local_day(since, contract.zone) if since is not None else date.min
    for index, terms in enumerate(contract.data["sla"]):
        landed = min((at for at, written in landings if terms in written), default=None)
        if landed is None:
            continue
        effective = date.fromisoformat(terms["effective_from"])
        imported = landed == began and effective <= imported_until
        if not imported and local_day(landed, contract.zone) >= effective:
            shown = {
                "terms": terms["effective_from"],
                "landed": format_instant(landed, contract.zone),
            }
            yield Finding("E106", Place(CONTRACT, keys=("sla", index)), "", shown)


def _landings_of_terms(ledger: Ledger) -> list[tuple[Instant, list[object]]]:
    """When each version of the contract came to the official branch, and the terms in it."""
    history = ledger.history
    found: list[tuple[Instant, list[object]]] = []
    for change in history.changes:
        if change.path == CONTRACT and change.after is not None:
            document, _ = read_yaml(CONTRACT, history.blobs[change.after])
            written = document.data.get("sla") if document else None
            if isinstance(written, list):
                found.append((history.time[history.landing[change.commit]], written))
    return found


FEW_RUNS = 4
"""As many runs of days are named one by one."""


Hours = tuple[str, tuple[str, ...]] | None
"""Zone and working hours of a day; None for a day of which the calendar says nothing."""


def check_calendars(facts: BookFacts) -> Iterator[Finding]:
    """Days whose hours are no longer what the contract said when they began, contract-local.

    Days before the first edition came with it, as an import. One finding for each calendar and each
    edition that made days what they are now.
    """
    editions = contract_editions(facts.ledger.history)
    if len(editions) < 2:
        return
    for name, now in editions[-1].contract.calendars.items():
        versions = [edition.contract.calendars.get(name) for edition in editions]
        if all(version == now for version in versions):
            continue
        for place, days in _changed_late(
            now, versions, [edition.day for edition in editions]
        ).items():
            shown = {"calendar": name, "days": _spoken(days)}
            yield changed("E111", ("calendars", name), editions[place], shown)


def _changed_late(
    now: CalendarTerms, versions: Sequence[CalendarTerms | None], landed: Sequence[date]
) -> dict[int, list[date]]:
    """The days that changed after they began, by the place of the edition that last changed them."""
    found: dict[int, list[date]] = {}
    plans = [_plan(version) for version in versions]
    day = now.covers_from
    while day <= now.covers_to:
        began = max(bisect_left(landed, day) - 1, 0)
        # Nothing was promised by a calendar that was not there when the day began.
        if versions[began] is not None:
            hours = [
                _hours(version, plan, day) for version, plan in zip(versions, plans, strict=True)
            ]
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
    return {day: override.hours for override in overrides for day in override.days}


def _hours(
    calendar: CalendarTerms | None, overrides: dict[date, tuple[str, ...]], day: date
) -> Hours:
    if calendar is None or not calendar.covers_from <= day <= calendar.covers_to:
        return None
    weekly = calendar.hours.get(WEEKDAYS[day.weekday()], ())
    return calendar.zone.key, overrides.get(day, weekly)
