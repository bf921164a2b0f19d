"""What is due on tickets: promises, words to the customer, owners, explanations, planned windows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from weibao.model.events import REACHED_BY, event_named
from weibao.model.fold import permits, places_of_requests
from weibao.model.state import claimed
from weibao.operations.windows import work_done
from weibao.report.due.item import DueItem, DueKind, Harm
from weibao.report.due.responsible import in_role, owner_of
from weibao.rules.book.levels import unexplained
from weibao.rules.book.work import ownerless
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book
    from weibao.sla.verdict import Verdict

SOON = 72 * 3600
"""Seconds before a window opens from which a missing approval threatens it."""

_HARM = {
    Outcome.BREACHED: Harm.BROKEN,
    Outcome.AT_RISK: Harm.THREATENED,
    Outcome.RUNNING: Harm.COMING,
}


def of_tickets(book: Book) -> Iterator[DueItem]:
    """All that is due on tickets."""
    yield from _promises(book)
    yield from _owners(book)
    yield from _explanations(book)
    for ticket in book.open_tickets:
        if ticket.window is not None and not book.states[ticket.id].resolved:
            yield from _window(book, ticket, ticket.window)


def _promises(book: Book) -> Iterator[DueItem]:
    """Promises that are still to be kept, and those past due on tickets that still need work."""
    for verdict in (
        deadline for ticket in book.open_tickets for deadline in book.deadlines_of(ticket.id)
    ):
        if verdict.due is not None:
            yield DueItem(
                kind=DueKind.UPDATE if verdict.target == "update" else DueKind.PROMISE,
                harm=_HARM[verdict.outcome],
                instant=verdict.due,
                who=owner_of(book, verdict.ticket),
                record=verdict.ticket,
                subject=(verdict.target,),
                command=_reaching(book, verdict),
                severity=verdict.severity,
                promise=verdict,
            )


def _reaching(book: Book, verdict: Verdict) -> tuple[str, ...]:
    """The command that records the step by which a promise is kept, of those that may come now."""
    state, name = book.states[verdict.ticket], called_in_command(book, verdict.ticket)
    if verdict.target == "part":
        _, proof = book.counting[verdict.ticket]
        steps = claimed(proven.entry for proven in proof.entries)
        place = places_of_requests(steps)[verdict.occurrence - 1]
        wanted = steps[place].entry.data["part"]
        return ("weibao", "ticket", "part", "arrive", name, "--part", wanted)
    for event in REACHED_BY[verdict.target]:
        if permits("ticket", state, event):
            return ("weibao", "ticket", event_named("ticket", event).verb, name)
    return ("weibao", "explain", name)


def _owners(book: Book) -> Iterator[DueItem]:
    """Open tickets that nobody is responsible for, since they were opened."""
    engineer = in_role(book, "engineer").person
    to = ("--to", engineer) if engineer else ()
    for ticket in book.open_tickets:
        state = book.states[ticket.id]
        if ownerless(state):
            yield DueItem(
                kind=DueKind.OWNER,
                harm=Harm.THREATENED,
                instant=ticket.reported_at,
                who=in_role(book, "desk"),
                record=ticket.id,
                subject=(),
                command=("weibao", "ticket", "assign", called_in_command(book, ticket.id), *to),
                severity=state.severity,
            )


def _explanations(book: Book) -> Iterator[DueItem]:
    """Broken promises on tickets that are over, which nothing explains, since they fell due."""
    for verdict in book.verdicts:
        ticket = book.records.tickets[verdict.ticket]
        if verdict.due is not None and unexplained(
            verdict, ticket, book.states[ticket.id], book.proofs[ticket.id]
        ):
            name = called_in_command(book, ticket.id)
            yield DueItem(
                kind=DueKind.EXPLANATION,
                harm=Harm.OWED,
                instant=verdict.due,
                who=in_role(book, "pm"),
                record=ticket.id,
                subject=(verdict.target,),
                command=("weibao", "ticket", "justify", name, "--target", verdict.target),
                severity=verdict.severity,
            )


def _window(book: Book, ticket: Ticket, window: tuple[Instant, Instant]) -> Iterator[DueItem]:
    """Planned work that is not done: its window opens, ends, was overrun or missed; and its approval, if none is shown."""
    start, end = window
    name, open_now = called_in_command(book, ticket.id), book.as_of >= start
    verb: tuple[str, ...] = ("arrive", name)
    kind, late = DueKind.WINDOW_OPENS, Harm.BROKEN
    if book.as_of > end and not work_done(ticket, start, book.as_of):
        kind, late = DueKind.WINDOW_MISSED, Harm.OWED
        verb = ("amend", name, "--field", "window.end")
    elif open_now:
        kind = DueKind.OVERRUN if book.as_of > end else DueKind.WINDOW_ENDS
        verb = ("resolve", name)
    yield DueItem(
        kind=kind,
        harm=late if book.as_of > end else Harm.COMING,
        instant=end if open_now else start,
        who=owner_of(book, ticket.id, "pm"),
        record=ticket.id,
        subject=(ticket.kind,),
        command=("weibao", "ticket", *verb),
    )
    if not book.work_approved(ticket, book.proofs[ticket.id]):
        soon = Harm.THREATENED if start - book.as_of <= SOON else Harm.COMING
        yield DueItem(
            kind=DueKind.APPROVAL,
            harm=Harm.BROKEN if open_now else soon,
            instant=start,
            who=in_role(book, "pm"),
            record=ticket.id,
            subject=(ticket.approved_by,),
            command=("weibao", "ticket", "attach", name, "--entries", "opened"),
        )


def called_in_command(book: Book, ticket: str) -> str:
    """How a command names a ticket: by the end of its id, where no other ends so."""
    end = _end(ticket)
    return end if book.once(_ends)[end] == 1 else ticket


def _ends(book: Book) -> Counter[str]:
    return Counter(map(_end, book.records.tickets))


def _end(ticket: str) -> str:
    return ticket.rpartition("-")[2]
