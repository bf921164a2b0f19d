"""``weibao report``: close a month."""

from __future__ import annotations

import click
from rich.text import Text

from weibao.cli.framework.nouns import REPORT, month_named
from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group, argument
from weibao.cli.steps.undoing import add_undo
from weibao.cli.steps.verbs import add_verbs
from weibao.language import N_
from weibao.render.json import deliveries as deliveries_json
from weibao.render.terminal import deliveries as deliveries_view


@click.group(
    cls=Group,
    help=N_(
        "Reports: close a month, so that its figures stand; what was issued, submitted and accepted."
    ),
)
def report() -> None:
    """The monthly reports."""


@report.command(
    cls=Command,
    help=N_(
        "Close a month that is over: file how its promises came out, and the commit, the instant and "
        "the rules that anybody can work that out from again. What comes later is restated, in the "
        "month in which it lands."
    ),
)
@argument("month", metavar="YYYY-MM", explained=N_("The month, in the contract's time zone."))
@pass_session
def close(session: Session, /, month: str) -> None:
    """Work the figures out, file them, commit, and say what they are."""
    from weibao.workspace.month_end import close_month

    month_named(month)
    desk = session.desk()
    book = session.book("HEAD", "")
    made, commit = close_month(desk, book, month, session.seen_logs(book))
    words = session.language
    counts = " · ".join(
        f"{words.term('outcome', outcome)} {number}" for outcome, number in made.counts.items()
    )
    session.console.print(Text(f"✓ {made.path}", style="bold green"))
    for line in (
        counts,
        words.text(N_("By commit {commit}"), commit=made.commit[:12]),
        words.text(N_("Committed: {commit}"), commit=commit[:12]),
    ):
        session.console.print(Text(f"  {line}"), soft_wrap=True)


@report.command(
    "list", cls=Command, help=N_("The reports that the contract promises, and what became of each.")
)
@view_options
@pass_session
def list_(session: Session, /, revision: str, as_of: str, form: str) -> None:
    """List what is to be delivered."""
    book = session.book(revision, as_of)
    session.show(
        form, deliveries_json.deliveries, deliveries_view.deliveries_text, book, book.deliveries
    )
    session.warn_of_unreadable(book)


add_verbs(report, REPORT)
add_undo(report, REPORT)
