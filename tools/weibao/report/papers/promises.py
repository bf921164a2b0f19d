"""The promises of a report's months: by target and severity, and month by month as each was closed."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from weibao.model.events import TARGETS
from weibao.report.papers.over_months import months_shown
from weibao.report.papers.period_report import told_once
from weibao.sla.closing import due_in
from weibao.sla.figures import Compliance, Promises, by_gravity, promise
from weibao.sla.tally import Tally, total

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from weibao.report.papers.period_report import PeriodReport, ReportMonth
    from weibao.sla.verdict import Verdict


@dataclass(frozen=True, slots=True)
class PromisesOf:
    """Promises that belong together.

    Attributes:
        promises: how they came out.
        at_worst: those kept, of those judged, were nobody but others believed; imported ones are in neither.
    """

    promises: Promises
    at_worst: Tally


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """The promises of one target and severity in all months of a report; ``shares`` are those of each month shown."""

    target: str
    severity: int | None
    of: PromisesOf
    shares: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class PromiseMonth:
    """All promises that fell due in a month: as it was closed, where it is; ``restated`` is how many came out otherwise since."""

    month: str
    closed: bool
    of: PromisesOf
    restated: int


@dataclass(frozen=True, slots=True)
class ReportPromises:
    """The promises of a report."""

    rows: tuple[PromiseRow, ...]
    months: tuple[PromiseMonth, ...]
    all: PromisesOf


@told_once
def report_promises(report: PeriodReport) -> ReportPromises:
    """The promises that fell due in the months of a report, and beside them in those shown with it."""
    shown = months_shown(report)
    counted = {month.name: _compliance(month) for month in shown}
    verdicts = {month.name: due_in(month.book.verdicts, month.name) for month in shown}
    own = [month.name for month in report.months]
    kinds = sorted({kind for name in own for kind in counted[name]}, key=_order)
    return ReportPromises(
        rows=tuple(
            PromiseRow(
                target,
                severity,
                PromisesOf(
                    _added(
                        counted[name][target, severity]
                        for name in own
                        if (target, severity) in counted[name]
                    ),
                    _at_worst(
                        verdict
                        for name in own
                        for verdict in verdicts[name]
                        if (verdict.target, verdict.severity) == (target, severity)
                    ),
                ),
                tuple(_kept(counted[month.name].get((target, severity))) for month in shown),
            )
            for target, severity in kinds
        ),
        months=tuple(
            PromiseMonth(
                month.name,
                month.close is not None,
                PromisesOf(_added(counted[month.name].values()), _at_worst(verdicts[month.name])),
                sum(restated.month == month.name for restated in report.restated),
            )
            for month in shown
        ),
        all=PromisesOf(
            _added(row for name in own for row in counted[name].values()),
            _at_worst(verdict for name in own for verdict in verdicts[name]),
        ),
    )


def _compliance(month: ReportMonth) -> dict[tuple[str, int | None], Compliance]:
    """By target and severity; what its close counts is worked out again before a report takes it for closed."""
    return {
        (row.target, row.severity): row for row in month.book.compliance if row.month == month.name
    }


def _order(kind: tuple[str, int | None]) -> tuple[int, tuple[bool, int]]:
    return TARGETS.index(kind[0]), by_gravity(kind[1])


def _kept(row: Compliance | None) -> Tally:
    return Tally(0, 0) if row is None else row.kept


def _added(rows: Iterable[Compliance]) -> Promises:
    known: Sequence[Compliance] = list(rows)
    return Promises(
        **{key.name: sum(getattr(row, key.name) for row in known) for key in fields(Promises)}
    )


def _at_worst(verdicts: Iterable[Verdict]) -> Tally:
    return total(promise(verdict.at_worst) for verdict in verdicts if verdict.at_worst is not None)
