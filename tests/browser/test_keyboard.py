"""Five journeys by the keyboard alone: what each takes in keys, and that the eye can follow it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from building.book import AS_OF
from building.site import FAULT, OPEN
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Reader

PHONE = {"viewport": {"width": 390, "height": 844}}
MOST = 60
"""So many stops nobody goes through to get to one on a page."""

HERE = """() => {
  const one = document.activeElement;
  // The theme's switch of colours is an input that nobody sees, and its label is what shows where one is.
  const seen = one.matches(".md-option") ? one.nextElementSibling : one;
  const box = seen.getBoundingClientRect(), style = getComputedStyle(seen);
  return {
    way: one.getAttribute("href") ?? one.getAttribute("name") ?? "",
    inside: one.closest(".wb-page") !== null,
    seen: box.width > 0 && box.height > 0 && box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0,
    what: one.outerHTML.slice(0, 120),
  };
}"""


@dataclass
class Walk:
    """Somebody without a mouse: the keys that were pressed, and the stops that the eye could not find."""

    page: Page
    keys: int = 0
    unseen: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        """One key."""
        self.page.keyboard.press(key)
        self.keys += 1

    def type(self, words: str) -> None:
        """The keys of some words."""
        self.page.keyboard.type(words)
        self.keys += len(words)

    def to(self, way: str) -> None:
        """Tab on to what leads there, or is called that."""
        for _ in range(MOST):
            self.press("Tab")
            here = self.page.evaluate(HERE)
            if not (here["seen"] and here["marked"]):
                # A menu that slides in is there a moment later.
                self.page.wait_for_timeout(300)
                here = self.page.evaluate(HERE)
            if not (here["seen"] and here["marked"]):
                self.unseen.append(here["what"])
            if here["way"] == way:
                return
        message = f"nothing leads to {way} within {MOST} stops"
        raise AssertionError(message)

    def follow(self, way: str) -> None:
        """Tab to a link and go where it leads."""
        self.to(way)
        before = self.page.url
        self.press("Enter")
        self.page.wait_for_url(lambda url: url != before)
        self.page.wait_for_load_state()

    def skip(self) -> None:
        """By the first stop of every page to its content."""
        self.follow("#content")


NOW = parse_instant(AS_OF)


def walk(reader: Reader, address: str) -> Walk:
    """Set out from a page at the instant as of which it was made."""
    reader.page.clock.set_fixed_time(datetime.fromtimestamp(NOW, UTC))
    return Walk(reader.open(address))


def test_a_customer_looks_up_a_fault(reader: Reader) -> None:
    going = walk(reader, "index.html")
    going.follow("tickets.html")
    going.skip()
    going.to("text")
    going.type("7k3q9m")
    going.follow(f"tickets/{FAULT}.html")

    assert going.page.locator("h1").inner_text() == "核心交换机 core-sw-01 主控板告警"
    assert going.unseen == []
    assert going.keys <= 42


def test_the_project_manager_finds_what_will_breach(reader: Reader) -> None:
    going = walk(reader, "index.html")
    going.skip()
    going.follow(f"tickets/{OPEN}.html")
    going.skip()

    assert going.page.get_by_text("截止").first.is_visible()
    assert going.unseen == []
    assert going.keys <= 8


def test_an_auditor_goes_from_a_months_figure_to_its_commits(reader: Reader) -> None:
    going = walk(reader, "levels.html")
    going.skip()
    going.follow("levels/2026-11.html#s1-restore")
    going.follow(f"../tickets/{FAULT}-proof.html#restore-1")

    assert going.page.locator("#restore-1").is_visible()
    assert going.page.locator(".wb-commit").first.is_visible()
    assert going.unseen == []
    assert going.keys <= 40


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_an_engineer_finds_the_history_of_equipment_by_phone(reader: Reader) -> None:
    going = walk(reader, "index.html")
    going.follow("equipment.html")
    going.skip()
    going.follow("equipment/core-sw-01.html")
    going.skip()
    going.follow(f"../tickets/{FAULT}.html")

    assert going.page.locator("h1").inner_text() == "核心交换机 core-sw-01 主控板告警"
    assert going.unseen == []
    assert going.keys <= 45


def test_who_hears_the_page_is_told_of_a_new_state_and_stays_where_they_were(
    reader: Reader,
) -> None:
    going = walk(reader, "index.html")
    going.skip()
    going.to(f"tickets/{OPEN}.html")
    before = going.page.evaluate(HERE)
    heard = going.page.get_by_role("status").filter(
        has=going.page.locator(":scope[data-wb-heard-here]")
    )
    assert heard.inner_text() == ""

    going.page.clock.set_fixed_time(datetime.fromtimestamp(NOW + 27 * 3600, UTC))
    going.page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")

    assert heard.inner_text() == going.page.locator("h1").inner_text() == "现在的状况未知"
    assert going.page.evaluate(HERE)["way"] == before["way"]
