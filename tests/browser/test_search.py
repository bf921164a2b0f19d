from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from building.site import FAULT, HARM, HOSTILE

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

    from conftest import Reader


def search(reader: Reader, address: str, words: str) -> list[tuple[str, str]]:
    """The address within the site and the text of the first ten pages that the search finds."""
    page = reader.open(address)
    page.locator("input.md-search__input").click()
    invitation = page.get_by_text("Type to start searching").or_(page.get_by_text("键入以开始搜索"))
    invitation.wait_for(timeout=10000)
    page.locator("input.md-search__input").fill(words)
    invitation.wait_for(state="detached", timeout=10000)
    found = []
    for one in page.locator(".md-search-result__item").all():
        link = one.locator("a").first.get_attribute("href") or ""
        address = link.removeprefix(f"{reader.base}/").split("?")[0].split("#")[0]
        found.append((address, one.inner_text()))
    return found


def pages(found: list[tuple[str, str]]) -> list[str]:
    """The addresses alone."""
    return [address for address, _ in found]


@pytest.mark.parametrize("word", ["主控板", "风扇", "使用手册", "核心交换机"])
def test_a_chinese_site_is_searched_in_chinese(reader: Reader, word: str) -> None:
    found = search(reader, "index.html", word)

    assert found != []
    assert all(word in text for _, text in found)


@pytest.mark.parametrize("word", ["promises", "Handbook"])
@pytest.mark.parametrize("start", ["index.html", "en/index.html"])
def test_a_chinese_site_is_searched_in_english(reader: Reader, start: str, word: str) -> None:
    found = search(reader, start, word)

    assert any(address.startswith("en/") or ".en." in address for address in pages(found))
    assert all(word.lower() in text.lower() for _, text in found)


@pytest.mark.parametrize("start", ["index.html", "zh/index.html"])
@pytest.mark.parametrize("word", ["主控板", "超时", "breached", "promises"])
def test_an_english_site_is_searched_in_both_languages(
    english_reader: Reader, start: str, word: str
) -> None:
    found = search(english_reader, start, word)

    assert found != []
    assert all(word in text.lower() for _, text in found)


def test_a_page_is_found_once_in_the_language_that_is_read(reader: Reader) -> None:
    chinese, english = f"tickets/{FAULT}.html", f"en/tickets/{FAULT}.html"

    assert [one for one in pages(search(reader, "index.html", FAULT)) if FAULT in one] == [chinese]
    assert [one for one in pages(search(reader, "en/index.html", FAULT)) if FAULT in one] == [
        english
    ]


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("core-sw-01", "equipment/core-sw-01.html"),
        ("CORE SW 01", "equipment/core-sw-01.html"),
        ("核心交换机1", "equipment/core-sw-01.html"),
        ("主控板coresw01", "equipment/core-sw-01.html"),
        ("t20261120-7k3q9m", f"tickets/{FAULT}.html"),
        ("t202611207k3q9m主控板", f"tickets/{FAULT}.html"),
        ("端口错包", f"tickets/{HARM}.html"),
    ],
)
def test_what_is_named_comes_first_however_it_is_written(
    reader: Reader, words: str, first: str
) -> None:
    assert pages(search(reader, "index.html", words))[0] == first


def test_the_tickets_page_is_found_by_its_name(reader: Reader) -> None:
    assert "en/tickets.html" in pages(search(reader, "en/index.html", "tickets"))[:3]


def test_words_that_stand_nowhere_find_nothing(reader: Reader) -> None:
    assert search(reader, "index.html", "不存在的词语") == []
    assert search(reader, "en/index.html", "nonesuch") == []


def test_words_written_together_are_found_where_they_stand_apart(reader: Reader) -> None:
    found = search(reader, "index.html", "风扇主控板")

    assert all("风扇" in text and "主控板" in text for _, text in found)
    assert search(reader, "index.html", "主控板告警") != []


def test_all_words_must_be_on_the_page(reader: Reader) -> None:
    assert f"tickets/{HARM}.html" in pages(search(reader, "index.html", "端口 错包"))
    assert f"tickets/{HARM}.html" not in pages(search(reader, "index.html", "错包 风扇"))


def test_cells_of_a_table_are_words_apart(reader: Reader) -> None:
    found = dict(search(reader, "index.html", "最低"))

    assert "最低 1 " in found["spares.html"] + " "


def test_hostile_text_is_shown_in_the_results_as_it_is(reader: Reader) -> None:
    found = dict(search(reader, "index.html", "端口错包"))

    assert HOSTILE[0] in found[f"tickets/{HARM}.html"]
    assert reader.page.locator(".md-search-result script, .md-search-result img").count() == 0


def test_nothing_is_loaded_to_search_before_somebody_searches(reader: Reader) -> None:
    asked: list[str] = []
    reader.page.on("request", lambda one: asked.append(one.url.removeprefix(f"{reader.base}/")))
    page = reader.open("index.html")
    page.wait_for_load_state("networkidle")
    assert [one for one in asked if one.endswith("/searchbox.js")] == ["assets/weibao/searchbox.js"]
    assert [one for one in asked if "search" in one and not one.endswith("/searchbox.js")] == []

    asked.clear()
    assert search(reader, "index.html", FAULT) != []
    texts = [one for one in asked if one.startswith("search/")]
    assert texts == ["search/zh.js"]

    page.locator("input.md-search__input").fill("wb-nowhere")
    page.wait_for_function("self.weibaoTexts.en")
    assert [one for one in asked if one.startswith("search/")] == ["search/zh.js", "search/en.js"]


def test_a_site_opened_from_a_folder_is_searched(browser: Browser, folder: Path) -> None:
    with closing(browser.new_context()) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda one: complaints.append(str(one)))
        page.goto((folder / "tickets.html").as_uri())
        page.locator("input.md-search__input").click()
        page.get_by_text("键入以开始搜索").wait_for(timeout=10000)
        page.locator("input.md-search__input").fill("主控板")
        first = page.locator(".md-search-result__item a").first
        first.wait_for()

        assert (first.get_attribute("href") or "").startswith(folder.as_uri())
        assert complaints == []
