"""Silence: since when the customer has heard nothing about a ticket, and until when that may last.

The verdict on ``update`` names the first silence that was too long (requirement 38). Whoever watches
a board needs the one that runs now, which may be another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.sla.courses import update_gaps
from weibao.sla.judge import read_ticket_by_evidence, stage_basis
from weibao.sla.measure import run_of, verdict_on

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.history.proven import ProvenLog
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.sla.settings import InForce
    from weibao.sla.verdict import Verdict


def silence(
    ticket: Ticket, proof: ProvenLog, settings: InForce, staff: frozenset[str], as_of: Instant
) -> Verdict | None:
    """The verdict on the silence that runs on a ticket at an instant: since ``start``, until ``due``.

    None where no updates are promised then: they are, from the response to the resolution, on
    tickets that have a severity. The arguments are those of :func:`weibao.sla.judge.judge`.
    """
    heard = read_ticket_by_evidence(ticket, proof, settings, as_of)
    if heard is None or heard.reading.state.cancelled is not None:
        return None
    for gap in update_gaps(heard.reading, staff):
        basis = stage_basis(heard, "update", gap)
        if gap.course.stop is None and basis is not None:
            run = run_of(heard, gap.course, heard.pauses)
            return verdict_on(heard, "update", run, [basis], occurrence=gap.occurrence)
    return None


def silences_of(
    tickets: Iterable[tuple[Ticket, ProvenLog]],
    settings: InForce,
    staff: frozenset[str],
    as_of: Instant,
) -> dict[str, Verdict]:
    """By ticket, the verdict on the silence that runs on it; nothing of a ticket that has none."""
    found = {ticket.id: silence(ticket, proof, settings, staff, as_of) for ticket, proof in tickets}
    return {ticket: running for ticket, running in found.items() if running}
