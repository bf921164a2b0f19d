"""The rounds of inspection of a report: what was looked at, what was found, and what nobody looked at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.model.inspection import check_results
from weibao.model.instant import local_day
from weibao.report.asset_file import measured_items
from weibao.report.papers.period_report import told_once
from weibao.report.population import over_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from weibao.model.entry import Entry
    from weibao.model.inspection import CheckResults
    from weibao.model.instant import Instant
    from weibao.operations.planned import DueWork
    from weibao.report.asset_file import MeasuredItem, RoundReading
    from weibao.report.book import Book
    from weibao.report.papers.period_report import PeriodReport

UNSEEN = timedelta(days=92)
"""So long not looked at, a quarter, a piece of equipment is listed."""

LAST = 4
"""So many readings in a row that all go one way make a trend."""

_NOT_WELL = frozenset({"warning", "failed"})


@dataclass(frozen=True, slots=True)
class RoundTold:
    """A round of the plan, and how what was looked at came out."""

    work: DueWork
    results: CheckResults

    @property
    def warnings(self) -> int:
        """How many items came out with a warning."""
        return self.results.by_status["warning"]

    @property
    def failures(self) -> int:
        """How many items failed."""
        return self.results.by_status["failed"]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece of equipment of a round of which something was not looked at.

    Attributes:
        inspection: in which it was skipped, as far as that is told; "" for none.
        items: how many items were left; ``reason`` why, "" where nothing that is told says it.
        skipped: whether somebody skipped it, whoever is told of that.
    """

    plan: str
    day: date
    inspection: str
    asset: str
    items: int
    reason: str
    skipped: bool


class Drift(StrEnum):
    """Where measured values go."""

    RISING = "rising"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class TrendTold:
    """What was measured of an item on a piece of equipment: the last readings, oldest first.

    ``course`` is that of all of them, where it leads towards a limit of the item.
    """

    asset: str
    item: str
    unit: str
    last: tuple[RoundReading, ...]
    course: Drift | None


@dataclass(frozen=True, slots=True)
class Unseen:
    """A piece of equipment that was not looked at for long: when last, None for never, and for how many days."""

    asset: str
    last: date | None
    days: int


@dataclass(frozen=True, slots=True)
class ReportRounds:
    """The rounds of inspection of a report.

    Attributes:
        planned: whether the plan has any inspection at all.
        rounds: those whose last day on time was in the report's months.
        found: what failed or gave a warning in them, each with its inspection, in order of time.
        left_out: what nobody looked at.
        measured: how many items were measured, piece by piece, of which ``trends`` tells those that go towards a
            limit or were not well when last measured.
        unseen: equipment that rounds are to look at and that nobody did for a quarter.
        unplanned: how many pieces under maintenance no round has been to look at.
    """

    planned: bool
    rounds: tuple[RoundTold, ...]
    found: tuple[tuple[str, Entry], ...]
    left_out: tuple[LeftOut, ...]
    measured: int
    trends: tuple[TrendTold, ...]
    unseen: tuple[Unseen, ...]
    unplanned: int


@told_once
def report_rounds(report: PeriodReport, told: Book) -> ReportRounds:
    """The rounds of a report's months; ``told`` is the edition whose words are told."""
    book = report.book
    works = [work for work in over_in(book, report.period) if work.kind == "inspection"]
    logs, whole = _logs(told, works, book.as_of), _logs(book, works, book.as_of)
    checks = [
        (record, entry) for record, log in logs.items() for entry in log if entry.event == "checked"
    ]
    readings = list(_readings(report, told))
    looked_after = {
        asset for work in book.due_work if work.coverage for asset in work.coverage.promised
    }
    covered = list(_covered(report))
    return ReportRounds(
        planned=any(work.kind == "inspection" for work in book.records.plan.work.values()),
        rounds=tuple(
            RoundTold(
                work, check_results(entry for record in work.records for entry in whole[record])
            )
            for work in works
        ),
        found=tuple(
            sorted(
                (check for check in checks if check[1].data["status"] in _NOT_WELL),
                key=lambda check: (check[1].at, check[0], check[1].index),
            )
        ),
        left_out=tuple(left for work in works for left in _left_out(work, logs)),
        measured=len(readings),
        trends=tuple(trend for trend in readings if trend.course or _not_well(trend.last)),
        unseen=tuple(_unseen(report, [key for key in covered if key in looked_after])),
        unplanned=sum(key not in looked_after for key in covered),
    )


def _logs(book: Book, works: Iterable[DueWork], as_of: Instant) -> dict[str, list[Entry]]:
    """By inspection of these rounds, its entries up to an instant."""
    inspections = book.records.inspections
    return {
        record: [entry for entry in inspections[record].log if entry.at <= as_of]
        for work in works
        for record in work.records
    }


def _left_out(work: DueWork, logs: dict[str, list[Entry]]) -> Iterator[LeftOut]:
    if work.coverage is None:
        return
    skipped = {
        entry.data["asset"]: (record, entry.data["reason"])
        for record in work.records
        for entry in logs[record]
        if entry.event == "skipped"
    }
    for asset, items in work.coverage.left.items():
        record, reason = skipped.get(asset, ("", ""))
        skip = asset in work.coverage.skipped
        yield LeftOut(work.plan, work.planned_for, record, asset, len(items), reason, skip)


def _checks(told: Book) -> dict[str, list[tuple[str, Entry]]]:
    """By asset, every check with its inspection."""
    found: dict[str, list[tuple[str, Entry]]] = {}
    for inspection in told.records.inspections.values():
        for entry in inspection.log:
            if entry.event == "checked":
                found.setdefault(entry.data["asset"], []).append((inspection.id, entry))
    return found


def _readings(report: PeriodReport, told: Book) -> Iterator[TrendTold]:
    """What was measured in the report's months, each with the readings before it."""
    for asset, checks in sorted(_checks(told).items()):
        before = [check for check in checks if check[1].at < report.period.end]
        for item in measured_items(before):
            found = [reading for reading in item.found if not isinstance(reading.value, str)]
            if found and report.period.has(found[-1].at):
                yield _trend(asset, item, found, _limits(report.book, item.item))


def _limits(book: Book, item: str) -> frozenset[Drift]:
    """Which ways an item of the checklists has a limit."""
    items = [
        known
        for items in book.records.plan.checklists.values()
        for known in items
        if known.item == item
    ]
    above = any(
        known.warning_above is not None or known.failed_above is not None for known in items
    )
    below = any(
        known.warning_below is not None or known.failed_below is not None for known in items
    )
    return frozenset([Drift.RISING] * above + [Drift.FALLING] * below)


def _trend(
    asset: str, item: MeasuredItem, found: Sequence[RoundReading], limits: frozenset[Drift]
) -> TrendTold:
    last = tuple(found[-LAST:])
    values = [float(reading.value) for reading in last]
    steps = list(pairwise(values)) if len(values) == LAST else []
    course = None
    if steps and all(before < after for before, after in steps):
        course = Drift.RISING
    elif steps and all(before > after for before, after in steps):
        course = Drift.FALLING
    course = course if course in limits else None
    return TrendTold(asset, item.item, item.unit, last, course)


def _not_well(readings: Iterable[RoundReading]) -> bool:
    *_, last = readings
    return last.status in _NOT_WELL


def _last_day(report: PeriodReport) -> date:
    return local_day(min(report.period.end, report.book.as_of) - 1, report.book.zone)


def _covered(report: PeriodReport) -> Iterator[str]:
    """The equipment that is under maintenance as the period ends."""
    for asset in sorted(report.book.records.assets.values(), key=lambda asset: asset.id):
        if asset.covered_from <= _last_day(report) <= asset.covered_to:
            yield asset.id


def _unseen(report: PeriodReport, assets: Iterable[str]) -> Iterator[Unseen]:
    """By the whole record: a check that is internal shows as well that somebody was there."""
    book, last_day = report.book, _last_day(report)
    checks = _checks(book)
    for asset in assets:
        seen = [
            local_day(entry.at, book.zone)
            for _, entry in checks.get(asset, ())
            if entry.at < report.period.end
        ]
        last = max(seen, default=None)
        covered_from = book.records.assets[asset].covered_from
        since = last or max(covered_from, book.records.contract.start)
        if last_day - since > UNSEEN:
            yield Unseen(asset, last, (last_day - since).days)
