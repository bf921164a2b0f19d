"""The register: every ticket with all that it is looked up by, month by month."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from weibao.history.proven import Grade, worst
from weibao.model.events import TARGETS
from weibao.model.instant import local_day, local_month
from weibao.sla.verdict import Outcome, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book

GRAVEST_FIRST = (
    Outcome.BREACHED,
    Outcome.AT_RISK,
    Outcome.UNDETERMINED,
    Outcome.RUNNING,
    Outcome.MET,
    Outcome.WAIVED,
    Outcome.CANCELLED,
)
PAUSED = "paused"
STANDINGS = tuple(
    word
    for outcome in GRAVEST_FIRST
    for word in ((outcome.value, PAUSED) if outcome is Outcome.RUNNING else (outcome.value,))
)
"""The words for how the promises of a ticket stand, the gravest first."""

LATEST = 50
"""So many tickets a view shows before anything was asked."""

_CHOSEN = timedelta(days=3660)
"""Weeks and months are offered so far from the Book's instant: a slip in a year must not offer a century of them."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A ticket in the register.

    Attributes:
        at: from when it is open: its report; of planned work the beginning of its window, where it has one.
        month: the contract-local month of its report, of planned work too: in it, it is listed and counted.
        until: to when it is known to have been open: its end; of what goes on the Book's instant, and of planned
            work at least the end of its window. What was reopened was open in between.
        state: its state, a word of the table of events.
        severity: the one in force, None for planned work.
        paused: whether work on it stands still.
        outcome: the gravest of its verdicts, None without any.
        clocks_paused: whether that is running, and every clock that is stands still.
        missed: the targets that were missed.
        grade: the worst grade of its verdicts, None without any.
        services: those that rest on its equipment, and those that it says it bears on, by id.
        sites: where its equipment stands, by id.
        owner: whose it is, or was when it ended; "" for nobody.
    """

    ticket: Ticket
    at: Instant
    month: str
    until: Instant
    state: str
    severity: int | None
    paused: bool
    outcome: Outcome | None
    clocks_paused: bool
    missed: tuple[str, ...]
    grade: Grade | None
    services: tuple[str, ...]
    sites: tuple[str, ...]
    owner: str

    @property
    def standing(self) -> str:
        """The word for the outcome, of clocks that stand still ``paused``; "" without any."""
        if self.outcome is None:
            return ""
        return PAUSED if self.clocks_paused else self.outcome.value


@dataclass(frozen=True, slots=True)
class RegisterMonth:
    """The rows of a month, the latest first: faults, questions and requests, and planned work."""

    month: str
    reactive: tuple[RegisterRow, ...]
    planned: tuple[RegisterRow, ...]

    @property
    def rows(self) -> tuple[RegisterRow, ...]:
        """The rows of both kinds."""
        return (*self.reactive, *self.planned)

    @property
    def since(self) -> Instant:
        """From when any of them is open."""
        return min(row.at for row in self.rows)

    @property
    def until(self) -> Instant:
        """To when any of them is known to have been open."""
        return max(row.until for row in self.rows)


@dataclass(frozen=True, slots=True, order=True)
class Week:
    """A week from Monday to Sunday, both of them in it."""

    first: date

    @classmethod
    def of(cls, day: date) -> Week:
        """The one that a day is in."""
        return cls(day - timedelta(days=day.weekday()))

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + timedelta(days=6)

    @property
    def name(self) -> str:
        """As ISO 8601 calls it: ``2026-W46``."""
        year, week, _ = self.first.isocalendar()
        return f"{year:04}-W{week:02}"

    @property
    def before(self) -> Week:
        """The week before it."""
        return Week(self.first - timedelta(days=7))


@dataclass(frozen=True, slots=True)
class TicketRegister:
    """All tickets, and by month, the latest first; planned work apart (requirement 30).

    Attributes:
        weeks, periods: what may be asked for, the latest first, with no gap between the first ticket, the Book's
            instant and the last window of planned work; the periods are months.
        this_week: that of the Book's instant in the contract's zone.
    """

    reactive: tuple[RegisterRow, ...]
    planned: tuple[RegisterRow, ...]
    months: tuple[RegisterMonth, ...]
    weeks: tuple[Week, ...]
    periods: tuple[str, ...]
    this_week: Week

    @property
    def rows(self) -> tuple[RegisterRow, ...]:
        """The rows of both kinds."""
        return (*self.reactive, *self.planned)


def register(book: Book) -> TicketRegister:
    """The register of a Book."""
    rows = sorted(
        (register_row(book, ticket) for ticket in book.records.tickets.values()),
        key=lambda row: (row.at, row.ticket.id),
        reverse=True,
    )
    days = _days(book, rows)
    return TicketRegister(
        reactive=_of_kind(rows, planned=False),
        planned=_of_kind(rows, planned=True),
        months=tuple(
            _month(month, of_it)
            for month, of_it in groupby(
                sorted(rows, key=_by_month, reverse=True),  # stable: in a month as they were
                _by_month,
            )
        ),
        weeks=tuple(dict.fromkeys(map(Week.of, days))),
        periods=tuple(dict.fromkeys(day.isoformat()[:7] for day in days)),
        this_week=Week.of(local_day(book.as_of, book.zone)),
    )


def _by_month(row: RegisterRow) -> str:
    return row.month


def _days(book: Book, rows: Iterable[RegisterRow]) -> tuple[date, ...]:
    """Every day from the first ticket, or the week before this one, to the last planned work or today, the latest first."""
    today = local_day(book.as_of, book.zone)
    ends = [
        local_day(instant, book.zone)
        for row in rows
        for instant in (row.at, row.until, row.ticket.reported_at)
    ]
    first = max(min((*ends, Week.of(today).before.first)), today - _CHOSEN)
    last = min(max((*ends, today)), today + _CHOSEN)
    return tuple(last - timedelta(days=back) for back in range((last - first).days + 1))


def _month(month: str, rows: Iterable[RegisterRow]) -> RegisterMonth:
    known = tuple(rows)
    return RegisterMonth(month, _of_kind(known, planned=False), _of_kind(known, planned=True))


def _of_kind(rows: Iterable[RegisterRow], *, planned: bool) -> tuple[RegisterRow, ...]:
    return tuple(row for row in rows if row.ticket.planned is planned)


def register_row(book: Book, ticket: Ticket) -> RegisterRow:
    """A ticket with all that it is looked up by."""
    state, verdicts = book.states[ticket.id], book.verdicts_of(ticket.id)
    known = book.records.assets
    assets = [known[asset] for asset in ticket.assets if asset in known]
    stated = {named for step in state.impacts for named in step.impact} | {*ticket.impact}
    resting = {service for asset in assets for service in asset.services}
    missed = {verdict.target for verdict in verdicts if verdict.outcome is Outcome.BREACHED}
    outcome = gravest(verdicts)
    at = ticket.window[0] if ticket.window and ticket.planned else ticket.reported_at
    return RegisterRow(
        ticket=ticket,
        at=at,
        month=local_month(ticket.reported_at, book.zone),
        until=max(at, _open_until(book, ticket)),
        state=state.state.value,
        severity=ticket.severity if state.severity is None else state.severity,
        paused=state.paused,
        outcome=outcome,
        clocks_paused=outcome is Outcome.RUNNING
        and all(verdict.paused for verdict in verdicts if verdict.outcome is outcome),
        missed=tuple(target for target in TARGETS if target in missed),
        grade=worst({verdict.grade for verdict in verdicts}) if verdicts else None,
        services=tuple(sorted(resting | (stated & book.records.contract.services.keys()))),
        sites=tuple(sorted({asset.site for asset in assets})),
        owner=state.owner,
    )


def _open_until(book: Book, ticket: Ticket) -> Instant:
    state = book.states[ticket.id]
    ended = state.cancelled or state.closed
    if state.ended and ended is not None:
        return ended.instant
    return max(book.as_of, ticket.window[1]) if ticket.window and ticket.planned else book.as_of


def gravest(verdicts: Iterable[Verdict]) -> Outcome | None:
    """The gravest outcome of the verdicts, None where there is none."""
    found = {verdict.outcome for verdict in verdicts}
    return next((outcome for outcome in GRAVEST_FIRST if outcome in found), None)
