"""Pauses as a cure for late work: how much of the time of tickets stood still, and who had it so.

A pause for a listed reason stops the clocks, so it is where time is gained. Of each ticket: its share of
the promise to resolve. Of each person: the pauses that they recorded, how long these lasted, and how many
were recorded late, each of which is judged at its evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from weibao.history.proven import Grade
from weibao.model.shown import Called, Count, Positive, TicketId
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.instant import Instant
    from weibao.model.state import RecordState
    from weibao.report.book import Book
    from weibao.sla.reading import Step

TARGET = "resolve"
"""The promise that lasts longest, whose clock every pause stops."""


@dataclass(frozen=True, slots=True)
class PausedTicket:
    """Working seconds of a ticket on the clock of the promise to resolve: paused, and used.

    工单 · Ticket | 一张暂停过的工单 · One ticket that was paused.
    """

    ticket: TicketId
    """工单 · Ticket | 工单编号 · The ticket's id"""
    paused: Annotated[Positive, Called("paused_seconds")]
    """暂停 · Paused | 暂停的工作秒数 · Working seconds for which it was paused"""
    used: Annotated[Count, Called("used_seconds")]
    """已用 · Used | 已用的工作秒数 · Working seconds used"""

    @property
    def stood_still(self) -> Tally:
        """Seconds paused, of those paused and used."""
        return Tally(self.paused, self.paused + self.used)


@dataclass(frozen=True, slots=True)
class PausedBy:
    """The pauses that a person entered, on how many tickets, their wall seconds, and how many late.

    人员 · Person | 一个人登记的暂停 · The pauses that one person entered.
    """

    person: str
    """人员 · Person | 人员编号 · The person's id"""
    pauses: Positive
    """次数 · Pauses | 暂停次数 · How many pauses"""
    tickets: Positive
    """工单数 · Tickets | 涉及的工单数 · On how many tickets"""
    seconds: Count
    """时长 · Seconds | 暂停的实际秒数 · Their wall seconds"""
    late: Count
    """迟记 · Late | 其中迟记的次数 · How many of them were entered late"""


@dataclass(frozen=True, slots=True)
class PausedTime:
    """All tickets that were paused, the largest share first, out of ``judged``; by person, by id.

    暂停 · Pauses | 暂停的工单和暂停的人 · The tickets that were paused, and who paused them.
    """

    judged: Count
    """工单数 · Judged | 有解决时限的工单数 · How many tickets have a promise to resolve"""
    tickets: tuple[PausedTicket, ...]
    """工单 · Tickets | 暂停过的工单，占比大的在前 · Those that were paused, the largest share first"""
    by_person: tuple[PausedBy, ...]
    """按人 · By person | 按人员编号排列 · In the order of the ids"""

    @property
    def stood_still(self) -> Tally:
        """The same of the paused tickets together."""
        paused = sum(ticket.paused for ticket in self.tickets)
        return Tally(paused, paused + sum(ticket.used for ticket in self.tickets))


def paused_time_of(book: Book) -> PausedTime:
    """How much of the tickets' time stood still, as of the Book's instant."""
    judged = [
        verdict
        for verdict in book.verdicts
        if verdict.target == TARGET and verdict.elapsed_seconds is not None
    ]
    tickets = [
        PausedTicket(verdict.ticket, verdict.paused_seconds, verdict.elapsed_seconds or 0)
        for verdict in judged
        if verdict.paused_seconds
    ]
    return PausedTime(
        len(judged),
        tuple(
            sorted(
                tickets,
                key=lambda paused_ticket: (
                    -(paused_ticket.stood_still.share or 0),
                    paused_ticket.ticket,
                ),
            )
        ),
        _by_person(book),
    )


def _by_person(book: Book) -> tuple[PausedBy, ...]:
    found: dict[str, list[tuple[str, int, bool]]] = {}
    for ticket in book.records.tickets:
        for pause, seconds in _pauses(book.states[ticket], book.as_of):
            late = pause.grade is Grade.LATE
            found.setdefault(pause.entry.by, []).append((ticket, seconds, late))
    return tuple(
        PausedBy(
            person,
            len(rows),
            len({ticket for ticket, _, _ in rows}),
            sum(seconds for _, seconds, _ in rows),
            sum(late for _, _, late in rows),
        )
        for person, rows in sorted(found.items())
    )


def _pauses(state: RecordState[Step], as_of: Instant) -> Iterator[tuple[Step, int]]:
    """Each pause with its wall seconds, to what ended it or to the instant."""
    for pause in state.pauses:
        ended = pause.resumed or state.cancelled
        end = ended.instant if ended else as_of
        yield pause.step, max(0, end - pause.step.instant)
