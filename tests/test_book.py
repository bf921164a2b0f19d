"""The next deadline: one answer, which every view of a Book gives, in one order."""

from __future__ import annotations

from building.book import a_book, files_of, pages
from building.contract import a_ticket, entry
from building.entries import moment
from building.html import text_of
from weibao.render.json import book as stable_json
from weibao.render.terminal.board import board_rows
from weibao.sla.provisional import next_on_claims
from weibao.sla.verdict import Outcome

AGAIN = "T20261120-7K3Q9M"
OPENED = entry("09:15", "opened", by="wang-lei")
LATELY_TOLD = a_ticket(
    AGAIN, log=(OPENED, entry("09:20", "acknowledged"), entry("12:00", "updated", note="在查"))
)
"""The first silence was too long, and is over; another runs, until 13:00."""

AS_OF = "2026-11-20T12:20:00+08:00"


def test_the_silence_that_runs_is_a_deadline_though_an_earlier_one_was_too_long() -> None:
    book = a_book(files_of(LATELY_TOLD), as_of=AS_OF)
    (settled,) = (one for one in book.verdicts_of(AGAIN) if one.target == "update")
    assert (settled.outcome, settled.misses) == (Outcome.BREACHED, 1)
    assert settled.stop is not None

    told = [
        (one.target, one.due)
        for one in (*book.due_next, *book.overdue)
        if one.target in {"update", "arrive"}
    ]
    assert told == [("update", moment("2026-11-20 13:00")), ("arrive", moment("2026-11-20 11:12"))]


def test_once_it_is_too_long_it_is_overdue_and_counted_once() -> None:
    book = a_book(files_of(LATELY_TOLD), as_of="2026-11-20T13:02:00+08:00")
    assert [one.due for one in book.overdue if one.target == "update"] == [
        moment("2026-11-20 13:00")
    ]
    first = a_ticket(AGAIN, log=(OPENED, entry("09:20", "acknowledged")))
    book = a_book(files_of(first), as_of="2026-11-20T13:02:00+08:00")
    assert len([one for one in book.overdue if one.target == "update"]) == 1


def test_every_view_names_the_same_next_deadline() -> None:
    log = (
        OPENED,
        *(entry("09:20", "acknowledged"), entry("09:30", "arrived")),
        *(entry("09:40", "restored", mode="on_site"), entry("12:00", "updated", note="在查")),
    )
    book = a_book(files_of(a_ticket(AGAIN, log=log)), as_of=AS_OF)
    due = moment("2026-11-20 13:00")
    (row,) = board_rows(book)
    assert row.deadline is not None
    assert (row.deadline.target, row.deadline.due) == ("update", due)
    assert row.deadline == book.next_deadline(AGAIN) == book.due_next[0]
    assert stable_json.status(book).open[0].next == stable_json.status(book).due_next[0]
    assert "进展通报 计时中 2026-11-20 13:00" in text_of(pages(book)["index"].html)

    ticket = book.records.tickets[AGAIN]
    claimed = next_on_claims(ticket, book.records, moment("2026-11-20 12:20"))
    assert claimed is not None
    assert (claimed.target, claimed.due) == ("update", moment("2026-11-20 13:00"))


def test_tickets_due_at_one_instant_stand_by_their_report_and_not_by_their_id() -> None:
    later, earlier = "T20261120-AAAAAA", "T20261120-ZZZZZZ"
    book = a_book(
        files_of(
            a_ticket(
                later,
                severity=1,
                reported_at="2026-11-20T10:42:00+08:00",
                log=[
                    entry("10:43", "opened", by="wang-lei"),
                ],
            ),
            a_ticket(
                earlier,
                severity=2,
                reported_at="2026-11-20T10:12:00+08:00",
                log=[
                    entry("10:13", "opened", by="wang-lei"),
                ],
            ),
        ),
        as_of="2026-11-20T10:50:00+08:00",
    )
    assert len({book.next_deadline(one.id).due for one in book.open_tickets}) == 1
    order = [one.id for one in book.open_by_urgency]
    assert order == [row.ticket.id for row in board_rows(book)] == [earlier, later]
    page = text_of(pages(book)["index"].html)
    assert page.index(earlier) < page.index(later)
