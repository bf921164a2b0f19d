"""What came in and what was closed in the months of a report, what was open, and what it was about.

Faults, consultations and requests that were not cancelled are counted, as the figures count them: complaints
and planned work are apart, and so is what was brought in from an old register.
"""

from __future__ import annotations

from collections import Counter, defaultdict
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
    from collections.abc import Callable, Iterable, Mapping, Sequence

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
        tickets: those that its own months count, month by month.
        imported: how many more of its own months were brought in from an old register.
        complaints: how many complaints were reported in its own months.
        own: of the report's own months together, under its name.
    """

    months: tuple[Flow, ...]
    days: tuple[Flow, ...]
    breakdowns: tuple[Breakdown, ...]
    week: tuple[WeekdayHours, ...]
    tickets: tuple[CountedTicket, ...]
    imported: int
    complaints: int
    own: Flow


@told_once
def traffic(report: PeriodReport) -> Traffic:
    """What came in and what was closed in a report's months."""
    months = months_shown(report)
    told = [counted_tickets(month) for month in months]
    flows = tuple(map(_flow, months, told))
    own = told[-len(report.months) :]
    return Traffic(
        months=flows,
        days=tuple(_by_day(report.months[0], own[0])) if len(report.months) == 1 else (),
        breakdowns=tuple(_breakdowns(told, len(report.months))),
        week=_week(ticket for month in own for ticket in month),
        tickets=tuple(ticket for month in own for ticket in month),
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


def _flow(month: ReportMonth, tickets: Iterable[CountedTicket]) -> Flow:
    told = Counter(word for ticket in tickets for word in ticket.words["flow"])
    return Flow(month.name, told["reported"], told["closed"], told["cancelled"], told["open"])


def _added(name: str, months: Sequence[Flow]) -> Flow:
    return Flow(
        name,
        sum(month.reported for month in months),
        sum(month.closed for month in months),
        sum(month.cancelled for month in months),
        months[-1].left_open,
    )


def _by_day(month: ReportMonth, tickets: Iterable[CountedTicket]) -> Iterable[Flow]:
    told = Counter(word for ticket in tickets for word in ticket.words["day"])
    for day in _ends(month):
        numbers = (told[f"{did}-{day}"] for did in ("reported", "closed", "cancelled", "open"))
        yield Flow(day.isoformat(), *numbers)


def _ends(month: ReportMonth) -> dict[date, Instant]:
    """The last instant of each day of a month, as far as it was over; the last of these is that of the month."""
    period, zone = period_of_month(month), month.book.zone
    day, last = local_day(period.start, zone), min(period.end, month.book.as_of)
    ends: dict[date, Instant] = {}
    while midnight(day, zone) < last:
        ends[day] = min(midnight(day + _DAY, zone), last)
        day += _DAY
    return ends


def _open_at(book: Book, instants: Sequence[Instant]) -> dict[Instant, set[str]]:
    """Which were open at each of these instants, which are in order.

    What was once reopened is asked of the Book of each instant; all else is open until it ended.
    """
    then = book.at(instants[-1])
    spans: list[tuple[str, Instant, Instant]] = []
    again: list[Ticket] = []
    for ticket in _own(then):
        state = then.states[ticket.id]
        if state.reopenings:
            again.append(ticket)
            continue
        ended = state.cancelled or state.closed
        # What has not ended is open for longer than any report tells of.
        end = ended.instant if ended else then.as_of + _TEN_YEARS
        spans.append((ticket.id, ticket.reported_at, end))
    return {
        instant: {ticket for ticket, begun, ended in spans if begun <= instant < ended}
        | {
            ticket.id
            for ticket in again
            if ticket.reported_at <= instant and not book.at(instant).states[ticket.id].ended
        }
        for instant in instants
    }


_BY: dict[str, Callable[[RegisterRow], tuple[str, ...]]] = {
    "kind": lambda row: (row.ticket.kind,),
    "severity": lambda row: ("" if row.severity is None else str(row.severity),),
    "channel": lambda row: (row.ticket.channel,),
    "site": lambda row: row.sites or ("",),
    "service": lambda row: row.services or ("",),
    "asset": lambda row: row.ticket.assets or ("",),
}
"""What tickets are told apart by; of what bears on several each counts."""


@dataclass(frozen=True, slots=True)
class CountedTicket:
    """A ticket that a month counts: by what it is told apart, its words; :data:`UNCODED` where it says none.

    ``flow`` says whether it was reported, closed or cancelled in the month, or open as it ended; ``day`` the same of
    each day; ``hour`` is the weekday and the band of hours of its report. What it is about it says if it was reported
    in the month, and what it came from if it was resolved in it.
    """

    row: RegisterRow
    words: Mapping[str, tuple[str, ...]]


def counted_tickets(month: ReportMonth) -> tuple[CountedTicket, ...]:
    """Every ticket that a month counts among what came and went, in the order of their reports."""
    book, period = month.book, period_of_month(month)
    words: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for ticket in _reported_in(month):
        _add(words[ticket.id], "reported", local_day(reported(book, ticket), book.zone))
        words[ticket.id]["hour"].append(_hour(book, ticket))
        for by, words_of in _BY.items():
            found = words_of(register_row(book, ticket))
            words[ticket.id][by] += [word or UNCODED for word in found]
    for ticket in _own(book):
        state = book.states[ticket.id]
        ended = state.cancelled or state.closed
        if ended is not None and period.has(ended.instant):
            how = "cancelled" if state.cancelled else "closed"
            _add(words[ticket.id], how, local_day(ended.instant, book.zone))
    ends = _ends(month)
    end = min(period.end, book.as_of)
    still = _open_at(book, list(dict.fromkeys((*ends.values(), end))))
    for day, instant in ends.items():
        for known in still[instant]:
            words[known]["day"].append(f"open-{day}")
    for known in still[end]:
        words[known]["flow"].append("open")
    for by, name in _CAUSES.items():
        for row in in_month(month, name).counted:
            words[row.record][by].append(row.group)
    tickets = book.records.tickets
    return tuple(
        CountedTicket(register_row(book, tickets[known]), _ordered(words[known]))
        for known in sorted(words, key=lambda known: (tickets[known].reported_at, known))
    )


def _add(words: dict[str, list[str]], how: str, day: date) -> None:
    words["flow"].append(how)
    words["day"].append(f"{how}-{day}")


def _ordered(words: Mapping[str, Sequence[str]]) -> Mapping[str, tuple[str, ...]]:
    return {by: tuple(words.get(by, ())) for by in ("flow", "day", "hour", *_BY, *_CAUSES)}


def _hour(book: Book, ticket: Ticket) -> str:
    local = datetime.fromtimestamp(reported(book, ticket), book.zone)
    return f"{local.isoweekday()}-{local.hour // BAND * BAND:02}"


_CAUSES = {"cause": "causes", "responsible": "responsible"}
"""What faults are told apart by that were resolved in a month, with the name of its figure."""


def _breakdowns(months: Sequence[Sequence[CountedTicket]], own: int) -> Iterable[Breakdown]:
    for by in (*_BY, *_CAUSES):
        counts = [
            Counter(
                "" if word == UNCODED else word for ticket in month for word in ticket.words[by]
            )
            for month in months
        ]
        yield _breakdown(by, counts, own)


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


def _week(tickets: Iterable[CountedTicket]) -> tuple[WeekdayHours, ...]:
    found = Counter(word for ticket in tickets for word in ticket.words["hour"])
    monday = date(2024, 1, 1)
    return tuple(
        WeekdayHours(
            monday + weekday * _DAY,
            tuple(found[f"{weekday + 1}-{hour:02}"] for hour in range(0, 24, BAND)),
        )
        for weekday in range(7)
    )
