"""Silence: since when the customer has heard nothing about a ticket, and until when that may last.

The verdict on ``update`` names the first silence that was too long (requirement 38). Whoever watches
a board needs the one that runs now, which may be another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.service.bases import Promises
from weibao.service.calendar import Uncovered, merge
from weibao.service.courses import update_gaps
from weibao.service.judge import hearing_of, stage_basis
from weibao.service.reading import by_evidence

if TYPE_CHECKING:
    from weibao.evidence.proof import ProvenLog
    from weibao.record.instant import Instant
    from weibao.record.ticket import Ticket
    from weibao.service.clock import Clocks


@dataclass(frozen=True, slots=True)
class Silence:
    """The customer has heard nothing since ``since``, and must hear something by ``due``.

    ``due`` is None while a pause stops the clock, and where no calendar says.
    """

    since: Instant
    due: Instant | None

    def too_long(self, now: Instant) -> bool:
        """Whether the promise of updates is broken by ``now``; exactly on it is kept."""
        return self.due is not None and now > self.due


def silence(
    ticket: Ticket, proof: ProvenLog, clocks: Clocks, staff: frozenset[str], as_of: Instant
) -> Silence | None:
    """The silence that runs on a ticket at an instant; None where no updates are promised then.

    They are promised from the response to the resolution, on tickets that have a severity. The
    arguments are those of :func:`weibao.service.judge.judge`.
    """
    terms = clocks.terms_at(proof.header_effective)
    if ticket.severity is None or terms is None or proof.header_effective > as_of:
        return None
    reading = by_evidence(proof, as_of)
    hearing = hearing_of(ticket, ticket.severity, Promises(terms, clocks), reading)
    for gap in update_gaps(reading, staff):
        if gap.course.stop is None:
            basis = stage_basis(hearing, "update", gap)
            if basis is None:
                return None
            due = basis.due(merge([pause.span for pause in hearing.pauses]))
            return Silence(gap.start.instant, None if isinstance(due, Uncovered) else due)
    return None
