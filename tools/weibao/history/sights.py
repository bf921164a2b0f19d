"""Sights: what the forge's own log says of the commits of a history, and by when each existed.

Who pushes chooses dates, branches and the order of parents; when somebody outside first had a commit, he
does not choose. Whoever had a commit had all that is behind it, so each instant goes back to its ancestors.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.history.commit import Commit
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Sights:
    """What the log says of the commits of one history.

    Attributes:
        first: when each commit that it names was first seen.
        shown: when each commit that it covers was on the forge by: as it was first seen, or the
            first of its descendants. What was there before the log was begun is not covered, nor
            what is newer than its last line.
        had: by commit, an instant by which the forge had it: those of ``first``, and when the log was
            begun of what was there then.
        tips: by ref, the newest commit that each run saw there, the oldest run first; of some the
            history may know nothing.
        since: when the log was begun; None where there is no log.
        reach: the time of the log's newest line; None where there is no log.
    """

    first: Mapping[str, Instant] = field(default_factory=dict)
    shown: Mapping[str, Instant] = field(default_factory=dict)
    had: Mapping[str, Instant] = field(default_factory=dict)
    tips: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    since: Instant | None = None
    reach: Instant | None = None


@dataclass(frozen=True, slots=True)
class Unwitnessed:
    """What nobody vouches for in time: recorded from ``start`` to ``end``, in so many ``records``."""

    start: Instant
    end: Instant
    records: int


NOTHING_SEEN = Sights()
"""Where no log is kept."""


def joint(one: Sights, other: Sights) -> Sights:
    """What the log says of the commits of two histories, of which it is one and the same log."""
    return Sights(
        first={**other.first, **one.first},
        shown=earlier(one.shown, other.shown),
        had=earlier(one.had, other.had),
        tips=one.tips,
        since=one.since,
        reach=one.reach,
    )


def earlier(one: Mapping[str, Instant], other: Mapping[str, Instant]) -> dict[str, Instant]:
    """By each commit of either, the earlier of the instants that they have for it."""
    return {
        commit: min(times[commit] for times in (one, other) if commit in times)
        for commit in (*one, *other)
    }


def inherited(commits: Mapping[str, Commit], points: Mapping[str, Instant]) -> dict[str, Instant]:
    """For each commit the earliest of ``points`` on it and its descendants, where there is any."""
    found: dict[str, Instant] = dict(points)
    for commit in reversed(tuple(commits.values())):
        own = found.get(commit.id)
        if own is not None:
            for parent in commit.parents:
                found[parent] = min(own, found.get(parent, own))
    return {commit: found[commit] for commit in commits if commit in found}


def ancestors(commits: Mapping[str, Commit], tips: Iterable[str]) -> frozenset[str]:
    """Those of ``commits`` that are among ``tips``, or behind one of them."""
    waiting = [tip for tip in tips if tip in commits]
    found = set(waiting)
    while waiting:
        for parent in commits[waiting.pop()].parents:
            if parent not in found:
                found.add(parent)
                waiting.append(parent)
    return frozenset(found)
