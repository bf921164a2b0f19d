"""The planned work of a report: what was done, whether in its window and approved, and what of the plan fell due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from weibao.model.instant import local_day
from weibao.operations.deliverables import Delivery
from weibao.report.calendar import CalendarKind
from weibao.report.papers.period_report import told_once
from weibao.report.population import over_in
from weibao.rules.book.windows import check_windows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.instant import Instant
    from weibao.model.state import RecordState
    from weibao.model.ticket import Ticket
    from weibao.operations.planned import DueWork
    from weibao.report.book import Book
    from weibao.report.calendar import CalendarEntry
    from weibao.report.papers.period_report import PeriodReport
    from weibao.sla.reading import Step

NEXT = timedelta(days=31)
"""How far beyond its period a report lays out what comes."""

_OF_THE_PROVIDER = frozenset({CalendarKind.TURN, CalendarKind.HANDOVER})


class Placed(StrEnum):
    """How planned work lies to its window."""

    WITHIN = "within"
    OUTSIDE = "outside"
    BEYOND = "beyond"
    MISSED = "missed"
    CANCELLED = "cancelled"
    OPEN = "open"


_BY_CODE = {"O237": Placed.MISSED, "O234": Placed.OUTSIDE, "O238": Placed.BEYOND}
"""What the check of windows finds, the gravest first."""

_ANNOUNCED_LATE = "O235"


@dataclass(frozen=True, slots=True)
class PlannedTicket:
    """A ticket of planned work whose window opened in a report's months, or that was finished in them.

    Attributes:
        ticket: its id.
        window: as it stands.
        finished: when it was; None while it is not.
        placed: how it lies to its window.
        approved: whether it is shown that the customer approved it.
        announced: whether it was on record before it began.
    """

    ticket: str
    kind: str
    window: tuple[Instant, Instant] | None
    finished: Instant | None
    placed: Placed
    approved: bool
    announced: bool


@dataclass(frozen=True, slots=True)
class PlannedReport:
    """The planned work of a report.

    Attributes:
        tickets: by when their windows open.
        lines: what of the plan, other than inspections, had its last day on time in the report's months.
    """

    tickets: tuple[PlannedTicket, ...]
    lines: tuple[DueWork, ...]


@told_once
def planned_report(report: PeriodReport) -> PlannedReport:
    """The planned work of a report's months, as of its Book."""
    book, period = report.book, report.period
    codes: dict[str, set[str]] = {}
    for finding in check_windows(book):
        codes.setdefault(finding.record, set()).add(finding.code)
    found = []
    for ticket in book.records.tickets.values():
        finished = book.states[ticket.id].finished if ticket.planned else None
        opens = ticket.window[0] if ticket.window else None
        of_period = period.has(opens) or (finished is not None and period.has(finished.instant))
        if ticket.planned and of_period and ticket.reported_at <= book.as_of:
            found.append(_ticket(book, ticket, book.states[ticket.id], codes.get(ticket.id, ())))
    return PlannedReport(
        tuple(sorted(found, key=lambda told: (told.window or (0, 0), told.ticket))),
        tuple(work for work in over_in(book, period) if work.kind != "inspection"),
    )


def _ticket(
    book: Book, ticket: Ticket, state: RecordState[Step], codes: Iterable[str]
) -> PlannedTicket:
    finished = state.finished
    known = [placed for code, placed in _BY_CODE.items() if code in codes]
    if state.cancelled is not None:
        known = [Placed.CANCELLED]
    whole = Placed.OPEN if finished is None else Placed.WITHIN
    return PlannedTicket(
        ticket.id,
        ticket.kind,
        ticket.window,
        finished.instant if finished else None,
        next(iter(known), whole),
        book.work_approved(ticket, book.proofs[ticket.id]),
        _ANNOUNCED_LATE not in codes,
    )


def coming(report: PeriodReport, calendar: Iterable[CalendarEntry]) -> tuple[CalendarEntry, ...]:
    """Of what is on the calendar the days after a report's period, turns of duty and the report itself left out."""
    first = local_day(report.period.end, report.book.zone)
    itself = (report.kind, report.months[-1].name)
    return tuple(
        entry
        for entry in calendar
        if first <= entry.day < first + NEXT
        and entry.kind not in _OF_THE_PROVIDER
        and not (
            isinstance(entry.told_of, Delivery)
            and (entry.told_of.kind, entry.told_of.covers) == itself
        )
    )
