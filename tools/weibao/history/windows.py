"""Windows: between which commits by others a commit was made, had its maker's clock lied and nobody else's.

They corroborate, and no more: colleagues may be of one mind, and a made-up one costs nothing. Two linear
passes over the graph find all windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.history.times import Window

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from weibao.history.commit import Commit
    from weibao.history.history import History
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class _Seen:
    """A commit seen from another: its *time*, who made it, and its id."""

    time: Instant
    who: str
    commit: str


_TIME = attrgetter("time")
_Pair = tuple[_Seen, ...]
"""The best commit seen and the best by anyone else than its maker: at most two."""


def windows(history: History, people: Mapping[str, str]) -> dict[str, Window]:
    """The window of every commit.

    A commit's maker is its committer, whose clock it bears; ``people`` maps addresses in lower
    case to who they are, so that one person's two addresses do not vouch for each other.
    """
    makers = {commit.id: _maker(commit, people) for commit in history.commits.values()}
    seen = {
        commit: _Seen(history.time[commit], makers[commit], commit) for commit in history.commits
    }
    before: dict[str, _Pair] = {}
    for commit in history.commits.values():
        found = [
            seen_by for parent in commit.parents for seen_by in (*before[parent], seen[parent])
        ]
        before[commit.id] = _best_two(sorted(found, key=_TIME, reverse=True))
    after: dict[str, list[_Seen]] = {commit: [] for commit in history.commits}
    found_windows: dict[str, Window] = {}
    for commit in reversed(tuple(history.commits.values())):
        later = _best_two(sorted(after.pop(commit.id), key=_TIME))
        for parent in commit.parents:
            after[parent].extend((*later, seen[commit.id]))
        maker = makers[commit.id]
        start, end = _other(before[commit.id], maker), _other(later, maker)
        found_windows[commit.id] = Window(
            start.time if start else None, end.time if end else None, end.commit if end else None
        )
    return found_windows


def _best_two(ranked: Sequence[_Seen]) -> _Pair:
    """The first, and the first by another maker: no more can ever be asked for."""
    if len(ranked) < 2:
        return tuple(ranked)
    other = _other(ranked, ranked[0].who)
    return (ranked[0],) if other is None else (ranked[0], other)


def _other(ranked: Iterable[_Seen], maker: str) -> _Seen | None:
    """The first that somebody else than ``maker`` made."""
    for seen in ranked:
        if seen.who != maker:
            return seen
    return None


def _maker(commit: Commit, people: Mapping[str, str]) -> str:
    address = commit.committer.email.casefold()
    return people.get(address, address)
