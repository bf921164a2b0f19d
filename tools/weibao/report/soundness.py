"""Is the record itself sound? What of a Book is damaged, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.report.audit.checks import unsound

if TYPE_CHECKING:
    from weibao.report.book import Book


def damage(book: Book) -> int:
    """In how many places the record itself is damaged."""
    return sum(finding.code[0] == "L" for finding in book.findings)


def errors_of_record(book: Book) -> int:
    """How many errors keep the records from being relied on, as the audit counts them."""
    return len(unsound(book.findings))


def failed_checks(book: Book) -> int:
    """How many of the checks of the history failed."""
    return sum(not check.passed for check in book.checks)
