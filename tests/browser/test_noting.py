"""Noting on a phone: two taps, and what the page makes is what the desk reads."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from building.book import AS_OF, TICKET, a_book, at_forge, pages
from building.site import OPEN
from weibao.model.field_note import FieldNote
from weibao.model.instant import parse_instant
from weibao.model.load import read_record
from weibao.model.note_block import block_of, blocks_in
from weibao.render.site.dress import THEME

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Browser, Route

    from conftest import Reader

PHONE = {"viewport": {"width": 390, "height": 844}, "timezone_id": "Asia/Shanghai"}
ON_A_PHONE = pytest.mark.parametrize("reader", [PHONE], indirect=True)
SAID = (
    {"ticket": OPEN, "event": "arrived", "at": "2026-11-23T09:12:00+08:00", "by": "王蕾"},
    {
        "event": "updated",
        "note": "A–B “引号” ［方］【括】^[x]|y\n换行……。、 --- ½ 😀 ｆｕｌｌ\u00a0\u200b",
    },
    {"event": "x", "note": "שלום العربية हिन्दी"},
)


def test_the_page_and_the_desk_make_the_same_blocks(reader: Reader) -> None:
    page = reader.open(f"tickets/{OPEN}.html")
    made = page.evaluate("(said) => said.map(weibaoNotes.blockOf)", list(SAID))
    assert made == [block_of(said) for said in SAID]
    assert blocks_in("\n".join(made))[0].said == SAID[0]


@ON_A_PHONE
def test_a_step_is_two_taps_from_the_label_of_the_equipment(reader: Reader) -> None:
    page = reader.page
    page.clock.set_fixed_time(datetime.fromtimestamp(parse_instant(AS_OF), UTC))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    reader.open("equipment/core-sw-01.html#record")
    page.evaluate("localStorage.setItem('weibao-by', 'wang-lei')")
    page.locator(f"#record a[href*='{OPEN}.html#record-arrived']").click()
    page.locator("#record-arrived [data-wb-do=copy]").click()
    page.locator("#record-arrived output", has_text="已复制").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    (block,) = blocks_in(copied)
    note = FieldNote.parsed(block.said)
    assert (note.record, note.event, note.by) == (OPEN, "arrived", "wang-lei")
    assert parse_instant(note.at) == parse_instant(AS_OF)
    assert note.at.endswith("+08:00")
    wide = "document.documentElement.scrollWidth > innerWidth"
    assert not page.evaluate(wide)


@ON_A_PHONE
def test_what_must_be_said_is_asked_for_before_anything_is_copied(reader: Reader) -> None:
    page = reader.open(f"tickets/{OPEN}.html#record-resolved")
    form = page.locator("#record-resolved form")
    form.locator("[data-wb-do=copy]").click()
    assert not form.locator("output textarea").is_visible()
    form.locator("[data-wb-key=mode]").select_option(label="远程")
    form.locator("[data-wb-key=cause]").fill("光模块")
    form.locator("[data-wb-key=action]").fill("更换")
    form.locator("[data-wb-do=copy]").click()
    assert "请先写明是谁做的" in form.locator("output").inner_text()
    page.locator("#wb-by").fill("王蕾")
    form.locator("[data-wb-do=copy]").click()
    (block,) = blocks_in(form.locator("output textarea").input_value())
    assert (block.said["mode"], block.said["action"]) == ("remote", "更换")


def test_a_new_ticket_made_on_the_page_is_a_record(reader: Reader) -> None:
    page = reader.open("equipment/core-sw-01.html")
    path, text = page.evaluate(
        """() => weibaoNotes.recordOf({
          said: { event: "opened", at: "2026-11-23T09:12:00+08:00", by: "wang-lei", note: "x: {y} # z" },
          values: { title: "“告警”: #1", kind: "fault", severity: 2, reported_by: "zhang-gong", assets: ["core-sw-01"] },
          date: new Date("2026-11-23T09:12:00+08:00"),
        })"""
    )
    record = read_record(path, text.encode())
    assert not record.findings
    assert record.value.title == "“告警”: #1"
    assert record.value.log[0].note == "x: {y} # z"


def test_a_line_made_on_the_page_reads_as_the_note(reader: Reader) -> None:
    page = reader.open(f"tickets/{OPEN}.html")
    line = page.evaluate(
        """() => weibaoNotes.lineOf({
          said: { at: "2026-11-23T09:12:00+08:00", event: "arrived", by: "wang-lei", note: "“到”: #1" },
          values: { visit: 2 },
        })"""
    )
    assert line == (
        '  - {at: "2026-11-23T09:12:00+08:00", event: "arrived", by: "wang-lei", visit: 2, note: "“到”: #1"}'
    )


RESTORED = {"mode": "远程", "note": "已恢复 & #1"}
FAN = {"title": "风扇告警", "reported_by": "zhang-gong", "description": "有异响"} | {
    "reported_at": "2026-11-23T08:05"
}


def handed(
    browser: Browser,
    kind: str,
    step: str,
    button: str,
    said: Mapping[str, str] = RESTORED,
    page_of: str = f"tickets/{TICKET}",
) -> dict[str, str]:
    """What a forge of this kind is asked for when a step is filled in and a button tapped; {} where it is not asked."""
    html = pages(a_book(at_forge(kind)))[page_of].html
    context = browser.new_context(timezone_id="Asia/Shanghai")
    page = context.new_page()
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body="<p>", content_type="text/html; charset=utf-8")

    page.route("**/*", answer)
    page.goto("http://site.example/")
    page.set_content(html)
    page.add_script_tag(path=str(THEME / "assets" / "weibao" / "phone.js"))
    for folded in ("record", f"record-{step}"):
        page.evaluate(f"document.getElementById('{folded}').open = true")
    page.locator("#wb-by").fill("王蕾")
    form = page.locator(f"#record-{step} form")
    for key, value in said.items():
        line = form.locator(f"[data-wb-key={key}]")
        if line.evaluate("line => line.tagName") == "SELECT":
            line.select_option(label=value)
        else:
            line.fill(value)
    form.get_by_role("button", name=button).click()
    told = form.locator("output", has_text="文件里要写编号")
    try:
        if not told.is_visible():
            page.wait_for_url("https://forge.example/**")
    finally:
        context.close()
    return dict(parse_qsl(urlsplit(asked[-1]).query))


def test_an_issue_form_is_handed_what_was_filled_in(browser: Browser) -> None:
    said = handed(browser, "github", "restored", "用平台表单")
    assert said["template"] == "weibao-step.yml"
    assert (said["ticket"], said["event"], said["by"]) == (TICKET, "业务恢复 (restored)", "王蕾")
    assert (said["mode"], said["note"]) == ("远程 (remote)", "已恢复 & #1")
    assert said["at"].endswith("+08:00")


def test_an_issue_of_gitlab_is_handed_the_headings_and_the_answers(browser: Browser) -> None:
    said = handed(browser, "gitlab", "restored", "用平台表单")
    description = said["issue[description]"]
    assert f"### 工单\n\n{TICKET}\n\n### 设备\n\n\n\n### 步骤\n\nrestored\n" in description
    assert "### 方式\n\nremote\n" in description
    assert description.endswith("### 备注\n\n已恢复 & #1\n\n### 照片\n\n")


def test_when_the_customer_called_and_what_they_said_reach_the_form_for_faults(
    browser: Browser,
) -> None:
    equipment = "equipment/core-sw-01"
    said = handed(browser, "github", "opened", "用平台表单", FAN, equipment)
    assert (said["at"], said["note"]) == ("2026-11-23T08:05:00+08:00", "有异响")
    said = handed(browser, "gitlab", "opened", "用平台表单", FAN, equipment)
    description = said["issue[description]"]
    assert "### 报修时间\n\n2026-11-23T08:05:00+08:00\n" in description
    assert "### 备注\n\n有异响\n" in description


def test_a_file_is_handed_no_name_where_it_has_an_id(browser: Browser) -> None:
    assert (
        handed(browser, "github", "opened", "在编辑器中新建文件", FAN, "equipment/core-sw-01") == {}
    )


@pytest.mark.parametrize("reader", [{"java_script_enabled": False}], indirect=True)
def test_without_scripts_the_page_says_what_to_do(reader: Reader) -> None:
    page = reader.open(f"tickets/{OPEN}.html")
    page.locator("#record > summary").click()
    assert "请在群里写明" in page.locator("#record").inner_text()
    assert not page.locator("[data-wb-do=copy]").first.is_visible()
