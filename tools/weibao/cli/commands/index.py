"""``weibao index``."""

from __future__ import annotations

import click

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group
from weibao.language import N_
from weibao.refusal import Exit, Refusal

DROP = "weibao index drop"


@click.group(
    cls=Group,
    help=N_(
        "What status and explain keep of the history in this clone, so that they need not read all of it again."
    ),
)
def index() -> None:
    """The index."""


@index.command(cls=Command, help=N_("Delete it. The next status reads everything anew."))
@pass_session
def drop(session: Session) -> None:
    """Delete the index."""
    from weibao.workspace.index.index import drop as drop_index

    try:
        there = drop_index(session.git)
    except OSError as error:
        raise Refusal(
            N_("The index cannot be deleted: {reason}"),
            mend=N_("Delete the folder weibao in the git directory by hand."),
            reason=str(error),
        ) from None
    told = N_("The index is deleted.") if there else N_("There is no index.")
    session.console.print(session.language.text(told))


@index.command(
    cls=Command,
    help=N_(
        "Read everything anew and hold the index against it. Ends with 1 if it says anything otherwise."
    ),
)
@pass_session
def verify(session: Session) -> None:
    """Hold the index against the repository."""
    from weibao.workspace.index.index import otherwise
    from weibao.workspace.index.index_file import UnusableIndex

    book = session.book("HEAD", "")
    try:
        found = otherwise(session.git, book)
    except UnusableIndex as unusable:
        raise Refusal(
            N_("The index cannot be read: {reason}"),
            mend=DROP,
            exit_code=Exit.FINDINGS,
            reason=str(unusable),
        ) from None
    if found:
        raise Refusal(
            N_("The index differs from the history ({number}): {things}."),
            mend=DROP,
            exit_code=Exit.FINDINGS,
            number=len(found),
            things=found[:8],
        )
    words = session.language
    nothing = N_("There is no index that a command would answer from.")
    told = nothing if found is None else N_("The index says what the history says.")
    session.console.print(words.text(told))
