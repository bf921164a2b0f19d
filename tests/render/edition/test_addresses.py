from __future__ import annotations

import pytest

from weibao.render.edition.addresses import (
    AUDIT,
    STATUS,
    TICKETS,
    Addresses,
    rule_page,
    ticket_page,
)

TICKET = ticket_page("T20261120-7K3Q9M")


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        (STATUS, TICKETS, "tickets.html"),
        (TICKETS, STATUS, "index.html"),
        (STATUS, TICKET, "tickets/T20261120-7K3Q9M.html"),
        (TICKET, TICKETS, "../tickets.html"),
        (TICKET, rule_page("L101"), "../rules/L101.html"),
        (TICKET, TICKET, "T20261120-7K3Q9M.html"),
    ],
)
def test_pages_link_to_each_other_as_files_in_folders(here: str, there: str, link: str) -> None:
    assert Addresses("", directory_urls=False).link(here, there) == link


@pytest.mark.parametrize(
    ("here", "there", "link"),
    [
        (STATUS, TICKETS, "tickets/"),
        (TICKETS, STATUS, ".."),
        (TICKET, TICKETS, "../"),
        (TICKET, rule_page("L101"), "../../rules/L101/"),
    ],
)
def test_pages_link_to_each_other_as_folders(here: str, there: str, link: str) -> None:
    assert Addresses("", directory_urls=True).link(here, there) == link


def test_another_language_links_within_itself() -> None:
    english = Addresses("en/", directory_urls=False)

    assert english.source(TICKETS) == "en/tickets.md"
    assert english.link(TICKET, AUDIT, "grades") == "../audit.html#grades"


def test_a_page_of_one_language_links_to_the_same_page_of_another() -> None:
    chinese = Addresses("", directory_urls=False)
    english = Addresses("en/", directory_urls=False)

    assert chinese.link_from(english.url(TICKET), TICKET) == f"../../{TICKET}.html"
