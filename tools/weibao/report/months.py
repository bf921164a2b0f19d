"""The promises of a Book by contract-local month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.instant import local_month
from weibao.sla.figures import MonthOfCompliance, compliance_by_month

if TYPE_CHECKING:
    from weibao.report.book import Book


def last_months(book: Book, count: int = 12) -> tuple[MonthOfCompliance, ...]:
    """The month of the Book's instant and those before it, oldest first; empty ones too."""
    year, month = map(int, local_month(book.as_of, book.zone).split("-"))
    last = year * 12 + month
    names = (
        f"{(at - 1) // 12:04d}-{(at - 1) % 12 + 1:02d}" for at in range(last - count + 1, last + 1)
    )
    known = {judged.month: judged for judged in compliance_by_month(book.compliance)}
    return tuple(known.get(name) or MonthOfCompliance(month=name) for name in names)
