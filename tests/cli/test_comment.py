"""The half of the workflow that may write: what it takes, whom it asks, and what it writes."""

from __future__ import annotations

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import pytest

from building.contract import entry, ticket_path
from building.pull_requests import NOW, OPEN, on, records
from hostile.threats import Ending, caught
from weibao.render.ci.comment import MARKER
from weibao.render.json.difference_form import LARGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from building.commands import Ran, Weibao

PAYLOADS = Path(__file__).parent / "payloads"
EVENT = PAYLOADS / "pull_request_target.json"
HEAD = "acb5820ced9479c074f688cc328bf03f341a511d"
PULL = json.loads(EVENT.read_text(encoding="utf-8"))["pull_request"]
COMMENTS = "/repos/provider/records/issues/42/comments"


class FakeForge(ThreadingHTTPServer):
    """Answers as GitHub's interface is documented to, and remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.pull: Any = PULL
        self.comments: list[dict[str, Any]] = []
        self.asked: list[tuple[str, str]] = []
        self.moved = ""
        self.instead: dict[str, Any] = {}
        """Answers to questions for a list, by the last word of their path."""

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def wrote(self) -> list[str]:
        return [method for method, _ in self.asked if method != "GET"]


class _Handler(BaseHTTPRequestHandler):
    server: FakeForge

    def _answer(self) -> None:
        forge = self.server
        forge.asked.append((self.command, self.path))
        assert self.headers["Authorization"] == "Bearer secret"
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else {}
        path, query = urlsplit(self.path).path, parse_qs(urlsplit(self.path).query)
        status, said = 200, None
        if forge.moved:
            status, said = 302, None
        elif self.command == "GET" and (asked := path.rpartition("/")[2]) in forge.instead:
            said = forge.instead[asked]
        elif path == "/repos/provider/records/pulls/42":
            said = forge.pull
        elif (self.command, path) == ("GET", COMMENTS):
            page = int(query["page"][0])
            said = forge.comments[(page - 1) * 100 : page * 100]
        elif (self.command, path) == ("POST", COMMENTS):
            status = 201
            said = {"id": 7000, "user": {"type": "Bot"}} | body
            forge.comments.append(said)
        else:
            number = int(path.rpartition("/")[2])
            assert path == f"/repos/provider/records/issues/comments/{number}"
            (said,) = [one for one in forge.comments if one.get("id") == number]
            if self.command == "DELETE":
                forge.comments.remove(said)
                status, said = 204, None
            else:
                said |= body
        self.send_response(status)
        if forge.moved:
            self.send_header("Location", forge.moved)
        self.end_headers()
        if said is not None:
            self.wfile.write(json.dumps(said).encode())

    do_GET = do_POST = do_PATCH = do_DELETE = _answer  # noqa: N815 - the server's own names

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """Say nothing."""


@pytest.fixture
def forge(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeForge]:
    with FakeForge() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        monkeypatch.setenv("GITHUB_API_URL", server.url)
        monkeypatch.setenv("GITHUB_TOKEN", "secret")
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def artifact(weibao: Weibao, tmp_path: Path) -> Path:
    """What a lawful step's check handed on."""
    weibao.repository = records(tmp_path / "records")
    weibao.set_clock(NOW)
    weibao.repository.branch("change")
    weibao.repository.append(ticket_path(OPEN), entry("11:20", "restored", mode="on_site"))
    weibao.repository.commit(at=on("2026-11-20", "11:21"))
    path = tmp_path / "weibao-diff.json"
    path.write_text(
        weibao("diff", "main", "change", "--format", "json").out, encoding="utf-8", newline="\n"
    )
    return changed(path, head=HEAD)


def comment(weibao: Weibao, artifact: Path, *options: str, event: Path = EVENT) -> Ran:
    return weibao("comment", "--artifact", str(artifact), "--event", str(event), *options)


def changed(artifact: Path, **values: object) -> Path:
    """The artifact with other values."""
    told = json.loads(artifact.read_text(encoding="utf-8")) | values
    artifact.write_text(json.dumps(told), encoding="utf-8")
    return artifact


def emptied(artifact: Path) -> Path:
    """The artifact of a change with nothing to say."""
    lists = ("added", "removed", "verdicts", "months", "settings", "stock", "new", "gone")
    return changed(artifact, **{key: [] for key in lists})


def test_the_comment_goes_to_the_pull_request_of_the_event_and_stays_one(
    weibao: Weibao, artifact: Path, forge: FakeForge
) -> None:
    assert comment(weibao, artifact).out == "The comment is written.\n"
    (written,) = forge.comments
    assert written["body"].startswith(f"{MARKER}\n**✓ ")
    assert f"- {OPEN} restoration: running → met" in written["body"]

    assert comment(weibao, artifact).out == "There is nothing new to say.\n"
    changed(artifact, as_of=on("2026-11-20", "12:00"))
    assert comment(weibao, artifact).out == "The comment is brought up to date.\n"
    assert forge.comments == [written]
    assert "12:00" in written["body"]
    assert forge.wrote == ["POST", "PATCH"]


def test_where_there_is_nothing_to_say_nothing_is_said_and_what_was_said_is_taken_back(
    weibao: Weibao, artifact: Path, forge: FakeForge
) -> None:
    comment(weibao, artifact)
    emptied(artifact)
    assert comment(weibao, artifact).out.startswith("There is nothing to say any more")
    assert comment(weibao, artifact).out == "There is nothing new to say.\n"
    assert forge.comments == []
    assert forge.wrote == ["POST", "DELETE"]


def test_our_comment_is_found_behind_many_and_a_copy_of_its_marker_is_left_alone(
    weibao: Weibao, artifact: Path, forge: FakeForge
) -> None:
    forge.comments = [
        {"id": number, "user": {"type": "User"}, "body": f"{MARKER}\nforged"}
        for number in range(250)
    ]
    forge.comments.append({"id": 999, "user": {"type": "Bot"}, "body": f"{MARKER}\nold"})
    assert comment(weibao, artifact).out == "The comment is brought up to date.\n"
    assert forge.wrote == ["PATCH"]
    assert forge.comments[-1]["body"].count("met") == 1
    assert {one["body"] for one in forge.comments[:-1]} == {f"{MARKER}\nforged"}


@pytest.mark.parametrize(
    "pull",
    [
        PULL | {"state": "closed"},
        PULL | {"head": PULL["head"] | {"sha": "0" * 40}},
        PULL | {"head": None},
        {"message": "Bad \x1b credentials"},
        "x",
        None,
    ],
)
def test_a_request_that_is_closed_or_has_moved_on_gets_no_comment(
    weibao: Weibao, artifact: Path, forge: FakeForge, pull: Any
) -> None:
    forge.pull = pull
    ran = comment(weibao, artifact)
    assert ran.code == 0
    assert "no longer at the head that was checked" in ran.out
    assert forge.wrote == []


def test_what_was_made_of_another_head_is_refused_and_never_shown(
    weibao: Weibao, artifact: Path, forge: FakeForge
) -> None:
    comment(weibao, artifact)
    assert "met" in forge.comments[0]["body"]
    ran = comment(weibao, changed(artifact, head="0" * 40))
    assert ran.code == 1
    assert ran.err.startswith("Refused: The difference is that of commit 000000000000")
    (left,) = forge.comments
    assert "cannot be shown here" in left["body"]
    assert "✓" not in left["body"]
    caught("forged comment", Ending.REFUSED)


def test_the_run_of_a_workflow_that_a_stranger_named_like_ours_is_not_listened_to(
    weibao: Weibao, artifact: Path, forge: FakeForge
) -> None:
    ran = comment(weibao, artifact, event=PAYLOADS / "workflow_run.json")
    assert ran.code == 2
    assert "not that of a pull request's own check" in ran.err
    assert forge.asked == []


def test_the_artifact_has_no_say_in_where_the_comment_goes(
    weibao: Weibao, artifact: Path, forge: FakeForge
) -> None:
    changed(artifact, number=1, pull_request=1)
    ran = comment(weibao, artifact)
    assert ran.code == 1
    assert [path for method, path in forge.asked if method == "POST"] == [COMMENTS]
    assert "cannot be shown here" in forge.comments[0]["body"]


@pytest.mark.parametrize(
    "raw",
    [
        b"{}",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"base": ' + b"[" * 100_000,
        b'{"base": ' + b"9" * 5000 + b"}",
        b"## Free text with a [link](https://evil.example)",
    ],
    ids=["empty", "list", "null", "bytes", "deep", "digits", "markdown"],
)
def test_what_is_no_difference_fails_and_leaves_no_old_comment_standing(
    weibao: Weibao, artifact: Path, forge: FakeForge, raw: bytes
) -> None:
    comment(weibao, artifact)
    artifact.write_bytes(raw)
    ran = comment(weibao, artifact)
    assert ran.code == 1
    assert ran.err.startswith("Refused: This is not what weibao diff --format json prints")
    (left,) = forge.comments
    assert "cannot be shown here" in left["body"]
    assert "met" not in left["body"]
    assert "evil" not in left["body"]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b'{"a":\n', "从第 2 行第 1 列起不是有效的 JSON"),
        (b"{}", "$ 处缺少必需的键"),
        (b"\xff", "无法按 JSON 读取"),
        (b"[]", "$ 处的内容不符合要求"),
    ],
)
def test_what_is_wrong_with_it_is_said_in_the_reader_s_language(
    weibao: Weibao, artifact: Path, raw: bytes, said: str
) -> None:
    artifact.write_bytes(raw)
    options = ("--artifact", str(artifact), "--event", str(EVENT), "--dry-run")
    assert said in weibao("comment", *options, lang="zh").err


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("as_of", "2026-99-99T99:99:99+08:00"),
        ("as_of", "9999-12-31T23:59:59-12:00"),
        ("base", "main; rm -rf"),
        ("months", [{"month": "2026-13", "before": None, "after": None}]),
        ("removed", [{"html": "<b>"}]),
        ("verdicts", [{"ticket": "T20261120-7K3Q9M"}]),
        ("proposed", "yes"),
        ("marker", "x"),
    ],
)
def test_every_value_of_the_artifact_is_held_to_its_form(
    weibao: Weibao, artifact: Path, key: str, value: object
) -> None:
    ran = comment(weibao, changed(artifact, **{key: value}), "--dry-run")
    assert ran.code == 1
    assert "cannot be shown here" in ran.out


def test_an_artifact_that_is_missing_empty_too_large_or_a_link_is_said_to_be_so(
    weibao: Weibao, artifact: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").touch()
    (tmp_path / "large").write_bytes(b" " * (LARGEST + 1))
    (tmp_path / "link").symlink_to(artifact)
    for name in ("missing", "empty", "large", "link"):
        ran = comment(weibao, tmp_path / name, "--dry-run")
        assert ran.code == 0
        assert ran.out.startswith(MARKER)
        assert "cannot be shown here" in ran.out


@pytest.mark.parametrize("raw", ["{}", "[]", "x", '{"number": 42, "pull_request": {"head": 3}}'])
def test_an_event_that_is_no_pull_request_s_is_misuse(
    weibao: Weibao, artifact: Path, tmp_path: Path, raw: str
) -> None:
    event = tmp_path / "event.json"
    event.write_text(raw, encoding="utf-8")
    assert comment(weibao, artifact, "--dry-run", event=event).code == 2


def test_comments_without_an_author_or_a_text_are_passed_over(
    weibao: Weibao, artifact: Path, forge: FakeForge
) -> None:
    forge.comments = [
        {"id": 1, "user": None, "body": f"{MARKER}\nof an account that is gone"},
        {"id": 2, "user": {"type": "Bot"}, "body": None},
        {"id": 3, "user": {"type": "Bot"}},
        {"user": {"type": "Bot"}, "body": f"{MARKER}\nwithout an id"},
        {"id": 5, "user": {"type": "Bot"}, "body": f"{MARKER}\nold"},
    ]
    assert comment(weibao, artifact).out == "The comment is brought up to date.\n"
    assert forge.comments[-1]["body"].count("met") == 1


@pytest.mark.parametrize("said", [{"message": "Bad \x1b credentials"}, "x", 3, None])
def test_an_answer_that_is_no_list_is_refused_with_what_the_forge_says(
    weibao: Weibao, artifact: Path, forge: FakeForge, said: Any
) -> None:
    forge.instead["comments"] = said
    ran = comment(weibao, artifact)
    assert ran.code == 3
    assert "/comments" in ran.err
    assert "\x1b" not in ran.err
    assert ("Bad" in ran.err) == isinstance(said, dict)
    assert forge.wrote == []


def test_a_redirection_is_not_followed_with_the_token(
    weibao: Weibao, artifact: Path, forge: FakeForge
) -> None:
    forge.moved = f"{forge.url}/elsewhere"
    ran = comment(weibao, artifact)
    assert ran.code == 3
    assert "302" in ran.err
    assert len(forge.asked) == 1


def test_without_a_token_nothing_is_asked(
    weibao: Weibao, artifact: Path, forge: FakeForge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_TOKEN")
    ran = comment(weibao, artifact)
    assert (ran.code, forge.asked) == (2, [])
    assert "github.token, as GITHUB_TOKEN" in ran.err
