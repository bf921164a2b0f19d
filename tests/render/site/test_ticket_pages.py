from __future__ import annotations

import re

import pytest

from building.book import COMMIT, SLOW_LOG, WHOLE_LOG, a_book, files_of, pages
from building.contract import ASSETS, CONTRACT, a_ticket, another_asset, entry
from building.html import Reading, text_of
from building.site import FAULT, HARM, HOSTILE, PLANNED, harmful_ticket, planned_ticket
from weibao.history.proven import Grade

ADDRESS = f"tickets/{FAULT}"


def page(*tickets: str, address: str = ADDRESS, code: str = "zh", **more: object) -> str:
    return pages(a_book(files_of(*tickets), **more), code)[address].html  # type: ignore[arg-type]


def with_(*lines: str) -> str:
    return a_ticket(log=[*WHOLE_LOG, *lines])


def test_a_step_shows_its_claim_its_evidence_and_who_recorded_it() -> None:
    text = text_of(page(a_ticket(log=WHOLE_LOG)))

    assert (
        "2026-11-20 09:20 响应 工程师 A 已联系客户 A 11-20 09:21 记录 · 凭证 · 记录人 工程师 A"
    ) in text


def test_a_late_step_says_how_late_and_what_it_counts_as() -> None:
    text = text_of(page(a_ticket(log=WHOLE_LOG), grades={"arrived": Grade.LATE}))

    assert "C 11-20 13:30 记录 晚 3小时 , 按 11-20 13:30 计" in text


def test_a_promise_shows_its_start_due_stop_and_margin() -> None:
    text = text_of(page(a_ticket(log=WHOLE_LOG)))

    assert (
        "到场 达标 2小时内 · 7×24 小时 起算 2026-11-20 09:12 截止 2026-11-20 11:12 "
        "达成 2026-11-20 10:30 已用 1小时18分钟 / 2小时 余量 42分钟 证据 A 有证据支持"
    ) in text


def test_a_verdict_that_the_provider_s_word_would_change_says_so() -> None:
    text = text_of(page(a_ticket(log=WHOLE_LOG), grades={"arrived": Grade.LATE}))

    assert "仅按服务商自报为“达标”。以证据为准。" in text


def test_a_confirmation_says_whether_it_is_first_hand() -> None:
    assert "客户确认 服务台 服务商转述" in text_of(page(a_ticket(log=WHOLE_LOG)))


def test_every_step_and_promise_leads_to_its_proof_on_the_site_itself() -> None:
    made = pages(a_book(files_of(a_ticket(log=WHOLE_LOG))), "en")
    ways = set(re.findall(r'href="[^"]*-proof\.html#([^"]+)"', made[ADDRESS].html))
    proof = made[f"{ADDRESS}-proof"].html
    anchors = set(re.findall(r' id="([^"]+)"', proof))
    assert ways <= anchors
    assert {"restore-1", "entry-0", f"entry-{len(WHOLE_LOG) - 1}"} <= ways
    assert COMMIT in proof
    assert made[ADDRESS].html.count(COMMIT[:10]) == 1, "the last alone, at its foot"


def test_a_ticket_tells_its_story_before_all_else() -> None:
    html = pages(a_book(files_of(a_ticket(log=WHOLE_LOG))), "en")[ADDRESS].html
    story = html.partition('class="wb-story"')[2].partition("</ol>")[0]
    assert [text_of(line) for line in re.findall(r"<li>(.*?)</li>", story)] == [
        "Head of IT reported it on 2026-11-20 09:12 (phone to the desk).",
        "engineer A answered after 8 mins. Somebody was on site after 1 hr 18 mins.",
        "It worked again after 2 hrs 8 mins.",
        "Cause: 内存故障. Done: 更换主控板.",
        "By the provider's word, Head of IT confirmed the result on 2026-11-20 14:00.",
    ]


def test_a_ticket_that_nobody_has_touched_says_so() -> None:
    html = page(a_ticket(log=WHOLE_LOG[:1]), code="en")
    assert "Nobody has answered yet. It does not work again yet: 3 days" in text_of(html)


def test_what_was_confirmed_before_the_fault_came_back_confirms_nothing_now() -> None:
    again = (
        *WHOLE_LOG,
        entry("2026-11-22T09:00:00+08:00", "reopened", reason="又告警"),
        entry("2026-11-22T11:00:00+08:00", "resolved", mode="remote", cause="端口", action="更换"),
    )
    told = text_of(page(a_ticket(log=again), code="en"))
    assert "It came back 1 time, the last on 2026-11-22 09:00. It worked again after 2 hrs." in told
    assert "The customer has not confirmed the result yet." in told


def test_a_promise_that_was_missed_beside_the_clock_is_seen_in_the_bar_and_named_under_it() -> None:
    slow, whole = (page(a_ticket(log=log)) for log in (SLOW_LOG, WHOLE_LOG))
    for html, missed in ((slow, True), (whole, False)):
        figure = html.partition('<svg class="wb-clock"')[2].partition("</figure>")[0]
        bar, _, legend = figure.partition("</svg>")
        assert ("wb-clock-missed" in bar) is missed
        assert ("到场超时，截止 2026-11-20 11:12" in bar) is missed
        assert ('href="#arrive-1"' in legend) is missed


def test_the_clock_bar_shows_where_it_ran_stood_still_was_due_and_was_done() -> None:
    paused = (
        *WHOLE_LOG[:3],
        entry("09:30", "paused", reason="site_access"),
        entry("10:00", "resumed"),
        *WHOLE_LOG[4:],
    )
    bar = page(a_ticket(log=paused)).partition('<svg class="wb-clock"')[2].partition("</svg>")[0]
    assert bar.count("wb-clock-ran") == 2
    assert {"wb-clock-still", "wb-clock-due", "wb-clock-done"} <= set(
        re.findall(r"wb-clock-\w+", bar)
    )
    assert "wb-clock-late" not in bar
    late = page(a_ticket(log=WHOLE_LOG[:3]))
    assert "wb-clock-late" in late.partition('<svg class="wb-clock"')[2].partition("</svg>")[0]


def test_the_reason_of_a_miss_stands_at_the_miss_or_that_there_is_none() -> None:
    missed = page(a_ticket(log=SLOW_LOG), code="en")
    own = missed.partition('id="arrive-1"')[2].partition("</article>")[0]
    assert "Nobody has explained it yet." in text_of(own)
    explained = entry(
        "15:00", "justified", target="arrive", cause="道路封闭", improvement="备选路线"
    )
    healed = page(a_ticket(log=(*SLOW_LOG, explained)), code="en")
    own = healed.partition('id="arrive-1"')[2].partition("</article>")[0]
    assert "Cause 道路封闭 Improvement 备选路线" in text_of(own)


def test_commits_link_to_the_forge_where_the_contract_names_one() -> None:
    forge = f"{CONTRACT}forge: {{kind: github, url: https://forge.example/hd}}\n"
    ticket = a_ticket(log=WHOLE_LOG)
    linked = pages(a_book(files_of(ticket, contract=forge)))[f"{ADDRESS}-proof"].html

    assert f"https://forge.example/hd/commit/{COMMIT}" in Reading(linked).links()
    assert not [one for one in Reading(page(ticket)).links() if "://" in one]


def test_an_amended_note_shows_the_correction_beside_the_first_words() -> None:
    text = text_of(
        page(
            with_(
                entry(
                    "15:00",
                    "amended",
                    by="wang-lei",
                    entry="{at: 2026-11-20T09:20:00+08:00, event: acknowledged}",
                    field="note",
                    value="已联系工厂",
                    reason="写错",
                )
            )
        )
    )

    assert (
        "已联系工厂 服务台 于 2026-11-20 15:00 更正：note 应为 已联系工厂（写错） 更正前：已联系客户"
        in text
    )


def test_an_amended_title_is_the_title_everywhere_and_the_first_one_stays_on_the_page() -> None:
    ticket = with_(entry("15:00", "amended", field="title", value="接入交换机告警", reason="写错"))
    made = pages(a_book(files_of(ticket)))

    assert made[ADDRESS].title == f"{FAULT} 接入交换机告警"
    assert "接入交换机告警" in text_of(made["tickets"].html)
    assert "更正前：核心交换机 core-sw-01 主控板告警" in text_of(made[ADDRESS].html)


@pytest.mark.parametrize(
    ("field", "secret", "of"),
    [
        ("title", "内部才知道的标题", ""),
        ("description", "内部才知道的说明", ""),
        ("assets", "[secret-sw-99]", ""),
        ("intake.received_by", "secret-person", ""),
        ("note", "内部才知道的备注", "{at: 2026-11-20T09:20:00+08:00, event: acknowledged}"),
        ("cause", "内部才知道的原因", "{at: 2026-11-20T12:00:00+08:00, event: resolved}"),
    ],
)
def test_what_an_internal_correction_says_is_on_no_page_and_the_terminal_shows_it(
    field: str, secret: str, of: str
) -> None:
    data = {"field": field, "value": secret, "reason": "内部才知道的理由", "internal": "true"}
    ticket = with_(entry("15:00", "amended", **({"entry": of} if of else {}), **data))
    book = a_book(files_of(ticket))
    word = secret.strip("[]")
    assert not [address for address, made in pages(book).items() if word in made.html]
    assert word in str(book.records.tickets[FAULT])


def test_the_ticket_that_another_is_a_duplicate_of_is_a_link() -> None:
    other = "T20261120-2D8VXN"
    cancelled = entry("10:00", "cancelled", reason="重复", duplicate_of=other)
    opened = entry("09:13", "opened", by="wang-lei")
    html = page(a_ticket(FAULT, log=[opened, cancelled]), a_ticket(other))
    assert f"{other}</a>" in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    made = Reading(page(harmful_ticket(), address=f"tickets/{HARM}"))

    assert " ".join(text.split()) in made.text


def test_hostile_text_makes_no_tag_link_or_load() -> None:
    harmless = Reading(page(harmful_ticket(), address=f"tickets/{HARM}"))

    assert {tag for tag, _ in harmless.tags}.isdisjoint({"script", "img", "b", "title"})
    assert harmless.loads == []
    assert not [one for one in harmless.links() if "javascript" in one or "evil" in one]
    assert not [known for _, known in harmless.tags if any(key.startswith("on") for key in known)]


def test_planned_work_has_a_window_a_rollback_and_no_promises() -> None:
    text = text_of(page(planned_ticket(), address=f"tickets/{PLANNED}"))

    assert "时间窗口 2026-11-28 22:00 – 2026-11-29 02:00 批准人 信息部主管" in text
    assert "回退方案 回退到原版本" in text
    assert "承诺" not in text


def test_the_register_keeps_planned_work_apart() -> None:
    html = page(a_ticket(log=WHOLE_LOG), planned_ticket(), address="tickets")
    reactive, planned = html.split('<h2 id="planned">')

    assert FAULT in reactive
    assert FAULT not in planned
    assert PLANNED in planned
    assert PLANNED not in reactive


def test_a_row_of_the_register_tells_the_gravest_verdict_and_what_was_missed() -> None:
    assert "故障 一级 已关闭 工程师 A 2026-11-20 09:12 超时 到场 A" in text_of(
        page(a_ticket(log=SLOW_LOG), address="tickets")
    )


def test_an_empty_register_says_so() -> None:
    assert text_of(page(address="tickets")).count("暂无。") == 2


def test_a_ticket_is_told_in_english_but_for_its_own_words() -> None:
    text = text_of(page(a_ticket(log=WHOLE_LOG), code="en"))

    assert "Acknowledged engineer A 已联系客户" in text
    assert "arrival met within 2 hrs · round the clock" in text


def test_a_later_reopening_is_a_round_of_its_own_and_a_soon_one_voids_the_repair() -> None:
    late = with_(entry("2026-11-22T09:00:00+08:00", "reopened", by="wang-lei", reason="又坏了"))
    shown = text_of(page(late, as_of="2026-11-22T09:30:00+08:00"))
    assert "业务恢复 2" in shown
    assert (
        "此前的修复已保持超过 1天：2026-11-22 09:00:00 重新打开，另起一轮，用时限的余量。" in shown
    )
    assert "进展通报另起一轮" in shown

    soon = with_(entry("2026-11-20T20:00:00+08:00", "reopened", by="wang-lei", reason="又坏了"))
    voided = text_of(page(soon, as_of="2026-11-20T21:00:00+08:00"))
    assert "业务恢复 2" not in voided
    assert "2026-11-20 12:00:00 的修复没有保持住：2026-11-20 20:00:00 重新打开，未满 1天" in voided


def held(*more: str) -> str:
    """A ticket that waits for the site to be opened."""
    return a_ticket(
        log=(
            entry("09:15", "opened", by="wang-lei"),
            entry("09:20", "acknowledged"),
            entry("09:30", "paused", reason="site_access"),
            *more,
        )
    )


def test_a_promise_whose_clock_stands_still_is_told_to_be_paused() -> None:
    made = pages(a_book(files_of(held()), as_of="2026-11-20T10:00:00+08:00"), "en")
    for address in (ADDRESS, f"{ADDRESS}-proof", "tickets/2026-11"):
        assert "wb-chip--paused" in made[address].html
        assert "wb-chip--running" not in made[address].html
    assert "paused since 2026-11-20 09:30" in made[ADDRESS].html
    assert '"paused"' in made["tickets/2026-11"].script
    assert '<option value="paused">clock paused</option>' in made["tickets"].html


def test_a_promise_whose_clock_runs_again_is_told_to_run() -> None:
    resumed = held(entry("09:40", "resumed"))
    made = pages(a_book(files_of(resumed), as_of="2026-11-20T10:00:00+08:00"), "en")
    assert "wb-chip--running" in made[ADDRESS].html
    assert "wb-chip--paused" not in made[ADDRESS].html
    assert "paused since" not in made[ADDRESS].html


GROUPS = """\
availability:
  - effective_from: 2025-12-01
    groups: {core: {assets: [core-sw-01, core-sw-02], need: 1}}
"""


@pytest.mark.parametrize(
    ("state", "told", "chip"),
    [
        ("outage", "It does not work again yet", "outage"),
        ("partial", "Part of it does not work again yet", "partial"),
        ("degraded", "It works, but not as it should yet", "degraded"),
        ("none", "It is not mended yet", ""),
    ],
)
def test_a_ticket_says_first_what_it_does_and_its_story_agrees(
    state: str, told: str, chip: str
) -> None:
    stated = f"[{{on: core-sw-01, state: {state}}}, {{on: mes, state: {state}}}]"
    text = a_ticket(log=WHOLE_LOG[:3]).replace("log:\n", f"impact: {stated}\nlog:\n")
    html = page(text, code="en")
    before, _, story = html.partition('class="wb-story"')
    assert told in story.partition("</ol>")[0]
    assert ("wb-condition--outage" in before) == (chip == "outage")
    assert (f"wb-condition--{chip}" in before) == bool(chip)
    assert ("No effect on equipment or services is known." in before) == (not chip)


def test_what_a_redundancy_group_bore_is_said_of_the_service() -> None:
    book = a_book(
        files_of(
            a_ticket(log=WHOLE_LOG),
            assets=ASSETS + another_asset("core-sw-02"),
            contract=CONTRACT + GROUPS,
        )
    )
    told, _, story = text_of(pages(book, "en")[ADDRESS].html).partition("Head of IT reported")
    assert "It worked as it should again after 2 hrs 8 mins." in story
    assert "Core switch 1 outage 2 hrs 8 mins" in told
    assert "degraded 2 hrs 8 mins · borne by the redundancy group core" in told


def test_words_of_the_record_carry_their_language_on_the_pages_of_the_other() -> None:
    text = a_ticket(log=(*WHOLE_LOG[:3], entry("09:40", "updated", note="Carrier called")))
    english, chinese = (page(text, code=code) for code in ("en", "zh"))
    assert '<h1 id="ticket"><span lang="zh">核心交换机 core-sw-01 主控板告警</span></h1>' in english
    assert re.search('<span lang="zh">[^<]*来电', english)
    assert '<p class="wb-note">Carrier called</p>' in english
    assert '<h1 id="ticket">核心交换机 core-sw-01 主控板告警</h1>' in chinese
    assert '<p class="wb-note"><span lang="en">Carrier called</span></p>' in chinese
    assert 'lang="zh"' not in chinese


def test_the_story_says_cause_and_action_in_their_own_language() -> None:
    story = page(a_ticket(log=WHOLE_LOG), code="en").partition('class="wb-story"')[2]
    assert (
        'Cause: <span lang="zh">内存故障.</span> Done: <span lang="zh">更换主控板.</span>' in story
    )
