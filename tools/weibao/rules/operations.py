"""Operations: stock, planned work, owners and the rota (O1xx, and X3xx for the stock ledger)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.events import State
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.operations.planned import is_rule
from weibao.operations.stock import overdue_counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.state import Dated, RecordState
    from weibao.operations.on_duty import OnDuty
    from weibao.operations.planned import DueWork
    from weibao.operations.stock import Stock

SPARES = "records/spares.yaml"
PLAN = "records/plan.yaml"


def check_movements(stock: Stock) -> Iterator[Finding]:
    """Movements that cannot be (requirements 18 and 20)."""
    for wrong in stock.wrong:
        place = Place(SPARES, wrong.entry.line, keys=("log", wrong.entry.index, "serials"))
        facts = {"part": wrong.part, "serial": wrong.serial}
        if wrong.why == "unverified":
            yield Finding("X302", place, "", facts)
        else:
            depot = wrong.entry.data.get("depot") or wrong.entry.data.get("from", "")
            more = {"event": wrong.entry.event, "depot": depot, "why": wrong.why}
            if wrong.piece is not None:
                held = wrong.piece.depot or wrong.piece.ticket
                more |= {"stands": wrong.piece.state, "held": held}
            yield Finding("X301", place, "", facts | more)


def check_stock(stock: Stock) -> Iterator[Finding]:
    """Shortages, variances and parts of unproven origin (requirements 18, 19, 20, 22)."""
    for level in stock.levels:
        if level.short:
            place = Place(SPARES, keys=("parts", level.part, "minimum", level.depot))
            facts: dict[str, object] = {
                "part": level.part,
                "depot": level.depot,
                "quantity": level.quantity,
                "minimum": level.minimum,
            }
            yield Finding("O101", place, "", facts)
    for count in stock.counts:
        if count.missing or count.surplus:
            place = Place(SPARES, count.entry.line, keys=("log", count.entry.index, "serials"))
            facts = {
                "part": count.part,
                "depot": count.depot,
                "missing": count.missing,
                "surplus": count.surplus,
            }
            yield Finding("O102", place, "", facts)
    for piece in stock.pieces.values():
        if piece.state == "in_stock" and not piece.verified:
            place = Place(SPARES, piece.movements[0].line)
            facts = {"part": piece.part, "serial": piece.serial, "depot": piece.depot}
            yield Finding("O107", place, "", facts)


def check_counts(records: Records, stock: Stock, as_of: Instant) -> Iterator[Finding]:
    """Depots that were not counted when a count was due (requirement 19)."""
    for late in overdue_counts(records.spares, stock, as_of):
        last = "" if late.last is None else format_instant(late.last, records.contract.zone)
        place = Place(SPARES, keys=("depots", late.depot, "count_every"))
        yield Finding("O105", place, "", {"depot": late.depot, "last": last})


def check_recurrence(records: Records) -> Iterator[Finding]:
    """Lines of the plan whose rule recurs on no day (RFC 5545, section 3.3.10)."""
    for work in records.plan.work.values():
        if work.rule and not is_rule(work.rule):
            keys = ("plan", work.id, "rule")
            facts = {
                "key": ".".join(keys),
                "found": work.rule,
                "expected": "RFC 5545",
                "zh": "RFC 5545 的重复规则，以天或更长为单位，如 FREQ=MONTHLY;INTERVAL=3",
                "en": "A recurrence by days or longer as RFC 5545 has it: FREQ=MONTHLY;INTERVAL=3",
            }
            yield Finding("R205", Place(PLAN, keys=keys), "", facts)


def check_planned(due_work: Iterable[DueWork]) -> Iterator[Finding]:
    """Planned work that is overdue (requirement 31)."""
    for work in due_work:
        if work.state == "overdue":
            place = Place(PLAN, keys=("plan", work.plan))
            facts = {
                "plan": work.plan,
                "planned_for": work.planned_for.isoformat(),
                "due": work.due.isoformat(),
            }
            yield Finding("O103", place, "", facts)


def check_owners(records: Records, states: Mapping[str, RecordState[Dated]]) -> Iterator[Finding]:
    """Open tickets that nobody is responsible for (requirement 5)."""
    for ticket_id, state in states.items():
        ticket = records.tickets.get(ticket_id)
        if ticket and state.open and state.state is not State.NEW and not state.owner:
            yield Finding("O104", Place(ticket.path), ticket.id, {"ticket": ticket.id})


def check_duty(records: Records, on_duty: Iterable[OnDuty]) -> Iterator[Finding]:
    """Rotas that nobody is on at the instant (requirement 6)."""
    covered = {one.rota for one in on_duty}
    for rota in records.duty.rotas:
        if rota not in covered:
            place = Place("records/duty.yaml", keys=("rotas", rota))
            yield Finding("O106", place, "", {"rota": rota})
