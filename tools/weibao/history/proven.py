"""A proven entry: what git says of when it was recorded, and how well that supports its claim."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from weibao.history.signatures.signature import UNSIGNED, Signature
from weibao.model.state import ENDS
from weibao.model.timeline import place_in_time

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from weibao.history.commit import Identity
    from weibao.model.entry import Entry
    from weibao.model.imported import Precision
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


class Hand(StrEnum):
    """From whose hand the customer's word is."""

    SIGNED = "signed"
    NAMED = "named"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class Word:
    """An act of the customer: from whose hand; ``forge``, whether the forge's own signature vouches for it."""

    hand: Hand
    forge: bool = False

    def suffices(self, asked: str) -> bool:
        """Whether it is what ``evidence.firsthand`` asks for: ``signed``, ``forge`` or ``named``."""
        named = self.hand is Hand.NAMED and (self.forge or asked == "named")
        return self.hand is Hand.SIGNED or (named and asked != "signed")


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
        word: from whose hand the customer's word is; None of what is none of the customer's acts.
        start: whether its later time favours the provider, so that the earlier one counts.
        first_seen: when the forge first saw the commit; None where no log says so.
        signature: the commit's.
        lacks_signature: whether the contract asks that its author sign it, and none has.
        counts: whether it is the first of its time and event to have landed; another changes nothing,
            and so does one that is left out.
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
    word: Word | None = None
    start: bool = False
    first_seen: Instant | None = None
    signature: Signature = UNSIGNED
    lacks_signature: bool = False
    counts: bool = True

    @property
    def hand(self) -> Hand | None:
        """From whose hand the customer's word is; None of what is none."""
        return None if self.word is None else self.word.hand

    @property
    def precision(self) -> Precision | None:
        """How exactly its old register says when; of what is of none, nothing is believed to be inexact."""
        return self.entry.precision if self.grade is Grade.IMPORTED else None

    @property
    def first_hand(self) -> bool | None:
        """Whether the customer gave it, signed or from an address of theirs; None where none is asked."""
        return None if self.word is None else self.word.hand is not Hand.REPORTED

    @property
    def lateness(self) -> int | None:
        """Seconds from the claim to its evidence; negative where it was claimed ahead."""
        return None if self.evidence is None else self.evidence - self.entry.at


@dataclass(frozen=True)
class ProvenLog:
    """A record's log, proven, in the order of the log; and the header's own evidence.

    ``header_*`` are those of ``reported_at``, which has the evidence of the first entry; ``refused`` are the
    places of what somebody consented to who had no right to when it landed, None where no history tells;
    ``documented`` are the entries, by time and event, that an attachment names which no commit had before them,
    each with the evidence of the first that does. Of a record that an old ``register`` brought, ``latest`` are, by
    the place in the log, the latest instants of what it does not say exactly, ``header_latest`` that of the report.
    A record that was brought along, by a register or with the first of all, is kept here ``since`` the evidence begins.
    """

    entries: tuple[ProvenEntry, ...]
    header_effective: Instant
    header_grade: Grade
    header_commit: str | None
    refused: frozenset[int] | None = None
    documented: Mapping[tuple[Instant, str], Instant] = field(default_factory=dict)
    register: str = ""
    latest: Mapping[int, Instant] = field(default_factory=dict)
    header_latest: Instant | None = None
    since: Instant = 0

    def old(self, at: Instant) -> bool:
        """Whether an instant is before the record was kept here: of what happened by then nothing more is demanded than it says."""
        return at < self.since

    @cached_property
    def old_lines(self) -> frozenset[int]:
        """The places of its lines that are of then."""
        return frozenset(
            proven.entry.index for proven in self.entries if self.old(proven.effective)
        )

    @property
    def ends(self) -> frozenset[int]:
        """The places of the steps by which an old register has done with its ticket: a close stands for a resolution that it lacks."""
        return frozenset(
            proven.entry.index
            for proven in self.entries
            if proven.entry.event in ENDS and self.register and proven.grade is Grade.IMPORTED
        )

    @cached_property
    def timeline(self) -> tuple[ProvenEntry, ...]:
        """The proven entries that count, in the order of their claims.

        Ties go by evidence, what no commit shows last; then as entries do. The
        order of the lines says nothing.
        """
        return tuple(proven for _, proven in self.placed)

    @cached_property
    def placed(self) -> tuple[tuple[int, ProvenEntry], ...]:
        """The timeline, each entry with its place, which is the same whatever is left out."""
        ordered = sorted(self.entries, key=_place_in_time)
        return tuple((place, proven) for place, proven in enumerate(ordered) if proven.counts)

    def without(self, left_out: Collection[int]) -> ProvenLog:
        """The same, had the entries at these places of the log not been recorded."""
        entries = (
            replace(proven, counts=False) if proven.entry.index in left_out else proven
            for proven in self.entries
        )
        return replace(self, entries=tuple(entries)) if left_out else self


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


@dataclass(frozen=True, slots=True)
class RecordedTogether:
    """Late steps that one commit brought, although they are claimed from ``first`` to ``last``."""

    steps: tuple[ProvenEntry, ...]
    number: int
    first: Instant
    last: Instant


def recorded_together(log: ProvenLog) -> dict[str, RecordedTogether]:
    """By commit, the late steps that it brought although they were claimed for several times.

    That is what a squash makes of a pull request, or one who enters a day's steps in the evening.
    """
    late: dict[str, list[ProvenEntry]] = {}
    for proven in log.entries:
        if proven.commit and proven.grade is Grade.LATE:
            late.setdefault(proven.commit, []).append(proven)
    found = {}
    for commit, steps in late.items():
        claims = sorted(step.entry.at for step in steps)
        if claims[0] < claims[-1]:
            found[commit] = RecordedTogether(tuple(steps), len(steps), claims[0], claims[-1])
    return found
