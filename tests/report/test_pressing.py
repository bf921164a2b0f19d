from __future__ import annotations

from building.book import a_book, files_of
from building.contract import a_ticket, entry
from weibao.report.pressing import (
    damage,
    failed_checks,
    late_tickets,
    promises_at_risk,
    tickets_at_risk,
)

OPENED = entry("09:15", "opened", by="wang-lei")


def test_a_ticket_that_is_late_and_at_risk_is_late() -> None:
    book = a_book(files_of(a_ticket(log=(OPENED,))), as_of="2026-11-20T10:55:00+08:00")

    assert (late_tickets(book), tickets_at_risk(book)) == (1, 0)
    assert promises_at_risk(book) == 1


def test_a_ticket_with_a_promise_at_risk_alone_is_at_risk() -> None:
    book = a_book(files_of(a_ticket(log=(OPENED,))), as_of="2026-11-20T09:38:00+08:00")

    assert (late_tickets(book), tickets_at_risk(book)) == (0, 1)


def test_nothing_presses_in_a_record_without_a_ticket() -> None:
    book = a_book(files_of())

    assert (late_tickets(book), tickets_at_risk(book), promises_at_risk(book)) == (0, 0, 0)
    assert (damage(book), failed_checks(book)) == (0, 0)
