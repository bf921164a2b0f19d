"""What is due of duty, planned rounds, corrective actions and spare parts."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from weibao.model.events import State
from weibao.model.instant import local_day
from weibao.operations.actions import actions_of
from weibao.operations.on_duty import leave_during, shifts, uncovered
from weibao.operations.planned import does
from weibao.operations.stock import FAULTY, counts_due, short_since
from weibao.report.due.item import DueItem, DueKind, Harm, Responsible
from weibao.report.due.responsible import in_role
from weibao.report.due.tickets import called_in_command
from weibao.rules.book.agreements import NOTICE
from weibao.rules.book.rota import SHORTEST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from weibao.model.instant import Instant
    from weibao.model.plan import PlannedWork
    from weibao.operations.planned import DueWork
    from weibao.report.book import Book

DUTY, PLAN = "records/duty.yaml", "records/plan.yaml"
SPARES, ACTIONS = "records/spares.yaml", "records/actions.yaml"

AHEAD = int(NOTICE.total_seconds())
"""Seconds ahead that what comes by the calendar is told."""


def end_of(day: date, book: Book) -> Instant:
    """The last second of a day in the contract's zone."""
    following = datetime.combine(day + timedelta(days=1), time(), book.zone)
    return int(following.timestamp()) - 1


def _beginning(book: Book) -> Instant:
    """When the contract begins."""
    return int(datetime.combine(book.records.contract.start, time(), book.zone).timestamp())


def of_operations(book: Book, ahead: int = AHEAD) -> Iterator[DueItem]:
    """All that is due of duty, planned rounds, corrective actions and spare parts, or comes within so many seconds."""
    yield from _duty(book, ahead)
    yield from _rounds(book, ahead)
    yield from _actions(book)
    yield from _stock(book)
    yield from _counts(book, ahead)
    yield from _warranties(book, ahead)


def _duty(book: Book, ahead: int) -> Iterator[DueItem]:
    """Rotas that nobody is on, and shifts of people who are on leave then."""
    duty, now = book.records.duty, book.as_of
    begun = _beginning(book)
    gaps = [(begun, (rota,)) for rota in uncovered(duty, book.on_duty)] if begun <= now else []
    clashes = [
        (max(span.start, leave.start), (rota, span.person))
        for rota in sorted(duty.rotas)
        if duty.rotas[rota].shift >= SHORTEST
        for span in shifts(duty, rota, now, now + ahead)
        for leave in leave_during(duty, span)
        if leave.end > now
    ]
    for instant, subject in (*gaps, *clashes):
        yield DueItem(
            kind=DueKind.DUTY,
            harm=Harm.BROKEN if instant <= now else Harm.COMING,
            instant=instant,
            who=in_role(book, "pm"),
            record=DUTY,
            subject=subject,
            command=("weibao", "check", DUTY),
            edit=DUTY,
        )


def _rounds(book: Book, ahead: int) -> Iterator[DueItem]:
    """Rounds of the plan that are overdue, due or closed with gaps, and of each line the next that comes.

    Of what was skipped somebody said why: that alone asks for nothing.
    """
    coming: set[str] = set()
    for work in book.due_work:
        instant = end_of(work.due, book)
        if not (work.owed or work.state == "upcoming") or work.plan in coming:
            continue
        if work.state == "upcoming":
            coming.add(work.plan)
            if instant > book.as_of + ahead:
                continue
        record, command = _doing(book, work)
        yield DueItem(
            kind=DueKind.ROUND,
            harm=Harm.OWED if instant < book.as_of else Harm.COMING,
            instant=instant,
            who=Responsible(_line(book, work.plan).issued_by),
            record=record,
            subject=(work.plan,),
            command=command,
        )


def made_in_part(book: Book, item: DueItem) -> bool:
    """Whether it is a round that was made, of which not all that was planned was looked at."""
    return item.kind is DueKind.ROUND and any(
        work.state == "incomplete"
        for work in book.due_work
        if (work.plan,) == item.subject and end_of(work.due, book) == item.instant
    )


def _line(book: Book, plan: str) -> PlannedWork:
    """A line of the plan, as the last edition has it that has one."""
    lines = [tenure.value.work.get(plan) for tenure in book.official_plan.tenures()]
    return next(line for line in reversed(lines) if line)


def _doing(book: Book, work: DueWork) -> tuple[str, tuple[str, ...]]:
    """The record that a round is done in, and the command: it goes on where the round has begun."""
    if work.kind != "inspection":
        for ticket in book.open_tickets:
            if does(ticket, _line(book, work.plan)) and ticket.window is not None:
                away = abs(local_day(ticket.window[0], book.zone) - work.planned_for)
                if away <= work.due - work.planned_for:
                    name = called_in_command(book, ticket.id)
                    return ticket.id, ("weibao", "ticket", "resolve", name)
        return PLAN, ("weibao", "ticket", "open", "--kind", work.kind, "--plan", work.plan)
    for inspection in work.records:
        if book.states[inspection].state is State.STARTED:
            left = work.coverage and work.coverage.unaccounted
            verb = "check" if left else "complete"
            return inspection, ("weibao", "inspection", verb, inspection)
    return PLAN, ("weibao", "inspection", "start", work.plan, "--period", work.period)


def _actions(book: Book) -> Iterator[DueItem]:
    """Corrective actions that are not done."""
    for action in actions_of(book.records.actions, book.as_of, book.zone):
        if action.state is State.RAISED:
            yield DueItem(
                kind=DueKind.ACTION,
                harm=Harm.OWED if action.overdue else Harm.COMING,
                instant=end_of(action.due, book),
                who=Responsible(action.owner),
                record=ACTIONS,
                subject=(action.id,),
                command=("weibao", "action", "done", "--action", action.id),
            )


def _stock(book: Book) -> Iterator[DueItem]:
    """Parts of which a depot has fewer than its minimum, since it has."""
    for level in book.stock.levels:
        if level.short:
            since = short_since(book.stock, level)
            yield DueItem(
                kind=DueKind.STOCK,
                harm=Harm.OWED,
                instant=min(_beginning(book), book.as_of) if since is None else since,
                who=_keeper(book, level.depot),
                record=SPARES,
                subject=(level.part, level.depot),
                command=(
                    *("weibao", "spares", "receive"),
                    *("--part", level.part, "--depot", level.depot),
                ),
            )


def _counts(book: Book, ahead: int) -> Iterator[DueItem]:
    """Depots that are to be counted again."""
    for count in counts_due(book.official_spares, book.stock):
        if count.due <= book.as_of + ahead:
            yield DueItem(
                kind=DueKind.COUNT,
                harm=Harm.OWED if count.due < book.as_of else Harm.COMING,
                instant=count.due,
                who=_keeper(book, count.depot),
                record=SPARES,
                subject=(count.depot,),
                command=("weibao", "spares", "count", "--depot", count.depot),
            )


def _warranties(book: Book, ahead: int) -> Iterator[DueItem]:
    """Warranties of pieces in the depots that end; of what is faulty also those that have ended."""
    ending = {
        (piece.warranty_to, piece.part, piece.depot, piece.condition == FAULTY)
        for piece in book.stock.pieces.values()
        if piece.state == "in_stock" and piece.warranty_to is not None
    }
    for day, part, depot, faulty in sorted(ending):
        last = end_of(day, book)
        ended = last < book.as_of
        if last <= book.as_of + ahead and (faulty or not ended):
            verb = ("rma", "send", "--part", part, "--depot", depot)
            yield DueItem(
                kind=DueKind.WARRANTY,
                harm=Harm.OWED if ended else Harm.COMING,
                instant=last,
                who=_keeper(book, depot),
                record=SPARES,
                subject=(part, depot),
                command=("weibao", "spares", *(verb if faulty else ("stock", *verb[2:]))),
            )


def _keeper(book: Book, depot: str) -> Responsible:
    """The keeper of a depot; a minimum may name one that there is not."""
    known = book.records.spares.depots.get(depot)
    return Responsible(known.keeper, "depot") if known else in_role(book, "depot")
