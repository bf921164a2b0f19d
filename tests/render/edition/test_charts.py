from __future__ import annotations

from datetime import date, timedelta
from xml.etree import ElementTree as ET

from weibao.render.edition.charts import Column, columns, day_strip
from weibao.sla.availability import DayOfService
from weibao.sla.condition import Condition
from weibao.sla.tally import Tally


def tree(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own SVG


def rects(svg: str) -> list[tuple[str, float, float]]:
    found = tree(svg).iter("rect")
    return [
        (one.get("class", ""), float(one.get("y", 0)), float(one.get("height", 0))) for one in found
    ]


def days(*conditions: Condition) -> list[DayOfService]:
    first = date(2026, 11, 1)
    return [
        DayOfService(first + timedelta(number), condition, {}, ())
        for number, condition in enumerate(conditions)
    ]


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


def test_a_day_shows_its_gravest_condition_by_its_height_as_well_as_its_colour() -> None:
    quiet = Condition.OPERATIONAL
    svg = day_strip(days(quiet, Condition.DEGRADED, Condition.OUTAGE, quiet), "2026-01-01", "name")
    paths = {path.get("class"): path.get("d", "") for path in tree(svg).iter("path")}

    assert {kind: path.count("M") for kind, path in paths.items()} == {
        "wb-operational": 2,
        "wb-degraded": 1,
        "wb-outage": 1,
    }
    assert len({path.split("h")[0].split()[1] for path in paths.values()}) == 3


def test_days_before_the_contract_say_nothing() -> None:
    svg = day_strip(days(*[Condition.OPERATIONAL] * 3), "2026-11-03", "name")

    runs = {path.get("class"): path.get("d") for path in tree(svg).iter("path")}
    assert runs == {"wb-none": "M0 26h2", "wb-operational": "M2 26h1"}
