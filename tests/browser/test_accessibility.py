"""axe on a page of every kind, in either language and either colour scheme."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from building.site import KINDS

if TYPE_CHECKING:
    from conftest import Reader

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")

BREACHES = """async () => {
  const still = document.createElement("style");
  still.textContent = "* { transition: none !important }";
  document.head.append(still);
  const found = [];
  const look = async (scheme, rules) => {
    document.body.dataset.mdColorScheme = scheme;
    const { violations } = await axe.run({ runOnly: rules, resultTypes: ["violations"], preload: false });
    for (const { id, nodes } of violations) found.push(`${scheme} ${id}: ${nodes[0].html.slice(0, 200)}`);
  };
  await look("default", ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]);
  await look("slate", { type: "rule", values: ["color-contrast", "link-in-text-block"] });
  return found;
}"""
"""All rules in the light scheme, and in the dark one those that colours can break."""

IN_ONE_LANGUAGE = ("handbook.html", "404.html")
CHINESE = [kind for kind in KINDS if not kind.startswith("en/")]
ALIKE = (
    "people.html",
    "requests.html",
    "visits.html",
    "services/mes.html",
    "sites/suzhou-plant.html",
    "levels/2026-11.html",
)
"""Pages of which the other language has no markup of its own."""
ENGLISH = [
    *(f"en/{kind}" for kind in CHINESE if kind not in IN_ONE_LANGUAGE + ALIKE),
    "handbook.en.html",
]


@pytest.mark.parametrize("kinds", [CHINESE, ENGLISH], ids=["zh", "en"])
def test_axe_finds_nothing_on_any_page(reader: Reader, kinds: list[str]) -> None:
    found = {}
    for kind in kinds:
        page = reader.open(kind)
        page.evaluate(AXE)
        if breaches := page.evaluate(BREACHES):
            found[kind] = breaches
    assert found == {}
