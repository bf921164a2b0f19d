from __future__ import annotations

import pytest

from building.book import AS_OF, SLOW_LOG, a_book, a_voice, files_of, pages
from building.contract import CONTRACT, DUTY, STAFF, a_ticket, entry
from building.html import Reading, text_of
from building.site import planned_ticket
from weibao.model.finding import Finding, Place
from weibao.render.site.pages.status import answer
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
        (AS_OF, "ok", "一切正常，各项承诺均在履行"),
        ("2026-11-23T12:25:00+08:00", "risk", "1 项承诺即将超时"),
        ("2026-11-23T12:32:01+08:00", "bad", "1 项承诺目前已超时"),
    ],
)
def test_the_home_page_answers_in_one_sentence(as_of: str, mood: str, words: str) -> None:
    voice = a_voice(a_book(files_of(fresh(1)), as_of=as_of))

    assert (answer(voice).mood, answer(voice).words) == (mood, words)
    assert text_of(pages(voice.book)["index"].html).startswith(words)


def test_damage_to_the_record_is_graver_than_any_promise() -> None:
    book = a_book(findings=[Finding("L104", Place("records/x.yaml"), "", {"commit": "abc"})])

    assert answer(a_voice(book)).words == "记录本身有 1 处损坏"


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


def test_all_is_well_on_a_repository_without_a_ticket() -> None:
    voice = a_voice(a_book(files_of()))
    text = text_of(pages(voice.book)["index"].html)

    assert answer(voice).mood == "ok"
    assert "没有进行中的工单。" in text
    assert "本月达标率 无数据" in text


def test_an_open_ticket_shows_its_next_promise_and_who_is_responsible_or_nobody() -> None:
    text = text_of(pages(a_book(files_of(fresh(1))))["index"].html)

    assert "进展通报 计时中 2026-11-23 12:32 剩余 32分钟 尚无" in text


def test_promises_missed_this_month_are_said_beside_the_answer() -> None:
    book = a_book(files_of(a_ticket(log=SLOW_LOG)))
    breached = sum(one.outcome.value == "breached" for one in book.verdicts)

    assert breached == 1
    assert "本月有 1 项承诺超时" in text_of(pages(book)["index"].html)


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

    assert "合同未列出业务。" in text


def test_the_same_page_is_told_in_english() -> None:
    book = a_book(files_of(a_ticket(log=SLOW_LOG)))
    text = text_of(pages(book, "en")["index"].html)

    assert text.startswith("All promises are being kept As of 2026-11-23 12:00")
    assert "1 promise was missed this month" in text


def test_planned_work_is_among_the_open_tickets_and_said_to_be() -> None:
    book = a_book(files_of(fresh(1), planned_ticket()))
    text = text_of(pages(book, "en")["index"].html)

    assert len(book.open_tickets) == 2
    assert "Open tickets 2 1 of them planned work · nothing overdue" in text
    assert (
        "window opens 核心交换机 core-sw-01 主控板告警 2026-11-28 22:00 5 days 10 hrs left"
        in due_in(text)
    )


def due_in(text: str) -> str:
    """The section of what is due, of an English page."""
    return text.partition("What is due")[2].partition("On duty now")[0]


def test_the_customer_is_told_what_is_due_to_them_and_nothing_of_the_provider_s_own() -> None:
    leave = (
        "leave: [{who: zhao-min, from: 2026-11-24T00:00:00+08:00, to: 2026-11-25T00:00:00+08:00}]\n"
    )
    book = a_book(files_of(fresh(1), a_ticket(log=SLOW_LOG), planned_ticket(), duty=DUTY + leave))
    kinds = {item.kind for item in due(book, book.as_of)}
    assert {"owner", "explanation", "approval", "duty", "action", "contract"} < kinds

    told = due_in(text_of(pages(book, "en")["index"].html))

    assert told.count(" left") == 3
    assert "updates running" in told
    assert "window opens" in told
    assert "planned work: Quarterly inspection 2026-12-05" in told
    for internal in ("no owner", "not explained", "approval", "leave", "action:", "contract ends"):
        assert internal not in told


def test_who_must_see_to_it_is_called_by_role_where_people_are_not_published() -> None:
    book = a_book(files_of(fresh(1), planned_ticket()))
    by_role = due_in(text_of(pages(book, "en")["index"].html))
    named = CONTRACT.replace("people: roles", "people: names")
    by_name = due_in(
        text_of(
            pages(a_book(files_of(fresh(1), planned_ticket(), contract=named)), "en")["index"].html
        )
    )

    assert ("project manager" in by_role, "陈洁" in by_role) == (True, False)
    assert "陈洁" in by_name
