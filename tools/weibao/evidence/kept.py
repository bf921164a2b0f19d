"""What git holds of checkpoints: the files kept in the repository, and what records were at a commit."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from weibao.evidence.checkpoint import contents_by_digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.evidence.checkpoint import Contents
    from weibao.evidence.git import Git

FOLDER = "checkpoints"
"""Where checkpoints are kept, with their time stamps and certificates."""

ENDINGS = (".json", ".tsr", ".pem")
"""A checkpoint, its time stamp, the certificates of the stamp."""

_SUBMODULE = "160000"


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
    listed = {
        commit: [
            (path, blob) for mode, blob, path in git.tree(commit, "records") if mode != _SUBMODULE
        ]
        for commit in commits
    }
    wanted = dict.fromkeys(blob for files in listed.values() for _, blob in files)
    digests = {blob: sha256(raw).hexdigest() for blob, raw in git.objects(wanted, "blob")}
    return {
        commit: contents_by_digest((path, digests[blob]) for path, blob in files)
        for commit, files in listed.items()
    }
