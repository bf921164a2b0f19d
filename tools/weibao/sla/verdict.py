"""What a verdict is: whether one promise about one ticket was kept, and what that rests on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from weibao.history.proven import Grade

if TYPE_CHECKING:
    from weibao.model.instant import Instant


class Outcome(StrEnum):
    """How a promise stands (design, "Service levels")."""

    MET = "met"
    BREACHED = "breached"
    RUNNING = "running"
    AT_RISK = "at_risk"
    WAIVED = "waived"
    CANCELLED = "cancelled"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause that counts, from ``start`` (included) to ``end`` (excluded; None: still running)."""

    start: Instant
    end: Instant | None
    reason: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict. Seconds are integers of working time on the target's ``clock``.

    Attributes:
        ticket: the ticket's id.
        target: respond, arrive, restore, resolve, update or part.
        occurrence: 1, or the number of the request for ``part``.
        severity: the level whose target gives the due time.
        terms: the id of the terms in effect at ``reported_at``.
        clock: the name of the calendar that measures it.
        outcome: the verdict itself, on effective instants.
        on_claim: the outcome were every claim believed.
        at_worst: the outcome were each step recorded at the end of its window; a breach stays one.
        start, due, stop: instants; ``due`` is None while a pause runs or where no calendar covers
            it, ``stop`` where nothing stopped the clock.
        target_seconds, elapsed_seconds, paused_seconds, margin_seconds: margin is target −
            elapsed; None where no calendar covers them. A promise can be past due with no margin
            used up: outside working hours its clock does not run.
        late_seconds: of a breach, the seconds on the wall from ``due`` to its end, or to the instant
            of judging while nothing has ended it; None for every other outcome.
        grade: the worst grade of the times used.
        implied: whether a later step stands for one that was skipped.
        misses: for ``update``, how many gaps overran; None for every other target.
        month: the contract-local month of the due time, ``2026-11``.
        commits: the commits that it rests on, in the order of their use, each once.
        pauses: the pauses that lie between start and stop.
        ended_by: the place in the log of the entry that ended it (its stop, the repair that waived
            it, the cancellation); None while nothing has.
    """

    ticket: str
    target: str
    occurrence: int
    severity: int
    terms: str
    clock: str
    outcome: Outcome
    on_claim: Outcome
    at_worst: Outcome
    start: Instant | None
    due: Instant | None
    stop: Instant | None
    target_seconds: int | None
    elapsed_seconds: int | None
    paused_seconds: int | None
    margin_seconds: int | None
    grade: Grade
    implied: bool
    misses: int | None
    month: str | None
    commits: tuple[str, ...]
    pauses: tuple[Pause, ...] = ()
    ended_by: int | None = None
    late_seconds: int | None = None

    @property
    def order(self) -> tuple[str, str, int]:
        """How verdicts are listed: by ticket, target, occurrence."""
        return (self.ticket, self.target, self.occurrence)

    def left(self, now: Instant) -> int | None:
        """Seconds until it is due, negative after that; None where nothing is due."""
        return None if self.due is None else self.due - now

    @property
    def corroborated(self) -> bool | None:
        """Of a promise that was kept: whether more than a recorder's own clock vouches for it.

        None where it was not kept, or was on imported entries, of which nothing is known either way.
        """
        if self.outcome is not Outcome.MET or self.grade is Grade.IMPORTED:
            return None
        return self.at_worst is Outcome.MET
