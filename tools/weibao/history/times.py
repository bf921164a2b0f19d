"""The *times* of commits, the official line, and where each commit landed: linear passes over the graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from weibao.history.commit import Commit
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Window:
    """From ``not_before`` to ``not_after``; None where no one else's commit bounds it.

    ``witness`` is the commit by somebody else that ends it.
    """

    not_before: Instant | None
    not_after: Instant | None
    witness: str | None


def times(
    commits: Mapping[str, Commit], distrusted: Collection[str] = frozenset()
) -> dict[str, Instant]:
    """The *time* of each commit: the later of its committer time and its parents' *times*.

    ``commits`` has parents before children. One that is ``distrusted`` has the *time* of the next
    that is not, the earliest among its descendants; where there is none yet, its own stands.
    """
    # What an untrusted commit hands on to its children are its parents' times alone.
    handed: dict[str, Instant] = {}
    for commit in commits.values():
        before = max((handed[parent] for parent in commit.parents), default=0)
        handed[commit.id] = before if commit.id in distrusted else max(commit.commit_time, before)
    if commits.keys().isdisjoint(distrusted):
        return handed
    following: dict[str, Instant] = {}
    for commit in reversed(tuple(commits.values())):
        own = following.get(commit.id) if commit.id in distrusted else handed[commit.id]
        if own is not None:
            for parent in commit.parents:
                following[parent] = min(own, following.get(parent, own))
    time: dict[str, Instant] = {}
    for commit in commits.values():
        if commit.id not in distrusted:
            time[commit.id] = handed[commit.id]
        elif commit.id in following:
            time[commit.id] = following[commit.id]
        else:
            before = max((time[parent] for parent in commit.parents), default=0)
            time[commit.id] = max(commit.commit_time, before)
    return time


def official_line(
    commits: Mapping[str, Commit], head: str, tips: Sequence[str] = ()
) -> tuple[str, ...]:
    """The official line that ends in ``head``, the oldest commit first.

    At a merge it follows the parent that alone reaches the newest of ``tips`` (the last of them that
    lies behind it), else the first: whoever pushes chooses the order of the parents, but not what
    somebody else has seen at the end of the branch before.
    """
    rank = {tip: place for place, tip in enumerate(tips)}
    newest: dict[str, int] = {}
    for commit in commits.values() if rank else ():
        behind = (newest[parent] for parent in commit.parents)
        newest[commit.id] = max((rank.get(commit.id, -1), *behind))
    line = [head]
    while parents := commits[line[-1]].parents:
        reached = [newest.get(parent, -1) for parent in parents]
        best = max(reached)
        alone = best >= 0 and reached.count(best) == 1
        line.append(parents[reached.index(best) if alone else 0])
    return tuple(reversed(line))


def landings(commits: Mapping[str, Commit], line: Sequence[str]) -> dict[str, str]:
    """For each commit, the first on the ``line`` from which it can be reached."""
    found: dict[str, str] = {}
    for landing in line:
        waiting = [landing]
        while waiting:
            commit = waiting.pop()
            if commit not in found:
                found[commit] = landing
                waiting.extend(commits[commit].parents)
    return found
