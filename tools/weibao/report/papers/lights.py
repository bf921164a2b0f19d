"""The figures of the months laid side by side, each as good as the contract asks or not (the SLAM grid)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from weibao.report.figure import Unit
from weibao.report.papers.over_months import in_month, months_shown, period_of_month
from weibao.report.papers.period_report import told_once

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from weibao.report.figure import KeyFigure, Measured
    from weibao.report.papers.period_report import PeriodReport, ReportMonth

LISTED = (
    "compliance",
    "availability_contract",
    "repeat",
    "reopened",
    "rounds",
    "items_inspected",
    "updates",
    "rota",
    "escalation",
    "fill_rate",
    "part_delivery",
    "stock_accuracy",
    "provenance",
    "confirmed",
    "report_timeliness",
)
"""The figures that stand in the grid, whatever the contract asks."""

FEWER = frozenset({"repeat", "reopened", "discontented", "escalation_late", "escalation_never"})
"""The shares of which less is better; of lengths and amounts it always is."""


class Light(StrEnum):
    """How a figure of a month is held against what was agreed.

    ``good`` is reached, or where nothing is agreed of it without a miss; ``watch`` is not, where nothing is
    agreed; ``bad`` is short of what is agreed; ``none`` has nothing to count.
    """

    GOOD = "good"
    WATCH = "watch"
    BAD = "bad"
    NONE = "none"


class Trend(StrEnum):
    """Where a figure goes from the first month that has it to the last."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class LitFigure:
    """A figure of a month, and how it is held against what was agreed."""

    measured: Measured | None
    light: Light


@dataclass(frozen=True, slots=True)
class LightRow:
    """A figure, or the part of it that is told apart by ``group``, month by month; no trend with less than two."""

    figure: KeyFigure
    group: str
    months: tuple[LitFigure, ...]
    trend: Trend | None


@told_once
def lights(report: PeriodReport) -> tuple[LightRow, ...]:
    """The grid of a report: of what it lists, and of all that the contract asks of a month."""
    months = months_shown(report)
    asked = {
        kpi.figure
        for month in months
        for kpi in month.book.official_contract.before(period_of_month(month).start).kpis
    }
    names = (*LISTED, *sorted(asked.difference(LISTED)))
    return tuple(row for name in names for row in _rows(name, months, report))


def _settled(month: ReportMonth, name: str, report: PeriodReport) -> Measured:
    """A figure of a month as it was closed; what could still change then, as the report's Book has it."""
    measured = in_month(month, name)
    if measured.provisional and month.book is not report.book:
        return report.book.figure(name, period_of_month(month))
    return measured


def _rows(name: str, months: Sequence[ReportMonth], report: PeriodReport) -> Iterator[LightRow]:
    """A row for the whole figure, or for each of its groups; none where no month has anything of it."""
    measured = [_settled(month, name, report) for month in months]
    parts = [{part.group: part for part in month.parts} for month in measured]
    for group in sorted({group for month in parts for group in month}):
        lit = tuple(_lit(month.get(group)) for month in parts)
        if any(month.light is not Light.NONE for month in lit):
            yield LightRow(measured[0].figure, group, lit, _trend(lit))


def _lit(measured: Measured | None) -> LitFigure:
    return LitFigure(measured, Light.NONE if measured is None else light_of(measured))


def light_of(measured: Measured) -> Light:
    """How a figure of a month, or a part of it, is held against what was agreed."""
    tally, unit = measured.tally, measured.figure.unit
    if measured.kept is not None:
        return Light.GOOD if measured.kept else Light.BAD
    if measured.value is None or unit not in {Unit.SHARE, Unit.TIME}:
        return Light.NONE
    best = 0 if measured.figure.name in FEWER else 1
    return Light.GOOD if tally.of and measured.value == best else Light.WATCH


def _trend(months: Sequence[LitFigure]) -> Trend | None:
    """By what two months show exactly."""
    found = [month.measured for month in months if month.measured is not None]
    values = [(measured, value) for measured in found if (value := measured.value) is not None]
    if len(values) < 2:
        return None
    measured, last = values[-1]
    return _compared(measured, values[0][1], last)


def _compared(measured: Measured, first: Fraction, last: Fraction) -> Trend:
    if first == last:
        return Trend.SAME
    bound, figure = measured.bound, measured.figure
    fewer = figure.name in FEWER or figure.unit in {Unit.LENGTH, Unit.AMOUNT}
    more_is_better = not fewer if bound is None else bound.at_least
    return Trend.BETTER if (last > first) is more_is_better else Trend.WORSE
