"""The one place where git is written: a commit of just the files that a step changed.

Git itself makes the commit, so that hooks, signing, identity and configuration are the user's own.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import Refusal
from weibao.workspace.recording.git_runner import run_git

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

_ASKED = 100
"""Of how many files git is asked by their names whether it knows them; of more, for all that it knows."""

_HALF_DONE = (
    ("MERGE_HEAD", "merge"),
    ("CHERRY_PICK_HEAD", "cherry-pick"),
    ("REVERT_HEAD", "revert"),
    ("rebase-merge", "rebase"),
    ("rebase-apply", "rebase"),
)
"""What git leaves in its folder while something waits to be finished, and the command it is of."""


def require_settled(root: Path) -> str:
    """Refuse while a merge or the like is half done; the clone's git folder."""
    git_dir = run_git(root, "rev-parse", "--absolute-git-dir").stdout.strip()
    for name, what in _HALF_DONE:
        if os.path.exists(os.path.join(git_dir, name)):  # noqa: PTH110, PTH118 - git's own path
            raise Refusal(
                N_("A {what} is half done in this clone."),
                mend=N_(
                    "Finish it (git {what} --continue) or drop it (git {what} --abort), then try again."
                ),
                what=what,
            )
    return git_dir


def require_committable(root: Path) -> None:
    """Refuse now what would fail after the file was written: no branch, no identity, a merge."""
    git_dir = require_settled(root)
    if run_git(root, "symbolic-ref", "--quiet", "HEAD").returncode != 0:
        raise Refusal(
            N_("HEAD is detached: a commit made here would belong to no branch and be lost."),
            mend=N_("Go to the branch first: git switch main"),
        )
    for kind in ("AUTHOR", "COMMITTER"):
        if run_git(root, "var", f"GIT_{kind}_IDENT").returncode != 0:
            raise Refusal(
                N_("Git does not know who you are, and a record must say who recorded it."),
                mend=N_(
                    'Run: git config user.name "…" and git config user.email "…" '
                    "(an address that staff.yaml lists for you)"
                ),
            )
    lock = os.path.join(git_dir, "index.lock")  # noqa: PTH118
    if os.path.exists(lock):  # noqa: PTH110
        raise Refusal(
            N_("Another git command is at work here, or one was killed: {lock} exists."),
            mend=N_("Wait for it; if none runs, delete that file and try again."),
            lock=lock,
        )


def author_email(root: Path) -> str:
    """The address that git would put on a commit made now; "" where git does not know one."""
    identity = run_git(root, "var", "GIT_AUTHOR_IDENT").stdout
    return identity.partition("<")[2].partition(">")[0]


def head_commit(root: Path) -> str:
    """The commit that HEAD names; "" where there is none yet."""
    return run_git(root, "rev-parse", "--quiet", "--verify", "HEAD").stdout.strip()


def has_changed(root: Path, path: str) -> bool:
    """Whether git knows the file, and it is not as HEAD has it."""
    return run_git(root, "diff", "--quiet", "HEAD", "--", path).returncode == 1


def commit_files(root: Path, paths: Sequence[str], message: str) -> str:
    """Commit ``paths`` and nothing else, whatever is staged besides; returns the commit's id.

    Raises:
        Refusal: git refused, with what it or its hooks said. The index is as it was before.
    """
    asked = paths if len(paths) <= _ASKED else ()
    known = frozenset(run_git(root, "ls-files", "-z", "--", *asked).stdout.split("\0"))
    new = [path for path in paths if path not in known]
    if new:
        # Git commits only what it knows; it need not know more than the name yet.
        _of_paths(root, new, "add", "--intent-to-add", "--force")
    try:
        done, said = _of_paths(root, paths, "commit", "--quiet", "--only", "-m", message)
        if done:
            new = []
            return head_commit(root)
    finally:
        if new:
            _of_paths(root, new, "rm", "--quiet", "--cached", "--force")
    raise Refusal(
        N_("Git did not make the commit: {said}"),
        mend=N_("Nothing was recorded. Mend what git names, then give the command again."),
        said=said,
    )


def _of_paths(root: Path, paths: Sequence[str], *command: str) -> tuple[bool, str]:
    """Whether git did it to the paths, and what it said.

    It is given them on its standard input: a command line holds only so many.
    """
    given = "\0".join(f":(literal){path}" for path in paths).encode()
    done = run_git(root, *command, "--pathspec-from-file=-", "--pathspec-file-nul", given=given)
    return done.returncode == 0, done.stderr.strip() or done.stdout.strip()


def start_repository(root: Path, branch: str) -> None:
    """Make ``root`` a git repository whose first commit will be on ``branch``.

    Raises:
        Refusal: git did not.
    """
    done = run_git(root, "init", "--quiet", f"--initial-branch={branch}")
    if done.returncode != 0:
        raise Refusal(
            N_("Git did not make the repository: {said}"),
            said=done.stderr.strip(),
        )


def ask_git(root: Path, *arguments: str) -> str | None:
    """What git says under the user's own settings, stripped; None where it fails."""
    done = run_git(root, *arguments)
    return done.stdout.strip() if done.returncode == 0 else None
