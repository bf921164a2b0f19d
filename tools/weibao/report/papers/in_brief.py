"""A report in brief: what its first page says in a few lines, and what it asks to be decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.report.due.due import due, for_customer
from weibao.report.due.item import DueKind, Harm
from weibao.report.papers.grave_incidents import grave_incidents
from weibao.report.papers.outages import report_availability
from weibao.report.papers.over_months import in_month, over_report
from weibao.report.papers.period_report import told_once
from weibao.report.papers.promises import report_promises
from weibao.report.papers.spares_moved import report_spares
from weibao.report.papers.traffic import traffic
from weibao.sla.tally import Tally, tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.report.book import Book
    from weibao.report.due.item import DueItem
    from weibao.report.figure import Measured
    from weibao.report.papers.outages import ThingAvailability
    from weibao.report.papers.period_report import PeriodReport
    from weibao.report.papers.traffic import Flow

DECISIONS = 3
"""How many things to decide a first page tells."""

_ENDS = frozenset({DueKind.CONTRACT, DueKind.CALENDAR, DueKind.CREDENTIAL})
"""What is decided before it is past."""


@dataclass(frozen=True, slots=True)
class InBrief:
    """A report in brief.

    Attributes:
        kept: promises kept, of those judged.
        flow: what came and went in its months.
        grave: how many faults of severity 1 and 2 were going on in them; ``down`` how many of them are not restored.
        agreed: months of services that reached the availability agreed, of those of which any was agreed.
        least: the service that was available least by contract; None where the contract names none, or none was covered.
        rounds: what of the plan was done in time, of what fell due; ``items`` what was looked at, of what was to be.
        spares: whether any are kept; ``moves`` how many movements, ``short`` stocks below their minimum, ``unproven`` pieces in stock.
    """

    kept: Tally
    flow: Flow
    grave: int
    down: int
    agreed: Tally
    least: ThingAvailability | None
    rounds: Measured
    items: Measured
    spares: bool
    moves: int
    short: int
    unproven: int


@told_once
def in_brief(report: PeriodReport, told: Book) -> InBrief:
    """A report in brief; ``told`` is the edition whose words are told."""
    incidents, spares = grave_incidents(report), report_spares(report, told)
    covered = [
        service.thing
        for service in report_availability(report).services
        if service.thing.share_by_contract is not None
    ]
    return InBrief(
        kept=report_promises(report).all.promises.kept,
        flow=traffic(report).own,
        grave=len(incidents),
        down=sum(incident.restored is None for incident in incidents),
        agreed=tally(_reached(report)),
        least=min(
            covered, key=lambda thing: (thing.share_by_contract or 0, thing.id), default=None
        ),
        rounds=over_report(report, "rounds"),
        items=over_report(report, "items_inspected"),
        spares=spares.kept,
        moves=len(spares.moves),
        short=len(spares.short),
        unproven=len(spares.gaps),
    )


def _reached(report: PeriodReport) -> Iterator[bool]:
    for month in report.months:
        for part in in_month(month, "availability_contract").parts:
            if part.kept is not None:
                yield part.kept


@told_once
def to_decide(report: PeriodReport) -> tuple[tuple[DueItem, ...], int]:
    """What a meeting on the report has to decide, the gravest first, and how much more of it there is.

    It is what is past or threatens as of the report's Book, and what ends soon, of what both sides are told.
    """
    items = [
        item
        for item in for_customer(due(report.book, report.book.as_of))
        if item.harm is not Harm.COMING or item.kind in _ENDS
    ]
    return tuple(items[:DECISIONS]), len(items[DECISIONS:])
