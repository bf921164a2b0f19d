"""What git holds of checkpoints: the files kept in the repository, and what records were at a commit."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.history.checkpoints.checkpoint import Checkpoint, contents_by_digest
from weibao.history.git.objects import read_commit
from weibao.history.snapshot import refuse_unless_whole
from weibao.language import N_
from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.history.checkpoints.checkpoint import Contents
    from weibao.history.git.reader import Git
    from weibao.model.instant import Instant

FOLDER = "checkpoints"
"""Where checkpoints are kept, with their time stamps and certificates."""

ENDINGS = (".json", ".tsr", ".pem")
"""A checkpoint, its time stamp, the certificates of the stamp."""

_SUBMODULE = "160000"


def checkpoint_at(git: Git, revision: str) -> tuple[Checkpoint, Instant]:
    """The checkpoint of the commit that ``revision`` names, and when that was committed.

    Raises:
        Refusal: there is no such commit, or history is not whole.
    """
    refuse_unless_whole(git)
    commit = git.resolve(revision)
    ((_, raw),) = git.objects([commit], "commit")
    one = read_commit(commit, raw)
    contents = contents_at(git, [commit])[commit]
    return (
        Checkpoint(commit, one.tree, contents.records, contents.sha256),
        one.commit_time,
    )


def require_on_branch(git: Git, commit: str, main: str) -> None:
    """Refuse a commit that is not on the official branch, where a checkpoint will be looked for.

    That is ``main`` as it was last fetched: what has not been sent yet may never be. In a clone that
    has fetched none it is HEAD.
    """
    fetched = f"refs/remotes/origin/{main}"
    known = git.run("for-each-ref", "--format=%(objectname)", fetched).decode().split()
    end, name = (known[0], f"origin/{main}") if known else (git.resolve("HEAD"), "HEAD")
    if commit not in git.run("rev-list", end, "--").decode().split():
        raise Refusal(
            N_("Commit {commit} is not on {branch}."),
            mend=N_("Send it first (weibao sync), or name a commit of that branch with --at."),
            exit_code=Exit.USAGE,
            commit=commit[:12],
            branch=name,
        )


def kept_checkpoints(git: Git, commit: str) -> dict[str, bytes]:
    """The files kept under ``checkpoints/`` at a commit, by path.

    Raises:
        Refusal: an object is missing or damaged.
    """
    listed = {
        path: blob
        for mode, blob, path in git.tree(commit, FOLDER)
        if mode != _SUBMODULE and path.endswith(ENDINGS)
    }
    blobs = dict(git.objects(dict.fromkeys(listed.values()), "blob"))
    return {path: blobs[blob] for path, blob in listed.items()}


def contents_at(git: Git, commits: Iterable[str]) -> dict[str, Contents]:
    """What the records are of each commit; a file that several have is read once.

    Raises:
        Refusal: an object is missing or damaged.
    """
    digests: dict[str, str] = {}
    found: dict[str, Contents] = {}
    for commit in commits:
        listed = [
            (path, blob) for mode, blob, path in git.tree(commit, "records") if mode != _SUBMODULE
        ]
        new = dict.fromkeys(blob for _, blob in listed if blob not in digests)
        digests |= {blob: sha256(raw).hexdigest() for blob, raw in git.objects(new, "blob")}
        found[commit] = contents_by_digest((path, digests[blob]) for path, blob in listed)
    return found
