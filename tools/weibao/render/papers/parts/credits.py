"""Service credits of each month: by rule, their sum, the cap, and what of the fee is payable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.papers.cells import (
    NONE,
    amount,
    column,
    fact,
    number,
    own,
    record,
    term,
    verbatim,
)
from weibao.render.papers.credit_cells import credit_rule, money
from weibao.render.papers.paper import Facts, PaperCell, Prose, Table
from weibao.render.papers.report_part import ReportPart
from weibao.report.papers.credit_account import credit_months, credit_sums

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Fact
    from weibao.report.figure import FigureRow
    from weibao.report.papers.credit_account import CreditMonth, CreditSum, RuleCost
    from weibao.report.papers.period_report import PeriodReport


def _tell(commission: Commission, report: PeriodReport) -> Iterator[Block]:
    voice, accounts = commission.voice, credit_months(report)
    if not accounts:
        yield Prose(own(voice, N_("n/a: the contract has no terms on service credits.")), "lead")
        return
    yield Facts("credit_sums", tuple(_sums(voice, credit_sums(accounts))))
    yield Table(
        "credit_months",
        own(voice, N_("What is deducted and what is payable")),
        (
            column(voice, "month", N_("Month"), 2),
            column(voice, "currency", N_("Currency")),
            column(voice, "fee", N_("Fee"), 2),
            column(voice, "sum", N_("Sum of the credits"), 2),
            column(voice, "cap", N_("Cap"), 2),
            column(voice, "deducted", N_("Deducted"), 2),
            column(voice, "payable", N_("Payable"), 2),
            column(voice, "on_claim", N_("Deducted, on claims"), 2),
        ),
        tuple(_month(voice, account) for account in accounts),
        own(voice, N_("Nothing was deducted.")),
    )
    yield Table(
        "credit_rules",
        own(voice, N_("By rule")),
        (
            column(voice, "month", N_("Month"), 2),
            column(voice, "rule", N_("Rule"), 5),
            column(voice, "unit", N_("Amount or points"), 2),
            column(voice, "misses", N_("Times missed")),
            column(voice, "amount", N_("Amount"), 2),
        ),
        tuple(_rule(voice, account, cost) for account in accounts for cost in account.rules),
        own(voice, N_("No rule costs anything.")),
    )
    yield Table(
        "credit_costs",
        own(voice, N_("What cost something")),
        (
            column(voice, "month", N_("Month"), 2),
            column(voice, "record", N_("Ticket"), 3),
            column(voice, "what", N_("What was missed"), 3),
            column(voice, "grade", N_("Grade")),
            column(voice, "amount", N_("Amount"), 2),
            column(voice, "on_claim", N_("On claims"), 2),
        ),
        tuple(_cost(voice, account, row) for account in accounts for row in account.rows),
        own(voice, N_("Nothing cost anything.")),
    )


def _sums(voice: Voice, sums: tuple[CreditSum, ...]) -> Iterator[Fact]:
    for found in sums:
        key = found.currency
        yield fact(
            voice, f"deducted_{key}", N_("Deducted altogether"), money(voice, found.deducted, key)
        )
        yield fact(
            voice, f"payable_{key}", N_("Payable altogether"), money(voice, found.payable, key)
        )


def _month(voice: Voice, account: CreditMonth) -> tuple[PaperCell, ...]:
    return (
        verbatim(account.month),
        verbatim(account.currency),
        amount(voice, account.fee),
        amount(voice, account.total),
        amount(voice, account.limit),
        amount(voice, account.deducted),
        amount(voice, account.payable),
        amount(voice, account.on_claim),
    )


def _rule(voice: Voice, account: CreditMonth, cost: RuleCost) -> tuple[PaperCell, ...]:
    rule = cost.rule
    return (
        verbatim(account.month),
        credit_rule(voice, rule),
        NONE if rule is None else amount(voice, rule.cost),
        number(voice, cost.misses),
        amount(voice, cost.amount),
    )


def _cost(voice: Voice, account: CreditMonth, row: FigureRow) -> tuple[PaperCell, ...]:
    ticket = row.record in voice.book.records.tickets
    return (
        verbatim(account.month),
        record(voice, row.record) if ticket else NONE,
        term(voice, "target", row.what) if ticket else credit_rule(voice, row.rule),
        NONE if row.grade is None else verbatim(row.grade.value),
        amount(voice, row.amount),
        amount(voice, row.on_claim_amount),
    )


PART = ReportPart(key="credits", title=N_("Service credits"), place=150, tell=_tell)
