"""Who brought what: which commits made a file that keeps a log, and which brought each of its entries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.growth.blobs import added_entries_of
from weibao.model.versions import divided, keeps_log

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.history.commit import Change


@dataclass(frozen=True, slots=True)
class FileHistory:
    """Which commits brought a file and its lines; commits stand in the order of history.

    Attributes:
        created: the commits that made the file where no parent had it.
        introduced: for each line of its log, the commits whose version has it and no parent's has.
    """

    created: tuple[str, ...]
    introduced: Mapping[bytes, tuple[str, ...]]


def file_histories(
    changes: tuple[Change, ...], blobs: Mapping[str, bytes]
) -> dict[str, FileHistory]:
    """The history of every file that keeps a log, in one pass over the changes."""
    created: dict[str, tuple[str, ...]] = {}
    introduced: dict[str, dict[bytes, tuple[str, ...]]] = {}
    for change in changes:
        if change.after is None or not keeps_log(change.path):
            continue
        if not any(change.before):
            created[change.path] = (*created.get(change.path, ()), change.commit)
        lines = introduced.setdefault(change.path, {})
        for line in _new_lines(change, blobs):
            lines[line] = (*lines.get(line, ()), change.commit)
    return {path: FileHistory(created.get(path, ()), lines) for path, lines in introduced.items()}


def _new_lines(change: Change, blobs: Mapping[str, bytes]) -> set[bytes]:
    after = change.after or ""
    befores = [blob for blob in change.before if blob is not None]
    if len(befores) == 1 and (added := added_entries_of(blobs, befores[0], after)) is not None:
        return set(added)
    known = {line for before in befores for line in divided(blobs[before]).lines}
    return set(divided(blobs[after]).lines) - known
