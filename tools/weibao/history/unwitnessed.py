"""What nobody outside the provider vouches for, or not for too long: its own clocks alone date it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.history.sights import Unwitnessed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.history.growth.versions import FileHistory
    from weibao.history.history import History
    from weibao.history.ledger import Ledger
    from weibao.history.proven import ProvenLog
    from weibao.model.instant import Instant

WITNESSED_WITHIN = 7 * 86400
"""Seconds within which somebody outside is to vouch for what was recorded."""


def unwitnessed_in(logs: Iterable[ProvenLog], as_of: Instant) -> Unwitnessed | None:
    """What of these logs was recorded more than seven days before its witness, or the instant; None: nothing.

    An old register that was brought along is judged at its claims, and is left out.
    """
    found = [own for log in logs if (own := tuple(_unwitnessed(log, as_of)))]
    recorded = [instant for own in found for instant in own]
    return Unwitnessed(min(recorded), max(recorded), len(found)) if recorded else None


def together(one: Unwitnessed | None, other: Unwitnessed | None) -> Unwitnessed | None:
    """What two sets of records have of it, none of which is in both."""
    if one is None or other is None:
        return one or other
    return Unwitnessed(
        min(one.start, other.start), max(one.end, other.end), one.records + other.records
    )


def _unwitnessed(log: ProvenLog, as_of: Instant) -> Iterator[Instant]:
    for proven in log.entries:
        if proven.recorded is not None and proven.grade is not Grade.IMPORTED:
            witnessed = as_of if proven.witnessed is None else proven.witnessed
            if witnessed - proven.recorded > WITNESSED_WITHIN:
                yield proven.recorded


def grown_on_both_sides(ledger: Ledger, allowed: int, as_of: Instant) -> Iterator[tuple[str, str]]:
    """Path and merge, where both sides of a merge on the line added to one file that keeps a log.

    Only what nobody vouched for within ``allowed`` seconds counts; of each file the first such merge.
    """
    sides = _Sides(ledger.history)
    for path, file in ledger.files.items():
        unseen = [commit for commit in _adding(file) if _waited(ledger, commit, as_of) > allowed]
        if merge := sides.joined(unseen):
            yield path, merge


def _adding(file: FileHistory) -> Iterable[str]:
    return dict.fromkeys(commit for commits in file.introduced.values() for commit in commits)


def _waited(ledger: Ledger, commit: str, as_of: Instant) -> int:
    return ledger.witnesses.get(commit, as_of) - ledger.history.time[commit]


@dataclass(frozen=True)
class _Sides:
    """The sides that merges on the line have brought to it, and from where on it each began."""

    history: History

    @cached_property
    def _place(self) -> Mapping[str, int]:
        """By commit, how far along the line it landed."""
        places = self.history.places
        return {commit: places[landing] for commit, landing in self.history.landing.items()}

    @cached_property
    def _began(self) -> Mapping[int, int]:
        """By the place of a merge on the line, that of the last commit that its side knew of."""
        place, line = self._place, self.history.line
        found: dict[int, int] = {}
        for commit in self.history.commits.values():
            landed = place[commit.id]
            if commit.id != line[landed]:
                known = (place[parent] for parent in commit.parents if place[parent] < landed)
                found[landed] = max((found.get(landed, -1), *known))
        return found

    def joined(self, adding: list[str]) -> str:
        """The first merge one side of which and the line beside it both have one of the commits; "": none."""
        line, place = self.history.line, self._place
        places = {place[commit] for commit in adding}
        for landed in sorted({place[commit] for commit in adding if line[place[commit]] != commit}):
            began = self._began[landed]
            if any(began < other < landed for other in places):
                return line[landed]
        return ""
