"""One built site, one browser, and a page that fails on any request to another host."""

from __future__ import annotations

import shutil
import threading
from contextlib import contextmanager, suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import IO, TYPE_CHECKING

import pytest
from playwright.sync_api import Page, sync_playwright

from building.contract import ASSETS, CONTRACT, STAFF, a_ticket, entry, ticket_path
from building.site import HEBREW, LONG, RTL, mkdocs, site_repository

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from building.repository import Repository

CHROMIUM = "chromium"
ARGUMENTS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a line on the terminal for each."""

    def log_message(self, *_: object) -> None:
        return

    def copyfile(self, source: IO[bytes], outputfile: IO[bytes]) -> None:
        with suppress(ConnectionError):  # the page has gone on before all of it was there
            super().copyfile(source, outputfile)


class Reader:
    """Somebody who reads the site: a page of the browser, and all that went wrong on it."""

    def __init__(self, page: Page, base: str) -> None:
        self.page = page
        self.base = base
        self.foreign: list[str] = []
        self.complaints: list[str] = []
        page.on("console", lambda one: self._complain(one.type, one.text))
        page.on("pageerror", lambda one: self.complaints.append(str(one)))
        page.on("response", lambda one: self._complain_of(one.status, one.url))
        page.route("**/*", self._answer)

    def open(self, address: str) -> Page:
        """Go to a page of the site and wait until all that it names is loaded."""
        self.page.goto(f"{self.base}/{address}")
        return self.page

    def _complain(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"}:
            self.complaints.append(text)

    def _complain_of(self, status: int, url: str) -> None:
        if status >= 400:
            self.complaints.append(f"{status} {url}")

    def _answer(self, route: object) -> None:
        url = route.request.url  # type: ignore[attr-defined]
        if url.startswith((self.base, "blob:", "data:")):
            route.continue_()  # type: ignore[attr-defined]
        else:
            self.foreign.append(url)
            route.abort()  # type: ignore[attr-defined]


def built_site(repository: Repository) -> Path:
    """The folder of the repository's site, built."""
    done = mkdocs(repository, "build", "--strict")
    assert done.returncode == 0, done.stderr
    return repository.path / "site"


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a built site on this machine."""
    handler = partial(Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site whose first language is Chinese."""
    return built_site(site_repository(tmp_path_factory.mktemp("browser") / "contract"))


@pytest.fixture(scope="session")
def base(folder: Path) -> Iterator[str]:
    """The address of that site."""
    with served(folder) as address:
        yield address


@pytest.fixture(scope="session")
def english_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the same site with English as its first language."""
    assert "languages: [zh, en]" in CONTRACT
    contract = CONTRACT.replace("languages: [zh, en]", "languages: [en, zh]")
    path = tmp_path_factory.mktemp("browser") / "english"
    repository = site_repository(path, {"records/contract.yaml": contract})
    with served(built_site(repository)) as address:
        yield address


@pytest.fixture(scope="session")
def unkind_base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site with a hundred services, long names without a space, and Hebrew."""
    long = "".join(
        f"  s{number}: {{name: {{zh: {'长' * 200}, en: {'W' * 200}}}}}\n" for number in range(100)
    )
    texts = {
        "records/contract.yaml": CONTRACT.replace("services:\n", f"services:\n{long}"),
        "records/assets.yaml": ASSETS.replace("核心交换机 1", "长" * 200),
        "records/staff.yaml": STAFF.replace("王蕾", "W" * 200),
    }
    repository = site_repository(tmp_path_factory.mktemp("browser") / "unkind", texts)
    for key, title in ((LONG, "W" * 200), (RTL, HEBREW)):
        log = [entry("2026-11-21T09:05:00+08:00", "opened", by="wang-lei", note=f'"{title}"')]
        text = a_ticket(key, severity=2, reported_at="2026-11-21T09:00:00+08:00", log=log)
        text = text.replace("core-sw-01 主控板告警", "").replace(
            "title: 核心交换机 ", f"title: {title}"
        )
        repository.write(ticket_path(key), text)
    repository.commit(at="2026-11-23T11:50:00+08:00")
    with served(built_site(repository)) as address:
        yield address


@pytest.fixture(scope="session")
def launching() -> Iterator[Callable[[], Browser]]:
    """Headless Chromium, the one that the system has: launched again where it has gone, so that one test alone fails of it."""
    path = shutil.which(CHROMIUM)
    assert path is not None, "the browser tests need chromium (Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        launched: list[Browser] = []

        def there() -> Browser:
            if not launched or not launched[-1].is_connected():
                launched.append(
                    playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
                )
            return launched[-1]

        yield there
        for one in launched:
            one.close()


@pytest.fixture
def browser(launching: Callable[[], Browser]) -> Browser:
    """The browser, which is there."""
    return launching()


@pytest.fixture
def reader(browser: Browser, base: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader with a fresh profile; parametrize it with settings of the browser's context."""
    yield from reading(browser, base, request)


@pytest.fixture
def unkind_reader(
    browser: Browser, unkind_base: str, request: pytest.FixtureRequest
) -> Iterator[Reader]:
    """A reader of the site with names that are hard to set."""
    yield from reading(browser, unkind_base, request)


@pytest.fixture
def english_reader(
    browser: Browser, english_base: str, request: pytest.FixtureRequest
) -> Iterator[Reader]:
    """A reader of the site whose first language is English."""
    yield from reading(browser, english_base, request)


def reading(browser: Browser, base: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader of one site, who must have met with no error and no other host."""
    settings = {"viewport": {"width": 1440, "height": 900}} | getattr(request, "param", {})
    context = browser.new_context(**settings)
    context.set_default_timeout(5000)
    one = Reader(context.new_page(), base)
    yield one
    context.close()
    assert one.foreign == []
    assert one.complaints == []
