from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from xml.etree import ElementTree as ET

from weibao.render.edition.charts import (
    FlowColumn,
    MonthShare,
    day_strip,
    flow,
    line,
    on_paper,
    shares,
)
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


def upright(svg: str, kind: str) -> list[float]:
    found = tree(svg).iter("line")
    return [float(own.get("x1", 0)) for own in found if own.get("class") == kind]


def test_a_month_of_three_promises_kept_in_four_fills_the_whole_to_three_quarters() -> None:
    svg = shares([MonthShare("2026-11", Tally(3, 4), "75%")], "name")
    kept, missed = [
        (own.get("class"), float(own.get("x", 0)), float(own.get("width", 0)))
        for own in tree(svg).iter("rect")
    ]
    none, half, whole = upright(svg, "wb-axis")

    assert kept == ("wb-kept", none, 0.75 * (whole - none))
    assert missed == ("wb-missed", none + kept[2], whole - none - kept[2])
    assert half == (none + whole) / 2


def test_what_is_agreed_is_a_line_on_the_scale_that_the_shares_are_on() -> None:
    agreed = MonthShare("2026-11", Tally(3, 4), "75%", Fraction(4, 5))
    svg = shares([agreed, MonthShare("2026-10", Tally(1, 1), "100%")], "name")
    none, _, whole = upright(svg, "wb-axis")

    assert upright(svg, "wb-agreed") == [round(none + 0.8 * (whole - none), 1)]


def test_a_month_without_a_promise_has_no_bar_but_its_words() -> None:
    svg = shares([MonthShare("2026-11", Tally(0, 0), "无数据")], "name")

    assert rects(svg) == []
    assert "无数据" in svg


def test_a_chart_says_in_words_what_it_is_and_escapes_them() -> None:
    svg = shares([MonthShare("<b>", Tally(1, 1), "&")], '"><script>')

    assert tree(svg).get("aria-label") == '"><script>'
    assert [own.text for own in tree(svg).iter("text")] == ["0", "50", "100", "<b>", "&"]


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


def a_flow(*counts: tuple[int, int, int]) -> str:
    points = [FlowColumn(str(place), *known) for place, known in enumerate(counts, 1)]
    return flow(points, ("reported", "closed", "open"), "name")


def test_what_came_and_what_went_share_a_scale_with_what_was_left_open() -> None:
    svg = a_flow((4, 1, 2), (0, 2, 0))
    bars = [bar for bar in rects(svg) if bar[1] > 30]
    assert [bar[0] for bar in bars] == ["wb-reported", "wb-closed", "wb-closed"]
    heights = [bar[2] for bar in bars]
    assert heights == [4 * heights[1], heights[1], 2 * heights[1]]
    (line,) = tree(svg).iter("polyline")
    downs = [float(point.split(",")[1]) for point in line.get("points", "").split()]
    ground = bars[0][1] + bars[0][2]
    assert downs == [ground - 2 * heights[1], ground]


def test_so_many_days_that_their_labels_would_run_together_are_not_all_labelled() -> None:
    def labels(days: int) -> int:
        known = tree(a_flow(*[(1, 1, 1)] * days)).iter("text")
        return sum(text.get("class") == "wb-label" for text in known)

    assert labels(24) == 24
    assert labels(90) == 23


def test_a_chart_on_paper_is_a_file_of_its_own_with_every_colour_in_it() -> None:
    raw = on_paper(flow([FlowColumn("1", 1, 1, 1)], ("<b>", "关闭", "open"), "a & b"))
    svg = tree(raw.decode())
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.get("aria-label") == "a & b"
    style = raw.decode().split("<style>")[1].split("</style>")[0]
    drawn = {
        part.get("class", "")
        for part in svg.iter()
        if part.tag.rpartition("}")[2] in {"rect", "polyline", "line"}
    }
    assert drawn == {"wb-reported", "wb-closed", "wb-dot", "wb-line", "wb-axis"}
    assert all(f".{kind}{{" in style for kind in drawn)
    assert "var(" not in style


def test_a_reading_tells_how_it_is_by_its_shape_and_a_limit_is_drawn_with_its_words() -> None:
    points = [(0, 40.0, "ok"), (1, 46.0, "warning"), (2, 61.0, "failed")]
    drawn = tree(
        line(
            points,
            "temperature",
            str,
            [(45.0, "warning", "warning 45 °C"), (60.0, "failed", "failed 60 °C")],
        )
    )
    marks = [own for own in drawn.iter() if "wb-dot" in own.get("class", "")]
    assert [own.tag for own in marks] == ["circle", "path", "path"]
    assert len({own.get("d", own.tag) for own in marks}) == 3
    limits = {
        own.get("class", ""): float(own.get("y1", 0))
        for own in drawn.iter("line")
        if "wb-limit" in own.get("class", "")
    }
    assert 14 < limits["wb-limit wb-limit--failed"] < limits["wb-limit wb-limit--warning"] < 132
    assert {"warning 45 °C", "failed 60 °C"} <= {own.text for own in drawn.iter("text")}
    assert "wb-limit" not in line(points, "temperature", str)


def test_the_axis_of_a_flow_says_nothing_the_middle_and_the_most() -> None:
    texts = [
        text.text for text in tree(a_flow((9, 1, 2), (0, 2, 0))).iter() if text.tag.endswith("text")
    ]
    assert texts[:3] == ["0", "4", "9"]
