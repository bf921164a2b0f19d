"""Service credits: what missed promises and figures take off the fee of their month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.instant import local_day, local_month
from weibao.model.promises import FULL_SCORE, money
from weibao.report.figure import FigureRow, KeyFigure, Unit, whole_month
from weibao.sla.closing import month_after
from weibao.sla.figures import JUDGED, promise
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from weibao.model.promises import CreditRule, CreditTerms
    from weibao.report.book import Book
    from weibao.report.figure import Measured, Period

    _Charge = tuple[bool, FigureRow]
    """Whether of its record only the dearest counts, and what it costs."""

CONTRACT = "records/contract.yaml"
NOTHING = Decimal(0)


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    """What costs something, and what does not though it might have: promises by their due, figures by their month."""
    found = list(_of_promises(book, period))
    for month, terms in _months(book, period):
        found += _of_figures(book, month, terms)
        found += _of_points(book, month, terms)
    yield from _dearest(found)


def _of_promises(book: Book, period: Period) -> Iterator[_Charge]:
    """Every judged promise whose breach costs something, by the contract that stood before it was due."""
    for verdict in book.verdicts:
        if verdict.due is None or not period.has(verdict.due) or verdict.outcome not in JUDGED:
            continue
        day = local_day(verdict.due, book.zone)
        terms = book.official_contract.before(verdict.due).credits_on(day)
        if terms is None:
            continue
        missed, claimed = promise(verdict.outcome).rest, promise(verdict.on_claim)
        for rule in terms.of_promise(verdict.target, verdict.severity):
            cost = NOTHING if rule.kind == "points" else rule.cost
            row = FigureRow(
                record=verdict.ticket,
                what=verdict.target,
                tally=Tally(missed, 1),
                on_claim=Tally(claimed.rest, claimed.of),
                grade=verdict.grade,
                amount=cost * missed,
                on_claim_amount=cost * claimed.rest,
                rule=rule,
            )
            yield _charged(terms, str(verdict.month), row)


def _months(book: Book, period: Period) -> Iterator[tuple[str, CreditTerms]]:
    """The months that ended in the period, each with the terms that stood when it began."""
    start, end = book.elapsed
    month = local_month(max(start, period.start - 1), book.zone)
    while (span := whole_month(month, book.zone)).start < min(end, period.end):
        if period.has(span.end - 1) and span.end <= book.as_of:
            contract = book.official_contract.before(span.start)
            first = max(date.fromisoformat(f"{month}-01"), contract.start)
            if terms := contract.credits_on(first):
                yield month, terms
        month = month_after(month)


def _of_figures(book: Book, month: str, terms: CreditTerms) -> Iterator[_Charge]:
    """Figures of a month that cost something for each percent that they are below, each part by itself."""
    for rule in terms.of_figures:
        for part in _parts(book, month, rule) if rule.kind == "per_percent" else ():
            below = _below(rule, part.value)
            row = FigureRow(
                record=CONTRACT,
                what=f"{rule.figure} {part.group}".rstrip(),
                tally=Tally(below > 0, 1),
                amount=money(rule.cost * _begun(below)),
                on_claim_amount=money(rule.cost * _begun(_below(rule, part.on_claim.share))),
                rule=rule,
            )
            yield _charged(terms, month, row)


def _parts(book: Book, month: str, rule: CreditRule) -> list[Measured]:
    """What of a rule's figure there is in a month; where there is nothing to count it costs nothing."""
    found = book.figure(rule.figure, whole_month(month, book.zone)).parts
    return [part for part in found if part.value is not None and rule.below is not None]


def _below(rule: CreditRule, value: Fraction | None) -> Fraction:
    """By how much a share is under a rule's bound; nothing where it is not."""
    if value is None or rule.below is None:
        return Fraction(0)
    return max(Fraction(0), rule.below - value)


def _begun(below: Fraction) -> int:
    """How many percent that is, one that was begun counted whole."""
    return -(-below * 100 // 1)


def _of_points(book: Book, month: str, terms: CreditTerms) -> Iterator[_Charge]:
    """What the points that a month has kept of its hundred take off the fee."""
    if not terms.counts_points or not terms.bands:
        return
    lost, lost_on_claim = NOTHING, NOTHING
    for verdict in book.verdicts:
        if verdict.month == month and verdict.outcome in JUDGED:
            for rule in terms.of_promise(verdict.target, verdict.severity):
                if rule.kind == "points":
                    lost += rule.cost * promise(verdict.outcome).rest
                    lost_on_claim += rule.cost * promise(verdict.on_claim).rest
    for rule in terms.of_figures:
        for part in _parts(book, month, rule) if rule.kind == "points" else ():
            lost += rule.cost * (_below(rule, part.value) > 0)
            lost_on_claim += rule.cost * (_below(rule, part.on_claim.share) > 0)
    points = max(NOTHING, FULL_SCORE - lost)
    cost = _not_paid(terms, points)
    if cost is not None:
        row = FigureRow(
            record=CONTRACT,
            what=f"points {points.normalize():f}",
            tally=Tally(cost > 0, 1),
            amount=cost,
            on_claim_amount=_not_paid(terms, max(NOTHING, FULL_SCORE - lost_on_claim)),
        )
        yield _charged(terms, month, row)


def _not_paid(terms: CreditTerms, points: Decimal) -> Decimal | None:
    paid = terms.paid(points)
    if paid is None:
        return None
    kept = 1 - paid
    return money(terms.fee * kept.numerator / kept.denominator)


def _charged(terms: CreditTerms, month: str, row: FigureRow) -> _Charge:
    """A row in the account of its month, of which the terms let no more be taken than their limit."""
    return terms.highest, replace(row, group=f"{month} {terms.currency}", limit=terms.limit)


def _dearest(charges: Iterable[_Charge]) -> Iterator[FigureRow]:
    """The rows, of which only the dearest of each record and month costs anything where the terms say so."""
    dearest: dict[tuple[str, str, str], list[FigureRow]] = {}
    for highest, row in charges:
        if highest:
            thing = row.what if row.record == CONTRACT else ""
            dearest.setdefault((row.group, row.record, thing), []).append(row)
        else:
            yield row
    for rows in dearest.values():
        most, claimed = (max(rows, key=key) for key in (_cost, _cost_on_claim))
        for row in rows:
            amount = row.amount if row is most else NOTHING
            on_claim = row.on_claim_amount if row is claimed else NOTHING
            yield replace(row, amount=amount, on_claim_amount=on_claim)


def _cost(row: FigureRow) -> Decimal:
    return row.amount or NOTHING


def _cost_on_claim(row: FigureRow) -> Decimal:
    return row.on_claim_amount or NOTHING


FIGURE = KeyFigure(
    name="credits",
    title=N_("Service credits"),
    definition=N_(
        "What the contract takes off the fee: for promises missed that fell due in the period, by the contract as it stood before each was due; for figures below their bound, and for the points that a month has lost of its hundred, in months that ended in it, by the contract as it stood when each began. Of a month no more than its cap. The count is that of what was missed, of all whose miss costs something."
    ),
    unit=Unit.AMOUNT,
    grouped_by="credit",
    rows=_rows,
    place=220,
)
