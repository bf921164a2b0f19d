"""Rungs of the ladder that promises reached in a period: climbed in time, late, or not at all, and who was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from weibao.report.population import reactive
from weibao.rules.book.ladder import rungs_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.model.instant import Instant
    from weibao.operations.ladder import RungReached
    from weibao.report.book import Book
    from weibao.report.figure import Period
    from weibao.sla.verdict import Verdict

Climb = Literal["in_time", "late", "never"]


@dataclass(frozen=True, slots=True)
class RungOfPromise:
    """A rung that a promise reached.

    Attributes:
        verdict: the promise.
        reached: the rung, and by when whoever belongs there was to be told.
        climbed: when the last of them was told, by the evidence; None where not all were.
        told: the steps that told somebody at this rung, in their order.
    """

    verdict: Verdict
    reached: RungReached
    climbed: Instant | None
    told: tuple[ProvenEntry, ...]

    @property
    def climb(self) -> Climb:
        """Whether it was climbed, and in time."""
        if self.climbed is None:
            return "never"
        return "in_time" if self.climbed <= self.reached.due else "late"


def rungs_in(book: Book, period: Period) -> Iterator[RungOfPromise]:
    """Those that fell due in a period; the customer's silence is told by another promise, and has none."""
    for ticket in reactive(book):
        log = book.proofs[ticket.id]
        for verdict in book.verdicts_of(ticket.id):
            for reached in () if verdict.target == "update" else rungs_of(verdict, book):
                if period.has(reached.due):
                    yield RungOfPromise(
                        verdict,
                        reached,
                        reached.climbed(log, book.records.staff, book.zone, book.as_of),
                        tuple(
                            step
                            for step in log.timeline
                            if step.entry.event == "escalated"
                            and step.entry.data["level"] == reached.rung.level
                            and step.effective <= book.as_of
                        ),
                    )
