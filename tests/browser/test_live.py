"""What follows the reader's clock, in a browser whose clock is set."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from building.book import AS_OF
from building.site import OPEN
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Reader

NOW = parse_instant(AS_OF)
HOUR, DAY = 3600, 86400
PHONE = {"viewport": {"width": 390, "height": 844}}

EMBEDDED = """() => {
  const text = (node) => node.textContent.replace(/\\s+/g, " ").trim();
  return [...document.querySelectorAll("[data-wb-live]")].map((part) => [
    [0, text(part.firstElementChild)],
    ...[...part.querySelectorAll("template")].map((one) => [Number(one.dataset.wbAt), text(one.content)]),
  ]);
}"""
SHOWN = """() => [...document.querySelectorAll("[data-wb-live]")].map(
  (part) => part.firstElementChild.textContent.replace(/\\s+/g, " ").trim())"""
HEARD = "document.querySelector('[role=status][data-wb-heard-here]').textContent"


def set_clock(page: Page, instant: int) -> None:
    """Give the reader's clock a time."""
    page.clock.set_fixed_time(datetime.fromtimestamp(instant, UTC))


def look(page: Page, instant: int) -> list[str]:
    """What a tab shows that is looked at again at an instant."""
    set_clock(page, instant)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    shown: list[str] = page.evaluate(SHOWN)
    return shown


def test_at_every_instant_the_edition_that_has_come_is_shown(reader: Reader) -> None:
    set_clock(reader.page, NOW)
    page = reader.open("index.html")
    parts = page.evaluate(EMBEDDED)
    coming = sorted({at for part in parts for at, _ in part if at})
    stale = NOW + 4 * HOUR + 1

    assert len(coming) > 4
    assert coming[-1] == stale
    around = [at + away for at in coming for away in (-1, 0)]
    # The clock goes forward, back before the page was made, and a day and a quarter of a year ahead.
    for instant in (*around, NOW - 60, NOW + DAY, NOW, NOW + 91 * DAY):
        expected = [[text for at, text in part if at <= instant][-1] for part in parts]
        assert look(page, instant) == expected, instant - NOW


def test_a_stale_page_says_so_and_tells_no_state(reader: Reader) -> None:
    set_clock(reader.page, NOW + 27 * HOUR)
    page = reader.open("index.html")

    line = page.locator(".wb-asof")
    assert line.inner_text().startswith("内容截至 2026-11-23 12:00，已 1 天 3 小时未更新。")
    assert page.locator("h1").inner_text() == "现在的状况未知"
    words = page.locator("[data-wb-live] .wb-condition").all_inner_texts()
    assert set(words) == {"未知"}
    assert page.locator("[data-wb-live] .wb-chip, [data-wb-live] .wb-state").count() == 0
    assert "grayscale" in page.evaluate(
        "getComputedStyle(document.querySelector('[data-wb-live]')).filter"
    )
    look(page, NOW + 91 * DAY)
    assert "已 91 天 0 小时未更新" in line.inner_text()
    look(page, NOW)
    assert line.inner_text() == "数据截至 2026-11-23 12:00"


def test_a_tab_that_slept_is_true_again_within_its_next_minute(reader: Reader) -> None:
    reader.page.clock.install(time=datetime.fromtimestamp(NOW + 60, UTC))
    page = reader.open("index.html")
    assert page.locator("h1").inner_text() != "现在的状况未知"

    page.clock.fast_forward(5 * HOUR * 1000)

    assert page.locator("h1").inner_text() == "现在的状况未知"


def test_who_hears_the_page_is_told_of_changed_states_and_not_of_minutes(reader: Reader) -> None:
    set_clock(reader.page, NOW)
    page = reader.open("index.html")
    moods = page.evaluate(
        """() => [...document.querySelectorAll("[data-wb-live]")[0].querySelectorAll("template")].map(
          (one) => [Number(one.dataset.wbAt), one.content.querySelector("[data-wb-of]").dataset.wbState])"""
    )
    before = page.locator("[data-wb-of=headline]").get_attribute("data-wb-state")
    first = next(at for at, mood in moods if mood != before)

    assert page.evaluate(HEARD) == ""
    look(page, first - 1)
    assert page.evaluate(HEARD) == ""
    look(page, first)
    assert page.evaluate(HEARD) == page.locator("h1").inner_text()


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_the_page_is_that_of_its_own_instant(reader: Reader) -> None:
    page = reader.open("index.html")

    assert page.locator(".wb-asof").inner_text() == "数据截至 2026-11-23 12:00"
    assert page.locator("h1").count() == 1
    assert not page.get_by_text("现在的状况未知").is_visible()


def test_the_pages_of_tickets_grow_stale_as_well(reader: Reader) -> None:
    set_clock(reader.page, NOW + 3 * HOUR)
    for address in ("tickets.html", f"tickets/{OPEN}.html", "inspections.html"):
        page = reader.open(address)
        assert page.locator(".wb-asof").inner_text() == "数据截至 2026-11-23 12:00"
        look(page, NOW + 5 * HOUR)
        assert "已 5 小时未更新" in page.locator(".wb-asof").inner_text()
        assert page.locator(".wb-page.wb-stale").count() == 1
        told = set(page.locator(".wb-doubt").all_inner_texts())
        assert told == {"未知 当时："}, address
        look(page, NOW + 3 * HOUR)
        assert page.locator(".wb-doubt").count() == 0
        set_clock(page, NOW + 3 * HOUR)


def test_every_page_that_tells_what_is_now_says_of_when_it_is(reader: Reader) -> None:
    set_clock(reader.page, NOW + 91 * DAY)
    for address in ("levels", "spares", "audit", "audit-findings", "audit-evidence", "contract"):
        page = reader.open(f"{address}.html")
        assert "已 91 天 0 小时未更新" in page.locator(".wb-asof").inner_text(), address
    page = reader.open("index.html")
    heights = page.evaluate(
        "[...document.querySelectorAll('.wb-icon')].map((icon) => icon.clientHeight)"
    )
    assert 10 <= min(heights) <= max(heights) <= 60
    for heading in ("figures", "year", "availability"):
        lead = page.locator(f"#{heading} + .wb-lead").inner_text()
        assert lead.startswith("截至 2026-11-23 12:00；其后的变化不在内。")


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_a_link_keeps_the_focus_where_its_part_is_told_anew(reader: Reader) -> None:
    set_clock(reader.page, NOW)
    page = reader.open("index.html")
    link = page.locator("[data-wb-live] .wb-table a").first
    link.focus()
    href = link.get_attribute("href")

    look(page, NOW + DAY)

    assert page.evaluate("document.activeElement.getAttribute('href')") == href
