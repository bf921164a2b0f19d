"""What is told from the index of a clone, beside what is told where everything is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.branch import Outside
from weibao.history.git.reader import Git
from weibao.history.outside import read_branch
from weibao.history.snapshot import read_snapshot
from weibao.render.json import book as book_json
from weibao.render.json import status as status_json
from weibao.render.json.printed import printed
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
    if ticket:
        shown = book_json.explain(book, book.records.tickets[ticket])
        return printed(shown, book.zone)
    placed = book.beside(Outside(read_branch(git, book), ()))
    return printed(status_json.status(placed, due(placed, placed.as_of)), placed.zone)
