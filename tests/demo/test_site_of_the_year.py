"""The example's site: on a year of everything, every link leads somewhere, and every figure to its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from building.crawl import crawl
from building.repository import Repository
from building.site import mkdocs

if TYPE_CHECKING:
    from demo.making import Example

SHORT = {
    "identity": "what counts the history itself leads to the commit of the close, which is its proof",
    "spare_movements": "a movement is of several pieces",
    "event=confirmed": "the confirmations of one contact stand among all of the month",
    "event=counted": "the counts of one depot stand among all of the month",
    "grades": "the entries of a year are listed by month",
    "grades-0": "the entries of a year are listed by month",
}
"""The places where a figure leads to fewer rows than it says, and why."""


def test_every_figure_of_a_year_leads_to_its_proof(year: Example) -> None:
    done = mkdocs(Repository(year.path, init=False), "build", "--strict", "--quiet")
    assert done.returncode == 0, done.stderr

    found = crawl(year.path / "site", but="en/")

    assert found.broken == []
    assert found.bare == []
    assert found.unproven == []
    assert {way.partition("#")[2] for _, _, way in found.short} <= SHORT.keys()
    assert found.proven.total() > 10_000
