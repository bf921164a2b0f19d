"""Which rounds of the plan are done, closed with gaps, due and overdue."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from building.entries import claim, log_of, moment
from building.planning import RULES, work
from weibao.history.official import Tenure
from weibao.model.assets import Asset
from weibao.model.fold import fold
from weibao.model.inspection import Inspection
from weibao.model.plan import ChecklistItem, Plan, PlannedWork
from weibao.model.state import claimed
from weibao.model.ticket import Ticket
from weibao.operations.due_work import due_work
from weibao.operations.planned import HORIZON, DueWork, period_of, rounds
from weibao.sla.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ZONE = ZoneInfo("Asia/Shanghai")
REPLACED = moment("2026-11-30 00:00")
"""When the register of these tests loses all of its equipment."""


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
    register: Mapping[str, Asset] = {},
    tenures: Sequence[Tenure[Plan]] = (),
) -> list[DueWork]:
    plan = Plan({one.id: one for one in lines or (work(),)}, {})
    return list(
        due_work(
            tenures or [Tenure(plan)],
            lambda instant: register if instant < REPLACED else {},
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


def test_work_completed_at_the_very_instant_is_done() -> None:
    one = inspection("I1", "2026-Q1", "2026-02-16 10:00")
    assert listed("2026-02-16 09:59", inspections=(one,))[0].state == "due"
    assert listed("2026-02-16 10:00", inspections=(one,))[0].state == "done"


def test_a_line_whose_rule_is_none_has_no_rounds() -> None:
    assert listed("2026-12-01 12:00", work("每季度一次")) == []


@given(RULES, st.dates(date(2026, 1, 1), date(2027, 6, 30)))
def test_law_a_later_look_only_adds_rounds(rule: str, day: date) -> None:
    line = work(rule, start="2026-01-05")
    sooner = [one.planned_for for one in listed(f"{day} 12:00", line)]
    later = [one.planned_for for one in listed(f"{day + timedelta(days=40)} 12:00", line)]
    assert later[: len(sooner)] == sooner
    assert all(one <= day + HORIZON for one in sooner)


HOT = ChecklistItem("heat", {}, "°C", 45, 60, None, None)
LAMPS = ChecklistItem("lamps", {}, "", None, None, None, None, ("switch",))
TWO = {
    one: Asset(one, {}, kind, "", "", "", "east", "", (), date(2026, 1, 1), date(2026, 12, 31))
    for one, kind in (("sw-1", "switch"), ("ups-1", "ups"))
}
"""Of a switch there are two items to look at, of a UPS one."""
LISTED = replace(work(), checklists=("all",))
CHECKED = Plan({LISTED.id: LISTED}, {"all": (HOT, LAMPS)})


def visit(number: str, *steps: str, period: str = "2026-Q1") -> Inspection:
    """An inspection of both pieces: steps as ``02-16 10:00 sw-1 heat``, ``… sw-1`` skipped, ``… completed``."""
    log = []
    for step in steps:
        at, words = f"2026-{step[:11]}", step[12:].split()
        if words == ["started"] or words == ["completed"]:
            log.append(claim(at, words[0]))
        elif len(words) == 1:
            log.append(claim(at, "skipped", asset=words[0], reason="停电"))
        else:
            log.append(claim(at, "checked", asset=words[0], item=words[1], status="ok"))
    return Inspection(number, "", "inspecting", period, ("sw-1", "ups-1"), log_of(*log))


def round_of(*visits: Inspection, as_of: str = "2026-03-10 12:00", **more: object) -> DueWork:
    given: dict[str, object] = {"register": TWO, "tenures": [Tenure(CHECKED)]} | more
    return listed(as_of, inspections=visits, **given)[0]  # type: ignore[arg-type]


STARTED, ALL = "02-16 09:00 started", ("02-16 09:10 sw-1 heat", "02-16 09:11 sw-1 lamps")
UPS, OVER = "02-16 09:12 ups-1 heat", "02-16 10:00 completed"


@pytest.mark.parametrize(
    ("steps", "state", "assets", "checks", "left"),
    [
        ((*ALL, UPS, OVER), "done", 2, 3, {}),
        ((*ALL, UPS), "overdue", 2, 3, {}),
        ((*ALL, OVER), "incomplete", 1, 2, {"ups-1": ("heat",)}),
        ((ALL[0], UPS, OVER), "incomplete", 1, 2, {"sw-1": ("lamps",)}),
        ((OVER,), "incomplete", 0, 0, {"sw-1": ("heat", "lamps"), "ups-1": ("heat",)}),
        ((*ALL, "02-16 09:30 ups-1", OVER), "incomplete", 1, 2, {"ups-1": ("heat",)}),
        ((*ALL, "02-16 09:01 ups-1", UPS, OVER), "done", 2, 3, {}),
    ],
    ids=[
        "all of it",
        "not completed",
        "a piece left",
        "an item left",
        "nothing looked at",
        "a piece skipped",
        "skipped, and looked at after all",
    ],
)
def test_a_round_is_done_when_every_item_for_its_kind_was_looked_at_on_every_piece(
    steps: tuple[str, ...], state: str, assets: int, checks: int, left: dict[str, tuple[str, ...]]
) -> None:
    found = round_of(visit("I1", STARTED, *steps))
    assert found.coverage is not None
    assert (found.state, dict(found.coverage.left)) == (state, left)
    assert (found.coverage.assets, found.coverage.checks) == (Tally(assets, 2), Tally(checks, 3))
    skipped = (
        ("ups-1",) if state == "incomplete" and any("ups-1" in one for one in steps[2:3]) else ()
    )
    assert found.coverage.skipped == skipped


def test_what_was_left_of_a_round_is_made_up_for_by_another_inspection_on_its_own_day() -> None:
    first = visit("I1", STARTED, *ALL, OVER)
    rest = ("02-20 09:00 started", "02-20 09:10 ups-1 heat")
    under_way = round_of(first, visit("I2", *rest))
    assert (under_way.state, under_way.records) == ("overdue", ("I1", "I2"))
    whole = round_of(first, visit("I2", *rest, "02-27 10:00 completed"))
    assert (whole.state, whole.record, whole.done_on) == ("done_late", "I2", date(2026, 2, 27))
    again = visit("I3", "03-01 09:00 started", *ALL, UPS)
    assert round_of(first, visit("I2", *rest, "02-20 10:00 completed"), again).state == "done"


def test_what_a_round_promises_is_what_the_plan_said_before_its_day() -> None:
    short = Plan(CHECKED.work, {"all": (HOT,)})
    one = visit("I1", STARTED, ALL[0], UPS, OVER)

    def state(edited: str) -> str:
        at = moment(edited)
        return round_of(one, tenures=[Tenure(CHECKED, None, at), Tenure(short, at)]).state

    assert state("2026-02-14 23:59") == "done"
    assert state("2026-02-15 00:00") == "incomplete"
    assert state("2026-02-20 12:00") == "incomplete"


def test_a_line_that_is_new_since_its_day_promises_what_it_said_when_it_was_due() -> None:
    at = moment("2026-02-18 09:00")
    tenures = [Tenure(Plan({}, {}), None, at), Tenure(CHECKED, at)]
    assert round_of(visit("I1", STARTED, *ALL, OVER), tenures=tenures).state == "incomplete"


def test_equipment_that_left_the_register_before_the_day_is_not_promised() -> None:
    line = replace(LISTED, start=date(2026, 11, 30))
    gone = listed(
        "2026-12-05 12:00",
        register=TWO,
        tenures=[Tenure(Plan({line.id: line}, CHECKED.checklists))],
        inspections=(
            visit("I1", "11-30 09:00 started", "11-30 10:00 completed", period="2026-Q4"),
        ),
    )[0]
    assert (gone.state, gone.coverage and gone.coverage.promised) == ("done", {})
    kept = replace(line, start=date(2026, 11, 29))
    (stays, *_) = listed(
        "2026-12-05 12:00",
        register=TWO,
        tenures=[Tenure(Plan({line.id: kept}, CHECKED.checklists))],
        inspections=(
            visit("I1", "11-29 09:00 started", "11-30 10:00 completed", period="2026-Q4"),
        ),
    )
    assert stays.state == "incomplete"


def test_a_line_without_a_checklist_asks_for_a_look_at_every_piece() -> None:
    plan = Plan({"inspecting": work()}, {})
    looked = visit("I1", STARTED, "02-16 09:10 sw-1 anything", OVER)
    found = round_of(looked, tenures=[Tenure(plan)])
    assert found.coverage is not None
    assert (found.state, found.coverage.checks) == ("incomplete", Tally(1, 2))
    assert found.coverage.left == {"ups-1": ()}


OCCURRENCES = {
    "weekly": ("FREQ=WEEKLY", "2026-02-07", ["2026-02-07", "2026-02-14", "2026-02-21"]),
    "second Saturday": ("FREQ=MONTHLY;BYDAY=2SA", "2026-01-10", ["2026-01-10", "2026-02-14"]),
    "quarterly from the 31st": (
        "FREQ=MONTHLY;INTERVAL=3",
        "2026-01-31",
        ["2026-01-31", "2026-07-31", "2026-10-31"],
    ),
    "last day of a quarter": (
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1",
        "2026-01-31",
        ["2026-01-31", "2026-04-30", "2026-07-31"],
    ),
    "leap day": ("FREQ=YEARLY", "2024-02-29", ["2024-02-29"]),
    "three days of a month": (
        "FREQ=MONTHLY;BYMONTHDAY=5,15,25",
        "2026-02-05",
        ["2026-02-05", "2026-02-15", "2026-02-25", "2026-03-05"],
    ),
    "two months of a year": (
        "FREQ=YEARLY;BYMONTH=3,9;BYMONTHDAY=1",
        "2026-03-01",
        ["2026-03-01", "2026-09-01"],
    ),
}


@pytest.mark.parametrize("name", OCCURRENCES)
@pytest.mark.parametrize("late", [0, 1, 3])
def test_each_occurrence_is_done_by_the_inspection_begun_for_it_and_by_no_other(
    name: str, late: int
) -> None:
    rule, start, days = OCCURRENCES[name]
    line = work(rule, start=start, due_within=3)
    for left_out in range(len(days)):
        made = tuple(
            Inspection(
                f"I{number}",
                "",
                "inspecting",
                period_of(rule, date.fromisoformat(day)),
                ("sw-1",),
                log_of(
                    claim(f"{date.fromisoformat(day) + timedelta(days=late)} 09:00", "started"),
                    claim(f"{date.fromisoformat(day) + timedelta(days=late)} 10:00", "completed"),
                ),
            )
            for number, day in enumerate(days)
            if number != left_out
        )
        end = date.fromisoformat(days[-1]) + timedelta(days=4)
        found = listed(f"{end} 12:00", line, inspections=made)
        told = {one.planned_for.isoformat(): one.state for one in found if one.state != "upcoming"}
        expected = {
            day: "overdue" if number == left_out else "done" for number, day in enumerate(days)
        }
        assert {day: told[day] for day in days} == expected


def test_a_rule_changed_in_the_term_keeps_the_rounds_before_and_brings_its_own_after() -> None:
    at = moment("2026-04-01 09:00")
    monthly, quarterly = work("FREQ=MONTHLY"), work(start="2026-05-15")
    tenures = [
        Tenure(Plan({"inspecting": monthly}, {}), None, at),
        Tenure(Plan({"inspecting": quarterly}, {}), at),
    ]
    done = Inspection(
        "I1",
        "",
        "inspecting",
        "2026-03",
        (),
        log_of(claim("2026-03-15 09:00", "started"), claim("2026-03-15 10:00", "completed")),
    )
    found = listed("2026-06-01 12:00", tenures=tenures, inspections=(done,))
    assert [(one.planned_for.isoformat(), one.state) for one in found[:4]] == [
        ("2026-02-15", "overdue"),
        ("2026-03-15", "done"),
        ("2026-05-15", "overdue"),
        ("2026-08-15", "upcoming"),
    ]


def test_a_round_begun_ahead_of_its_day_is_done_by_it_and_does_not_do_the_one_before() -> None:
    line = work("FREQ=MONTHLY;BYMONTHDAY=10,28", start="2026-02-10", due_within=3)
    early = Inspection(
        "I1",
        "",
        "inspecting",
        "2026-02",
        ("sw-1",),
        log_of(claim("2026-02-09 09:00", "started"), claim("2026-02-09 10:00", "completed")),
    )
    found = listed("2026-03-05 12:00", line, inspections=(early,))
    assert [one.state for one in found[:2]] == ["done", "overdue"]


def test_a_round_put_off_before_it_is_due_is_done_on_its_new_day() -> None:
    at = moment("2026-02-14 09:00")
    put_off = replace(work("", start="2026-03-01"), id="inspecting")
    tenures = [
        Tenure(Plan({"inspecting": work("")}, {}), None, at),
        Tenure(Plan({"inspecting": put_off}, {}), at),
    ]
    done = Inspection(
        "I1",
        "",
        "inspecting",
        "2026-03",
        (),
        log_of(claim("2026-03-02 09:00", "started"), claim("2026-03-02 10:00", "completed")),
    )
    found = listed("2026-06-01 12:00", tenures=tenures, inspections=(done,))
    assert [(one.planned_for.isoformat(), one.state) for one in found] == [("2026-03-01", "done")]
