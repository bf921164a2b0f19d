"""A forge that answers over HTTP as GitHub, Gitea and GitLab are documented to, and remembers what it was asked."""

from __future__ import annotations

import json
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "secret"  # noqa: S105 - nobody's
SELF = {
    "github": {"user": {"login": "github-actions[bot]", "id": 41898282, "type": "Bot"}},
    "gitea": {"user": {"login": "gitea-actions", "id": -2}},
    "gitlab": {"author": {"id": 99, "username": "project_5_bot"}, "system": False},
}


class FakeForge(ThreadingHTTPServer):
    """One repository, ``provider/records``: comments by issue, and files by path."""

    daemon_threads = True

    def __init__(self, kind: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.kind = kind
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.issues: list[dict[str, Any]] = []
        self.files: dict[str, bytes | str | int] = {}
        """By path; a text is where it is said to lie instead, a number how it is refused."""
        self.asked: list[tuple[str, str, str]] = []

    @property
    def url(self) -> str:
        return f"http://localhost:{self.server_address[1]}"

    @property
    def interface(self) -> str:
        return self.url + {"github": "/api/v3", "gitea": "/api/v1", "gitlab": "/api/v4"}[self.kind]

    def answers(self, number: int) -> list[str]:
        """The comments under an issue."""
        return [comment["body"] for comment in self.comments.get(number, [])]

    @property
    def wrote(self) -> list[str]:
        return [method for method, _, _ in self.asked if method != "GET"]


class _Handler(BaseHTTPRequestHandler):
    server: FakeForge

    def _answer(self) -> None:
        forge, parts = self.server, urlsplit(self.path)
        forge.asked.append((self.command, unquote(parts.path), self.headers["Authorization"] or ""))
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else {}
        if (held := self._held(parts.path)) is not None:
            self._send(held)
            return
        assert self.headers["Authorization"] == f"Bearer {TOKEN}"
        path = unquote(parts.path.removeprefix(urlsplit(forge.interface).path))
        said = self._said(path, body, int(parse_qs(parts.query).get("page", ["1"])[0]))
        self._send(json.dumps(said).encode())

    def _held(self, path: str) -> bytes | str | int | None:
        forge = self.server
        if "/uploads/" in path:
            return forge.files.get("/uploads/" + path.partition("/uploads/")[2])
        return forge.files.get(path)

    def _said(self, path: str, body: dict[str, Any], page: int) -> Any:
        forge = self.server
        if path == "/user":
            return {"id": 99, "username": "project_5_bot"}
        *_, noun, number, things = ("", "", *path.split("/"))[-3:]
        if path.endswith("/issues"):
            return forge.issues if page == 1 else []
        if things in {"comments", "notes"} and noun == "issues":
            comments = forge.comments.setdefault(int(number), [])
            if self.command == "POST":
                comments.append({"id": 7000 + len(comments)} | SELF[forge.kind] | body)
                return comments[-1]
            return comments[(page - 1) * 100 : page * 100]
        (found,) = [
            comment
            for comments in forge.comments.values()
            for comment in comments
            if comment["id"] == int(things)
        ]
        found |= body
        return found

    def _send(self, said: bytes | str | int) -> None:
        code = said if isinstance(said, int) else 302 if isinstance(said, str) else 200
        self.send_response(code)
        if isinstance(said, str):
            self.send_header("Location", said)
        self.end_headers()
        if isinstance(said, bytes):
            with suppress(ConnectionError):  # whoever asked has had enough
                self.wfile.write(said)

    do_GET = do_POST = do_PATCH = do_PUT = _answer  # noqa: N815 - the server's own names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """Say nothing."""


@contextmanager
def a_forge(kind: str) -> Iterator[FakeForge]:
    """A forge that runs."""
    with FakeForge(kind) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()
