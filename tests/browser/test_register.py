"""The register: what is asked of it, what the address keeps of that, and the file that is made of it."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from building.book import AS_OF
from building.site import FAULT, HARM, OPEN, PLANNED
from weibao.model.instant import parse_instant
from weibao.render.words.csv_text import csv_text

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, Page, Route

    from conftest import Reader

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}
NARROW = {"viewport": {"width": 320, "height": 640}, "has_touch": True}
REACTIVE, WORK = "#register", "#planned-register"
ALL = [OPEN, HARM, FAULT, PLANNED]

HOSTILE = (
    "=1+1",
    ' +1,"a"',
    "-1\nzweite Zeile",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "<b>\u202e</b>\u2028\U000e0001",
)
"""Titles that a spreadsheet would carry out, or that would break a row; the schema refuses some of them."""


def ids(page: Page) -> list[str]:
    """The tickets shown, from the top: those that are judged, and planned work."""
    return page.locator(f"{REACTIVE} tbody tr:visible, {WORK} tbody tr:visible").evaluate_all(
        "rows => rows.map(row => row.dataset.id)"
    )


def shows(page: Page, *expected: str) -> None:
    """Wait until the rows have come that were asked for, and see that they are these."""
    expect(page.locator("[data-wb-count]")).to_contain_text(f" {len(expected)} / ")
    assert sorted(ids(page)) == sorted(expected)


def choose(page: Page, name: str, value: str) -> None:
    """Choose a value, in whatever part of the form it is."""
    page.evaluate("document.querySelector('.wb-filter__more').open = true")
    page.locator(f".wb-filter select[name={name}]").select_option(value)


def a_row(key: str, title: str = "端口错包", **facts: Any) -> list[Any]:
    """A row as the script of a month has it."""
    told: dict[str, Any] = {
        "id": key,
        "title": title,
        "at": "2026-11-20 09:12",
        "planned": 0,
        "kind": "fault",
        "severity": "1",
        "state": "closed",
        "paused": 0,
        "outcome": "running",
        "missed": "",
        "grade": "A",
        "asset": ["core-sw-01"],
        "service": ["mes"],
        "site": ["suzhou-plant"],
        "owner": "工程师 A",
        "span": "",
        "approver": "",
        "channel": "phone",
        "until": "2026-11-20",
        "reported": "",
        "approver_place": "",
    }
    told |= facts
    told["reported"] = told["reported"] or told["at"][:10]
    return list(told.values())


def serve(page: Page, rows: list[list[Any]]) -> None:
    """Let the one month of the site have these rows."""
    script = f'(self.weibaoRegister ??= {{}})["2026-11"] = {json.dumps(rows)};'

    def answer(route: Route) -> None:
        route.fulfill(body=script, content_type="text/javascript")

    page.route("**/tickets/2026-11.js?*", answer)


def test_the_register_is_sorted_by_a_click(reader: Reader) -> None:
    page = reader.open("tickets.html")
    heading = page.locator(REACTIVE).get_by_role("columnheader", name="工单")
    first = page.locator(f"{REACTIVE} tbody tr").first
    assert ids(page) == ALL

    heading.get_by_role("button").click()
    expect(first).to_have_attribute("data-id", FAULT)
    assert ids(page) == [FAULT, HARM, OPEN, PLANNED]
    assert heading.get_attribute("aria-sort") == "ascending"

    heading.get_by_role("button").click()
    expect(first).to_have_attribute("data-id", OPEN)
    assert heading.get_attribute("aria-sort") == "descending"


def test_the_register_is_sorted_from_the_keyboard(reader: Reader) -> None:
    page = reader.open("tickets.html")

    page.locator(REACTIVE).get_by_role("columnheader", name="级别").get_by_role("button").focus()
    page.keyboard.press("Enter")

    expect(page.locator(f"{REACTIVE} tbody tr").first).to_have_attribute("data-id", FAULT)
    assert ids(page) == [FAULT, OPEN, HARM, PLANNED]


@pytest.mark.parametrize("reader", [PHONE], indirect=True)
def test_a_phone_sorts_by_a_choice(reader: Reader) -> None:
    page = reader.open("tickets.html")
    page.get_by_text("更多筛选条件").click()

    page.get_by_label("排序").select_option("severity:descending")

    expect(page.locator(f"{REACTIVE} tbody tr").first).to_have_attribute("data-id", HARM)
    assert ids(page) == [HARM, OPEN, FAULT, PLANNED]


@pytest.mark.parametrize(
    ("name", "choice", "shown"),
    [
        ("severity", "1", [FAULT]),
        ("state", "closed", [FAULT]),
        ("kind", "fault", [OPEN, HARM, FAULT]),
        ("kind", "upgrade", [PLANNED]),
        ("outcome", "running", [OPEN]),
        ("service", "mes", ALL),
        ("owner", "person-3", [FAULT]),
        ("channel", "phone", ALL),
        ("site", "suzhou-plant", ALL),
        ("asset", "core-sw-01", ALL),
        ("from", "2026-11", ALL),
    ],
)
def test_the_register_is_filtered_by_a_choice(
    reader: Reader, name: str, choice: str, shown: list[str]
) -> None:
    page = reader.open("tickets.html")

    choose(page, name, choice)

    shows(page, *shown)


def test_a_week_is_that_of_the_page_whatever_the_readers_clock_says(reader: Reader) -> None:
    later = datetime.fromtimestamp(parse_instant(AS_OF), UTC).replace(year=2028)
    reader.page.clock.set_fixed_time(later)
    page = reader.open("tickets.html#week=this")

    shows(page, OPEN, HARM, PLANNED)  # what goes on, and planned work by its window
    week = page.locator(".wb-filter select[name=week]")
    assert week.locator("option:checked").inner_text() == "2026-W48 · 11-23 – 11-29 · 本周"

    choose(page, "week", "2026-W47")
    shows(page, HARM, FAULT)
    assert week.locator("option:checked").inner_text() == "2026-W47 · 11-16 – 11-22 · 上周"
    assert page.url.endswith("#week=2026-W47")


def test_a_week_has_what_was_open_in_it_or_by_choice_what_was_reported_in_it(
    reader: Reader,
) -> None:
    spans = {
        "before": ("2026-11-02 09:00", "2026-11-15"),
        "into": ("2026-11-02 09:00", "2026-11-16"),
        "over": ("2026-11-02 09:00", "2026-12-01"),
        "within": ("2026-11-17 09:00", "2026-11-18"),
        "late": ("2026-11-22 23:59", "2026-12-01"),
        "after": ("2026-11-23 00:00", "2026-12-01"),
    }
    serve(reader.page, [a_row(key, at=at, until=end) for key, (at, end) in spans.items()])
    page = reader.open("tickets.html#week=2026-w47")
    shows(page, "into", "over", "within", "late")

    choose(page, "by", "report")
    shows(page, "within", "late")
    assert page.url.endswith("#week=2026-W47&by=report")
    choose(page, "week", "")
    choose(page, "from", "2026-11")
    shows(page, *spans)


def test_planned_work_is_open_in_its_window_and_reported_when_it_was_announced(
    reader: Reader,
) -> None:
    work = {"planned": 1, "kind": "upgrade", "state": "scheduled", "outcome": "", "grade": ""}
    late = {"at": "2026-11-28 22:00", "until": "2026-11-29", "reported": "2026-11-18"}
    serve(reader.page, [a_row("announced", **(work | late)), a_row("fault")])
    page = reader.open("tickets.html#week=2026-W47&by=report")
    shows(page, "announced", "fault")

    choose(page, "by", "")
    shows(page, "fault")
    choose(page, "week", "2026-W48")
    shows(page, "announced")


@pytest.mark.parametrize(
    ("asked", "told", "shown"),
    [
        ("week=foo", ["周 “foo”"], ALL),
        ("week=2026-W99", ["周 “2026-W99”"], ALL),
        ("week=constructor&length=1", ["周 “constructor”", "length “1”"], ALL),
        ("from=2026-13&severity=1", ["起始月份 “2026-13”"], [FAULT]),
        ("asset=nosuch&state=closed", ["设备 “nosuch”"], [FAULT]),
        ("state=closed&state=opened", ["状态 “opened”"], [FAULT]),
        ("site=%3Cimg+src%3Dx%3E%2F%22%F0%9F%8F%AD$%26", ['场所 “<img src=x>/"🏭$&”'], ALL),
    ],
)
def test_what_an_address_asks_that_nobody_knows_is_refused_and_the_rest_holds(
    reader: Reader, asked: str, told: list[str], shown: list[str]
) -> None:
    page = reader.open(f"tickets.html#{asked}")

    refused = page.get_by_role("alert").filter(has_text="无法识别")
    assert refused.inner_text().split("：", 1)[1] == " · ".join(told)
    if shown is ALL:
        assert sorted(ids(page)) == sorted(ALL)
    else:
        shows(page, *shown)
    choose(page, "kind", "fault")
    expect(refused).to_be_hidden()


@pytest.mark.parametrize("start", ["tickets.html", "en/tickets.html"])
def test_the_other_language_is_asked_the_same(reader: Reader, start: str) -> None:
    page = reader.open(f"{start}#week=2026-W47&owner=person-3")
    shows_one = page.locator("[data-wb-count]")
    expect(shows_one).to_contain_text(re.compile(r"1 (/|of) 4"))

    page.locator("a.wb-strip__language").click()

    assert page.url.endswith("tickets.html#week=2026-W47&owner=person-3")
    assert ("/en/" in page.url) == (start == "tickets.html")
    expect(shows_one).to_contain_text(re.compile(r"1 (/|of) 4"))
    assert ids(page) == [FAULT]


@pytest.mark.parametrize("address", ["tickets.html", "en/tickets.html"])
@pytest.mark.parametrize("reader", [{}, PHONE], indirect=True)
def test_a_chosen_week_can_be_read_whole(reader: Reader, address: str) -> None:
    page = reader.open(f"{address}#week=last")
    room, needed = page.locator("select[name=week]").evaluate(
        """(choice) => {
            const style = getComputedStyle(choice);
            const pen = document.createElement("canvas").getContext("2d");
            pen.font = style.font;
            const arrow = 18;
            const room = choice.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight) - arrow;
            return [room, Math.max(...[...choice.options].map((one) => pen.measureText(one.text).width))];
        }"""
    )
    assert needed <= room


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("端口 HARM", [HARM]),
        ("core-sw-01", ALL),
        ("CORE SW 01", ALL),
        ("coresw01", ALL),
        ("核心交换机", ALL),
        ("核心交换机 1 HARM", [HARM]),
        ("核心交换机主控板", [OPEN, FAULT, PLANNED]),
        ("故障核心交换机", [OPEN, HARM, FAULT]),
        ("T20261120-7K3Q9M", [FAULT]),
        ("t202611207k3q9m", [FAULT]),
        ("7k3q9m", [FAULT]),
        ("Ｔ２０２６１１２０", [FAULT]),
        ("2026-11-21", [HARM]),
        ("工程师 A 一级", [FAULT]),
        ("<script>", [HARM]),
    ],
)
def test_tickets_are_found_by_what_is_typed(reader: Reader, words: str, shown: list[str]) -> None:
    page = reader.open("tickets.html")

    page.get_by_label("查找工单").fill(words)

    shows(page, *shown)


@pytest.mark.parametrize(
    "words", ["没有这样的", "障核板", "core-sw-02", "核心交换机 coresw011", "T20261120-7K3Q9N"]
)
def test_nothing_found_is_said_and_cleared(reader: Reader, words: str) -> None:
    page = reader.open("tickets.html")
    page.get_by_label("查找工单").fill(words)
    shows(page)
    assert page.get_by_text("没有符合条件的工单。").is_visible()

    page.get_by_role("button", name="清除全部条件").click()

    shows(page, *ALL)
    assert not page.get_by_text("没有符合条件的工单。").is_visible()
    assert page.url.endswith("/tickets.html")
    assert page.evaluate("document.activeElement.name") == "text"


def test_all_that_is_asked_must_hold_and_the_address_keeps_it(reader: Reader) -> None:
    page = reader.open("tickets.html")
    choose(page, "asset", "core-sw-01")
    choose(page, "to", "2026-11")
    choose(page, "state", "opened")
    page.get_by_label("查找工单").fill("主控板 二级")
    shows(page, OPEN)
    address = page.url.removeprefix(f"{reader.base}/")
    assert address.startswith("tickets.html#")

    reader.open("index.html")
    page = reader.open(address)
    shows(page, OPEN)
    assert page.get_by_label("查找工单").input_value() == "主控板 二级"
    assert page.locator(
        ".wb-filter select[name=state]"
    ).is_visible()  # what is chosen is not folded away


def test_each_choice_is_a_step_back_and_the_letters_of_a_search_are_one(reader: Reader) -> None:
    page = reader.open("tickets.html")
    choose(page, "state", "closed")
    shows(page, FAULT)
    page.get_by_label("查找工单").press_sequentially("没有")
    shows(page)

    page.go_back()
    shows(page, FAULT)
    assert page.get_by_label("查找工单").input_value() == ""
    page.go_back()
    shows(page, *ALL)
    page.go_forward()
    shows(page, FAULT)
    page.evaluate("location.hash = 'asset=CORE-SW-01'")
    shows(page, *ALL)
    page.evaluate("location.hash = 'planned'")  # a part of the page asks nothing
    assert page.locator(".wb-filter select[name=asset]").input_value() == "core-sw-01"


def test_an_address_that_is_no_lawful_one_is_taken_as_it_can_be(reader: Reader) -> None:
    shows(reader.open("tickets.html#text=100%"))


def test_equipment_leads_to_its_tickets(reader: Reader) -> None:
    page = reader.open("equipment/core-sw-01.html")

    page.get_by_role("link", name="在工单清单中查看全部相关工单").click()

    shows(page, *ALL)
    assert page.locator(".wb-filter select[name=asset]").input_value() == "core-sw-01"


@pytest.mark.parametrize("start", ["requests.html", "en/requests.html"])
def test_a_figure_leads_to_as_many_rows_as_it_says(reader: Reader, start: str) -> None:
    page = reader.open(start)
    figures = page.locator("#mix ~ table").first.locator("a.wb-value")
    told = figures.evaluate_all("links => links.map(link => [link.href, Number(link.text)])")
    assert len(told) >= 2

    for address, number in told:
        reader.open("index.html")
        page = reader.open(address.removeprefix(f"{reader.base}/"))
        expect(page.locator("[data-wb-count]")).to_have_text(re.compile(rf"\b{number} (/|of) 4"))
        assert len(ids(page)) == number
        expect(page.locator("[data-wb-refused]")).to_be_hidden()


@pytest.mark.parametrize("address", ["tickets.html", "en/tickets.html"])
def test_the_file_has_the_rows_that_are_shown_and_no_formula(reader: Reader, address: str) -> None:
    rows = [a_row(f"T20261120-{place:06}", title) for place, title in enumerate(HOSTILE)]
    serve(reader.page, [*rows, a_row("T20261120-ZZZZZZ", state="opened")])
    page = reader.open(f"{address}#state=closed")
    expect(page.locator(f"{REACTIVE} tbody tr")).to_have_count(len(HOSTILE))
    columns = json.loads(
        page.locator("[data-wb-csv=reactive]").get_attribute("data-wb-columns") or ""
    )

    with page.expect_download() as saved:
        page.locator("[data-wb-csv=reactive]").click()

    assert saved.value.suggested_filename == "tickets-2026-11-23.csv"
    written = saved.value.path().read_bytes()
    facts = {
        "tickets.html": (
            "故障",
            "一级",
            "已关闭",
            "工程师 A",
            "2026-11-20 09:12",
            "计时中",
            "A",
            "",
        ),
        "en/tickets.html": (
            "fault",
            "Critical",
            "closed",
            "工程师 A",
            "2026-11-20 09:12",
            "running",
            "A",
            "",
        ),
    }
    told = [(row[0], row[1], "core-sw-01", *facts[address]) for row in rows]
    assert written == b"\xef\xbb\xbf" + csv_text([columns, *told]).encode()
    assert written.count(b"\n") == 1 + len(HOSTILE) + "".join(HOSTILE).count("\n")


def test_planned_work_has_a_file_of_its_own(reader: Reader) -> None:
    page = reader.open("tickets.html")

    with page.expect_download() as saved:
        page.locator("[data-wb-csv=planned]").click()

    head, row = saved.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert head == "工单,标题,设备,类型,状态,负责人,时间窗口,批准人"
    assert row.startswith(f"{PLANNED},")
    assert "2026-11-28 22:00 – 11-29 02:00" in row


def test_the_first_fifty_are_drawn_and_all_when_they_are_asked_for(reader: Reader) -> None:
    rows = [a_row(f"T20261120-{place:06}", f"端口错包 {place}") for place in range(900)]
    serve(reader.page, rows)
    page = reader.open("tickets.html#asset=core-sw-01")
    drawn = page.locator(f"{REACTIVE} tbody tr")
    expect(drawn).to_have_count(50)
    expect(page.locator("[data-wb-count]")).to_contain_text(" 900 / ")
    assert page.locator("[data-wb-cut=reactive]").is_visible()

    page.locator("[data-wb-all=reactive]").click()

    expect(drawn).to_have_count(900)
    assert page.evaluate("document.activeElement.textContent") == "端口错包 50"
    page.get_by_label("查找工单").fill("T20261120-000899")
    expect(drawn).to_have_count(1)
    assert not page.locator("[data-wb-cut=reactive]").is_visible()


def test_rows_that_cannot_be_loaded_are_told_and_the_months_lead_on(reader: Reader) -> None:
    reader.page.route("**/tickets/2026-11.js?*", lambda route: route.abort())
    page = reader.open("tickets.html#state=closed")

    page.get_by_role("alert").filter(has_text="工单未能载入").wait_for()
    assert page.locator("#months ~ ul a").first.is_visible()
    assert reader.complaints == ["Failed to load resource: net::ERR_FAILED"]
    reader.complaints.clear()


def test_what_was_asked_last_is_shown_whatever_comes_later(reader: Reader) -> None:
    page = reader.page
    held: list[Route] = []
    script = '<script src="assets/weibao/register.js">'
    older = '<a data-wb-month="2026-10" data-wb-since="2026-10-01" data-wb-until="2026-10-31" data-wb-rows="tickets/2026-10.js"></a>'

    def with_a_slow_month(route: Route) -> None:
        html = route.fetch().text().replace(script, f"{older}{script}")
        route.fulfill(body=html, content_type="text/html")

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/tickets.html", with_a_slow_month)
    page.route("**/tickets/2026-10.js", hold)
    reader.open("tickets.html")
    choose(page, "state", "closed")
    choose(page, "from", "2026-11")
    shows(page, FAULT)

    late = json.dumps([a_row("T20261020-000001", at="2026-10-20 09:00", until="2026-10-31")])
    held[0].fulfill(body=f'self.weibaoRegister["2026-10"] = {late};')
    page.wait_for_function("self.weibaoRegister['2026-10']")
    page.evaluate("new Promise((done) => setTimeout(done))")
    assert ids(page) == [FAULT]


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_there_is_a_page_a_month(reader: Reader) -> None:
    page = reader.open("tickets.html")
    assert ids(page) == ALL
    assert not page.locator("form.wb-filter, [data-wb-csv], [data-wb-all]").first.is_visible()

    page.locator("#months ~ ul").get_by_role("link", name="2026-11").click()

    assert page.url.endswith("/tickets/2026-11.html")
    assert ids(page) == ALL


def test_a_site_in_a_folder_has_its_register_too(browser: Browser, folder: Path) -> None:
    page = browser.new_page()
    page.goto(f"{folder.as_uri()}/en/tickets.html")
    choose(page, "state", "closed")
    expect(page.locator("[data-wb-count]")).to_have_text(
        "1 of 4 tickets · faults, questions and requests: 1 · planned work: 0"
    )
    assert ids(page) == [FAULT]
    assert page.url.endswith("/en/tickets.html#state=closed")
    page.close()


def test_rows_that_come_on_a_stale_page_are_doubted_as_those_before(reader: Reader) -> None:
    reader.page.clock.set_fixed_time(datetime.fromtimestamp(parse_instant(AS_OF) + 86400, UTC))
    page = reader.open("tickets.html")
    page.get_by_label("查找工单").fill(OPEN)

    shows(page, OPEN)
    told = page.locator(f"{REACTIVE} .wb-doubt").all_inner_texts()
    assert set(told) == {"未知 当时："}


@pytest.mark.parametrize("reader", [NARROW], indirect=True)
def test_a_narrow_page_is_not_scrolled_sideways_and_its_controls_can_be_hit(reader: Reader) -> None:
    serve(reader.page, [a_row("T20261120-000001", "端口" * 200)])
    page = reader.open("tickets.html#text=端口")
    shows(page, "T20261120-000001")
    page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    small = page.evaluate(
        """[...document.querySelectorAll('.wb-filter :is(input, select, button, summary), .wb-register__foot button, .wb-months a, .wb-empty button')]
        .filter((control) => control.checkVisibility())
        .filter((control) => control.getBoundingClientRect().height < 24 || control.getBoundingClientRect().width < 24)
        .map((control) => control.outerHTML)"""
    )
    assert small == []
    reader.open("tickets/2026-11.html")
    assert page.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("reader", [{"forced_colors": "active"}], indirect=True)
def test_every_control_has_a_name_and_shows_the_focus_in_forced_colours(reader: Reader) -> None:
    page = reader.open("tickets.html")
    page.get_by_text("更多筛选条件").click()
    page.get_by_label("查找工单").focus()
    met = []
    for _ in range(14):
        met.append(
            page.evaluate(
                """(() => { const { activeElement: one } = document; const style = getComputedStyle(one);
                return [one.labels?.[0]?.textContent.trim() || one.textContent.trim(), style.outlineStyle, parseFloat(style.outlineWidth)]; })()"""
            )
        )
        page.keyboard.press("Tab")
    assert all(name and style != "none" and width >= 1 for name, style, width in met), met
    assert page.locator("[role=status][data-wb-count]").count() == 1
