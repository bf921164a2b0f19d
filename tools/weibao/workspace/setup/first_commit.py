"""The first commit of a new repository: an empty folder filled whole, or left as it was."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.workspace.recording.commit import (
    ask_git,
    commit_files,
    require_committable,
    start_repository,
)
from weibao.workspace.recording.store import Replacement

if TYPE_CHECKING:
    from collections.abc import Mapping

MAIN = "main"
"""The branch of a repository that nobody has begun yet."""

_SHOWN = 5
"""How many of the things in a folder are named."""


def require_empty(folder: Path) -> str:
    """The branch on which a new repository in ``folder`` will begin.

    The folder may be missing, empty, or a git repository without files and commits, such as a clone
    of what a forge has just made.

    Raises:
        Refusal: there is something in it, or it is no folder.
    """
    try:
        inside = sorted(generator.name for generator in folder.iterdir())
    except FileNotFoundError:
        return MAIN
    except OSError as error:
        raise UsageRefusal(
            N_("{path} cannot be used: {reason}"),
            mend=N_("Name a folder that is not there yet, or an empty one."),
            path=folder,
            reason=error,
        ) from None
    if not inside:
        return MAIN
    branch = ask_git(folder, "symbolic-ref", "--short", "HEAD")
    begun = ask_git(folder, "rev-list", "--all", "--max-count=1") or ask_git(folder, "ls-files")
    if inside != [".git"] or branch is None or begun:
        raise UsageRefusal(
            N_("{path} is not empty: {found}")
            if len(inside) <= _SHOWN
            else N_("{path} is not empty: {found}, and more ({left})"),
            mend=N_("Name a folder that is not there yet, or an empty one."),
            path=folder,
            found=tuple(inside[:_SHOWN]),
            left=len(inside) - _SHOWN,
        )
    return branch


def outer_repository(folder: Path) -> str:
    """The git repository in which a new one in ``folder`` would lie; "" where there is none.

    Neither where the folder is begun as a repository already, nor where the outer one ignores it.
    """
    if (folder / ".git").exists():
        return ""
    there = next(path for path in (folder, *folder.parents) if path.is_dir())
    top = ask_git(there, "rev-parse", "--show-toplevel") or ""
    ignored = top and ask_git(there, "check-ignore", "--quiet", "--", f"{folder}/") is not None
    return "" if ignored else top


def found_repository(
    folder: Path, contents: Mapping[str, bytes], who: tuple[str, str], *, branch: str, message: str
) -> str:
    """Fill an empty folder with ``contents``, commit them as ``who`` and return the commit's id.

    Where git would commit under another name or address than ``who``, that is set for this
    repository. Whatever fails, the folder is as it was before.

    Raises:
        Refusal: git or the disk did not allow it.
    """
    made = [path for path in (folder, *folder.parents) if not path.exists()]
    begun = (folder / ".git").exists()
    git_dir = ask_git(folder, "rev-parse", "--absolute-git-dir") if begun else ""
    replacement = Replacement(folder, Path(git_dir or folder / ".git"))
    identity: dict[str, str | None] = {}
    try:
        _make(folder)
        if not begun:
            start_repository(folder, branch)
        identity = _identify(folder, who)
        require_committable(folder)
        for path, content in contents.items():
            replacement.put(path, content)
        commit = commit_files(folder, tuple(contents), message)
    except BaseException:  # also an interrupt
        replacement.undo()
        _clear(folder, contents)
        if begun:
            _restore(folder, identity)
        else:
            shutil.rmtree(folder / ".git", ignore_errors=True)
        for parent in made:
            with suppress(OSError):
                parent.rmdir()
        raise
    replacement.keep()
    return commit


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageRefusal(
            N_("{path} cannot be made: {reason}"), path=folder, reason=error
        ) from None


def _identify(folder: Path, who: tuple[str, str]) -> dict[str, str | None]:
    """Have git commit as ``who`` here; returns what this repository's own settings were before."""
    before: dict[str, str | None] = {}
    for key, wanted in zip(("user.name", "user.email"), who, strict=True):
        if ask_git(folder, "config", "--get", key) != wanted:
            before[key] = ask_git(folder, "config", "--local", "--get", key)
            ask_git(folder, "config", "--local", key, wanted)
    return before


def _restore(folder: Path, settings: Mapping[str, str | None]) -> None:
    for key, value in settings.items():
        if value is None:
            ask_git(folder, "config", "--local", "--unset-all", key)
        else:
            ask_git(folder, "config", "--local", key, value)


def _clear(folder: Path, contents: Mapping[str, bytes]) -> None:
    """Remove the folders that the files lay in, the deepest first, where nothing else is there."""
    folders = {folder / above for path in contents for above in PurePosixPath(path).parents}
    for pure_path in sorted(folders - {folder}, key=lambda path: len(path.parts), reverse=True):
        with suppress(OSError):
            pure_path.rmdir()
