"""A figure of a month is held against what the contract asks of it; a trend is that of two months."""

from __future__ import annotations

import pytest

from building.book import SLOW_LOG, WHOLE_LOG, a_book, files_of
from building.contract import CONTRACT, a_ticket, entry
from building.papers import a_report
from weibao.report.papers.lights import Light, Trend, light_of, lights
from weibao.report.papers.over_months import in_month

KPI = "kpis:\n  - {{figure: {figure}, at_least: {bound}}}\n"


def of_november(log: tuple[str, ...], contract: str = CONTRACT) -> Light:
    book = a_book(files_of(a_ticket(log=log), contract=contract), as_of="2026-12-02T00:00:00+08:00")
    return light_of(in_month(a_report(book, "2026-11").months[0], "compliance"))


@pytest.mark.parametrize(
    ("log", "bound", "light"),
    [
        (WHOLE_LOG, "", Light.GOOD),
        (SLOW_LOG, "", Light.WATCH),
        (SLOW_LOG, "80%", Light.GOOD),
        (SLOW_LOG, "90%", Light.BAD),
    ],
    ids=["all kept", "a miss and nothing agreed", "a miss and enough kept", "too many misses"],
)
def test_only_what_is_short_of_what_was_agreed_is_bad(
    log: tuple[str, ...], bound: str, light: Light
) -> None:
    kpi = KPI.format(figure="compliance", bound=bound) if bound else ""
    assert of_november(log, CONTRACT + kpi) is light


def test_of_what_is_better_less_none_is_good() -> None:
    again = a_ticket("T20261125-0ABCDE", reported_at="2026-11-25T09:00:00+08:00")
    book = a_book(files_of(a_ticket(log=WHOLE_LOG), again), as_of="2026-12-02T00:00:00+08:00")
    (month,) = a_report(book, "2026-11").months
    assert light_of(in_month(month, "repeat")) is Light.WATCH
    assert light_of(in_month(month, "reopened")) is Light.GOOD
    assert light_of(in_month(month, "fill_rate")) is Light.GOOD
    assert light_of(in_month(month, "stock_accuracy")) is Light.NONE


def test_a_trend_needs_two_months_and_knows_which_way_is_better() -> None:
    slow = a_ticket("T20261020-0ABCDE", reported_at="2026-10-20T09:00:00+08:00")
    book = a_book(files_of(slow, a_ticket(log=WHOLE_LOG)), as_of="2026-12-02T00:00:00+08:00")
    report = a_report(book, "2026-09", "2026-10", "2026-11")
    trends = {row.figure.name: row.trend for row in lights(report)}
    assert trends["compliance"] is Trend.BETTER
    assert trends["provenance"] is Trend.SAME
    assert trends["confirmed"] is None
    kept = next(row for row in lights(report) if row.figure.name == "compliance")
    assert [month.light for month in kept.months] == [Light.NONE, Light.WATCH, Light.GOOD]


def test_what_could_still_change_when_a_month_was_closed_is_told_as_it_stands() -> None:
    again = (
        *WHOLE_LOG,
        entry("2026-12-05T09:00:00+08:00", "reopened", by="wang-lei", reason="再次告警"),
    )
    book = a_book(files_of(a_ticket(log=again)), as_of="2026-12-31T00:00:00+08:00")
    report = a_report(book, "2026-12", before=("2026-11",))
    assert in_month(report.before[0], "reopened").tally.count == 0
    (row,) = [row for row in lights(report) if row.figure.name == "reopened"]
    november = row.months[0].measured
    assert november is not None
    assert (november.tally.count, november.provisional) == (1, False)
