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
from weibao.report.population import over_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from weibao.model.entry import Entry
    from weibao.model.inspection import CheckResults
    from weibao.operations.planned import DueWork
    from weibao.report.asset_file import MeasuredItem, RoundReading
    from weibao.report.book import Book
    from weibao.report.papers.period_report import PeriodReport

UNSEEN = timedelta(days=92)
"""So long not looked at, a quarter, a piece of equipment is listed."""

LAST = 3
"""How many readings in a row make a trend."""

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
        inspection: in which it was skipped; "" where nobody said anything.
        items: how many items were left; ``reason`` why, "" where nothing says it.
    """

    plan: str
    day: date
    inspection: str
    asset: str
    items: int
    reason: str


class Course(StrEnum):
    """Where measured values go."""

    RISING = "rising"
    FALLING = "falling"


@dataclass(frozen=True, slots=True)
class TrendTold:
    """What was measured of an item on a piece of equipment: the last readings, oldest first; ``course`` where all go one way."""

    asset: str
    item: str
    unit: str
    last: tuple[RoundReading, ...]
    course: Course | None


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
        measured: how many values were measured on how many pieces, of which ``trends`` tells those that go one
            way or were not well.
        unseen: equipment under maintenance that nobody looked at for a quarter.
    """

    planned: bool
    rounds: tuple[RoundTold, ...]
    found: tuple[tuple[str, Entry], ...]
    left_out: tuple[LeftOut, ...]
    measured: int
    trends: tuple[TrendTold, ...]
    unseen: tuple[Unseen, ...]


def report_rounds(report: PeriodReport, told: Book) -> ReportRounds:
    """The rounds of a report's months; ``told`` is the edition whose words are told."""
    book, inspections = report.book, told.records.inspections
    works = [work for work in over_in(book, report.period) if work.kind == "inspection"]
    logs = {
        record: [entry for entry in inspections[record].log if entry.at <= book.as_of]
        for work in works
        for record in work.records
    }
    checks = [
        (record, entry) for record, log in logs.items() for entry in log if entry.event == "checked"
    ]
    readings = list(_readings(report, told))
    return ReportRounds(
        planned=any(work.kind == "inspection" for work in book.records.plan.work.values()),
        rounds=tuple(
            RoundTold(
                work, check_results(entry for record in work.records for entry in logs[record])
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
        unseen=tuple(_unseen(report)),
    )


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
        yield LeftOut(work.plan, work.planned_for, record, asset, len(items), reason)


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
                yield _trend(asset, item, found)


def _trend(asset: str, item: MeasuredItem, found: Sequence[RoundReading]) -> TrendTold:
    last = tuple(found[-LAST:])
    values = [float(reading.value) for reading in last]
    steps = list(pairwise(values)) if len(values) == LAST else []
    course = None
    if steps and all(before < after for before, after in steps):
        course = Course.RISING
    elif steps and all(before > after for before, after in steps):
        course = Course.FALLING
    return TrendTold(asset, item.item, item.unit, last, course)


def _not_well(readings: Iterable[RoundReading]) -> bool:
    *_, last = readings
    return last.status in _NOT_WELL


def _unseen(report: PeriodReport) -> Iterator[Unseen]:
    """By the whole record: an entry that is internal shows as well that somebody was there."""
    book = report.book
    last_day = local_day(min(report.period.end, book.as_of) - 1, book.zone)
    checks = _checks(book)
    for asset in sorted(book.records.assets.values(), key=lambda asset: asset.id):
        seen = [
            local_day(entry.at, book.zone)
            for _, entry in checks.get(asset.id, ())
            if entry.at < report.period.end
        ]
        last = max(seen, default=None)
        since = last or max(asset.covered_from, book.records.contract.start)
        if asset.covered_from <= last_day <= asset.covered_to and last_day - since > UNSEEN:
            yield Unseen(asset.id, last, (last_day - since).days)
