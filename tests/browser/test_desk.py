"""``weibao desk`` as somebody uses it: by mouse, by keyboard, on a narrow screen, and with a page reloaded."""

from __future__ import annotations

import os
import re
import threading
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, expect
from waitress import create_server

from building.commands import NOW, record_repository
from building.contract import a_ticket, ticket_path
from building.pictures import jpeg, png
from weibao.cli.desk.application import make_application
from weibao.cli.desk.guard import Gate
from weibao.cli.desk.workplace import Workplace
from weibao.cli.framework.session import Session
from weibao.model.instant import parse_instant
from weibao.workspace.recording.attachment import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from building.repository import Repository

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
BREACHES = """async () => {
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}"""
DROPPED = """([zone, name, bytes, more]) => {
  const dropped = new DataTransfer();
  dropped.items.add(new File([new Uint8Array(bytes), new Uint8Array(more)], name));
  zone.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true, cancelable: true }));
}"""
ACKED, PHOTOGRAPHED, OVERTAKEN, DRAFTED, BY_KEYS = (
    f"T20261120-{name}" for name in ("7K3Q9M", "PH0T01", "STA1E1", "DRAFT1", "KEYS01")
)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Repository]:
    """A clone with a ticket for each test, at a time that stands still."""
    repository = record_repository(tmp_path_factory.mktemp("desk") / "clone")
    for ticket in (PHOTOGRAPHED, OVERTAKEN, DRAFTED, BY_KEYS):
        repository.write(ticket_path(ticket), a_ticket(ticket, severity=2))
    repository.commit("受理", at="2026-11-20T09:17:00+08:00", by="wang.lei@provider.example")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Session, "now", parse_instant(NOW))
        for name in ("GIT_AUTHOR_DATE", "GIT_COMMITTER_DATE"):
            patched.setenv(name, NOW)
        patched.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        yield repository


@pytest.fixture(scope="module")
def address(clone: Repository) -> Iterator[str]:
    """The address that lets into the desk over it."""
    server = create_server(lambda _environ, _start: [], host="127.0.0.1", port=0)
    gate = Gate(server.effective_port, "key", "pass")
    server.application = make_application(Workplace(Session(clone.path, "en", "never")), gate)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield gate.address
    server.close()


@pytest.fixture
def page(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the desk whose browser finds nothing to complain of."""
    context = browser.new_context(**getattr(request, "param", {}))
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if "Content Security" in said.text else None,
    )
    page.goto(address)
    expect(page).to_have_url(re.compile(r":\d+/$"))
    yield page
    context.close()
    assert complaints == []


def go(page: Page, path: str) -> None:
    page.goto(page.url[: page.url.index("/", 8)] + path)


def commits(clone: Repository) -> list[str]:
    return clone.git("log", "--format=%s").splitlines()


def test_a_ticket_is_acknowledged_from_the_board_in_two_taps(clone: Repository, page: Page) -> None:
    page.get_by_role("link", name=re.compile("^Acknowledged")).first.click()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("status").first).to_contain_text("Acknowledged")
    assert commits(clone)[0].endswith(" acknowledged")


def test_a_ticket_is_opened(clone: Repository, page: Page) -> None:
    page.get_by_role("link", name="Open a ticket").click()
    page.get_by_label("Severity").select_option("2")
    page.get_by_label("Reported by").select_option("zhang-gong")
    page.get_by_label("The fault or request in one line").fill("出口丢包")
    page.get_by_label("How it came in").select_option("phone")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("出口丢包")
    assert commits(clone)[0].endswith("opened: 出口丢包")


def test_a_photograph_is_dropped(clone: Repository, page: Page) -> None:
    go(page, f"/ticket/{PHOTOGRAPHED}/attached")
    zone = page.locator(".drop").element_handle()
    page.evaluate(DROPPED, [zone, "large.png", list(png()), LIMIT])
    expect(page.locator("[data-dropped]")).to_contain_text("larger than 5 MiB")
    assert page.locator("#field-file").evaluate("file => file.files.length") == 0
    page.evaluate(DROPPED, [zone, "机柜.png", list(png()), 0])
    page.evaluate(DROPPED, [zone, "铭牌.jpg", list(jpeg()), 0])
    expect(page.locator("[data-dropped]")).to_have_text("机柜.png · 铭牌.jpg")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("img")).to_have_count(2)
    picture = page.get_by_role("img").first
    expect(picture).to_be_visible()
    assert picture.evaluate("picture => picture.naturalWidth") == 1
    assert commits(clone)[0].startswith(f"{PHOTOGRAPHED} attached")


def test_a_form_of_before_keeps_what_was_typed(clone: Repository, page: Page) -> None:
    go(page, f"/ticket/{OVERTAKEN}/updated")
    page.get_by_label("Note").fill("正在排查")
    clone.write(
        ticket_path(OVERTAKEN),
        clone.read(ticket_path(OVERTAKEN))
        + "  - {at: 2026-11-20T09:25:00+08:00, event: acknowledged, by: li-qiang, note: 已响应}\n",
    )
    clone.commit("响应", at=NOW)
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("alert")).to_contain_text("has changed")
    expect(page.get_by_role("region", name="What has been recorded since")).to_contain_text(
        "已响应"
    )
    expect(page.get_by_label("Note")).to_have_value("正在排查")


def test_a_draft_outlives_a_reload_and_ends_with_its_record(page: Page) -> None:
    path = f"/ticket/{DRAFTED}/updated"
    go(page, path)
    page.get_by_label("Note").fill("写了一半")
    page.get_by_label("When").fill("-2m")
    page.reload()
    expect(page.get_by_label("Note")).to_have_value("写了一半")
    expect(page.get_by_label("When")).to_have_value("-2m")
    expect(page.get_by_text("This is what you had typed before.")).to_be_visible()
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_role("status").first).to_contain_text("Updated")
    go(page, path)
    expect(page.get_by_label("Note")).to_have_value("")


def test_keys_alone_are_enough(clone: Repository, page: Page) -> None:
    go(page, f"/ticket/{BY_KEYS}")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "Acknowledged":
            break
    page.keyboard.press("Enter")
    page.get_by_label("Note").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Record it")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").first).to_contain_text("Acknowledged")
    assert commits(clone)[0].startswith(f"{BY_KEYS} acknowledged")


@pytest.mark.parametrize(
    "page",
    [
        {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
        {"viewport": {"width": 1440, "height": 900}, "color_scheme": "light"},
    ],
    ids=["narrow-dark", "wide-light"],
    indirect=True,
)
def test_every_page_fits_and_axe_finds_nothing(page: Page) -> None:
    found = {}
    forms = ("resolved", "attached", "part_replaced", "amended")
    for path in (
        *("/", "/open", "/open?kind=upgrade", "/assets", "/asset/core-sw-01", "/send", "/none"),
        *(f"/ticket/{ACKED}", *(f"/ticket/{PHOTOGRAPHED}/{form}" for form in forms)),
    ):
        go(page, path)
        if "resolved" in path:
            page.get_by_role("button", name="Record it").click()
            expect(page.get_by_role("alert")).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        page.evaluate(AXE)
        if breaches := page.evaluate(BREACHES):
            found[path] = breaches
    assert found == {}
