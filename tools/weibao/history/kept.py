"""What is kept of a history between two commands, and the part of it that one command needs.

Ten years of commits are read for one ticket otherwise. A commit is kept with what the whole history says
of it; a part has the commits that changed the files in question, each with its true parents, and between
them the line as if nothing lay in between: which of two came first, and what lies behind what, stays as
it is, and the rest the whole history has said already.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.history.history import History, Whole
from weibao.history.sights import Sights, inherited
from weibao.history.windows import windows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from weibao.history.commit import Change, Commit
    from weibao.history.times import Window
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class KeptCommit:
    """A commit, and what the whole history says of it.

    Attributes:
        commit: as it is.
        time: its *time*.
        landing: the commit of the official line with which it landed, itself on the line.
        window: between which commits by others it was made.
        first_seen: when the forge's log saw it first; None where it does not name it.
        shown: when the log shows it to have been there; None where it does not cover it.
        had: an instant by which the forge had it or a descendant; None where there is none.
    """

    commit: Commit
    time: Instant
    landing: str
    window: Window
    first_seen: Instant | None = None
    shown: Instant | None = None
    had: Instant | None = None

    @property
    def on_line(self) -> bool:
        """Whether it is of the official line itself."""
        return self.landing == self.commit.id


def kept_commits(history: History, people: Mapping[str, str]) -> tuple[KeptCommit, ...]:
    """Every commit of a whole history, parents before children; ``people`` as for :func:`windows`."""
    found, sights = windows(history, people), history.sights
    had = inherited(history.commits, sights.had)
    return tuple(
        KeptCommit(
            commit,
            history.time[key],
            history.landing[key],
            found[key],
            sights.first.get(key),
            sights.shown.get(key),
            had.get(key),
        )
        for key, commit in history.commits.items()
    )


def telling(history: History, clock_skew: int) -> frozenset[str]:
    """The commits that say something of the history as a whole, so that every part has them.

    Where it begins, and those whose clocks were set back.
    """
    earliest = min(history.commits.values(), key=lambda commit: commit.commit_time)
    found = {history.line[0], earliest.id}
    for commit in history.commits.values():
        before = max((history.time[parent] for parent in commit.parents), default=0)
        if before - commit.commit_time > clock_skew or not commit.parents:
            found.add(commit.id)
    return frozenset(found)


def part_of(
    head: str,
    kept: Iterable[KeptCommit],
    wanted: Collection[str],
    changes: tuple[Sequence[Change], Sequence[Change], Sequence[Change]],
    blobs: Mapping[str, bytes],
    sights: Sights,
) -> History:
    """The part of a history that has the ``wanted`` commits.

    ``kept`` are these, parents before children, with all parents of each and the commit with which each landed;
    ``changes`` as those of a history: changes, resolutions and pages. ``sights`` say what the log says
    of no commit in particular.
    """
    commits: dict[str, Commit] = {}
    facts: dict[str, KeptCommit] = {}
    last = ""
    for said in kept:
        commit = said.commit
        if commit.id not in wanted:
            # Of this one only the place is of interest: on the line it follows the last before it.
            commit = replace(commit, parents=(last,) if last else ())
        commits[commit.id], facts[commit.id] = commit, said
        if said.on_line:
            last = commit.id
    found, resolutions, pages = (tuple(group) for group in changes)
    return History(
        head=head,
        commits=commits,
        changes=found,
        blobs=blobs,
        resolutions=resolutions,
        pages=pages,
        sights=replace(
            sights,
            first=dict(_told(facts, "first_seen")),
            shown=dict(_told(facts, "shown")),
            had=dict(_told(facts, "had")),
        ),
        whole=Whole(
            time={key: said.time for key, said in facts.items()},
            line=tuple(key for key, said in facts.items() if said.on_line),
            landing={key: said.landing for key, said in facts.items()},
            windows={key: said.window for key, said in facts.items()},
        ),
    )


def _told(facts: Mapping[str, KeptCommit], name: str) -> Iterator[tuple[str, Instant]]:
    for key, said in facts.items():
        if (instant := getattr(said, name)) is not None:
            yield key, instant
