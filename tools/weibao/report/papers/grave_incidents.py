"""The grave faults of a report: how each went, and whether it was reviewed in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.operations.intake import GRAVE
from weibao.report.figure import Period
from weibao.report.papers.period_report import told_once
from weibao.report.population import reactive, reported
from weibao.rules.book.incident_reviews import owed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.history.proven import ProvenEntry, ProvenLog
    from weibao.model.instant import Instant
    from weibao.model.state import RecordState
    from weibao.report.book import Book
    from weibao.report.papers.period_report import PeriodReport
    from weibao.sla.reading import Step

BESIDES = frozenset(
    {"notified", "updated", "attached", "countersigned", "amended", "justified", "analysed"}
)
"""Entries that tell of a fault and change nothing of how it goes: a timeline counts them."""


@dataclass(frozen=True, slots=True)
class ReviewOwed:
    """An edition of a review of a ticket: by when it was owed, and when it was there."""

    ticket: str
    edition: str
    due: Instant
    done: Instant | None
    late: bool


@dataclass(frozen=True, slots=True)
class GraveIncident:
    """A grave fault that was going on in the months of a report.

    Attributes:
        ticket: its id.
        state: what it has come to by the report's Book.
        reported: when it was reported, by the evidence; ``claimed`` as it is claimed.
        restored, resolved: the steps by which it last was; None while it is not.
        lasted: seconds on the wall that the service was troubled; None before it was first restored.
    """

    ticket: str
    state: RecordState[Step]
    reported: Instant
    claimed: Instant
    restored: Step | None
    resolved: Step | None
    lasted: int | None


@told_once
def grave_incidents(report: PeriodReport) -> tuple[GraveIncident, ...]:
    """Faults of severity 1 and 2 that were reported in a report's months or not yet restored when they began, in order."""
    book, period = report.book, report.period
    lengths = {
        row.record: row.seconds
        for row in book.figure("restore_time", Period(0, book.as_of + 1)).counted
    }
    found = []
    for fault in reactive(book, "fault"):
        state, begun = book.states[fault.id], reported(book, fault)
        repaired = state.spells[-1].repaired
        over = repaired is not None and repaired.instant < period.start
        if state.severity not in GRAVE or begun >= period.end or over:
            continue
        found.append(
            GraveIncident(
                fault.id,
                state,
                begun,
                fault.reported_at,
                repaired,
                state.spells[-1].resolved,
                lengths.get(fault.id),
            )
        )
    return tuple(sorted(found, key=lambda incident: (incident.reported, incident.ticket)))


def reviews_owed(book: Book, tickets: Iterable[str]) -> tuple[ReviewOwed, ...]:
    """The editions of the reviews of these tickets that are owed."""
    return tuple(
        ReviewOwed(
            finding.record,
            str(finding.facts["edition"]),
            limit,
            done,
            (book.as_of if done is None else done) > limit,
        )
        for finding, limit, done in owed(book, [book.records.tickets[ticket] for ticket in tickets])
    )


def steps_told(log: ProvenLog, until: Instant) -> tuple[tuple[ProvenEntry, ...], int]:
    """The steps of a timeline up to an instant, in the order of their claims, and how many entries there are besides."""
    happened = [proven for proven in log.timeline if proven.effective <= until]
    steps = tuple(proven for proven in happened if proven.entry.event not in BESIDES)
    return steps, len(happened) - len(steps)
