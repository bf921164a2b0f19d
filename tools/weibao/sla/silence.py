"""Silence: since when the customer has heard nothing about a ticket, and until when that may last.

The verdict on ``update`` names the first silence that was too long (requirement 38). Whoever watches
a board needs the one that runs now, which may be another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.sla.judge import gaps_of, read_ticket_by_evidence, stage_basis
from weibao.sla.measure import run_of, verdict_on

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    gaps = gaps_between_updates(ticket, proof, settings, staff, as_of)
    return next((gap for gap in gaps if gap.stop is None), None)


def gaps_between_updates(
    ticket: Ticket, proof: ProvenLog, settings: InForce, staff: frozenset[str], as_of: Instant
) -> Iterator[Verdict]:
    """The verdict on each silence of a ticket, in their order; none of a cancelled one, nor where no updates are promised."""
    heard = read_ticket_by_evidence(ticket, proof, settings, as_of)
    if heard is None or heard.reading.state.cancelled is not None:
        return
    for gap in gaps_of(heard, staff):
        basis = stage_basis(heard, "update", gap)
        if basis is not None:
            run = run_of(heard, gap.course, heard.pauses)
            yield verdict_on(heard, "update", run, [basis], occurrence=gap.occurrence)
