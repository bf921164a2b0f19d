"""Compliance: promises kept, of those judged that fell due in the period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.instant import local_month
from weibao.report.figure import FigureRow, KeyFigure, Tile, whole_month
from weibao.report.months import last_months, standing_closes
from weibao.sla.figures import JUDGED, promise
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.language import Language
    from weibao.report.book import Book
    from weibao.report.figure import Period


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    for verdict in book.verdicts:
        if period.has(verdict.due) and not JUDGED.isdisjoint((verdict.outcome, verdict.on_claim)):
            yield FigureRow(
                record=verdict.ticket,
                what=verdict.target,
                group=verdict.target,
                tally=promise(verdict.outcome),
                on_claim=promise(verdict.on_claim),
                grade=verdict.grade,
            )


def _closed(book: Book, period: Period) -> Tally | None:
    month = local_month(period.start, book.zone)
    close = standing_closes(book).get(month)
    if close is None or period != whole_month(month, book.zone):
        return None
    return Tally(close.counts["met"], close.counts["met"] + close.counts["breached"])


def _beside(kept: Tally, words: Language) -> str:
    if not kept.of:
        return words.text(N_("none judged yet"))
    return words.text(N_("{met} of {judged}"), met=kept.count, judged=kept.of)


FIGURE = KeyFigure(
    name="compliance",
    title=N_("Promises kept"),
    definition=N_(
        "Promises kept, of those kept or missed that fell due in the period. Waived, cancelled, undetermined and running ones are counted in neither."
    ),
    grouped_by="target",
    rows=_rows,
    closed=_closed,
    place=10,
    tile=Tile(
        title=N_("Promises kept this month"),
        tally=lambda audit: last_months(audit.book)[-1].kept,
        beside=_beside,
        page="index",
        place=10,
        see=("levels", "months"),
    ),
)
