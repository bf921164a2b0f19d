"""Whom the figures are of: reactive work that was not cancelled, and faults that came back."""

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.history.proven import worst
from weibao.model.instant import midnight
from weibao.model.ticket import COMPLAINT
from weibao.report.figure import LATER_FACTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.history.proven import Grade
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.operations.planned import DueWork
    from weibao.report.book import Book
    from weibao.report.figure import Period
    from weibao.sla.reading import Step


_OVER = frozenset({"done", "done_late", "incomplete", "overdue"})


def counted(ticket: Ticket) -> bool:
    """Whether a ticket is of those that figures count: unplanned, and no complaint about the others."""
    return not ticket.planned and ticket.kind != COMPLAINT


def reactive(book: Book, *kinds: str) -> Iterator[Ticket]:
    """Faults, consultations and requests (or those of some kinds) reported by the instant and not cancelled by then."""
    for ticket in book.records.tickets.values():
        if not counted(ticket) or ticket.reported_at > book.as_of:
            continue
        if (not kinds or ticket.kind in kinds) and book.states[ticket.id].cancelled is None:
            yield ticket


def reported(book: Book, ticket: Ticket) -> Instant:
    """When a ticket was reported, by its evidence."""
    return book.proofs[ticket.id].header_effective


def since_report(book: Book, ticket: Ticket, step: Step) -> tuple[int | None, int | None, Grade]:
    """Seconds on the wall from the report to a step: by the evidence and by the claims; and what they rest on.

    None where an old register does not say both times exactly.
    """
    grade = worst({book.proofs[ticket.id].header_grade, step.grade})
    if ticket.reported_precision is not None or step.precision is not None:
        return None, None, grade
    claimed = step.entry.at - ticket.reported_at
    return max(0, step.instant - reported(book, ticket)), max(0, claimed), grade


def first_restored(book: Book, ticket: Ticket) -> Instant | None:
    """When the service was first back; None while it is not."""
    repaired = book.states[ticket.id].spells[0].repaired
    return repaired.instant if repaired else None


def over_in(book: Book, period: Period) -> Iterator[DueWork]:
    """The rounds and other work of the plan whose last instant on time was in the period, and that are closed or past due."""
    for work in book.due_work:
        last = midnight(work.due + timedelta(days=1), book.zone) - 1
        if work.state in _OVER and period.has(last):
            yield work


def time_lost(book: Book, fault: Ticket) -> tuple[int | None, int | None, Grade]:
    """Seconds on the wall for which a fault lasted, from its report and again from each reopening; no pause is taken off.

    By the evidence and by the claims; and what they rest on. None where an old register does not say all times exactly.
    """
    proof = book.proofs[fault.id]
    grades, seconds, claimed = {proof.header_grade}, 0, 0
    exact = fault.reported_precision is None
    for spell in book.states[fault.id].spells:
        steps = [step for step in (spell.reopened, spell.repaired) if step is not None]
        grades |= {step.grade for step in steps}
        exact = exact and not any(step.precision for step in steps)
        begun = spell.reopened.instant if spell.reopened else reported(book, fault)
        begun_by_claim = spell.reopened.entry.at if spell.reopened else fault.reported_at
        seconds += max(0, (spell.repaired.instant if spell.repaired else book.as_of) - begun)
        ended = spell.repaired.entry.at if spell.repaired else book.as_of
        claimed += max(0, ended - begun_by_claim)
    return (seconds if exact else None), (claimed if exact else None), worst(grades)


def last_said(book: Book, ticket: Ticket, key: str) -> str:
    """What the last resolution of a ticket says under a key; "" where it says nothing, or there is none."""
    spells = reversed(book.states[ticket.id].spells)
    last = next((spell.resolved for spell in spells if spell.resolved), None)
    return str(last.entry.data.get(key, "")) if last else ""


def came_back(book: Book) -> Mapping[str, str]:
    """By fault, the last one before it of a shared asset that had been restored within 30 days of its report.

    Where both have a coded cause, it is the same one.
    """
    faults = list(reactive(book, "fault"))
    causes = {fault.id: last_said(book, fault, "cause_code") for fault in faults}
    # By asset and cause, the repairs in order of time: the last one before a report is at hand.
    repairs: dict[str, dict[str, list[tuple[Instant, str]]]] = {}
    for fault in faults:
        restored = first_restored(book, fault)
        for asset in set(fault.assets) if restored is not None else ():
            of_asset = repairs.setdefault(asset, {})
            of_asset.setdefault(causes[fault.id], []).append((restored or 0, fault.id))
    for of_asset in repairs.values():
        for told in of_asset.values():
            told.sort()
    found: dict[str, str] = {}
    for fault in faults:
        begun, cause = reported(book, fault), causes[fault.id]
        alike = (
            told
            for asset in set(fault.assets)
            for other, told in repairs.get(asset, {}).items()
            if not cause or other in {"", cause}
        )
        earlier = [last for told in alike if (last := _last_before(told, begun, fault.id))]
        if earlier:
            found[fault.id] = max(earlier)[1]
    return found


def _last_before(
    repairs: Sequence[tuple[Instant, str]], begun: Instant, fault: str
) -> tuple[Instant, str] | None:
    """The last repair, in the 30 days before an instant, of another fault; ``repairs`` are in order of time."""
    place = bisect_left(repairs, (begun + 1, ""))
    # A fault is among them once at most for its asset.
    for restored, other in reversed(repairs[max(0, place - 2) : place]):
        if begun - restored > LATER_FACTS:
            return None
        if other != fault:
            return restored, other
    return None
