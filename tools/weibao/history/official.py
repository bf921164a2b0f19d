"""A file as the official branch had it: its editions along the official line.

Configuration is replaced, not appended to. What counts is not who wrote a version on a branch, but when
it became what everyone worked by: with the commit that put it on the line.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weibao.history.history import History
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class FileEdition:
    """What a file held from a commit on.

    Attributes:
        commit: the commit of the official line that brought it.
        landed: the *time* of that commit.
        raw: the file's bytes.
    """

    commit: str
    landed: Instant
    raw: bytes


def editions(history: History, path: str) -> tuple[FileEdition, ...]:
    """The editions of the file at ``path``, the oldest first; each differs from the one before.

    A deletion ends no edition: without the file nothing new was said.
    """
    blobs = {
        change.commit: change.after
        for change in (*history.changes, *history.resolutions)
        if change.path == path and change.after is not None
    }
    found: list[FileEdition] = []
    for commit in history.line:
        blob = blobs.get(commit)
        if blob is not None:
            raw = history.blobs[blob]
            if not found or found[-1].raw != raw:
                found.append(FileEdition(commit, history.time[commit], raw))
    return tuple(found)
