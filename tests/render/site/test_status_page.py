from __future__ import annotations

import re

import pytest

from building.book import AS_OF, SLOW_LOG, a_book, files_of, pages
from building.contract import CONTRACT, DUTY, STAFF, a_ticket, entry
from building.html import Reading, text_of
from building.site import planned_ticket
from weibao.model.finding import Finding, Place
from weibao.report.due.due import due
from weibao.rules.catalogue import RULES


def fresh(minutes: int, severity: int = 1) -> str:
    """A ticket reported at 11:30 and acknowledged some minutes later, with no word since."""
    return a_ticket(
        "T20261123-0PEN22",
        severity=severity,
        reported_at="2026-11-23T11:30:00+08:00",
        log=[
            entry("2026-11-23T11:31:00+08:00", "opened", by="wang-lei"),
            entry(f"2026-11-23T11:{31 + minutes}:00+08:00", "acknowledged"),
        ],
    )


@pytest.mark.parametrize(
    ("as_of", "mood", "words"),
    [
        (AS_OF, "bad", "服务 生产管理系统中断"),
        ("2026-11-23T12:32:01+08:00", "bad", "承诺 1 项承诺已超时"),
    ],
)
def test_the_home_page_says_three_sentences_the_gravest_first(
    as_of: str, mood: str, words: str
) -> None:
    html = pages(a_book(files_of(fresh(1)), as_of=as_of))["index"].html

    assert f"wb-answer--{mood}" in html
    assert words in text_of(html).partition("服务现状")[0]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("E102", "1 处错误"),
        ("X101", "1 处错误"),
        ("R201", "1 处错误"),
        ("S102", "一致，无外部见证"),
    ],
)
def test_the_record_is_called_intact_only_where_no_error_of_it_is_found(
    code: str, words: str
) -> None:
    facts = dict.fromkeys(RULES[code].facts, "x")
    book = a_book(findings=[Finding(code, Place("records/x.yaml"), "", facts)])
    assert f"记录完整性 {words}" in text_of(pages(book)["index"].html)


def test_no_impact_is_known_on_a_repository_without_a_ticket() -> None:
    text = text_of(pages(a_book(files_of()))["index"].html)

    assert text.startswith(
        "数据截至 2026-11-23 12:00 服务 没有已知的服务影响 承诺 没有进行中的承诺"
    )
    assert "没有进行中的工单。" in text
    assert "本月达标率 无数据" in text


def test_an_open_ticket_shows_its_next_promise_and_who_is_responsible_or_nobody() -> None:
    text = text_of(pages(a_book(files_of(fresh(1))))["index"].html)

    assert "进展通报 计时中 2026-11-23 12:32 尚无" in text


def test_who_is_on_duty_is_told_with_the_end_of_the_turn() -> None:
    assert "主管 服务台值班 · 至 11-24 08:00" in text_of(pages(a_book())["index"].html)


def test_somebody_of_several_roles_is_on_duty_in_that_of_the_rota() -> None:
    engineer = "{role: engineer, from: 2025-12-01}"
    staff = STAFF.replace(engineer, f"{{role: desk, from: 2025-12-01}}, {engineer}")
    book = a_book(files_of(staff=staff))

    assert "工程师 工程师值班 · 至" in text_of(pages(book)["index"].html)


def test_a_service_s_year_is_told_in_words_beside_its_bars() -> None:
    html = pages(a_book())["index"].html

    assert "1 天有异常" in text_of(html)
    labels = [known.get("aria-label", "") for tag, known in Reading(html).tags if tag == "svg"]
    assert any(one.startswith("生产管理系统：近十二个月可用率 99.") for one in labels)


def test_a_contract_without_services_says_so() -> None:
    contract = CONTRACT.replace("mes: {name: {zh: 生产管理系统, en: Manufacturing execution}}", "")
    contract = contract.replace("services:\n  \n", "services: {}\n")
    assets = files_of()["records/assets.yaml"].decode().replace("services: [mes]", "services: []")

    text = text_of(pages(a_book(files_of(contract=contract, assets=assets)))["index"].html)

    assert "合同未列出服务。" in text


def test_the_same_page_is_told_in_english() -> None:
    book = a_book(files_of(a_ticket(log=SLOW_LOG)))
    text = text_of(pages(book, "en")["index"].html)

    assert text.startswith("As of 2026-11-23 12:00 Promises 1 missed promise is not explained yet")


def test_planned_work_is_coming_until_its_window_opens_and_then_under_way() -> None:
    files = files_of(fresh(1), planned_ticket())
    before = a_book(files)
    text = text_of(pages(before, "en")["index"].html)

    assert len(before.open_tickets) == 2
    assert "Open tickets 2 1 of them planned work" in text
    assert "window opens 核心交换机 core-sw-01 主控板告警 2026-11-28 22:00" in section(
        text, "coming"
    )
    assert "1 more is planned work whose window has not opened" in section(text, "open")

    within = text_of(pages(a_book(files, as_of="2026-11-28T22:00:01+08:00"), "en")["index"].html)
    assert "P1ANN3" in section(within, "open")
    assert "has not opened" not in section(within, "open")
    assert "window ends" in section(within, "due")
    assert "window opens" not in within


HEADINGS = {
    "due": ("What is due", "Open tickets, the greatest harm first"),
    "open": ("Open tickets, the greatest harm first", "What is coming"),
    "coming": ("What is coming", "On duty now"),
}


def section(text: str, name: str) -> str:
    """A section of an English page."""
    start, end = HEADINGS[name]
    return text.partition(start)[2].partition(end)[0]


def test_the_customer_is_told_what_is_due_to_them_and_nothing_of_the_provider_s_own() -> None:
    leave = (
        "leave: [{who: zhao-min, from: 2026-11-24T00:00:00+08:00, to: 2026-11-25T00:00:00+08:00}]\n"
    )
    book = a_book(files_of(fresh(1), a_ticket(log=SLOW_LOG), planned_ticket(), duty=DUTY + leave))
    kinds = {item.kind for item in due(book, book.as_of)}
    assert {"owner", "explanation", "approval", "duty", "action", "contract"} < kinds

    text = text_of(pages(book, "en")["index"].html)
    promised, coming = section(text, "due"), section(text, "coming")

    assert "updates running" in promised
    for told in (
        "window opens",
        "planned work: Quarterly inspection 2026-12-05",
        "the contract ends 2026-12-31",
        "calendar “workdays” ends 2026-12-31",
    ):
        assert told in coming
    for internal in ("no owner", "not explained", "approval", "leave", "action:"):
        assert internal not in promised + coming


def test_a_restored_fault_is_being_watched() -> None:
    log = [
        entry("2026-11-23T11:31:00+08:00", "opened", by="wang-lei"),
        entry("2026-11-23T11:32:00+08:00", "acknowledged"),
        entry("2026-11-23T11:40:00+08:00", "restored", mode="remote"),
    ]
    ticket = a_ticket(
        "T20261123-0PEN22", severity=1, reported_at="2026-11-23T11:30:00+08:00", log=log
    )

    html = pages(a_book(files_of(ticket)))["index"].html

    assert "生产管理系统 正常 已恢复，观察中" in text_of(html)
    assert 'data-wb-of="mes" data-wb-state="operational"' in html


def test_what_ended_is_not_called_late() -> None:
    text = text_of(pages(a_book(files_of(), as_of="2027-01-05T12:00:00+08:00"), "en")["index"].html)

    assert "the contract ends 2026-12-31 23:59 has ended" in section(text, "due")


def test_figures_say_that_the_record_behind_them_is_damaged() -> None:
    told = "记录有损坏或错误：这里的数字只出自余下部分。"
    facts = dict.fromkeys(RULES["L104"].facts, "x")
    damaged = a_book(findings=[Finding("L104", Place("records/x.yaml"), "", facts)])

    assert text_of(pages(damaged)["index"].html).count(told) == 3
    assert told not in text_of(pages(a_book())["index"].html)


def test_of_a_service_that_is_not_covered_nothing_is_said_but_that() -> None:
    text = text_of(pages(a_book(files_of(), as_of="2031-03-01T12:00:00+08:00"))["index"].html)

    assert "生产管理系统 未知 所依托的设备当日均不在维保范围内" in text
    assert "没有异常记录" not in text


def test_as_many_checks_are_told_as_are_on_the_page_that_they_lead_to() -> None:
    made = pages(a_book(), "en")
    number = re.search(r"(\d+) checks", text_of(made["index"].html))

    assert number is not None
    assert f"Integrity {number[1]} A record" in text_of(made["audit"].html)


def test_who_must_see_to_it_is_called_by_role_where_people_are_not_published() -> None:
    book = a_book(files_of(fresh(1), planned_ticket()))
    by_role = section(text_of(pages(book, "en")["index"].html), "coming")
    named = CONTRACT.replace("people: roles", "people: names")
    other = a_book(files_of(fresh(1), planned_ticket(), contract=named))
    by_name = section(text_of(pages(other, "en")["index"].html), "coming")

    assert ("project manager" in by_role, "陈洁" in by_role) == (True, False)
    assert "陈洁" in by_name


def test_whoever_has_the_duty_and_did_not_take_it_over_is_said_to_beside_their_name() -> None:
    asked = CONTRACT + "duties: {handover_rotas: [engineer]}\n"
    for contract, said in ((asked, True), (CONTRACT, False)):
        book = a_book(files_of(contract=contract), as_of="2026-11-23T12:00:00+08:00")
        duty = text_of(pages(book)["index"].html.partition('id="duty"')[2].partition("<h2")[0])
        assert ("前接班，本页未见接班记录" in duty) is said
