"""Lengths of time on a promise's clock, alike in every view."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from rich.console import Console

from building.book import TICKET, a_book, files_of, pages
from building.contract import a_ticket, entry
from building.html import text_of
from weibao.language import language
from weibao.render.terminal import book as terminal
from weibao.render.words.explain import story
from weibao.render.words.lengths import counted, overrun_told

if TYPE_CHECKING:
    from weibao.report.book import Book
    from weibao.sla.verdict import Verdict

OPENED = (entry("2026-11-20T09:15:00+08:00", "opened", by="wang-lei"),)
AFTER_HOURS = "2026-11-23T22:15:00+08:00"
"""A quarter past ten at night, after the last working day that the arrival was promised within."""


def open_overnight() -> tuple[Book, Verdict]:
    """A minor fault of a Friday morning that nobody has come for, and the verdict on the arrival."""
    log = (*OPENED, entry("2026-11-20T09:20:00+08:00", "acknowledged"))
    book = a_book(files_of(a_ticket(severity=3, log=log)), as_of=AFTER_HOURS)
    (arrival,) = (one for one in book.verdicts if one.target == "arrive")
    return book, arrival


@pytest.mark.parametrize(
    ("seconds", "english", "chinese"),
    [
        (0, "0 working hours", "工作时间0小时"),
        (59, "59 working seconds", "工作时间59秒"),
        (60, "1 working minute", "工作时间1分钟"),
        (3600, "1 working hour", "工作时间1小时"),
        (53 * 3600, "53 working hours", "工作时间53小时"),
        (-(30 * 3600 + 40 * 60 + 5), "30 working hours 40 mins", "工作时间30小时40分钟"),
    ],
)
def test_working_time_is_in_hours_however_long(seconds: int, english: str, chinese: str) -> None:
    assert counted(seconds, "workdays", language("en")) == english
    assert counted(seconds, "workdays", language("zh")) == chinese


def test_a_clock_that_always_runs_has_days() -> None:
    assert counted(53 * 3600, "always", language("en")) == "2 days 5 hrs"


def test_a_promise_overdue_outside_working_hours_is_over_by_the_clock_on_the_wall() -> None:
    _, arrival = open_overnight()

    assert arrival.margin_seconds == 0
    assert overrun_told(arrival, language("en")) == "4 hrs 15 mins, of which 0 working hours"
    assert overrun_told(arrival, language("zh")) == "4小时15分钟，其中工作时间0小时"


def test_a_promise_missed_within_working_hours_has_one_length() -> None:
    book = a_book(files_of(a_ticket(severity=3, log=OPENED)), as_of="2026-11-20T14:00:00+08:00")
    (respond,) = (one for one in book.verdicts if one.target == "respond")

    assert overrun_told(respond, language("en")) == "2 working hours 48 mins"


def test_a_promise_that_was_kept_is_over_by_nothing() -> None:
    book, _ = open_overnight()
    (respond,) = (one for one in book.verdicts if one.target == "respond")

    assert overrun_told(respond, language("en")) == ""


def test_no_view_says_that_a_breach_has_time_to_spare() -> None:
    book, arrival = open_overnight()
    english = language("en")
    (told,) = (
        one
        for one in story(book, book.records.tickets[TICKET], english)
        if one.heading == "arrival"
    )
    with (console := Console(width=120)).capture() as capture:
        console.print(terminal.verdicts(book, [arrival], english))
    card = text_of(pages(book, "en")[f"tickets/{TICKET}"].html)
    levels = text_of(pages(book, "en")["levels"].html)

    over = "4 hrs 15 mins, of which 0 working hours"
    assert any(f"Past the due time by {over}." in one for one in told.sentences)
    assert not any("to spare" in one for one in told.sentences)
    assert "−4 hrs 15 mins" in capture.get()
    assert "(0 working hours)" in capture.get()
    assert f"over by {over}" in card
    assert f"{over} still not reached" in levels
