"""From claims to proven entries: what git says of when an entry was recorded, and its grade."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weibao.evidence.history import Identity
    from weibao.record.entry import Entry
    from weibao.record.instant import Instant


class Grade(StrEnum):
    """How well a claim is supported, from best to worst in this order."""

    SUPPORTED = "A"
    COUNTERSIGNED = "B"
    IMPORTED = "I"
    LATE = "C"
    UNCOMMITTED = "U"
    CONTRADICTED = "F"

    @property
    def rank(self) -> int:
        """0 for the best."""
        return list(Grade).index(self)


def worst(grades: set[Grade]) -> Grade:
    """The worst of the grades; A where there is none."""
    return max(grades, key=lambda grade: grade.rank, default=Grade.SUPPORTED)


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """An entry with its evidence. All times are instants; None where git does not know it yet.

    Attributes:
        entry: the claim.
        recorded: *time* of the commit that introduced it.
        landed: *time* at which that commit reached the official branch.
        evidence: ``recorded``, or ``landed`` where it landed too late after.
        effective: what a service level is judged on.
        grade: how well the claim is supported.
        commit: the commit that introduced it.
        landing_commit: the commit that brought that one to the official branch.
        author: who recorded it: the commit's author.
        not_before: the earliest instant at which it can have been recorded, had its recorder's
            clock lied (None: not worked out).
        not_after: the latest such instant (None: not worked out).
        first_hand: for ``confirmed`` and ``countersigned``, whether one of the customer's own
            identities authored the commit; None for every other event.
    """

    entry: Entry
    recorded: Instant | None
    landed: Instant | None
    evidence: Instant | None
    effective: Instant
    grade: Grade
    commit: str | None
    landing_commit: str | None
    author: Identity | None
    not_before: Instant | None = None
    not_after: Instant | None = None
    first_hand: bool | None = None

    @property
    def lateness(self) -> int | None:
        """Seconds from the claim to its evidence; negative where it was claimed ahead."""
        return None if self.evidence is None else self.evidence - self.entry.at


@dataclass(frozen=True, slots=True)
class ProvenLog:
    """A record's log, proven, in the order of the log; and the header's own evidence.

    ``header_*`` are those of ``reported_at``, which has the evidence of the first entry.
    """

    entries: tuple[ProvenEntry, ...]
    header_effective: Instant
    header_grade: Grade
    header_commit: str | None

    @property
    def timeline(self) -> tuple[ProvenEntry, ...]:
        """The proven entries in the order of their claims, ties by place in the log."""
        return tuple(sorted(self.entries, key=lambda one: (one.entry.at, one.entry.index)))
