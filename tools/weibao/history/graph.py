"""Who stands behind whom: what had landed when a commit was made, and which commits reach which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.history.history import History


@dataclass(frozen=True, slots=True)
class Graph:
    """The order of a history.

    Attributes:
        history: the history.
        place: for each commit, its place among all, parents before children.
        mark: for each commit, the place on the first-parent line of the last commit of the line
            that it reaches; −1 where it reaches none.
        step: for each commit, the place on the first-parent line of the commit it landed with.
    """

    history: History
    place: Mapping[str, int]
    mark: Mapping[str, int]
    step: Mapping[str, int]

    def had_landed(self, commits: Iterable[str], before: str) -> bool:
        """Whether one of ``commits`` was on the official branch that ``before`` was made on."""
        parents = self.history.commits[before].parents
        seen = max((self.mark[parent] for parent in parents), default=-1)
        return any(self.step[commit] <= seen for commit in commits)

    def reaches(self, commit: str, targets: Iterable[str]) -> bool:
        """Whether ``commit`` is one of ``targets`` or has one among its ancestors."""
        wanted = set(targets)
        floor = min((self.place[commit] for commit in wanted), default=len(self.place))
        waiting, seen = [commit], {commit}
        while waiting:
            one = waiting.pop()
            if one in wanted:
                return True
            for parent in self.history.commits[one].parents:
                if parent not in seen and self.place[parent] >= floor:
                    seen.add(parent)
                    waiting.append(parent)
        return False


def graph_of(history: History) -> Graph:
    """The order of ``history``, in linear time."""
    line = {parent: at for at, parent in enumerate(history.line)}
    mark: dict[str, int] = {}
    for commit in history.commits.values():
        behind = max((mark[parent] for parent in commit.parents), default=-1)
        mark[commit.id] = line.get(commit.id, behind)
    return Graph(
        history=history,
        place={commit: at for at, commit in enumerate(history.commits)},
        mark=mark,
        step={commit: line[landing] for commit, landing in history.landing.items()},
    )
