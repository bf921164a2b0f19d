"""The *times* of commits, and where each one landed: linear passes over the graph."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.history.history import Commit, History
    from weibao.model.instant import Instant


def times(commits: Mapping[str, Commit]) -> dict[str, Instant]:
    """The *time* of each commit: the later of its committer time and its parents' *times*.

    ``commits`` has parents before children.
    """
    found: dict[str, Instant] = {}
    for commit in commits.values():
        found[commit.id] = max(commit.commit_time, *(found[parent] for parent in commit.parents), 0)
    return found


def believing(history: History, distrusted: Mapping[str, str]) -> History:
    """The history with the times of ``distrusted`` commits (id → reason) left out.

    Such a commit has the *time* of the next commit that is not distrusted, the earliest among its
    descendants; where there is none yet, its own committer time stands.
    """
    unbelieved = distrusted.keys() & history.commits.keys()
    if not unbelieved:
        return history
    # What an untrusted commit hands on to its children are its parents' times alone.
    handed: dict[str, Instant] = {}
    for commit in history.commits.values():
        before = max((handed[parent] for parent in commit.parents), default=0)
        handed[commit.id] = before if commit.id in unbelieved else max(commit.commit_time, before)
    following: dict[str, Instant] = {}
    for commit in reversed(tuple(history.commits.values())):
        own = following.get(commit.id) if commit.id in unbelieved else handed[commit.id]
        if own is not None:
            for parent in commit.parents:
                following[parent] = min(own, following.get(parent, own))
    time: dict[str, Instant] = {}
    for commit in history.commits.values():
        if commit.id not in unbelieved:
            time[commit.id] = handed[commit.id]
        elif commit.id in following:
            time[commit.id] = following[commit.id]
        else:
            before = max((time[parent] for parent in commit.parents), default=0)
            time[commit.id] = max(commit.commit_time, before)
    return replace(history, time=time)


def first_parents(commits: Mapping[str, Commit], head: str) -> list[str]:
    """The first-parent line that ends in ``head``, the oldest first."""
    line = [head]
    while parents := commits[line[-1]].parents:
        line.append(parents[0])
    return line[::-1]


def landings(commits: Mapping[str, Commit], head: str) -> dict[str, str]:
    """For each commit, the first on the first-parent line from which it can be reached."""
    found: dict[str, str] = {}
    for landing in first_parents(commits, head):
        waiting = [landing]
        while waiting:
            commit = waiting.pop()
            if commit not in found:
                found[commit] = landing
                waiting.extend(commits[commit].parents)
    return found
