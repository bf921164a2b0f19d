"""What lies outside a Book and speaks for its history or against it, read from the repository.

The log of what the forge saw first, and checkpoints: those kept in the repository, and those that
somebody outside has kept. One commit of each is pinned, as the Book's is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from weibao.history.branch import JudgedBranch, Outside, branch_checks
from weibao.history.checkpoints.comparison import (
    checkpoint_checks,
    commits_named,
    examine_checkpoints,
    lone_stamps,
    together,
)
from weibao.history.checkpoints.kept import contents_at, kept_checkpoints
from weibao.history.first_sight.reading import read_seen, seen_integrity, seen_steps
from weibao.history.git.objects import read_commit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from weibao.history.checkpoints.comparison import Examined, Given
    from weibao.history.first_sight.log import SeenLog
    from weibao.history.git.reader import Git
    from weibao.history.history import History, Snapshot
    from weibao.history.signatures.stamp import Trust
    from weibao.model.contract import SeenPolicy
    from weibao.model.records import Records


class JudgedBook(Protocol):
    """What is asked of a Book to hold it against what lies outside it."""

    @property
    def snapshot(self) -> Snapshot:
        """The files of a commit and the history they came from."""

    @property
    def history(self) -> History:
        """The history, as the contract lets it be believed."""

    @property
    def records(self) -> Records:
        """The records, typed."""

    @property
    def seen_named(self) -> SeenPolicy | None:
        """The log of what was seen first, as the contract first named it."""


def read_outside(
    git: Git,
    book: JudgedBook,
    trust: Trust,
    given: Iterable[Given] = (),
) -> Outside:
    """The checks ``on_branch``, ``tips``, ``first_seen``, ``checkpoints`` and ``stamps``, in this order.

    ``given`` are checkpoints that an auditor has, ``trust`` the roots that stamps may rest on.

    Raises:
        Refusal: an object is missing or damaged, or the log is none.
    """
    snapshot = book.snapshot
    log = snapshot.seen_log
    kept = kept_checkpoints(git, snapshot.commit)
    examined = examined_checkpoints(git, snapshot, (*together(kept), *given), trust)
    history = book.history
    beyond = _descendants(git, history)
    branch = _branch(git, history, beyond, book.records.contract.evidence.main)
    return Outside(
        branch,
        (
            *branch_checks(history, branch, beyond),
            seen_integrity(seen_steps(git, log) if log else (), book.seen_named),
            *checkpoint_checks(examined, lone_stamps(kept)),
        ),
    )


def read_branch(git: Git, book: JudgedBook) -> JudgedBranch:
    """Where the judged commit stands on the official branch, and nothing else that lies outside."""
    history = book.history
    main = book.records.contract.evidence.main
    return _branch(git, history, _descendants(git, history), main)


def read_logs(git: Git, tips: Iterable[str]) -> dict[str, SeenLog]:
    """The log as each of these commits has it, those that are not here left out."""
    return {tip: read_seen(git, tip).log for tip in set(tips) if tip and git.commit_of(tip)}


def examined_checkpoints(
    git: Git, snapshot: Snapshot, held: Iterable[Given], trust: Trust
) -> tuple[Examined, ...]:
    """Each checkpoint held against the history behind the snapshot, in the order given."""
    known = tuple(held)
    contents = contents_at(git, commits_named(known, snapshot.history))
    return examine_checkpoints(known, snapshot.history, contents, trust)


def _descendants(git: Git, history: History) -> frozenset[str]:
    """The tips that descend from the head; of one that is not here nobody can say so."""
    ahead = [tip for tip in dict.fromkeys(history.tips) if tip not in history.commits]
    ids = git.commits_beyond(ahead, [history.head]) if ahead else ()
    found = {history.head}
    for commit, raw in git.objects(ids, "commit"):
        if not found.isdisjoint(read_commit(commit, raw).parents):
            found.add(commit)
    return frozenset(found.intersection(ahead))


def _branch(git: Git, history: History, beyond: Collection[str], main: str) -> JudgedBranch:
    head = history.head
    refs = git.branches(main, reaching=head)
    newest = history.tips[-1] if history.tips else ""
    here = newest in beyond or newest in history.commits
    ends = {*git.branches(main).values()} - {head}
    return JudgedBranch(
        main,
        tuple(refs),
        behind=max((len(git.commits_beyond([end], [head])) for end in ends), default=0),
        behind_seen=len(git.commits_beyond([newest], [head])) if here else None,
    )
