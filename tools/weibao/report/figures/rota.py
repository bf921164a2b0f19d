"""Rota coverage: how much of the time somebody had the duty who was not on leave."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.instant import local_day, midnight
from weibao.operations.on_duty import leave_during, shifts
from weibao.report.figure import FigureRow, KeyFigure, Unit
from weibao.sla.calendar import merge
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.instant import Instant
    from weibao.report.book import Book
    from weibao.report.figure import Period


def _rows(book: Book, period: Period) -> Iterator[FigureRow]:
    begun, end = max(period.start, book.elapsed[0]), min(period.end, book.elapsed[1])
    for tenure in book.official_duty.tenures():
        start = begun if tenure.since is None else max(begun, tenure.since)
        until = end if tenure.until is None else min(end, tenure.until)
        for rota in tenure.value.rotas if start < until else ():
            spans = [
                (span, max(span.start, start), min(span.end, until))
                for span in shifts(tenure.value, rota, start, until)
            ]
            away = [
                (max(since, first), min(back, last))
                for span, first, last in spans
                for since, back in (
                    *((leave.start, leave.end) for leave in leave_during(tenure.value, span)),
                    *_days_without_role(book, span.person, first, last),
                )
                if since < last and first < back
            ]
            on_duty = sum(last - first for _, first, last in spans)
            missing = sum(last - first for first, last in merge(sorted(away)))
            yield FigureRow(
                record="records/duty.yaml",
                what=rota,
                group=rota,
                tally=Tally(on_duty - missing, until - start),
            )


def _days_without_role(
    book: Book, who: str, first: Instant, last: Instant
) -> Iterator[tuple[Instant, Instant]]:
    """The days on which somebody has no role: who has left, or not begun, has no duty."""
    person = book.records.staff.people.get(who)
    day = local_day(first, book.zone)
    while (since := midnight(day, book.zone)) < last:
        day += timedelta(days=1)
        if person is None or not person.roles_on(local_day(since, book.zone)):
            yield since, midnight(day, book.zone)


FIGURE = KeyFigure(
    name="rota",
    title=N_("Rota covered"),
    definition=N_(
        "Seconds in which somebody of the staff had the duty who was not on leave, of the seconds of the period that are over and in the contract's term; each rota by itself."
    ),
    unit=Unit.TIME,
    grouped_by="rota",
    whole=False,
    rows=_rows,
    place=135,
)
