"""``weibao land``: the one commit that was approved is merged, and nothing else ever is."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any

import pytest

from building.commands import OPENED, PATH
from building.contract import entry
from building.together import losses_of, shared_repository

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from building.commands import Ran, Weibao
    from building.repository import Repository

NUMBER = "12"


class FakeForge(ThreadingHTTPServer):
    """Answers one GraphQL query as GitHub is documented to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.request: dict[str, Any] | None = {}
        self.answer: object = None
        self.asked: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: FakeForge

    def do_POST(self) -> None:
        forge = self.server
        assert self.path == "/graphql"
        assert self.headers["Authorization"] == "Bearer secret"
        forge.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        said = forge.answer or {"data": {"repository": {"pullRequest": forge.request}}}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(said).encode())

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """Say nothing."""


class Landing:
    """A bare repository with a pull request on which two sides have each added a step."""

    def __init__(self, folder: Path, forge: FakeForge, weibao: Weibao) -> None:
        log = (*OPENED, entry("09:16", "acknowledged"))
        self.bare, (self.work, self.run) = shared_repository(folder / "forge", log)
        self.forge, self.weibao = forge, weibao
        self.work.append(PATH, entry("09:20", "updated", note="分支"))
        self.commit = self.work.commit(
            at="2026-11-20T09:21:00+08:00", by="zhao.min@provider.example"
        )
        self.work.git("push", "-q", "origin", f"HEAD:refs/pull/{NUMBER}/head")
        self.run.append(PATH, entry("09:22", "updated", note="主线"))
        self.run.commit(at="2026-11-20T09:23:00+08:00")
        self.run.git("push", "-q", "origin", "main")
        for key in ("user.name", "user.email"):
            self.run.git("config", "--unset", key)
        forge.request = {
            "state": "OPEN",
            "reviewDecision": "APPROVED",
            "headRefOid": self.commit,
            "baseRefName": "main",
            "latestOpinionatedReviews": {"nodes": [review(self.commit)]},
        }

    def land(self, commit: str = "", number: str = NUMBER) -> Ran:
        return self.weibao("land", number, commit or self.commit, folder=self.run.path)


def review(commit: str | None, state: str = "APPROVED") -> dict[str, Any]:
    return {"state": state, "commit": {"oid": commit} if commit else None}


@pytest.fixture
def forge(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeForge]:
    with FakeForge() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        monkeypatch.setenv("GITHUB_ACTIONS", "true")
        monkeypatch.setenv("GITHUB_REPOSITORY", "provider/records")
        monkeypatch.setenv("GITHUB_GRAPHQL_URL", f"{server.url}/graphql")
        monkeypatch.setenv("GITHUB_TOKEN", "secret")
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def landing(tmp_path: Path, forge: FakeForge, weibao: Weibao) -> Landing:
    return Landing(tmp_path, forge, weibao)


def lines(repository: Repository) -> list[str]:
    return repository.git("show", f"HEAD:{PATH}").split("\n")[-2:]


def test_what_was_approved_is_joined_behind_what_has_landed_and_pushed(landing: Landing) -> None:
    landed = landing.bare.head
    ran = landing.land()

    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("✓ Pull request 12 has landed\n  Sent: 1 step in 1 record\n")
    assert landing.bare.git("rev-parse", "HEAD^1", "HEAD^2") == f"{landed}\n{landing.commit}"
    assert landing.bare.git("log", "-1", "--format=%an %ae") == (
        "github-actions[bot] 41898282+github-actions[bot]@users.noreply.github.com"
    )
    assert [("主线" in one, "分支" in one) for one in lines(landing.bare)] == [
        (True, False),
        (False, True),
    ]
    assert losses_of(landing.bare) == ()
    assert landing.forge.asked[0]["variables"] == {
        "owner": "provider",
        "name": "records",
        "number": 12,
    }


def test_who_is_at_work_is_whom_git_knows_where_it_knows_one(landing: Landing) -> None:
    landing.run.git("config", "user.name", "李强")
    landing.run.git("config", "user.email", "li.qiang@provider.example")
    assert landing.land().code == 0
    assert landing.bare.git("log", "-1", "--format=%ae") == "li.qiang@provider.example"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"state": "MERGED"}, "no longer open"),
        ({"state": "CLOSED"}, "no longer open"),
        ({"reviewDecision": None}, "not approved"),
        ({"reviewDecision": "REVIEW_REQUIRED"}, "not approved"),
        ({"reviewDecision": "CHANGES_REQUESTED"}, "not approved"),
        ({"headRefOid": "f" * 40}, "is at ffffffffffff by now"),
        ({"baseRefName": "release"}, "for the branch release, and not for main"),
        ({"latestOpinionatedReviews": {"nodes": []}}, "an earlier commit"),
        ({"latestOpinionatedReviews": {"nodes": [review("e" * 40)]}}, "an earlier commit"),
        ({"latestOpinionatedReviews": {"nodes": [review(None)]}}, "an earlier commit"),
    ],
)
def test_what_does_not_stand_as_it_was_reviewed_is_not_merged(
    landing: Landing, change: dict[str, Any], said: str
) -> None:
    landing.forge.request = (landing.forge.request or {}) | change
    before = landing.bare.git("for-each-ref")
    ran = landing.land()

    assert ran.code == 1
    assert said in ran.err
    assert landing.bare.git("for-each-ref") == before


def test_a_review_that_asks_for_changes_approves_nothing(landing: Landing) -> None:
    asked = {"nodes": [review(landing.commit, "CHANGES_REQUESTED")]}
    landing.forge.request = (landing.forge.request or {}) | {"latestOpinionatedReviews": asked}
    assert landing.land().code == 1


def test_another_commit_than_the_head_is_not_merged_even_if_it_is_approved(
    landing: Landing,
) -> None:
    earlier = landing.work.git("rev-parse", "HEAD~1")
    nodes = {"nodes": [review(earlier), review(landing.commit)]}
    landing.forge.request = (landing.forge.request or {}) | {"latestOpinionatedReviews": nodes}
    assert landing.land(earlier).code == 1


@pytest.mark.parametrize(
    "answer", [{"data": None, "errors": [{"message": "x"}]}, [], {"data": {"repository": None}}]
)
def test_an_answer_that_is_none_merges_nothing(landing: Landing, answer: object) -> None:
    landing.forge.answer = answer or [1]
    ran = landing.land()
    assert ran.code == 3
    assert "POST /graphql" in ran.err


def test_a_request_that_is_not_there_is_misuse(landing: Landing) -> None:
    landing.forge.request = None
    ran = landing.land()
    assert ran.code == 2
    assert "no pull request 12 in provider/records" in ran.err


@pytest.mark.parametrize(
    ("number", "commit"),
    [("0", "a" * 40), ("x", "a" * 40), ("1; id", "a" * 40), ("1", "main"), ("1", "a" * 39)],
)
def test_a_number_or_a_commit_that_is_none_asks_nobody(
    landing: Landing, number: str, commit: str
) -> None:
    assert landing.land(commit, number).code == 2
    assert landing.forge.asked == []


@pytest.mark.parametrize("name", ["GITHUB_TOKEN", "GITHUB_ACTIONS", "GITHUB_REPOSITORY"])
def test_outside_a_run_with_a_token_it_asks_nobody(
    landing: Landing, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv(name)
    ran = landing.land()
    assert ran.code == 2
    assert "weibao sync --merge COMMIT" in ran.err
    assert landing.forge.asked == []
