"""The statement of service credits of a month: how each rule was kept, what every miss costs, and what is payable.

The amounts are those of the figure of service credits, and nothing is reckoned here: so a workbook of it has
them as numbers, and no formulas that could come to others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.edition.withheld import Told
from weibao.render.papers.approval import sign_box
from weibao.render.papers.cells import (
    NONE,
    column,
    day,
    fact,
    moment,
    month,
    outcome,
    own,
    person,
    record,
    stated,
    term,
    verbatim,
    written,
)
from weibao.render.papers.commission import PaperKind
from weibao.render.papers.credit_cells import money
from weibao.render.papers.credit_tables import misses, rules_kept
from weibao.render.papers.paper import Facts, PaperCell, Prose, SignOff, Table, said
from weibao.render.papers.periodic import PROVISIONAL
from weibao.render.papers.record_paper import made_from, record_paper, section
from weibao.render.words.chinese_amount import chinese_amount
from weibao.report.papers.credit_statement import credit_statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from decimal import Decimal

    from weibao.history.proven import ProvenEntry
    from weibao.render.edition.voice import Voice
    from weibao.render.papers.commission import Commission
    from weibao.render.papers.paper import Block, Fact, Paper, PaperText, Section
    from weibao.report.closed_months import Restated
    from weibao.report.papers.credit_statement import CreditStatement
    from weibao.report.papers.period_report import PeriodReport

NAME = "credit-statement"

MEANING = N_(
    "This statement is made from the records. Signing confirms that the amounts above are acknowledged and may be settled; whoever objects says so in their box."
)

RENMINBI = frozenset({"CNY", "RMB"})
"""How contracts call the currency whose amounts are said in characters."""


def _write(commission: Commission) -> Paper:
    voice, report = commission.voice, commission.report
    assert report is not None, "a statement is made of a month"  # noqa: S101
    statements = credit_statements(report)
    if not statements:
        raise UsageRefusal(
            N_("The contract has no terms on service credits in {month}."),
            mend=N_(
                "Where it is agreed what a miss costs, that belongs into records/contract.yaml, under `credits`."
            ),
            month=report.name,
        )
    marks = (own(voice, PROVISIONAL),) if report.provisional else ()
    title = own(voice, N_("Statement of service credits {month}"), month=report.name)
    return record_paper(commission, NAME, title, _sections(commission, report, statements), marks)


def _sections(
    commission: Commission, report: PeriodReport, statements: Iterable[CreditStatement]
) -> Iterator[Section]:
    voice = commission.voice
    for told in statements:
        currency = told.account.currency
        for key, title, blocks in (
            ("settlement", N_("Settlement"), _settlement(voice, report, told)),
            ("rules", N_("How the rules were kept"), rules_kept(voice, told)),
            ("misses", N_("What every miss costs"), misses(voice, told)),
            ("open", N_("Objections and restatements"), _open(voice, told)),
        ):
            yield section(commission, f"{key}_{currency}", title, blocks)
    boxes = (
        sign_box(voice, N_("Provider: project manager")),
        sign_box(voice, N_("Provider: finance"), sealed=True),
        sign_box(voice, N_("Customer: business"), asked=True),
        sign_box(voice, N_("Customer: finance"), asked=True, sealed=True),
    )
    yield section(commission, "sign_off", N_("Sign-off"), (SignOff(own(voice, MEANING), boxes),))
    yield made_from(commission, NAME)


def _settlement(voice: Voice, report: PeriodReport, told: CreditStatement) -> Iterator[Block]:
    account, currency = told.account, told.account.currency
    yield Prose(_in_short(voice, told), "lead")
    yield Facts(f"terms_{currency}", tuple(_terms(voice, report, told)))
    rows = (
        (N_("Fee of the month"), "fee", account.fee),
        (N_("Sum of the credits"), "sum", account.total),
        (N_("Cap"), "cap", account.limit),
        (N_("Deducted"), "deducted", account.deducted),
        (N_("Payable"), "payable", account.payable),
    )
    said_so = (column(voice, "in_characters", N_("In characters"), 6),)
    yield Table(
        f"settlement_{currency}",
        own(voice, N_("Settlement")),
        (
            column(voice, "item", N_("Particulars"), 3),
            column(voice, "amount", N_("Amount"), 3),
            *(said_so if currency in RENMINBI else ()),
        ),
        tuple(
            (
                stated(voice, item, key),
                money(voice, value, currency),
                *((_in_characters(value),) if currency in RENMINBI else ()),
            )
            for item, key, value in rows
        ),
        own(voice, N_("Nothing was deducted.")),
    )
    if account.fee is None:
        yield Prose(
            own(
                voice, N_("The fee is in another currency: what is payable is not worked out here.")
            )
        )
    if account.on_claim != account.deducted:
        claimed = money(voice, account.on_claim, currency).said.texts[0]
        yield Prose(
            own(
                voice, N_("Were every claim believed, {amount} would be deducted."), amount=claimed
            ),
            "note",
        )


def _in_short(voice: Voice, told: CreditStatement) -> PaperText:
    """The statement in a sentence."""
    account = told.account

    def shown(value: Decimal | None) -> str:
        return money(voice, value, account.currency).said.texts[0]

    if account.fee is None:
        return own(voice, N_("{deducted} is deducted."), deducted=shown(account.deducted))
    return own(
        voice,
        N_("Of the month's fee of {fee}, {deducted} is deducted; {payable} is payable."),
        fee=shown(account.fee),
        deducted=shown(account.deducted),
        payable=shown(account.payable),
    )


def _in_characters(value: Decimal | None) -> PaperCell:
    return NONE if value is None else verbatim(chinese_amount(value))


def _terms(voice: Voice, report: PeriodReport, told: CreditStatement) -> Iterator[Fact]:
    contract, terms = voice.book.records.contract, told.terms
    yield fact(voice, "contract_id", N_("Contract number"), verbatim(contract.id))
    yield fact(voice, "month", N_("Month"), month(voice, report.name))
    yield fact(voice, "from", N_("From"), moment(voice, report.period.start))
    yield fact(voice, "to", N_("Until"), moment(voice, report.period.end))
    close = report.months[-1].close
    if close is not None:
        digest = verbatim(close.sha256)
        yield fact(voice, "close_sha256", N_("SHA-256 of the verdicts of its close"), digest)
    yield fact(voice, "currency", N_("Currency"), verbatim(told.account.currency))
    if terms is None:
        return
    yield fact(voice, "effective_from", N_("Terms in effect from"), day(terms.effective_from))
    counted = (
        stated(voice, N_("of each ticket or figure the dearest alone"), "highest")
        if terms.highest
        else stated(voice, N_("all that was missed, added up"), "sum")
    )
    yield fact(voice, "stacking", N_("What counts"), counted)


def _open(voice: Voice, told: CreditStatement) -> Iterator[Block]:
    currency = told.account.currency
    if told.disputed:
        yield Table(
            f"disputed_{currency}",
            own(voice, N_("What the customer objected to")),
            (
                column(voice, "at", N_("Time"), 2),
                column(voice, "contact", N_("Contact"), 2),
                column(voice, "hand", N_("Whose word"), 2),
                column(voice, "text", N_("In words"), 6),
            ),
            tuple(_dispute(voice, step) for step in told.disputed),
            own(voice, N_("None.")),
        )
    if told.restated:
        yield Table(
            f"restated_{currency}",
            own(voice, N_("Promises that have come out otherwise since the month was closed")),
            (
                column(voice, "ticket", N_("Ticket"), 3),
                column(voice, "promise", N_("Promise"), 2),
                column(voice, "closed", N_("As it was closed"), 2),
                column(voice, "now", N_("As it stands"), 2),
            ),
            tuple(_restated(voice, restated) for restated in told.restated),
            own(voice, N_("None.")),
        )


def _dispute(voice: Voice, step: ProvenEntry) -> tuple[PaperCell, ...]:
    data = step.entry.data
    return (
        moment(voice, step.effective),
        person(voice, data["contact"]),
        term(voice, "hand", step.hand.value if step.hand else ""),
        written(voice, data["text"]),
    )


def _restated(voice: Voice, restated: Restated) -> tuple[PaperCell, ...]:
    turned = restated.turned
    return (
        record(voice, turned.verdict.ticket),
        PaperCell(
            said(Told(voice.promise_called(turned.verdict))),
            f"{turned.verdict.target} {turned.verdict.occurrence}",
        ),
        outcome(voice, turned.before) if turned.before else NONE,
        outcome(voice, turned.after) if turned.after else NONE,
    )


KIND = PaperKind(
    name=NAME,
    title=N_("Statement of service credits"),
    explained=N_(
        "What a month's missed promises and figures take off its fee, made of its close: by rule, miss by miss, with the cap and what is payable."
    ),
    subject="month",
    report="credit",
    place=63,
    write=_write,
)
