"""What is told from the index of a clone, beside what is told where everything is read."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

from rich.console import Console

from weibao.history.branch import Outside
from weibao.history.git.reader import Git
from weibao.history.outside import read_branch
from weibao.history.snapshot import read_snapshot
from weibao.language import language
from weibao.render.json import book as book_json
from weibao.render.json import status as status_json
from weibao.render.json.printed import printed
from weibao.render.terminal import book as terminal
from weibao.report.due.due import due
from weibao.report.opening import book_of
from weibao.workspace.index.index import recalled, remember

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.history.history import Snapshot
    from weibao.model.instant import Instant
    from weibao.report.book import Book

LATEST = 2**40
"""As of whatever instant a Book is: it is past."""


def cold(clone: Path, as_of: Instant, ticket: str = "") -> str:
    """What status tells, or explain of one ticket, where everything is read."""
    git = Git(clone)
    return _told(git, book_of(read_snapshot(git), as_of), ticket)


def warm(clone: Path, as_of: Instant, ticket: str = "") -> str | None:
    """The same from the index; None where that cannot tell."""
    git = Git(clone)
    snapshot = recalled(git, as_of, ticket or None)
    return None if snapshot is None else _told(git, book_of(snapshot, as_of), ticket)


def keep(clone: Path, as_of: Instant) -> None:
    """Do what a status does once it has told where things stand."""
    git = Git(clone)
    remember(git, book_of(left(git, as_of), as_of), LATEST, settling=True)


def left(git: Git, as_of: Instant) -> Snapshot:
    """What a status reads: of the index what is not settled, else everything."""
    return recalled(git, as_of) or read_snapshot(git)


def _told(git: Git, book: Book, ticket: str) -> str:
    """To programs and to people."""
    words, text = language("zh"), StringIO()
    if ticket:
        found = book.records.tickets[ticket]
        shown, said = book_json.explain(book, found), terminal.explain(book, found, words)
        Console(file=text, width=140).print(said)
        return f"{printed(shown, book.zone)}{text.getvalue()}"
    placed = book.beside(Outside(read_branch(git, book), ()))
    items = due(placed, placed.as_of)
    Console(file=text, width=140).print(terminal.status(placed, items, words, whole=True))
    return f"{printed(status_json.status(placed, items), placed.zone)}{text.getvalue()}"
