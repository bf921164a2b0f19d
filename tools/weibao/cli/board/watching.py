"""Where the board meets clone and clock: reading what stands there, and recording a step in it.

Everything here may take a while and is called off the thread that draws.
"""

from __future__ import annotations

import io
import os
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rich.console import Console

from weibao.cli.framework.field_values import field_value
from weibao.cli.steps.coming import questions_of, steps_of
from weibao.cli.steps.recording import append
from weibao.language import N_
from weibao.model.field_kinds import Form
from weibao.model.ids import record_path
from weibao.model.instant import format_instant
from weibao.model.times.when import parse_when
from weibao.refusal import UsageRefusal
from weibao.render.terminal.board import judged_until
from weibao.workspace.recording.recording import read_standing_record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from weibao.cli.framework.session import Session
    from weibao.cli.steps.coming import Question
    from weibao.model.events import Event, Field
    from weibao.model.instant import Instant
    from weibao.report.book import Book
    from weibao.report.due.item import DueItem

NOT_HERE = frozenset({"attached"})
"""Events that need more than a form can ask for: a file is given by its path, on a command line."""


JUDGED_AGAIN = 30
"""Seconds after which a Book is judged anew, so that what turns to at-risk is seen to."""


def require_terminal() -> None:
    """Refuse to draw a board where nobody can see it.

    Raises:
        Refusal: standard input or output is no terminal, or one that cannot move its cursor.
    """
    if sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM") != "dumb":
        return
    raise UsageRefusal(
        N_("There is no terminal here to draw a board on."),
        mend=N_("Use weibao status, or weibao status --format json for a program."),
    )


class Watch:
    """The clone that a board looks at: read again when its HEAD has moved, judged at any instant."""

    def __init__(self, session: Session, book: Book, clock: Callable[[], Instant]) -> None:
        """``book`` is what was read first; ``clock`` tells the time, in Unix seconds."""
        self.session = session
        self.clock = clock
        self._book = book

    def moved(self) -> bool:
        """Whether HEAD names another commit than the one that was read."""
        return self.session.git.resolve("HEAD") != self._book.commit

    def is_overtaken(self, book: Book, items: Iterable[DueItem]) -> bool:
        """Whether a Book, of which these are due, is to be judged anew: for its age, or for what is past due since."""
        now, until = self.clock(), judged_until(book, items)
        return now - book.as_of >= JUDGED_AGAIN or (until is not None and now > until)

    def book(self) -> Book:
        """The Book of HEAD as of now. One commit is pinned at the start, whatever moves meanwhile.

        Raises:
            Refusal: it cannot be read or trusted now.
        """
        from weibao.report.opening import book_of

        if self.moved():
            self._book = book_of(self.session.snapshot("HEAD"), self.clock())
        return self.session.placed(self._book.at(self.clock()))

    def steps(self, ticket: str) -> tuple[Event, ...]:
        """What may be recorded of a ticket now, what its next deadline waits for first."""
        desk = self._session().desk()
        one = read_standing_record(desk, record_path(ticket))
        return tuple(event for event in steps_of(desk, one) if event.name not in NOT_HERE)

    def questions(self, ticket: str, event: Event) -> tuple[Question, ...]:
        """What a step asks for, in the order of the table; what must be answered first."""
        desk = self._session().desk()
        one = read_standing_record(desk, record_path(ticket))
        return questions_of(desk, one, event, self.session.language)

    def record(self, ticket: str, event: Event, answers: Mapping[str, Any], **said: str) -> str:
        """Record a step as its command does, and return what the command would have printed.

        ``answers`` are by the field's key, as typed; ``said`` are ``when``, ``by`` and ``note``.

        Raises:
            Refusal: it may not be recorded so; nothing was written.
        """
        session, printed = self._session(), io.StringIO()
        session.console = Console(file=printed, width=200, highlight=False, emoji=False)
        session.errors = session.console
        desk = session.desk()
        one = read_standing_record(desk, record_path(ticket))
        data = {
            field.key: field_value(desk, one, field, _typed(field, answers[field.key]))
            for field in event.fields
            if answers.get(field.key)
        }
        # Settled here, where nothing can be asked: the board has the terminal.
        at = format_instant(parse_when(said["when"], desk.here), desk.records.contract.zone)
        given = {"internal": False, "commit": True, "push": None, **said, "when": at}
        append(session, desk, one, event.name, data, given)
        return printed.getvalue()

    def _session(self) -> Session:
        """A session of its own for what is done now, at the time that it is now."""
        session = replace(self.session)
        session.now = self.clock()
        return session


def _typed(field: Field, answer: Any) -> Any:
    return int(answer) if field.kind.form is Form.NUMBER else answer
