"""What a statement of service credits tells of a month: how each rule was kept, and every miss that costs something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.report.figures.service_credits import month_points
from weibao.report.papers.credit_account import credit_months, terms_of_month
from weibao.report.papers.over_months import period_of_month

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from weibao.history.proven import ProvenEntry
    from weibao.model.promises import CreditTerms
    from weibao.report.closed_months import Restated
    from weibao.report.figure import FigureRow, Measured
    from weibao.report.figures.service_credits import MonthPoints
    from weibao.report.papers.credit_account import CreditMonth, RuleCost
    from weibao.report.papers.period_report import PeriodReport, ReportMonth
    from weibao.sla.figures import Compliance
    from weibao.sla.verdict import Verdict


@dataclass(frozen=True, slots=True)
class KeptRule:
    """A rule and what it costs: of a promise how those due came out, of a figure each part of it that there is."""

    cost: RuleCost
    promises: Compliance | None
    figures: tuple[Measured, ...]

    @property
    def of_figure(self) -> bool:
        """Whether it is on a figure, and not on a promise."""
        return self.cost.rule is not None and bool(self.cost.rule.figure)


@dataclass(frozen=True, slots=True)
class CostlyBreach:
    """A missed promise, as a row of the credits has it: it costs an amount, or points."""

    row: FigureRow
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class CreditStatement:
    """The statement of a month in a currency.

    Attributes:
        terms: those that stood when the month began, where they are in this currency.
        rules: every rule by which something could have cost anything.
        breaches: the promises missed that cost something, by ticket.
        figures: the figures below their bound that cost something.
        points: how the month was marked; None where it is not.
        disputed: what the customer has objected to so far.
        restated: what of these promises has come out otherwise since the month was closed.
    """

    account: CreditMonth
    terms: CreditTerms | None
    rules: tuple[KeptRule, ...]
    breaches: tuple[CostlyBreach, ...]
    figures: tuple[FigureRow, ...]
    points: MonthPoints | None
    disputed: tuple[ProvenEntry, ...]
    restated: tuple[Restated, ...]

    @property
    def paid(self) -> Fraction | None:
        """The share of the fee that is paid for the points kept; None where no band has them."""
        if self.terms is None or self.points is None:
            return None
        return self.terms.paid(self.points.kept)


def credit_statements(report: PeriodReport) -> tuple[CreditStatement, ...]:
    """The statement of a report's month, one for each currency; none where its contract has no terms on credits."""
    month = report.months[-1]
    return tuple(_statement(report, month, account) for account in credit_months(report))


def _statement(report: PeriodReport, month: ReportMonth, account: CreditMonth) -> CreditStatement:
    terms = terms_of_month(month)
    own = terms if terms is not None and terms.currency == account.currency else None
    counted = {
        (row.target, row.severity): row for row in month.book.compliance if row.month == month.name
    }
    asked = {
        (cost.rule.target, cost.rule.severity) for cost in account.rules if cost.rule is not None
    }
    return CreditStatement(
        account=account,
        terms=own,
        rules=tuple(
            KeptRule(
                cost,
                counted.get((cost.rule.target, cost.rule.severity)),
                tuple(_parts(month, cost.rule.figure)) if cost.rule.figure else (),
            )
            for cost in account.rules
            if cost.rule is not None
        ),
        breaches=tuple(_breaches(month, account)),
        figures=tuple(row for row in account.rows if row.rule is not None and row.rule.figure),
        points=None if own is None else month_points(month.book, month.name, own),
        disputed=tuple(proven for proven in report.log if proven.entry.event == "disputed"),
        restated=tuple(
            restated
            for restated in report.restated
            if restated.month == month.name
            and (restated.turned.verdict.target, restated.turned.verdict.severity) in asked
        ),
    )


def _parts(month: ReportMonth, figure: str) -> Iterator[Measured]:
    parts = month.book.figure(figure, period_of_month(month)).parts
    return (part for part in parts if part.value is not None)


def _breaches(month: ReportMonth, account: CreditMonth) -> Iterator[CostlyBreach]:
    for row in account.rows:
        if row.rule is not None and row.rule.target:
            yield CostlyBreach(
                row,
                next(
                    verdict
                    for verdict in month.book.verdicts_of(row.record)
                    if (verdict.target, verdict.occurrence) == (row.what, row.occurrence)
                ),
            )
