"""Copies: a record that stands a second time under another path, as if its work had been done twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.growth.losses import Loss
from weibao.model.versions import divided, is_record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from weibao.history.growth.versions import FileHistory
    from weibao.history.history import History
    from weibao.model.versions import Version

STEPS = 2
"""How many steps must be the same, to the second and the letter, for one record to be another's
copy: a report taken down twice by mistake may share its first, but no two faults share more."""


def copies(
    history: History,
    files: Mapping[str, FileHistory],
    moved: set[str],
    standing: Callable[[str], str | None],
) -> tuple[Loss, ...]:
    """Records made as the like of an earlier one (L114), in the order of the history.

    ``moved`` are paths to which a record was moved, which is another loss (L105); so is one that no
    longer is ``standing``. A copy has the name of the other in another folder, or its header but for the id
    and its first steps.
    """
    earlier: dict[bytes, list[str]] = {}
    found: list[Loss] = []
    for change in history.changes:
        path = change.path
        if change.after is None or not is_record(path):
            continue
        if files[path].created[:1] != (change.commit,):
            continue
        version = divided(history.blobs[change.after])
        name, header = path.rsplit("/", 1)[-1].encode(), likeness(version)
        likes = [
            *((path, files[path].created) for path in earlier.get(name, ())),
            *((path, _brought(version, files[path])) for path in earlier.get(header, ())),
        ]
        for other, commits in likes:
            if path not in moved and set(commits) - {change.commit} and standing(path):
                found.append(Loss("L114", path, change.commit, other.encode(), path.encode()))
                break
        earlier.setdefault(name, []).append(path)
        earlier.setdefault(header, []).append(path)
    return tuple(found)


def _brought(version: Version, other: FileHistory) -> tuple[str, ...]:
    """The commits that brought the first steps of ``version`` to the other file; none: not all are there."""
    steps = version.lines[:STEPS]
    if len(steps) < STEPS or any(line not in other.introduced for line in steps):
        return ()
    return other.introduced[steps[-1]]


def likeness(version: Version) -> bytes:
    """The header but for the id."""
    return b"\n".join(path for path in version.header.split(b"\n") if not path.startswith(b"id:"))
