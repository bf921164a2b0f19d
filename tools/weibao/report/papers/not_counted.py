"""What a paper cannot count: the records that cannot be read in what it is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.paths import kind_of, stem_of

if TYPE_CHECKING:
    from weibao.report.book import Book
    from weibao.report.papers.period_report import PeriodReport


@dataclass(frozen=True, slots=True)
class NotCounted:
    """Records that cannot be read: by id, where they have one, else by path."""

    records: tuple[str, ...]

    @property
    def number(self) -> int:
        """How many they are."""
        return len(self.records)


def not_counted(book: Book, report: PeriodReport | None) -> NotCounted:
    """The records of the Book, and of those of a report's months, that cannot be read."""
    books = (book, *(month.book for month in report.months)) if report else (book,)
    paths = {path for told in books for path in told.records.unreadable}
    return NotCounted(
        tuple(stem_of(path) if kind_of(path) in _IDENTIFIED else path for path in sorted(paths))
    )


_IDENTIFIED = frozenset({"ticket", "inspection", "shift"})
