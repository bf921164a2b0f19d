"""The register of visits, the visits of a ticket, and levels as declared beside those agreed."""

from __future__ import annotations

from building.book import a_book, files_of, pages
from building.contract import a_ticket, entry
from building.html import text_of

OPENED = entry("09:15", "opened", by="wang-lei")
SENT = entry("09:40", "dispatched", by="wang-lei", to="li-qiang", with_="[zhao-min]")
LOWERED = entry("09:30", "severity_agreed", by="wang-lei", severity="2", consent_by="zhang-gong")
LOG = (
    OPENED,
    entry("09:20", "acknowledged"),
    LOWERED,
    SENT,
    entry("10:30", "arrived"),
    entry("12:00", "left"),
    entry("15:00", "arrived", by="zhao-min"),
)


def test_every_visit_stands_in_the_register_and_on_its_ticket() -> None:
    found = pages(a_book(files_of(a_ticket(log=LOG))))
    for page in (found["visits"], found["tickets/T20261120-7K3Q9M"]):
        words = " ".join(text_of(page.html).split())
        assert "工程师 A · 工程师 B" in words
        assert words.count("仍在场") == 1
        assert "2026-11-20 12:00" in words


def test_declared_and_agreed_levels_stand_beside_each_other() -> None:
    found = pages(a_book(files_of(a_ticket(log=LOG))))
    section = found["levels"].html.partition('id="declared"')[2].partition("<h2")[0]
    words = " ".join(text_of(section).split())
    assert "一级" in words
    assert "二级" in words
    assert "T20261120-7K3Q9M" in section
