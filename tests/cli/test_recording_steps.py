"""Every verb of ``weibao ticket``: one line more, every byte before it kept, one commit of one file."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, TICKET
from building.contract import CONTRACT, entry
from building.pictures import png
from weibao.model.events import OF_A_DRILL, TICKET_EVENTS
from weibao.model.yaml.strict import read_yaml

if TYPE_CHECKING:
    from building.commands import Weibao

PICTURE = png()
PART = ("--part", "hw-s12700-mpu")
LIQIANG, WANGLEI = ("--by", "li-qiang"), ("--by", "wang-lei")
LAWFUL = (
    ("09:20", ("notify", "--whom", "chen-jie", "--via", "phone", *WANGLEI), "opened"),
    ("09:21", ("assign", "--to", "li-qiang", *WANGLEI), "opened"),
    ("09:22", ("ack", "--note", "已与张工通话"), "in progress"),
    (
        "09:24",
        ("impact", "--impact", "core-sw-01=degraded", "--impact", "mes=partial"),
        "in progress",
    ),
    ("09:25", ("severity", "--severity", "2", "--consent-by", "zhang-gong"), "in progress"),
    (
        "09:30",
        ("dispatch", "--to", "li-qiang", "--with", "zhao-min", *WANGLEI),
        "in progress",
    ),
    ("09:35", ("callup", "--whom", "zhao-min", *WANGLEI), "in progress"),
    ("09:40", ("escalate", "--level", "1", "--to", "sun-yu", "--trigger", "50%"), "in progress"),
    (
        "09:45",
        ("refer", "--issuer", "华为", "--via", "phone", "--number", "SR-1"),
        "in progress",
    ),
    ("09:50", ("pause", "--reason", "site_access"), "in progress"),
    ("10:00", ("resume",), "in progress"),
    ("10:10", ("arrive", "--visit", "1"), "in progress"),
    ("10:20", ("part", "request", *PART, "--quantity", "1"), "in progress"),
    ("10:30", ("part", "arrive", *PART), "in progress"),
    (
        "10:40",
        (
            *("part", "replace", "--asset", "core-sw-01", *PART),
            *("--removed-serial", "OLD-1", "--installed-serial", "HDMPU1"),
            *("--old-part", "kept"),
        ),
        "in progress",
    ),
    ("10:50", ("update", "--note", "正在观察", "--internal"), "in progress"),
    ("11:00", ("restore", "--mode", "on_site"), "restored"),
    ("11:05", ("attach", "picture.png", "--caption", "更换后指示灯"), "restored"),
    ("11:10", ("leave",), "restored"),
    (
        "11:20",
        ("resolve", "--mode", "on_site", "--cause", "内存故障", "--action", "换板"),
        "resolved",
    ),
    ("11:30", ("reopen", "--reason", "再次重启"), "in progress"),
    ("11:40", ("resolve", "--mode", "remote", "--cause", "补丁", "--action", "升级"), "resolved"),
    (
        "13:00",
        ("confirm", "--contact", "zhang-gong", "--via", "phone", "--satisfaction", "5", *WANGLEI),
        "confirmed",
    ),
    ("13:05", ("close", *WANGLEI), "closed"),
    (
        "13:10",
        (
            *("amend", "--entry", "arrived", "--field", "note", "--value", "0755"),
            *("--reason", "补充到场说明"),
        ),
        "closed",
    ),
    (
        "13:15",
        ("countersign", "--entries", "arrived", "--entries", "paused", "--contact", "zhang-gong"),
        "closed",
    ),
    (
        "13:18",
        (
            *("analyse", "--edition", "final", "--trigger", "告警", "--root-cause", "老化"),
            *("--business-effect", "停产", "--detected-at", "09:05", "--detected-by", "监控"),
        ),
        "closed",
    ),
    (
        "13:20",
        ("justify", "--target", "update", "--cause", "忙于抢修", "--improvement", "设提醒"),
        "closed",
    ),
)


def test_a_ticket_is_recorded_from_its_report_to_its_end_one_line_and_one_commit_a_step(
    weibao: Weibao,
) -> None:
    repository = weibao.repository
    repository.write("picture.png", PICTURE)
    repository.write("records/actions.yaml", "# 备注\n" + repository.read("records/actions.yaml"))
    repository.git("add", "records/actions.yaml")
    for clock, (verb, *rest), state in LAWFUL:
        words = [verb, rest.pop(0)] if verb == "part" else [verb]
        weibao.set_clock(f"2026-11-20T{clock}:00+08:00")
        if words == ["part", "replace"]:
            issued = ("--serial", "HDMPU1", "--depot", "suzhou-depot", "--ticket", "7K3Q9M")
            assert weibao("spares", "issue", *PART, *issued, "--by", "sun-yu").code == 0
        before, parent = repository.read(PATH), repository.head
        ran = weibao("ticket", *words, "7K3Q9M", *rest)
        assert ran.code == 0, ran.err
        after = repository.read(PATH)
        assert after.startswith(before)
        assert after.count("\n") == before.count("\n") + 1
        assert f"State: {state}" in ran.out
        assert f"Commit: {repository.head[:12]}" in ran.out
        changed = repository.git("diff", "--name-only", parent, "HEAD").split()
        assert changed[-1] == PATH
        assert len(changed) == (2 if verb == "attach" else 1)
    assert repository.git("diff", "--cached", "--name-only") == "records/actions.yaml"
    deleted = repository.git("log", "--numstat", "--format=", "--", "records/tickets")
    assert {line.split("\t")[1] for line in deleted.splitlines() if line} == {"0"}
    assert weibao("check").code == 0


def test_the_story_uses_every_verb_that_may_follow_the_opening_but_cancel() -> None:
    used = {" ".join(words[:2]) if words[0] == "part" else words[0] for _, words, _ in LAWFUL}
    of_a_drill = {event.verb for event in TICKET_EVENTS if event.name in OF_A_DRILL}
    assert used == {event.verb for event in TICKET_EVENTS} - {"open", "cancel"} - of_a_drill


DRILL = (
    *("ticket", "open", "--kind", "drill", "--title", "断电演练", "--by", "chen-jie"),
    *("--reported-by", "zhang-gong", "--approved-by", "zhang-gong", "--rollback", "停止演练"),
    *("--window", "2026-11-20 10:00", "2026-11-20 12:00"),
)
PLANNED = ("--emergency-plan", "core-outage", "--form", "tabletop")


def test_a_drill_is_opened_with_its_plan_played_and_rated(weibao: Weibao) -> None:
    ran = weibao(*DRILL)
    assert ran.code == 2
    assert "Missing: --emergency-plan and --form." in ran.err
    refused = weibao(*("ticket", "open", "--title", "x", "--reported-by", "zhang-gong", *PLANNED))
    assert "Only a drill has these: --emergency-plan and --form." in refused.err
    weibao.repository.write("docs/emergency/core-outage.md", "---\nid: core-outage\n---\n")
    opened = weibao(*DRILL, *PLANNED)
    assert opened.code == 0, opened.err
    (drill,) = re.findall(r"T20261120-\w{6}", opened.out)
    for minute, step in enumerate(
        (
            ("ack",),
            ("drill", "inject", drill, "--text", "核心机房断电"),
            ("drill", "answer", drill, "--text", "切换电源"),
            ("drill", "rate", drill, "--score", "85", "--reached", "45m"),
        )
    ):
        weibao.set_clock(f"2026-11-20T10:{minute:02}:00+08:00")
        words = step if len(step) > 1 else (*step, drill)
        ran = weibao("ticket", *words, "--by", "li-qiang")
        assert ran.code == 0, ran.err
    shown = weibao("ticket", "show", drill).out
    assert "tabletop · core-outage" in shown
    assert "What is said to have happened: 核心机房断电" in shown
    assert "Time to recovery: 45m" in shown


def test_what_only_a_drill_has_is_refused_elsewhere(weibao: Weibao) -> None:
    ran = weibao("ticket", "drill", "inject", "7K3Q9M", "--text", "断电")
    assert ran.code != 0
    assert "R239" in ran.err


def test_a_cause_is_named_by_its_code_or_its_name_and_an_unknown_one_is_refused(
    weibao: Weibao,
) -> None:
    causes = "".join(
        f"  cause-{number:03}: {{name: {{zh: 原因 {number:03}}}}}\n" for number in range(899)
    )
    more = f"causes:\n  hardware: {{name: {{zh: 硬件故障}}}}\n{causes}"
    weibao.repository.write("records/contract.yaml", CONTRACT + more)
    weibao.repository.commit("原因", at="2026-11-20T09:20:00+08:00")
    resolve = ("ticket", "resolve", "7K3Q9M", "--mode", "remote", "--cause", "a", "--action", "b")
    refused = weibao(*resolve, "--cause-code", "hardwear")
    assert "Did you mean hardware 硬件故障?" in refused.err
    assert weibao(*resolve, "--cause-code", "硬件", "--responsible", "原厂").code == 0
    line = weibao.repository.read(PATH).splitlines()[-1]
    assert "cause_code: hardware, responsible: maker" in line
    shown = weibao("ticket", "show", "7K3Q9M").out
    assert "Cause by its code: 硬件故障" in shown
    assert "Who answers for it: maker" in shown
    assert len(shown.splitlines()) < 60


def test_a_ticket_that_is_a_duplicate_is_cancelled(weibao: Weibao) -> None:
    opened = weibao(
        *("ticket", "open", "--title", "同一故障", "--severity", "1", "--by", "wang-lei"),
        *("--reported-by", "zhang-gong", "--asset", "core-sw-01"),
    )
    (other,) = re.findall(r"T20261120-\w{6}", opened.out)
    ran = weibao("ticket", "cancel", other, "--reason", "重复报修", "--duplicate-of", "7K3Q9M")
    assert ran.code == 0, ran.err
    assert "State: cancelled" in ran.out
    assert f"duplicate_of: {TICKET}" in weibao.repository.git("show", "HEAD")


def test_a_new_ticket_is_filed_by_the_day_of_its_report_under_an_id_that_is_printed(
    weibao: Weibao,
) -> None:
    ran = weibao(
        *("ticket", "open", "--title", "防火墙告警: #1", "--severity", "3"),
        *("--reported-by", "zhang-gong", "--reported-at", "2026-11-19T23:50:00+08:00"),
        *("--channel", "email", "--emergency", "--asset", "core-sw-01", "--by", "wang-lei"),
        *("--description", "第一行\n第二行"),
    )
    assert ran.code == 0, ran.err
    (record,) = re.findall(r"T20261119-[0-9A-HJKMNP-TV-Z]{6}", ran.out)
    text = weibao.repository.read(f"records/tickets/2026/11/19/{record}.yaml")
    assert text.startswith("# yaml-language-server: $schema=../../../../../schemas/ticket.schema")
    assert "reported_at: 2026-11-19T23:50:00+08:00\n" in text
    assert "emergency: true" in text
    assert "description: |-\n  第一行\n  第二行\n" in text
    assert "Next deadline: response" in ran.out
    assert "Reported: 2026-11-19 23:50, which is not today" in ran.out
    assert weibao("check").code == 0


def test_planned_work_has_a_window_an_approval_and_a_way_back(weibao: Weibao) -> None:
    ran = weibao(
        *("ticket", "open", "--kind", "upgrade", "--title", "升级核心交换机", "--by", "wang-lei"),
        *("--reported-by", "zhang-gong", "--approved-by", "zhang-gong", "--rollback", "回退"),
        *("--window", "2026-11-28 22:00", "2026-11-29T02:00:00+08:00", "--asset", "core-sw-01"),
    )
    assert ran.code == 0, ran.err
    assert (
        "window: {start: 2026-11-28T22:00:00+08:00, end: 2026-11-29T02:00:00+08:00}"
        in weibao.repository.git("show", "HEAD")
    )


UPGRADES = (
    "  upgrades:\n    kind: upgrade\n    name: {zh: 升级, en: Upgrade}\n    issued_by: chen-jie\n"
    "    start: 2026-11-27\n    due_within: 5d\n    assets: {kinds: [switch]}\n"
)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (("--plan", "upgrades"), ""),
        (("--asset", "core-sw-01"), ""),
        ((), "has no equipment"),
        (("--plan", "repairs", "--asset", "core-sw-01"), "no line “repairs”"),
        (("--plan", "quarterly-inspection", "--asset", "core-sw-01"), "this kind of work"),
        (("--asset", "core-sw-01", "--window", "2026-11-28 22:00", "2026-11-28 21:00"), "R221"),
    ],
)
def test_planned_work_names_its_line_of_the_plan_and_its_equipment(
    weibao: Weibao, more: tuple[str, ...], said: str
) -> None:
    repository = weibao.repository
    plan = repository.read("records/plan.yaml")
    repository.write(
        "records/plan.yaml", plan.replace("checklists:\n  all", f"{UPGRADES}checklists:\n  all")
    )
    repository.commit("计划", at="2026-11-20T09:25:00+08:00")
    before = repository.head
    ran = weibao(
        *("ticket", "open", "--kind", "upgrade", "--title", "升级", "--by", "chen-jie"),
        *("--reported-by", "zhang-gong", "--approved-by", "zhang-gong", "--rollback", "回退"),
        *("--window", "2026-11-28 22:00", "2026-11-29 02:00", *more),
    )
    assert said in ran.err
    assert (ran.code == 0, repository.head != before) == (not said, not said)
    if not said:
        assert "assets: [core-sw-01]" in repository.git("show", "HEAD")
        assert weibao("check").code == 0


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("09:21", "2026-11-20T09:21:00+08:00"),
        ("-5m", "2026-11-20T09:25:00+08:00"),
        ("2026-11-20 09:22", "2026-11-20T09:22:00+08:00"),
        ("2026-11-20T01:23:00Z", "2026-11-20T09:23:00+08:00"),
    ],
)
def test_a_time_is_taken_as_people_write_it_and_written_in_the_contracts_zone(
    weibao: Weibao, given: str, written: str
) -> None:
    assert weibao("ticket", "ack", "7K3Q9M", "--at", given).code == 0
    last = weibao.repository.read(PATH).splitlines()[-1]
    assert last == f"  - {{at: {written}, event: acknowledged, by: li-qiang}}"


def test_a_fault_whose_severity_nobody_said_is_refused_by_the_option(weibao: Weibao) -> None:
    said = ("--title", "慢", "--reported-by", "zhang-gong")
    ran = weibao("ticket", "open", "--kind", "complaint", *said)
    assert ran.code == 2
    assert "--severity" in ran.err


def test_a_name_that_is_empty_names_no_ticket(weibao: Weibao) -> None:
    assert weibao("ticket", "update", " ", "--note", "在查").code == 2


def test_what_the_entries_say_is_told_to_scripts_with_the_reviews_that_are_due(
    weibao: Weibao,
) -> None:
    done = ("--mode", "remote", "--cause", "误报", "--action", "清除", "--test-result", "正常")
    assert weibao("ticket", "resolve", "7K3Q9M", "--responsible", "maker", *done).code == 0
    shown = json.loads(weibao("ticket", "show", "7K3Q9M", "--format", "json").out)
    said = {(each["event"], each["key"]): each["value"] for each in shown["statements"]}
    assert said["resolved", "responsible"] == "maker"
    assert said["resolved", "test_result"] == "正常"
    assert [(each["edition"], each["done"]) for each in shown["reviews"]] == [
        ("preliminary", None),
        ("final", None),
    ]
    assert "正常" in weibao("ticket", "show", "7K3Q9M").out


@pytest.mark.parametrize(
    "note",
    [
        "端口: 1/0/1 # 已更换",
        '他说“好”，"it\'s done" \\ 完',
        "第一行\n第二行\n\n第四行",
        "- 不是列表",
        "--force 也不是选项",
        "{at: 2026-11-20T09:21:00+08:00, event: closed}",
        "😀 完成 ✓",
        "true",
        "0755",
        "*别名 &锚 !标签 %",
        "长" * 3000,
    ],
)
def test_a_note_reads_back_as_it_was_given(weibao: Weibao, note: str) -> None:
    ran = weibao("ticket", "ack", "7K3Q9M", "--note", note)
    assert ran.code == 0, ran.err
    document, _ = read_yaml(PATH, weibao.repository.read(PATH).encode())
    assert document is not None
    assert document.data["log"][-1]["note"] == note
    subject = weibao.repository.git("log", "-1", "--format=%s")
    assert len(subject) <= 72
    assert subject.startswith(f"{TICKET} acknowledged: ")


def test_a_step_may_be_written_without_a_commit(weibao: Weibao) -> None:
    head = weibao.repository.head
    ran = weibao("ticket", "ack", "7K3Q9M", "--no-commit")
    assert ran.code == 0
    assert f"Written, not committed: {PATH}" in ran.out
    assert weibao.repository.head == head
    assert weibao.repository.git("status", "--porcelain") == f"M {PATH}"


def test_the_end_of_an_id_in_small_letters_names_the_ticket(weibao: Weibao) -> None:
    assert weibao("ticket", "ack", "q9m").code == 0


def test_a_step_recorded_late_is_told_what_that_means(weibao: Weibao) -> None:
    weibao.set_clock("2026-11-20T11:00:00+08:00")
    ran = weibao("ticket", "ack", "7K3Q9M", "--at", "09:20")
    assert "Recorded 1 hr 40 mins after it happened" in ran.out
    assert "Overdue: " in ran.out


def test_a_time_is_told_as_it_was_understood_and_that_it_is_of_another_day(weibao: Weibao) -> None:
    weibao.set_clock("2026-11-21T00:20:00+08:00")
    ran = weibao("ticket", "ack", "7K3Q9M", "--at", "昨天２３：５０")
    assert "Time: 2026-11-20 23:50, which is not today" in ran.out
    assert "not today" not in weibao("ticket", "update", "7K3Q9M", "--note", "x").out


def test_what_is_not_committed_cannot_be_sent(weibao: Weibao) -> None:
    before = weibao.repository.read(PATH)
    for arguments in (("ticket", "ack", "7K3Q9M"), ("inspection", "start", "x")):
        ran = weibao(*arguments, "--no-commit", "--push")
        assert ran.code == 2
        assert "Leave out one of the two." in ran.err
    assert weibao.repository.read(PATH) == before


def test_a_log_in_a_file_without_a_last_line_end_gets_one(weibao: Weibao) -> None:
    before = weibao.repository.read(PATH).rstrip("\n")
    weibao.repository.write(PATH, before)
    weibao.repository.commit(at="2026-11-20T09:17:00+08:00")
    assert weibao("ticket", "ack", "7K3Q9M").code == 0
    assert weibao.repository.read(PATH).startswith(f"{before}\n  - ")


def test_two_steps_of_one_kind_that_nobody_timed_stand_a_second_apart(weibao: Weibao) -> None:
    for by in ("wang-lei", "li-qiang"):
        ran = weibao("ticket", "update", "7K3Q9M", "--by", by, "--note", by)
        assert ran.code == 0
    first, second = weibao.repository.read(PATH).splitlines()[-2:]
    assert "at: 2026-11-20T09:30:00+08:00" in first
    assert "at: 2026-11-20T09:30:01+08:00" in second


def test_the_same_step_twice_in_a_second_is_refused_and_so_is_a_time_that_is_taken(
    weibao: Weibao,
) -> None:
    step = ("ticket", "update", "7K3Q9M", "--by", "wang-lei", "--note", "x")
    assert weibao(*step).code == 0
    assert "X204" in weibao(*step).err
    other = ("ticket", "update", "7K3Q9M", "--by", "li-qiang", "--at", "09:20", "--note")
    assert weibao(*other, "y").code == 0
    assert "X204" in weibao(*other, "z").err


def test_a_line_written_by_hand_before_is_said_to_be_committed_with_the_step(
    weibao: Weibao,
) -> None:
    said = "changes too that were made in this file before"
    assert said not in weibao("ticket", "update", "7K3Q9M", "--note", "x").out
    weibao.repository.append(PATH, entry("09:21", "acknowledged"))
    weibao.set_clock("2026-11-20T09:31:00+08:00")
    assert said in weibao("ticket", "update", "7K3Q9M", "--note", "y").out


def test_a_step_so_early_that_a_later_one_could_not_follow_is_told_from_one_that_may_not_be(
    weibao: Weibao,
) -> None:
    assert weibao("ticket", "ack", "7K3Q9M", "--at", "09:25").code == 0
    before = weibao.repository.read(PATH)
    early = weibao("ticket", "cancel", "7K3Q9M", "--reason", "误报", "--at", "09:20")
    assert early.code == 1
    assert "So early, the step would come before others" in early.err
    assert "Say with --at when it happened." in early.err
    assert weibao.repository.read(PATH) == before
    late = weibao("ticket", "close", "7K3Q9M", "--at", "09:26")
    assert "So early" not in late.err


def test_a_ticket_that_cannot_be_read_does_not_vanish_from_the_list_of_what_is_open(
    weibao: Weibao,
) -> None:
    weibao.repository.append(PATH, "  - {at: broken")
    ran = weibao("ticket")
    assert ran.code == 1
    assert f"cannot be read: {PATH}. See: weibao check" in ran.err


def test_who_resolved_a_ticket_is_told_at_once_that_another_must_ask_the_customer(
    weibao: Weibao,
) -> None:
    resolved = ("--mode", "remote", "--cause", "误报", "--action", "清除")
    assert weibao("ticket", "resolve", "7K3Q9M", *resolved).code == 0
    asked = ("ticket", "confirm", "7K3Q9M", "--contact", "zhang-gong", "--via", "phone")
    weibao.set_clock("2026-11-20T09:40:00+08:00")
    own = weibao(*asked)
    assert own.code == 0, own.err
    assert "closing will be refused until somebody else has asked the customer" in own.out
    assert "Confirmed by the customer  confirm" in weibao("ticket").out
    assert "X205" in weibao("ticket", "close", "7K3Q9M").err
    weibao.set_clock("2026-11-20T09:50:00+08:00")
    again = weibao(*asked, *WANGLEI)
    assert again.code == 0, again.err
    assert "refused" not in again.out
    assert "Closed  close" in weibao("ticket").out
    assert weibao("ticket", "close", "7K3Q9M").code == 0
    assert weibao("check").code == 0


EMERGENCY = (
    *("ticket", "open", "--emergency", "--title", "核心断网", "--severity", "一级"),
    *("--reported-by", "张工", "--dispatched-at", "9点20"),
)


def test_an_emergency_is_recorded_with_its_dispatch_in_one_commit(weibao: Weibao) -> None:
    head = weibao.repository.head
    ran = weibao(*EMERGENCY, "--reported-at", "20分钟前")
    assert (ran.code, ran.err) == (0, "")
    assert weibao.repository.git("rev-parse", "HEAD^") == head
    made = weibao.repository.git("show", "--format=", "HEAD")
    assert "+  emergency: true" in made
    assert "event: dispatched, by: li-qiang, to: li-qiang" in made
    assert "Dispatched first: 李强, 2026-11-20 09:20" in ran.out
    assert weibao("check").code == 0
    other = weibao(*EMERGENCY, "--reported-at", "9:10", "--dispatched-to", "赵敏", lang="zh")
    assert "先派出：赵敏，2026-11-20 09:20" in other.out


@pytest.mark.parametrize(
    ("given", "code", "told"),
    [
        ((), 2, "Add --reported-at"),
        (("--reported-at", "9:25"), 2, "called only at 2026-11-20 09:25"),
        (("--reported-at", "9:10", "--dispatched-to", "nobody"), 2, "Nobody is called"),
    ],
)
def test_a_dispatch_that_no_call_came_before_is_refused(
    weibao: Weibao, given: tuple[str, ...], code: int, told: str
) -> None:
    head = weibao.repository.head
    ran = weibao(*EMERGENCY, *given)
    assert ran.code == code
    assert told in ran.err
    assert weibao.repository.head == head
    assert weibao.repository.git("status", "--porcelain") == ""


def test_who_was_sent_is_asked_for_where_the_rota_does_not_tell(weibao: Weibao) -> None:
    weibao.repository.remove("records/duty.yaml")
    ran = weibao(*EMERGENCY, "--reported-at", "9:10")
    assert ran.code == 2
    assert "Add --dispatched-to PERSON." in ran.err
    ran = weibao("ticket", "open", *EMERGENCY[3:])
    assert "Add --emergency" in ran.err


def test_a_step_is_called_as_its_record_and_its_readers_call_it(weibao: Weibao) -> None:
    for verb in ("acknowledged", "响应"):
        assert weibao("ticket", verb, "7K3Q9M", "--note", verb).code == 0
    assert weibao.repository.read(PATH).count("event: acknowledged") == 2
    assert "响应" not in weibao("ticket", "--help").out


def test_a_note_pasted_with_windows_line_ends_is_kept_with_plain_ones(weibao: Weibao) -> None:
    assert weibao("ticket", "update", "7K3Q9M", "--note", "一\r\n二").code == 0
    assert 'note: "一\\n二"' in weibao.repository.read(PATH)
