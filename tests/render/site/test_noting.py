"""Noting on a phone: what a page of an open ticket and of equipment offers, by the forge of the contract."""

from __future__ import annotations

import re

import pytest

from building.book import FORGE as URL
from building.book import GOING_ON, TICKET, WHOLE_LOG, a_book, at_forge, files_of, pages
from building.contract import a_ticket
from building.html import text_of
from weibao.language import language
from weibao.render.edition.addresses import Addresses
from weibao.render.edition.voice import voice_of
from weibao.render.site.labels import SHEETS, label_sheets

PAGE = f"tickets/{TICKET}"


@pytest.mark.parametrize(
    ("kind", "action", "field", "edit"),
    [
        ("github", f"{URL}/issues/new", "ticket", f"{URL}/edit/main/records/tickets/"),
        ("gitea", f"{URL}/issues/new", "field:ticket", f"{URL}/_edit/main/records/tickets/"),
        ("gitlab", "", "", f"{URL}/-/edit/main/records/tickets/"),
        ("gitee", "", "", ""),
    ],
)
def test_a_forge_is_handed_what_it_takes(kind: str, action: str, field: str, edit: str) -> None:
    html = pages(a_book(at_forge(kind)), "en")[PAGE].html
    form = re.search(r'<form class="wb-noting__form"[^>]*>', html)
    assert form is not None
    assert (f'action="{action}"' in form[0]) == bool(action)
    assert (f'name="{field}" value="{TICKET}"' in html) == bool(field)
    assert ('value="到场 (arrived)"' in html) == bool(field)
    assert f'data-wb-edit="{edit or chr(34)}' in html
    assert ("weibao-step.yml" in html) == (kind in {"github", "gitea"})
    assert (f'data-wb-issue="{URL}/-/issues/new"' in html) == (kind == "gitlab")


def test_an_issue_form_is_offered_for_the_steps_that_it_asks_all_of() -> None:
    html = pages(a_book(at_forge("github")), "en")[PAGE].html
    forms = {
        step: "weibao-step.yml" in html.partition(f'id="record-{step}"')[2].partition("</form>")[0]
        for step in ("arrived", "resolved", "paused", "part_requested")
    }
    assert forms == {"arrived": True, "resolved": True, "paused": False, "part_requested": False}
    assert 'value="现场 (on_site)" data-wb-word="on_site"' in html


def test_only_what_may_follow_is_offered() -> None:
    html = pages(a_book(GOING_ON), "en")[PAGE].html
    assert 'id="record-arrived"' in html
    done = pages(a_book(files_of(a_ticket(log=WHOLE_LOG))), "en")[PAGE].html
    assert 'id="record-arrived"' not in done


def test_the_page_of_equipment_leads_to_the_steps_of_its_tickets_and_opens_a_new_one() -> None:
    html = pages(a_book(at_forge("github")), "en")["equipment/core-sw-01"].html
    assert f'href="../tickets/{TICKET}.html#record-arrived"' in html
    assert 'id="record-opened"' in html
    assert f'data-wb-new="{URL}/new/main"' in html
    assert "guards against slips and proves no author" in text_of(html)


def test_a_label_says_name_and_place_and_no_serial_number() -> None:
    book = a_book(GOING_ON)
    asset = book.records.assets["core-sw-01"]
    site = "https://ops.example/contract"
    voices = [
        voice_of(book, language(code), Addresses("", directory_urls=False, site=site), "customer")
        for code in ("zh", "en")
    ]
    html = label_sheets([asset], voices, SHEETS["70x37"], 2)
    assert "核心交换机 1" in html
    assert "core-sw-01" in html
    assert asset.serial
    assert asset.serial not in html
    assert html.count("<div></div>") == 2
    assert html.count("<svg") == 1
