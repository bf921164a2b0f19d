"""What came in and what was closed in the months of a report, what was open, and what it was about.

Faults, consultations and requests that were not cancelled are counted, as the figures count them: complaints
and planned work are apart, and so is what was brought in from an old register.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.instant import local_day, midnight
from weibao.model.ticket import COMPLAINT
from weibao.report.figures.causes import UNCODED
from weibao.report.papers.over_months import in_month, months_shown, period_of_month
from weibao.report.papers.period_report import told_once
from weibao.report.population import counted, reactive, reported
from weibao.report.register import register_row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book
    from weibao.report.papers.period_report import PeriodReport, ReportMonth
    from weibao.report.register import RegisterRow

BAND = 4
"""Hours of a band of the day."""

_DAY = timedelta(days=1)
_TEN_YEARS = 3660 * 86400


@dataclass(frozen=True, slots=True)
class Flow:
    """What came and went in a month, or on a day: ``name`` is ``2026-11`` or ``2026-11-20``; ``left_open`` is as it ended."""

    name: str
    reported: int
    closed: int
    cancelled: int
    left_open: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Tickets told apart by one thing: each of its words, "" where none is said, with how many in each month."""

    by: str
    rows: tuple[tuple[str, tuple[int, ...]], ...]

    @property
    def totals(self) -> tuple[int, ...]:
        """How many of each word in all months."""
        return tuple(sum(counts) for _, counts in self.rows)


@dataclass(frozen=True, slots=True)
class WeekdayHours:
    """How many were reported on a weekday, by bands of :data:`BAND` hours; ``day`` is one such day."""

    day: date
    by_band: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Traffic:
    """The tickets of a report.

    Attributes:
        months: of each month that stands in the report.
        days: of each day, of a report on one month; else nothing.
        breakdowns: what was reported, told apart.
        week: what was reported in the report's own months, by the hour of the week; Monday first.
        imported: how many more of its own months were brought in from an old register.
        complaints: how many complaints were reported in its own months.
        own: of the report's own months together, under its name.
    """

    months: tuple[Flow, ...]
    days: tuple[Flow, ...]
    breakdowns: tuple[Breakdown, ...]
    week: tuple[WeekdayHours, ...]
    imported: int
    complaints: int
    own: Flow


@told_once
def traffic(report: PeriodReport) -> Traffic:
    """What came in and what was closed in a report's months."""
    months = months_shown(report)
    came = [_reported_in(month) for month in months]
    own = list(zip(months, came, strict=True))[-len(report.months) :]
    flows = tuple(_flow(month) for month in months)
    return Traffic(
        months=flows,
        days=tuple(_by_day(report.months[0])) if len(report.months) == 1 else (),
        breakdowns=(
            *_breakdowns(months, came, len(report.months)),
            *_causes(months, len(report.months)),
        ),
        week=_week([(month.book, ticket) for month, tickets in own for ticket in tickets]),
        imported=sum(len(_reported_in(month, imported=True)) for month in report.months),
        complaints=sum(len(_complaints(month)) for month in report.months),
        own=_added(report.name, flows[-len(report.months) :]),
    )


def _imported(book: Book, ticket: Ticket) -> bool:
    return book.proofs[ticket.id].header_grade is Grade.IMPORTED


def _reported_in(month: ReportMonth, *, imported: bool = False) -> list[Ticket]:
    book, period = month.book, period_of_month(month)
    return [
        ticket
        for ticket in reactive(book)
        if period.has(reported(book, ticket)) and _imported(book, ticket) is imported
    ]


def _complaints(month: ReportMonth) -> list[Ticket]:
    book, period = month.book, period_of_month(month)
    return [
        ticket
        for ticket in book.records.tickets.values()
        if ticket.kind == COMPLAINT
        and period.has(reported(book, ticket))
        and book.states[ticket.id].cancelled is None
    ]


def _own(book: Book) -> list[Ticket]:
    """The tickets that are counted here, cancelled ones among them."""
    return [
        ticket
        for ticket in book.records.tickets.values()
        if counted(ticket) and not _imported(book, ticket)
    ]


def _flow(month: ReportMonth) -> Flow:
    book, period = month.book, period_of_month(month)
    end = min(period.end, book.as_of)
    states = [book.states[ticket.id] for ticket in _own(book)]
    closed = [state.closed.instant for state in states if state.closed and not state.cancelled]
    cancelled = [state.cancelled.instant for state in states if state.cancelled]
    return Flow(
        month.name,
        len(_reported_in(month)),
        sum(map(period.has, closed)),
        sum(map(period.has, cancelled)),
        _open_at(book, [end])[end],
    )


def _added(name: str, months: Sequence[Flow]) -> Flow:
    return Flow(
        name,
        sum(month.reported for month in months),
        sum(month.closed for month in months),
        sum(month.cancelled for month in months),
        months[-1].left_open,
    )


def _by_day(month: ReportMonth) -> Iterable[Flow]:
    book, period = month.book, period_of_month(month)
    zone, last = book.zone, min(period.end, book.as_of)
    came = Counter(local_day(reported(book, ticket), zone) for ticket in _reported_in(month))
    closed: Counter[date] = Counter()
    cancelled: Counter[date] = Counter()
    for ticket in _own(book):
        state = book.states[ticket.id]
        ended, counter = (state.cancelled, cancelled) if state.cancelled else (state.closed, closed)
        if ended is not None and period.has(ended.instant):
            counter[local_day(ended.instant, zone)] += 1
    ends: dict[date, Instant] = {}
    day = local_day(period.start, zone)
    while midnight(day, zone) < last:
        ends[day] = min(midnight(day + _DAY, zone), last)
        day += _DAY
    still = _open_at(book, list(ends.values()))
    for day, end in ends.items():
        yield Flow(day.isoformat(), came[day], closed[day], cancelled[day], still[end])


def _open_at(book: Book, instants: Sequence[Instant]) -> dict[Instant, int]:
    """How many were open at each of these instants, which are in order.

    What was once reopened is asked of the Book of each instant; all else is open until it ended.
    """
    then = book.at(instants[-1])
    spans: list[tuple[Instant, Instant]] = []
    again: list[Ticket] = []
    for ticket in _own(then):
        state = then.states[ticket.id]
        if state.reopenings:
            again.append(ticket)
            continue
        ended = state.cancelled or state.closed
        # What has not ended is open for longer than any report tells of.
        spans.append((ticket.reported_at, ended.instant if ended else then.as_of + _TEN_YEARS))
    return {
        instant: sum(begun <= instant < ended for begun, ended in spans)
        + sum(
            ticket.reported_at <= instant and not book.at(instant).states[ticket.id].ended
            for ticket in again
        )
        for instant in instants
    }


_BY: dict[str, Callable[[RegisterRow], tuple[str, ...]]] = {
    "ticket_kind": lambda row: (row.ticket.kind,),
    "severity": lambda row: ("" if row.severity is None else str(row.severity),),
    "channel": lambda row: (row.ticket.channel,),
    "site": lambda row: row.sites or ("",),
    "service": lambda row: row.services or ("",),
    "asset": lambda row: row.ticket.assets or ("",),
}
"""What tickets are told apart by; of what bears on several each counts."""


def _breakdowns(
    months: Sequence[ReportMonth], came: Sequence[Sequence[Ticket]], own: int
) -> Iterable[Breakdown]:
    rows = [
        [register_row(month.book, ticket) for ticket in tickets]
        for month, tickets in zip(months, came, strict=True)
    ]
    for by, words_of in _BY.items():
        yield _breakdown(
            by, [Counter(word for row in of for word in words_of(row)) for of in rows], own
        )


def _causes(months: Sequence[ReportMonth], own: int) -> Iterable[Breakdown]:
    """Faults that were resolved in a month, by what they came from and by who answers for them."""
    for by, name in (("cause", "causes"), ("responsible", "responsible")):
        found = [in_month(month, name).groups for month in months]
        yield _breakdown(
            by,
            [
                Counter(
                    {("" if word == UNCODED else word): part.tally.of for word, part in of.items()}
                )
                for of in found
            ],
            own,
        )


def _breakdown(by: str, counts: Sequence[Counter[str]], own: int) -> Breakdown:
    """What is most often said of the report's ``own`` months, the last of these, stands first; severities stand in their order.

    Of equipment only what these months name.
    """
    told = counts[-own:] if by == "asset" else counts
    words = {word for month in told for word in month if month[word]}

    def order(word: str) -> tuple[int, int, str]:
        if by == "severity":
            return 0, 0, word
        return (
            -sum(month[word] for month in counts[-own:]),
            -sum(month[word] for month in counts),
            word,
        )

    return Breakdown(
        by,
        tuple((word, tuple(month[word] for month in counts)) for word in sorted(words, key=order)),
    )


def _week(tickets: Iterable[tuple[Book, Ticket]]) -> tuple[WeekdayHours, ...]:
    found: Counter[tuple[int, int]] = Counter()
    for book, ticket in tickets:
        local = datetime.fromtimestamp(reported(book, ticket), book.zone)
        found[local.weekday(), local.hour // BAND] += 1
    monday = date(2024, 1, 1)
    return tuple(
        WeekdayHours(
            monday + weekday * _DAY,
            tuple(found[weekday, band] for band in range(24 // BAND)),
        )
        for weekday in range(7)
    )
