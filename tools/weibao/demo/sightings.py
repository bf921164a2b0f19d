"""The example's forge keeps a log of what it saw first, from the day that the contract was committed.

Pushes are seen within a minute or two, and a branch that waited on a laptop is seen when it is
brought in. One commit is dated back over a quiet night: no colleague's commit and no landing tells,
only the forge has seen it hours later.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.demo.fast_import import NewCommit
from weibao.demo.hours import HOUR, MINUTE
from weibao.history.contract_editions import CONTRACT
from weibao.history.first_sight.log import SeenLog, Sighting, day_file, seen_files
from weibao.workspace.first_sight.recorder import MAKER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from weibao.model.instant import Instant

ADDRESS = "https://forge.example/yuanting/hd-network/actions/runs/{number}"
_MAIN = "refs/heads/main"
_STEP = re.compile(r"T\S+ (acknowledged|arrived|restored|resolved): ")
"""How the message begins of a commit whose time somebody may want to have been earlier."""
_QUOTE = "'"
"""A merge's message has the name of the branch in these."""
_GRAVE = re.compile(rb"^severity: [12]$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _SimulatedPush:
    """When the forge first saw a commit, and on which ref."""

    time: Instant
    ref: str


def log_commits(
    commits: Sequence[NewCommit], ids: Sequence[str], strained_from: Instant
) -> Iterator[NewCommit]:
    """The log's own commits, one for each push, up to the first push of a commit that has no id yet.

    ``ids`` are those of ``commits``, by place: of all, or of the first ones. From ``strained_from``
    on somebody dates a commit back.
    """
    line = _main_line(commits)
    began = next(place for place in line if CONTRACT in commits[place].files)
    since = commits[began].time + _latency(commits[began])
    opening = SeenLog(since, {_MAIN: ids[began]}, {})
    yield NewCommit(MAKER, since, "Begin the log of what was seen first\n", (), seen_files(opening))
    pushes = _pushes(commits, line, since, strained_from)
    together: dict[Instant, list[int]] = defaultdict(list)
    for place, push in pushes.items():
        together[push.time].append(place)
    today: dict[str, Sighting] = {}
    for number, time in enumerate(sorted(together)):
        if max(together[time]) >= len(ids):
            return
        run = ADDRESS.format(number=4000 + number)
        new = {ids[place]: Sighting(time, pushes[place].ref, run) for place in together[time]}
        day = day_file(time)
        today = {
            commit: sighting for commit, sighting in today.items() if day_file(sighting.time) == day
        } | new
        content = seen_files(SeenLog(since, {}, today))[day]
        yield NewCommit(MAKER, time, f"First seen: {len(new)}\n", (number,), {day: content})


def _pushes(
    commits: Sequence[NewCommit], line: Sequence[int], since: Instant, strained_from: Instant
) -> dict[int, _SimulatedPush]:
    """By place: a commit is seen soon after it is made, or with the merge that brings it in.

    The run that sees a commit has seen its parents, or sees them then.
    """
    merged = _merges(commits, line)
    dated_back = _dated_back(commits, line, strained_from)
    on_line = set(line)
    found: dict[int, _SimulatedPush] = {}
    for place, commit in enumerate(commits):
        landing = commits[merged.get(place, place)]
        ref = _MAIN if place in on_line else f"refs/heads/{landing.message.split(_QUOTE)[1]}"
        offline = landing.time - commit.time > 4 * HOUR
        made = landing.time - 3 * MINUTE if offline else commit.time
        if commit.time >= since:
            own = dated_back.get(place, made + _latency(commit))
            parents = (found[parent].time for parent in commit.parents if parent in found)
            found[place] = _SimulatedPush(max((own, *parents)), ref)
    return found


def _dated_back(
    commits: Sequence[NewCommit], line: Sequence[int], since: Instant
) -> Mapping[int, Instant]:
    """A step by night after which nothing happens for hours, and when its commit is really pushed."""
    for place in line:
        commit = commits[place]
        later = min((other.time for other in commits if other.time > commit.time), default=0)
        quiet = commit.time > since and later - commit.time > 5 * HOUR
        if quiet and _STEP.match(commit.message) and _GRAVE.search(b"".join(commit.files.values())):
            return {place: later - 20 * MINUTE}
    return {}


def _main_line(commits: Sequence[NewCommit]) -> list[int]:
    line = [len(commits) - 1]
    while commits[line[-1]].parents:
        line.append(commits[line[-1]].parents[0])
    return line[::-1]


def _merges(commits: Sequence[NewCommit], line: Sequence[int]) -> dict[int, int]:
    """By place, the merge that brought a branch's commit in."""
    found: dict[int, int] = {}
    on_line = set(line)
    for merge in line:
        waiting = list(commits[merge].parents[1:])
        while waiting:
            place = waiting.pop()
            if place not in on_line and place not in found:
                found[place] = merge
                waiting.extend(commits[place].parents)
    return found


def _latency(commit: NewCommit) -> int:
    """Seconds from a push to the run that sees it; the same every time for the same commit."""
    told = f"{commit.time} {commit.message}".encode()
    return 25 + hashlib.sha256(told).digest()[0] % 70
