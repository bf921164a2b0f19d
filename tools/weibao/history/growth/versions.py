"""The versions of a file: what its log holds in each, and which commit brought each line.

Versions are read as lines of bytes, not as YAML: an entry is the same entry in two versions when its
line is the same (design, "Evidence"), and old versions need not be valid to prove when a line stood there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.history.commit import Change

LOGS = ("records/spares.yaml", "records/actions.yaml", "records/agreements.yaml")
RECORDS = ("records/tickets/", "records/inspections/")

_LOG_KEY = re.compile(rb"^log:[^\n]*\n?", re.MULTILINE)
_REFERENCE = re.compile(rb"\s*- *\{ *at: *([^,{}]+?) *, *event: *(\w+)")


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file: all up to its ``log:`` line, and the lines of the log.

    The log is the last key, so it starts at the last such line; one that is quoted in a text
    before it is none.
    """

    header: bytes
    lines: tuple[bytes, ...]


NO_VERSION = Version(b"", ())


def divided(raw: bytes) -> Version:
    """The version that these bytes are; blank lines are nobody's entry."""
    start = max(raw.rfind(b"\nlog:") + 1, 0)
    key = _LOG_KEY.match(raw, start)
    if key is None:
        return Version(raw, ())
    lines = raw[key.end() :].split(b"\n")
    return Version(raw[: key.end()], tuple(line for line in lines if line.strip()))


def reference(line: bytes) -> tuple[bytes, bytes] | None:
    """``at`` and ``event`` as an entry's line writes them; None for another line."""
    match = _REFERENCE.match(line)
    return None if match is None else (match[1], match[2])


def is_record(path: str) -> bool:
    """Whether the file is a ticket or an inspection: its header never changes."""
    return path.startswith(RECORDS) and path.endswith(".yaml")


def keeps_log(path: str) -> bool:
    """Whether the file has a log that may only grow."""
    return path in LOGS or is_record(path)


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


def appended(before: bytes, after: bytes) -> bytes | None:
    """What ``after`` adds at the end of a log; None where anything else is different."""
    if before.endswith(b"\n") and after.startswith(before):
        added = after[len(before) :]
        if b"\nlog:" in before and not added.startswith(b"log:") and b"\nlog:" not in added:
            return added
    return None


def _new_lines(change: Change, blobs: Mapping[str, bytes]) -> set[bytes]:
    after = blobs[change.after or ""]
    befores = [blobs[blob] for blob in change.before if blob is not None]
    if len(befores) == 1 and (added := appended(befores[0], after)) is not None:
        return {line for line in added.split(b"\n") if line.strip()}
    known = {line for before in befores for line in divided(before).lines}
    return set(divided(after).lines) - known
