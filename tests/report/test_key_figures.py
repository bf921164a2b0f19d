"""The key figures: each on its page with its definition in both languages, and its numbers by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import SLOW_LOG, a_book, files_of, pages
from building.contract import a_ticket
from building.html import text_of
from weibao.history.proven import Grade
from weibao.language import language
from weibao.report.audit.audit import audit_of
from weibao.report.figure import EVER, measured
from weibao.report.figures import compliance, corroboration, evidence, first_hand
from weibao.report.key_figures import KEY_FIGURES, TILES, tiles_on
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from types import ModuleType

    from weibao.report.figure import KeyFigure, Tile


@pytest.mark.parametrize("code", ["zh", "en"])
@pytest.mark.parametrize("tile", TILES, ids=lambda tile: tile.title)
def test_a_tile_is_on_its_page(tile: Tile, code: str) -> None:
    book = a_book(files_of(a_ticket(log=SLOW_LOG)), grades={"arrived": Grade.LATE})
    words, tally = language(code), tile.tally(audit_of(book))
    share = words.text("n/a") if tally.share is None else words.percent(tally.share, 1)

    told = f"{words.text(tile.title)} {share} {tile.beside(tally, words)}"

    assert told in text_of(pages(book, code)[tile.page].html)


@pytest.mark.parametrize("figure", KEY_FIGURES, ids=lambda figure: figure.name)
def test_a_figure_says_in_both_languages_what_it_counts(figure: KeyFigure) -> None:
    english, chinese = (language(code).text(figure.definition) for code in ("en", "zh"))

    assert english == figure.definition != chinese


def test_figures_are_told_page_by_page_in_their_order() -> None:
    audit = audit_of(a_book())
    known = [figure.FIGURE.tile for figure in (evidence, corroboration, first_hand)]

    assert [tile for tile, _ in tiles_on("audit", audit) if tile in known] == known
    assert [tile.title for tile, _ in tiles_on("index", audit)] == [
        "Promises kept this month",
        "Rounds of inspection done in full",
    ]


def test_one_late_arrival_among_a_month_of_kept_promises_is_counted_once() -> None:
    kept = compliance.FIGURE.tile.tally(audit_of(a_book(files_of(a_ticket(log=SLOW_LOG)))))

    assert kept.rest == 1
    assert kept.of > 1


def test_figures_of_tickets_have_no_share_where_there_is_none() -> None:
    audit = audit_of(a_book(files_of()))

    of_tickets = [figure.FIGURE.tile for figure in (compliance, corroboration, first_hand)]
    assert {tile.tally(audit) for tile in of_tickets} == {Tally(0, 0)}
    assert compliance.FIGURE.tile.beside(Tally(0, 0), language("en")) == "none judged yet"


def test_only_entries_that_came_in_time_are_evidence_in_time() -> None:
    book = a_book(grades={"arrived": Grade.LATE, "closed": Grade.IMPORTED})
    entries = sum(len(log.entries) for log in book.proofs.values())

    assert evidence.FIGURE.tile.tally(audit_of(book)) == Tally(entries - 2, entries - 1)


@pytest.mark.parametrize("kind", [evidence, corroboration, first_hand])
def test_a_tile_of_all_that_there_is_says_what_its_figure_adds_up_to(kind: ModuleType) -> None:
    grades = {"arrived": Grade.LATE, "restored": Grade.IMPORTED, "confirmed": Grade.OWN_CLOCK}
    book = a_book(files_of(a_ticket(log=SLOW_LOG)), grades=grades)
    tile = kind.FIGURE.tile.tally(audit_of(book))

    assert tile == measured(kind.FIGURE, book, EVER).tally
    assert tile.of
