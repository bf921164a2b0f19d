"""Entries of a period that a report lists one by one: late ones, corrections, severities that were lowered."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.report.audit.behind import EntryBehind
from weibao.report.figures.satisfaction import CONTENT

if TYPE_CHECKING:
    from collections.abc import Callable

    from weibao.history.proven import ProvenEntry
    from weibao.report.book import Book
    from weibao.report.figure import Period
    from weibao.sla.reading import Step

LATE = frozenset({Grade.COUNTERSIGNED, Grade.LATE, Grade.CONTRADICTED})
"""The grades of what was recorded late, or otherwise than it is claimed."""

CORRECTIONS = frozenset({"amended", "countersigned"})


@dataclass(frozen=True, slots=True)
class LoweredSeverity:
    """A severity that was lowered from one to another, and the step that did so."""

    ticket: str
    step: Step
    before: int
    after: int


def late_entries(book: Book, period: Period) -> tuple[EntryBehind, ...]:
    """The entries claimed in a period that were recorded late, in the order of the claims."""
    return _chosen(book, lambda proven: proven.grade in LATE and period.has(proven.entry.at))


def corrections(book: Book, period: Period) -> tuple[EntryBehind, ...]:
    """The corrections and countersignatures of a period, in the order of the claims."""
    return _chosen(
        book, lambda proven: proven.entry.event in CORRECTIONS and period.has(proven.effective)
    )


def low_scores(book: Book, period: Period) -> tuple[EntryBehind, ...]:
    """The confirmations of unplanned work in a period by which somebody was less than content, the worst first."""
    scored = _chosen(
        book,
        lambda proven: (
            period.has(proven.effective)
            and (proven.entry.data.get("satisfaction") or CONTENT) < CONTENT
        ),
    )
    tickets = book.records.tickets
    found = (
        behind
        for behind in scored
        if behind.record in tickets and not tickets[behind.record].planned
    )
    return tuple(sorted(found, key=lambda behind: behind.proven.entry.data["satisfaction"]))


def _chosen(book: Book, wanted: Callable[[ProvenEntry], bool]) -> tuple[EntryBehind, ...]:
    found = [
        EntryBehind(record, proven)
        for record, log in book.proofs.items()
        for proven in log.entries
        if wanted(proven)
    ]
    return tuple(
        sorted(
            found,
            key=lambda behind: (behind.proven.entry.at, behind.record, behind.proven.entry.index),
        )
    )


def lowered_severities(book: Book, period: Period) -> tuple[LoweredSeverity, ...]:
    """The severities that were lowered in a period and count, by ticket."""
    found: list[LoweredSeverity] = []
    for ticket in book.records.tickets:
        state = book.states[ticket]
        levels = (state.declared, *(change.level for change in state.changes))
        for change, (before, after) in zip(state.changes, pairwise(levels), strict=True):
            counts = not change.raised and period.has(change.step.instant)
            if counts and before is not None and after is not None:
                found.append(LoweredSeverity(ticket, change.step, before, after))
    return tuple(found)
