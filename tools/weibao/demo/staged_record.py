"""Records in the making: steps with who records them and when, before they become commits."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from weibao.demo.hours import MINUTE, written
from weibao.demo.people import DESK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from random import Random

    from weibao.demo.year import Year
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class DraftedEntry:
    """One entry, and how it comes into the repository.

    Attributes:
        at, event, by, data: the claim.
        recorder: who commits it.
        recorded: when; 0 while that is still to be said.
        branch: the branch it is committed on, "" for the main line.
    """

    at: Instant
    event: str
    by: str
    data: Mapping[str, Any]
    recorder: str
    recorded: Instant = 0
    branch: str = ""

    @property
    def entry(self) -> dict[str, Any]:
        """The entry as the log has it."""
        return {"at": written(self.at), "event": self.event, "by": self.by, **self.data}

    @property
    def reference(self) -> dict[str, str]:
        """How another entry names it."""
        return {"at": written(self.at), "event": self.event}


@dataclass(frozen=True, slots=True)
class Merge:
    """When a branch is merged, and by whom."""

    branch: str
    at: Instant
    by: str


@dataclass(frozen=True, slots=True)
class StagedRecord:
    """A record: its file, its header, and its steps in the order of recording."""

    kind: str
    name: str
    path: str
    header: Mapping[str, Any]
    steps: tuple[DraftedEntry, ...]
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What its entries attach or rest on, by path; they come with the first of them."""
    merge: Merge | None = None


@dataclass(slots=True)
class EntryWriter:
    """Writes the steps of one record; times are whole minutes, and no two entries are alike."""

    year: Year
    random: Random
    steps: list[DraftedEntry] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)

    def write(
        self,
        at: Instant,
        event: str,
        by: str,
        *,
        recorder: str = "",
        recorded: Instant = 0,
        branch: str = "",
        **data: Any,
    ) -> DraftedEntry:
        """Add a step at or after ``at``, recorded by whoever did it unless told otherwise."""
        at -= at % MINUTE
        taken = {step.at for step in self.steps if step.event == event}
        while at in taken:
            at += MINUTE
        step = DraftedEntry(at, event, by, data, recorder or by, recorded, branch)
        self.steps.append(step)
        return step

    def about(self, low: int, high: int) -> int:
        """Some number of seconds between ``low`` and ``high`` minutes, whole minutes."""
        return self.random.randint(low, high) * MINUTE

    def last(self) -> Instant:
        """The latest claim so far."""
        return max(step.at for step in self.steps)

    def first(self, event: str) -> DraftedEntry | None:
        """The first step of an event, by claim."""
        return min(
            (step for step in self.steps if step.event == event),
            key=lambda step: step.at,
            default=None,
        )

    def finished(self) -> tuple[DraftedEntry, ...]:
        """The steps with their recorders and times, in the order of recording."""
        return settle(self.steps, self.year, self.random)


_PHONED_IN = frozenset({"arrived", "left", "part_arrived", "updated", "restored"})
_SHARE = 0.25
"""How often the desk records what an engineer tells them by phone."""


def settle(steps: list[DraftedEntry], year: Year, random: Random) -> tuple[DraftedEntry, ...]:
    """Say of every step when it is recorded: minutes after, several of a person's together.

    An engineer's hands are often full, so that the desk records for them. What was not recorded
    by the year's ``finish`` is left out.
    """
    desk = {colleague.id for colleague in DESK}
    ordered = sorted(steps, key=lambda step: step.at)
    settled: list[DraftedEntry] = []
    group: list[DraftedEntry] = []

    def close() -> None:
        if group:
            delay = random.randint(35, 260)
            settled.extend(replace(step, recorded=group[-1].at + delay) for step in group)
            group.clear()

    for step in ordered:
        if step.recorded:
            settled.append(step)
            continue
        by_desk = step.event in _PHONED_IN and not step.branch and random.random() < _SHARE
        if step.recorder in desk or by_desk:
            step = replace(step, recorder=year.desk_at(step.at))  # noqa: PLW2901 - the same step
        if group and (
            step.recorder != group[0].recorder
            or step.branch != group[0].branch
            or step.at - group[0].at > 4 * MINUTE
        ):
            close()
        group.append(step)
    close()
    kept = (step for step in settled if step.recorded < year.finish)
    return tuple(sorted(kept, key=lambda step: (step.recorded, step.at)))
