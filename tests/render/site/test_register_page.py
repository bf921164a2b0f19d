"""The register: its page, the pages of its months, and the rows that the browser reads."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from building.book import TICKET, WHOLE_LOG, a_book, files_of, pages
from building.contract import ASSETS, STAFF, a_ticket, another_asset, entry
from building.html import Reading, text_of
from building.site import HOSTILE, planned_ticket
from weibao.render.site.pages import tickets

if TYPE_CHECKING:
    import pytest

    from weibao.render.site.page import SitePage

TITLE = "title: 核心交换机 core-sw-01 主控板告警"


def rows_of(page: SitePage) -> list[list[Any]]:
    """The rows in the script of a month."""
    before, told = page.script.split(" = ", 1)
    assert before == f'(self.weibaoRegister ??= {{}})["{page.address.removeprefix("tickets/")}"]'
    found: list[list[Any]] = json.loads(told.rstrip().removesuffix(";"))
    return found


def options(page: SitePage, name: str) -> list[str]:
    """The values that a choice offers beside all."""
    (choice,) = re.findall(rf'<select name="{name}">(.*?)</select>', page.html, re.DOTALL)
    return [known.get("value", "") for tag, known in Reading(choice).tags if tag == "option"][1:]


def test_a_month_has_every_ticket_of_it_and_leads_to_the_months_beside_it() -> None:
    october, december = (
        a_ticket(
            f"T2026{month}05-0PEN22",
            reported_at=f"2026-{month}-05T09:00:00+08:00",
            log=[entry(f"2026-{month}-05T09:10:00+08:00", "opened", by="wang-lei")],
        )
        for month in ("10", "12")
    )
    book = a_book(
        files_of(october, a_ticket(log=WHOLE_LOG), planned_ticket(), december),
        as_of="2026-12-06T12:00:00+08:00",
    )
    found = pages(book)
    months = [address for address in found if address.startswith("tickets/2")]

    assert months == ["tickets/2026-12", "tickets/2026-11", "tickets/2026-10"]
    november = Reading(found["tickets/2026-11"].html).links()
    assert {f"{TICKET}.html", "T20261118-P1ANN3.html"} <= set(november)
    assert {"2026-10.html", "2026-12.html"} < set(november)
    december_links = Reading(found["tickets/2026-12"].html).links()
    assert ("2026-11.html" in december_links, "2026-10.html" in december_links) == (True, False)
    assert [row[0] for row in rows_of(found["tickets/2026-11"])] == [TICKET, "T20261118-P1ANN3"]


def test_the_page_has_the_latest_and_leads_to_all_by_month(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tickets, "LATEST", 1)
    older = a_ticket(
        "T20261005-0PEN22",
        reported_at="2026-10-05T09:00:00+08:00",
        log=[entry("2026-10-05T09:10:00+08:00", "opened", by="wang-lei")],
    )
    links = Reading(pages(a_book(files_of(a_ticket(log=WHOLE_LOG), older)))["tickets"].html).links()

    assert f"tickets/{TICKET}.html" in links
    assert "tickets/T20261005-0PEN22.html" not in links
    assert {"tickets/2026-11.html", "tickets/2026-10.html"} < set(links)


def test_a_hostile_title_is_data_in_the_script_and_words_on_the_pages() -> None:
    for title in HOSTILE:
        quoted = title.replace("'", "''")
        ticket = a_ticket(log=WHOLE_LOG).replace(TITLE, f"title: '{quoted}'")
        found = pages(a_book(files_of(ticket)))

        assert rows_of(found["tickets/2026-11"])[0][1] == title
        for address in ("tickets", "tickets/2026-11"):
            assert title in text_of(found[address].html)
            sources = [
                known["src"] for tag, known in Reading(found[address].html).tags if tag == "script"
            ]
            assert sources in ([], ["assets/weibao/register.js"])


def test_people_are_chosen_by_their_place_and_never_by_who_they_are() -> None:
    left = STAFF.replace(
        "roles: [{role: engineer, from: 2025-12-01}]\n    git: [li.qiang",
        "roles: [{role: engineer, from: 2025-12-01, to: 2026-11-21}]\n    git: [li.qiang",
    )
    assert left != STAFF
    found = pages(a_book(files_of(a_ticket(log=WHOLE_LOG), staff=left)))
    inside = pages(a_book(files_of(a_ticket(log=WHOLE_LOG), staff=left)), audience="internal")

    (place,) = options(found["tickets"], "owner")
    assert re.fullmatch(r"person-\d+", place)
    assert rows_of(found["tickets/2026-11"])[0][14] == place
    assert "li-qiang" not in found["tickets/2026-11"].script + found["tickets"].html
    assert options(inside["tickets"], "owner") == ["person-li-qiang"]


def test_all_equipment_may_be_chosen_also_what_no_ticket_names_and_what_is_gone() -> None:
    gone = a_ticket(log=WHOLE_LOG).replace("assets: [core-sw-01]", "assets: [old-sw-09]")
    book = a_book(files_of(gone, assets=ASSETS + another_asset("core-sw-02")))

    assert options(pages(book)["tickets"], "asset") == ["core-sw-01", "core-sw-02", "old-sw-09"]


def test_a_place_with_quotes_slashes_and_emoji_is_chosen_by_its_id() -> None:
    name = '苏州/\\"厂" <b>🏭</b>'
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    contract = re.sub(
        r"(suzhou-plant: \{name: \{zh: )[^,]+",
        lambda told: f'{told[1]}"{quoted}"',
        files_of()["records/contract.yaml"].decode(),
    )
    page = pages(a_book(files_of(a_ticket(log=WHOLE_LOG), contract=contract)))["tickets"]

    assert options(page, "site") == ["suzhou-plant"]
    assert name in text_of(page.html)
    assert "<b>" not in page.html


def test_equipment_services_and_sites_lead_to_their_tickets_in_the_register() -> None:
    found = pages(a_book())

    for address, asked in (
        ("equipment/core-sw-01", "asset=core-sw-01"),
        ("services/mes", "service=mes"),
        ("sites/suzhou-plant", "site=suzhou-plant"),
    ):
        assert f"../tickets.html#{asked}" in Reading(found[address].html).links()
