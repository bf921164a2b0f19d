"""The clauses page: what holds at a glance, and for each row its evidence and its findings."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

import pytest

from building.book import a_book, pages
from building.html import text_of
from building.service_plan import (
    AS_OF,
    FAULT,
    NIGHT,
    ROUND,
    bare_contract,
    committed_book,
    movement,
    whole_contract,
)
from hostile.threats import Ending, caught
from weibao.model.finding import Finding, Place
from weibao.render.edition import addresses
from weibao.render.site.pages.clauses import LOOKS, PRESSING
from weibao.report.clauses.table import CLAUSES, RowState, clauses_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from weibao.render.site.page import SitePage
    from weibao.report.book import Book
    from weibao.report.clauses.table import Clause

LATE_PART = Finding(
    "S101",
    Place("records/tickets/2026/11/20/T20261120-7K3Q9M.yaml", 5),
    FAULT,
    {"ticket": FAULT, "target": "part", "due": "2026-11-20T10:20:00+08:00", "late_by": 1500},
)


def whole(*findings: Finding, as_of: str = AS_OF, **changed: str) -> Book:
    files = whole_contract() | {f"records/{name}.yaml": text for name, text in changed.items()}
    raw = {path: text.encode() for path, text in files.items()}
    return a_book(raw, as_of=as_of, findings=findings)


@cache
def pages_whole(as_of: str = AS_OF) -> Mapping[str, SitePage]:
    return pages(whole(as_of=as_of), "en")


def page(book: Book, code: str = "zh") -> str:
    return pages(book, code)["audit-clauses"].html


def test_every_state_has_its_look_and_its_place_in_the_order() -> None:
    assert set(LOOKS) == set(PRESSING) == set(RowState)
    assert len({icon for _, icon in LOOKS.values()}) == len(RowState)


BY_CONFIGURATION = {
    1: "Manufacturing execution",
    3: "0512-0000-0000",
    6: "2026-11-27",
    10: "label-patch-panels",
    11: "SP-1001",
    12: "Version 1.0",
    13: "HCIP-Datacom",
    14: "switch",
    15: "huawei",
    16: "huawei",
    17: "Industrial Park, Suzhou",
    18: "S12700 main processing unit",
    19: "Suzhou depot",
    20: 'verified by <a href="people/',
    22: "HD-1205",
    26: "project manager",
    28: 'href="tickets.html#kind=',
    34: 'href="tickets.html#kind=',
    40: "Critical",
}
"""What the section of a row shows, where the evidence is no ticket and no inspection, or is shown by other words."""

ELSEWHERE = {8: "docs/knowledge/optical-module.md"}
"""The rows whose data no generated page shows, and what bears witness to them: a page of its own."""


def section(html: str, anchor: str) -> str:
    """From where an anchor is to the next heading that is not below it."""
    found = re.search(rf'<(h[1-4]|details)[^>]* id="{re.escape(anchor)}"', html)
    assert found is not None, anchor
    if found[1] == "details":
        return html[found.start() : html.index("</details>", found.end())]
    end = re.search(rf"<h[1-{found[1][1]}][ >]", html[found.end() :])
    return html[found.start() : found.end() + end.start() if end else len(html)]


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda clause: str(clause.row))
def test_every_row_leads_to_its_data(clause: Clause) -> None:
    """To a section of a page that is there, with something of what bears witness to the row."""
    address, _, anchor = clause.page.partition("#")
    # The page of key figures is of the last month that is over.
    made = pages_whole("2026-12-01T12:00:00+08:00") if address == "figures" else pages_whole()
    (state,) = (one for one in clauses_of(whole()) if one.clause.row == clause.row)
    assert state.records
    if clause.row in ELSEWHERE:
        assert ELSEWHERE[clause.row] in state.records
        assert 'href="knowledge/optical-module.html"' in made["audit-clauses"].html
        return
    shown = section(made[address].html, anchor)
    wanted = [BY_CONFIGURATION[clause.row]] if clause.row in BY_CONFIGURATION else state.records
    assert any(record in shown for record in wanted)
    assert f'href="{address}.html#{anchor}"' in made["audit-clauses"].html


def test_every_witness_leads_to_where_it_is_shown() -> None:
    """And the page and the anchor are there."""
    made = pages_whole()
    for address, anchor in re.findall(
        r'href="([a-z][^":]*)\.html(?:#([^"]*))?"', made["audit-clauses"].html
    ):
        if address.startswith("knowledge/"):
            continue
        assert address in made
        chooses = "=" in anchor
        assert not anchor or chooses or f'id="{anchor}"' in made[address].html
    row = re.search(r'id="row-22".*?</details>', made["audit-clauses"].html, re.DOTALL)
    assert row is not None
    assert 'href="spares.html#part-hw-s12700-mpu"' in row[0]


def test_a_finding_leads_to_its_line_at_the_forge() -> None:
    contract = whole_contract()["records/contract.yaml"]
    at_forge = contract + "forge: {kind: gitea, url: https://forge.example/hd}\n"
    html = page(whole(LATE_PART, contract=at_forge))
    commit = "0123456789ab"
    assert f'href="https://forge.example/hd/blob/{commit}' in html
    assert f'/records/tickets/2026/11/20/{FAULT}.yaml#L5"' in html


def test_a_row_tells_when_it_was_not_held() -> None:
    duty = whole_contract()["records/duty.yaml"]
    html = page(
        whole(duty=duty.replace("desk:\n    start: 2025-12-01", "desk:\n    start: 2026-02-03"))
    )
    told = text_of(html)
    assert "合同期内此前 1 次： 2026-01-01 00:00 – 2026-02-03 08:00" in told
    assert "值班表“desk”无人值班。" in told


def test_the_first_glance_tells_how_many_rows_hold_fail_or_lack_evidence(
    tmp_path: Path,
) -> None:
    whole_text = text_of(page(whole(LATE_PART)))
    assert "符合 38 仅有导入数据 0 不符合 2 曾不符合，已改正 0 尚无证据 0" in whole_text
    bare = committed_book(tmp_path, bare_contract())
    assert "holds 1 imported only 0 fails 3 failed, mended 0 no evidence yet 36" in text_of(
        page(bare, "en")
    )


def test_a_row_opens_to_its_data_its_check_and_its_evidence_with_links() -> None:
    html = page(whole(), "en")
    told = text_of(html)
    assert "First way in: a call to the desk on duty, which records it." in told
    assert (
        "Taken by someone who was not on duty at that minute; never recorded by the desk. O222"
        in told
    )
    assert f'href="tickets/{NIGHT}.html"' in html
    assert f'href="inspections/{ROUND}.html"' in html
    assert 'href="rules/O222.html"' in html
    assert (
        '<a class="wb-id" href="spares.html#part-hw-s12700-mpu">records/spares.yaml:18</a>' in html
    )


def test_a_row_that_fails_shows_the_finding_on_the_ticket() -> None:
    told = text_of(page(whole(LATE_PART)))
    assert f"records/tickets/2026/11/20/{FAULT}.yaml:5 · {FAULT}" in told
    assert "设备损坏时，按服务级别送达备件。" in told


def test_many_records_are_counted_beyond_the_first() -> None:
    moved = "".join(
        movement(f"2026-11-1{day}T1{hour}:00:00+08:00", "counted", "[]", depot="suzhou-depot")
        for day in range(1, 3)
        for hour in range(8)
    )
    spares = whole_contract()["records/spares.yaml"]
    told = text_of(page(whole(spares=spares + moved), "en"))
    assert "and 5 more" in told


def test_the_line_of_an_internal_movement_is_not_named() -> None:
    spares = whole_contract()["records/spares.yaml"]
    hidden = spares.replace("event: issued,", "event: issued, internal: true,")
    assert hidden != spares
    html = page(whole(spares=hidden))
    assert "records/spares.yaml:18" not in html
    assert "records/spares.yaml:17" in html


def test_people_are_called_by_their_roles_where_names_are_not_published() -> None:
    taken = Finding("O221", LATE_PART.place, FAULT, {"person": "gao-yuan", "channel": "phone"})
    html = page(whole(taken))
    assert "高原" not in html
    assert "gao-yuan" not in html
    assert "总监" in text_of(html)


@pytest.mark.parametrize("code", ["zh", "en"])
def test_text_out_of_records_is_shown_as_it_is(code: str) -> None:
    model = "<script>alert(1)</script>{{ 7*7 }}"
    found = Finding(
        "O215", Place("records/spares.yaml", 12), "", {"model": model, "assets": (), "number": 1}
    )
    html = page(whole(found), code)
    assert "<script>" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}" in html
    caught("script in a record", Ending.NOT_RUN)


def test_the_audit_page_leads_to_the_clauses_and_they_belong_to_it() -> None:
    made = pages(whole())
    assert 'href="audit-clauses.html"' in made[addresses.AUDIT].html
    assert made["audit-clauses"].section == addresses.AUDIT
