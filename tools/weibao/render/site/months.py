"""Promises counted by month: sums of the Book's compliance, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import local_month

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.report.book import Book
    from weibao.sla.figures import Compliance


@dataclass(frozen=True, slots=True)
class Tally:
    """Promises of any number of kinds, added up."""

    met: int = 0
    breached: int = 0
    waived: int = 0
    cancelled: int = 0
    undetermined: int = 0
    running: int = 0
    met_on_claim: int = 0
    breached_on_claim: int = 0

    @property
    def judged(self) -> int:
        """The denominator: met and breached."""
        return self.met + self.breached

    @property
    def share(self) -> float | None:
        """Met ÷ judged, None where nothing was judged."""
        return self.met / self.judged if self.judged else None

    @property
    def share_on_claim(self) -> float | None:
        """The same, were every claim believed."""
        judged = self.met_on_claim + self.breached_on_claim
        return self.met_on_claim / judged if judged else None

    @property
    def claims_differ(self) -> bool:
        """Whether the claims alone would tell another story."""
        return (self.met, self.breached) != (self.met_on_claim, self.breached_on_claim)


def tally(rows: Iterable[Compliance]) -> Tally:
    """The rows added up."""
    known = tuple(rows)
    return Tally(
        met=sum(one.met for one in known),
        breached=sum(one.breached for one in known),
        waived=sum(one.waived for one in known),
        cancelled=sum(one.cancelled for one in known),
        undetermined=sum(one.undetermined for one in known),
        running=sum(one.running for one in known),
        met_on_claim=sum(one.met_on_claim for one in known),
        breached_on_claim=sum(one.breached_on_claim for one in known),
    )


def last_months(book: Book, count: int = 12) -> tuple[str, ...]:
    """The month of the Book's instant and those before it, oldest first."""
    year, month = map(int, local_month(book.as_of, book.zone).split("-"))
    last = year * 12 + month - 1
    return tuple(f"{one // 12:04d}-{one % 12 + 1:02d}" for one in range(last - count + 1, last + 1))


def tally_of_month(book: Book, month: str) -> Tally:
    """All promises of one month."""
    return tally(one for one in book.compliance if one.month == month)
