"""Is the record itself sound? What of a Book is damaged, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.report.audit.checks import FAMILIES, unsound

if TYPE_CHECKING:
    from weibao.report.book import Book


def damage(book: Book) -> int:
    """In how many places the record itself is damaged."""
    return sum(finding.code[0] == "L" for finding in book.findings_among_errors(FAMILIES))


def errors_of_record(book: Book) -> int:
    """How many errors keep the records from being relied on, as the audit counts them."""
    outside = book.outside.checks if book.outside else ()
    of_outside = (found for check in outside for found in check.findings)
    return len(unsound((*of_outside, *book.findings_among_errors(FAMILIES))))


def commits_missing(book: Book) -> int:
    """How many commits the official branch has that the Book does not know of, where somebody looked."""
    branch = book.outside.branch if book.outside else None
    return max(branch.behind, branch.behind_seen or 0) if branch else 0


def failed_checks(book: Book) -> int:
    """How many of the checks of the history failed."""
    return sum(not check.passed for check in book.checks)
