"""A token for one server: git sends it there and nowhere else, and it is on no command line."""

from __future__ import annotations

from base64 import b64encode
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from building.repository import Repository
from weibao.workspace.forge.access import access_by_token
from weibao.workspace.recording.git_runner import run_git

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BASIC = "Basic " + b64encode(b"x-access-token:secret").decode()


class Server(ThreadingHTTPServer):
    """Has no repository, and remembers with what git asked for one."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.sent: list[list[str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.sent.append(self.headers.get_all("Authorization") or [])
        self.send_response(404)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as found:
        thread = Thread(target=found.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def ask(tmp_path: Path, address: str, server: str) -> None:
    access = access_by_token(server, "x-access-token", "secret")
    done = run_git(tmp_path, "ls-remote", f"{address}/provider/records", environment=access)
    assert done.returncode != 0
    assert "secret" not in " ".join(done.args)


@pytest.mark.parametrize("end", ["", "/"])
def test_git_sends_the_token_to_its_server(server: Server, tmp_path: Path, end: str) -> None:
    ask(tmp_path, server.url, server.url + end)
    assert server.sent == [[BASIC]]


def test_git_sends_it_to_no_other_server(server: Server, tmp_path: Path) -> None:
    ask(tmp_path, server.url, "https://forge.example")
    ask(tmp_path, server.url, server.url + "9")
    assert server.sent == [[], []]


def test_a_header_that_a_checkout_has_left_is_not_sent_twice(
    server: Server, tmp_path: Path
) -> None:
    repository = Repository(tmp_path / "clone")
    repository.git("config", f"http.{server.url}/.extraheader", "AUTHORIZATION: basic old")
    ask(repository.path, server.url, server.url)
    assert server.sent == [[BASIC]]
