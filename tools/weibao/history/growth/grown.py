"""What is held against the law that nothing is lost: a whole history, or what some commits add to one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cache
from typing import TYPE_CHECKING

from weibao.history.commit import Change
from weibao.history.git.objects import blob_id
from weibao.model.versions import law_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from weibao.history.commit import Commit
    from weibao.history.history import History


@dataclass(frozen=True, slots=True)
class Grown:
    """Commits, and all that they change.

    Attributes:
        commits: parents before children; of a parent that is not among them nothing is known.
        changes: what they change, against all parents or some, in their order; after them what is not
            committed, which is of the commit "".
        blobs: the bytes of the files that keep a log.
    """

    commits: Mapping[str, Commit] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()
    blobs: Mapping[str, bytes] = field(default_factory=dict)


NOTHING = Grown()


def grown_in(history: History, beyond: History | None = None) -> Grown:
    """A whole history, or what it has ``beyond`` another."""
    known = beyond.commits if beyond else {}
    place = {commit: at for at, commit in enumerate(history.commits) if commit not in known}
    changes = [
        change for change in (*history.changes, *history.resolutions) if change.commit in place
    ]
    changes.sort(key=lambda change: place[change.commit])
    commits = {commit: history.commits[commit] for commit in place}
    return Grown(commits, tuple(changes), history.blobs)


def with_uncommitted(
    grown: Grown, committed: Mapping[str, bytes], files: Mapping[str, bytes]
) -> Grown:
    """The same, and what ``files`` hold otherwise than was ``committed`` last."""
    length = len(next(iter(grown.commits), "")) or 40
    blobs: dict[str, bytes] = {}

    def blob(raw: bytes | None) -> str | None:
        if raw is None:
            return None
        name = blob_id(raw, length)
        blobs[name] = raw
        return name

    changes = tuple(
        Change("", path, (blob(committed.get(path)),), blob(files.get(path)))
        for path in sorted(committed.keys() | files.keys())
        if law_of(path) and committed.get(path) != files.get(path)
    )
    return replace(grown, changes=(*grown.changes, *changes), blobs={**grown.blobs, **blobs})


def standing_among(grown: Grown, files: Mapping[str, bytes]) -> Callable[[str], str | None]:
    """The blob that each path has in the end, where these are the files."""
    length = len(next(iter(grown.commits), "")) or 40
    return lambda path: blob_id(files[path], length) if path in files else None


def standing_in(history: History) -> Callable[[str], str | None]:
    """The blob that each path has at the head of a history."""

    @cache
    def newest() -> Mapping[str, str | None]:
        found: dict[str, tuple[int, str | None]] = {}
        for change in (*history.changes, *history.resolutions):
            at = history.places.get(change.commit, -1)
            if at >= 0 and at >= found.get(change.path, (0, None))[0]:
                found[change.path] = (at, change.after)
        return {path: blob for path, (_, blob) in found.items()}

    return lambda path: newest().get(path)
