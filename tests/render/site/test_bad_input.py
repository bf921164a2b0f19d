"""Contracts that hardly are, that are over, that are large or that are damaged: every page is made and true."""

from __future__ import annotations

import json
import re
from html import unescape

import pytest

from building.book import WHOLE_LOG, a_book, files_of, pages
from building.contract import ASSETS, CONTRACT, SPARES, a_ticket, another_asset, ticket_path
from building.html import text_of
from building.site import HARM
from weibao.render.site.page import FEW, LISTED


@pytest.mark.parametrize("code", ["zh", "en"])
def test_a_contract_on_its_first_day_has_no_figures(code: str) -> None:
    assets = ASSETS.replace("from: 2025-12-01", "from: 2026-01-01")
    made = pages(a_book(files_of(assets=assets), as_of="2026-01-01T00:00:00+08:00"), code)
    shown = {address: text_of(page.html) for address, page in made.items()}

    assert {"index", "tickets", "levels", "inspections", "spares", "audit"} <= shown.keys()
    assert "100%" not in shown["index"]
    assert {"zh": "无数据", "en": "n/a"}[code] in shown["index"]
    assert {"zh": "没有进行中的工单。", "en": "No ticket is open."}[code] in shown["index"]


def test_nothing_more_is_planned_after_the_contract_has_ended() -> None:
    ended = a_book(as_of="2031-03-01T09:00:00+08:00")

    assert [work.planned_for.isoformat() for work in ended.due_work] == ["2026-11-25"]
    shown = text_of(pages(ended)["index"].html)
    assert "2026-12-05" in shown  # the one round that fell due is overdue for ever
    assert "2027-02-28" in shown  # a credential that has run out since
    assert "2027-" not in shown.replace("2027-02-28", "")


def test_a_hundred_services_and_hundreds_of_assets_each_stand_on_a_page() -> None:
    names = "".join(f"  s{number}: {{name: {{zh: 业务 {number}}}}}\n" for number in range(100))
    row = ASSETS.removeprefix("assets:\n")
    rows = "".join(
        row.replace("core-sw-01", f"sw-{number}").replace("2102HD0001", f"SN{number}")
        for number in range(600)
    )
    files = files_of(
        contract=CONTRACT.replace("services:\n", f"services:\n{names}"), assets=ASSETS + rows
    )
    shown = text_of(pages(a_book(files))["index"].html)

    assert [number for number in range(100) if f"业务 {number} " not in shown] == []


def test_a_record_that_cannot_be_read_is_told_and_the_others_stand() -> None:
    files = files_of(a_ticket(log=WHOLE_LOG)) | {ticket_path(HARM): b"id: [broken\n"}
    made = pages(a_book(files))

    shown = text_of(made["index"].html)
    assert "1 处错误" in shown
    assert (
        shown.count("1 张工单的承诺不明：记录已损坏") == 3
    )  # the headline, what is due, open tickets
    assert "没有进行中的工单。" not in shown
    told = text_of(made["audit"].html)
    assert "1 个文件无法读取，未出现在任何页面" in told
    assert ticket_path(HARM) in told
    assert f"tickets/{HARM}" not in made
    assert "tickets/T20261120-7K3Q9M" in made


ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
UNKIND = """A/B "厂" <b>' 🏭"""
"""A name with what means something in an address, in an attribute and in a tag."""


def test_the_page_of_equipment_lists_the_first_of_hundreds_of_tickets_and_counts_the_rest() -> None:
    """900 of them would be two megabytes; the page of twice as many is as long."""

    def page(number: int) -> str:
        ids = (f"T20261119-0000{ALPHABET[at // 32]}{ALPHABET[at % 32]}" for at in range(number))
        tickets = (
            a_ticket(key, severity=1, reported_at="2026-11-19T09:00:00+08:00") for key in ids
        )
        made = pages(a_book(files_of(*tickets)), "en")
        return made["equipment/core-sw-01"].html

    html, longer = page(LISTED + 7), page(LISTED + 20)
    own = html.partition('id="tickets"')[2].partition("<h2")[0]
    assert own.count("<tr>") == LISTED + 1
    assert f'<span class="wb-count">{LISTED + 7}</span>' in own
    assert '<a href="../tickets.html#asset=core-sw-01">… and 7 more</a>' in own
    day = html.partition('id="trouble"')[2].partition("</li>")[0]
    assert day.count('href="../tickets/T') == FEW
    assert f'<a href="../days/2026-11-23.html">… and {LISTED + 2} more</a>' in day
    assert len(longer) - len(html) < 1000


def test_equipment_without_a_ticket_and_a_part_in_no_depot_say_that_there_is_none() -> None:
    assets = ASSETS + another_asset("core-sw-02")
    told = text_of(
        pages(
            a_book(files_of(assets=assets, spares=SPARES.partition("log:")[0] + "log: []\n")), "en"
        )["equipment/core-sw-02"].html
    )
    assert "Tickets 0 There is none." in told
    assert "No part in stock is known to fit it." in told
    assert "No part of it was ever replaced." in told


def test_a_name_of_slashes_quotes_tags_and_emoji_is_shown_as_it_is_at_plain_addresses() -> None:
    unkind = f"{{zh: {json.dumps(UNKIND, ensure_ascii=False)}}}"
    contract = CONTRACT.replace("{zh: 苏州工厂, en: Suzhou plant}", unkind)
    files = files_of(
        a_ticket(log=WHOLE_LOG[:2]),
        contract=contract.replace("{zh: 生产管理系统, en: Manufacturing execution}", unkind),
        assets=ASSETS.replace("{zh: 核心交换机 1, en: Core switch 1}", unkind),
    )
    made = pages(a_book(files))
    for address in ("sites/suzhou-plant", "services/mes", "equipment/core-sw-01"):
        (heading,) = re.findall("<h1[^>]*>(.*)</h1>", made[address].html)
        assert unescape(heading) == UNKIND, address
    for address, page in made.items():
        assert "<b>" not in page.html, address
        for link in re.findall(r'(?:href|src)="([^"]*)"', page.html):
            assert not {*" <>'🏭"} & {*link}, (address, link)
