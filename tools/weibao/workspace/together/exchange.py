"""What one side of a clone has that the other lacks, counted as a person counts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.git.reader import shown_path
from weibao.history.growth.union import added_lines
from weibao.model.versions import keeps_log
from weibao.workspace.recording.git_runner import run_git

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.history.git.reader import Git


@dataclass(frozen=True, slots=True)
class Amount:
    """How many steps in how many records, and how many other files."""

    steps: int = 0
    records: int = 0
    files: int = 0

    def __bool__(self) -> bool:
        """Whether there is anything."""
        return bool(self.steps or self.files)


def exchanged(root: Path, git: Git, before: str, after: str) -> Amount:
    """What ``after`` has added since it and ``before`` (two commits) had all in common.

    What ``before`` has added alike is not counted. "" for ``before`` is the repository without a commit.
    """
    if before:
        shared = run_git(root, "merge-base", before, after).stdout.strip()
        if not shared:
            return Amount()
        known = differing(root, git, shared, before)
    else:
        shared, known = git.empty_tree, {}
    rows = differing(root, git, shared, after)
    changed = {
        path: (old, known[path][1] if path in known else old, new)
        for path, (old, new) in rows.items()
        if path not in known or known[path][1] != new
    }
    ids = {blob: None for blobs in changed.values() for blob in blobs if blob}
    blobs = dict(git.objects(ids, "blob"))
    steps = records = files = 0
    for path, (*olds, new) in changed.items():
        more = 0
        if keeps_log(path):
            more = added_lines([blobs[old] for old in olds if old], blobs.get(new, b""))
        steps += more
        records += bool(more)
        files += not more
    return Amount(steps, records, files)


def differing(root: Path, git: Git, before: str, after: str) -> dict[str, tuple[str, str]]:
    """The files in which two commits differ, with the blob of each, "" where it has none."""
    names = (f"{before}^{{tree}}", f"{after}^{{tree}}")
    trees = run_git(root, "rev-parse", *names).stdout.split()
    if trees[0] == trees[1]:
        return {}
    found: dict[str, tuple[str, str]] = {}
    for _, raw in git.differences([(trees[0], trees[1])], "."):
        for facts, path in zip(raw[::2], raw[1::2], strict=True):
            old_mode, new_mode, old, new, _ = facts[1:].decode().split(" ")
            found[shown_path(path)] = (_blob(old_mode, old), _blob(new_mode, new))
    return found


def _blob(mode: str, object_id: str) -> str:
    return "" if mode in {"000000", "160000"} else object_id
