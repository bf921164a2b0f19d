"""Every verb of ``weibao inspection``: a round from its start to the customer's confirmation."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from building.contract import ASSETS, ticket_path
from building.refusing import refused

if TYPE_CHECKING:
    from building.commands import Ran, Weibao

PLAN = "quarterly-inspection"
AGAIN = ("--period", "2026-Q4")
NEXT = ("--period", "2027-Q1")
CHECK = ("inspection", "check")
OPEN = ("--open-ticket", "--severity", "2", "--reported-by", "zhang-gong")


def started(weibao: Weibao) -> str:
    """The id of an inspection that was just started."""
    ran = weibao("inspection", "start", PLAN)
    assert ran.code == 0, ran.err
    (record,) = re.findall(r"I20261120-\w{6}", ran.out)
    return record


def looked(weibao: Weibao, record: str, item: str, *more: str) -> Ran:
    return weibao(*CHECK, record, "--asset", "core-sw-01", "--item", item, *more)


def test_a_round_is_recorded_from_its_start_to_its_confirmation_one_commit_a_step(
    weibao: Weibao,
) -> None:
    repository = weibao.repository
    record = started(weibao)
    path = ticket_path(record)
    header = repository.read(path)
    assert f"plan: {PLAN}\nperiod: 2026-Q4\nassets: [core-sw-01]\n" in header
    asset = ("--asset", "core-sw-01")
    story = (
        ("check", record[-6:], *asset, "--item", "appearance", "--status", "ok"),
        ("check", record[-6:], *asset, "--item", "temperature", "--value", "38.5", "--at", "09:40"),
        ("check", record[-6:], *asset, "--item", "temperature", "--value", "46", "--at", "09:40"),
        ("complete", record),
        ("confirm", record, "--contact", "zhang-gong", "--via", "phone", "--by", "wang-lei"),
        ("amend", record, "--field", "period", "--value", "2026-Q4", "--reason", "复核"),
    )
    weibao.set_clock("2026-11-20T09:50:00+08:00")
    for verb, *rest in story:
        before, parent = repository.read(path), repository.head
        ran = weibao("inspection", verb, *rest)
        assert ran.code == 0, ran.err
        assert repository.read(path).startswith(before)
        assert repository.git("diff", "--name-only", parent, "HEAD").split() == [path]
    log = repository.read(path)
    assert 'value: 38.5, unit: "°C", status: ok' in log
    assert "at: 2026-11-20T09:40:01+08:00, event: checked" in log
    assert 'value: 46, unit: "°C", status: warning' in log
    assert weibao("check").code == 0
    shown = json.loads(weibao("inspection", "show", record, "--format", "json").out)
    assert shown["counts"] == {"ok": 1, "warning": 1, "failed": 0, "not_applicable": 0}
    assert (shown["round"]["state"], shown["round"]["coverage"]["left"]) == ("done", [])
    assert [one["status"] for one in shown["checks"]] == ["ok", "ok", "warning"]
    assert "38.5 °C: ok" in weibao("inspection", "show", record).out
    assert record in weibao("inspection", "list").out
    assert record not in weibao("inspection", "list", "--open").out


def test_the_round_that_is_due_is_the_one_that_is_started_and_then_the_next(
    weibao: Weibao,
) -> None:
    weibao.set_clock("2026-11-20T09:30:00+08:00")
    rounds = json.loads(weibao("inspection", "due", "--format", "json").out)["rounds"]
    assert [(one["planned_for"], one["state"]) for one in rounds] == [("2026-11-25", "upcoming")]
    first = started(weibao)
    weibao.set_clock("2027-02-26T09:30:00+08:00")
    assert "overdue" in weibao("inspection", "due").out
    ran = weibao("inspection", "start", PLAN, "--asset", "core-sw-01")
    (second,) = re.findall(r"I20270226-\w{6}", ran.out)
    assert "period: 2026-Q4\n" in weibao.repository.read(ticket_path(first))
    assert "period: 2027-Q1\n" in weibao.repository.read(ticket_path(second))


def test_a_round_that_is_completed_is_not_begun_again(weibao: Weibao) -> None:
    record = started(weibao)
    for item in ("appearance", "temperature"):
        assert looked(weibao, record, item, "--status", "ok").code == 0
    weibao.set_clock("2026-11-20T09:50:00+08:00")
    assert weibao("inspection", "complete", record).code == 0
    ran = refused(weibao, "inspection", "start", PLAN, *AGAIN)
    assert f"2026-Q4 has begun already: {record} has core-sw-01." in ran.err
    assert f"It is completed: weibao inspection show {record}" in ran.err
    assert weibao("inspection", "start", PLAN, *NEXT).code == 0


def test_a_failed_check_opens_its_ticket_first_and_names_it(weibao: Weibao) -> None:
    record, parent = started(weibao), weibao.repository.head
    ran = looked(weibao, record, "temperature", "--value", "63", *OPEN, "--note", "风扇停转")
    assert ran.code == 0, ran.err
    subjects = weibao.repository.git("log", "--format=%s", f"{parent}..HEAD").splitlines()
    assert [subject.split()[1] for subject in subjects] == ["checked:", "opened:"]
    (ticket,) = set(re.findall(r"T20261120-\w{6}", weibao.repository.read(ticket_path(record))))
    text = weibao.repository.read(ticket_path(ticket))
    assert "Core switch 1, Device temperature: 63 °C" in text
    assert "assets: [core-sw-01]" in text
    assert "severity: 2" in text
    assert weibao("check").code == 0


def test_a_failed_check_may_name_a_ticket_that_is_open_already(weibao: Weibao) -> None:
    record = started(weibao)
    ran = looked(weibao, record, "temperature", "--value", "63", "--ticket", "7K3Q9M")
    assert ran.code == 0, ran.err
    assert "63 °C: failed (T20261120-7K3Q9M)" in ran.out


def test_what_is_graver_than_the_checklist_says_is_recorded_as_it_was_seen(weibao: Weibao) -> None:
    record = started(weibao)
    graver = ("--value", "38", "--status", "failed", "--ticket", "7K3Q9M")
    ran = looked(weibao, record, "temperature", *graver)
    assert ran.code == 0, ran.err


def test_a_check_of_equipment_outside_the_round_is_refused(weibao: Weibao) -> None:
    repository = weibao.repository
    record = started(weibao)
    other = ASSETS.removeprefix("assets:\n").replace("core-sw-01", "acc-sw-02")
    repository.write("records/assets.yaml", ASSETS + other)
    repository.commit("设备", at="2026-11-20T09:31:00+08:00")
    ran = refused(
        weibao, *CHECK, record, "--asset", "acc-sw-02", "--item", "appearance", "--status", "ok"
    )
    assert ran.code == 2
    assert f"“acc-sw-02” is not among the equipment of {record}." in ran.err
    assert f"weibao inspection start {PLAN} --period 2026-Q4 --asset acc-sw-02" in ran.err


def test_a_failed_check_needs_a_ticket_that_had_not_ended_when_it_was_made(weibao: Weibao) -> None:
    record = started(weibao)
    weibao.set_clock("2026-11-20T09:40:00+08:00")
    assert weibao("ticket", "cancel", "7K3Q9M", "--reason", "误报").code == 0
    weibao.set_clock("2026-11-20T09:50:00+08:00")
    named = ("--value", "63", "--ticket", "7K3Q9M")
    ran = refused(weibao, *CHECK, record, "--asset", "core-sw-01", "--item", "temperature", *named)
    assert ran.code == 2
    assert "T20261120-7K3Q9M has ended" in ran.err
    assert looked(weibao, record, "temperature", *named, "--at", "09:35").code == 0


def test_what_has_an_open_ticket_gets_no_second_one(weibao: Weibao) -> None:
    record = started(weibao)
    found = (*CHECK, record, "--asset", "core-sw-01", "--item", "temperature", "--value", "63")
    assert weibao(*found, *OPEN).code == 0
    (ticket,) = set(re.findall(r"T20261120-\w{6}", weibao.repository.read(ticket_path(record))))
    weibao.set_clock("2026-11-20T09:50:00+08:00")
    ran = refused(weibao, *found, *OPEN)
    assert ran.code == 2
    assert f"Name it again: --ticket {ticket}" in ran.err
    assert weibao(*found, "--ticket", ticket).code == 0
    assert weibao("ticket", "cancel", ticket, "--reason", "误报").code == 0
    weibao.set_clock("2026-11-20T10:00:00+08:00")
    assert weibao(*found, *OPEN).code == 0


def test_what_a_completed_round_left_out_is_said_and_is_begun_with_what_is_left(
    weibao: Weibao,
) -> None:
    record = started(weibao)
    assert looked(weibao, record, "appearance", "--status", "ok").code == 0
    ran = weibao("inspection", "complete", record)
    assert ran.code == 0
    assert "Looked at: 1 of 2 items, 0 of 1 assets in full" in ran.out
    assert "Still to look at: core-sw-01 (temperature)" in ran.out
    due = json.loads(weibao("inspection", "due", "--format", "json").out)["rounds"]
    assert (due[0]["planned_for"], due[0]["state"]) == ("2026-11-25", "incomplete")
    assert due[0]["coverage"]["left"] == [
        {"asset": "core-sw-01", "items": ["temperature"], "skipped": False}
    ]
    again = weibao("inspection", "start", PLAN)
    assert again.code == 0
    assert "2026-Q4" in again.out
    assert weibao("inspection", "undo").code == 0
    confirmed = weibao(
        *("inspection", "confirm", record, "--contact", "zhang-gong", "--via", "phone")
    )
    assert "Looked at: 1 of 2 items" in confirmed.out
    assert weibao("inspection", "undo").code == 0
    again = weibao("inspection", "start", PLAN, *AGAIN)
    assert again.code == 0
    (other,) = re.findall(r"I20261120-\w{6}", again.out)
    assert looked(weibao, other, "temperature", "--value", "30").code == 0
    assert weibao("inspection", "complete", other).code == 0
    weibao.set_clock("2026-12-10T09:00:00+08:00")
    assert json.loads(weibao("inspection", "due", "--format", "json").out)["rounds"] == []
    for one in (record, other):
        shown = json.loads(weibao("inspection", "show", one, "--format", "json").out)["round"]
        assert (shown["state"], shown["coverage"]["checks"]) == ("done", 2)


def test_what_an_overdue_round_left_out_is_said_how_to_make_up_for(weibao: Weibao) -> None:
    repository = weibao.repository
    plan = repository.read("records/plan.yaml").replace("MONTHLY;INTERVAL=3", "YEARLY")
    repository.write("records/plan.yaml", plan)
    repository.commit("计划", at="2026-11-20T09:25:00+08:00")
    record = started(weibao)
    assert weibao("inspection", "complete", record).code == 0
    weibao.set_clock("2027-01-20T09:00:00+08:00")
    ran = refused(weibao, "inspection", "start", PLAN)
    assert f"made up for by: weibao inspection start {PLAN} --period 2026" in ran.err


def test_a_round_of_a_period_that_the_plan_does_not_have_is_told_to_count_for_none(
    weibao: Weibao,
) -> None:
    ran = weibao("inspection", "start", PLAN, "--period", "2026-11")
    assert "has no round of quarterly-inspection in 2026-11" in ran.out
    assert "has no round" not in weibao("inspection", "start", PLAN).out


def test_equipment_that_is_skipped_is_told_with_its_reason_and_does_not_count_as_looked_at(
    weibao: Weibao,
) -> None:
    record = started(weibao)
    ran = weibao("inspection", "skip", record, "--asset", "core-sw-01", "--reason", "机房停电")
    assert ran.code == 0, ran.err
    assert "Skipped, and not looked at: core-sw-01" in ran.out
    assert weibao("inspection", "complete", record).code == 0
    shown = weibao("inspection", "show", record)
    assert "core-sw-01: 机房停电" in shown.out
    assert "0 of 2 items, 0 of 1 assets in full" in shown.out
    (round_, *_) = json.loads(weibao("inspection", "due", "--format", "json").out)["rounds"]
    assert (round_["state"], round_["coverage"]["checks"]) == ("incomplete", 0)
    assert round_["coverage"]["left"][0]["skipped"] is True


@pytest.mark.parametrize(
    ("item", "more", "code", "said"),
    [
        ("temperature", ("--value", "63"), 1, "X303"),
        ("temperature", ("--value", "63", "--ticket", "ZZZZZZ"), 2, "ZZZZZZ"),
        ("temperature", ("--value", "63", "--open-ticket"), 2, "--severity"),
        ("temperature", ("--value", "63", *OPEN, "--ticket", "7K3Q9M"), 2, "not both"),
        ("temperature", ("--value", "30", *OPEN), 2, "--status failed"),
        ("temperature", ("--value", "63", *OPEN[:3], "--reported-by", "no-one"), 2, "factory-noc"),
        ("temperature", ("--value", "63", *OPEN, "--at", "08:00"), 1, "X201"),
        ("temperature", ("--value", "30", "--at", "2026-11-21 09:00"), 2, "still to come"),
        ("temperature", ("--value", "30", "--by", "nobody"), 2, "Nobody is called"),
        ("temperature", ("--value", "70", "--status", "ok"), 2, "“failed” for “temperature”"),
        (
            "temperature",
            ("--value", "46", "--status", "not_applicable"),
            2,
            "the checklist tells it",
        ),
        ("temperature", ("--value", "59", "--unit", "F"), 2, "measured in °C"),
        ("temperature", ("--value", "hot"), 2, "“hot” is no number"),
        ("appearance", (), 2, "--status"),
        ("appearance", ("--value", "有划痕"), 2, "--status"),
        ("humidity", ("--value", "30"), 2, "appearance 外观与指示灯 and temperature"),
    ],
)
def test_a_check_that_cannot_be_is_refused_and_nothing_is_written(
    weibao: Weibao, item: str, more: tuple[str, ...], code: int, said: str
) -> None:
    record = started(weibao)
    ran = refused(weibao, *CHECK, record, "--asset", "core-sw-01", "--item", item, *more)
    assert ran.code == code, ran.err
    assert said in ran.err


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("start", "no-such-round"), 2, PLAN),
        (("start", PLAN, "--period", "autumn"), 1, "R205"),
        (("start", PLAN), 2, "weibao inspection check I20261120-"),
        (("start", PLAN, *AGAIN), 2, "weibao inspection check I20261120-"),
        (("start", PLAN, *NEXT, "--asset", "no-such-asset"), 2, "core-sw-01"),
        (("start", PLAN, *NEXT, "--at", "2026-11-22 09:00"), 2, "still to come"),
        (("complete", "ZZZZZZ"), 2, "weibao inspection list"),
        (("confirm", "", "--contact", "zhang-gong", "--via", "phone"), 1, "X201"),
        (("show", "ZZZZZZ"), 2, "weibao inspection list"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_nothing_is_written(
    weibao: Weibao, arguments: tuple[str, ...], code: int, said: str
) -> None:
    record = started(weibao)
    ran = refused(weibao, "inspection", *(one or record for one in arguments))
    assert ran.code == code, ran.err
    assert said in ran.err
