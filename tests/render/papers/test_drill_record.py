"""A drill record tells the scenes with the answers to them, how long they took, and what the plan is since."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from building.book import TICKET, a_book, files_of
from building.contract import ACTIONS, a_ticket, entry
from building.papers import made_by
from building.record_papers import a_record_paper, paper_words, record_facts
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from weibao.report.book import Book

RECORD = "drill-record"
PLAN = "docs/emergency/core-outage.md"

LOG = (
    entry("09:15", "opened", by="wang-lei"),
    entry("14:02", "acknowledged"),
    entry("14:20", "injected", by="chen-jie", text="市电中断"),
    entry("14:28", "answered", text="李强按预案关停负载"),
    entry("14:33", "answered", by="zhao-min", text="通知客户"),
    entry("14:40", "injected", by="chen-jie", text="发电机未启动"),
    entry("15:20", "resolved", mode="remote", cause="年度演练", action="更新联络表"),
    entry("15:30", "rated", by="chen-jie", score="88", reached="42m"),
    entry("16:00", "confirmed", by="wang-lei", contact="zhang-gong", via="phone", satisfaction="5"),
)


def a_drill(*log: str) -> str:
    head = (
        "window: {start: 2026-11-20T14:00:00+08:00, end: 2026-11-20T16:00:00+08:00}\n"
        "approved_by: zhang-gong\nrollback: 真实故障即停止\nemergency_plan: core-outage\nform: tabletop\n"
    )
    text = a_ticket(log=log or LOG).replace("kind: fault", "kind: drill")
    return text.replace("severity: 1\n", "").replace("log:\n", f"{head}log:\n", 1)


def a_plan(approved_on: str) -> bytes:
    return (
        f'---\nid: core-outage\nversion: "1.1"\nscenario: 机房断电\napproved_by: zhang-gong\n'
        f"approved_on: {approved_on}\n---\n\n# 预案\n"
    ).encode()


def the_book(approved_on: str = "2026-11-21", **more: str) -> Book:
    return a_book({**files_of(a_drill(), **more), PLAN: a_plan(approved_on)})


def test_each_scene_has_its_answers_and_how_long_they_took() -> None:
    rows = record_facts(RECORD, the_book(), TICKET, "internal")["course"]["scenes"]
    assert [(row["scene"], row["answer"], row["by"], row["after"]) for row in rows] == [
        ("市电中断", "李强按预案关停负载", "li-qiang", 8 * 60),
        ("市电中断", "通知客户", "zhao-min", 13 * 60),
        ("发电机未启动", None, None, None),
    ]


def test_of_the_customers_people_those_took_part_who_were_seen_to() -> None:
    log = (*LOG[:3], entry("14:28", "answered", by="zhang-gong", text="通知厂区"), *LOG[5:])
    book = a_book({**files_of(a_drill(*log)), PLAN: a_plan("2026-11-21")})
    assert (
        record_facts(RECORD, book, TICKET, "internal")["drill"]["drill"]["customer"] == "zhang-gong"
    )


def test_what_was_exercised_and_reached_is_that_of_the_record() -> None:
    told = record_facts(RECORD, the_book(), TICKET, "internal")
    drill, result = told["drill"]["drill"], told["result"]["result"]
    assert (drill["form"], drill["plan"], drill["scenario"]) == (
        "tabletop",
        "core-outage",
        "机房断电",
    )
    assert (drill["begun"], drill["ended"]) == (
        "2026-11-20T14:02:00+08:00",
        "2026-11-20T15:20:00+08:00",
    )
    assert drill["customer"] is None
    assert set(drill["provider"].split()) == {"li-qiang", "zhao-min", "chen-jie"}
    assert (result["reached"], result["score"], result["satisfaction"]) == (42 * 60, 88, "5")


@pytest.mark.parametrize(("approved_on", "renewed"), [("2026-11-21", "renewed"), ("2026-11-19", None)])  # fmt: skip
def test_the_plan_after_it_is_told_and_whether_it_was_approved_anew(
    approved_on: str, renewed: str | None
) -> None:
    plan = record_facts(RECORD, the_book(approved_on), TICKET)["plan"]["plan"]
    assert (plan["version"], plan["approved_on"], plan["renewed"]) == ("1.1", approved_on, renewed)


def test_a_plan_without_a_page_is_missed() -> None:
    told = paper_words(a_record_paper(RECORD, a_book(files_of(a_drill())), TICKET))
    assert "没有该预案的文件" in told


def test_findings_are_the_actions_about_it() -> None:
    raised = entry(
        "2026-11-21T09:00:00+08:00", "raised", by="chen-jie", action="generator",
        about=f"{{ticket: {TICKET}}}", text="检修发电机", owner="sun-yu", due="2026-12-20",
    )  # fmt: skip
    told = record_facts(RECORD, the_book(actions=f"{ACTIONS}{raised}\n"), TICKET)
    assert [row["action"] for row in told["actions"]["actions"]] == ["generator"]


def test_names_are_the_providers_own() -> None:
    customer = paper_words(a_record_paper(RECORD, the_book(), TICKET))
    internal = paper_words(a_record_paper(RECORD, the_book(), TICKET, audience="internal"))
    for withheld in ("李强", "张工"):
        assert withheld not in customer
        assert withheld in internal


def test_a_drill_that_goes_on_is_provisional_and_a_fault_is_none() -> None:
    going_on = a_book(files_of(a_drill(*LOG[:4])))
    assert "暂定稿：演练尚未结束" in paper_words(a_record_paper(RECORD, going_on, TICKET))
    with pytest.raises(UsageRefusal, match="is no drill"):
        a_record_paper(RECORD, a_book(), TICKET)


def test_the_last_page_has_the_command_that_makes_the_paper_again() -> None:
    again = made_by(a_record_paper(RECORD, the_book(), TICKET, audience="internal"))
    assert again.startswith(f"weibao paper {RECORD} {TICKET} --internal --at ")
