"""Is it all right now? What of a Book is late, at risk or damaged, counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.report.audit.checks import unsound
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from weibao.operations.planned import DueWork
    from weibao.report.book import Book


def late_tickets(book: Book) -> int:
    """How many open tickets have a promise that is past due."""
    return len(_late(book))


def tickets_at_risk(book: Book) -> int:
    """How many open tickets have a promise at risk, and none that is past due."""
    at_risk = {verdict.ticket for verdict in book.due_next if verdict.outcome is Outcome.AT_RISK}
    return len(at_risk - _late(book))


def promises_at_risk(book: Book) -> int:
    """How many promises on open tickets are at risk."""
    return sum(verdict.outcome is Outcome.AT_RISK for verdict in book.due_next)


def damage(book: Book) -> int:
    """In how many places the record itself is damaged."""
    return sum(finding.code[0] == "L" for finding in book.findings)


def errors_of_record(book: Book) -> int:
    """How many errors keep the records from being relied on, as the audit counts them."""
    return len(unsound(book.findings))


def failed_checks(book: Book) -> int:
    """How many of the checks of the history failed."""
    return sum(not check.passed for check in book.checks)


def overdue_work(book: Book) -> tuple[DueWork, ...]:
    """Rounds of the plan that are overdue."""
    return tuple(work for work in book.due_work if work.state == "overdue")


def _late(book: Book) -> set[str]:
    return {verdict.ticket for verdict in book.overdue}
