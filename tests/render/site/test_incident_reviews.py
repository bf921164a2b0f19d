"""Reviews, coded causes and drills where people look for them: a ticket's page and the contract's, and the terminal."""

from __future__ import annotations

from io import StringIO

import pytest
from rich.console import Console

from building.book import WHOLE_LOG, a_book, files_of, pages
from building.contract import CONTRACT, a_ticket, entry, ticket_path
from building.service_plan import CAUSES
from building.violations.causes import DRILL, EMERGENCY, drill, emergency
from weibao.language import language
from weibao.render.terminal import book as terminal

TICKET = "T20261120-7K3Q9M"
FINAL = entry(
    "16:00",
    "analysed",
    edition="final",
    trigger="主控板告警",
    root_cause="内存颗粒老化",
    business_effect="停产两小时",
    detected_at="2026-11-20T09:05:00+08:00",
    detected_by="monitoring",
)
FIRST = entry("12:30", "analysed", edition="preliminary", trigger="原因待查", internal="true")
LOG = [
    line.replace("更换主控板}", "更换主控板, cause_code: hardware, responsible: maker}")
    for line in (*WHOLE_LOG, FINAL, FIRST)
]
FILES = files_of(a_ticket(log=LOG), contract=CONTRACT + CAUSES)


@pytest.mark.parametrize("view", [terminal.ticket, terminal.explain])
def test_reviews_are_told_in_the_order_of_their_times_with_all_that_they_say(view: object) -> None:
    book = a_book(FILES)
    out = StringIO()
    shown = view(book, book.records.tickets[TICKET], language("en"))  # type: ignore[operator]
    Console(file=out, width=120).print(shown)
    told = out.getvalue()
    words = (
        "Cause by its code: Hardware failure",
        "Who answers for it: maker",
        "Edition: preliminary",
        "Edition: final",
        "Root cause: 内存颗粒老化",
        "Effect on business: 停产两小时",
        "Detected by: monitoring",
    )
    places = [told.index(word) for word in words]
    assert places == sorted(places)


def test_the_customer_reads_the_review_and_not_the_one_that_is_internal() -> None:
    book = a_book(FILES)
    address = f"tickets/{TICKET}"
    public = pages(book, "zh")[address].html
    inside = pages(book, "zh", "internal")[address].html
    assert "内存颗粒老化" in public
    assert "硬件故障" in public
    assert "原因待查" not in public
    assert "原因待查" in inside


def test_a_drill_shows_its_plan_and_the_contract_the_plan_with_its_last_drill() -> None:
    files = files_of(contract=CONTRACT + CAUSES) | {
        EMERGENCY: emergency().encode(),
        ticket_path(DRILL): drill("2026-11-17").encode(),
    }
    shown = pages(a_book(files), "en")
    page, contract = shown[f"tickets/{DRILL}"].html, shown["contract"].html
    assert "core-outage" in page
    assert "tabletop" in page
    assert "核心机房断电" in contract
    assert DRILL in contract
    assert "Hardware failure" in contract
