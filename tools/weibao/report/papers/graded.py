"""How many entries of each grade there are, month by month and altogether."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.report.papers.over_months import in_month, months_shown, over_report
from weibao.report.papers.period_report import told_once

if TYPE_CHECKING:
    from weibao.report.figure import Measured
    from weibao.report.papers.period_report import PeriodReport


@dataclass(frozen=True, slots=True)
class GradeRow:
    """A grade, and how many entries have it: a number for each month shown, and of several one for all."""

    grade: Grade
    counts: tuple[int, ...]


@told_once
def graded(report: PeriodReport) -> tuple[GradeRow, ...]:
    """Every grade, from best to worst."""
    told = [in_month(month, "grades") for month in months_shown(report)]
    if len(report.months) > 1:
        told.append(over_report(report, "grades"))
    return tuple(
        GradeRow(grade, tuple(_count(measured, grade) for measured in told)) for grade in Grade
    )


def _count(measured: Measured, grade: Grade) -> int:
    return sum(row.group == grade for row in (*measured.counted, *measured.imported))
