"""``weibao status``."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import click

from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, option
from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.json import status as stable_json
from weibao.render.json.printed import printed
from weibao.report.due.due import due

if TYPE_CHECKING:
    from weibao.model.instant import Instant


@click.command(
    cls=Command, help=N_("What is past due and what comes next, the open tickets, who is on duty.")
)
@option("--all", "whole", is_flag=True, help=N_("Everything that is due, not the first of it."))
@option(
    "--watch",
    is_flag=True,
    help=N_("Keep it on the terminal as a live board, with keys to explain and to record."),
)
@view_options
@pass_session
def status(
    session: Session,
    whole: bool,  # noqa: FBT001 - an option that is a flag
    watch: bool,  # noqa: FBT001
    revision: str,
    as_of: str,
    form: str,
) -> None:
    """Show where everything stands."""
    if watch:
        _watch(session, (revision, as_of, form))
        return
    book = session.placed(session.book_at_hand(revision, as_of))
    items = due(book, book.as_of)
    if form == "json":
        click.echo(printed(stable_json.status(book, items), book.zone), nl=False)
    else:
        from weibao.render.terminal import book as terminal

        session.console.print(terminal.status(book, items, session.language, whole=whole))
    session.keep(book, revision)
    session.warn_of_unreadable(book)


def _watch(session: Session, others: tuple[str, str, str]) -> None:
    """The live board, until somebody leaves it."""
    if others != ("HEAD", "", "text"):
        raise UsageRefusal(
            N_("The board shows HEAD as of now, for people."),
            mend=N_("Leave out --watch, or leave out --at, --as-of and --format."),
        )
    from weibao.cli.board.board import Board
    from weibao.cli.board.watching import Watch, require_terminal

    require_terminal()
    book = session.placed(session.book("HEAD", ""))
    if session.color != "auto":  # the one way in which Textual can be told
        os.environ.pop("NO_COLOR", None)
        if session.color == "never":
            os.environ["NO_COLOR"] = "1"
    Board(Watch(session, book, _now), book).run()


def _now() -> Instant:
    return int(time.time())
