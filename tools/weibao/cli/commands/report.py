"""``weibao report``: close a month."""

from __future__ import annotations

import re

import click
from rich.text import Text

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group, argument
from weibao.language import N_
from weibao.model.closing import PERIOD
from weibao.refusal import UsageRefusal


@click.group(cls=Group, help=N_("The monthly report: close a month, so that its figures stand."))
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

    if not re.fullmatch(PERIOD, month):
        raise UsageRefusal(
            N_("“{found}” is no month."),
            mend=N_("Write it as 2026-11."),
            found=month[:80],
        )
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
