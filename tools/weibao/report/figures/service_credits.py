"""Service credits: what missed promises take off the fee of their month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure, Unit
from weibao.sla.figures import JUDGED, promise
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    """Every judged promise whose breach costs something, by the contract that stood before it was due."""
    for verdict in book.verdicts:
        if verdict.due is None or not period.has(verdict.due) or verdict.outcome not in JUDGED:
            continue
        terms = book.official_contract.before(verdict.due).credits
        price = terms.per_breach.get((verdict.target, verdict.severity)) if terms else None
        if terms is None or price is None:
            continue
        missed, claimed = promise(verdict.outcome).rest, promise(verdict.on_claim)
        yield FigureRow(
            record=verdict.ticket,
            what=verdict.target,
            group=f"{verdict.month} {terms.currency}",
            tally=Tally(missed, 1),
            on_claim=Tally(claimed.rest, claimed.of),
            grade=verdict.grade,
            amount=price * missed,
            on_claim_amount=price * claimed.rest,
            limit=terms.limit,
        )


FIGURE = KeyFigure(
    name="credits",
    title=N_("Service credits"),
    definition=N_(
        "What the contract takes off the fee for promises missed that fell due in the period, by the contract as it stood before each was due; of a month no more than its cap. The count is that of missed promises, of those whose breach costs something."
    ),
    unit=Unit.AMOUNT,
    grouped_by="credit",
    rows=_rows,
    place=220,
)
