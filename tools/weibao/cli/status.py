"""``weibao status``."""

from __future__ import annotations

import click

from weibao.cli.options import book_options, format_option
from weibao.cli.session import Session, pass_session
from weibao.cli.translated import Command
from weibao.language import N_
from weibao.view import stable_json


@click.command(
    cls=Command, help=N_("Open tickets by next deadline, who is on duty, what is overdue.")
)
@book_options
@format_option("text", "json")
@pass_session
def status(session: Session, revision: str, as_of: str, form: str) -> None:
    """Show where everything stands."""
    book = session.book(revision, as_of)
    if form == "json":
        click.echo(stable_json.dump(stable_json.status(book)), nl=False)
    else:
        from weibao.view import terminal

        session.console.print(terminal.status(book, session.language))
    session.warn_of_unreadable(book)
