"""A service behind a redundancy group: what is not counted is said, and only what is not counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.book import TICKET, WHOLE_LOG, a_book, a_page, files_of, pages
from building.contract import CONTRACT, GROUPED, TWO, a_ticket
from building.html import text_of
from weibao.render.site.pages.status import PAGE as STATUS
from weibao.report.service_file import service_file
from weibao.sla.condition import Borne

if TYPE_CHECKING:
    from weibao.report.book import Book

OTHER = "T20261120-0ABCDE"


def book_of(*tickets: str, contract: str = GROUPED) -> Book:
    return a_book(files_of(*tickets, contract=contract, assets=TWO))


def fault(ticket: str = TICKET, asset: str = "core-sw-01", severity: int = 1) -> str:
    text = a_ticket(ticket, severity=severity, log=WHOLE_LOG)
    return text.replace("assets: [core-sw-01]", f"assets: [{asset}]")


def borne(book: Book) -> tuple[tuple[Borne, ...], bool]:
    found = service_file(book, "mes")
    return found.borne, found.availability.share == 1


def test_what_a_group_bore_is_named_with_how_many_of_it_still_worked() -> None:
    assert borne(book_of(fault())) == ((Borne("core", (TICKET,), 1, 2, 1),), True)


def test_what_counts_is_not_said_to_count_for_nothing() -> None:
    assert borne(book_of(fault(), fault(OTHER, "core-sw-02"))) == ((), False)
    assert borne(book_of(fault(), contract=CONTRACT)) == ((), False)
    stated = fault().replace("log:", "impact: [{on: mes, state: outage}]\nlog:")
    assert borne(book_of(stated)) == ((), False)


def test_what_would_count_for_nothing_anyway_is_not_laid_to_a_group() -> None:
    assert borne(book_of(fault(severity=3))) == ((), True)


def test_the_page_of_the_service_and_the_home_page_say_it() -> None:
    book = book_of(fault(), fault(OTHER))
    page = pages(book, "en")["services/mes"].html
    part = page.partition('id="borne"')[2].partition("</div>")[0]
    told = text_of(f"<p{part}")
    assert "2 tickets took equipment of the redundancy group core out of work" in told
    assert "at worst 1 of its 2 still worked, and 1 must" in told
    assert all(f'href="../tickets/{ticket}.html"' in part for ticket in (TICKET, OTHER))
    home = a_page(book, STATUS)
    assert '<a href="services/mes.html#borne">2 张工单未计入：冗余承担了影响</a>' in home
    plain = book_of(fault(), contract=CONTRACT)
    assert "#borne" not in a_page(plain, STATUS)
    assert 'id="borne"' not in pages(plain, "en")["services/mes"].html
