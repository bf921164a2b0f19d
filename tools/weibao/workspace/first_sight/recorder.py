"""The log of what a remote had first, kept: one commit a run on a ref of its own, never by force.

Only objects and that one ref are written, so that a bare clone will do, and no work tree notices.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from time import sleep
from typing import TYPE_CHECKING

from weibao.history.commit import Identity
from weibao.history.first_sight.log import SeenLog, Sighting, seen_files
from weibao.history.first_sight.reading import SeenTree, read_seen
from weibao.history.git.refs import SEEN_REF
from weibao.history.snapshot import refuse_unless_whole
from weibao.language import N_
from weibao.refusal import Refusal, UsageRefusal
from weibao.workspace.first_sight.places import Here, There, not_kept
from weibao.workspace.recording.git_runner import run_git

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from weibao.history.git.reader import Git
    from weibao.model.instant import Instant
    from weibao.workspace.first_sight.places import LogPlace, Remote

TRIES = 12
"""How often other runs may be faster."""

_PAUSE_MILLISECONDS = 300
MAKER = Identity("weibao", "weibao@seen.invalid")
"""Whose commits these are: a run's, and nobody's identity."""


@dataclass(frozen=True, slots=True)
class RecordedSightings:
    """What a run has written.

    Attributes:
        commit: the log's commit by now.
        first: commit → sighting of what was new to it.
        begun: how many refs there were, where this run has begun the log; else None.
    """

    commit: str
    first: Mapping[str, Sighting]
    begun: int | None = None


def record_seen(
    git: Git, remote: Remote, refs: Mapping[str, str], place: LogPlace, now: Instant, run: str
) -> RecordedSightings:
    """Add to the log each commit behind ``refs`` that it does not have yet.

    ``refs`` is what ``remote`` had at ``now`` or before, so that no commit is said to have been there earlier
    than it was, and none earlier than what another run, by another clock, has seen before; ``run`` is
    the address of the run. The first run writes down what is there, and no more.

    Raises:
        Refusal: the clone is not whole, the remote cannot be read or refuses, it has no commit, or what is
            kept is not such a log.
    """
    refuse_unless_whole(git)
    for tried in range(1, TRIES + 1):
        tip = place.tip()
        if tip:
            kept = read_seen(git, tip)
            log = kept.log
            time = max((now, *(sighting.time for sighting in log.first.values())))
            first = _unseen(remote, log, refs, time, run)
            if not first:
                return RecordedSightings(tip, {})
            recorded = RecordedSightings(tip, first)
            log = replace(log, first={**log.first, **first})
            parents: tuple[str, ...] = (tip,)
        else:
            kept = None
            log = _begun(remote, refs, now)
            parents = _outermost(remote.root, log.heads.values())
            recorded = RecordedSightings("", {}, begun=len(log.heads))
        tree = _tree(remote.root, kept, log)
        commit = _commit(remote.root, tree, parents, now, _subject(recorded))
        if place.move(tip, commit):
            return replace(recorded, commit=commit)
        sleep(secrets.randbelow(_PAUSE_MILLISECONDS * tried) / 1000)
    raise Refusal(
        N_("Other runs were faster {tries} times."),
        mend=N_("Nothing is lost: the next run records what this one would have."),
        tries=TRIES,
    )


def fetch_seen(remote: Remote) -> tuple[str, str]:
    """Bring the remote's log into this clone; its commit here before and after, "" for none.

    Raises:
        Refusal: the remote cannot be read, or its log does not go on from the one here.
    """
    here = Here(remote.root)
    before, after = here.tip(), There(remote).tip()
    if not after or after == before:
        return before, before
    if before:
        told = ("merge-base", "--is-ancestor", before, after)
        if run_git(remote.root, *told).returncode != 0:
            raise Refusal(
                N_("The log at {remote} no longer contains what this clone has of it."),
                mend=N_(
                    "Keep this clone: it is the evidence. git log {ref} shows what it has; ask who "
                    "administers the forge what happened to the other."
                ),
                remote=remote.name,
                ref=SEEN_REF,
            )
    here.move(before, after)
    return before, after


def was_there_before(root: Path, log: SeenLog, commit: str) -> bool:
    """Whether a commit of this clone could be reached when the log was begun."""
    return not any(_behind(root, commit, log.heads.values()))


def _begun(remote: Remote, refs: Mapping[str, str], now: Instant) -> SeenLog:
    """The log that begins with what these refs name, where that is a commit."""
    remote.bring(tuple(refs))
    there = frozenset(_listed(remote.root, refs.values(), "--no-walk"))
    heads = {ref: commit for ref, commit in refs.items() if commit in there}
    if not heads:
        raise UsageRefusal(
            N_("{remote} has no branch, no tag and no pull request, so there is nothing to see."),
            mend=N_("Name the remote that has the records: weibao seen record --remote NAME"),
            remote=remote.name,
        )
    return SeenLog(now, heads, {})


def _outermost(root: Path, commits: Iterable[str]) -> tuple[str, ...]:
    """Those of the commits that are behind none of the others.

    As parents of the log's first commit they keep all that was there when it was begun, for every clone that
    has the log: a branch that is deleted or rewritten later could otherwise take old history out of the
    reach of ``heads``, and it would pass for new.
    """
    return tuple(_listed(root, (f"{commit}^!" for commit in commits)))


def _unseen(
    remote: Remote, log: SeenLog, refs: Mapping[str, str], now: Instant, run: str
) -> dict[str, Sighting]:
    """The commits behind ``refs`` that are new to the log, each by the first ref that has it."""
    known = {*log.heads.values(), *log.first}
    new = {ref: commit for ref, commit in refs.items() if commit not in known}
    if not new:
        return {}
    remote.bring(tuple(new))
    first: dict[str, Sighting] = {}
    for ref, commit in new.items():
        for commit_id in _behind(remote.root, commit, (*known, *first)):
            if commit_id not in known:
                first.setdefault(commit_id, Sighting(now, ref, run))
    return first


def _behind(root: Path, commit: str, known: Iterable[str]) -> Iterator[str]:
    """The commits that can be reached from ``commit`` and from none that is ``known``."""
    return _listed(root, (commit, *(f"^{commit_id}" for commit_id in known)))


def _listed(root: Path, revisions: Iterable[str], *options: str) -> Iterator[str]:
    """The commits that git lists; what a force push has taken away meanwhile is passed over."""
    given = "".join(f"{revision}\n" for revision in revisions)
    command = ("rev-list", *options, "--ignore-missing", "--stdin")
    done = run_git(root, *command, given=given.encode())
    if done.returncode != 0:
        raise not_kept(done.stderr)
    yield from done.stdout.split()


def _tree(root: Path, kept: SeenTree | None, log: SeenLog) -> str:
    """The tree of the log's files; those that are as they were are not written again."""
    rows = []
    for name, content in sorted(seen_files(log).items()):
        blob = kept.blobs[name] if kept and kept.files.get(name) == content else ""
        blob = blob or _made(root, ("hash-object", "-w", "--stdin"), content)
        rows.append(f"100644 blob {blob}\t{name}\n")
    return _made(root, ("mktree",), "".join(rows).encode())


def _commit(root: Path, tree: str, parents: tuple[str, ...], now: Instant, subject: str) -> str:
    """A new commit of the log; nothing points to it yet."""
    lines = (
        f"tree {tree}",
        *(f"parent {parent}" for parent in parents),  # more, perhaps, than a command line can hold
        f"author {MAKER.name} <{MAKER.email}> {now} +0000",
        f"committer {MAKER.name} <{MAKER.email}> {now} +0000",
        "",
        subject,
    )
    raw = "".join(f"{line}\n" for line in lines)
    return _made(root, ("hash-object", "-t", "commit", "-w", "--stdin"), raw.encode())


def _made(root: Path, arguments: tuple[str, ...], given: bytes) -> str:
    """The id of the object that git made."""
    done = run_git(root, *arguments, given=given)
    if done.returncode != 0:
        raise not_kept(done.stderr)
    return done.stdout.strip()


def _subject(recorded: RecordedSightings) -> str:
    if recorded.begun is not None:
        return "Begin the log of what was seen first"
    return f"First seen: {len(recorded.first)}"
