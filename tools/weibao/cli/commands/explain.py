"""``weibao explain``."""

from __future__ import annotations

import click

from weibao.cli.framework.options import THE_TICKET, view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, argument
from weibao.language import N_
from weibao.render.json import book as stable_json
from weibao.render.json.printed import printed


@click.command(
    cls=Command,
    help=N_("How each verdict on a ticket was reached, step by step, with its commits."),
)
@argument("ticket", metavar="TICKET", explained=THE_TICKET)
@view_options
@pass_session
def explain(session: Session, ticket: str, revision: str, as_of: str, form: str) -> None:
    """Tell the story of a ticket's verdicts."""
    book = session.book_at_hand(revision, as_of, ticket)
    found = session.ticket_in(book, ticket)
    if form == "json":
        click.echo(printed(stable_json.explain(book, found), book.zone), nl=False)
    else:
        from weibao.render.terminal import book as terminal

        session.console.print(terminal.explain(book, found, session.language), soft_wrap=True)
    session.keep(book, revision, ticket)
