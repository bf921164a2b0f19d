"""What a version of a file is: the one reading by which it is dated, judged and checked.

A log is a line ``log:`` at the margin, and from there to the end of the file nothing but lines ``  - {…}``,
each an entry. All before it, and it, is the header. So a version is read as lines of bytes: an entry is
the same entry in two versions when its line is the same (design, "Evidence"), and an old version need not
be valid by today's schema to prove when a line stood there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from weibao.model.leftovers import left_from
from weibao.model.yaml.strict import read_yaml


class Law(StrEnum):
    """What may never be lost of a file."""

    RECORD = "record"
    """The header, byte for byte, and every line of the log."""
    LOG = "log"
    """Every line of the log; what stands before it may change."""
    CONTENT = "content"
    """All of it: the file is as it was first."""


_KEPT: tuple[tuple[str, tuple[str, ...], Law], ...] = (
    ("records/tickets/", (".yaml",), Law.RECORD),
    ("records/inspections/", (".yaml",), Law.RECORD),
    ("records/shifts/", (".yaml",), Law.RECORD),
    ("records/reports/", (".yaml",), Law.RECORD),
    ("records/spares.yaml", (), Law.LOG),
    ("records/actions.yaml", (), Law.LOG),
    ("records/agreements.yaml", (), Law.LOG),
    ("records/reviews.yaml", (), Law.LOG),
    ("records/attachments/", ("",), Law.CONTENT),
    ("checkpoints/", (".json", ".tsr", ".pem"), Law.CONTENT),
)
"""Each kind of file of which nothing may be lost: a path, or a folder with the endings of its files."""

_LOG_KEY = re.compile(rb"^log:\n", re.MULTILINE)
_ENTRY = re.compile(rb"  - \{.*\}")
_REFERENCE = re.compile(rb"  - \{ *at: *([^,{}]+?) *, *event: *(\w+)")
_NAMED = frozenset({"at", "by", "event"})


@cache
def law_of(path: str) -> Law | None:
    """What holds for the file at ``path``; None: it may change."""
    for start, endings, law in _KEPT:
        if path == start if not endings else path.startswith(start) and path.endswith(endings):
            return None if left_from(path) is not None else law
    return None


def is_record(path: str) -> bool:
    """Whether the file is a ticket, an inspection, a shift or a close: its header never changes."""
    return law_of(path) is Law.RECORD


def keeps_log(path: str) -> bool:
    """Whether the file has a log that may only grow."""
    return law_of(path) in {Law.RECORD, Law.LOG}


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a file: all up to its ``log:`` line, and the entries' lines, each once.

    Attributes:
        header: what stands before the entries; all of a file that has no log.
        lines: the lines of the log that are entries.
        strays: the places, from 1 in the file, of other lines after the header: where there is one, the
            file is not read as a record.
        repeats: the places of lines that stand in the log already.
    """

    header: bytes
    lines: tuple[bytes, ...]
    strays: tuple[int, ...] = ()
    repeats: tuple[int, ...] = ()

    @property
    def has_log(self) -> bool:
        """Whether there is a line with which a log begins."""
        return self.header.endswith(b"\nlog:\n") or self.header == b"log:\n"


NO_VERSION = Version(b"", ())


def divided(raw: bytes) -> Version:
    """The version that these bytes are. The log begins at the first line that is ``log:``."""
    key = _LOG_KEY.search(raw)
    if key is None:
        return Version(raw, ())
    header, log = raw[: key.end()], raw[key.end() :]
    lines: dict[bytes, None] = {}
    strays: list[int] = []
    repeats: list[int] = []
    after = log.removesuffix(b"\n").split(b"\n") if log else []
    for place, line in enumerate(after, header.count(b"\n") + 1):
        if not _ENTRY.fullmatch(line):
            strays.append(place)
        elif line in lines:
            repeats.append(place)
        else:
            lines[line] = None
    return Version(header, tuple(lines), tuple(strays), tuple(repeats))


def header_of(raw: bytes) -> bytes:
    """What stands before the log of a file, without the line with which it begins; all where there is none."""
    key = _LOG_KEY.search(raw)
    return raw[: key.start()] if key else raw


def may_say(raw: bytes, word: bytes) -> bool:
    """Whether a file may have a word of letters in it, be it spelled by escapes: what reads the file costs far more."""
    return word in raw or b"\\" in raw


def appended(before: bytes, after: bytes) -> bytes | None:
    """What ``after`` adds at the end of a log; None where anything else is different."""
    if not (after.startswith(before) and before.endswith(b"\n")):
        return None
    has_log = b"\nlog:\n" in before or before.startswith(b"log:\n")
    return after[len(before) :] if has_log else None


def added_entries(added: bytes) -> list[bytes]:
    """The entries among lines that were added at the end of a log."""
    return [line for line in added.split(b"\n") if _ENTRY.fullmatch(line)]


def reference(line: bytes) -> tuple[bytes, bytes] | None:
    """``at`` and ``event`` as an entry's line writes them; None where they do not come first."""
    match = _REFERENCE.match(line)
    return None if match is None else (match[1], match[2])


def is_entry(line: bytes) -> bool:
    """Whether a line of a log says what an entry says: a flow mapping with ``at``, ``by`` and an event.

    More is not asked, and never what today's schema asks: then what was lost would be another by release.
    """
    document, _ = read_yaml("", line.removeprefix(b"  ") + b"\n")
    data: Any = document.data if document else None
    return isinstance(data, list) and isinstance(data[0], dict) and data[0].keys() >= _NAMED
