"""At which instants a page that nobody publishes again must say something else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import a_book, files_of
from building.contract import CONTRACT, a_ticket, entry
from building.site import planned_ticket
from weibao.model.instant import parse_instant
from weibao.report.coming import ahead_of, coming_instants

if TYPE_CHECKING:
    from weibao.report.book import Book

DAY = 86400


def told(book: Book, until: str) -> list[str]:
    """The coming instants as times of the contract's zone."""
    instants = coming_instants(book, parse_instant(until))
    return [
        f"{(one + 8 * 3600) // 3600 % 24:02}:{one // 60 % 60:02}:{one % 60:02}" for one in instants
    ]


def outage(*log: str, severity: int = 1) -> str:
    """A ticket reported at 19:00, with a log."""
    opened = entry("2026-11-28T19:01:00+08:00", "opened", by="wang-lei")
    return a_ticket(
        "T20261128-0PEN22",
        severity=severity,
        reported_at="2026-11-28T19:00:00+08:00",
        log=[opened, *log],
    )


ANSWERED = entry("2026-11-28T19:05:00+08:00", "acknowledged")


def test_nothing_comes_where_nothing_is_open_and_the_day_is_young() -> None:
    book = a_book(files_of(), as_of="2026-11-28T19:10:00+08:00")

    assert told(book, "2026-11-28T23:00:00+08:00") == []


def test_a_promise_is_at_risk_due_and_a_second_later_past_and_an_outage_grows_by_the_hour() -> None:
    book = a_book(files_of(outage(ANSWERED)), as_of="2026-11-28T19:10:00+08:00")

    assert told(book, "2026-11-28T20:10:00+08:00") == [
        "19:50:00",  # three quarters of the hour within which the customer hears
        "20:00:00",  # one hour
        "20:05:00",
        "20:05:01",
    ]


def test_a_window_opens_and_ends() -> None:
    book = a_book(files_of(planned_ticket()), as_of="2026-11-28T21:00:00+08:00")
    edges = told(book, "2026-11-29T03:00:00+08:00")

    assert {"22:00:00", "22:00:01", "02:00:00", "02:00:01"} < set(edges)


def test_a_shift_ends_and_a_day_begins() -> None:
    book = a_book(files_of(), as_of="2026-11-28T21:00:00+08:00")

    assert {"00:00:00", "08:00:00"} <= set(told(book, "2026-11-29T08:00:00+08:00"))


def test_after_two_days_an_outage_grows_by_the_day() -> None:
    log = (ANSWERED, entry("2026-11-28T19:30:00+08:00", "arrived"))
    book = a_book(files_of(outage(*log)), as_of="2026-11-30T19:10:00+08:00")
    hours = [
        instant for instant in told(book, "2026-12-01T18:59:00+08:00") if instant != "19:00:00"
    ]

    assert "20:00:00" not in hours
    assert "19:00:00" in told(book, "2026-12-01T19:00:00+08:00")


def test_what_ends_is_told_from_sixty_days_before() -> None:
    assert "end: 2026-12-31" in CONTRACT
    book = a_book(files_of(), as_of="2026-11-01T12:00:00+08:00")

    assert "23:59:59" in told(book, "2026-11-02T00:00:00+08:00")


def test_what_waits_for_a_witness_is_unwitnessed_after_seven_days() -> None:
    book = a_book(files_of(outage(ANSWERED)), as_of="2026-12-05T18:00:00+08:00")

    assert "19:02:01" in told(book, "2026-12-05T19:03:00+08:00")


@pytest.mark.parametrize("seconds", [0, 3600])
def test_the_books_ahead_are_those_of_the_coming_instants(seconds: int) -> None:
    book = a_book(files_of(outage(ANSWERED)), as_of="2026-11-28T19:10:00+08:00")
    ahead = ahead_of(book, seconds)

    assert ahead.until == book.as_of + 2 * seconds
    assert tuple(one.as_of for one in ahead.books) == coming_instants(book, ahead.until)
