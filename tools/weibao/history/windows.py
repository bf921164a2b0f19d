"""Windows: between which commits by others a commit was made, had its maker's clock lied and nobody else's.

They corroborate, and no more: colleagues may be of one mind, and a made-up one costs nothing. Two linear
passes over the graph find all windows.
"""

from __future__ import annotations

from collections import Counter
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
_Behind = tuple[_Pair, _Seen]
"""The best seen from a commit, and the commit itself."""


def windows(history: History, people: Mapping[str, str]) -> dict[str, Window]:
    """The window of every commit.

    A commit's maker is its committer, whose clock it bears; ``people`` maps addresses in lower
    case to who they are, so that one person's two addresses do not vouch for each other.
    """
    makers = {commit.id: maker_of(commit, people) for commit in history.commits.values()}
    starts = _starts(history, makers)
    after: dict[str, list[_Behind]] = {}
    found_windows: dict[str, Window] = {}
    for commit in reversed(tuple(history.commits.values())):
        key, maker = commit.id, makers[commit.id]
        later = _best_two(after.pop(key, ()), -1)
        seen = _Seen(history.time[key], maker, key)
        for parent in commit.parents:
            after.setdefault(parent, []).append((later, seen))
        end = _other(later, maker)
        found_windows[key] = Window(
            starts[key], end.time if end else None, end.commit if end else None
        )
    return found_windows


def _starts(history: History, makers: Mapping[str, str]) -> Mapping[str, Instant | None]:
    """By commit, when somebody else had committed last before it.

    What was seen from a commit is held until its last child has been looked at.
    """
    children = Counter(parent for commit in history.commits.values() for parent in commit.parents)
    seen: dict[str, _Behind] = {}
    starts: dict[str, Instant | None] = {}
    for commit in history.commits.values():
        key, maker = commit.id, makers[commit.id]
        before = _best_two([seen[parent] for parent in commit.parents], 1)
        last = _other(before, maker)
        starts[key] = last.time if last else None
        seen[key] = before, _Seen(history.time[key], maker, key)
        for parent in commit.parents:
            children[parent] -= 1
            if not children[parent]:
                del seen[parent]
    return starts


def _best_two(found: Sequence[_Behind], later: int) -> _Pair:
    """The best, and the best by another maker: no more can ever be asked for.

    The latest are best where ``later`` is 1, the earliest where it is -1.
    """
    if not found:
        return ()
    best, own = found[0]
    if len(found) == 1 and (not best or later * (own.time - best[0].time) > 0):
        ranked: Sequence[_Seen] = (own, *best)  # as on a line nearly always
    else:
        seen = (by for best, own in found for by in (*best, own))
        ranked = sorted(seen, key=_TIME, reverse=later > 0)
    other = _other(ranked, ranked[0].who)
    return (ranked[0],) if other is None else (ranked[0], other)


def _other(ranked: Iterable[_Seen], maker: str) -> _Seen | None:
    """The first that somebody else than ``maker`` made."""
    for seen in ranked:
        if seen.who != maker:
            return seen
    return None


def maker_of(commit: Commit, people: Mapping[str, str]) -> str:
    """Who made a commit: its committer, by what ``people`` says whose the address is, else the address."""
    address = commit.committer.email.casefold()
    return people.get(address, address)
