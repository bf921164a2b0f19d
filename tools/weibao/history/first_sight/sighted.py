"""What the log of what the forge saw first says of the commits of one history."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from weibao.history.sights import Sights, ancestors, inherited

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.history.commit import Commit
    from weibao.history.first_sight.log import SeenLog


def sights_of(log: SeenLog, commits: Mapping[str, Commit]) -> Sights:
    """What a log says of ``commits``, which have parents before children."""
    first = {commit: log.first[commit].time for commit in commits if commit in log.first}
    before = ancestors(commits, log.heads.values())
    return Sights(
        first=first,
        shown={
            commit: time
            for commit, time in inherited(commits, first).items()
            if commit not in before
        },
        had={head: log.since for head in log.heads.values() if head in commits} | first,
        tips=_tips(log, commits),
        since=log.since,
        reach=max((log.since, *(sighting.time for sighting in log.first.values()))),
    )


def _tips(log: SeenLog, commits: Mapping[str, Commit]) -> dict[str, tuple[str, ...]]:
    place = {commit: at for at, commit in enumerate(commits)}
    found: dict[str, tuple[str, ...]] = {ref: (head,) for ref, head in log.heads.items()}
    runs = groupby(log.first.items(), lambda seen: (seen[1].time, seen[1].run))
    for _, sightings in runs:
        newest: dict[str, str] = {}
        for commit, sighting in sightings:
            # A run writes the newest first; what this history has, it orders itself.
            known = newest.setdefault(sighting.ref, commit)
            if place.get(commit, -1) > place.get(known, -1):
                newest[sighting.ref] = commit
        for ref, commit in newest.items():
            found[ref] = (*found.get(ref, ()), commit)
    return found
