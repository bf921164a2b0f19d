"""The rounds of inspection that are over: how many were done in full, and how much of them was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.sla.tally import Tally, tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.operations.coverage import Coverage
    from weibao.operations.planned import DueWork
    from weibao.report.book import Book

OVER = frozenset({"done", "done_late", "incomplete", "overdue"})


def rounds_done(book: Book) -> Tally:
    """The rounds in which everything was looked at, on time or late, of those that are closed or past due."""
    return tally(work.state in {"done", "done_late"} for work in _over(book))


def assets_looked_at(book: Book) -> Tally:
    """The pieces on which each of their items was looked at, round by round, of all that were promised."""
    return _sum(coverage.assets for coverage in _coverages(book))


def items_looked_at(book: Book) -> Tally:
    """The items that were looked at, piece by piece and round by round, of all that were promised."""
    return _sum(coverage.checks for coverage in _coverages(book))


def _over(book: Book) -> Iterator[DueWork]:
    return (work for work in book.due_work if work.kind == "inspection" and work.state in OVER)


def _coverages(book: Book) -> Iterator[Coverage]:
    return (work.coverage for work in _over(book) if work.coverage)


def _sum(tallies: Iterator[Tally]) -> Tally:
    known = list(tallies)
    return Tally(sum(part.count for part in known), sum(part.of for part in known))
