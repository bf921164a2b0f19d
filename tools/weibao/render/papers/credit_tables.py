"""The tables of a statement of service credits: how each rule was kept, and what every miss costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.render.edition.withheld import Told
from weibao.render.papers.cells import (
    NONE,
    amount,
    column,
    due,
    fact,
    moment,
    named,
    number,
    own,
    percent,
    record,
    severity,
    share,
    term,
    verbatim,
)
from weibao.render.papers.credit_cells import credit_rule, money
from weibao.render.papers.paper import Facts, PaperCell, Table, said
from weibao.render.words.figures import group_told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.promises import CreditRule
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.paper import Block, Fact
    from weibao.report.figure import Measured
    from weibao.report.papers.credit_statement import CostlyBreach, CreditStatement, KeptRule


def rules_kept(voice: Voice, told: CreditStatement) -> Iterator[Block]:
    """How each rule was kept."""
    currency = told.account.currency
    yield Table(
        f"promises_{currency}",
        own(voice, N_("Promises")),
        (
            column(voice, "rule", N_("Rule"), 5),
            column(voice, "met", N_("Met")),
            column(voice, "breached", N_("Breached")),
            column(voice, "waived", N_("Waived")),
            column(voice, "undetermined", N_("Undetermined")),
            column(voice, "share", N_("Share met"), 2),
            column(voice, "unit", N_("Amount or points"), 2),
            column(voice, "amount", N_("Amount"), 2),
        ),
        tuple(_promise_rule(voice, rule) for rule in told.rules if not rule.of_figure),
        own(voice, N_("No promise costs anything.")),
    )
    if any(rule.of_figure for rule in told.rules):
        yield Table(
            f"figures_{currency}",
            own(voice, N_("Figures")),
            (
                column(voice, "rule", N_("Rule"), 5),
                column(voice, "part", N_("Of what"), 3),
                column(voice, "value", N_("Figure of the month"), 2),
                column(voice, "bound", N_("At least"), 2),
                column(voice, "unit", N_("Amount or points"), 2),
                column(voice, "amount", N_("Amount, with all of the rule"), 2),
            ),
            tuple(row for rule in told.rules for row in _figure_rule(voice, rule)),
            own(voice, N_("There is nothing to count.")),
        )


def _promise_rule(voice: Voice, rule: KeptRule) -> tuple[PaperCell, ...]:
    asked, kept = rule.cost.rule, rule.promises
    counted = (
        (
            number(voice, kept.met),
            number(voice, kept.breached),
            number(voice, kept.waived),
            number(voice, kept.undetermined),
            share(voice, kept.kept),
        )
        if kept
        else (NONE,) * 5
    )
    return (
        credit_rule(voice, asked),
        *counted,
        _unit(voice, asked),
        amount(voice, rule.cost.amount),
    )


def _figure_rule(voice: Voice, rule: KeptRule) -> Iterator[tuple[PaperCell, ...]]:
    asked = rule.cost.rule
    for part in rule.figures if asked else ():
        yield (
            credit_rule(voice, asked),
            _part(voice, part),
            percent(voice, part.value, 3),
            percent(voice, asked.below if asked else None, 3),
            _unit(voice, asked),
            amount(voice, rule.cost.amount),
        )


def _part(voice: Voice, part: Measured) -> PaperCell:
    if not part.group:
        return NONE
    told = group_told(part.figure, part.group, voice.book.records, voice.language)
    return named(voice, part.group, told)


def _unit(voice: Voice, rule: CreditRule | None) -> PaperCell:
    if rule is None:
        return NONE
    if rule.kind == "points":
        told = voice.language.text(N_("{number} points"), number=f"{rule.cost.normalize():f}")
        return PaperCell(said(Told(told)), f"{rule.cost.normalize():f} points", number=True)
    return amount(voice, rule.cost)


def misses(voice: Voice, told: CreditStatement) -> Iterator[Block]:
    """Everything that cost something, one by one."""
    currency = told.account.currency
    yield Table(
        f"breaches_{currency}",
        own(voice, N_("Promises missed that cost something")),
        (
            column(voice, "ticket", N_("Ticket"), 3),
            column(voice, "promise", N_("Promise"), 2),
            column(voice, "severity", N_("Severity")),
            column(voice, "terms", N_("Terms of"), 2),
            column(voice, "due", N_("Due"), 3),
            column(voice, "stop", N_("Reached"), 3),
            column(voice, "over", N_("Over by"), 2),
            column(voice, "grade", N_("Grade")),
            column(voice, "on_claim", N_("On the claims alone"), 2),
            column(voice, "unit", N_("Amount or points"), 2),
            column(voice, "amount", N_("Deducted before the cap"), 2),
        ),
        tuple(_breach(voice, breach) for breach in told.breaches),
        own(voice, N_("No promise that costs anything was missed.")),
    )
    if told.figures:
        yield Table(
            f"below_{currency}",
            own(voice, N_("Figures below their bound")),
            (
                column(voice, "rule", N_("Rule"), 5),
                column(voice, "what", N_("Of what"), 3),
                column(voice, "amount", N_("Amount"), 2),
                column(voice, "on_claim", N_("On claims"), 2),
            ),
            tuple(
                (
                    credit_rule(voice, row.rule),
                    _below(voice, row.what),
                    amount(voice, row.amount),
                    amount(voice, row.on_claim_amount),
                )
                for row in told.figures
            ),
            own(voice, N_("None.")),
        )
    if told.points is not None:
        yield Table(
            f"points_lost_{currency}",
            own(voice, N_("What took points off the month")),
            (
                column(voice, "rule", N_("Rule"), 5),
                column(voice, "misses", N_("Missed")),
                column(voice, "unit", N_("Points for each"), 2),
            ),
            tuple(
                (credit_rule(voice, rule), number(voice, times), _unit(voice, rule))
                for rule, times in told.points.misses.items()
            ),
            own(voice, N_("Nothing took any point.")),
        )
        yield Facts(f"points_{currency}", tuple(_points(voice, told)))


def _below(voice: Voice, what: str) -> PaperCell:
    """The part of a figure that a row of the credits is on: its group, after the name of the figure."""
    group = what.partition(" ")[2]
    return named(voice, group, voice.service(group))


def _breach(voice: Voice, breach: CostlyBreach) -> tuple[PaperCell, ...]:
    verdict, row = breach.verdict, breach.row
    word = verdict.on_claim.value
    late = verdict.late_seconds
    return (
        record(voice, verdict.ticket),
        PaperCell(
            said(Told(voice.promise_called(verdict))), f"{verdict.target} {verdict.occurrence}"
        ),
        severity(voice, verdict.severity),
        verbatim(verdict.terms),
        due(voice, verdict),
        moment(voice, verdict.stop, verdict.stop_precision),
        NONE if late is None else PaperCell(said(Told(voice.overrun(verdict))), late, "bad"),
        verbatim(verdict.grade.value),
        term(voice, "outcome", word, "" if verdict.on_claim is verdict.outcome else "warn"),
        _unit(voice, row.rule),
        amount(voice, row.amount),
    )


def _points(voice: Voice, told: CreditStatement) -> Iterator[Fact]:
    points = told.points
    assert points is not None  # noqa: S101 - asked only where the month is marked
    yield fact(voice, "lost", N_("Points taken off"), verbatim(f"{points.lost.normalize():f}"))
    yield fact(voice, "kept", N_("Points kept of 100"), verbatim(f"{points.kept.normalize():f}"))
    yield fact(
        voice, "paid", N_("Share of the fee that is paid for them"), percent(voice, told.paid, 2)
    )
    yield fact(
        voice, "cost", N_("Taken off the fee"), money(voice, points.cost, told.account.currency)
    )
