"""What lies outside a Book and speaks for its history or against it, read from the repository.

The log of what the forge saw first, and checkpoints: those kept in the repository, and those that
somebody outside has kept. One commit of each is pinned, as the Book's is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.checkpoints.comparison import (
    checkpoint_checks,
    commits_named,
    examine_checkpoints,
    lone_stamps,
    together,
)
from weibao.history.checkpoints.kept import contents_at, kept_checkpoints
from weibao.history.first_sight.reading import seen_integrity, seen_steps

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.history.checkpoints.comparison import Examined, Given
    from weibao.history.git.reader import Git
    from weibao.history.history import Snapshot
    from weibao.history.integrity import IntegrityCheck
    from weibao.history.signatures.stamp import Trust


def outside_checks(
    git: Git, snapshot: Snapshot, trust: Trust, given: Iterable[Given] = ()
) -> tuple[IntegrityCheck, ...]:
    """The checks ``first_seen``, ``checkpoints`` and ``stamps``, in this order.

    ``given`` are checkpoints that an auditor has, ``trust`` the roots that stamps may rest on.

    Raises:
        Refusal: an object is missing or damaged, or the log is none.
    """
    log = snapshot.seen_log
    kept = kept_checkpoints(git, snapshot.commit)
    examined = examined_checkpoints(git, snapshot, (*together(kept), *given), trust)
    return (
        seen_integrity(seen_steps(git, log) if log else ()),
        *checkpoint_checks(examined, lone_stamps(kept)),
    )


def examined_checkpoints(
    git: Git, snapshot: Snapshot, held: Iterable[Given], trust: Trust
) -> tuple[Examined, ...]:
    """Each checkpoint held against the history behind the snapshot, in the order given."""
    known = tuple(held)
    contents = contents_at(git, commits_named(known, snapshot.history))
    return examine_checkpoints(known, snapshot.history, contents, trust)
