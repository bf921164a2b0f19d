"""A month, a quarter or a year as a report tells it: its closes, the Book that each was made from, and the remarks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import midnight
from weibao.operations.deliverables import periods
from weibao.report.closed_months import closed_month, reworked
from weibao.report.figure import Period, whole_month
from weibao.sla.closing import month_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.model.closing import MonthClose
    from weibao.model.contract import Contract
    from weibao.report.book import Book
    from weibao.report.closed_months import Restated, SeenLogs


@dataclass(frozen=True, slots=True)
class ReportMonth:
    """A month of a period.

    Attributes:
        name: ``2026-11``.
        book: the whole Book that it was closed with, or that tells of it so far.
        close: its close; None where it is not closed.
    """

    name: str
    book: Book
    close: MonthClose | None


@dataclass(frozen=True, slots=True)
class PeriodReport:
    """A period as its report tells it.

    Attributes:
        kind: ``monthly``, ``quarterly`` or ``annual``: a word of the kind ``deliverable``.
        name: as people name the period: ``2026-11``, ``2026-Q4``, ``2026``.
        period: from the first instant of its first month to the first instant after its last.
        months: its months, in order; the last one's Book is the report's own.
        log: what its report's log says before the version at hand was issued, in order.
        restated: what has come out otherwise than it was closed, in the period or of it, as of a revision.
        provisional: whether a month of it is not closed, so that everything can still change.
        version: which version of the report this is, counted from 1.
        before: the months before it that stand beside it as a trend, oldest first.
    """

    kind: str
    name: str
    period: Period
    months: tuple[ReportMonth, ...]
    log: tuple[ProvenEntry, ...]
    restated: tuple[Restated, ...]
    provisional: bool
    version: int
    before: tuple[ReportMonth, ...] = ()

    @property
    def book(self) -> Book:
        """The whole Book as of which the report is made."""
        return self.months[-1].book

    def remarks(self, section: str) -> tuple[ProvenEntry, ...]:
        """What the provider remarked on a section, in order."""
        return tuple(
            proven
            for proven in self.log
            if proven.entry.event == "remarked" and proven.entry.data.get("section") == section
        )


@dataclass(frozen=True, slots=True)
class NamedPeriod:
    """A period of the contract that has a report: ``kind``, how people name it, and its months in order."""

    kind: str
    name: str
    months: tuple[str, ...]


def named_periods(contract: Contract) -> tuple[NamedPeriod, ...]:
    """Every month, quarter and year of the term.

    Quarters and years are the contract's own, counted from the month in which its term begins; each is named by
    the quarter or the year of the calendar in which it ends.
    """
    until = midnight(contract.end, contract.zone) + 2 * 86400
    return tuple(
        NamedPeriod(kind, _name(kind, last), tuple(_months(first, last)))
        for kind, first, last, _ in periods(contract, until)
        if kind in _NAMED
    )


_NAMED = ("monthly", "quarterly", "annual")


def _name(kind: str, last: str) -> str:
    year, month = last.split("-")
    quarter = (int(month) + 2) // 3
    return {"monthly": last, "quarterly": f"{year}-Q{quarter}", "annual": year}[kind]


def _months(first: str, last: str) -> Iterator[str]:
    month = first
    while month <= last:
        yield month
        month = month_after(month)


def period_report(book: Book, named: NamedPeriod, logs: SeenLogs) -> PeriodReport:
    """The report on a period of the contract, by the closes of its months."""
    months = tuple(_month(book, name, logs) for name in named.months)
    return PeriodReport(
        kind=named.kind,
        name=named.name,
        period=Period(
            whole_month(named.months[0], book.zone).start,
            whole_month(named.months[-1], book.zone).end,
        ),
        months=months,
        log=(),
        restated=(),
        provisional=any(month.close is None for month in months),
        version=1,
    )


def _month(book: Book, name: str, logs: SeenLogs) -> ReportMonth:
    closed = closed_month(book, name, logs)
    then = reworked(book, closed.close, logs) if closed else None
    if closed is None or then is None:
        over = whole_month(name, book.zone).end
        return ReportMonth(name, book.at(min(over, book.as_of)), None)
    return ReportMonth(name, then, closed.close)
