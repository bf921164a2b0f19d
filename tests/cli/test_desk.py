"""``weibao desk`` behind its gate: who is let in, what a form does, and what it refuses."""

from __future__ import annotations

import gc
import os
import re
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from html import unescape
from http.client import HTTPConnection
from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from building.commands import PATH, TICKET
from building.pictures import GPS, exif, jpeg, png
from building.together import shared_repository
from weibao.cli.desk.application import REQUEST_LIMIT, make_application
from weibao.cli.desk.guard import NO_KEY, OTHER_HOST, OTHER_PAGE, Asking, Gate
from weibao.cli.desk.workplace import Workplace
from weibao.cli.framework.session import Session
from weibao.model.events import EVENTS
from weibao.model.field_kinds import TICKET_KIND
from weibao.workspace.recording.attachment import LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from email.message import Message
    from pathlib import Path

    from flask.testing import FlaskClient
    from werkzeug.test import TestResponse

    from building.commands import Weibao
    from building.repository import Repository

GATE = Gate(8421, "key", "pass")
HOST = "127.0.0.1:8421"
OWN = f"http://{HOST}"
HONEST = Asking("POST", HOST, OWN, "same-origin", "pass")


@dataclass(frozen=True)
class HeldHook:
    """A hook of git's that says when it is at work, and waits."""

    folder: Path
    pipe: int

    def wait_until_at_work(self) -> None:
        (self.folder / "at-work").read_text()

    def let_go(self) -> None:
        os.write(self.pipe, b"on\n")


@contextmanager
def held_hook(repository: Repository, name: str) -> Iterator[HeldHook]:
    folder = repository.path / ".git" / "hooks"
    folder.mkdir(exist_ok=True)
    for pipe in ("at-work", "go-on"):
        os.mkfifo(folder / pipe)
    hook = folder / name
    hook.write_text(
        f"#!/bin/sh\nmkdir '{folder}/once' 2>/dev/null || exit 0\n: > '{folder}/at-work'\nread line < '{folder}/go-on'\n"
    )
    hook.chmod(0o755)
    pipe_held = os.open(folder / "go-on", os.O_RDWR)
    yield HeldHook(folder, pipe_held)
    os.close(pipe_held)


@dataclass(frozen=True)
class Heard:
    """What the desk answers over the wire."""

    status: int
    headers: Message
    text: str


def asked(
    port: int, method: str, path: str, body: str = "", headers: Mapping[str, str] | None = None
) -> Heard:
    with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as asking:
        asking.request(method, path, body, dict(headers or {}))
        answer = asking.getresponse()
        return Heard(answer.status, answer.headers, answer.read().decode())


class Visitor:
    """A browser that was let in, or one that was not."""

    def __init__(self, repository: Repository, *, let_in: bool = True, lang: str = "en") -> None:
        workplace = Workplace(Session(repository.path, lang, "never"))
        self.client: FlaskClient = make_application(workplace, GATE).test_client()
        if let_in:
            assert self.get("/?key=key").status_code == 303

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.client.get(path, base_url=OWN, headers=headers, buffered=True)

    def post(self, path: str, form: dict[str, object], **headers: str) -> TestResponse:
        sent = {"Origin": OWN, "Sec-Fetch-Site": "same-origin"} | headers
        said = {name: value for name, value in sent.items() if value}
        return self.client.post(path, base_url=OWN, headers=said, data=form)

    def form(self, path: str) -> dict[str, object]:
        """What the form at ``path`` brings back of itself."""
        page = self.get(path).text
        hidden = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
        return dict(hidden)


@pytest.fixture
def visitor(weibao: Weibao) -> Visitor:
    return Visitor(weibao.repository)


def lines(answer: TestResponse) -> str:
    return unescape(re.sub(r"<[^>]+>", " ", answer.text))


def log_of(repository: Repository) -> list[str]:
    return [line for line in repository.read(PATH).splitlines() if line.startswith("  - {")]


def untouched(repository: Repository) -> bool:
    return not repository.git("status", "--porcelain") and len(log_of(repository)) == 1


# The gate


def test_whoever_has_the_pass_is_let_in_from_the_desks_own_pages() -> None:
    assert GATE.denies(HONEST) == ""
    assert GATE.denies(Asking("POST", "[::1]:8421", "http://[::1]:8421", "", "pass")) == ""
    assert GATE.denies(Asking("GET", "localhost:8421", "", "none", "pass")) == ""


@pytest.mark.parametrize(
    ("asking", "why"),
    [
        (Asking("GET", "desk.evil.example:8421", "", "", "pass"), OTHER_HOST),
        (Asking("GET", "127.0.0.1", "", "", "pass"), OTHER_HOST),
        (Asking("GET", "127.0.0.1:80", "", "", "pass"), OTHER_HOST),
        (Asking("GET", HOST, "", "", ""), NO_KEY),
        (Asking("GET", HOST, "", "", "key"), NO_KEY),
        (Asking("POST", HOST, "http://evil.example", "", "pass"), OTHER_PAGE),
        (Asking("POST", HOST, "null", "", "pass"), OTHER_PAGE),
        (Asking("POST", HOST, "http://127.0.0.1:9000", "same-site", "pass"), OTHER_PAGE),
        (Asking("POST", HOST, OWN, "cross-site", "pass"), OTHER_PAGE),
        (Asking("POST", HOST, "", "cross-site", "pass"), OTHER_PAGE),
        (Asking("POST", HOST, "", "", "pass"), OTHER_PAGE),
        (Asking("DELETE", HOST, "", "", "pass"), OTHER_PAGE),
    ],
)
def test_nobody_else_is(asking: Asking, why: str) -> None:
    assert GATE.denies(asking) == why


def test_the_key_is_changed_for_a_cookie_that_no_other_site_can_send(weibao: Weibao) -> None:
    stranger = Visitor(weibao.repository, let_in=False)
    assert stranger.get("/").status_code == 403
    assert stranger.get("/?key=other").status_code == 403
    let_in = stranger.get("/?key=key")
    assert (let_in.status_code, let_in.headers["Location"]) == (303, "/")
    cookie = let_in.headers["Set-Cookie"]
    assert cookie.startswith("weibao_desk_8421=pass;")
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert stranger.get("/").status_code == 200


def test_a_name_that_leads_here_from_elsewhere_gets_no_key_changed(weibao: Weibao) -> None:
    stranger = Visitor(weibao.repository, let_in=False)
    answer = stranger.get("/?key=key", Host="desk.evil.example:8421")
    assert answer.status_code == 421
    assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/", f"/ticket/{TICKET}", "/static/desk.js", "/no/such/page"])
def test_every_answer_is_kept_by_nobody_and_runs_nothing_foreign(
    visitor: Visitor, path: str
) -> None:
    headers = visitor.get(path).headers
    assert headers["Cache-Control"] == "no-store"
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_no_page_has_a_script_or_a_style_in_it_or_calls_another_host(visitor: Visitor) -> None:
    for path in (
        "/",
        f"/ticket/{TICKET}",
        f"/ticket/{TICKET}/resolved",
        "/open",
        "/assets",
        "/send",
    ):
        page = visitor.get(path).text
        assert not re.findall(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=|https?://", page), (
            path
        )


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Origin": "", "Sec-Fetch-Site": ""},
    ],
)
def test_a_form_on_another_page_records_nothing(
    weibao: Weibao, visitor: Visitor, headers: dict[str, str]
) -> None:
    form = visitor.form(f"/ticket/{TICKET}/acknowledged")
    assert visitor.post(f"/ticket/{TICKET}/acknowledged", form, **headers).status_code == 403
    assert untouched(weibao.repository)


# A step


def test_a_step_is_recorded_as_its_command_does_and_told_with_the_commit(
    weibao: Weibao, visitor: Visitor
) -> None:
    path = f"/ticket/{TICKET}/acknowledged"
    answer = visitor.post(path, visitor.form(path) | {"when": "-5m", "note": "已联系 <客户>"})
    assert answer.status_code == 303
    line = log_of(weibao.repository)[-1]
    assert "at: 2026-11-20T09:25:00+08:00, event: acknowledged, by: li-qiang" in line
    told = lines(visitor.get(answer.headers["Location"]))
    assert f"✓ {TICKET}  Acknowledged" in told
    assert f"Commit: {weibao.repository.git('rev-parse', 'HEAD')[:12]}" in told
    assert "已联系 <客户>" in told
    assert weibao("check").code == 0


def test_names_and_choices_are_taken_as_the_commands_take_them(
    weibao: Weibao, visitor: Visitor
) -> None:
    path = f"/ticket/{TICKET}/notified"
    form = visitor.form(path) | {"whom": "王蕾", "via": "phone", "by": "李强", "when": "09:20"}
    assert visitor.post(path, form).status_code == 303
    assert "by: li-qiang, whom: wang-lei, via: phone" in log_of(weibao.repository)[-1]


def test_what_is_wrong_is_told_at_its_line_and_nothing_is_lost(
    weibao: Weibao, visitor: Visitor
) -> None:
    path = f"/ticket/{TICKET}/resolved"
    form = visitor.form(path) | {"mode": "remote", "cause": "光模块 <坏>", "when": "25:99"}
    answer = visitor.post(path, form)
    assert answer.status_code == 422
    assert "光模块 &lt;坏&gt;" in answer.text
    told = re.findall(r'id="fault-(\w+)">(.*?)</div>', answer.text, re.DOTALL)
    assert {name for name, _ in told} == {"action", "when"}
    assert "25:99" in unescape(dict(told)["when"])
    assert untouched(weibao.repository)


def test_what_the_record_would_be_wrong_by_is_told_at_its_line(
    weibao: Weibao, visitor: Visitor
) -> None:
    path = f"/ticket/{TICKET}/part_requested"
    answer = visitor.post(path, visitor.form(path) | {"part": "no-such-part", "quantity": "1"})
    assert answer.status_code == 422
    assert 'id="fault-part"' in answer.text
    assert untouched(weibao.repository)


def test_a_form_of_before_is_refused_with_what_has_changed_and_what_was_typed(
    weibao: Weibao, visitor: Visitor
) -> None:
    path = f"/ticket/{TICKET}/updated"
    form = visitor.form(path) | {"note": "正在现场排查"}
    assert weibao("ticket", "ack", "7K3Q9M", "--note", "值班已响应").code == 0
    refused = visitor.post(path, form)
    assert refused.status_code == 409
    assert "has changed since this form was shown" in refused.text
    assert "值班已响应" in refused.text
    assert "正在现场排查" in refused.text
    assert len(log_of(weibao.repository)) == 2
    renewed = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', refused.text))
    assert visitor.post(path, form | renewed).status_code == 303
    assert len(log_of(weibao.repository)) == 3


def test_a_form_that_does_not_say_what_it_was_shown_for_is_refused(
    weibao: Weibao, visitor: Visitor
) -> None:
    assert visitor.post(f"/ticket/{TICKET}/acknowledged", {}).status_code == 409
    assert untouched(weibao.repository)


def test_a_commit_that_git_refuses_leaves_nothing_behind(weibao: Weibao, visitor: Visitor) -> None:
    hook = weibao.repository.path / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nexit 1\n")
    hook.chmod(0o755)
    path = f"/ticket/{TICKET}/acknowledged"
    assert visitor.post(path, visitor.form(path)).status_code == 409
    assert untouched(weibao.repository)


def test_nonsense_in_every_line_of_every_form_is_refused_and_breaks_nothing(
    weibao: Weibao, visitor: Visitor
) -> None:
    forms = [f"/ticket/{TICKET}/{event.name}" for event in EVENTS["ticket"][1:]]
    forms += [f"/open?kind={kind}" for kind in TICKET_KIND.choices]
    answers = {}
    for path in forms:
        page = visitor.get(path)
        names = re.findall(
            r'<(?:input type="(?:text|file)"|select|textarea)[^>]* name="(\w+)"', page.text
        )
        nonsense = dict.fromkeys(names, "\u202e<b>✗</b>")
        answers[path] = visitor.post(path, visitor.form(path) | nonsense).status_code
    assert set(answers.values()) == {422}, answers
    assert untouched(weibao.repository)


def test_of_two_requests_that_come_at_once_for_one_record_one_is_refused(
    weibao: Weibao, visitor: Visitor
) -> None:
    other = Visitor(weibao.repository)
    path = f"/ticket/{TICKET}/updated"
    forms = [visitor.form(path) | {"note": note} for note in ("一", "二")]
    with ThreadPoolExecutor() as pool:
        answers = pool.map(
            lambda sent: sent[0].post(path, sent[1]).status_code,
            zip((visitor, other), forms, strict=True),
        )
        assert sorted(answers) == [303, 409]
    assert len(log_of(weibao.repository)) == 2
    assert not weibao.repository.git("status", "--porcelain")


# A new ticket

OPENING = {
    "severity": "2",
    "reported_by": "zhang-gong",
    "title": "出口路由器丢包",
    "channel": "phone",
    "reported_at": "09:20",
    "description": "第一行\r\n第二行",
}


def test_a_ticket_is_opened_once_however_often_its_form_is_sent(
    weibao: Weibao, visitor: Visitor
) -> None:
    form = visitor.form("/open") | OPENING
    first, second = (visitor.post("/open", form) for _ in range(2))
    assert (first.status_code, second.status_code) == (303, 303)
    opened = first.headers["Location"].partition("?")[0]
    assert second.headers["Location"] == opened
    page = visitor.get(opened).text
    assert "出口路由器丢包" in page
    assert "第一行\n第二行" in page
    assert weibao.repository.git("log", "--format=%s", "-1").endswith("opened: 出口路由器丢包")
    assert weibao("check").code == 0


def test_a_form_that_is_sent_again_with_another_fault_in_it_opens_that_too(
    weibao: Weibao, visitor: Visitor
) -> None:
    form = visitor.form("/open") | OPENING
    first = visitor.post("/open", form).headers["Location"]
    second = visitor.post("/open", form | {"title": "风扇告警"}).headers["Location"]
    assert "出口路由器丢包" in visitor.get(first).text
    assert "风扇告警" in visitor.get(second).text
    assert weibao.repository.git("log", "--format=%s", "-1").endswith("opened: 风扇告警")


def test_a_new_ticket_lacks_nothing_that_its_command_asks_for(
    weibao: Weibao, visitor: Visitor
) -> None:
    answer = visitor.post("/open", visitor.form("/open") | {"title": "出口路由器丢包"})
    told = set(re.findall(r'id="fault-(\w+)"', answer.text))
    assert (answer.status_code, told) == (422, {"severity", "reported_by", "channel"})
    assert untouched(weibao.repository)


# Photographs


def attaching(visitor: Visitor, name: str, content: bytes) -> TestResponse:
    path = f"/ticket/{TICKET}/attached"
    return visitor.post(path, visitor.form(path) | {"file": (BytesIO(content), name)})


def test_a_photograph_is_kept_without_where_it_was_taken_and_shown(
    weibao: Weibao, visitor: Visitor
) -> None:
    answer = attaching(visitor, "../IMG <1>.JPG", jpeg(exif()))
    assert answer.status_code == 303
    kept = f"{sha256(jpeg()).hexdigest()}.jpg"
    page = visitor.get(answer.headers["Location"])
    assert f"/file/{kept}" in page.text
    assert "IMG <1>.JPG is kept as" in lines(page)
    shown = visitor.get(f"/file/{kept}")
    assert (shown.content_type, GPS in shown.data) == ("image/jpeg", False)
    assert weibao("check").code == 0


@pytest.mark.parametrize("when", ["now", "09:20"])
def test_several_photographs_are_an_entry_each_or_none_at_all(
    weibao: Weibao, visitor: Visitor, when: str
) -> None:
    path = f"/ticket/{TICKET}/attached"
    good, bad = (png(), "1.png"), (b"<svg ", "2.png")
    for second, status, entries in ((bad, 422, 1), ((jpeg(), "2.jpg"), 303, 3)):
        files = [(BytesIO(content), name) for content, name in (good, second)]
        form = visitor.form(path) | {"when": when, "file": files}
        assert visitor.post(path, form).status_code == status
        assert len(log_of(weibao.repository)) == entries
    assert weibao("check").code == 0


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("drawing.png", b'<svg xmlns="http://www.w3.org/2000/svg" onload="x()"/>', "SVG drawing"),
        ("photo.jpg", b"<!doctype html><script>x()</script>", "no PNG, JPEG or WebP"),
        ("photo.png", png()[:-9], "damaged picture"),
        ("large.png", png() + bytes(LIMIT), "larger than 5 MiB"),
    ],
)
def test_what_is_no_photograph_is_refused_at_its_line(
    weibao: Weibao, visitor: Visitor, name: str, content: bytes, said: str
) -> None:
    answer = attaching(visitor, name, content)
    assert answer.status_code == 422
    fault = re.search(r'id="fault-file">(.*?)</div>', answer.text, re.DOTALL)
    assert fault is not None
    assert said in fault[1]
    assert untouched(weibao.repository)


def test_a_request_that_is_too_large_is_not_read(weibao: Weibao, visitor: Visitor) -> None:
    assert attaching(visitor, "photo.jpg", bytes(REQUEST_LIMIT)).status_code == 413
    assert untouched(weibao.repository)


@pytest.mark.parametrize("name", [f"{'0' * 64}.jpg", "contract.yaml", "..%2f..%2fcontract.yaml"])
def test_nothing_but_an_attachment_is_shown_as_a_file(visitor: Visitor, name: str) -> None:
    assert visitor.get(f"/file/{name}").status_code == 404


@pytest.mark.parametrize(
    ("ending", "more", "status"), [("png", b"", 200), ("html", b"", 404), ("png", b"x", 404)]
)
def test_a_file_is_shown_where_its_name_says_what_it_is(
    weibao: Weibao, visitor: Visitor, ending: str, more: bytes, status: int
) -> None:
    digest = sha256(png()).hexdigest()
    kept = weibao.repository.path / f"records/attachments/{digest[:2]}/{digest}.{ending}"
    kept.parent.mkdir(parents=True)
    kept.write_bytes(png() + more)
    assert visitor.get(f"/file/{digest}.{ending}").status_code == status


# Board and sending


def test_a_ticket_that_cannot_be_read_is_named_on_the_board(
    weibao: Weibao, visitor: Visitor
) -> None:
    assert "cannot be read" not in visitor.get("/").text
    weibao.repository.write(PATH, weibao.repository.read(PATH).replace("title:", "titel:"))
    told = lines(visitor.get("/"))
    assert f"This ticket cannot be read: {PATH}" in told
    assert f"Not committed, and so not sent: {PATH}" in told


def test_a_configuration_that_cannot_be_read_is_told_on_every_page(
    weibao: Weibao, visitor: Visitor
) -> None:
    weibao.repository.write("records/contract.yaml", "id: [")
    answer = visitor.get(f"/ticket/{TICKET}")
    assert (answer.status_code, "records/contract.yaml" in answer.text) == (409, True)


def test_a_clone_that_cannot_be_written_says_so(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "can be read and not written" not in visitor.get("/").text
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    assert "can be read and not written" in visitor.get("/").text


def test_pages_speak_either_language(weibao: Weibao) -> None:
    visitor = Visitor(weibao.repository, lang="")
    assert "进行中的工单" in visitor.get("/").text
    changed = visitor.post("/language", {"code": "en", "back": f"/ticket/{TICKET}"})
    assert changed.headers["Location"] == f"/ticket/{TICKET}"
    assert "Open tickets" in visitor.get("/").text
    for elsewhere in ("//evil.example/", "/\\evil.example", "/\r\nSet-Cookie: a=b"):
        led_away = visitor.post("/language", {"code": "en", "back": elsewhere})
        assert (led_away.status_code, led_away.headers["Location"]) == (303, "/")


def test_what_is_only_here_is_shown_and_sent(weibao: Weibao, tmp_path: Path) -> None:
    remote, (clone, _) = shared_repository(tmp_path)
    clone.git("config", "user.email", "li.qiang@provider.example")
    visitor = Visitor(clone)
    path = f"/ticket/{TICKET}/acknowledged"
    assert visitor.post(path, visitor.form(path)).status_code == 303
    assert "1 commit is only here yet" in visitor.get("/").text
    assert f"{TICKET} acknowledged" in visitor.get("/send").text
    sent = visitor.post("/send", {})
    assert (sent.status_code, "Sent: 1 step in 1 record" in sent.text) == (200, True)
    assert remote.git("log", "-1", "--format=%s", "main") == f"{TICKET} acknowledged"
    assert "has been sent" in sent.text


@pytest.mark.skipif(os.name == "nt", reason="the hook waits at a pipe of POSIX")
def test_a_step_is_recorded_while_the_network_keeps_what_is_sent_waiting(
    weibao: Weibao, tmp_path: Path
) -> None:
    _, (clone, _) = shared_repository(tmp_path)
    clone.git("config", "user.email", "li.qiang@provider.example")
    visitor, other = Visitor(clone), Visitor(clone)
    other.client = visitor.client.application.test_client()
    assert other.get("/?key=key").status_code == 303
    path, then = (f"/ticket/{TICKET}/{event}" for event in ("acknowledged", "arrived"))
    assert visitor.post(path, visitor.form(path)).status_code == 303
    with held_hook(clone, "pre-push") as held, ThreadPoolExecutor() as pool:
        sending = pool.submit(visitor.post, "/send", {})
        try:
            held.wait_until_at_work()
            recorded = pool.submit(other.post, then, other.form(then))
            assert recorded.result(timeout=20).status_code == 303
        finally:
            held.let_go()
        assert sending.result().status_code == 200


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_port_that_is_taken_is_told(weibao: Weibao) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ran = weibao("desk", "--no-open", "--port", port)
    assert (ran.code, f"Port {port} is taken" in ran.err) == (2, True)
    gc.collect()  # waitress leaves open what it could not bind, which another test would be blamed for


@contextmanager
def served(repository: Repository) -> Iterator[tuple[subprocess.Popen[str], int, str]]:
    """The desk as a program in a process group of its own, as a terminal starts it: its port and its key."""
    # Where the tests run behind a shell's ``&``, Ctrl-C is nobody's, and a program told to ignore it does.
    heard = "import runpy, signal; signal.signal(signal.SIGINT, signal.default_int_handler); runpy.run_module('weibao', run_name='__main__')"
    command = [sys.executable, "-c", heard, "--lang", "en", "desk", "--no-open"]
    with subprocess.Popen(
        command, cwd=repository.path, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as desk:
        try:
            assert desk.stdout is not None
            address = re.search(
                r"http://127\.0\.0\.1:(\d+)/\?key=([\w-]{43})", desk.stdout.readline()
            )
            assert address is not None
            yield desk, int(address[1]), address[2]
            assert "The desk is closed." in desk.stdout.read()
        finally:
            desk.kill()  # where it has not ended by itself
    assert desk.returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal of POSIX")
def test_it_is_served_to_this_machine_until_ctrl_c(weibao: Weibao) -> None:
    with served(weibao.repository) as (desk, port, _):
        with socket.create_connection(("127.0.0.1", port)) as asking:
            asking.sendall(b"GET / HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
            assert asking.makefile().readline().startswith("HTTP/1.1 421")
        desk.send_signal(signal.SIGINT)


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is sent as a signal of POSIX")
def test_a_step_that_is_being_committed_at_ctrl_c_is_recorded_whole_or_not_at_all(
    weibao: Weibao,
) -> None:
    repository = weibao.repository
    with (
        ThreadPoolExecutor() as pool,
        held_hook(repository, "pre-commit") as held,
        served(repository) as (desk, port, key),
    ):
        asking = partial(asked, port)
        cookie = asking("GET", f"/?key={key}").headers["Set-Cookie"].partition(";")[0]
        path, own = f"/ticket/{TICKET}/acknowledged", {"Cookie": cookie}
        stood = re.search(r'name="stood" value="(\w+)"', asking("GET", path, headers=own).text)
        assert stood is not None
        own |= {"Origin": f"http://127.0.0.1:{port}"}
        own |= {"Content-Type": "application/x-www-form-urlencoded"}
        recorded = pool.submit(asking, "POST", path, f"stood={stood[1]}&when=now", own)
        held.wait_until_at_work()
        os.killpg(desk.pid, signal.SIGINT)  # as a terminal does: git and its hook are of the group
        held.let_go()
        is_recorded = recorded.result().status == 303
    assert ("event: acknowledged" in log_of(repository)[-1]) == is_recorded
    subject = repository.git("log", "--format=%s", "-1")
    assert (subject == f"{TICKET} acknowledged") == is_recorded
    assert not repository.git("status", "--porcelain")
    assert not (repository.path / ".git" / "index.lock").exists()
