"""Rota coverage: how much of the time somebody had the duty who was there."""

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
    from weibao.operations.on_duty import OnDuty
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
                (max(leave.start, first), min(leave.end, last))
                for span, first, last in spans
                for leave in leave_during(tenure.value, span)
                if leave.start < last and first < leave.end
            ]
            away += [gone for turn in spans for gone in _gone(book, *turn)]
            on_duty = sum(last - first for _, first, last in spans)
            missing = sum(last - first for first, last in merge(sorted(away)))
            yield FigureRow(
                record="records/duty.yaml",
                what=rota,
                group=rota,
                tally=Tally(on_duty - missing, until - start),
            )


def _gone(
    book: Book, span: OnDuty, first: Instant, last: Instant
) -> Iterator[tuple[Instant, Instant]]:
    """The days of a turn on which whoever has it had no role, by the staff of then or as it is known now."""
    now = book.records.staff.people.get(span.person)
    day = local_day(first, book.zone)
    while (start := midnight(day, book.zone)) < last:
        then = book.official_staff.before(max(start, first) + 1).people.get(span.person)
        known = [person for person in (then, now) if person is not None]
        following = day + timedelta(days=1)
        if not known or not all(person.roles_on(day) for person in known):
            yield max(first, start), min(last, midnight(following, book.zone))
        day = following


FIGURE = KeyFigure(
    name="rota",
    title=N_("Rota covered"),
    definition=N_(
        "Seconds in which somebody had the duty who was there, neither on leave nor gone, of the seconds of the period that are over and in the contract's term; each rota by itself."
    ),
    unit=Unit.TIME,
    grouped_by="rota",
    whole=False,
    rows=_rows,
    place=135,
)
