"""The parts of the periodic reports, by hand, on a November that can be counted on one's fingers."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from building.a_month import (
    FAULT,
    INTERNAL_WORDS,
    LATE_FAULT,
    ROUND,
    SERIAL,
    UPGRADE,
    a_november,
    november_report,
)
from building.book import TICKET, WHOLE_LOG, a_book, files_of
from building.contract import CONTRACT, GROUPED, TWO, a_ticket
from building.papers import a_part, a_report, part_facts, part_words
from weibao.render.papers.paper import Picture, Table
from weibao.render.papers.periodic import PARTS
from weibao.report.closed_months import Restated, figures_of
from weibao.report.difference import Turned
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from weibao.render.papers.report_part import ReportPart

HERE = (
    "summary",
    "period",
    "compliance",
    "breaches",
    "incidents",
    "availability",
    "planned",
    "inspections",
    "spares",
)
BY_KEY = {part.key: part for part in PARTS}
EMPTY_SPARES = "depots: {}\nparts: {}\nlog: []\n"


@pytest.fixture(params=HERE)
def part(request) -> ReportPart:
    return BY_KEY[request.param]


@cache
def facts(key: str) -> dict[str, Any]:
    return part_facts(BY_KEY[key], november_report())


def row(table: list[dict[str, Any]], **wanted: object) -> dict[str, Any]:
    (found,) = [line for line in table if all(line[key] == value for key, value in wanted.items())]
    return found


def test_the_parts_stand_in_the_order_of_the_report() -> None:
    assert tuple(part.key for part in PARTS if part.key in HERE) == HERE


def test_a_part_says_the_same_in_both_languages_and_nothing_that_is_withheld(part) -> None:
    report = november_report()
    part_facts(part, report)  # holds both languages against each other
    for code in ("zh", "en"):
        words = part_words(part, report, code)
        for hidden in (INTERNAL_WORDS, SERIAL, "李强", "li-qiang", "王蕾"):
            assert hidden not in words


def test_the_provider_reads_what_the_customer_does_not() -> None:
    report = november_report()
    own = part_words(BY_KEY["incidents"], report, audience="internal")
    assert INTERNAL_WORDS in own
    assert "李强" in own
    assert SERIAL in part_words(BY_KEY["spares"], report, audience="internal")
    assert len(part_facts(BY_KEY["incidents"], report, "internal")[f"timeline_{FAULT}"]) == 11
    assert len(facts("incidents")[f"timeline_{FAULT}"]) == 10


def test_the_first_page_says_the_month_in_five_lines() -> None:
    assert facts("summary")["in_brief"] == {
        "promises": "5/6",
        "tickets": "2 1 1 2 1",
        "availability": "0/0 mes",
        "plan": "0/1 1",
        "spares": "1 0 0",
    }
    words = part_words(BY_KEY["summary"], november_report(), "en")
    assert "1 rounds and other works of the plan fell due: 0 done wholly and in time." in words
    assert "Works in a window of their own, apart from these: 1." in words
    assert "6 that fell due were judged: 5 kept (83.3%), 1 missed." in words
    assert "Faults of severity 1 or 2: 2; of these not restored: 1." in words
    assert "available least by contract: Manufacturing execution, 99.268%." in words


def test_the_grid_says_by_a_word_how_a_figure_is_held_against_what_was_agreed() -> None:
    lights = facts("summary")["lights"]
    assert row(lights, figure="compliance") == {
        "figure": "compliance",
        "2026-10": None,
        "2026-11": "watch 5/6",
    }
    assert row(lights, figure="availability_contract mes")["2026-11"] == "watch 2573040/2592000"
    grid = next(
        block
        for block in a_part(BY_KEY["summary"], november_report()).sections[0].blocks
        if isinstance(block, Table) and block.key == "lights"
    )
    cells = [cell for line in grid.rows for cell in line if cell.mood]
    words = {"good": "良好", "warn": "关注", "bad": "未达标", "muted": "无数据"}
    assert all(cell.said.texts[0].rstrip("*").endswith(words[cell.mood]) for cell in cells)
    assert [cell.value for cell in cells if cell.said.texts[0].endswith("*")] == ["good 0/1"]


def test_what_is_past_due_is_to_be_decided_unless_the_manager_has_remarked() -> None:
    found = facts("summary")["to_decide"]
    assert [line["record"] for line in found] == [LATE_FAULT] * 3
    assert found[0]["due"] == "2026-12-01T00:00:00+08:00"
    november = a_november()
    remark = replace(
        november.proofs[FAULT].entries[0],
        entry=replace(
            november.records.tickets[FAULT].log[0], event="remarked", data={"section": "summary"}
        ),
    )
    report = a_report(november, "2026-11", log=(remark,))
    assert "to_decide" not in part_facts(BY_KEY["summary"], report)


def test_what_came_in_is_told_apart_by_all_that_it_is_of() -> None:
    told = facts("period")
    assert told["months"][-1] == {
        "name": "2026-11",
        "reported": 2,
        "closed": 1,
        "cancelled": 0,
        "open": 1,
    }
    busy = [line["name"] for line in told["days"] if line["reported"]]
    assert busy == ["2026-11-20", "2026-11-30"]
    for key in ("ticket_kind", "channel", "site", "service", "asset"):
        assert [line["2026-11"] for line in told[f"by_{key}"]] == [2]
    assert [line["2026-11"] for line in told["by_severity"]] == [1, 1]
    week = told["by_hour_of_week"]
    assert (week[4]["from_08"], week[0]["from_20"]) == (1, 1)
    assert sum(count for line in week for key, count in line.items() if key != "weekday") == 2


def test_the_chart_stands_alone_and_is_said_in_words() -> None:
    (picture,) = [
        block
        for block in a_part(BY_KEY["period"], november_report()).sections[0].blocks
        if isinstance(block, Picture)
    ]
    assert picture.raw.startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')
    assert b"var(" not in picture.raw
    assert picture.alt.texts[0] == "逐日新增、关闭和未结工单数，数值见下表。"


def test_promises_are_counted_by_target_and_severity_and_as_the_month_was_closed() -> None:
    november = a_november()
    close = figures_of(november, "2026-11")
    report = a_report(november, "2026-11", closes={"2026-11": close})
    told = part_facts(BY_KEY["compliance"], report)
    (month,) = told["promises_by_month"]
    assert month["closed"] is True
    assert {key: month[key] for key in close.counts} == dict(close.counts)
    assert (month["met"], month["breached"], month["kept"]) == (5, 1, "5/6")
    assert row(told["promises_by_target"], target="arrive")["breached"] == 1
    assert row(told["promises_by_target"], target="update")["at_worst"] == "1/1"
    assert told["restated"] == []
    assert row(told["times"], figure="restore_time")["worst"] == 2 * 3600 + 8 * 60
    assert row(told["times"], figure="arrive_time")["p90"] is None


def test_what_was_restated_stands_beside_what_was_closed() -> None:
    november = a_november()
    (missed,) = [verdict for verdict in november.verdicts if verdict.outcome is Outcome.BREACHED][
        :1
    ]
    turned = Turned(replace(missed, outcome=Outcome.MET), missed)
    report = replace(
        a_report(november, "2026-11"),
        restated=(Restated("2026-11", turned, november.as_of),),
    )
    told = part_facts(BY_KEY["compliance"], report)
    assert told["promises_by_month"][0]["restated"] == 1
    assert told["restated"] == [
        {
            "month": "2026-11",
            "ticket": FAULT,
            "promise": "arrive 1",
            "closed": "met",
            "now": "breached",
            "landed": "2026-12-02T00:00:00+08:00",
        }
    ]


def test_every_miss_has_its_cause_and_the_action_that_was_raised_on_it() -> None:
    told = facts("breaches")
    (missed,), (explained,) = told["missed"], told["explained"]
    assert (missed["ticket"], missed["promise"], missed["over"]) == (FAULT, "arrive 1", 180)
    assert missed["due"] == "2026-11-20T11:12:00+08:00"
    assert missed["done"] == "2026-11-20T11:15:00+08:00"
    assert explained["cause"] == "高速封闭"
    assert explained["actions"] == "post-an-engineer=raised"


def test_grave_faults_are_told_step_by_step_with_the_reports_owed_on_them() -> None:
    told = facts("incidents")
    assert [line["ticket"] for line in told["incidents"]] == [FAULT, LATE_FAULT]
    assert [line["lasted"] for line in told["incidents"]] == [2 * 3600 + 8 * 60, None]
    assert [line["edition"] for line in told["incident_reports"]] == [
        *("preliminary", "final"),
        "preliminary",
    ]
    assert told["incident_reports"][0]["due"] == "2026-11-21T09:12:00+08:00"
    steps = [line["step"] for line in told[f"timeline_{FAULT}"]]
    assert "justified" not in steps
    assert steps[-1] == "closed"


def test_availability_is_that_of_the_outages_that_are_listed() -> None:
    told = facts("availability")
    (service,) = told["service_availability"]
    # 7,680 s of the fault, 10,200 s of work that nobody is seen to have approved, 0.3 of the last hour.
    assert service["by_contract"] == "99.268%"
    assert [line["length"] for line in told["outages"] if line["thing"] == "mes"] == [
        *(7680, 10200),
        3600,
    ]
    assert [line["to"] for line in told["outages"]][2] is None
    assert [line["weight"] for line in told["outages"]] == ["100%", "100%", "30%", *["100%"] * 3]
    assert "borne" not in told
    (asset,) = told["equipment_availability"]
    assert asset["down"] == 7680 + 10200 + 3600


@pytest.mark.parametrize(("contract", "bore"), [(GROUPED, True), (CONTRACT, False)])
def test_what_a_redundancy_group_bore_is_told_beside_what_no_service_lost(
    contract: str, *, bore: bool
) -> None:
    files = files_of(a_ticket(log=WHOLE_LOG), contract=contract, assets=TWO)
    report = a_report(a_book(files, as_of="2026-12-01T00:00:00+08:00"), "2026-11")
    told = part_facts(BY_KEY["availability"], report)
    (service,) = told["service_availability"]
    assert (service["experienced"] == "100%") is bore
    assert told.get("borne", []) == (
        [{"service": "mes", "group": "core", "working": "1/2", "need": 1, "tickets": TICKET}]
        if bore
        else []
    )
    stretch = row(told["outages"], thing="mes")
    assert (stretch["condition"], stretch["weight"]) == (
        ("degraded", "0%") if bore else ("outage", "100%")
    )
    words = part_words(BY_KEY["availability"], report, "en")
    assert ("weighs nothing\n" in words) is bore
    brief = part_facts(BY_KEY["summary"], report)["in_brief"]
    assert brief.get("borne", 0) == bore
    if bore:
        said = part_words(BY_KEY["summary"], report, "en")
        assert "By the impact on record and the contract no service lost any time" in said


def test_a_report_is_distributed_to_whoever_may_accept_it() -> None:
    (line,) = [
        line for line in facts("approval")["distribution"] if line["accepts"] and line["to"]
    ][:1]
    assert line["submitted"] is None


def test_few_lengths_are_told_one_by_one() -> None:
    times = facts("compliance")["times"]
    assert row(times, figure="arrive_time")["p50"] == "7380"


def test_planned_work_is_held_against_its_window_and_its_approval() -> None:
    (work,) = facts("planned")["planned_work"]
    assert (work["ticket"], work["placed"], work["approved"]) == (UPGRADE, "within", False)
    assert work["rollback"] == "回退到原版本"
    assert "due hd-2026" not in str(facts("planned")["next"])
    assert row(facts("planned")["next"], what="contract hd-2026")["day"] == "2026-12-31"


def test_a_round_says_what_was_found_and_what_nobody_looked_at() -> None:
    told = facts("inspections")
    (done,), (found,) = told["rounds"], told["inspection_findings"]
    assert (done["assets"], done["items"], done["records"]) == ("1/2", "2/4", ROUND)
    assert (done["warnings"], done["failures"], done["state"]) == (1, 0, "incomplete")
    assert (found["value"], found["status"], found["ticket"]) == ("47.5 °C", "warning", None)
    assert told["not_inspected"][0]["reason"] == "机柜锁坏"
    assert [line["asset"] for line in told["unseen"]] == ["core-sw-02"]


def test_spares_say_what_moved_and_what_is_left() -> None:
    told = facts("spares")
    (stock,), (move,), (count,) = told["stock"], told["spare_movements"], told["counts"]
    assert (stock["quantity"], stock["minimum"], stock["state"]) == (1, 1, False)
    assert (move["event"], move["ticket"], move["serials"]) == ("issued", FAULT, "〔〕")
    assert (count["expected"], count["found"], count["variance"]) == (1, 1, "-0 +0")
    assert told["parts_promised"][0]["part"] == "hw-s12700-mpu"
    assert told["unproven"] == []  # what came in without papers came the day after


def test_a_contract_without_plan_spares_and_services_has_a_whole_report(part) -> None:
    bare = CONTRACT.replace(
        "services:\n  mes: {name: {zh: 生产管理系统, en: Manufacturing execution}}\n",
        "services: {}\n",
    )
    files = files_of(contract=bare, plan="plan: {}\n", spares=EMPTY_SPARES, assets="assets: {}\n")
    report = a_report(a_book(files, as_of="2026-12-02T00:00:00+08:00"), "2026-11")
    part_facts(part, report)
    section = a_part(part, report).sections[0]
    for block in section.blocks:
        assert not isinstance(block, Table) or block.rows or block.empty


def test_a_quarter_adds_up_its_months(part) -> None:
    report = a_report(a_november(), "2026-09", "2026-10", "2026-11")
    told = part_facts(part, report)
    if part.key == "compliance":
        assert [line["kept"] for line in told["promises_by_month"]] == [None, None, "5/6"]
        assert row(told["promises_by_target"], target="arrive")["kept"] == "0/1"
    if part.key == "availability":
        assert row(told["service_availability"], service="mes")["down"] == 7680 + 10200
