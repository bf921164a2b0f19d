from __future__ import annotations

import re
from datetime import date, timedelta
from xml.etree import ElementTree as ET

from weibao.render.site.charts import Column, columns, day_strip
from weibao.sla.availability import DayOfService
from weibao.sla.tally import Tally


def tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own SVG


def rects(svg: str) -> list[tuple[str, float, float]]:
    found = tree(svg).iter("rect")
    return [
        (one.get("class", ""), float(one.get("y", 0)), float(one.get("height", 0))) for one in found
    ]


def days(*down: int) -> list[DayOfService]:
    first = date(2026, 11, 1)
    return [DayOfService(first + timedelta(number), one, ()) for number, one in enumerate(down)]


def test_a_column_stands_on_the_ground_with_what_was_missed_on_top() -> None:
    kept, missed = rects(columns([Column("26-11", Tally(3, 4), "75%")], "name"))

    assert kept[0] == "wb-kept"
    assert missed[0] == "wb-missed"
    assert missed[1] + missed[2] == kept[1]
    assert kept[2] == 3 * missed[2]


def test_columns_share_one_scale_from_zero() -> None:
    first, second = rects(
        columns([Column("a", Tally(10, 10), ""), Column("b", Tally(5, 5), "")], "name")
    )

    assert first[2] == 2 * second[2]


def test_a_month_without_a_promise_has_no_column_but_its_words() -> None:
    svg = columns([Column("26-11", Tally(0, 0), "无数据")], "name")

    assert rects(svg) == []
    assert "无数据" in svg


def test_a_chart_says_in_words_what_it_is_and_escapes_them() -> None:
    svg = columns([Column("<b>", Tally(1, 1), "&")], '"><script>')

    assert tree(svg).get("aria-label") == '"><script>'
    assert [one.text for one in tree(svg).iter("text")] == ["&", "<b>"]


def test_a_day_is_kept_short_or_serious_by_the_length_of_its_outage() -> None:
    svg = day_strip(days(0, 1, 3599, 3600, 0), "2026-01-01", "name")
    counts = {
        one.get("class"): len(re.findall("M", one.get("d", ""))) for one in tree(svg).iter("path")
    }

    assert counts == {"wb-kept": 2, "wb-short": 2, "wb-missed": 1}


def test_days_before_the_contract_say_nothing() -> None:
    svg = day_strip(days(0, 0, 0), "2026-11-03", "name")

    assert re.findall('class="(wb-none|wb-kept)" d="([^"]*)"', svg) == [
        ("wb-kept", "M2 0h.78v30h-.78z"),
        ("wb-none", "M0 0h.78v30h-.78zM1 0h.78v30h-.78z"),
    ]
