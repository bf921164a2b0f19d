from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.entries import moment
from building.planning import QUARTERLY, RULES, work
from weibao.model.assets import Asset
from weibao.model.schema.files import schema_named
from weibao.operations.planned import (
    Begun,
    assets_of,
    is_rule,
    period_of,
    round_to_start,
    rounds,
    rounds_begun,
)

ZONE = ZoneInfo("Asia/Shanghai")


def test_a_round_of_the_last_day_asked_for_is_one_of_them() -> None:
    assert rounds(work(), date(2026, 5, 15)) == (date(2026, 2, 15), date(2026, 5, 15))
    assert len(rounds(work(), date(2026, 5, 14))) == 1


@pytest.mark.parametrize(
    ("rule", "day", "period"),
    [
        (QUARTERLY, date(2026, 11, 15), "2026-Q4"),
        (QUARTERLY, date(2026, 3, 31), "2026-Q1"),
        ("FREQ=MONTHLY;INTERVAL=6", date(2026, 7, 1), "2026-Q3"),
        ("FREQ=MONTHLY", date(2026, 11, 30), "2026-11"),
        ("FREQ=MONTHLY;INTERVAL=2", date(2026, 11, 30), "2026-11"),
        ("FREQ=WEEKLY", date(2026, 11, 16), "2026-W47"),
        ("FREQ=WEEKLY", date(2027, 1, 1), "2026-W53"),
        ("FREQ=YEARLY", date(2026, 1, 1), "2026"),
        ("FREQ=DAILY", date(2026, 1, 1), "2026-01-01"),
        ("", date(2026, 1, 1), "2026-01"),
    ],
)
def test_a_period_is_the_calendar_unit_of_the_rules_step(rule: str, day: date, period: str) -> None:
    assert period_of(rule, day) == period


@given(st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")), st.integers(1, 12), st.dates())
def test_law_an_inspection_can_name_the_period_of_every_round(
    frequency: str, interval: int, day: date
) -> None:
    form = schema_named("inspection")["properties"]["period"]["pattern"]
    year = 1980 + day.year % 1000
    period = period_of(
        f"FREQ={frequency};INTERVAL={interval}", date(year, day.month, min(28, day.day))
    )
    assert re.fullmatch(form, period)


@pytest.mark.parametrize(
    "rule",
    [
        QUARTERLY,
        "FREQ=WEEKLY;BYDAY=MO,FR",
        "INTERVAL=2;FREQ=YEARLY",
        "FREQ=MONTHLY;COUNT=4",
        "FREQ=MONTHLY;UNTIL=20261231",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=MONTHLY;BYMONTHDAY=1,-31",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31",
    ],
)
def test_a_recurrence_of_days_is_a_rule(rule: str) -> None:
    assert is_rule(rule)


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "每季度一次",
        "MONTHLY",
        "freq=monthly",
        "FREQ=HOURLY",
        "INTERVAL=2",
        "FREQ=MONTHLY;INTERVAL=0",
        "FREQ=MONTHLY;COUNT=0",
        "FREQ=MONTHLY;COUNT=2;UNTIL=20261231",
        "FREQ=MONTHLY;FREQ=DAILY",
        "FREQ=MONTHLY;BYDAY=XX",
        "FREQ=MONTHLY;UNTIL=20261340",
        "FREQ=MONTHLY;BYHOUR=3",
        "FREQ=MONTHLY\nEXDATE:20260101",
        "FREQ=MONTHLY;",
        "FREQ=MONTHLY;BYMONTHDAY=99",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=1,-32",
        "FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1",
        "FREQ=YEARLY;BYMONTH=-1;BYMONTHDAY=1",
    ],
)
def test_what_is_no_recurrence_of_days_or_never_moves_on_is_no_rule(rule: str) -> None:
    assert not is_rule(rule)


@given(RULES, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_law_rounds_are_in_order_each_day_once_and_within_their_span(
    rule: str, until: date
) -> None:
    days = rounds(work(rule, start="2026-01-05"), until)
    assert list(days) == sorted(set(days))
    assert all(date(2026, 1, 5) <= day <= until for day in days)


@pytest.mark.parametrize(
    ("now", "begun", "expected"),
    [
        ("2026-02-14 09:00", {}, "2026-02-15"),
        ("2026-02-15 00:00", {}, "2026-02-15"),
        ("2026-03-30 09:00", {}, "2026-02-15"),
        ("2026-03-30 09:00", {"2026-Q1": ["2026-03-01"]}, "2026-05-15"),
        ("2026-05-20 09:00", {}, "2026-05-15"),
        ("2026-05-20 09:00", {"2026-Q2": ["2026-05-20"]}, "2026-08-15"),
    ],
)
def test_the_round_to_start_is_the_last_that_was_planned_or_else_the_next(
    now: str, begun: dict[str, list[str]], expected: str
) -> None:
    days = {
        period: [Begun(date.fromisoformat(day)) for day in days] for period, days in begun.items()
    }
    found = round_to_start(work(), days, moment(now), ZONE)
    assert found is not None
    assert found.planned_for == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("now", "state"),
    [("2026-02-14", "upcoming"), ("2026-02-15", "due"), ("2026-03-30", "overdue")],
)
def test_the_round_to_start_says_how_it_presses(now: str, state: str) -> None:
    found = round_to_start(work(), {}, moment(f"{now} 09:00"), ZONE)
    assert found is not None
    assert found.state == state


def test_there_is_no_round_to_start_where_the_next_lies_beyond_the_horizon() -> None:
    assert (
        round_to_start(work("", start="2027-06-01"), {}, moment("2026-02-15 09:00"), ZONE) is None
    )


def test_a_round_means_the_assets_it_names_by_id_kind_or_site_while_they_are_covered() -> None:
    first = Asset(
        "a-1", {}, "switch", "", "", "", "east", "", (), date(2026, 1, 1), date(2026, 6, 1)
    )
    second = replace(first, id="b-2", kind="router", site="west", covered_to=date(2026, 12, 31))
    known, spring, autumn = {"b-2": second, "a-1": first}, date(2026, 6, 1), date(2026, 6, 2)
    assert assets_of(work(), known, spring) == ("a-1", "b-2")
    assert assets_of(work(), known, autumn) == ("b-2",)
    assert assets_of(replace(work(), asset_kinds=("switch",)), known, spring) == ("a-1",)
    both = replace(work(), asset_ids=("a-1",), asset_sites=("west",))
    assert assets_of(both, known, spring) == ("a-1", "b-2")


@pytest.mark.parametrize(
    ("begun", "expected"),
    [
        (["02 abc"], {1: (0,)}),
        (["15 abc"], {15: (0,)}),
        (["02 abc", "15 abc"], {1: (0,), 15: (1,)}),
        (["02 a", "04 bc"], {1: (0, 1)}),
        (["02 a", "15 bc"], {1: (0,), 15: (1,)}),
        (["02 a", "15 bc", "16 a"], {1: (0,), 15: (1, 2)}),
        (["02 abc", "03 abc"], {1: (0,), 15: (1,)}),
        (["02 abc", "15 abc", "16 a"], {1: (0,), 15: (1, 2)}),
    ],
    ids=[
        "the first",
        "the first left out",
        "both",
        "in two parts",
        "a part, and another of the next",
        "the rest of the second",
        "ahead of its day",
        "once more",
    ],
)
def test_an_inspection_is_of_the_last_round_that_had_come_and_lacked_its_equipment(
    begun: list[str], expected: dict[int, tuple[int, ...]]
) -> None:
    days = [date(2026, 2, 1), date(2026, 2, 15)]
    each = [Begun(date(2026, 2, int(one[:2])), frozenset(one[3:])) for one in begun]
    found = {day.day: numbers for day, numbers in rounds_begun(days, each).items()}
    assert found == expected
