"""What new commits make of a history that is kept: what is added, what is another now, or that all is read anew."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.history.growth.copies import likeness
from weibao.history.kept import KeptCommit, kept_commits, telling
from weibao.history.times import Window
from weibao.history.windows import maker_of
from weibao.model.ids import RECORD_ID
from weibao.model.paths import ROOT
from weibao.model.versions import NO_VERSION, Law, divided, is_record, keeps_log, law_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from weibao.history.commit import Change, Commit
    from weibao.history.history import History

_AGREEMENTS = "records/agreements.yaml"
_SERIALS = re.compile(rb"serials: *\[([^\]]*)\]")


@dataclass(frozen=True, slots=True)
class Advance:
    """What a history says of commits, now that there are new ones.

    Attributes:
        commits: the new ones, with what it says of them.
        amended: old ones of which it says something else now.
        seen: those of the old ones of which the forge's log tells another thing.
        telling: those of the new ones that tell of the history as a whole.
    """

    commits: tuple[KeptCommit, ...]
    amended: tuple[KeptCommit, ...] = ()
    seen: frozenset[str] = frozenset()
    telling: frozenset[str] = frozenset()


def straight_on(
    head: KeptCommit,
    unbounded: Iterable[KeptCommit],
    new: Sequence[Commit],
    people: Mapping[str, str],
) -> Advance | None:
    """What commits that follow the ``head``, each the one before it and later than it, make of a history.

    ``unbounded`` are the old commits after which nobody else has made one: all are of the head's maker. None where
    the new ones do not follow so, and the whole history must be asked (:func:`worked_out_anew`). The forge's
    log is the same as before, and names none of them.
    """
    line = (head.commit, *new)
    if any(after.parents != (before.id,) for before, after in pairwise(line)):
        return None
    times = [head.time, *(commit.commit_time for commit in new)]
    if any(after <= before for before, after in pairwise(times)):
        return None
    makers = [maker_of(commit, people) for commit in line]
    found: list[KeptCommit] = []
    start = head.window.not_before
    for place, commit in enumerate(new, 1):
        start = start if makers[place] == makers[place - 1] else times[place - 1]
        window = Window(start, *_first_by_another(line, times, makers, place))
        found.append(KeptCommit(commit, times[place], commit.id, window))
    bound = _first_by_another(line, times, makers, 0)
    return Advance(
        commits=tuple(found),
        amended=tuple(
            replace(old, window=Window(old.window.not_before, *bound)) for old in unbounded
        )
        if bound[1]
        else (),
    )


def _first_by_another(
    line: Sequence[Commit], times: Sequence[int], makers: Sequence[str], place: int
) -> tuple[int | None, str | None]:
    """When somebody else than its maker made the next commit after a place, and which."""
    for later in range(place + 1, len(line)):
        if makers[later] != makers[place]:
            return times[later], line[later].id
    return None, None


def worked_out_anew(
    kept: Sequence[KeptCommit],
    history: History,
    people: Mapping[str, str],
    clock_skew: int,
    first: Collection[str],
) -> Advance | None:
    """What a whole history makes of the commits that were ``kept`` of it, and of those that are new.

    It goes on only forward: None where an old commit has another *time* or landing, or where a first record came besides those
    that the commits ``first`` brought.
    """
    facts = {now.commit.id: now for now in kept_commits(history, people)}
    pairs = [(old, facts.pop(old.commit.id, None)) for old in kept]
    amended: list[KeptCommit] = []
    seen: set[str] = set()
    for old, now in pairs:
        if now is None or (old.time, old.landing) != (now.time, now.landing):
            return None
        if old != now:
            amended.append(now)
        if old != replace(now, window=old.window):
            seen.add(old.commit.id)
    if not _followed(history, first, facts):
        return None
    told = telling(history, clock_skew) & facts.keys()
    return Advance(tuple(facts.values()), tuple(amended), frozenset(seen), told)


def _followed(history: History, first: Collection[str], new: Collection[str]) -> bool:
    """Whether every new commit has a first record behind it, or brings none."""
    begun = set(first)
    for commit in history.commits.values():
        if not begun.isdisjoint(commit.parents):
            begun.add(commit.id)
    brought = {change.commit for change in history.changes if keeps_log(change.path)}
    return all(commit in begun for commit in brought.intersection(new))


def governs(changes: Iterable[Change], blobs: Mapping[str, bytes]) -> bool:
    """Whether any of the changes may bear upon what is settled without naming it: then everything is read anew.

    Who may do what, and what was agreed, settles what all else is worth; and whatever is taken away, a record, a document or
    a line, others may rest on.
    """
    return any(_governs(change, blobs) for change in changes)


def _governs(change: Change, blobs: Mapping[str, bytes]) -> bool:
    path, after = change.path, change.after
    if path.startswith(("checkpoints/", "imports/")) or path == _AGREEMENTS:
        return True
    if not path.startswith(ROOT):
        return False
    law = law_of(path)
    if any(_spelled_otherwise(line) for line in _added(change, blobs)):
        return True
    if law is Law.RECORD:
        return after is None
    if law is Law.LOG and after is not None:
        versions = [divided(blobs[blob]) if blob else NO_VERSION for blob in change.before]
        now = divided(blobs[after])
        kept = set(now.lines)
        return any(
            version.header != now.header or not kept.issuperset(version.lines)
            for version in versions
        )
    return law is not Law.CONTENT or any(change.before)


def stirred(changes: Iterable[Change], blobs: Mapping[str, bytes]) -> frozenset[str]:
    """The names of the records that changes touched, those in the lines that they added, and those in older lines on the same pieces."""
    return frozenset(name for change in changes for name in _names(change, blobs))


def _names(change: Change, blobs: Mapping[str, bytes]) -> Iterator[str]:
    if is_record(change.path):
        yield change.path.rpartition("/")[2].removesuffix(".yaml")
    added = _added(change, blobs)
    pieces = {piece for line in added for piece in _pieces(line)}
    for line in blobs[change.after].split(b"\n") if added and change.after else ():
        if line in added or not pieces.isdisjoint(_pieces(line)):
            yield from (match[0] for match in RECORD_ID.finditer(line.decode(errors="replace")))


def _added(change: Change, blobs: Mapping[str, bytes]) -> Collection[bytes]:
    """The lines of a file that keeps a log which no version before it has, its header's too."""
    if change.after is None or not keeps_log(change.path):
        return ()
    known = {line for blob in change.before if blob for line in blobs[blob].split(b"\n")}
    return frozenset(blobs[change.after].split(b"\n")) - known


def _spelled_otherwise(line: bytes) -> bool:
    """Whether ids or serial numbers may stand in a line as no command writes them, so that they are not seen there."""
    return b"\\" in line or (b"serials" in line and not _SERIALS.search(line))


def _pieces(line: bytes) -> Iterator[bytes]:
    """The serial numbers that a movement names: what was done with a piece turns on all that was done with it."""
    for serials in _SERIALS.findall(line):
        yield from (serial.strip(b"\"' ") for serial in serials.split(b","))


def likenesses(changes: Iterable[Change], blobs: Mapping[str, bytes]) -> dict[str, bytes]:
    """By path, what each record was like that some of the changes made (:func:`likeness`)."""
    return {
        change.path: likeness(divided(blobs[change.after]))
        for change in changes
        if change.after is not None and not any(change.before) and is_record(change.path)
    }


def from_registers(likeness: Mapping[str, bytes]) -> frozenset[str]:
    """The paths of those of the new records that say of which old register they are, and perhaps others."""
    return frozenset(path for path, header in likeness.items() if b"imported" in header)
