"""The Book: the records at one commit, as of one instant, with all that follows from them.

Everything shown anywhere is a view of one Book, and no view computes a fact of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from zoneinfo import ZoneInfo

    from weibao.evidence.history import Snapshot
    from weibao.evidence.integrity import IntegrityCheck
    from weibao.evidence.proof import ProvenLog
    from weibao.record.finding import Finding
    from weibao.record.instant import Instant
    from weibao.record.lifecycle import Standing
    from weibao.record.records import Records
    from weibao.record.ticket import Ticket
    from weibao.service.availability import Availability
    from weibao.service.figures import Compliance
    from weibao.service.on_duty import OnDuty
    from weibao.service.planned import DueWork
    from weibao.service.stock import Stock
    from weibao.service.verdict import Verdict


@dataclass(frozen=True, slots=True)
class Book:
    """The records of one contract, proven and judged. A pure function of (commit, instant).

    Attributes:
        commit: the commit that the records were read from.
        as_of: the instant as of which they are judged.
        records: the records, typed.
        snapshot: the files and the history they came from.
        proofs: the proven log of every ticket, by id; and of every inspection; and of
            ``spares`` and ``actions`` under those names.
        standings: where every ticket and inspection stands as of the instant, by id.
        verdicts: sorted by ticket, target, occurrence.
        findings: everything that is wrong, sorted by place.
        checks: what the integrity checks examined.
        stock: where every part is.
        on_duty: who is on duty at the instant, by rota.
        due_work: planned rounds of the plan: done, due and overdue.
        availability: of every asset and service, over the twelve months to the instant.
        compliance: by month, target and severity.
    """

    commit: str
    as_of: Instant
    records: Records
    snapshot: Snapshot
    proofs: Mapping[str, ProvenLog]
    standings: Mapping[str, Standing]
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    checks: tuple[IntegrityCheck, ...]
    stock: Stock
    on_duty: tuple[OnDuty, ...]
    due_work: tuple[DueWork, ...]
    availability: Availability
    compliance: tuple[Compliance, ...]

    @property
    def zone(self) -> ZoneInfo:
        """The contract's time zone."""
        return self.records.contract.zone

    @property
    def open_tickets(self) -> tuple[Ticket, ...]:
        """Tickets that are not closed or cancelled as of the instant, oldest report first."""
        return tuple(
            sorted(
                (
                    ticket
                    for ticket in self.records.tickets.values()
                    if ticket.reported_at <= self.as_of and not self.standings[ticket.id].ended
                ),
                key=lambda ticket: (ticket.reported_at, ticket.id),
            )
        )

    def verdicts_of(self, ticket_id: str) -> tuple[Verdict, ...]:
        """The verdicts on one ticket, in their order."""
        return tuple(verdict for verdict in self.verdicts if verdict.ticket == ticket_id)

    @property
    def due_next(self) -> tuple[Verdict, ...]:
        """Promises still to be kept on open tickets, the soonest due first."""
        running = (
            verdict
            for verdict in self.verdicts
            if verdict.outcome in {Outcome.RUNNING, Outcome.AT_RISK} and verdict.due is not None
        )
        return tuple(sorted(running, key=lambda one: (one.due or 0, *one.order)))

    @property
    def overdue(self) -> tuple[Verdict, ...]:
        """Promises on open tickets that are past due and still not kept, the oldest first."""
        late = (
            verdict
            for verdict in self.verdicts
            if verdict.outcome is Outcome.BREACHED
            and verdict.stop is None
            and self.standings[verdict.ticket].open
        )
        return tuple(sorted(late, key=lambda one: (one.due or 0, *one.order)))

    def next_deadline(self, ticket_id: str) -> Verdict | None:
        """What the ticket must reach next: what is overdue first, then the soonest due."""
        for verdict in (*self.overdue, *self.due_next):
            if verdict.ticket == ticket_id:
                return verdict
        return None
