"""The pages of services, equipment, sites and days: how each is, what became of it, and the way on."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from building.book import INSPECTION, TICKET, WHOLE_LOG, a_book, files_of, pages
from building.contract import ASSETS, a_ticket, entry
from building.html import text_of
from weibao.render.edition.charts import line

DOWN = WHOLE_LOG[:3]
"""A fault that goes on."""

ROUND = f"""\
id: {INSPECTION}
plan: quarterly-inspection
period: 2026-11
assets: [core-sw-01]
log:
""" + "".join(
    entry(f"2026-11-22T10:0{minute}:00+08:00", event, **fields) + "\n"
    for minute, (event, fields) in enumerate(
        (
            ("started", {}),
            (
                "checked",
                {"asset": "core-sw-01", "item": "temperature", "value": "41", "status": "ok"},
            ),
            (
                "checked",
                {
                    "asset": "core-sw-01",
                    "item": "temperature",
                    "value": "47.5",
                    "status": "warning",
                },
            ),
            (
                "checked",
                {"asset": "core-sw-01", "item": "temperature", "value": "62", "status": "failed"},
            ),
            ("checked", {"asset": "core-sw-01", "item": "appearance", "status": "ok"}),
            ("completed", {}),
        )
    )
)
PATH = f"records/inspections/2026/11/22/{INSPECTION}.yaml"


def links_of(html: str) -> set[str]:
    return set(re.findall(r'href="([^"#]+)', html))


def test_equipment_shows_how_it_is_since_when_and_which_ticket_says_so() -> None:
    found = pages(a_book(files_of(a_ticket(log=DOWN))), "en")
    html = found["equipment/core-sw-01"].html
    assert "outage since 2026-11-20 09:12 · " + TICKET in text_of(html)
    assert {"../services/mes.html", "../sites/suzhou-plant.html", f"../tickets/{TICKET}.html"} <= (
        links_of(html)
    )
    healed = pages(a_book(), "en")["equipment/core-sw-01"].html
    assert "operational Kind switch" in text_of(healed)


def test_what_each_ticket_did_to_equipment_is_told_beside_it() -> None:
    other = a_ticket("T20261121-0ABCDE").replace("kind: fault", "kind: consultation")
    html = pages(a_book(files_of(a_ticket(log=WHOLE_LOG), other)), "en")[
        "equipment/core-sw-01"
    ].html
    rows = [text_of(row) for row in html.split("<tr>")]
    told = {name: row for name in (TICKET, "T20261121-0ABCDE") for row in rows if name in row}
    assert "outage 2 hrs 8 mins" in told[TICKET]
    assert "outage" not in told["T20261121-0ABCDE"]


def test_both_availabilities_stand_on_the_page_of_a_service_and_of_equipment() -> None:
    found = pages(a_book(), "en")
    for address in ("equipment/core-sw-01", "services/mes"):
        told = text_of(found[address].html)
        assert re.search(r"Availability as experienced \d\d\.\d{3}%", told), address
        assert re.search(r"Availability by contract \d\d\.\d{3}%", told), address
        assert "1 troubled day" in told


def test_a_troubled_day_leads_to_its_page_and_it_to_the_tickets() -> None:
    found = pages(a_book(), "en")
    assert "../days/2026-11-20.html" in links_of(found["equipment/core-sw-01"].html)
    day = found["days/2026-11-20"].html
    assert {
        "../services/mes.html",
        "../equipment/core-sw-01.html",
        f"../tickets/{TICKET}.html",
    } <= (links_of(day))
    assert "days/2026-11-19" not in found


def test_readings_of_rounds_are_drawn_and_listed_with_the_round_they_are_of() -> None:
    files = files_of(a_ticket(log=WHOLE_LOG)) | {PATH: ROUND.encode()}
    html = pages(a_book(files), "en")["equipment/core-sw-01"].html
    own = html.partition('id="reading-temperature"')[2].partition("</section>")[0]
    assert [own.count(f"wb-dot--{status}") for status in ("ok", "warning", "failed")] == [1, 1, 1]
    assert {"warning 45 °C", "failed 60 °C"} <= set(re.findall(r">([^<]+ °C)<", own))
    assert [text_of(row).split()[2] for row in own.split("<tr>")[2:]] == ["62", "47.5", "41"]
    assert f"../inspections/{INSPECTION}.html" in links_of(own)
    words = html.partition('id="reading-appearance"')[2].partition("</section>")[0]
    assert "<circle" not in words
    assert "1 reading" in text_of(words)


def test_measurements_all_alike_are_a_level_line() -> None:
    svg = line([(0, 5.0, "ok"), (60, 5.0, "ok")], "load", str)
    found = ET.fromstring(svg).find("{*}polyline")  # noqa: S314 - our own SVG
    assert found is not None
    heights = {place.partition(",")[2] for place in found.get("points", "").split()}
    assert len(heights) == 1


def test_a_part_that_was_replaced_and_those_that_fit_lead_to_the_spares() -> None:
    replaced = entry(
        "2026-11-20T11:00:00+08:00",
        "part_replaced",
        asset="core-sw-01",
        part="hw-s12700-mpu",
        removed_serial="OLD-1",
        installed_serial="HDMPU1",
    )
    log = (*WHOLE_LOG[:6], replaced, *WHOLE_LOG[6:])
    html = pages(a_book(files_of(a_ticket(log=log))), "en")["equipment/core-sw-01"].html
    parts = html.partition('id="replaced"')[2]
    assert 'href="../spares.html#part-hw-s12700-mpu"' in parts.partition('id="spares"')[0]
    assert 'href="../spares.html#part-hw-s12700-mpu"' in parts.partition('id="spares"')[2]


def test_equipment_that_nothing_ever_happened_to_says_so() -> None:
    told = text_of(pages(a_book(files_of()), "en")["equipment/core-sw-01"].html)
    assert "There is none." in told
    assert "No inspection took it in yet." in told
    assert "No part of it was ever replaced." in told
    assert "Availability as experienced 100%" in told


def test_equipment_that_is_not_covered_is_unknown_and_has_no_figure() -> None:
    later = ASSETS.replace("from: 2025-12-01, to: 2026-12-31", "from: 2026-12-01, to: 2026-12-31")
    html = pages(a_book(files_of(assets=later)), "en")["equipment/core-sw-01"].html
    assert "unknown Kind" in text_of(html)
    assert "No day of it is covered yet." in text_of(html)
    assert "100%" not in text_of(html)


def test_a_place_with_quotes_slashes_and_emoji_is_shown_as_it_is_called() -> None:
    name = '苏州/\\"厂" <b>🏭</b>'
    contract = files_of()["records/contract.yaml"].decode()
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    odd = re.sub(
        r"(suzhou-plant: \{name: \{zh: )[^,]+", lambda told: f'{told[1]}"{quoted}"', contract
    )
    assert odd != contract
    found = pages(a_book(files_of(contract=odd)), "zh")
    assert name in text_of(found["sites/suzhou-plant"].html)
    assert "<b>" not in found["sites/suzhou-plant"].html


def test_the_location_is_for_the_provider_alone() -> None:
    book = a_book()
    assert "一号机房" not in pages(book)["equipment/core-sw-01"].html
    assert "一号机房" in pages(book, audience="internal")["equipment/core-sw-01"].html


def test_the_page_of_equipment_shows_what_the_ledger_says_and_its_software_to_the_provider() -> (
    None
):
    more = "    tag: IT-7\n    criticality: high\n    software: V200R022\n    end_of_support: 2029-06-30\n"
    book = a_book(files_of(assets=ASSETS.replace("    in_service:", f"{more}    in_service:")))
    shown = text_of(pages(book, "zh", "internal")["equipment/core-sw-01"].html)
    for words in ("IT-7", "重要程度 高", "V200R022", "至 2029年6月30日"):
        assert words in shown
    assert "V200R022" not in pages(book)["equipment/core-sw-01"].html
