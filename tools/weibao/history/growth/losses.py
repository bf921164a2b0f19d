"""Losses: what some version once held, in any commit, and the judged one does not.

The law is one on sets: whatever any version had, stands in the end. Something can be lost only from a parent's
version to a child's that is not simply that one grown, so these steps alone are looked at. No branch, date
or order of parents excuses one: without force, every tip that was ever pushed lies behind the judged commit.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.history.growth.blobs import grew
from weibao.model.versions import (
    NO_VERSION,
    Law,
    Version,
    divided,
    is_entry,
    is_record,
    law_of,
    reference,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from weibao.history.commit import Change
    from weibao.history.growth.grown import Grown


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing lost.

    Attributes:
        code: the rule it breaks: L101–L106, L115, or L114 of a copy.
        path: the file.
        commit: the commit that did it, or "" for files that are not committed.
        before: the line, header or content as it was, or the path it had (L105) or has (L114).
        after: what stands there instead, or the path it has now (L105, L114); b"" for nothing.
        place: the line of the file in which that stands, from 1; 0 for the file as a whole.
    """

    code: str
    path: str
    commit: str
    before: bytes
    after: bytes
    place: int = 0


def losses(grown: Grown, standing: Callable[[str], str | None]) -> tuple[Loss, ...]:
    """All losses, in the order of the history.

    ``standing`` tells the blob that a path has in the end, None where it is gone.
    """
    created: dict[str, list[Change]] = {}
    shrunk: dict[str, list[tuple[Change, str]]] = {}
    blobs = grown.blobs
    for change in grown.changes:
        path, after = change.path, change.after
        law = law_of(path)
        if law is None:
            continue
        if not any(change.before):
            created.setdefault(path, []).append(change)
            continue
        for before in dict.fromkeys(change.before):
            if before is None or before == after:
                continue
            if after is None or law is Law.CONTENT or not grew(blobs, before, after):
                shrunk.setdefault(path, []).append((change, before))
    if not shrunk:
        return ()
    order = {commit: place for place, commit in enumerate(grown.commits)}
    found = [
        loss
        for path, steps in shrunk.items()
        for loss in _File(path, grown, steps, created, standing(path)).losses()
    ]
    return tuple(sorted(found, key=lambda loss: order.get(loss.commit, len(order))))


@dataclass(frozen=True, slots=True)
class _File:
    """One path, with the steps that took something from it.

    Attributes:
        path: the file.
        grown: all that is judged.
        steps: changes that are no mere growth, each with the parent's blob, in the order of the history.
        created: by path, the changes that made a file where no parent had one.
        standing: the blob that stands in the end.
    """

    path: str
    grown: Grown
    steps: Sequence[tuple[Change, str]]
    created: Mapping[str, Sequence[Change]]
    standing: str | None

    def losses(self) -> Iterator[Loss]:
        """All that was lost, and (L106) in which commits something was that stands again."""
        put_back: dict[str, Loss] = {}
        for loss in self._lost():
            if loss.code == "L106":
                put_back.setdefault(loss.commit, loss)
            else:
                yield loss
        yield from put_back.values()

    def _lost(self) -> Iterator[Loss]:
        gone = next((change for change, _ in self.steps if change.after is None), None)
        if gone is not None and self.standing is not None:
            yield Loss("L106", self.path, gone.commit, self.path.encode(), b"")
        elif gone is not None and (loss := self._gone(gone)) is not None:
            yield loss
        law = law_of(self.path)
        if self.standing is not None and law is not Law.LOG:
            yield from self._altered()
        if law is not Law.CONTENT:
            yield from self._lines()

    def _gone(self, change: Change) -> Loss | None:
        """The file deleted, or moved where the same commit brings the like of it elsewhere.

        None where it was moved back to where it came from: the move is told of that file.
        """
        own = next(iter(self.created.get(self.path, ())), None)
        before = self._bytes(next(blob for of, blob in self.steps if of is change))
        for other, makings in self.created.items():
            if any(
                made.commit == change.commit
                and is_same_record(self.path, before, other, self._bytes(made.after))
                for made in makings
            ):
                if own is not None and self._is_before(makings[0], own):
                    return None
                return Loss("L105", other, change.commit, self.path.encode(), other.encode())
        return Loss("L104", self.path, change.commit, b"", b"")

    def _altered(self) -> Iterator[Loss]:
        """What the file was when it was made, a header or a content, where it is that no longer."""
        standing = self._fixed(self.standing)
        for origin in dict.fromkeys(self._fixed(blob) for blob in self._origins()):
            for change, before in self.steps:
                if self._fixed(before) == origin != self._fixed(change.after):
                    if origin == standing:
                        after, code = self._fixed(change.after) or standing, "L106"
                        line = _difference(origin, after)[0] if after != standing else origin
                        yield Loss(code, self.path, change.commit, line, b"")
                    else:
                        after = standing if change.after is None else self._fixed(change.after)
                        yield self._altered_to(change.commit, origin, after)
                    break

    def _altered_to(self, commit: str, origin: bytes, after: bytes) -> Loss:
        if law_of(self.path) is Law.CONTENT:
            return Loss("L115", self.path, commit, origin, after)
        return Loss("L103", self.path, commit, *_difference(origin, after))

    def _origins(self) -> Iterator[str]:
        """The blobs as which the file was made, but for those where it was made again."""
        makings = self.created.get(self.path, ())
        if not makings:  # it was there before all that is known
            yield self.steps[0][1]
        for made in makings:
            others = {other.commit for other in makings if other is not made}
            if made.after and (not others or not self._has_behind(made.commit, others)):
                yield made.after

    def _lines(self) -> Iterator[Loss]:
        """Entries that are gone (L101) or were (L106); or, where none was taken, their order (L102)."""
        there = divided(self._bytes(self.standing))
        if self.standing is not None and not there.has_log:
            return  # what cannot be read as a log is no record, and told as that
        kept, told = set(there.lines), set[bytes]()
        for change, befores in self._by_change():
            if change.after is None and self.standing is None:
                continue
            new = divided(self._bytes(change.after)) if change.after else NO_VERSION
            olds = [divided(self._bytes(before)) for before in befores]
            now = set(new.lines)
            lost = [line for old in olds for line in old.lines if line not in now]
            for line in dict.fromkeys(lost):
                if line in told or not is_entry(line):
                    continue
                told.add(line)
                if line in kept:
                    yield Loss("L106", self.path, change.commit, line, b"")
                else:
                    known = [divided(self._bytes(blob)) for blob in change.before if blob]
                    yield self._dropped(change, line, known, new if change.after else there)
            if not lost and len(befores) == len({*change.before} - {None}):
                yield from self._reordered(change, olds, new)

    def _by_change(self) -> Iterator[tuple[Change, list[str]]]:
        found: dict[int, tuple[Change, list[str]]] = {}
        for change, before in self.steps:
            found.setdefault(id(change), (change, []))[1].append(before)
        yield from found.values()

    def _dropped(self, change: Change, line: bytes, olds: Sequence[Version], new: Version) -> Loss:
        """The entry, and the new one that has its time and event, or else its place."""
        fresh = set(new.lines).difference(*(old.lines for old in olds))
        alike = (other for other in new.lines if other in fresh and _alike(other, line))
        at = next(old.lines.index(line) for old in olds if line in old.lines)
        there = new.lines[at] if at < len(new.lines) and new.lines[at] in fresh else b""
        instead = next(alike, there)
        place = new.header.count(b"\n") + 1 + new.lines.index(instead) if instead else 0
        return Loss("L101", self.path, change.commit, line, instead, place)

    def _reordered(self, change: Change, olds: Sequence[Version], new: Version) -> Iterator[Loss]:
        """The first line that stands before one that it used to follow, or that is new among old ones.

        A merge may have the order of either side.
        """
        order = {line: place for place, line in enumerate(new.lines)}
        first = new.header.count(b"\n") + 1
        turned = [
            next((pair for pair in pairwise(old.lines) if order[pair[0]] > order[pair[1]]), None)
            for old in olds
        ]
        if turned and None not in turned and (pair := turned[0]) is not None:
            line, following = pair
            yield Loss("L102", self.path, change.commit, line, following, first + order[following])
            return
        last = max((order[line] for old in olds for line in old.lines), default=0)
        known = {line for old in olds for line in old.lines}
        among = next((line for line in new.lines[:last] if line not in known), None)
        if among is not None:
            yield Loss("L102", self.path, change.commit, b"", among, first + order[among])

    def _fixed(self, blob: str | None) -> bytes:
        """What may not change of a version: the header, or (as its id) the whole."""
        if blob is None:
            return b""
        if law_of(self.path) is Law.CONTENT:
            return blob.encode()
        return divided(self._bytes(blob)).header

    def _bytes(self, blob: str | None) -> bytes:
        return b"" if blob is None else self.grown.blobs.get(blob, b"")

    def _has_behind(self, commit: str, others: set[str]) -> bool:
        """Whether one of ``others`` is among the ancestors of ``commit``."""
        commits = self.grown.commits
        waiting = list(commits[commit].parents) if commit in commits else []
        seen = set(waiting)
        while waiting:
            parent = waiting.pop()
            if parent in others:
                return True
            more = set(commits[parent].parents) - seen if parent in commits else set[str]()
            seen |= more
            waiting += more
        return False

    def _is_before(self, one: Change, other: Change) -> bool:
        return one is not other and self._has_behind(other.commit, {one.commit})


def is_same_record(path: str, before: bytes, other: str, after: bytes) -> bool:
    """Whether a file is another one moved: of the same name, or with all of its log."""
    if not (is_record(path) and is_record(other)):
        return False
    old, new = divided(before).lines, divided(after).lines
    return path.rsplit("/", 1)[-1] == other.rsplit("/", 1)[-1] or (
        bool(old) and new[: len(old)] == old
    )


def _alike(line: bytes, other: bytes) -> bool:
    """Whether two lines name their entries alike."""
    return reference(line) is not None and reference(line) == reference(other)


def _difference(old: bytes, new: bytes) -> tuple[bytes, bytes, int]:
    """The first line in which two headers differ, in each, and its place."""
    before, after = old.split(b"\n"), new.split(b"\n")
    length = max(len(before), len(after))
    before += [b""] * (length - len(before))
    after += [b""] * (length - len(after))
    at = next(at for at in range(length) if before[at] != after[at])
    return before[at], after[at], at + 1
