"""Every figure of the site is two clicks from its proof: one to its rows, and one from these to a commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.crawl import crawl

if TYPE_CHECKING:
    from pathlib import Path

    from building.crawl import Crawl


def test_every_figure_leads_to_its_proof_and_every_link_to_a_page_and_an_anchor(
    built: Path,
) -> None:
    found = crawl(built)
    assert found.broken == []
    assert found.bare == []
    assert found.unproven == []
    assert found.short == []
    assert found.links > 5000
    assert found.proven.total() > 200
    assert found.nothing, "n/a and nought are no rows to prove"


PROOF = '<h1 id="proof">Proof</h1><code class="wb-commit">0123456789abcdef</code>'
ROWS = '<h2 id="one">1</h2><a href="proof.html">T1</a><p id="entry-1"><a href="proof.html">T3</a></p><h2 id="two">2</h2><p>T2</p>'
EMPTY = '<h2 id="none">0</h2><p class="wb-empty">There is none.</p>'
TWO = '<ul><li><a href="proof.html">T1</a></li><li>T2</li></ul>'
CUT = f"""<h2 id="few">3</h2>{TWO}
<h2 id="more">4</h2>{TWO}<p>and 2 more</p>
<h2 id="said">5</h2>{TWO}<p class="wb-withheld">2 internal entries are not shown.</p>
<h2 id="folded">6</h2>{TWO}<details><summary>and 2 more</summary>{TWO}</details>
<h2 id="counted">7</h2><ul><li data-wb-counts="4"><a href="proof.html">T1</a></li></ul>"""
CHOSEN = """<select name="grade"></select><select name="kind"></select><table><tr data-grade="A" data-kind="v w"><td><a href="proof.html">T1</a></td></tr>
<tr data-grade="B" data-kind="w"><td>T2</td></tr></table>"""


def site_with(folder: Path, figures: str) -> Crawl:
    pages = {"index": figures, "rows": ROWS + EMPTY, "cut": CUT, "chosen": CHOSEN, "proof": PROOF}
    for name, html in pages.items():
        text = f"<nav><a href='proof.html'>p</a></nav><article>{html}</article>"
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    return crawl(folder)


@pytest.mark.parametrize(
    ("html", "wrong"),
    [
        ('<td><a class="wb-value" href="rows.html#one">90%</a></td>', ""),
        ('<td><a class="wb-value" href="proof.html">90%</a></td>', ""),
        ('<td><a class="wb-value" href="cut.html#few">4</a></td>', "short"),
        ('<td><a class="wb-value" href="cut.html#few">2</a></td>', ""),
        ('<td><a class="wb-value" href="cut.html#more">90%</a></td>', "short"),
        ('<td><a class="wb-value" href="cut.html#said">4</a></td>', ""),
        ('<td><a class="wb-value" href="cut.html#folded">4</a></td>', ""),
        ('<td><a class="wb-value" href="cut.html#counted">4</a></td>', ""),
        ('<td><a class="wb-value" href="chosen.html#grade=A">1</a></td>', ""),
        ('<td><a class="wb-value" href="chosen.html#grade=A">2</a></td>', "short"),
        ('<td><a class="wb-value" href="chosen.html#kind=w">1</a></td>', "short"),
        ('<td><a class="wb-value" href="rows.html#none">100%</a></td>', "nothing"),
        ('<td><a class="wb-value" href="rows.html#entry-1">48</a></td>', ""),
        ('<td><a class="wb-value" href="rows.html#two">90%</a></td>', "unproven"),
        ('<td><a class="wb-value" href="rows.html#three">90%</a></td>', "broken"),
        ('<td><a class="wb-value" href="gone.html">90%</a></td>', "broken"),
        ('<td><a class="wb-value" href="rows.html#severity=1">90%</a></td>', "broken"),
        ("<td>90%</td>", "bare"),
        ("<td>1,200.00 CNY</td>", "bare"),
        ("<td>¥ 1,200</td>", "bare"),
        ('<td class="wb-num">12</td>', "bare"),
        ('<dl class="wb-tiles"><dd>12</dd></dl>', "bare"),
        ('<td class="wb-num">0</td>', ""),
        ("<td>2026-10 CNY</td>", ""),
        ("<p>At 75% they are told.</p>", ""),
        ('<td><span class="wb-muted">on claims 90%</span></td>', ""),
    ],
)
def test_a_figure_without_rows_or_proof_is_told_apart(
    tmp_path: Path, html: str, wrong: str
) -> None:
    found = site_with(tmp_path, html)
    told = ("broken", "bare", "nothing", "unproven", "short")
    assert {name for name in told if getattr(found, name)} == ({wrong} - {""})


def test_a_figure_three_clicks_from_its_proof_is_not_proven(tmp_path: Path) -> None:
    for number in range(2):
        text = f'<article><a href="far{number + 1}.html">on</a></article>'
        (tmp_path / f"far{number}.html").write_text(text, encoding="utf-8")
    (tmp_path / "far2.html").write_text(f"<article>{PROOF}</article>", encoding="utf-8")
    link = '<a class="wb-value" href="far{}.html">90%</a>'
    assert site_with(tmp_path, link.format(1)).proven == {1: 1}
    assert site_with(tmp_path, link.format(0)).unproven == [("index.html", "90%", "far0.html")]
