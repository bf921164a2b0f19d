"""What stands on the board and how it reads, of a Book without git, at instants that the test sets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.book import a_book, files_of
from building.contract import a_ticket, entry
from building.entries import moment
from weibao.language import language
from weibao.render.terminal import board_text
from weibao.render.terminal.board import board_rows, judged_until, next_promise, outcome_at, past
from weibao.report.due.due import due
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.report.book import Book

GRAVE, MINOR, PAUSED, DONE = (
    "T20261120-7K3Q9M",
    "T20261120-M1N0R2",
    "T20261120-PA5SED",
    "T20261120-D0NE22",
)
OPENED = entry("09:15", "opened", by="wang-lei")
ANSWERED = (OPENED, entry("09:20", "acknowledged"))
SOLVED = entry("09:40", "resolved", mode="remote", cause="误配", action="改回")
AS_OF = "2026-11-20T10:00:00+08:00"
NOW = moment("2026-11-20 10:00")


def book(as_of: str = AS_OF) -> Book:
    """Four open tickets: answered ones of severity 1 and 3, a paused one, a resolved one."""
    tickets = (
        a_ticket(DONE, log=(*ANSWERED, SOLVED)),
        a_ticket(
            PAUSED, severity=2, log=(*ANSWERED, entry("09:30", "paused", reason="site_access"))
        ),
        a_ticket(MINOR, severity=3, log=ANSWERED),
        a_ticket(GRAVE, log=(*ANSWERED, entry("09:25", "assigned", to="li-qiang"))),
    )
    return a_book(files_of(*tickets), as_of=as_of)


def english() -> Language:
    return language("en")


def test_tickets_stand_by_harm_a_pause_or_not_and_what_is_resolved_last() -> None:
    rows = board_rows(book())
    assert [row.ticket.id for row in rows] == [GRAVE, PAUSED, MINOR, DONE]
    assert [row.deadline is None for row in rows] == [False, True, False, True]
    assert rows[0].deadline is not None
    assert rows[0].deadline.target == "update"


def test_between_two_books_the_clock_alone_decides_what_is_late() -> None:
    deadline = board_rows(book())[0].deadline
    assert deadline is not None
    assert deadline.due == moment("2026-11-20 10:25")
    assert outcome_at(deadline, deadline.due) is deadline.outcome
    assert outcome_at(deadline, deadline.due + 1) is Outcome.BREACHED


def test_a_book_holds_until_the_next_due_time() -> None:
    one = book()
    assert judged_until(one, due(one, NOW)) == moment("2026-11-20 10:25")
    assert judged_until(one, ()) is None


def test_what_is_past_and_which_promise_is_next_follow_the_clock() -> None:
    one = book()
    items = due(one, NOW)
    soon = next_promise(items, NOW)
    assert soon is not None
    assert (soon.record, soon.subject) == (GRAVE, ("update",))
    assert board_text.next_line(one, items, NOW, english()).plain == (
        "▸ Next: updates 7K3Q9M, 0:25:00 left"
    )
    assert [item.kind for item in past(items, NOW)] == ["owner", "owner"]
    later = moment("2026-11-20 10:26")
    assert [item.record for item in past(items, later) if item.kind == "update"] == [GRAVE]
    told = board_text.past_line(one, items, later, english()).plain
    assert "✗ updates 7K3Q9M 0:01:00" in told
    assert "! no owner PA5SED 1:14:00" in told


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0:00:00"),
        (3723, "1:02:03"),
        (-900, "−0:15:00"),
        (2 * 86400 - 1, "47:59:59"),
        (2 * 86400, "2 days"),
        (-3 * 86400 - 5000, "−3 days"),
    ],
)
def test_a_countdown_reads_at_a_glance(seconds: int, text: str) -> None:
    assert board_text.countdown(seconds, english()) == text


@given(st.integers(-(10**7), 10**7))
def test_a_countdown_is_never_wider_than_its_column(seconds: int) -> None:
    for code in ("zh", "en"):
        assert len(board_text.countdown(seconds, language(code))) <= 9


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_the_columns_leave_room_for_the_title(code: str, width: int) -> None:
    one, words = book(), language(code)
    columns = board_text.columns_for(width)
    assert columns[-1] == board_text.TITLE
    used = sum(
        1 + max(board_text.cell(one, row, column, NOW, words).cell_len for row in board_rows(one))
        for column in columns[:-1]
    )
    assert width - used >= 12


def test_every_state_has_its_mark() -> None:
    one = book("2026-11-20T10:26:00+08:00")
    now = one.as_of
    left = [board_text.cell(one, row, board_text.LEFT, now, english()) for row in board_rows(one)]
    assert left[0].plain == "✗ −0:01:00"
    assert (left[1].plain, left[3].plain) == ("– paused", "– resolved")


def test_the_chosen_ticket_is_told_in_full() -> None:
    one = book()
    rows = {row.ticket.id: row for row in board_rows(one)}
    told = board_text.details(one, rows[GRAVE], NOW, english()).plain
    assert f"{GRAVE} · fault · severity 1 · in progress · 李强" in told
    assert "next update (silent for 35 mins): due 11-20 10:25, 25 mins left" in told
    paused = board_text.details(one, rows[PAUSED], NOW, english()).plain
    assert "– the customer has heard nothing for 30 mins" in paused


def test_text_of_a_record_cannot_move_the_cursor() -> None:
    one = book()
    row = board_rows(one)[0]
    evil = replace(row, title="x\x1b[2J")
    told = board_text.cell(one, evil, board_text.TITLE, NOW, english()).plain
    assert told == "x\\x1b[2J"
    assert "\x1b" not in board_text.details(one, evil, NOW, english()).plain


def test_who_is_on_duty_is_a_line_and_nobody_is_told_as_such() -> None:
    assert board_text.duty_line(book(), english()).plain == (
        "On duty: service desk 王蕾 until 11-21 08:00 · engineer 李强 until 11-23 08:00"
    )
    before = a_book(files_of(), as_of="2025-11-30T10:00:00+08:00")
    assert board_text.duty_line(before, english()).plain == "Nobody is on duty."
    assert board_text.past_line(before, (), NOW, english()).plain == "Nothing is past due."
    assert board_text.next_line(before, (), NOW, english()).plain == "No promise is running."
