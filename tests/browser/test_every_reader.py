"""What every reader gets: narrow screens, forced colours, stillness, paper, Chinese set as Chinese is set."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from building.book import AS_OF
from building.site import FAULT, KINDS
from weibao.model.instant import parse_instant

if TYPE_CHECKING:
    from conftest import Reader

GOLDEN = Path(__file__).with_name("golden")
NARROW = {"viewport": {"width": 320, "height": 700}}
FORCED = {"forced_colors": "active"}
STILL = {"reduced_motion": "reduce"}

STRUCTURE = ("banner", "button", "combobox", "complementary", "contentinfo", "figure", "form", "heading", "img", "main",
    "navigation", "searchbox", "status", "table", "term", "textbox")  # fmt: skip
"""What a screen reader jumps between; the words and links within them are not held here."""

SHOWN = """() => [...document.querySelectorAll('.wb-page *')].filter(
  one => !one.closest('svg') && one.getClientRects().length && [...one.childNodes].some(
    node => node.nodeType === Node.TEXT_NODE && /[\\u4e00-\\u9fff]/.test(node.data)))"""


def test_the_tree_of_every_kind_of_page_is_the_one_that_was_recorded(reader: Reader) -> None:
    """``UPDATE_GOLDEN=1 pytest tests/browser`` records them anew: review the difference."""
    reader.page.clock.set_fixed_time(datetime.fromtimestamp(parse_instant(AS_OF), UTC))
    for kind in KINDS:
        whole = reader.open(kind).locator(".md-main").aria_snapshot().splitlines()
        told = [line for line in whole if line.strip().removeprefix("- ").startswith(STRUCTURE)]
        tree = "".join(f"{line}\n" for line in told)
        golden = GOLDEN / f"{kind.removesuffix('.html').replace('/', '.')}.txt"
        if os.environ.get("UPDATE_GOLDEN"):
            golden.parent.mkdir(exist_ok=True)
            golden.write_text(tree, encoding="utf-8")
        assert tree == golden.read_text(encoding="utf-8"), kind


def test_chinese_has_room_and_strict_breaks_and_is_never_slanted(reader: Reader) -> None:
    for kind in (
        "levels.html",
        "equipment/core-sw-01.html",
        f"tickets/{FAULT}.html",
        "people.html",
    ):
        close, slanted, loose = reader.open(kind).evaluate(
            f"""() => {{
              const shown = ({SHOWN})().map(one => [one, getComputedStyle(one)]);
              const name = ([one]) => `${{one.tagName}}.${{one.className}} ${{one.textContent.trim().slice(0, 30)}}`;
              return [
                shown.filter(([one, style]) => one.tagName !== "H1" && parseFloat(style.lineHeight) / parseFloat(style.fontSize) < 1.595),
                shown.filter(([, style]) => style.fontStyle !== "normal"),
                shown.filter(([, style]) => style.lineBreak !== "strict"),
              ].map(found => found.map(name));
            }}"""
        )
        assert (close, slanted, loose) == ([], [], []), kind


@pytest.mark.parametrize("reader", [NARROW], indirect=True)
def test_the_id_of_a_ticket_is_never_broken(reader: Reader) -> None:
    for kind in ("tickets.html", "levels/2026-11.html", "days/2026-11-20.html", "visits.html"):
        lines = reader.open(kind).evaluate(
            """[...document.querySelectorAll("a.wb-whole")].map(one => one.getClientRects().length)"""
        )
        assert set(lines) <= {0, 1}, kind


@pytest.mark.parametrize("reader", [FORCED], indirect=True)
def test_where_colours_are_forced_marks_keep_a_shape(reader: Reader) -> None:
    page = reader.open(f"tickets/{FAULT}.html")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    assert page.locator(".wb-chip").first.evaluate(
        "one => getComputedStyle(one).borderTopStyle === 'solid'"
    )
    assert page.locator(".wb-swatch--clock-ran").evaluate(
        "one => getComputedStyle(one).forcedColorAdjust === 'none'"
    )


@pytest.mark.parametrize("reader", [STILL], indirect=True)
def test_nothing_moves_for_who_asked_for_stillness(reader: Reader) -> None:
    moving = reader.open("levels.html").evaluate(
        """[...document.querySelectorAll("*")].filter(one => {
          const style = getComputedStyle(one);
          return [style.transitionDuration, style.animationDuration].some(
            lasting => lasting.split(",").some(each => parseFloat(each) > .01)) || style.scrollBehavior !== "auto";
        }).map(one => one.className)"""
    )
    assert moving == []


@pytest.mark.parametrize("kind", ["equipment/core-sw-01.html", f"tickets/{FAULT}.html"])
def test_paper_gets_what_is_folded_as_well(reader: Reader, kind: str) -> None:
    page = reader.open(kind)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details").count() > 0
    assert page.locator("details:not([open])").count() == 0
