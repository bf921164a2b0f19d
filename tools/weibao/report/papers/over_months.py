"""The figures of a report: each month's by the Book that it was closed with, and those of its months together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.report.figure import Measured, Unit, whole_month
from weibao.report.papers.period_report import told_once

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from weibao.report.figure import Period
    from weibao.report.papers.period_report import PeriodReport, ReportMonth

AT_ITS_END = frozenset({"backlog", "provenance", "stock_counted", "time_between_outages"})
"""Figures that say how things are at the end of a period: those of its months do not add up."""

BESIDE = 2
"""How many months before it stand beside a month."""


def months_shown(report: PeriodReport) -> tuple[ReportMonth, ...]:
    """The months that a report lays side by side: those that it is on, and beside a single one those before it."""
    if len(report.months) > 1:
        return report.months
    return (*report.before[-BESIDE:], *report.months)


def period_of_month(month: ReportMonth) -> Period:
    """From the first instant of a month to the first after it."""
    return whole_month(month.name, month.book.zone)


def in_month(month: ReportMonth, name: str) -> Measured:
    """A figure of a month."""
    return month.book.figure(name, period_of_month(month))


@told_once
def over_report(report: PeriodReport, name: str) -> Measured:
    """A figure of a report's period: the rows of its months together."""
    if name in AT_ITS_END:
        return report.book.figure(name, report.period)
    months = [in_month(month, name) for month in report.months]
    return months[0] if len(months) == 1 else _together(months, report.period)


def _together(months: Sequence[Measured], period: Period) -> Measured:
    return Measured(
        months[0].figure,
        period,
        tuple(row for month in months for row in month.counted),
        tuple(row for month in months for row in month.imported),
        provisional=any(month.provisional for month in months),
    )


def written_figure(measured: Measured) -> str | int | Decimal | None:
    """A figure for machines: how many of how many, or the mean length in seconds, or the amount; None for nothing."""
    tally = measured.tally
    match measured.figure.unit:
        case Unit.COUNT:
            return tally.of
        case Unit.LENGTH:
            return measured.mean
        case Unit.AMOUNT:
            return measured.amount
        case Unit.PER_EVENT:
            return f"{measured.whole_length}/{tally.count}" if measured.whole_length else None
        case _:
            return f"{tally.count}/{tally.of}" if tally.of else None
