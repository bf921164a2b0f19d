"""The clone that the page works in: read and judged as it is asked for, written by one at a time."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from threading import Lock
from typing import TYPE_CHECKING, Any

from rich.console import Console

from weibao.cli.board.watching import Watch
from weibao.language import N_
from weibao.model.ids import record_path
from weibao.refusal import Refusal
from weibao.report.due.due import due
from weibao.rules.one_record import log_of
from weibao.workspace.recording.recording import read_standing_record, stored_bytes
from weibao.workspace.together.remote import upstream_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from weibao.cli.framework.session import Session
    from weibao.model.records import RecordFile
    from weibao.report.book import Book
    from weibao.workspace.recording.clone import Desk

KEPT = 50
"""So many outcomes are kept to be shown once more, should a page be loaded again."""


@dataclass(frozen=True, slots=True)
class FormOutcome:
    """What came of a form: what the command would have printed, and the form that it came of."""

    lines: tuple[str, ...]
    form: str


@dataclass(frozen=True, slots=True)
class StandingTicket:
    """A ticket as it stands in the working tree: its record, and the SHA-256 of its file."""

    record_file: RecordFile
    sha256: str


class Workplace:
    """A clone, for all the requests that come while the page is served.

    Each request works in a session of its own, at the time that it is then; those that write wait
    for each other, and for any command that writes in the clone.
    """

    def __init__(self, session: Session) -> None:
        """Work in the clone of ``session``, of which only what was given on the command line is taken."""
        self._given = replace(session)
        self.writing = Lock()
        self._reading = Lock()
        self._watch: Watch | None = None
        self._book: Book | None = None
        self._outcomes: dict[str, FormOutcome] = {}

    def session(self, language_code: str = "") -> Session:
        """A session of now, which speaks this language where one was chosen."""
        return replace(self._given, language_code=language_code or self._given.language_code)

    def book(self) -> Book:
        """The Book of HEAD as of now, or of a while ago where nothing has turned since.

        Raises:
            Refusal: it cannot be read or trusted.
        """
        with self._reading:
            if self._watch is None:
                session = self.session()
                self._watch = Watch(session, session.book("HEAD", ""), lambda: self.session().now)
            watch, book = self._watch, self._book
            if book is None or watch.moved() or watch.is_overtaken(book, due(book, book.as_of)):
                book = self._book = watch.book()
            return book

    def warm(self) -> None:
        """Read the clone while nobody has asked yet; what is wrong is told to whoever asks."""
        with suppress(Refusal):
            book = self.book()
            due(book, book.as_of)

    def outcome_kept(self, name: str, outcome: FormOutcome) -> None:
        """Keep an outcome under a name that its page asks for it by."""
        self._outcomes[name] = outcome
        for old in list(self._outcomes)[:-KEPT]:
            del self._outcomes[old]

    def outcome(self, name: str) -> FormOutcome | None:
        """The outcome of this name; None where it is kept no more."""
        return self._outcomes.get(name)

    @property
    def name(self) -> str:
        """What tells this clone from any other that a browser may have drafts of."""
        return sha256(str(self._given.directory.resolve()).encode()).hexdigest()[:12]

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be recorded here, since git's folder takes no file."""
        import os

        return not os.access(self._given.git.common, os.W_OK)


def standing(desk: Desk, ticket: str) -> StandingTicket:
    """A ticket as it stands; refused where it is not there, or is damaged."""
    if ticket not in desk.ticket_ids:
        raise Refusal(N_("There is no ticket {ticket} in this clone."), ticket=ticket)
    path = record_path(ticket)
    raw = stored_bytes(desk, path)
    return StandingTicket(read_standing_record(desk, path), sha256(raw).hexdigest())


def printed(session: Session, work: Callable[[], Any]) -> tuple[str, ...]:
    """What a command prints while it does its work, a line each."""
    paper = io.StringIO()
    session.console = Console(file=paper, width=10_000, highlight=False, emoji=False)
    session.errors = session.console
    work()
    return tuple(line.strip() for line in paper.getvalue().splitlines() if line.strip())


def unsent(root: Path) -> tuple[tuple[str, str], ...] | None:
    """The commits that are only here, None where the branch belongs nowhere."""
    try:
        return upstream_of(root, {}).unsent()
    except Refusal:
        return None


def entries_since(record_file: RecordFile, seen: int) -> tuple[Any, ...]:
    """The entries that have come since the first ``seen`` of them were shown."""
    return tuple(log_of(record_file)[seen:])
