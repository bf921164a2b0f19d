"""Verdicts that would be others, were the evidence another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.report.figure import FigureRow, KeyFigure
from weibao.sla.figures import JUDGED
from weibao.sla.tally import Tally
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.figure import Period


READINGS = ("on_claim", "at_worst")
"""How else the evidence may be read: every claim believed, or nobody but others."""


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    for verdict in book.verdicts:
        if not period.has(verdict.due) or verdict.outcome not in JUDGED:
            continue
        turned = (
            verdict.on_claim is not verdict.outcome,
            verdict.outcome is Outcome.MET and not verdict.corroborated,
        )
        for reading, flips in zip(READINGS, turned, strict=True):
            yield FigureRow(
                record=verdict.ticket,
                what=verdict.target,
                group=reading,
                tally=Tally(flips, 1),
                grade=verdict.grade,
            )


FIGURE = KeyFigure(
    name="flips",
    title=N_("Verdicts that rest on the evidence"),
    definition=N_(
        "Promises kept or missed that fell due in the period and would have come out otherwise, were every claim believed; and those that are kept, and would not be, were nobody but others believed: each of all promises kept or missed."
    ),
    grouped_by="reading",
    whole=False,
    rows=_rows,
    place=232,
)
