"""The records as one file of git: the branch up to a commit, and the log of first sights; and what such a file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.checkpoints.checkpoint import checkpoint_bytes
from weibao.history.checkpoints.kept import checkpoint_at
from weibao.history.git.reader import Git
from weibao.history.git.refs import SEEN_REF
from weibao.language import N_
from weibao.refusal import Refusal
from weibao.workspace.papers.package_folder import scratch
from weibao.workspace.recording.git_runner import run_git

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.history.git.reader import Git as Reader

_SHA256 = b"object-format=sha256"


def write_bundle(git: Reader, file: Path, branch: str, commit: str, seen_log: str) -> None:
    """Write the history behind a commit as ``branch``, and that of the log of first sights ("" for none).

    It is made in a repository of its own that borrows the objects, so that no ref of the clone is touched.

    Raises:
        Refusal: git could not.
    """
    borrowed = {"GIT_ALTERNATE_OBJECT_DIRECTORIES": str(git.common / "objects")}
    refs = {f"refs/heads/{branch}": commit} | ({SEEN_REF: seen_log} if seen_log else {})
    with scratch() as folder:
        _run(folder, "init", "--quiet", "--bare", f"--object-format={git.object_format}")
        for ref, tip in refs.items():
            _run(folder, "update-ref", ref, tip, environment=borrowed)
        _run(folder, "bundle", "create", "--quiet", str(file), *refs, environment=borrowed)


def bundle_holds(file: Path, checkpoint: bytes, commit: str) -> bool:
    """Whether a bundle is whole, and has the commit with just those records that a checkpoint says."""
    with file.open("rb") as stream:
        object_format = "sha256" if _SHA256 in stream.read(200) else "sha1"
    with scratch() as folder:
        _run(folder, "init", "--quiet", "--bare", f"--object-format={object_format}")
        if run_git(folder, "bundle", "verify", "--quiet", str(file)).returncode:
            return False
        if run_git(folder, "fetch", "--quiet", str(file), "refs/*:refs/*").returncode:
            return False
        try:
            found, _ = checkpoint_at(Git(folder), commit)
        except Refusal:
            return False
        return checkpoint_bytes(found) == checkpoint


def _run(folder: Path, *arguments: str, environment: dict[str, str] | None = None) -> None:
    done = run_git(folder, *arguments, environment=environment)
    if done.returncode:
        raise Refusal(
            N_("Git did not make the bundle of the records: {said}"), said=done.stderr.strip()
        )
