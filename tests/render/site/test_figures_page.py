"""The page of key figures: values, definitions and the records behind each, each with its page."""

from __future__ import annotations

import re

import pytest

from building.book import TICKET, a_book, files_of, pages
from building.contract import a_ticket, entry
from building.html import text_of
from weibao.render.site.pages import figures
from weibao.report.key_figures import KEY_FIGURES

LATER = "2026-12-31T00:00:00+08:00"


@pytest.mark.parametrize("code", ["zh", "en"])
def test_every_figure_has_its_value_and_the_records_behind_it(code: str) -> None:
    html = pages(a_book(as_of=LATER), code)["figures"].html
    for figure in KEY_FIGURES:
        assert f'<h2 id="{figure.name}">' in html
        assert f"weibao kpi {figure.name} --month 2026-11 --explain" in html
    told = html.partition('<h2 id="respond_time">')[2].partition("<h2")[0]
    assert re.findall(r'class="wb-id" href="([^"]+)">([^<]+)', told) == [
        (f"tickets/{TICKET}.html", TICKET)
    ]


def test_a_month_without_a_record_has_no_figure_rather_than_nought_or_all() -> None:
    shown = text_of(pages(a_book(files_of(), as_of=LATER), "en")["figures"].html)
    assert "Promises kept n/a" in shown
    assert "No record counts in this month." in shown


def test_of_many_records_the_first_are_listed_and_the_rest_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(figures, "LISTED", 1)
    log = [entry("2026-11-21T09:00:00+08:00", "opened", by="wang-lei")]
    other = a_ticket("T20261121-0ABCDE", reported_at="2026-11-21T08:59:00+08:00", log=log)
    html = pages(a_book(files_of(a_ticket(), other), as_of=LATER), "en")["figures"].html
    told = html.partition('<h2 id="evidence">')[2].partition("<h2")[0]
    assert len(re.findall('class="wb-id"', told)) == 1
    assert "2 records behind it" in text_of(told)
    assert "Only the first 1 are listed here; the command above lists all." in text_of(told)
