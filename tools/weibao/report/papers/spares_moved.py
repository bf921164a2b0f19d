"""The spares of a report: what moved, what lies where, what was counted, what is unproven and what was delivered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.operations.stock import FAULTY, PROVENANCE
from weibao.report.papers.period_report import told_once
from weibao.sla.closing import due_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.operations.stock import Count, Piece, StockLevel
    from weibao.report.book import Book
    from weibao.report.figure import Period
    from weibao.report.papers.period_report import PeriodReport, ReportMonth
    from weibao.sla.verdict import Verdict


@dataclass(frozen=True, slots=True)
class SpareMove:
    """A movement: its entry, and from where to where; "" is outside the depots."""

    step: ProvenEntry
    quantity: int
    origin: str
    to: str


@dataclass(frozen=True, slots=True)
class CountTold:
    """A count: how many by the book, how many on the shelf, and how many serial numbers of them differ."""

    count: Count
    expected: int
    found: int
    missing: int
    surplus: int


@dataclass(frozen=True, slots=True)
class GapTold:
    """A piece in a depot that is not proven the maker's own, and what is lacking."""

    piece: Piece
    lacking: tuple[str, ...]
    faulty: bool


@dataclass(frozen=True, slots=True)
class PartPromise:
    """A promise to deliver a part: which part was asked for, and how it came out."""

    part: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class ReportSpares:
    """The spares of a report; ``levels`` and ``gaps`` are as its period ended."""

    kept: bool
    moves: tuple[SpareMove, ...]
    levels: tuple[StockLevel, ...]
    counts: tuple[CountTold, ...]
    gaps: tuple[GapTold, ...]
    delivered: tuple[PartPromise, ...]

    @property
    def short(self) -> tuple[StockLevel, ...]:
        """Where fewer are fit for use than the minimum."""
        return tuple(level for level in self.levels if level.short)


@told_once
def report_spares(report: PeriodReport, told: Book) -> ReportSpares:
    """The spares of a report's months; ``told`` is the edition whose words are told."""
    book, period = report.book, report.period
    then = book.at(min(period.end, book.as_of))
    return ReportSpares(
        kept=bool(book.records.spares.parts or book.records.spares.log),
        moves=moves_in(told, period),
        levels=then.stock.levels,
        counts=tuple(
            count_told(count) for count in told.stock.counts if period.has(count.entry.at)
        ),
        gaps=tuple(
            GapTold(
                piece,
                tuple(key for key in PROVENANCE if not piece.provenance.get(key)),
                piece.condition == FAULTY,
            )
            for piece in then.stock.pieces.values()
            if piece.state == "in_stock" and not piece.verified
        ),
        delivered=tuple(part for month in report.months for part in _delivered(month)),
    )


def moves_in(told: Book, period: Period) -> tuple[SpareMove, ...]:
    """The movements of a period, in order."""
    return tuple(
        move_told(step)
        for step in told.proofs["spares"].timeline
        if step.entry.event != "counted" and period.has(step.effective)
    )


def count_told(count: Count) -> CountTold:
    """A count in numbers."""
    return CountTold(
        count, len(count.expected), len(count.found), len(count.missing), len(count.surplus)
    )


def move_told(step: ProvenEntry) -> SpareMove:
    """A movement by its entry."""
    data = step.entry.data
    depot = data.get("depot", "")
    inward = step.entry.event in {"received", "returned", "rma_returned"}
    outward = step.entry.event in {"issued", "rma_sent", "scrapped"}
    return SpareMove(
        step,
        len(data["serials"]),
        data.get("from", depot if outward else ""),
        data.get("to", depot if inward else ""),
    )


def _delivered(month: ReportMonth) -> Iterator[PartPromise]:
    for verdict in due_in(month.book.verdicts, month.name):
        if verdict.target == "part":
            requests = month.book.states[verdict.ticket].requests[verdict.occurrence - 1 :]
            asked = next((request.step.entry for request in requests), None)
            told = "" if asked is None or asked.internal else str(asked.data["part"])
            yield PartPromise(told, verdict)
