"""Losses: what a commit took away or altered, of a record that may only grow.

Judged against what had landed: a step may still be corrected on a branch, before anyone relies on it.
A merge answers for both its sides, but not for what a side had already lost before.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.history.growth.versions import (
    NO_VERSION,
    Version,
    appended,
    divided,
    is_record,
    keeps_log,
    reference,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from weibao.history.commit import Change
    from weibao.history.graph import Graph
    from weibao.history.growth.versions import FileHistory


@dataclass(frozen=True, slots=True)
class Loss:
    """One thing lost.

    Attributes:
        code: the rule it breaks, L101–L106, or L114 of a copy.
        path: the file.
        commit: the commit that did it, or "" for files that are not committed.
        before: the line or header as it was, or the path it had (L105) or has (L114).
        after: what stands there instead, or the path it has now (L105, L114); b"" for nothing.
        place: the line of the file in which that stands, from 1; 0 for the file as a whole.
    """

    code: str
    path: str
    commit: str
    before: bytes
    after: bytes
    place: int = 0


def losses(graph: Graph, files: Mapping[str, FileHistory]) -> tuple[Loss, ...]:
    """All losses in a history, in its order."""
    history = graph.history
    by_commit: dict[str, list[Change]] = {}
    for change in (*history.changes, *history.resolutions):
        if keeps_log(change.path):
            by_commit.setdefault(change.commit, []).append(change)
    found: list[Loss] = []
    for commit in history.commits:
        for change in by_commit.get(commit, ()):
            # Seen from each of a merge's parents, one loss is still one.
            found += dict.fromkeys(_of_change(change, graph, files, by_commit[commit]))
    return tuple(found)


def _of_change(
    change: Change, graph: Graph, files: Mapping[str, FileHistory], beside: list[Change]
) -> Iterator[Loss]:
    file = files[change.path]
    if change.after is not None and not any(change.before):
        earlier = [maker for maker in file.created if maker != change.commit]
        if graph.had_landed(earlier, change.commit):
            yield from _again(change, graph, file)
        return
    for side, before in enumerate(change.before):
        if before is not None and before != change.after:
            yield from _Side(change, side, graph, file).losses(beside)


@dataclass(frozen=True, slots=True)
class _Side:
    """A change, against one of its parents."""

    change: Change
    side: int
    graph: Graph
    file: FileHistory

    def losses(self, beside: list[Change]) -> Iterator[Loss]:
        change, blobs = self.change, self.graph.history.blobs
        before = blobs[change.before[self.side] or ""]
        if change.after is None:
            if self._binding(self.file.created) and not self._lost_before(self.file.created, b""):
                yield _gone(change, before, beside, blobs)
            return
        after = blobs[change.after]
        if appended(before, after) is not None:
            return
        old, new = divided(before), divided(after)
        if is_record(change.path) and old.header != new.header and self._header_bound(new.header):
            yield header_loss(change.path, change.commit, old.header, new.header)
        others = [version for side, version in self._sides() if side != self.side]
        lines = {line for version in others for line in version.lines}
        for loss in log_losses(change.path, change.commit, old, new, self._line_bound, lines):
            if loss.code != "L102" or all(new.lines != other.lines for other in others):
                yield loss

    def _line_bound(self, line: bytes) -> bool:
        introduced = self.file.introduced.get(line, ())
        return self._binding(introduced) and not self._lost_before(introduced, line)

    def _header_bound(self, header: bytes) -> bool:
        """Whether the header had landed, and no other side had already made it what it is now."""
        if not self._binding(self.file.created):
            return False
        parents = self.graph.history.commits[self.change.commit].parents
        shared = [
            commit for commit in self.file.created if self._reached(parents[self.side], commit)
        ]
        return not any(
            version.header == header and self.graph.reaches(parents[side], shared)
            for side, version in self._sides()
        )

    def _binding(self, commits: tuple[str, ...]) -> bool:
        """What a merge brings in binds it; what stood before binds only once it has landed."""
        return self.side > 0 or self.graph.had_landed(commits, self.change.commit)

    def _lost_before(self, introduced: tuple[str, ...], line: bytes) -> bool:
        """Whether another side once had it (a line, or with b"" the file) and has lost it."""
        parents = self.graph.history.commits[self.change.commit].parents
        brought = [commit for commit in introduced if self._reached(parents[self.side], commit)]
        return any(
            (line not in version.lines if line else version is NO_VERSION)
            and self.graph.reaches(parents[side], brought)
            for side, version in self._sides()
        )

    def _sides(self) -> Iterator[tuple[int, Version]]:
        """The versions of the other parents."""
        for side, blob in enumerate(self.change.before):
            if side != self.side:
                yield side, divided(self.graph.history.blobs[blob]) if blob else NO_VERSION

    def _reached(self, commit: str, target: str) -> bool:
        return self.graph.reaches(commit, (target,))


def _again(change: Change, graph: Graph, file: FileHistory) -> Iterator[Loss]:
    """A file created again, held against what had landed of it when it was deleted."""
    yield Loss("L106", change.path, change.commit, b"", b"")
    blobs = graph.history.blobs
    for other in reversed(graph.history.changes):
        if (other.path, other.after) == (change.path, None) and graph.reaches(
            change.commit, (other.commit,)
        ):
            was = divided(next(blobs[blob] for blob in other.before if blob is not None))
            now = divided(blobs[change.after or ""])
            for loss in version_losses(change.path, change.commit, was, now):
                introduced = file.introduced.get(loss.before, ())
                if loss.code != "L101" or graph.had_landed(introduced, change.commit):
                    yield loss
            return


def version_losses(path: str, commit: str, old: Version, new: Version) -> Iterator[Loss]:
    """What a version lacks of an earlier one that had landed."""
    if is_record(path) and old.header != new.header:
        yield header_loss(path, commit, old.header, new.header)
    yield from log_losses(path, commit, old, new, lambda _: True, set())


def _gone(change: Change, before: bytes, beside: list[Change], blobs: Mapping[str, bytes]) -> Loss:
    """The file deleted, or moved where the same commit brings the like of it elsewhere."""
    for other in beside:
        if other.after is not None and not any(other.before):
            there = blobs[other.after]
            if is_same_record(change.path, before, other.path, there):
                path, old, new = other.path, change.path.encode(), other.path.encode()
                return Loss("L105", path, change.commit, old, new)
    return Loss("L104", change.path, change.commit, b"", b"")


def is_same_record(path: str, before: bytes, other: str, after: bytes) -> bool:
    """Whether a file is another one moved: of the same name, or with all of its log."""
    old, new = divided(before).lines, divided(after).lines
    return path.rsplit("/", 1)[-1] == other.rsplit("/", 1)[-1] or (
        bool(old) and new[: len(old)] == old
    )


def header_loss(path: str, commit: str, old: bytes, new: bytes) -> Loss:
    """The first line in which two headers differ."""
    before, after = old.split(b"\n"), new.split(b"\n")
    length = max(len(before), len(after))
    before += [b""] * (length - len(before))
    after += [b""] * (length - len(after))
    at = next(at for at in range(length) if before[at] != after[at])
    return Loss("L103", path, commit, before[at], after[at], at + 1)


def log_losses(
    path: str,
    commit: str,
    old: Version,
    new: Version,
    binds: Callable[[bytes], bool],
    beside: set[bytes],
) -> Iterator[Loss]:
    """Lines of a log changed, dropped (L101), reordered, or put before others (L102).

    ``binds`` says whether a line of ``old`` had to stay; ``beside`` has the lines that other
    parents bring, which may come in anywhere.
    """
    if new.lines[: len(old.lines)] == old.lines:
        return
    first = new.header.count(b"\n") + 1
    kept = set(new.lines)
    fresh = kept.difference(old.lines, beside)
    order = {line: at for at, line in enumerate(new.lines)}
    named = {reference(line): line for line in sorted(fresh) if reference(line) is not None}
    for at, line in enumerate(old.lines):
        if line not in kept and binds(line):
            there = new.lines[at] if at < len(new.lines) else b""
            instead = named.get(reference(line), there if there in fresh else b"")
            yield Loss(
                "L101", path, commit, line, instead, first + order[instead] if instead else 0
            )
    staying = [line for line in old.lines if line in kept]
    for line, following in pairwise(staying):
        if order[line] > order[following] and binds(line):
            yield Loss("L102", path, commit, line, following, first + order[following])
            return
    if fresh:
        # What binds is looked up from the end, and so seldom for more than one line.
        ordered = sorted(staying, key=order.__getitem__, reverse=True)
        last = next((order[line] for line in ordered if binds(line)), -1)
        inserted = [line for line in new.lines[: max(last, 0)] if line in fresh]
        for line in inserted[len(old.lines) - len(staying) :]:
            yield Loss("L102", path, commit, b"", line, first + order[line])
