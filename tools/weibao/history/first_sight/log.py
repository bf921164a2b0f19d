"""What the forge saw first, and when: the log that its own runs keep at ``refs/weibao/seen``.

A commit's times are its maker's to choose; when the forge first had the commit is not. One file
says since when the log is kept and what was there by then; in one more for each day, every line names
a commit and the run that found it. A line's time is an upper bound: by then, the forge had the commit.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from weibao.history.git.objects import LAST_INSTANT
from weibao.history.git.refs import SEEN_REF
from weibao.language import N_
from weibao.model.instant import parse_instant
from weibao.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.instant import Instant

OPENING = "since.json"
"""The file that says since when the log is kept, and what was there by then."""

_ENCODER = json.JSONEncoder(ensure_ascii=False)
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLAIN = re.compile(
    r'\{"commit": "([0-9a-f]{40}(?:[0-9a-f]{24})?)", "ref": "(refs/[^"\\\x00-\x1f]*)", '
    r'"time": "(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ)", "run": "([^"\\\x00-\x1f]*)"\}',
    re.ASCII,
)
"""A line in which nothing had to be escaped: it is what JSON says, and ten times faster to read."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """That the forge had a commit.

    Attributes:
        time: by the clock of the run that found it; the commit was there by then.
        ref: the full name of a ref that it was reached from, as the forge has it.
        run: the address of that run, or its id; "" where it was none of a forge.
    """

    time: Instant
    ref: str
    run: str


@dataclass(frozen=True, slots=True)
class SeenLog:
    """The log as one run left it.

    Attributes:
        since: when it was begun.
        heads: full ref name → commit, of every ref at that time. Whatever can be reached from
            these was there before, and nothing is known of when it came.
        first: commit → how it was first seen, in the order of time.
    """

    since: Instant
    heads: Mapping[str, str]
    first: Mapping[str, Sighting]

    def until(self, instant: Instant) -> SeenLog:
        """The log without what was seen after an instant."""
        known = {name: seen for name, seen in self.first.items() if seen.time <= instant}
        return SeenLog(self.since, self.heads, known)


def seen_files(log: SeenLog) -> dict[str, bytes]:
    """The files that say the log; for a given log the same to the byte."""
    opening = _line({"since": _text(log.since), "heads": dict(sorted(log.heads.items()))})
    files = {OPENING: opening}
    for commit, sighting in sorted(log.first.items(), key=lambda pair: pair[1].time):
        name = day_file(sighting.time)
        files[name] = files.get(name, "") + _sighting_line(commit, sighting)
    return {name: text.encode() for name, text in files.items()}


def seen_log(files: Mapping[str, bytes]) -> SeenLog:
    """The log that the files say.

    Raises:
        Refusal: a file or a line is not what ``seen_files`` writes, or not in its place: by time, in
            the file of its day, each commit once.
    """
    since, heads = _opening(files.get(OPENING, b""))
    first: dict[str, Sighting] = {}
    last = 0
    for name in sorted(files.keys() - {OPENING}):
        *lines, rest = files[name].split(b"\n")
        if not lines or rest:
            raise _wrong(name, len(lines) + 1)
        for number, line in enumerate(lines, 1):
            commit, sighting = _sighting(line, name, number)
            misplaced = sighting.time < last or day_file(sighting.time) != name
            if misplaced or commit in first:
                raise _wrong(name, number)
            first[commit] = sighting
            last = sighting.time
    return SeenLog(since, heads, first)


def day_file(time: Instant) -> str:
    """The file for what is seen at a time: one a day in UTC, so that none ever grows large."""
    return f"{_EPOCH + timedelta(seconds=time):%Y-%m-%d}.jsonl"


def _opening(raw: bytes) -> tuple[Instant, dict[str, str]]:
    try:
        found = json.loads(raw)
        since, heads = _instant(found["since"]), dict(found["heads"])
        sound = all(_named(ref, commit) for ref, commit in heads.items())
        again = _line({"since": _text(since), "heads": dict(sorted(heads.items()))})
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _wrong(OPENING, 1) from None
    if not sound or again.encode() != raw:
        raise _wrong(OPENING, 1)
    return since, heads


def _sighting(line: bytes, name: str, number: int) -> tuple[str, Sighting]:
    try:
        if plain := _PLAIN.fullmatch(line.decode()):
            commit, ref, time, run = plain.groups()
            return commit, Sighting(_instant(time), ref, run)
        found = json.loads(line)
        commit = found["commit"]
        sighting = Sighting(_instant(found["time"]), found["ref"], found["run"])
        sound = _named(sighting.ref, commit) and isinstance(sighting.run, str)
        again = _sighting_line(commit, sighting)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _wrong(name, number) from None
    if not sound or again.encode() != line + b"\n":
        raise _wrong(name, number)
    return commit, sighting


def _named(ref: str, commit: str) -> bool:
    return ref.startswith("refs/") and _COMMIT.fullmatch(commit) is not None


def _instant(text: str) -> Instant:
    found = parse_instant(text)
    if not 0 <= found <= LAST_INSTANT:
        raise ValueError(text)
    return found


def _text(instant: Instant) -> str:
    """RFC 3339 in UTC, with seconds: ``2026-11-23T01:12:00Z``."""
    return (_EPOCH + timedelta(seconds=instant)).isoformat().replace("+00:00", "Z")


def _sighting_line(commit: str, sighting: Sighting) -> str:
    return _line(
        {"commit": commit, "ref": sighting.ref, "time": _text(sighting.time), "run": sighting.run}
    )


def _line(values: Mapping[str, object]) -> str:
    return _ENCODER.encode(values) + "\n"


def _wrong(file: str, number: int) -> Refusal:
    return Refusal(
        N_("Line {number} of {file} at {ref} is not what weibao seen record writes."),
        mend=N_(
            "Somebody has written there by hand, or it is damaged. git log -p {ref} shows when; "
            "fetch the log again from whoever holds a copy that is whole."
        ),
        number=number,
        file=file,
        ref=SEEN_REF,
    )


class SightingState(Enum):
    """What the log says of a commit."""

    SEEN = "seen"
    BEFORE = "before"
    UNSEEN = "unseen"


@dataclass(frozen=True, slots=True)
class CommitSighting:
    """A commit and what the log says of it; ``sighting`` is None unless it was seen."""

    commit: str
    state: SightingState
    sighting: Sighting | None
