from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.site import FAULT, HEBREW, KINDS, LONG, RTL

if TYPE_CHECKING:
    from conftest import Reader

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
MAGNIFIED = {"width": 320, "height": 700}
DESK = {"viewport": {"width": 1440, "height": 900}}
DARK = {"color_scheme": "dark"}

WORDY = tuple(
    f"en/{page}.html"
    for page in ("audit-findings", "calendar", "spares", "equipment/core-sw-01", "rules")
)
"""Pages with tables or marks whose English words take more room than the Chinese ones."""


@pytest.mark.parametrize("reader", [PHONE, DESK | DARK], indirect=True)
def test_no_page_scrolls_sideways_or_asks_another_host(reader: Reader) -> None:
    """Nor where a screen of 1280 pixels is magnified four times."""
    wide = []
    own = reader.page.viewport_size
    for kind in (*KINDS, *WORDY):
        page = reader.open(kind)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        for size in (own, MAGNIFIED):
            page.set_viewport_size(size)
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                wide.append((kind, size))
        page.set_viewport_size(own)
    assert wide == []


@pytest.mark.parametrize("unkind_reader", [PHONE], indirect=True)
def test_long_names_and_hebrew_leave_every_page_whole_on_a_phone(unkind_reader: Reader) -> None:
    wide = []
    for kind in (*KINDS, f"tickets/{LONG}.html", f"en/tickets/{LONG}.html"):
        page = unkind_reader.open(kind)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wide.append(kind)
    assert wide == []

    page = unkind_reader.open(f"tickets/{RTL}.html")
    title = page.locator("h1", has_text=HEBREW)
    assert title.evaluate("one => getComputedStyle(one).unicodeBidi") == "plaintext"
    assert page.locator(".wb-note", has_text=HEBREW).count() == 1


@pytest.mark.parametrize("reader", [PHONE, DESK], indirect=True)
def test_a_figure_chooses_its_rows_on_its_own_page_too_and_shows_them_below_the_header(
    reader: Reader,
) -> None:
    """From one figure to the next, each alone, and back; what is chosen comes into sight."""
    page = reader.open("audit-clauses.html#state=fails")
    shown = page.locator("#clause-table tbody tr:not([hidden])")
    asked = page.locator("select[name=state]")
    failing = page.locator("#clause-table tbody tr[data-state=fails]").count()
    holding = page.locator("#clause-table tbody tr[data-state=holds]").count()
    assert 0 < failing != holding > 0
    assert shown.count() == failing
    page.locator("a.wb-value[href$='#state=holds']").first.click()
    page.wait_for_function("document.querySelector('select[name=state]').value === 'holds'")
    assert shown.count() == holding
    hidden = "one => one.getBoundingClientRect().top < document.querySelector('header.md-header').getBoundingClientRect().bottom"
    assert not page.locator("form[data-wb-filter]").evaluate(hidden)
    page.go_back()
    page.wait_for_function("document.querySelector('select[name=state]').value === 'fails'")
    assert shown.count() == failing
    assert asked.input_value() == "fails"


@pytest.mark.parametrize("reader", [PHONE, DESK], indirect=True)
def test_the_clauses_are_filtered_by_their_state(reader: Reader) -> None:
    page = reader.open("audit-clauses.html")
    shown = "rows => rows.map(row => row.dataset.row)"
    failing = page.locator("#clause-table tbody tr[data-state=fails]").evaluate_all(shown)
    page.locator(".wb-filter select[name=state]").select_option(label="不符合")

    rows = page.locator("#clause-table tbody tr:visible")
    assert 0 < len(failing) < 40
    assert rows.evaluate_all(shown) == failing


def test_the_address_of_a_clause_opens_it(reader: Reader) -> None:
    page = reader.open("audit-clauses.html#row-13")

    assert page.locator("#row-13").get_attribute("open") == ""
    assert page.locator("#row-13").get_by_text("staff.yaml 中的证书").is_visible()
    assert page.locator("#row-14").get_attribute("open") is None


def test_dark_mode_is_switched_and_kept(reader: Reader) -> None:
    page = reader.open("index.html")

    def background() -> str:
        return page.evaluate("getComputedStyle(document.body).backgroundColor")

    light = background()
    page.locator("label[title='切换到深色']").click()
    dark = background()
    page.reload()

    assert light == "rgb(255, 255, 255)"
    assert dark == "rgb(23, 27, 31)"
    assert background() == dark


def test_the_language_is_switched_on_the_same_page(reader: Reader) -> None:
    page = reader.open(f"tickets/{FAULT}.html")

    page.get_by_role("link", name="English").click()
    page.wait_for_load_state()

    assert page.url.endswith(f"/en/tickets/{FAULT}.html")
    assert page.get_by_role("heading", name="Timeline").is_visible()
    assert page.locator(".md-tabs__item--active").inner_text().strip() == "Tickets"


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_a_phone_reaches_every_section_from_the_menu(reader: Reader) -> None:
    page = reader.open(f"tickets/{FAULT}.html")

    page.locator("label.md-header__button[for=__drawer]").click()
    page.get_by_role("link", name="备件", exact=True).click()
    page.wait_for_load_state()

    assert page.url.endswith("/spares.html")


def test_the_first_stop_of_the_keyboard_skips_to_the_content(reader: Reader) -> None:
    page = reader.open("index.html")

    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.getAttribute('href')") == "#content"
    assert page.locator("#content h1").count() == 1


CONTRAST = """selector => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(one => one / 255)
    .map(one => one <= .03928 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4)
    .reduce((sum, one, index) => sum + one * [.2126, .7152, .0722][index], 0);
  const ratio = element => {
    let behind = null, seen = 1;
    for (let one = element; one; one = one.parentElement) {
      const style = getComputedStyle(one), ground = parts(style.backgroundColor);
      if (!behind && (ground[3] ?? 1) > 0) behind = ground;
      if (!behind) seen *= Number(style.opacity);
    }
    behind ??= [255, 255, 255];
    const front = parts(getComputedStyle(element).color).slice(0, 3).map((one, index) => one * seen + behind[index] * (1 - seen));
    const [low, high] = [light(front), light(behind)].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
  };
  return [...document.querySelectorAll(selector)].filter(one => one.textContent.trim()).map(ratio);
}"""


@pytest.mark.parametrize("reader", [{}, DARK], indirect=True)
def test_quiet_words_and_the_links_of_the_banner_can_be_read(reader: Reader) -> None:
    for kind in ("index.html", "levels.html", f"tickets/{FAULT}.html", "contract.html"):
        found = reader.open(kind).evaluate(
            CONTRAST, ".wb-muted, .wb-answer p, .wb-answer a, .wb-page small"
        )
        assert found != []
        assert min(found) >= 4.5, kind


def test_no_word_of_the_register_is_broken(reader: Reader) -> None:
    page = reader.open("en/tickets.html")
    broken = page.evaluate(
        """[...document.querySelectorAll('#register td[data-label]')].filter(cell => {
          const range = document.createRange();
          const text = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT).nextNode();
          if (!text || /\\s/.test(text.data.trim())) return false;
          range.selectNodeContents(text);
          return range.getClientRects().length > 1;
        }).map(cell => cell.textContent)"""
    )
    assert broken == []


def test_a_page_that_is_not_translated_says_that_the_switch_leads_to_the_start(
    reader: Reader,
) -> None:
    translated = reader.open("handbook.html").get_by_role("link", name="English", exact=True)
    assert translated.get_attribute("href") == "handbook.en.html"

    start = reader.open("alone.html").get_by_role("link", name="English (start page)")
    assert start.get_attribute("href") == "en/index.html"


def test_paper_gets_the_whole_page_without_controls(reader: Reader) -> None:
    page = reader.open("levels.html")
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    assert page.locator("details:not([open])").count() == 0
    assert not page.locator(".md-tabs").is_visible()
    assert page.locator(".wb-strip").is_visible()

    page = reader.open("equipment/core-sw-01.html")
    page.emulate_media(media="print")
    breaks = "found => new Set(found.map(own => getComputedStyle(own).breakInside)).size === 1 && getComputedStyle(found[0]).breakInside"
    assert page.locator(".wb-page details").evaluate_all(breaks) == "auto", "no half-empty sheet"
    assert page.locator(".wb-page tr").evaluate_all(breaks) == "avoid"
    page.emulate_media(media="screen")


@pytest.mark.parametrize("reader", [PHONE, DESK], indirect=True)
def test_the_shares_of_promises_kept_are_legible_in_their_chart(reader: Reader) -> None:
    page = reader.open("index.html")
    sizes = page.locator(".wb-shares text").evaluate_all(
        """found => found.map(own => parseFloat(getComputedStyle(own).fontSize) * own.getScreenCTM().a)"""
    )
    assert min(sizes) >= 11
    told = page.locator(".wb-shares .wb-told")
    assert told.count() == 12
    assert all(told.nth(month).is_visible() for month in range(12))


def test_every_control_has_a_name_and_every_image_words(reader: Reader) -> None:
    for kind in KINDS:
        page = reader.open(kind)
        nameless = page.evaluate(
            """[...document.querySelectorAll('.wb-page a, .wb-page button, .wb-page svg[role=img]')]
            .filter(one => !(one.textContent.trim() || one.getAttribute('aria-label')))
            .map(one => one.outerHTML)"""
        )
        assert nameless == []


def test_the_tables_of_the_audit_are_sorted_and_filtered(reader: Reader) -> None:
    page = reader.open("audit-evidence.html")
    heading = page.locator("#events-table").get_by_role("columnheader", name="条数")
    heading.get_by_role("button").click()
    heading.get_by_role("button").click()
    counts = page.locator("#events-table tbody tr").evaluate_all(
        "rows => rows.map(row => Number(row.dataset.entries))"
    )
    assert counts == sorted(counts, reverse=True)
    assert len(set(counts)) > 1

    page = reader.open("audit-configuration.html")
    page.locator(".wb-filter select[name=path]").select_option("records/contract.yaml")
    assert page.locator("#changes tbody tr:visible").count() == 1

    page = reader.open("audit-findings.html")
    page.locator(".wb-filter select[name=family]").select_option("S")
    codes = page.locator("#all-findings tbody tr:visible").evaluate_all(
        "rows => rows.map(row => row.dataset.code[0])"
    )
    assert set(codes) == {"S"}
