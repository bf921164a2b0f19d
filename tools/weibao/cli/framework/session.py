"""A session: what one call of the command was given, and the edge where it meets clock and disk."""

from __future__ import annotations

import gc
import os
import sys
import time
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVarTuple

import click

from weibao.language import CODES, N_, Language, language
from weibao.model.ids import matching_ids
from weibao.refusal import Exit, Refusal, UsageRefusal

TYPED = "_WEIBAO_COMPLETE"
"""Set by a shell's script: Tab was pressed, and in which form the shell wants its answer."""

PIPED_WIDTH = 140
NAMED = 8
"""How many ids are named where one might be any of many."""

Chosen = TypeVarTuple("Chosen")

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from rich.console import Console, RenderableType

    from weibao.history.git.reader import Git
    from weibao.history.history import Snapshot
    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.report.book import Book
    from weibao.report.closed_months import SeenLogs
    from weibao.workspace.recording.clone import Desk


@dataclass
class Session:
    """The directory, the language and the colours of this call; the clock is read here alone."""

    directory: Path
    language_code: str
    color: str
    seen: str | None = None
    """The ref with the log of what the forge saw first; None is where it is kept, "" leaves it out."""
    with_edits: bool = False
    """Whether configuration that is edited and not committed goes along with what is recorded."""
    index: bool = True
    """Whether what an earlier command has kept of the history is believed, by those that may."""

    @cached_property
    def now(self) -> Instant:
        """The instant at which the command was given."""
        return int(time.time())

    @cached_property
    def git(self) -> Git:
        """The reader of the repository that the directory lies in."""
        from weibao.history.git.reader import Git

        return Git(self.directory)

    @property
    def language(self) -> Language:
        """``--lang``, ``WEIBAO_LANG``, the contract's first language, or the locale's."""
        return language(self.language_code or wanted_language() or _locale_language())

    def speak_as(self, contract: Contract) -> None:
        """Speak the contract's first language from here on, unless told which."""
        if not (self.language_code or wanted_language()):
            self.language_code = contract.languages[0]

    def speak_of(self, files: Mapping[str, bytes]) -> None:
        """Speak the first language of the contract among ``files``, where it can be read."""
        if self.language_code or wanted_language():
            return
        from weibao.model.load import read_record

        path = "records/contract.yaml"
        contract = read_record(path, files[path]).value if path in files else None
        if contract is not None:
            self.speak_as(contract)

    def snapshot(self, revision: str) -> Snapshot:
        """The files of a commit with the history behind it, and what the forge saw of that first.

        Raises:
            Refusal: the repository cannot be read or trusted, or there is no such log.
        """
        from weibao.history.snapshot import read_snapshot

        return read_snapshot(self.git, revision, self.seen)

    def book(self, revision: str, as_of: str) -> Book:
        """The Book at a commit as of an instant ("" is now).

        Raises:
            Refusal: the repository cannot be read or trusted.
        """
        with _uncollected():
            return self._book_of(self.snapshot(revision), as_of)

    def book_at_hand(self, revision: str, as_of: str, ticket: str | None = None) -> Book:
        """The same Book for one who asks where things stand, from the index where there is one.

        It is without the tickets of which nothing is asked any more; with one that is named by the end of
        its id, it answers for that alone.

        Raises:
            Refusal: the repository cannot be read or trusted.
        """
        if not self._indexed(revision):
            return self.book(revision, as_of)
        from weibao.workspace.index.index import recalled

        with _uncollected():
            snapshot = recalled(self.git, self._instant_of_head(as_of), ticket)
            return self._book_of(snapshot or self.snapshot(revision), as_of)

    def keep(self, book: Book, revision: str, ticket: str | None = None) -> None:
        """Keep what was read for such a Book, for the command that asks next."""
        if self._indexed(revision):
            from weibao.workspace.index.index import remember

            remember(self.git, book, self.now, settling=ticket is None)

    def _indexed(self, revision: str) -> bool:
        return self.index and revision == "HEAD" and self.seen is None

    def _instant_of_head(self, as_of: str) -> Instant:
        """The instant that ``as_of`` names by the contract of what is committed."""
        from weibao.model.load import read_record

        path = "records/contract.yaml"
        found = self.git.files_of("HEAD", [path]) if as_of else {}
        contract = read_record(path, found[path]).value if found else None
        return self.now if contract is None else self._instant(as_of, contract)

    def _instant(self, as_of: str, contract: Contract) -> Instant:
        from weibao.model.times.when import Tense, TimeAndPlace, parse_when

        here = TimeAndPlace(self.now, contract.zone, contract.evidence.clock_skew)
        return parse_when(as_of, here, Tense.ANY) if as_of else self.now

    def _book_of(self, snapshot: Snapshot, as_of: str) -> Book:
        from weibao.history.snapshot import no_records, with_log
        from weibao.report.opening import book_of, contract_of

        if not any(path.startswith("records/") for path in snapshot.files):
            raise no_records(self.directory.absolute())
        contract = contract_of(snapshot)
        self.speak_as(contract)
        named = contract.evidence.seen
        if named is not None and self.seen is None and not snapshot.seen_log:
            snapshot = with_log(self.git, snapshot, self._fetched_log(named.ref))
        return book_of(snapshot, self._instant(as_of, contract))

    def book_before(self, book: Book, revision: str) -> Book:
        """The Book at an earlier commit, judged as of that commit's own *time*."""
        from weibao.report.opening import book_of

        earlier = self.snapshot(revision)
        return book_of(earlier, min(earlier.history.time[earlier.commit], book.as_of))

    def _fetched_log(self, ref: str) -> str:
        """The log that the contract names, brought here from the remote; refused where it cannot be."""
        from weibao.cli.framework.forge_run import forge_run
        from weibao.history.snapshot import no_log
        from weibao.workspace.first_sight.places import Remote
        from weibao.workspace.first_sight.recorder import fetch_seen

        root = self.git.top or self.git.root
        try:
            _, log = fetch_seen(Remote(root, "origin", forge_run(os.environ).access))
        except Refusal:
            log = ""
        if not log:
            raise no_log(ref)
        return log

    def seen_logs(self, book: Book) -> SeenLogs:
        """What the first-seen log says, and said when each month was closed, as far as the clone has it."""
        from weibao.history.outside import read_logs
        from weibao.report.closed_months import logs_named

        return read_logs(self.git, logs_named(book))

    def placed(self, book: Book) -> Book:
        """The Book, with where its commit stands on the official branch."""
        from weibao.history.branch import Outside
        from weibao.history.outside import read_branch

        return book.beside(Outside(read_branch(self.git, book), ()))

    def desk(self) -> Desk:
        """The clone, to write in; refused in a bare repository."""
        from weibao.workspace.recording.clone import open_desk

        if self.git.top is None:
            raise Refusal(
                N_("{path} is a bare repository: there is no working tree to write in."),
                mend=N_("Clone it and work in the clone."),
                path=self.directory,
            )
        desk = open_desk(self.git.top, self.git.common, self.now, with_edits=self.with_edits)
        self.speak_as(desk.records.contract)
        return desk

    def ticket_in(self, book: Book, suffix: str) -> Ticket:
        """The ticket of the book that an id, or the end of one, names.

        Raises:
            Refusal: none or several are meant.
        """
        from weibao.model.paths import kind_of, stem_of

        records = book.records
        paths = (*records.files, *records.strays)
        meant = [path for path in paths if matching_ids(suffix, (stem_of(path),))]
        damaged = records.unreadable_among(meant)
        unreadable = {stem_of(path): path for path in damaged}
        sound = (path for path in meant if path not in damaged and kind_of(path) == "ticket")
        found = the_one(suffix, (*map(stem_of, sound), *unreadable))
        if found in unreadable:
            from weibao.model.finding import Unsound

            raise Unsound(
                N_("Ticket {ticket} cannot be read."),
                tuple(
                    finding for finding in book.findings if finding.place.path == unreadable[found]
                ),
                mend=N_("Mend the file, see what is left with weibao check, and commit."),
                exit_code=Exit.FINDINGS,
                ticket=found,
            )
        return records.tickets[found]

    def warn_of_unreadable(self, book: Book) -> None:
        """Say which files could not be read, and end with the code for findings if any."""
        if book.records.unreadable:
            from weibao.render.terminal.book import finding_lines
            from weibao.render.words.findings import tell

            for finding in book.findings:
                if finding.place.path in book.records.unreadable:
                    self.errors.print(finding_lines(tell(finding, self.language), self.language))
            raise click.exceptions.Exit(Exit.FINDINGS)

    @property
    def colourless(self) -> bool:
        """Whether what goes to standard output has no colours, so that nothing need draw them."""
        piped = not sys.stdout.isatty() and "FORCE_COLOR" not in os.environ
        return self.color == "never" or (self.color == "auto" and piped)

    @cached_property
    def console(self) -> Console:
        """Where tables and sentences go: standard output."""
        return self._console(stderr=False)

    @cached_property
    def errors(self) -> Console:
        """Where refusals go: standard error."""
        return self._console(stderr=True)

    def show(
        self,
        form: str,
        as_json: Callable[[Book, *Chosen], object],
        as_text: Callable[[Book, *Chosen, Language], RenderableType],
        book: Book,
        *chosen: *Chosen,
    ) -> None:
        """Show a Book, or what is chosen of it: as JSON to programs, in words to people."""
        if form == "json":
            from weibao.render.json.printed import printed

            click.echo(printed(as_json(book, *chosen), book.zone), nl=False)
        else:
            self.console.print(as_text(book, *chosen, self.language))

    def _console(self, *, stderr: bool) -> Console:
        from weibao.cli.framework.console import PipedConsole

        stream = sys.stderr if stderr else sys.stdout
        columns = os.environ.get("COLUMNS", "")
        wide = columns.isascii() and columns.isdigit() and int(columns) > 0
        kept = {key: text for key, text in os.environ.items() if wide or key != "COLUMNS"}
        return PipedConsole(
            stderr=stderr,
            force_terminal={"always": True, "never": False}.get(self.color),
            no_color=self.color == "never" or None,
            highlight=False,
            emoji=False,
            # What is piped or logged has no width of its own: tables take what they need.
            width=None if stream.isatty() or "COLUMNS" in kept else PIPED_WIDTH,
            _environ=kept,
        )


@contextmanager
def _uncollected() -> Iterator[None]:
    """Leave off looking for garbage while a Book is built, which is large and has next to none.

    What was built stays out of later looks too, until another is built.
    """
    collecting = gc.isenabled()
    gc.unfreeze()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if collecting:
            gc.enable()


def wanted_language() -> str:
    """``WEIBAO_LANG``, or "" where it is not set or no language of ours."""
    wanted = os.environ.get("WEIBAO_LANG", "")
    return wanted if wanted in CODES else ""


def _locale_language() -> str:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        found = os.environ.get(name, "")
        if found and found not in {"C", "POSIX", "C.UTF-8"}:
            return "zh" if found.lower().startswith("zh") else "en"
    return "zh"


def the_one(
    suffix: str, ids: Iterable[str], *, listed_by: str | tuple[str, ...] = "weibao ticket list"
) -> str:
    """The one id that ends in ``suffix``; a Refusal names the candidates where it is not one.

    ``listed_by`` is the command that shows the ids, or several.
    """
    found = matching_ids(unicodedata.normalize("NFKC", suffix).strip(), ids)
    if not found:
        raise UsageRefusal(
            N_("There is no record “{suffix}”."),
            mend=N_("See the ids with {listed_by}; the last letters of one are enough."),
            suffix=suffix,
            listed_by=listed_by,
        )
    if len(found) > 1:
        raise UsageRefusal(
            N_("“{suffix}” fits {candidates}.")
            if len(found) <= NAMED
            else N_("“{suffix}” fits {number} records, as {candidates}."),
            mend=N_("Give more letters of the id."),
            suffix=suffix,
            number=len(found),
            candidates=found[:NAMED],
        )
    return found[0]


pass_session = click.make_pass_decorator(Session)
