"""Figures that the contract holds the service to: each month that is over, judged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.instant import local_month
from weibao.model.promises import JudgedFigure
from weibao.report.figure import measured, whole_month
from weibao.report.key_figures import BY_NAME
from weibao.sla.closing import month_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.instant import Instant
    from weibao.report.figure import Measured, MeasuredBook, Period


def figure_over(book: MeasuredBook, name: str, period: Period) -> Measured:
    """A figure by its name over a period; raises ``KeyError`` where there is none of that name."""
    return measured(BY_NAME[name], book, period)


def months_over(
    book: MeasuredBook, elapsed: tuple[Instant, Instant]
) -> Iterator[tuple[str, Period]]:
    """The months of which some is of the part of the term that is over, and that are over themselves, in order."""
    start, end = elapsed
    month = local_month(start, book.zone)
    while start < end and (period := whole_month(month, book.zone)).start < end:
        if period.end <= book.as_of:
            yield month, period
        month = month_after(month)


def judged_figures(book: MeasuredBook, elapsed: tuple[Instant, Instant]) -> Iterator[JudgedFigure]:
    """Every figure that was agreed, month by month; one that can still change is not judged yet."""
    for month, period in months_over(book, elapsed):
        contract = book.official_contract.before(period.start)
        weights = {kpi.figure: kpi.weight for kpi in contract.kpis}
        for name in dict.fromkeys((*weights, "availability_contract")):
            figure = figure_over(book, name, period)
            for part in figure.parts:
                bound = part.bound
                if bound is not None and not part.provisional:
                    weight = weights.get(name, 0) if bound is figure.bounds.get("") else 0
                    yield JudgedFigure(
                        month, period.end, name, part.group, bound, part.value, part.kept, weight
                    )
