"""New files that are committed together, or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.workspace.recording.commit import commit_files, head_commit
from weibao.workspace.recording.store import Replacement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


def commit_new_files(
    root: Path,
    git_dir: Path,
    contents: Mapping[str, bytes],
    message: str,
    require: Callable[[str], None] | None = None,
) -> str:
    """Write the files and commit them; if that fails, all is as it was.

    ``require`` is asked of each path before the commit, and refuses by raising.
    """
    head = head_commit(root)
    replacement = Replacement(root, git_dir)
    try:
        replacement.put_all(contents)
        for path in contents:
            if require is not None:
                require(path)
        commit = commit_files(root, tuple(contents), message)
    except BaseException:  # also an interrupt, which may come before git's commit or after it
        if head_commit(root) == head:
            replacement.undo()
        else:
            replacement.keep()
        raise
    replacement.keep()
    return commit
