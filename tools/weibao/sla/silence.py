"""Silence: since when the customer has heard nothing about a ticket, and until when that may last.

The verdict on ``update`` names the first silence that was too long (requirement 38). Whoever watches
a board needs the one that runs now, which may be another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.sla.bases import Promises
from weibao.sla.courses import update_gaps
from weibao.sla.judge import hearing_of, stage_basis
from weibao.sla.measure import run_of, verdict_on
from weibao.sla.reading import by_evidence

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.history.proven import ProvenLog
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.sla.clock import Clocks
    from weibao.sla.verdict import Verdict


def silence(
    ticket: Ticket, proof: ProvenLog, clocks: Clocks, staff: frozenset[str], as_of: Instant
) -> Verdict | None:
    """The verdict on the silence that runs on a ticket at an instant: since ``start``, until ``due``.

    None where no updates are promised then: they are, from the response to the resolution, on
    tickets that have a severity. The arguments are those of :func:`weibao.sla.judge.judge`.
    """
    terms = clocks.terms_at(proof.header_effective)
    if ticket.severity is None or terms is None or proof.header_effective > as_of:
        return None
    reading = by_evidence(proof, as_of)
    hearing = hearing_of(ticket, ticket.severity, Promises(terms, clocks), reading)
    for gap in update_gaps(reading, staff):
        basis = stage_basis(hearing, "update", gap)
        if gap.course.stop is None and reading.cancelled is None and basis is not None:
            return verdict_on(
                hearing, "update", run_of(hearing, gap.course, hearing.pauses), [basis]
            )
    return None


def silences_of(
    tickets: Iterable[Ticket],
    proofs: Mapping[str, ProvenLog],
    clocks: Clocks,
    staff: frozenset[str],
    as_of: Instant,
) -> dict[str, Verdict]:
    """By ticket, the verdict on the silence that runs on it; nothing of a ticket that has none."""
    found = {one.id: silence(one, proofs[one.id], clocks, staff, as_of) for one in tickets}
    return {ticket: running for ticket, running in found.items() if running}
