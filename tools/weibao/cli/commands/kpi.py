"""``weibao kpi``: the key figures of a period, and the records behind them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, option
from weibao.language import N_
from weibao.model.instant import midnight
from weibao.refusal import UsageRefusal
from weibao.render.json import figures as figures_json
from weibao.render.json.printed import printed
from weibao.render.terminal.figures import figures_text
from weibao.report.figure import Period, last_month, measured, whole_month
from weibao.report.key_figures import KEY_FIGURES

if TYPE_CHECKING:
    from datetime import datetime

    from weibao.report.book import Book

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command(cls=Command, help=N_("The key figures of a period, and the records behind them."))
@click.argument(
    "name",
    metavar="[NAME]",
    required=False,
    type=click.Choice([figure.name for figure in KEY_FIGURES]),
)
@option(
    "--month",
    metavar="YYYY-MM",
    type=click.DateTime(["%Y-%m"]),
    help=N_("The month; the last one that is over if no period is given."),
)
@option("--from", "first", metavar="DAY", type=_DAY, help=N_("The first day of the period."))
@option("--to", "end", metavar="DAY", type=_DAY, help=N_("The day after its last."))
@option(
    "--explain", is_flag=True, help=N_("With the definition and every record behind the figure.")
)
@view_options
@pass_session
def kpi(
    session: Session,
    /,
    name: str | None,
    month: datetime | None,
    first: datetime | None,
    end: datetime | None,
    *,
    explain: bool,
    revision: str,
    as_of: str,
    form: str,
) -> None:
    """Show the figures."""
    book = session.book(revision, as_of)
    period = _period(book, month, first, end)
    chosen = [
        measured(figure, book, period) for figure in KEY_FIGURES if name in {None, figure.name}
    ]
    if form == "json":
        shown = figures_json.kpi(book, period, chosen, explained=explain)
        click.echo(printed(shown, book.zone), nl=False)
    else:
        told = figures_text(book, period, chosen, session.language, explained=explain)
        session.console.print(told)
    session.warn_of_unreadable(book)


def _period(
    book: Book, month: datetime | None, first: datetime | None, end: datetime | None
) -> Period:
    """The period that was asked for.

    Raises:
        UsageRefusal: it has no length, or is said in two ways or by half.
    """
    if month is not None and first is None and end is None:
        return whole_month(f"{month:%Y-%m}", book.zone)
    if month is None and first is None and end is None:
        return last_month(book.as_of, book.zone)
    if month is not None or first is None or end is None:
        raise UsageRefusal(
            N_("The period is not clear."),
            mend=N_("Give --month, or --from and --to."),
        )
    start, until = (midnight(date(day.year, day.month, day.day), book.zone) for day in (first, end))
    if until <= start:
        raise UsageRefusal(
            N_("The period has no length: it ends on {end}, and begins on {first}."),
            mend=N_("--to is the day after the last one."),
            first=f"{first:%Y-%m-%d}",
            end=f"{end:%Y-%m-%d}",
        )
    return Period(start, until)
