"""``weibao duty``: who is on duty now, and who will be."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import click

from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group, option
from weibao.language import N_
from weibao.model.instant import local_day, midnight
from weibao.operations.on_duty import shifts
from weibao.refusal import UsageRefusal
from weibao.render.json import duty as duty_json
from weibao.render.json.printed import printed
from weibao.render.terminal import duty as duty_view

if TYPE_CHECKING:
    from weibao.model.instant import Instant
    from weibao.report.book import Book


@click.group(cls=Group, help=N_("The duty rota: who is on duty now, and who will be."))
def duty() -> None:
    """The duty rota."""


@duty.command(cls=Command, help=N_("Who has each rota's duty, until when, and who stands in."))
@view_options
@pass_session
def now(session: Session, /, revision: str, as_of: str, form: str) -> None:
    """Show who is on duty."""
    book = session.book(revision, as_of)
    session.show(form, duty_json.now, duty_view.now_text, book)


@duty.command(cls=Command, help=N_("The coming shifts, with who stands in and who is on leave."))
@option("--from", "first", default="", metavar="DAY", help=N_("The first day; today if not given."))
@option(
    "--days",
    type=click.IntRange(1, 366),
    default=14,
    show_default=True,
    help=N_("How many days."),
)
@view_options
@pass_session
def show(session: Session, /, first: str, days: int, revision: str, as_of: str, form: str) -> None:
    """Show the coming shifts."""
    book = session.book(revision, as_of)
    start, end = _days(book, first, days)
    rotas = book.records.duty
    spans = [span for rota in sorted(rotas.rotas) for span in shifts(rotas, rota, start, end)]
    if form == "json":
        click.echo(printed(duty_json.shifts(book, start, end, spans), book.zone), nl=False)
    else:
        session.console.print(duty_view.shifts_text(book, spans, session.language))


def _days(book: Book, first: str, days: int) -> tuple[Instant, Instant]:
    """From the beginning of the first day to the end of the last, in the contract's zone."""
    try:
        day = date.fromisoformat(first) if first else local_day(book.as_of, book.zone)
        ends = (day, day + timedelta(days=days))
    except (ValueError, OverflowError):
        raise UsageRefusal(
            N_("“{text}” is not a day."), mend=N_("Write it as 2026-11-23."), text=first
        ) from None
    start, end = (midnight(end, book.zone) for end in ends)
    return start, end
