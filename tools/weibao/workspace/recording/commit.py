"""The one place where git is written: a commit of just the files that a step changed.

Git itself makes the commit, so that hooks, signing, identity and configuration are the user's own.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import Refusal
from weibao.workspace.recording.git_runner import run_git, variables_say_who

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
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


_OWN_WORDS = ("author.", "committer.")
"""Settings by which git takes another name for a commit than ``user.name`` and ``user.email``."""
_PLAIN_NAME = re.compile(r"[^\W\d_][^<>\n]*")
_PLAIN_ADDRESS = re.compile(r"[a-z0-9][a-z0-9_+.-]*@[a-z0-9.-]*[a-z0-9]", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CloneStanding:
    """How a clone stands before something is written in it.

    Attributes:
        head: the commit that HEAD names; "" where there is none yet.
        on_branch: whether HEAD is on a branch.
        changed: of the paths that were asked about, those that are not in the working tree, or not in
            the index, as HEAD has them.
    """

    head: str
    on_branch: bool
    changed: tuple[str, ...]


def require_settled(root: Path) -> str:
    """Refuse while a merge or the like is half done; the clone's git folder."""
    git_dir = _git_folder(root)
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


def _git_folder(root: Path) -> str:
    """The clone's git folder: where git looks first, or what git says where nothing is there."""
    first = root / ".git"
    if (first / "HEAD").is_file():  # of a linked work tree it is a file that leads elsewhere
        return first.resolve().as_posix()
    return run_git(root, "rev-parse", "--absolute-git-dir").stdout.strip()


def require_committable(
    root: Path, settings: Mapping[str, str] | None = None, standing: CloneStanding | None = None
) -> None:
    """Refuse now what would fail after the file was written: no branch, no identity, a merge.

    ``settings`` and ``standing`` are what git has said of the clone just now, if it was asked.
    """
    git_dir = require_settled(root)
    if not _is_on_branch(root) if standing is None else not standing.on_branch:
        raise Refusal(
            N_("HEAD is detached: a commit made here would belong to no branch and be lost."),
            mend=N_("Go to the branch first: git switch main"),
        )
    if not _known_address(own_settings(root) if settings is None else settings):
        _require_identity(root)
    lock = os.path.join(git_dir, "index.lock")  # noqa: PTH118
    if os.path.exists(lock):  # noqa: PTH110
        raise Refusal(
            N_("Another git command is at work here, or one was killed: {lock} exists."),
            mend=N_("Wait for it; if none runs, delete that file and try again."),
            lock=lock,
        )


def _is_on_branch(root: Path) -> bool:
    return run_git(root, "symbolic-ref", "--quiet", "HEAD").returncode == 0


def _require_identity(root: Path) -> None:
    for kind in ("AUTHOR", "COMMITTER"):
        if run_git(root, "var", f"GIT_{kind}_IDENT").returncode != 0:
            raise Refusal(
                N_("Git does not know who you are, and a record must say who recorded it."),
                mend=N_(
                    'Run: git config user.name "…" and git config user.email "…" '
                    "(an address that staff.yaml lists for you)"
                ),
            )


def own_settings(root: Path) -> Mapping[str, str]:
    """Every setting that git has for this clone, by its key; of those given several times the last."""
    listed = run_git(root, "config", "--null", "--list").stdout.split("\0")
    return {key: text for key, _, text in (row.partition("\n") for row in listed)}


def switched_on(root: Path, key: str) -> bool:
    """Whether a setting is what git takes for true."""
    return run_git(root, "config", "--type=bool", key).stdout.strip() == "true"


def _known_address(settings: Mapping[str, str]) -> str:
    """The address that git will surely put on a commit, author's and committer's; "" where it must be asked."""
    if variables_say_who() or any(key.startswith(_OWN_WORDS) for key in settings):
        return ""
    address = settings.get("user.email", "")
    plain = _PLAIN_NAME.fullmatch(settings.get("user.name", "")) and _PLAIN_ADDRESS.fullmatch(
        address
    )
    return address if plain else ""


def author_email(root: Path, settings: Mapping[str, str]) -> str:
    """The address that git would put on a commit made now; "" where git does not know one.

    ``settings`` are those of the clone (:func:`own_settings`).
    """
    if known := _known_address(settings):
        return known
    identity = run_git(root, "var", "GIT_AUTHOR_IDENT").stdout
    return identity.partition("<")[2].partition(">")[0]


def head_commit(root: Path) -> str:
    """The commit that HEAD names; "" where there is none yet."""
    return run_git(root, "rev-parse", "--quiet", "--verify", "HEAD").stdout.strip()


def standing_of(root: Path, paths: Sequence[str]) -> CloneStanding:
    """How the clone stands, and which of the ``paths`` are not as HEAD has them: one question to git.

    Raises:
        Refusal: git cannot tell.
    """
    options = ("--porcelain=v2", "--branch", "--no-ahead-behind", "-z", "--no-renames")
    fixed = ("--no-optional-locks", "status", *options, "--untracked-files=all")
    done = run_git(root, *fixed, "--", *paths)
    if done.returncode:
        raise _not_committed(done.stderr.strip())
    said, rows = dict[str, str](), []
    for row in filter(None, done.stdout.split("\0")):
        if row.startswith("# "):
            key, _, text = row[2:].partition(" ")
            said[key] = text
        else:
            rows.append(row.split(" ", _COLUMNS[row[0]])[-1])
    head = said["branch.oid"]
    return CloneStanding(
        "" if head == "(initial)" else head, said["branch.head"] != "(detached)", tuple(rows)
    )


_COLUMNS = {"1": 8, "u": 10, "?": 1}
"""How many words stand before the path, by how a row begins: a change, a conflict, a new file."""


def has_changed(root: Path, path: str) -> bool:
    """Whether git knows the file, and it is not as HEAD has it."""
    return run_git(root, "diff", "--quiet", "HEAD", "--", path).returncode == 1


def commit_files(
    root: Path, paths: Sequence[str], message: str, *, surely_known: bool = False
) -> str:
    """Commit ``paths`` and nothing else, whatever is staged besides; returns the commit's id.

    ``surely_known``: none of the files is new, so that git is asked whether it knows them only if it
    makes no commit: of what it does not know it says so before it asks any hook.

    Raises:
        Refusal: git refused, with what it or its hooks said. The index is as it was before.
    """
    commit = ("commit", "--quiet", "--only", "-m", message)
    done, said, new = False, "", list[str]()
    if surely_known:
        done, said = _of_paths(root, paths, *commit)
    try:
        if not done and ((new := _unknown(root, paths)) or not surely_known):
            if new:
                # Git commits only what it knows; it need not know more than the name yet.
                _of_paths(root, new, "add", "--intent-to-add", "--force")
            done, said = _of_paths(root, paths, *commit)
        if done:
            new = []
            return head_commit(root)
    finally:
        if new:
            _of_paths(root, new, "rm", "--quiet", "--cached", "--force")
    raise _not_committed(said)


def _unknown(root: Path, paths: Sequence[str]) -> list[str]:
    """Those of the paths that git does not know yet."""
    asked = paths if len(paths) <= _ASKED else ()
    known = frozenset(run_git(root, "ls-files", "-z", "--", *asked).stdout.split("\0"))
    return [path for path in paths if path not in known]


def _not_committed(said: str) -> Refusal:
    return Refusal(
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
