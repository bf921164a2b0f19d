from __future__ import annotations

import re
from dataclasses import replace

import pytest

from building.book import WHOLE_LOG, a_book, a_voice, files_of, pages
from building.contract import a_ticket
from building.html import text_of
from weibao.model.events import BY_NAME
from weibao.render.site.all_pages import FIXED, NAVIGATION, OF_RECORDS, made
from weibao.render.site.icons import icon
from weibao.render.site.page import slim
from weibao.report.audit.audit import audit_of


def test_the_navigation_comes_first_and_in_its_order() -> None:
    addresses = list(pages(a_book()))
    known = ["index", "tickets", "levels", "inspections", "people", "spares", "audit", "contract"]

    assert [address for address in NAVIGATION if address in known] == known
    assert tuple(addresses[: len(NAVIGATION)]) == NAVIGATION


def test_a_page_belongs_to_its_section_and_one_of_the_navigation_to_itself() -> None:
    sections = {address: page.section for address, page in pages(a_book()).items()}

    assert {address: sections[address] for address in NAVIGATION} == dict(
        zip(NAVIGATION, NAVIGATION, strict=True)
    )
    assert sections["audit-clauses"] == "audit"
    assert (sections["rules/L101"], sections["rules"]) == ("rules", "audit")
    assert sections["tickets/T20261120-7K3Q9M"] == "tickets"


@pytest.mark.parametrize("kept", ["customer", "internal"])
def test_a_page_that_is_internal_is_not_in_the_customers_site(kept: str) -> None:
    book = a_book(files_of(a_ticket()))
    fixed = [replace(page, audience=kept) for page in FIXED]
    of_records = [replace(page, audience=kept) for page in OF_RECORDS]

    published = list(made(fixed, of_records, a_voice(book), audit_of(book)))
    inside = list(made(fixed, of_records, a_voice(book, audience="internal"), audit_of(book)))

    assert bool(published) is (kept == "customer")
    assert {page.address for page in inside} == set(pages(book, audience="internal"))


def test_an_icon_that_comes_again_is_drawn_once_and_what_is_told_letter_by_letter_is_kept() -> None:
    check, alert = icon("check-circle"), icon("alert")
    html = slim(f"<p>{check}</p>\n   \n  <p>{check}{alert}</p>\n<pre>a>\n\n  <b</pre>")

    assert html.count("<path") == 2
    assert html.count('<use href="#wb-i0"/>') == 2
    assert html.endswith(f"{alert}</p>\n<pre>a>\n\n  <b</pre>")
    assert slim(f"<p>{check}</p>") == f"<p>{check}</p>"


TYPED = re.compile("<pre.*?</pre>|<code>[^<]* [^<]*</code>", re.DOTALL)
"""What is to be typed letter by letter: lines of a file, and commands."""


def test_no_page_in_chinese_calls_an_event_by_its_name_in_the_files() -> None:
    names = "|".join(sorted({name for events in BY_NAME.values() for name in events}))
    named = re.compile(rf"(?<![\w-])({names})(?![\w-])")
    made_of = pages(a_book(files_of(a_ticket(log=WHOLE_LOG))))
    told = {key: named.findall(text_of(TYPED.sub("", page.html))) for key, page in made_of.items()}

    assert {key: found for key, found in told.items() if found} == {}
    assert "由服务台或项目经理所做的“分派”条目" in text_of(made_of["audit-clauses"].html)
