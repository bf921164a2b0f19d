"""The calendar as a page and as a file: for whom it says what, where nobody is on duty, and what becomes of hostile words."""

from __future__ import annotations

import re
from itertools import product

import pytest

from building.book import a_book, a_page, a_voice, files_of, pages
from building.contract import CONTRACT, DUTY, STAFF, a_ticket
from building.html import Reading, text_of
from building.site import HOSTILE, PLANNED, planned_ticket
from weibao.render.site.icalendar import calendar_file
from weibao.render.site.pages.calendar import PAGE
from weibao.report.calendar import calendar_of

TITLE = "title: 核心交换机 core-sw-01 主控板告警"
NAMED = CONTRACT.replace("publish: {people: roles", "publish: {people: names")


def unfolded(file: bytes) -> list[str]:
    return file.decode().replace("\r\n ", "").split("\r\n")


def file_of(files: dict[str, bytes], as_of: str = "2026-11-23T12:00:00+08:00") -> bytes:
    book = a_book(files, as_of=as_of)
    return calendar_file(a_voice(book), calendar_of(book))


def test_a_day_says_what_is_on_it_and_leads_there() -> None:
    html = a_page(a_book(files_of(planned_ticket())), PAGE, "en")
    day = html.partition('datetime="2026-11-28"')[2].partition("</ul>")[0]
    assert (
        "upgrade: 核心交换机 core-sw-01 主控板告警 22:00 – 11-29 02:00 approval not shown"
        in text_of(f"<p>{day}")
    )
    assert f'href="tickets/{PLANNED}.html"' in day
    (today,) = re.findall(
        r'<li class="[^"]*" id="today" aria-current="date">.*?</ul>', html, re.DOTALL
    )
    assert "2026-11-23" in today
    assert "engineer B 08:00 – 11-30 08:00" in text_of(today)


def test_a_day_leads_to_its_own_page_where_it_has_one() -> None:
    made = pages(a_book(files_of(a_ticket(), planned_ticket())))
    days = re.findall(r'<a href="(days/[^"]+)\.html"><time datetime="', made["calendar"].html)
    assert "days/2026-11-20" in days
    assert set(days) <= made.keys()
    assert '<p class="wb-on-day__name"><time datetime="2026-12-' in made["calendar"].html


def test_the_customer_reads_nothing_that_is_the_providers_own_and_no_name() -> None:
    files = files_of(planned_ticket())
    public, inside = (
        a_page(a_book(files), PAGE, "zh", audience) for audience in ("customer", "internal")
    )
    assert "label-patch-panels" in inside
    assert "李强" in inside
    for word in ("label-patch-panels", "李强", "li-qiang", "wang-lei"):
        assert word not in public
    assert 'href="reviews.html#action-label-patch-panels"' in inside


@pytest.mark.parametrize(
    ("people", "called"), [("roles", "工程师 B"), ("names", "赵敏"), ("none", "服务商人员")]
)
def test_whoever_is_on_duty_is_called_as_the_contract_publishes_people(
    people: str, called: str
) -> None:
    contract = CONTRACT.replace("publish: {people: roles", f"publish: {{people: {people}")
    html = a_page(a_book(files_of(contract=contract)), PAGE)
    assert called in html.partition('id="today"')[2].partition("</ul>")[0]


@pytest.mark.parametrize(
    ("roles", "called"),
    [
        ("{role: duty_clerk, from: 2025-12-01}", "值班人员"),
        ("{role: desk, from: 2025-12-01}", "服务台"),
        ("{role: engineer, from: 2025-12-01}, {role: duty_clerk, from: 2025-12-01}", "值班人员"),
        ("{role: pm, from: 2025-12-01}, {role: desk, from: 2025-12-01}", "服务台"),
    ],
)
def test_whoever_is_on_the_desks_rota_is_called_by_their_own_role(roles: str, called: str) -> None:
    files = files_of(staff=STAFF.replace("{role: desk, from: 2025-12-01}", roles))
    assert f"服务台值班 {called}" in text_of(a_page(a_book(files), PAGE))
    assert f"SUMMARY:服务台值班：{called}\r\n" in file_of(files).decode()


@pytest.mark.parametrize(
    ("edited", "words"),
    [
        ({"duty": "rotas: {}\n"}, "此刻排班表上无人值班"),
        ({"duty": DUTY.replace("start: 2025-12-01", "start: 2026-12-24")}, "服务台值班 无人"),
        ({"plan": "plan: {}\nchecklists: {}\n"}, "合同到期"),
    ],
)
def test_where_there_is_nobody_or_no_plan_it_says_so(edited: dict[str, str], words: str) -> None:
    assert words in text_of(a_page(a_book(files_of(**edited)), PAGE))


def test_after_the_contract_nothing_comes() -> None:
    book = a_book(files_of(), as_of="2027-06-15T12:00:00+08:00")
    told = text_of(a_page(book, PAGE))
    assert "合同最后一天为 2026年12月31日 周四" in told
    assert "此前一个月" not in told


@pytest.mark.parametrize(("title", "people"), [*product(HOSTILE, ("roles", "names"))])
def test_hostile_words_are_shown_as_they_are(title: str, people: str) -> None:
    written = title.replace("'", "''")
    text = planned_ticket().replace(TITLE, f"title: '{written}'")
    files = files_of(text, contract=NAMED if people == "names" else CONTRACT)
    reading = Reading(a_page(a_book(files), PAGE))
    assert title in reading.text
    assert not reading.loads


def test_the_file_is_folded_and_escaped_as_the_standard_has_it() -> None:
    text = planned_ticket().replace(TITLE, f"title: '{'长' * 60}; a, b\\c'")
    file = file_of(files_of(text))
    lines = file.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    (summary,) = [line for line in unfolded(file) if "长" in line]
    assert summary == rf"SUMMARY:升级改造：{'长' * 60}\; a\, b\\c (未见批准)"


def test_each_event_has_an_identity_that_stays_and_names_nobody() -> None:
    files = files_of(planned_ticket())
    first, later = (
        [line for line in unfolded(file_of(files, day)) if line.startswith("UID:")]
        for day in ("2026-11-23T12:00:00+08:00", "2026-11-24T12:00:00+08:00")
    )
    assert len(set(first)) == len(first)
    assert len(set(first) & set(later)) > 0.9 * len(later)
    moved = files_of(planned_ticket().replace("start: 2026-11-28T22", "start: 2026-11-28T21"))
    window = re.search(
        r"UID:(\S+)\s+DTSTAMP:\S+\s+DTSTART:20261128T130000Z", file_of(moved).decode()
    )
    assert window is not None
    assert f"UID:{window[1]}" in first


def test_a_fault_is_on_no_calendar() -> None:
    assert "T20261120" not in a_page(a_book(files_of(a_ticket())), PAGE)
