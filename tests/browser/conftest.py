"""One built site, one browser, and a page that fails on any request to another host."""

from __future__ import annotations

import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import Page, sync_playwright

from building.site import mkdocs, site_repository

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

CHROMIUM = "chromium"
ARGUMENTS = ("--no-sandbox", "--disable-background-networking", "--disable-component-update")


class Quiet(SimpleHTTPRequestHandler):
    """Files of a folder, without a line on the terminal for each."""

    def log_message(self, *_: object) -> None:
        return


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


@pytest.fixture(scope="session")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the built site on this machine."""
    repository = site_repository(tmp_path_factory.mktemp("browser") / "contract")
    done = mkdocs(repository, "build", "--strict")
    assert done.returncode == 0, done.stderr
    handler = partial(Quiet, directory=str(repository.path / "site"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, the one that the system has."""
    path = shutil.which(CHROMIUM)
    assert path is not None, "the browser tests need chromium (Debian: apt-get install chromium)"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def reader(browser: Browser, base: str, request: pytest.FixtureRequest) -> Iterator[Reader]:
    """A reader with a fresh profile; parametrize it with settings of the browser's context."""
    settings = {"viewport": {"width": 1440, "height": 900}} | getattr(request, "param", {})
    context = browser.new_context(**settings)
    context.set_default_timeout(5000)
    one = Reader(context.new_page(), base)
    yield one
    context.close()
    assert one.foreign == []
    assert one.complaints == []
