"""A proven entry: what git says of when it was recorded, and how well that supports its claim."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from weibao.history.signatures.signature import UNSIGNED, Signature
from weibao.model.timeline import place_in_time

if TYPE_CHECKING:
    from weibao.history.commit import Identity
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant


class Grade(StrEnum):
    """How well a claim is supported, from best to worst in this order."""

    SUPPORTED = "A"
    COUNTERSIGNED = "B"
    IMPORTED = "I"
    OWN_CLOCK = "O"
    LATE = "C"
    UNCOMMITTED = "U"
    CONTRADICTED = "F"

    @property
    def rank(self) -> int:
        """0 for the best."""
        return _RANKS[self]


_RANKS = {grade: rank for rank, grade in enumerate(Grade)}


def worst(grades: set[Grade]) -> Grade:
    """The worst of the grades; A where there is none."""
    return max(grades, key=lambda grade: grade.rank, default=Grade.SUPPORTED)


@dataclass(frozen=True, slots=True)
class ProvenEntry:
    """An entry with its evidence. All times are instants; None where git does not know it yet.

    Attributes:
        entry: the claim.
        recorded: *time* of the commit that introduced it.
        landed: *time* at which that commit reached the official line.
        shown: when the forge's log shows it to have been there; ``landed`` where it does not cover it.
        evidence: ``recorded``, or ``shown`` where that was too long after, or before it.
        effective: what a service level is judged on.
        grade: how well the claim is supported.
        commit: the commit that introduced it.
        landing_commit: the commit that brought that one to the official branch.
        author: who recorded it: the commit's author.
        not_before: when somebody else had committed last before it (None: nobody had).
        not_after: when somebody else first committed after it (None: nobody has).
        witness: that commit.
        witnessed: by when it existed, by the word of somebody outside the provider; None where
            nobody vouches for it.
        first_hand: for ``confirmed`` and ``countersigned``, whether one of the customer's own
            identities authored the commit; None for every other event.
        start: whether its later time favours the provider, so that the earlier one counts.
        first_seen: when the forge first saw the commit; None where no log says so.
        signature: the commit's.
        lacks_signature: whether the contract asks that its author sign it, and none has.
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
    witness: str | None = None
    shown: Instant | None = None
    witnessed: Instant | None = None
    first_hand: bool | None = None
    start: bool = False
    first_seen: Instant | None = None
    signature: Signature = UNSIGNED
    lacks_signature: bool = False

    @property
    def lateness(self) -> int | None:
        """Seconds from the claim to its evidence; negative where it was claimed ahead."""
        return None if self.evidence is None else self.evidence - self.entry.at


@dataclass(frozen=True)
class ProvenLog:
    """A record's log, proven, in the order of the log; and the header's own evidence.

    ``header_*`` are those of ``reported_at``, which has the evidence of the first entry; ``refused`` are the
    places of lower severities to which somebody consented who had no right to when they landed, None
    where no history tells.
    """

    entries: tuple[ProvenEntry, ...]
    header_effective: Instant
    header_grade: Grade
    header_commit: str | None
    refused: frozenset[int] | None = None

    @cached_property
    def timeline(self) -> tuple[ProvenEntry, ...]:
        """The proven entries in the order of their claims.

        Ties go by evidence, what no commit shows last; then as entries do. The
        order of the lines says nothing.
        """
        return tuple(sorted(self.entries, key=_place_in_time))


def _place_in_time(proven: ProvenEntry) -> tuple[Instant, bool, Instant, int, str]:
    at, rank, text = place_in_time(proven.entry)
    return (at, proven.evidence is None, proven.evidence or 0, rank, text)


def unproven(entry: Entry) -> ProvenEntry:
    """An entry that no commit shows: it stands at its claim, graded U."""
    return ProvenEntry(
        entry,
        recorded=None,
        landed=None,
        evidence=None,
        effective=entry.at,
        grade=Grade.UNCOMMITTED,
        commit=None,
        landing_commit=None,
        author=None,
    )
