"""The next deadline: one answer, which every view of a Book gives, in one order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.book import a_book, files_of, pages
from building.contract import a_ticket, entry
from building.entries import moment
from building.html import text_of
from weibao.render.json import status as stable_json
from weibao.render.terminal.board import board_rows
from weibao.report.due.due import due, open_by_harm
from weibao.report.due.item import DueKind, Harm
from weibao.sla.provisional import next_on_claims
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from weibao.report.book import Book

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
        (item.subject[0], item.instant, item.harm)
        for item in due(book, book.as_of)
        if {"update", "arrive"} & set(item.subject)
    ]
    assert told == [
        ("arrive", moment("2026-11-20 11:12"), Harm.BROKEN),
        ("update", moment("2026-11-20 13:00"), Harm.COMING),
    ]


def test_once_it_is_too_long_it_is_overdue_and_counted_once() -> None:
    book = a_book(files_of(LATELY_TOLD), as_of="2026-11-20T13:02:00+08:00")
    assert silences(book) == [moment("2026-11-20 13:00")]
    first = a_ticket(AGAIN, log=(OPENED, entry("09:20", "acknowledged")))
    book = a_book(files_of(first), as_of="2026-11-20T13:02:00+08:00")
    assert len(silences(book)) == 1


def silences(book: Book) -> list[int]:
    items = due(book, book.as_of)
    return [i.instant for i in items if (i.kind, i.harm) == (DueKind.UPDATE, Harm.BROKEN)]


def test_every_view_names_the_same_next_deadline() -> None:
    log = (
        OPENED,
        *(entry("09:20", "acknowledged"), entry("09:30", "arrived")),
        *(entry("09:40", "restored", mode="on_site"), entry("12:00", "updated", note="在查")),
    )
    book = a_book(files_of(a_ticket(AGAIN, log=log)), as_of=AS_OF)
    soon = moment("2026-11-20 13:00")
    (row,) = board_rows(book)
    assert row.deadline is not None
    assert (row.deadline.target, row.deadline.due) == ("update", soon)
    items = due(book, book.as_of)
    first = next(item for item in items if item.harm is Harm.COMING)
    assert row.deadline == book.next_deadline(AGAIN) == first.promise
    status = stable_json.status(book, items)
    assert status.open[0].next == status.due_next[0]
    assert "进展通报 计时中 2026-11-20 13:00" in text_of(pages(book)["index"].html)

    ticket = book.records.tickets[AGAIN]
    claimed = next_on_claims(ticket, book.records, moment("2026-11-20 12:20"))
    assert claimed is not None
    assert (claimed.target, claimed.due) == ("update", moment("2026-11-20 13:00"))


def test_alike_tickets_due_at_one_instant_stand_by_their_report_and_not_by_their_id() -> None:
    later, earlier = "T20261120-AAAAAA", "T20261120-ZZZZZZ"
    book = a_book(
        files_of(
            a_ticket(
                later,
                severity=3,
                reported_at="2026-11-21T10:42:00+08:00",
                log=[
                    entry("2026-11-21T10:43:00+08:00", "opened", by="wang-lei"),
                ],
            ),
            a_ticket(
                earlier,
                severity=3,
                reported_at="2026-11-21T10:12:00+08:00",
                log=[
                    entry("2026-11-21T10:13:00+08:00", "opened", by="wang-lei"),
                ],
            ),
        ),
        as_of="2026-11-21T10:50:00+08:00",
    )
    assert len({book.next_deadline(one.id).due for one in book.open_tickets}) == 1
    order = [one.id for one in open_by_harm(book)]
    assert order == [row.ticket.id for row in board_rows(book)] == [earlier, later]
    page = text_of(pages(book)["index"].html)
    assert page.index(earlier) < page.index(later)
