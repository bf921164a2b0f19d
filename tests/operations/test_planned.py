from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.entries import claim, log_of, moment
from weibao.history.official import Tenure
from weibao.model.assets import Asset
from weibao.model.fold import fold
from weibao.model.inspection import Inspection
from weibao.model.plan import Plan, PlannedWork
from weibao.model.schema.files import schema_named
from weibao.model.state import claimed
from weibao.model.ticket import Ticket
from weibao.operations.planned import (
    HORIZON,
    DueWork,
    assets_of,
    due_work,
    is_rule,
    period_of,
    round_to_start,
    rounds,
)

ZONE = ZoneInfo("Asia/Shanghai")
QUARTERLY = "FREQ=MONTHLY;INTERVAL=3"


def work(
    rule: str = QUARTERLY,
    *,
    start: str = "2026-02-15",
    kind: str = "inspection",
    due_within: int = 10,
    key: str = "inspecting",
) -> PlannedWork:
    return PlannedWork(
        key,
        kind,
        {},
        "chen-jie",
        date.fromisoformat(start),
        rule,
        due_within * 86400,
        (),
        (),
        (),
        (),
    )


def inspection(
    number: str, period: str, completed: str = "", plan: str = "inspecting"
) -> Inspection:
    steps = [claim("2026-01-01 09:00", "started")]
    if completed:
        steps.append(claim(completed, "completed"))
    return Inspection(number, "", plan, period, ("core-sw-01",), log_of(*steps))


def ticket(
    number: str, window: str, resolved: str = "", kind: str = "upgrade", **more: str
) -> Ticket:
    steps = [claim("2026-01-01 09:00", "opened")]
    if resolved:
        steps.append(claim(resolved, "resolved", mode="on_site"))
    steps += [claim(at, event) for event, at in more.items()]
    return Ticket(
        id=number,
        path="",
        kind=kind,
        title="升级",
        severity=None,
        reported_at=moment("2026-01-01 09:00"),
        reported_at_line=0,
        reported_by="zhang-gong",
        channel="pm",
        received_by="chen-jie",
        emergency=False,
        assets=(),
        description="",
        window=(moment(window), moment(window) + 7200),
        approved_by="zhang-gong",
        rollback="回退",
        log=log_of(*steps),
    )


def listed(
    as_of: str,
    *lines: PlannedWork,
    inspections: tuple[Inspection, ...] = (),
    tickets: tuple[Ticket, ...] = (),
) -> list[DueWork]:
    plan = Plan({one.id: one for one in lines or (work(),)}, {})
    return list(
        due_work(
            [Tenure(plan)],
            {one.id: one for one in inspections},
            {one.id: one for one in tickets},
            {
                one.id: fold(
                    kind, [step for step in claimed(one.log) if step.instant <= moment(as_of)]
                )
                for kind, records in (("inspection", inspections), ("ticket", tickets))
                for one in records
            },
            moment(as_of),
            ZONE,
        )
    )


def states(
    as_of: str, *lines: PlannedWork, **records: tuple[object, ...]
) -> list[tuple[str, str, str]]:
    found = listed(as_of, *lines, **records)  # type: ignore[arg-type]
    return [(one.planned_for.isoformat(), one.state, one.record) for one in found]


def test_every_round_since_the_start_is_listed_and_those_of_the_next_quarter() -> None:
    assert states("2026-09-01 12:00") == [
        ("2026-02-15", "overdue", ""),
        ("2026-05-15", "overdue", ""),
        ("2026-08-15", "overdue", ""),
        ("2026-11-15", "upcoming", ""),
    ]


@pytest.mark.parametrize(
    ("as_of", "state"),
    [
        ("2026-02-14 23:59", "upcoming"),
        ("2026-02-15 00:00", "due"),
        ("2026-02-25 23:59", "due"),
        ("2026-02-26 00:00", "overdue"),
    ],
)
def test_a_round_is_due_from_its_local_day_to_the_last_day_on_time(as_of: str, state: str) -> None:
    first = listed(as_of)[0]
    assert (first.state, first.due) == (state, date(2026, 2, 25))


@pytest.mark.parametrize(
    ("completed", "state"),
    [("2026-01-20 10:00", "done"), ("2026-02-25 23:59", "done"), ("2026-02-26 00:00", "done_late")],
)
def test_an_inspection_does_its_round_on_the_day_it_was_completed(
    completed: str, state: str
) -> None:
    found = listed("2026-03-01 00:00", inspections=(inspection("I1", "2026-Q1", completed),))[0]
    assert (found.state, found.record) == (state, "I1")
    assert found.done_on == date.fromisoformat(completed[:10])


@pytest.mark.parametrize(
    "other",
    [
        inspection("I1", "2026-Q1"),
        inspection("I1", "2026-Q2", "2026-02-16 10:00"),
        inspection("I1", "2026-Q1", "2026-02-16 10:00", plan="another"),
        inspection("I1", "2026-Q1", "2026-02-20 10:00"),
    ],
    ids=["not completed", "of another period", "of another plan", "completed later"],
)
def test_an_inspection_that_is_not_this_rounds_or_not_completed_yet_does_not_do_it(
    other: Inspection,
) -> None:
    assert listed("2026-02-18 12:00", inspections=(other,))[0].state == "due"


def test_an_inspection_does_one_round_where_a_period_has_two() -> None:
    twice = work("FREQ=MONTHLY;BYMONTHDAY=1,15", start="2026-02-01", due_within=5)
    one = inspection("I1", "2026-02", "2026-02-02 10:00")
    assert states("2026-02-28 12:00", twice, inspections=(one,))[:2] == [
        ("2026-02-01", "done", "I1"),
        ("2026-02-15", "overdue", ""),
    ]


@pytest.mark.parametrize(
    ("window", "state"),
    [
        ("2026-02-05 00:00", "done"),
        ("2026-02-25 23:00", "done"),
        ("2026-02-04 23:59", "overdue"),
        ("2026-02-26 00:00", "overdue"),
    ],
)
def test_other_work_is_done_by_a_ticket_whose_window_starts_near_the_planned_day(
    window: str, state: str
) -> None:
    done = ticket("T1", window, resolved="2026-02-25 23:30")
    assert listed("2026-03-01 12:00", work(kind="upgrade"), tickets=(done,))[0].state == state


def test_a_ticket_of_another_kind_does_not_do_the_round() -> None:
    exchange = ticket("T1", "2026-02-15 20:00", "2026-02-15 21:00", kind="exchange")
    assert listed("2026-02-20 12:00", work(kind="upgrade"), tickets=(exchange,))[0].state == "due"


@pytest.mark.parametrize("undone", ["reopened", "cancelled"])
def test_a_ticket_reopened_or_cancelled_does_not_do_the_round(undone: str) -> None:
    again = ticket("T1", "2026-02-15 20:00", "2026-02-15 21:00", **{undone: "2026-02-16 09:00"})
    assert listed("2026-02-20 12:00", work(kind="upgrade"), tickets=(again,))[0].state == "due"
    assert listed("2026-02-16 08:00", work(kind="upgrade"), tickets=(again,))[0].state == "done"


def test_work_done_again_after_a_reopening_is_done_on_the_later_day() -> None:
    steps = [
        claim("2026-02-15 21:00", "resolved", mode="on_site"),
        claim("2026-02-16 09:00", "reopened", reason="未恢复"),
        claim("2026-02-17 10:00", "resolved", mode="on_site"),
    ]
    planned = ticket("T1", "2026-02-15 20:00")
    again = Ticket(
        **{name: getattr(planned, name) for name in Ticket.__slots__} | {"log": log_of(*steps)}
    )
    found = listed("2026-02-20 12:00", work(kind="upgrade"), tickets=(again,))[0]
    assert (found.state, found.done_on) == ("done", date(2026, 2, 17))


def test_a_ticket_does_one_round_of_one_line_of_the_plan() -> None:
    lines = (
        work(kind="upgrade", key="firewalls"),
        work(kind="upgrade", key="switches"),
    )
    done = ticket("T1", "2026-02-15 20:00", "2026-02-15 21:00")
    found = listed("2026-02-20 12:00", *lines, tickets=(done,))
    assert [(one.plan, one.state) for one in found[:2]] == [
        ("firewalls", "done"),
        ("switches", "due"),
    ]


def test_a_ticket_that_names_its_line_does_a_round_of_that_line_late_or_not() -> None:
    lines = (
        work(kind="upgrade", key="firewalls"),
        work(kind="upgrade", key="switches"),
    )
    done = replace(ticket("T1", "2026-02-15 20:00", "2026-02-15 21:00"), plan="switches")
    found = listed("2026-02-20 12:00", *lines, tickets=(done,))
    assert [(one.plan, one.state) for one in found[:2]] == [
        ("firewalls", "due"),
        ("switches", "done"),
    ]
    late = replace(ticket("T1", "2026-04-20 20:00", "2026-04-20 21:00"), plan="switches")
    found = listed("2026-04-30 12:00", *lines, tickets=(late,))
    assert [(one.plan, one.state) for one in found[:2]] == [
        ("firewalls", "overdue"),
        ("switches", "done_late"),
    ]


def test_work_without_a_rule_is_planned_once() -> None:
    once = work("", kind="downtime")
    assert states("2026-12-01 12:00", once) == [("2026-02-15", "overdue", "")]
    assert rounds(once, date(2026, 2, 14)) == ()
    assert rounds(once, date(2026, 2, 15)) == (date(2026, 2, 15),)


def test_a_round_of_the_last_day_asked_for_is_one_of_them() -> None:
    assert rounds(work(), date(2026, 5, 15)) == (date(2026, 2, 15), date(2026, 5, 15))
    assert len(rounds(work(), date(2026, 5, 14))) == 1


def test_work_completed_at_the_very_instant_is_done() -> None:
    one = inspection("I1", "2026-Q1", "2026-02-16 10:00")
    assert listed("2026-02-16 09:59", inspections=(one,))[0].state == "due"
    assert listed("2026-02-16 10:00", inspections=(one,))[0].state == "done"


def test_a_line_whose_rule_is_none_has_no_rounds() -> None:
    assert listed("2026-12-01 12:00", work("每季度一次")) == []


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
    ],
)
def test_what_is_no_recurrence_of_days_or_never_moves_on_is_no_rule(rule: str) -> None:
    assert not is_rule(rule)


RULES = st.builds(
    lambda frequency, interval, more: ";".join(
        (f"FREQ={frequency}", f"INTERVAL={interval}", *more)
    ),
    st.sampled_from(("DAILY", "WEEKLY", "MONTHLY", "YEARLY")),
    st.integers(1, 20),
    st.sampled_from(((), ("COUNT=3",), ("UNTIL=20261001",), ("BYDAY=MO,WE",), ("BYMONTH=3,9",))),
)


@given(RULES, st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_law_rounds_are_in_order_each_day_once_and_within_their_span(
    rule: str, until: date
) -> None:
    days = rounds(work(rule, start="2026-01-05"), until)
    assert list(days) == sorted(set(days))
    assert all(date(2026, 1, 5) <= day <= until for day in days)


@given(RULES, st.dates(date(2026, 1, 1), date(2027, 6, 30)))
def test_law_a_later_look_only_adds_rounds(rule: str, day: date) -> None:
    line = work(rule, start="2026-01-05")
    sooner = [one.planned_for for one in listed(f"{day} 12:00", line)]
    later = [one.planned_for for one in listed(f"{day + timedelta(days=40)} 12:00", line)]
    assert later[: len(sooner)] == sooner
    assert all(one <= day + HORIZON for one in sooner)


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
    days = {period: list(map(date.fromisoformat, days)) for period, days in begun.items()}
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
