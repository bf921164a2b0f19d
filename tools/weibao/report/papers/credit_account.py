"""The service credits of each month of a period: by rule, with their sum, the cap, and what of the fee is payable."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from weibao.model.instant import local_day
from weibao.report.papers.over_months import in_month, period_of_month
from weibao.report.papers.period_report import told_once

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.promises import CreditRule, CreditTerms
    from weibao.report.figure import FigureRow, Measured
    from weibao.report.papers.period_report import PeriodReport, ReportMonth

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class RuleCost:
    """What a rule took off the fee (None: the points that a month lost): how often, and what that comes to."""

    rule: CreditRule | None
    misses: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class CreditMonth:
    """The account of a month in a currency.

    Attributes:
        fee: the fee of the month; None where the terms of its first day are in another currency.
        rules: every rule by which something could have cost anything, dear ones first.
        rows: what did cost something.
        total: what that comes to, and ``deducted`` as far as the cap lets it.
        on_claim: what would be deducted, were every claim believed.
    """

    month: str
    currency: str
    fee: Decimal | None
    limit: Decimal
    rules: tuple[RuleCost, ...]
    rows: tuple[FigureRow, ...]
    total: Decimal
    deducted: Decimal
    on_claim: Decimal

    @property
    def payable(self) -> Decimal | None:
        """What of the fee is left to be paid."""
        return None if self.fee is None else self.fee - self.deducted


@dataclass(frozen=True, slots=True)
class CreditSum:
    """What is deducted and payable over a period in a currency."""

    currency: str
    deducted: Decimal
    payable: Decimal | None


@told_once
def credit_months(report: PeriodReport) -> tuple[CreditMonth, ...]:
    """Those of the months whose contract has terms on credits: of a month without there is nothing to say."""
    return tuple(account for month in report.months for account in _accounts(month))


def _accounts(month: ReportMonth) -> Iterator[CreditMonth]:
    terms, figure = terms_of_month(month), in_month(month, "credits")
    groups = {group.rpartition(" ")[2]: part for group, part in figure.groups.items()}
    if terms is not None and terms.currency not in groups:
        groups[terms.currency] = figure.ungrouped
    for currency, part in sorted(groups.items()):
        own = terms if terms is not None and terms.currency == currency else None
        yield _account(month.name, currency, own, part)


def terms_of_month(month: ReportMonth) -> CreditTerms | None:
    """Those that stood when the month began."""
    start = period_of_month(month).start
    contract = month.book.official_contract.before(start)
    return contract.credits_on(max(local_day(start, month.book.zone), contract.start))


def _account(month: str, currency: str, terms: CreditTerms | None, part: Measured) -> CreditMonth:
    rows = (*part.counted, *part.imported)
    limits = [row.limit for row in rows if row.limit is not None]
    found: dict[CreditRule | None, list[FigureRow]] = {
        rule: [] for rule in (terms.rules if terms else ())
    }
    for row in rows:
        found.setdefault(row.rule, []).append(row)
    return CreditMonth(
        month=month,
        currency=currency,
        fee=terms.fee if terms else None,
        limit=max(limits, default=terms.limit if terms else NOTHING),
        rules=tuple(
            RuleCost(rule, sum(row.tally.count for row in own), _sum(own))
            for rule, own in found.items()
        ),
        rows=tuple(row for row in rows if row.tally.count),
        total=_sum(part.counted),
        deducted=part.amount or NOTHING,
        on_claim=part.amount_on_claim or NOTHING,
    )


def _sum(rows: Iterable[FigureRow]) -> Decimal:
    return sum((row.amount or NOTHING for row in rows), NOTHING)


def credit_sums(accounts: Iterable[CreditMonth]) -> tuple[CreditSum, ...]:
    """By currency, the accounts added up; each month's cap is its own."""
    by_currency: dict[str, list[CreditMonth]] = {}
    for account in accounts:
        by_currency.setdefault(account.currency, []).append(account)
    return tuple(_added_up(currency, own) for currency, own in sorted(by_currency.items()))


def _added_up(currency: str, accounts: list[CreditMonth]) -> CreditSum:
    payable = [account.payable for account in accounts if account.payable is not None]
    return CreditSum(
        currency,
        sum((account.deducted for account in accounts), NOTHING),
        sum(payable, NOTHING) if len(payable) == len(accounts) else None,
    )
