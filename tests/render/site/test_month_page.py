"""The page of a closed month is its report, as the HTML format sets it, with every promise as it is judged now."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from building.book import a_book, a_voice
from building.html import text_of
from building.site import FAULT, SECRET, site_repository
from weibao.model.closing import close_path, close_text
from weibao.render.edition.public import public_audit
from weibao.render.papers.all_papers import KINDS, paper_of
from weibao.render.papers.commission import Commission
from weibao.render.papers.formats.html import fragment
from weibao.render.site.all_pages import made
from weibao.render.site.pages.month import PAGES
from weibao.render.site.reading import read_audit, read_book
from weibao.report.audit.audit import audit_of
from weibao.report.closed_months import close_of
from weibao.report.papers.period_report import named_periods, period_report

if TYPE_CHECKING:
    from weibao.model.handwritten import Audience
    from weibao.render.site.page import SitePage
    from weibao.report.audit.audit import Audit

AS_OF = "2026-12-03T09:00:00+08:00"
PAGE = "levels/2026-11"


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Audit:
    """The audit of the site's repository, its November closed."""
    repository = site_repository(tmp_path_factory.mktemp("month") / "contract")
    book = read_book(repository.path, "HEAD", AS_OF, None)
    close = close_of(book, "2026-11", {})
    assert close is not None
    repository.write(close_path("2026-11"), close_text(close, book.zone))
    repository.commit(at="2026-12-02T10:00:00+08:00")
    book = read_book(repository.path, "HEAD", AS_OF, None)
    return read_audit(repository.path, book)


def the_page(audit: Audit, audience: Audience = "customer") -> SitePage:
    shown = public_audit(audit, audience)
    found = made([], [PAGES], a_voice(shown.book, "zh", audience), shown)
    return next(page for page in found if page.address == PAGE)


@pytest.fixture(scope="module")
def page(closed: Audit) -> SitePage:
    return the_page(closed)


def test_it_is_the_report_that_the_command_writes(closed: Audit, page: SitePage) -> None:
    (named,) = (
        named
        for named in named_periods(closed.book.records.contract)
        if named.name == "2026-11" and named.kind == "monthly"
    )
    report = period_report(closed.book, named, {})
    assert not report.provisional
    internal = audit_of(report.book)
    (kind,) = (kind for kind in KINDS if kind.name == "monthly")
    voice = a_voice(internal.book, "zh", "internal")
    paper = paper_of(kind, [Commission(voice, internal, "2026-11", report.version, report)])
    own = the_page(closed, "internal").html

    alone = fragment(paper, lambda _: "")
    for section in paper.sections:
        assert f'id="part-{section.key}"' in own
    shown = text_of(own)
    lines = re.findall(r"<(?:caption|h2|h3|p)\b[^>]*>([^<]{4,})<", alone)
    assert len(lines) > 20
    assert [line for line in lines if text_of(line) not in shown] == []


def test_its_promises_are_reached_as_before_and_nothing_internal_is_told(page: SitePage) -> None:
    rows = page.html.partition('id="s1-restore"')[2].partition("</table>")[0]
    assert f'href="../tickets/{FAULT}-proof.html#restore-1"' in rows
    assert SECRET not in page.html


def test_a_figure_leads_to_its_rows_or_to_the_commit_that_the_month_was_closed_with(
    page: SitePage,
) -> None:
    bare = [
        cell
        for cell in re.findall(r'<td class="[^"]*wb-num[^>]*>(.*?)</td>', page.html)
        if re.search(r"[1-9]", re.sub("<[^>]*>", "", cell)) and "<a " not in cell
    ]
    assert bare == []
    identity = page.html.partition('id="identity"')[2]
    assert re.search(r'<code class="wb-commit">[0-9a-f]{12}</code>', identity)


def test_a_month_that_is_not_closed_has_its_promises_alone() -> None:
    shown = the_page(audit_of(a_book())).html
    assert "part-promises-now" in shown
    assert "part-summary" not in shown
    assert 'id="identity"' not in shown


def test_its_figures_lead_to_their_rows_and_few_to_the_commit_alone(page: SitePage) -> None:
    ways = re.findall(r'<a class="wb-value" href="([^"]*)"', page.html)
    by_commit = [way for way in ways if way == "#identity"]
    assert 0 < len(by_commit) < len(ways) / 20
    own = {way.partition("#")[2] for way in ways if way.startswith("2026-11.html#")}
    assert {"part-register", "part-promises-now", "outages"} <= own
    places = {way for way in own if "=" not in way}
    assert places <= set(re.findall(r' id="([^"]*)"', page.html))


def test_a_figure_leads_to_exactly_what_it_counts(page: SitePage) -> None:
    """A kind or a day to the tickets that the month counts, a grade to its entries, a turn of duty to the rota."""
    ways = re.findall(r'<a class="wb-value" href="([^"]*)"', page.html)
    assert {
        "2026-11.html#day=reported-2026-11-20",
        "2026-11.html#day=closed-2026-11-20",
        "2026-11.html#flow=reported",
        "2026-11.html#kind=fault",
        "2026-11.html#service=mes",
        "../audit-entries/2026-11.html",
        "../audit-entries/2026-11.html#grade=C",
        "../audit-entries/2026-11.html#event=confirmed",
        "2026-11.html#turns",
        "2026-11.html#s1-restore",
    } <= set(ways)
    turns = page.html.partition('id="turns"')[2].partition("</table>")[0]
    assert 'href="../audit-configuration.html#path=records/duty.yaml"' in turns


def test_a_figure_of_what_came_and_went_is_as_many_as_the_tickets_that_it_chooses(
    page: SitePage,
) -> None:
    listed = page.html.partition('id="counted-tickets"')[2].partition("</table>")[0]
    rows = [
        dict(re.findall(r'data-(\w+)="([^"]*)"', row)) for row in re.findall("<tr data.*?>", listed)
    ]
    figures = re.findall(
        r'<a class="wb-value" href="2026-11.html#(flow|day|kind|severity|channel|site|service|asset|cause|responsible|hour)=([^"]*)">(\d+)</a>',
        page.html,
    )
    assert {by for by, _, _ in figures} >= {"flow", "day", "kind", "severity", "channel", "hour"}
    for by, word, number in figures:
        assert int(number) == sum(word in row.get(by, "").split() for row in rows), (by, word)
