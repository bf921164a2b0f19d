"""The calendar: what is on each day of the contract, from a month back to a quarter ahead.

Every fact of it stands elsewhere too (the plan, the rotas, what is due); here it is laid out by day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from weibao.model.instant import local_day, midnight
from weibao.operations.on_duty import OnDuty, shifts, within
from weibao.operations.planned import HORIZON
from weibao.operations.windows import window_missed
from weibao.report.due.endings import of_endings
from weibao.report.due.item import DueItem, DueKind
from weibao.report.due.operations import of_operations
from weibao.rules.book import drills, reviews
from weibao.rules.book.credentials import newest_credentials
from weibao.rules.book.rota import laid_out
from weibao.rules.filings import papers_on_file, spares_filings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.instant import Instant
    from weibao.operations.deliverables import Delivery
    from weibao.operations.handover import Handover
    from weibao.report.book import Book

BACK = timedelta(days=31)
"""How far back the calendar goes; ahead it goes as far as rounds are planned."""

_DAY = timedelta(days=1)


class CalendarKind(StrEnum):
    """What is on a day; of one day the earlier kind stands first."""

    WINDOW = "window"
    ROUND = "round"
    MEETING = "meeting"
    REVIEW = "review"
    DELIVERABLE = "deliverable"
    DUE = "due"
    AUTHORISATION = "authorisation"
    SUPPORT = "support"
    HANDOVER = "handover"
    TURN = "turn"


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """Something that is on a day of the calendar.

    Attributes:
        kind: what it is.
        day: the contract-local day that it stands on.
        start, end: from when to when; None of a thing that is of the day. An ``end`` alone is until when.
        record: the id of the ticket, inspection or shift that it is told in, "" where there is none.
        subject: the names of what it is about, by kind: the line of the plan; the rota; who authorised whom; and so on.
        state: how it stands, by kind: ``missed``, ``unapproved``; the state of a round; ``overdue``; ``taken_over``.
        told_of: where it is told elsewhere in the same words: what is due, a report, a turn of a rota.
    """

    kind: CalendarKind
    day: date
    start: Instant | None = None
    end: Instant | None = None
    record: str = ""
    subject: tuple[str, ...] = ()
    state: str = ""
    told_of: DueItem | Delivery | OnDuty | None = None

    @property
    def for_customer(self) -> bool:
        """Whether the customer is told of it; the rest is the provider's own business.

        Of certificates the page of people tells the customer, and so does the calendar.
        """
        known = self.told_of
        return (
            not isinstance(known, DueItem)
            or known.kind.for_customer
            or known.kind is DueKind.CERTIFICATE
        )

    @property
    def order(self) -> tuple[date, int, Instant, tuple[str, ...], Instant, str]:
        """By day, by kind, by when it begins; turns of duty by rota first."""
        start = self.start or 0
        first = 0 if self.kind is CalendarKind.TURN else start
        return self.day, _KINDS.index(self.kind), first, self.subject, start, self.record


_KINDS = tuple(CalendarKind)

_BY_DAY = frozenset(
    {
        DueKind.DUTY,
        DueKind.ACTION,
        DueKind.COUNT,
        DueKind.WARRANTY,
        DueKind.CONTRACT,
        DueKind.CALENDAR,
        DueKind.CREDENTIAL,
        DueKind.CERTIFICATE,
        DueKind.KEY,
        DueKind.AUTHORITY,
    }
)
"""What is due by the day and is not laid out from the plan, the tickets or the rotas."""


@dataclass(frozen=True, slots=True)
class _Range:
    """The days of the calendar: ``first`` and ``last`` are both in it."""

    book: Book
    first: date
    today: date
    last: date

    def day(self, at: Instant) -> date:
        return local_day(at, self.book.zone)

    def has(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def start(self) -> Instant:
        return midnight(self.first, self.book.zone)

    @property
    def end(self) -> Instant:
        """The first instant after it."""
        return midnight(self.last + _DAY, self.book.zone)


@lru_cache(maxsize=1)
def calendar_of(book: Book) -> tuple[CalendarEntry, ...]:
    """All that is on the days around the Book's instant, in order: worked out once for pages and files of all languages."""
    today = local_day(book.as_of, book.zone)
    days = _Range(book, today - BACK, today, today + HORIZON)
    found = (
        *_windows(days),
        *_rounds(days),
        *_turns(days),
        *_asked(days),
        *_reports(days),
        *_due(days),
        *_endings(days),
    )
    return tuple(sorted(found, key=lambda entry: entry.order))


def ends_within(book: Book) -> bool:
    """Whether the contract ends before the last day of the calendar."""
    return book.records.contract.end < local_day(book.as_of, book.zone) + HORIZON


def _windows(days: _Range) -> Iterator[CalendarEntry]:
    """Windows of planned work, by the day on which they open."""
    book = days.book
    for ticket in book.records.tickets.values():
        if (
            ticket.window
            and ticket.reported_at <= book.as_of
            and days.has(days.day(ticket.window[0]))
        ):
            start, end = ticket.window
            approved = book.work_approved(ticket, book.proofs[ticket.id])
            yield CalendarEntry(
                CalendarKind.WINDOW,
                days.day(start),
                start,
                end,
                ticket.id,
                state="missed"
                if window_missed(ticket, start, end, book.as_of)
                else ""
                if approved
                else "unapproved",
            )


def _rounds(days: _Range) -> Iterator[CalendarEntry]:
    """Rounds of the plan on the day that they are planned for; those that are owed since, on the last that is on time."""
    for work in days.book.due_work:
        day = work.planned_for if days.has(work.planned_for) and not work.owed else work.due
        if days.has(day):
            yield CalendarEntry(
                CalendarKind.ROUND,
                day,
                end=midnight(work.due + _DAY, days.book.zone) - 1,
                record=work.record or next(iter(work.records), ""),
                subject=(work.plan,),
                state=work.state,
            )


def _turns(days: _Range) -> Iterator[CalendarEntry]:
    """Turns of the rotas with their hand-overs, the one that goes on today too; and hand-overs of no turn."""
    book = days.book
    handed = {
        (handover.shift.rota, handover.shift.end): handover for handover in book.handovers.values()
    }
    over = min(days.end, midnight(book.records.contract.end + _DAY, book.zone))
    for turn in within(_on_the_rotas(book, days.start, over), over):
        handover = handed.pop((turn.rota, turn.start), None) if turn.person else None
        begun = days.day(turn.start)
        on_its_day = CalendarEntry(
            CalendarKind.TURN,
            begun,
            turn.start,
            turn.end,
            handover.shift.id if handover else "",
            (turn.rota,),
            _handed(handover),
            turn,
        )
        if days.has(begun):
            yield on_its_day
        if begun < days.today and turn.start <= book.as_of < turn.end:
            yield CalendarEntry(
                CalendarKind.TURN,
                days.today,
                turn.start,
                turn.end,
                subject=(turn.rota,),
                told_of=turn,
            )
    for (rota, end), handover in handed.items():
        if days.has(days.day(end)):
            yield CalendarEntry(
                CalendarKind.HANDOVER,
                days.day(end),
                end,
                record=handover.shift.id,
                subject=(rota,),
                state=_handed(handover),
            )


def _handed(handover: Handover | None) -> str:
    if handover is None:
        return ""
    return "taken_over" if handover.taken else "handed_over"


def _on_the_rotas(book: Book, start: Instant, end: Instant) -> Iterator[OnDuty]:
    """The turns by the rota that stood when each began, and as one of nobody the time before a rota begins."""
    for tenure in book.official_duty.tenures():
        since = max(start, tenure.since or start)
        until = min(end, tenure.until or end)
        for rota in laid_out(tenure.value):
            begins = tenure.value.rotas[rota].start
            if since < min(begins, until):
                yield OnDuty(rota, "", since, min(begins, until), "")
            if since < until:
                yield from (
                    turn
                    for turn in shifts(tenure.value, rota, since, until)
                    if tenure.covers(turn.start)
                )


def _asked(days: _Range) -> Iterator[CalendarEntry]:
    """Drills, exchanges, audits and surveys that are to be held by a day of the term, and are not yet."""
    book = days.book
    asked = [
        (CalendarKind.MEETING, finding.facts["ticket_kind"], due)
        for finding, due, held in drills.owed(book)
        if held is None
    ]
    asked += [
        (CalendarKind.REVIEW, reviews.ASKED_BY[finding.code], due)
        for finding, due, again in reviews.owed(book)
        if again is None
    ]
    for kind, what, due in asked:
        day = days.day(due - 1)
        if days.has(day) and day <= book.records.contract.end:
            state = "overdue" if due < book.as_of else ""
            yield CalendarEntry(kind, day, end=due, subject=(str(what),), state=state)


def _reports(days: _Range) -> Iterator[CalendarEntry]:
    """Reports that the customer is to get, by the day that they are due."""
    for delivery in days.book.deliveries_until(days.end - 1):
        if delivery.due is not None and days.has(days.day(delivery.due)):
            yield CalendarEntry(
                CalendarKind.DELIVERABLE,
                days.day(delivery.due),
                end=delivery.due,
                record=delivery.record,
                subject=(delivery.kind, delivery.covers),
                told_of=delivery,
            )


def _due(days: _Range) -> Iterator[CalendarEntry]:
    """What is due by the day: actions, counts, and whatever ends."""
    ahead = days.end - days.book.as_of
    items: Iterable[DueItem] = (
        *of_operations(days.book, ahead),
        *of_endings(days.book, ahead),
    )
    for item in items:
        if item.kind in _BY_DAY and days.has(days.day(item.instant)):
            yield CalendarEntry(
                CalendarKind.DUE,
                days.day(item.instant),
                end=item.instant,
                record=item.record,
                subject=item.subject,
                told_of=item,
            )


def _endings(days: _Range) -> Iterator[CalendarEntry]:
    """What ends and is renewed by others: suppliers' authorisations, and makers' support of equipment."""
    book = days.book
    papers = papers_on_file(spares_filings(book), lambda spares: spares.authorisations, book.as_of)
    for (issuer, supplier), paper in newest_credentials(papers).items():
        if days.has(paper.end):
            yield CalendarEntry(CalendarKind.AUTHORISATION, paper.end, subject=(issuer, supplier))
    for asset in book.records.assets.values():
        ends = asset.end_of_support
        if ends and days.has(ends) and asset.covered_from <= days.today <= asset.covered_to:
            yield CalendarEntry(CalendarKind.SUPPORT, ends, subject=(asset.id,))
