"""Closes that no report may be made of: why a month that has one does not stand as it was closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.closing import close_path
from weibao.model.paths import stem_of
from weibao.report.audit.closes import close_faults
from weibao.report.closed_months import closed_month

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.finding import Finding
    from weibao.report.book import Book
    from weibao.report.closed_months import SeenLogs
    from weibao.report.papers.period_report import PeriodReport, ReportMonth


def unsound_closes(book: Book, report: PeriodReport, logs: SeenLogs) -> tuple[Finding, ...]:
    """What is wrong with the closes of a period: one that cannot be read or worked out again, or a second one.

    They must stand in the Book that is asked, and where a version is told as it was issued, also as of then.
    """
    return tuple(
        finding
        for month in report.months
        for finding in (*_unsound(book, month.name, logs), *_as_issued(month, report, logs))
    )


def _as_issued(month: ReportMonth, report: PeriodReport, logs: SeenLogs) -> Iterator[Finding]:
    """The same of a month that had no sound close when the version was issued."""
    if report.issued is not None and month.close is None:
        yield from _unsound(month.book, month.name, logs)


def _unsound(book: Book, month: str, logs: SeenLogs) -> Iterator[Finding]:
    paths = {
        path
        for path in book.snapshot.files
        if path.startswith("records/reports/") and stem_of(path) == month
    }
    if not paths or (paths == {close_path(month)} and closed_month(book, month, logs)):
        return
    yield from (
        finding
        for finding in book.findings
        if finding.place.path in paths
        and (finding.code in _VOID or finding.place.path in book.records.unreadable)
    )
    if close := book.records.closes.get(month):
        yield from close_faults(book, close, logs)


_VOID = frozenset({"E153", "R301", "R302", "R303"})
"""What makes a close void besides its figures: its time, its place."""
