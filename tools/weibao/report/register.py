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
LATEST = 50
"""So many tickets a view shows before anything was asked."""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A ticket in the register.

    Attributes:
        at: what it is placed by: its report; of planned work the beginning of its window, where it has one.
        month: the contract-local month of that.
        state: its state, a word of the table of events.
        severity: the one in force, None for planned work.
        paused: whether work on it stands still.
        outcome: the gravest of its verdicts, None without any.
        missed: the targets that were missed.
        grade: the worst grade of its verdicts, None without any.
        services: those that rest on its equipment, and those that it says it bears on, by id.
        sites: where its equipment stands, by id.
        owner: whose it is, or was when it ended; "" for nobody.
    """

    ticket: Ticket
    at: Instant
    month: str
    state: str
    severity: int | None
    paused: bool
    outcome: Outcome | None
    missed: tuple[str, ...]
    grade: Grade | None
    services: tuple[str, ...]
    sites: tuple[str, ...]
    owner: str


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


@dataclass(frozen=True, slots=True)
class Week:
    """A week from Monday to Sunday, both of them in it."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class TicketRegister:
    """All tickets, and by month, the latest first; planned work apart (requirement 30).

    ``this_week`` is that of the Book's instant in the contract's zone.
    """

    reactive: tuple[RegisterRow, ...]
    planned: tuple[RegisterRow, ...]
    months: tuple[RegisterMonth, ...]
    this_week: Week
    last_week: Week

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
    today = local_day(book.as_of, book.zone)
    monday = today - timedelta(days=today.weekday())
    return TicketRegister(
        reactive=_of_kind(rows, planned=False),
        planned=_of_kind(rows, planned=True),
        months=tuple(_month(month, of_it) for month, of_it in groupby(rows, lambda row: row.month)),
        this_week=_week(monday),
        last_week=_week(monday - timedelta(days=7)),
    )


def _week(monday: date) -> Week:
    return Week(monday, monday + timedelta(days=6))


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
    at = ticket.window[0] if ticket.window and ticket.planned else ticket.reported_at
    return RegisterRow(
        ticket=ticket,
        at=at,
        month=local_month(at, book.zone),
        state=state.state.value,
        severity=ticket.severity if state.severity is None else state.severity,
        paused=state.paused,
        outcome=gravest(verdicts),
        missed=tuple(target for target in TARGETS if target in missed),
        grade=worst({verdict.grade for verdict in verdicts}) if verdicts else None,
        services=tuple(sorted(resting | (stated & book.records.contract.services.keys()))),
        sites=tuple(sorted({asset.site for asset in assets})),
        owner=state.owner,
    )


def gravest(verdicts: Iterable[Verdict]) -> Outcome | None:
    """The gravest outcome of the verdicts, None where there is none."""
    found = {verdict.outcome for verdict in verdicts}
    return next((outcome for outcome in GRAVEST_FIRST if outcome in found), None)
