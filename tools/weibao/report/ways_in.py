"""Ways in: how requests came, who was sent, when the project manager knew, and how soon each hour of the week is answered.

What the rows on intake show (requirements 2, 4, 5, 23, 28 and 32 to 36). Times are claims; what of them is
supported is told on the page of each ticket.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from weibao.model.contract import ALWAYS
from weibao.model.instant import local_day
from weibao.model.ticket import REACTIVE
from weibao.model.timeline import timeline
from weibao.operations.intake import first_known, manager_is_told
from weibao.sla.tally import Tally, tally
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book
    from weibao.sla.clock import Clocks
    from weibao.sla.verdict import Verdict

HOURS = range(24)
WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

_JUDGED = {Outcome.MET, Outcome.BREACHED}


@dataclass(frozen=True, slots=True)
class KindOfRequest:
    """How many requests of a kind came by each channel, and how many there are."""

    kind: str
    by_channel: Mapping[str, int]
    total: int


@dataclass(frozen=True, slots=True)
class HourOfWeek:
    """The promises to respond of an hour of the week that were kept, and whose they are, the latest report first."""

    kept: Tally
    tickets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ManagerTold:
    """A request of which the project manager is told: how soon they knew, and how soon it was on record.

    Attributes:
        ticket: the request.
        knew: seconds from the report until somebody who is project manager knew; None: nothing shows it.
        recorded: seconds from the report until its first entry was on record; None: it is not yet.
    """

    ticket: Ticket
    knew: int | None
    recorded: int | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A ticket, whose it is, and who was sent beside them."""

    ticket: Ticket
    owner: str
    sent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A request that came out of working hours, and how the promise to respond came out."""

    ticket: Ticket
    outcome: str
    after: int | None


@dataclass(frozen=True, slots=True)
class WaysIn:
    """All of these, the latest request first.

    Attributes:
        channels: the channels that were used, in the order of their names.
        kinds: by kind of request.
        told: of which the project manager is told.
        hours: by weekday and hour of the report, the promises to respond that were kept.
        night: those that came out of working hours.
    """

    channels: tuple[str, ...]
    kinds: tuple[KindOfRequest, ...]
    told: tuple[ManagerTold, ...]
    hours: Mapping[tuple[str, int], HourOfWeek]
    night: tuple[Answered, ...]


def out_of_hours(clocks: Clocks, at: Instant) -> bool:
    """Whether no calendar of the contract works at an instant: at night, and on holidays."""
    return not any(
        calendar.work(at, at + 1) == 1
        for name, calendar in clocks.calendars.items()
        if name != ALWAYS
    )


def ways_in(book: Book) -> WaysIn:
    """The requests of a Book, by how they came."""
    requests = [ticket for ticket in _latest(book) if not ticket.planned]
    channels = tuple(sorted({ticket.channel for ticket in requests}))
    contract = book.records.contract
    return WaysIn(
        channels=channels,
        kinds=tuple(_kinds(requests, channels)),
        told=tuple(
            _told(ticket, book)
            for ticket in requests
            if ticket.emergency
            or ticket.channel in {"pm", "engineer"}
            or manager_is_told(ticket, contract)
        ),
        hours=_hours(book),
        night=tuple(
            _answered(ticket, book)
            for ticket in requests
            if out_of_hours(book.clocks, ticket.reported_at)
        ),
    )


def who_was_sent(book: Book) -> tuple[Sent, ...]:
    """The tickets that were given to somebody, the latest first."""
    return tuple(sent for ticket in _latest(book) if (sent := _sent(ticket, book)).sent)


def _latest(book: Book) -> list[Ticket]:
    known = (ticket for ticket in book.records.tickets.values() if ticket.reported_at <= book.as_of)
    return sorted(known, key=lambda ticket: (ticket.reported_at, ticket.id), reverse=True)


def _kinds(requests: Iterable[Ticket], channels: Iterable[str]) -> Iterable[KindOfRequest]:
    for kind in REACTIVE:
        of_kind = [ticket for ticket in requests if ticket.kind == kind]
        came = Counter(ticket.channel for ticket in of_kind)
        yield KindOfRequest(kind, {channel: came[channel] for channel in channels}, len(of_kind))


def _told(ticket: Ticket, book: Book) -> ManagerTold:
    steps = [entry for entry in timeline(ticket.log) if entry.at <= book.as_of]
    knew = first_known(ticket, steps, book.official_staff, "pm", book.zone)
    seen = [
        proven.evidence for proven in book.proofs[ticket.id].entries if proven.evidence is not None
    ]
    recorded = min(seen, default=None)
    return ManagerTold(
        ticket,
        None if knew is None else max(0, knew - ticket.reported_at),
        None if recorded is None else max(0, recorded - ticket.reported_at),
    )


def _sent(ticket: Ticket, book: Book) -> Sent:
    steps = [entry for entry in timeline(ticket.log) if entry.at <= book.as_of]
    people = (entry.data["to"] for entry in steps if entry.event in {"assigned", "dispatched"})
    return Sent(ticket, book.states[ticket.id].owner or "", tuple(dict.fromkeys(people)))


def _hours(book: Book) -> Mapping[tuple[str, int], HourOfWeek]:
    found: dict[tuple[str, int], list[Verdict]] = {}
    for verdict in book.verdicts:
        if verdict.target == "respond" and verdict.outcome in _JUDGED:
            reported = book.records.tickets[verdict.ticket].reported_at
            weekday = WEEK[local_day(reported, book.zone).weekday()]
            hour = datetime.fromtimestamp(reported, book.zone).hour
            found.setdefault((weekday, hour), []).append(verdict)
    return {
        hour: HourOfWeek(
            tally(verdict.outcome is Outcome.MET for verdict in verdicts),
            tuple(dict.fromkeys(verdict.ticket for verdict in reversed(verdicts))),
        )
        for hour, verdicts in found.items()
    }


def _answered(ticket: Ticket, book: Book) -> Answered:
    for verdict in book.verdicts_of(ticket.id):
        if verdict.target == "respond":
            exact = verdict.start_precision is verdict.stop_precision is None
            after = max(0, verdict.stop - ticket.reported_at) if verdict.stop and exact else None
            return Answered(ticket, verdict.outcome.value, after)
    return Answered(ticket, "", None)
