"""What the customer answers when asked about the service as a whole: scores from 1 to 5 by dimension."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import SCORES
from weibao.report.figure import FigureRow, KeyFigure, Unit
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.report.book import Book
    from weibao.report.figure import Period


def _surveys(book: Book, period: Period) -> Iterator[ProvenEntry]:
    for proven in book.proofs["reviews"].timeline:
        if proven.entry.event == "surveyed" and period.has(proven.effective):
            yield proven


def _row(proven: ProvenEntry, group: str, tally: Tally) -> FigureRow:
    return FigureRow(
        record="reviews",
        what=str(proven.entry.data["contact"]),
        group=group,
        tally=tally,
        grade=proven.grade,
    )


def _scores(book: Book, period: Period) -> Iterator[FigureRow]:
    for proven in _surveys(book, period):
        for key in SCORES:
            if key in proven.entry.data:
                yield _row(proven, key, Tally(proven.entry.data[key], 1))


SCORE = KeyFigure(
    name="survey",
    title=N_("Survey"),
    definition=N_(
        "The mean of the scores from 1 to 5 that contacts gave in the surveys of the period, by what they were asked about."
    ),
    unit=Unit.MEAN,
    grouped_by="survey_score",
    rows=_scores,
    place=215,
)

ANSWERED = KeyFigure(
    name="survey_response",
    title=N_("Surveys answered"),
    definition=N_("Contacts who gave any score, of those asked in the surveys of the period."),
    rows=lambda book, period: (
        _row(proven, "", Tally(any(key in proven.entry.data for key in SCORES), 1))
        for proven in _surveys(book, period)
    ),
    place=216,
)
