"""History as a value: the commits behind one commit, their *times*, and where each one landed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from weibao.history.sights import NOTHING_SEEN, Sights
from weibao.history.times import landings, official_line, times

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from weibao.history.commit import Change, Commit
    from weibao.history.sights import Unwitnessed
    from weibao.history.times import Window
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Whole:
    """What a whole history says of the commits of a part of it, which alone does not tell.

    Attributes: as those of a history; ``windows`` as those of a ledger.
    """

    time: Mapping[str, Instant]
    line: tuple[str, ...]
    landing: Mapping[str, str]
    windows: Mapping[str, Window]


@dataclass(frozen=True)
class History:
    """All that can be reached from ``head``, or a part of that.

    Attributes:
        head: the commit that the history is seen from.
        commits: every commit by id, parents before children.
        changes: every change to a file under ``records/``, ``checkpoints/`` or ``imports/``, parents before children.
        blobs: the bytes of every blob that the changes and resolutions name for a ``.yaml`` or
            ``.csv`` file or a file of keys, or a page.
        resolutions: where a merge holds a file as some of its parents have it and others do not:
            what it took, and what it left. In the form of a change.
        pages: the same of the files of ``docs``, of which the log has no law.
        sights: what the forge's own log says of the commits.
        tips: commits that were the end of the official branch by somebody else's word, in the order
            of time. They say which way the line goes through a merge.
        distrusted: the commits whose times are not believed.
        whole: of a part of a history, what the whole says of its commits; None of a whole one.
    """

    head: str
    commits: Mapping[str, Commit]
    changes: tuple[Change, ...] = ()
    blobs: Mapping[str, bytes] = field(default_factory=dict)
    resolutions: tuple[Change, ...] = ()
    pages: tuple[Change, ...] = ()
    sights: Sights = NOTHING_SEEN
    tips: tuple[str, ...] = ()
    distrusted: frozenset[str] = frozenset()
    whole: Whole | None = None

    @cached_property
    def time(self) -> Mapping[str, Instant]:
        """The *time* of each commit: see :func:`weibao.history.times.times`."""
        return self.whole.time if self.whole else times(self.commits, self.distrusted)

    @cached_property
    def line(self) -> tuple[str, ...]:
        """The official line, the oldest commit first: see :func:`weibao.history.times.official_line`."""
        return self.whole.line if self.whole else official_line(self.commits, self.head, self.tips)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each commit of the line on it."""
        return {commit: place for place, commit in enumerate(self.line)}

    def changes_to(self, path: str) -> Sequence[Change]:
        """The changes to a file, and what merges took of it, parents before children."""
        return self._changes_to.get(path, ())

    @cached_property
    def _changes_to(self) -> Mapping[str, Sequence[Change]]:
        found: dict[str, list[Change]] = {}
        for change in (*self.changes, *self.resolutions, *self.pages):
            found.setdefault(change.path, []).append(change)
        return found

    @cached_property
    def landing(self) -> Mapping[str, str]:
        """For each commit, the first of the line from which it can be reached."""
        return self.whole.landing if self.whole else landings(self.commits, self.line)

    def landed(self, commit: str) -> Instant:
        """The *time* at which a commit came to the official line."""
        return self.time[self.landing[commit]]

    def place_of_landing(self, commit: str) -> int:
        """The place on the official line at which a commit came to it."""
        return self.places[self.landing[commit]]

    def shown(self, commit: str) -> Instant:
        """When a commit was there for all to see: by the forge's log where it covers it, else as it landed."""
        seen = self.sights.shown.get(commit)
        return self.landed(commit) if seen is None else seen

    def evidence(self, commit: str, within: int) -> Instant:
        """When a commit is taken to have been made: its *time*, if it was shown ``within`` seconds, else then."""
        recorded, shown = self.time[commit], self.shown(commit)
        return recorded if 0 <= shown - recorded <= within else shown

    def records_changed(self) -> dict[str, str]:
        """By commit that changes records, the first of their paths."""
        found: dict[str, str] = {}
        for change in self.changes:
            if change.path.startswith("records"):
                found.setdefault(change.commit, change.path)
        return found


@dataclass(frozen=True, slots=True)
class SettledTickets:
    """The tickets that a snapshot leaves out, since nothing of them is asked any more.

    Attributes:
        paths: of their files.
        unwitnessed: what of them nobody outside vouches for in time; None: nothing.
    """

    paths: Collection[str] = ()
    unwitnessed: Unwitnessed | None = None


NOTHING_LEFT_OUT = SettledTickets()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The files of one commit, pinned, with the history behind it.

    ``files`` maps paths (``records/…``, ``schemas/…``) to bytes; ``modes`` to git's file modes
    (``100644``; ``120000`` is a symlink, ``160000`` a submodule). ``seen_log`` is the commit of the
    log of what the forge saw first, "" where there is none. What is ``left_out`` is in none of these.
    """

    commit: str
    files: Mapping[str, bytes]
    modes: Mapping[str, str]
    history: History
    seen_log: str = ""
    left_out: SettledTickets = NOTHING_LEFT_OUT
