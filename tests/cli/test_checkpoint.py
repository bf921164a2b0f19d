"""``weibao checkpoint``, with a real authority behind a real address."""

from __future__ import annotations

import json
import socket
import threading
from typing import TYPE_CHECKING, Any

import pytest

from building.authority import Authority, Served, serving
from building.commands import Weibao, record_repository
from building.contract import CONTRACT, entry
from building.proving import step
from building.refusing import refused
from building.repository import Repository
from weibao.history.signatures.stamp import LARGEST
from weibao.workspace.stamping import authority as authority_module

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

CHAIN = "checkpoints/authority.pem"


pytestmark = pytest.mark.needs("openssl")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("authority") / "tsa")


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("stranger") / "tsa")


@pytest.fixture
def served(authority: Authority) -> Served:
    return Served(authority.answer)


@pytest.fixture
def url(served: Served) -> Iterator[str]:
    with serving(served) as found:
        yield found


@pytest.fixture
def weibao(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    authority: Authority,
    url: str,
) -> Weibao:
    """The command in a clone whose contract names the authority, its chain and its root."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    named = (
        f"  main: main\n  timestamp:\n    authority: {url}\n    chain: {CHAIN}\n"
        f'    roots: ["{authority.fingerprint}"]\n'
    )
    contract = CONTRACT.replace("  main: main\n", named)
    repository = record_repository(tmp_path / "clone", contract=contract)
    repository.write(CHAIN, authority.chain)
    repository.commit("机构的证书", at="2026-11-20T09:20:00+08:00")
    return Weibao(repository, monkeypatch, capsys)


def kept(weibao: Weibao) -> list[str]:
    folder = weibao.repository.path / "checkpoints"
    return sorted(one.name for one in folder.iterdir() if one.name != "authority.pem")


def verified(weibao: Weibao, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        weibao("checkpoint", "verify", *arguments, "--format", "json").out
    )
    return found


def test_the_shown_checkpoint_is_that_of_the_commit(weibao: Weibao) -> None:
    one = json.loads(weibao("checkpoint", "show", "--at", "HEAD~1", "--format", "json").out)
    assert one["commit"] == weibao.repository.git("rev-parse", "HEAD~1")
    text = weibao("checkpoint", "show", "--at", "HEAD~1").out
    assert f"Commit: {one['commit']}\n" in text
    assert f"SHA-256 over them: {one['sha256']}\n" in text
    chinese = weibao("checkpoint", "show", "--at", "HEAD~1", lang="zh").out
    assert f"提交：{one['commit']}\n" in chinese


def test_a_stamp_is_committed_with_its_checkpoint_and_chain_and_nothing_else(
    weibao: Weibao, served: Served, authority: Authority
) -> None:
    repository, head = weibao.repository, weibao.repository.head
    repository.write("notes.txt", "not to be committed\n")
    repository.git("add", "notes.txt")
    shown = weibao("checkpoint", "show", "--format", "json").out.encode()
    ran = weibao("checkpoint", "stamp")
    assert ran.code == 0, ran.err
    stem = f"20261120-{head[:12]}"
    assert kept(weibao) == [f"{stem}{ending}" for ending in (".json", ".pem", ".tsr")]
    assert f"checkpoints/{stem}.json" in ran.out
    assert "named by contract.yaml" in ran.out
    changed = repository.git("show", "--format=%P", "--name-only", "HEAD").split()
    assert changed == [head, *(f"checkpoints/{one}" for one in kept(weibao))]
    assert repository.git("status", "--porcelain") == "A  notes.txt"
    folder = repository.path / "checkpoints"
    assert (folder / f"{stem}.json").read_bytes() == shown
    assert (folder / f"{stem}.pem").read_bytes() == authority.chain
    assert authority.believes((folder / f"{stem}.tsr").read_bytes(), shown)
    assert served.types == ["application/timestamp-query"]


def test_what_was_stamped_is_verified_without_the_authority(
    weibao: Weibao, authority: Authority, served: Served
) -> None:
    commit = weibao.repository.head
    weibao("checkpoint", "stamp")
    step(weibao.repository, entry("09:40", "acknowledged"), "09:41")
    asked = len(served.requests)
    ran = weibao("checkpoint", "verify")
    assert (ran.code, len(served.requests)) == (0, asked)
    assert "Contained: 1 of 1\nStamps that hold: 1 of 1" in ran.out
    assert "named by contract.yaml" in ran.out
    (one,) = verified(weibao)["checkpoints"]
    assert (one["commit"], one["contained"], one["stamp_holds"]) == (commit, True, True)
    assert (one["root"], one["root_named_by"]) == (authority.fingerprint, "contract")
    chinese = weibao("checkpoint", "verify", lang="zh").out
    assert "由 contract.yaml 指明" in chinese
    assert "仍在历史之中：1 个里有 1 个" in chinese


def test_an_auditor_s_own_root_is_told_apart_from_the_contract_s(
    weibao: Weibao, authority: Authority, stranger: Authority, tmp_path: Path
) -> None:
    weibao("checkpoint", "stamp")
    root = tmp_path / "root.pem"
    root.write_bytes(authority.root)
    ran = weibao("checkpoint", "verify", "--trust", str(root))
    assert (ran.code, "given by you" in ran.out) == (0, True)
    root.write_bytes(stranger.root)
    ran = weibao("checkpoint", "verify", "--trust", str(root))
    assert (ran.code, "L113" in ran.out, authority.fingerprint in ran.out) == (1, True, True)
    root.write_bytes(b"nothing")
    assert weibao("checkpoint", "verify", "--trust", str(root)).code == 2


def test_a_commit_is_stamped_once_and_the_authority_is_not_asked_again(
    weibao: Weibao, served: Served
) -> None:
    commit = weibao.repository.head
    weibao("checkpoint", "stamp")
    ran = refused(weibao, "checkpoint", "stamp", "--at", commit)
    assert (ran.code, "kept already" in ran.err) == (2, True)
    assert len(served.requests) == 1
    assert weibao("checkpoint", "stamp").code == 0
    assert len(kept(weibao)) == 6


def test_a_stamp_that_is_missing_on_disk_alone_is_not_replaced(
    weibao: Weibao, served: Served
) -> None:
    commit = weibao.repository.head
    weibao("checkpoint", "stamp")
    for name in kept(weibao):
        weibao.repository.remove(f"checkpoints/{name}")
    ran = refused(weibao, "checkpoint", "stamp", "--at", commit)
    assert (ran.code, "kept already" in ran.err) == (2, True)
    assert len(served.requests) == 1


def test_a_repository_without_records_has_no_checkpoint(weibao: Weibao, tmp_path: Path) -> None:
    other = Repository(tmp_path / "other")
    other.write("notes.txt", "no records\n")
    other.commit()
    for verb in ("show", "stamp", "verify"):
        ran = weibao("checkpoint", verb, folder=other.path)
        assert (ran.code, ran.err.startswith("Refused: ")) == (3, True), verb


def test_an_authority_whose_certificate_is_in_the_chain_need_not_send_it(
    weibao: Weibao, authority: Authority, tmp_path: Path
) -> None:
    chain = tmp_path / "own.pem"
    chain.write_bytes(b"# the authority's\r\n" + authority.own + authority.chain)
    assert weibao("checkpoint", "stamp", "--chain", str(chain)).code == 0
    token = (weibao.repository.path / "checkpoints" / kept(weibao)[2]).read_bytes()
    assert len(token) < 600
    assert verified(weibao)["checkpoints"][0]["stamp_holds"] is True


WRONG: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "a page": lambda _: b"<html><script>alert(1)</script></html>",
    "half": lambda answer: answer[: len(answer) // 2],
    "more": lambda answer: answer + b"\x00",
    "a flipped bit": lambda answer: answer[:-1] + bytes([answer[-1] ^ 1]),
    "a flood": lambda answer: answer + b"\x00" * (1 << 20),
}


@pytest.mark.parametrize("how", WRONG)
def test_a_maimed_answer_is_refused_and_nothing_is_written(
    weibao: Weibao, served: Served, authority: Authority, how: str
) -> None:
    served.answer = lambda request: WRONG[how](authority.answer(request))
    ran = refused(weibao, "checkpoint", "stamp")
    assert (ran.code, "L113" in ran.err) == (3, True)
    assert "proves nothing, so nothing was written" in ran.err
    assert kept(weibao) == []


def test_an_answer_to_another_request_or_of_other_bytes_is_refused(
    weibao: Weibao, served: Served, authority: Authority
) -> None:
    shown = weibao("checkpoint", "show", "--format", "json").out.encode()
    served.answer = lambda _: authority.stamp(shown)
    assert "it answers another request" in refused(weibao, "checkpoint", "stamp").err
    served.answer = lambda _: authority.stamp(b"other")
    assert "it is the stamp of other bytes" in refused(weibao, "checkpoint", "stamp").err


def test_a_refusal_of_the_authority_is_told_as_one(
    weibao: Weibao, served: Served, authority: Authority
) -> None:
    served.answer = lambda _: authority.answer(b"what is this")
    assert "the authority did not grant it" in refused(weibao, "checkpoint", "stamp").err


def test_the_stamp_of_a_stranger_is_refused_with_the_fingerprint_of_its_root(
    weibao: Weibao, served: Served, stranger: Authority, tmp_path: Path
) -> None:
    served.answer = stranger.answer
    chain = tmp_path / "stranger.pem"
    chain.write_bytes(stranger.chain)
    assert "L113" in refused(weibao, "checkpoint", "stamp").err
    ran = refused(weibao, "checkpoint", "stamp", "--chain", str(chain))
    assert stranger.fingerprint in ran.err


def test_a_certificate_out_of_date_is_refused(
    weibao: Weibao, served: Served, tmp_path: Path
) -> None:
    late = Authority(tmp_path / "late", expired=True)
    served.answer = late.answer
    chain = tmp_path / "late.pem"
    chain.write_bytes(late.chain)
    ran = refused(weibao, "checkpoint", "stamp", "--chain", str(chain))
    assert "a certificate was not valid when it was signed" in ran.err


@pytest.mark.parametrize(
    ("status", "headers", "said"),
    [
        (500, {}, "HTTP 500"),
        (403, {}, "HTTP 403"),
        (
            302,
            {"Location": "ftp://elsewhere.example/\x1b[31m"},
            "HTTP 302 ftp://elsewhere.example/",
        ),
        (307, {"Location": "https://elsewhere.example/"}, "HTTP 307 https://elsewhere.example/"),
    ],
)
def test_an_answer_of_the_web_instead_of_the_authority_is_refused(
    weibao: Weibao, served: Served, status: int, headers: dict[str, str], said: str
) -> None:
    served.status, served.headers = status, headers
    ran = refused(weibao, "checkpoint", "stamp")
    assert (ran.code, said in ran.err, "\x1b" in ran.err) == (3, True, False)
    assert len(served.requests) == 1


def test_an_address_where_nobody_answers_is_refused(weibao: Weibao) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
        ran = refused(weibao, "checkpoint", "stamp", "--authority", f"http://127.0.0.1:{port}/")
    assert (ran.code, "gave no stamp" in ran.err) == (3, True)


def test_an_authority_that_stays_silent_is_given_up(
    weibao: Weibao, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    over = threading.Event()
    served.answer = lambda _: bytes(over.wait(60))
    monkeypatch.setattr(authority_module, "SECONDS", 0.2)
    try:
        ran = refused(weibao, "checkpoint", "stamp")
    finally:
        over.set()
    assert (ran.code, "timed out" in ran.err) == (3, True)


def test_an_answer_that_never_ends_is_given_up(
    weibao: Weibao, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The whole answer has twice the time of one silence, however steadily it trickles."""
    monkeypatch.setattr(authority_module, "SECONDS", 1)
    clock = iter([0.0, 2.1])
    monkeypatch.setattr(authority_module, "monotonic", lambda: next(clock, 2.1))
    assert "timed out" in refused(weibao, "checkpoint", "stamp").err


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://x.example", "tsa.example", ""])
def test_only_an_address_of_the_web_is_asked(weibao: Weibao, address: str, served: Served) -> None:
    if address:
        assert refused(weibao, "checkpoint", "stamp", "--authority", address).code == 2
    else:
        assert weibao("checkpoint", "stamp", "--authority", address).code == 0
    assert len(served.requests) == (0 if address else 1)


@pytest.mark.parametrize(
    "address", ["http://[::1", "http://x.example:port/", "https://\u3002\u3002/"]
)
def test_an_address_that_cannot_be_one_is_refused(weibao: Weibao, address: str) -> None:
    assert refused(weibao, "checkpoint", "stamp", "--authority", address).code in {2, 3}


def test_without_an_authority_the_command_says_where_to_name_one(
    weibao: Weibao, authority: Authority, url: str, tmp_path: Path
) -> None:
    weibao.repository.write("records/contract.yaml", CONTRACT)
    weibao.repository.commit()
    ran = refused(weibao, "checkpoint", "stamp")
    assert (ran.code, "evidence.timestamp" in ran.err) == (2, True)
    assert refused(weibao, "checkpoint", "stamp", "--authority", url).code == 2
    chain = tmp_path / "chain.pem"
    chain.write_bytes(authority.chain)
    ran = weibao("checkpoint", "stamp", "--authority", url, "--chain", str(chain))
    assert (ran.code, authority.fingerprint in ran.out) == (0, True)
    assert weibao("checkpoint", "verify").code == 1
    assert weibao("checkpoint", "verify", "--trust", str(chain)).code == 0


@pytest.mark.parametrize("chain", [None, b"", b"no certificate", b"#" * (LARGEST + 1)])
def test_a_chain_that_cannot_be_read_is_refused_before_anybody_is_asked(
    weibao: Weibao, served: Served, chain: bytes | None
) -> None:
    if chain is None:
        weibao.repository.remove(CHAIN)
    else:
        weibao.repository.write(CHAIN, chain)
    assert refused(weibao, "checkpoint", "stamp").code == 2
    assert served.requests == []


def test_a_commit_that_is_not_on_the_branch_is_refused(weibao: Weibao, served: Served) -> None:
    repository = weibao.repository
    repository.branch("side")
    side = step(repository, entry("09:40", "acknowledged"), "09:41")
    repository.switch("main")
    ran = refused(weibao, "checkpoint", "stamp", "--at", side)
    assert (ran.code, "is not on HEAD" in ran.err) == (2, True)
    assert served.requests == []


def test_a_commit_that_was_not_sent_yet_is_refused_and_one_that_was_is_stamped(
    weibao: Weibao, served: Served, tmp_path: Path
) -> None:
    clone = weibao.repository.clone(tmp_path / "clone of it")
    clone.git("config", "user.name", "李强")
    clone.git("config", "user.email", "li.qiang@provider.example")
    sent = clone.head
    step(clone, entry("09:40", "acknowledged"), "09:41")
    ran = weibao("checkpoint", "stamp", folder=clone.path)
    assert (ran.code, "origin/main" in ran.err) == (2, True)
    assert served.requests == []
    assert weibao("checkpoint", "stamp", "--at", sent, folder=clone.path).code == 0
    assert weibao("checkpoint", "verify", folder=clone.path).code == 0


def test_a_hook_that_refuses_leaves_nothing_behind(weibao: Weibao) -> None:
    hooks = weibao.repository.path / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    hook = hooks / "pre-commit"
    hook.write_text("#!/bin/sh\necho not today >&2\nexit 1\n", encoding="utf-8", newline="\n")
    hook.chmod(0o755)
    ran = refused(weibao, "checkpoint", "stamp")
    assert "not today" in ran.err
    assert kept(weibao) == []


def test_bytes_that_git_would_change_are_not_committed(weibao: Weibao) -> None:
    repository = weibao.repository
    repository.git("config", "filter.louder.clean", "tr a-z A-Z")
    repository.write(".gitattributes", "checkpoints/*.json filter=louder\n")
    repository.commit()
    ran = refused(weibao, "checkpoint", "stamp")
    assert ".gitattributes" in ran.err
    assert kept(weibao) == []


def test_a_detached_head_is_refused_before_anybody_is_asked(weibao: Weibao, served: Served) -> None:
    weibao.repository.switch(weibao.repository.head)
    assert "detached" in refused(weibao, "checkpoint", "stamp").err
    assert served.requests == []


def test_a_rewritten_history_does_not_contain_the_checkpoint_an_auditor_kept(
    weibao: Weibao, tmp_path: Path
) -> None:
    repository = weibao.repository
    step(repository, entry("09:40", "acknowledged"), "10:20")
    mine = tmp_path / "我的检查点"
    mine.write_text(weibao("checkpoint", "show", "--format", "json").out, encoding="utf-8")
    assert weibao("checkpoint", "verify", str(mine)).code == 0
    repository.git("reset", "-q", "--hard", "HEAD~1")
    step(repository, entry("09:40", "acknowledged"), "09:41")
    ran = weibao("checkpoint", "verify", str(mine))
    assert (ran.code, "L110" in ran.out, "not in the history" in ran.out) == (1, True, True)


def test_a_checkpoint_of_another_repository_is_not_contained(
    weibao: Weibao, tmp_path: Path
) -> None:
    other = Repository(tmp_path / "other")
    other.write("records/contract.yaml", CONTRACT)
    other.commit()
    said = weibao("checkpoint", "show", "--format", "json", folder=other.path).out
    mine = tmp_path / "mine.json"
    mine.write_text(said, encoding="utf-8")
    found = verified(weibao, str(mine))["checkpoints"][0]
    assert (found["contained"], found["findings"][0]["code"]) == (False, "L110")


@pytest.mark.parametrize("raw", [b"", b"{", b'{"checkpoint": 1', b"\xff\xfe", b" " * (1 << 20)])
def test_a_file_that_is_no_checkpoint_is_found_and_not_passed_over(
    weibao: Weibao, tmp_path: Path, raw: bytes
) -> None:
    mine = tmp_path / "mine.json"
    mine.write_bytes(raw)
    ran = weibao("checkpoint", "verify", str(mine))
    assert (ran.code, "L112" in ran.out) == (1, True)
    assert verified(weibao, str(mine))["checkpoints"][0]["commit"] is None


def test_kept_files_that_were_damaged_are_found(weibao: Weibao) -> None:
    weibao("checkpoint", "stamp")
    weibao("checkpoint", "stamp")
    stem, other = sorted({one.rpartition(".")[0] for one in kept(weibao)})
    repository = weibao.repository
    repository.append(f"checkpoints/{stem}.json", " ")
    repository.remove(f"checkpoints/{other}.json")
    repository.commit()
    found = verified(weibao)
    assert [each["code"] for one in found["checkpoints"] for each in one["findings"]] == ["L113"]
    assert [one["code"] for one in found["findings"]] == ["L112"]
    assert weibao("checkpoint", "verify").code == 1


def test_control_characters_in_a_file_s_name_stay_text(weibao: Weibao, tmp_path: Path) -> None:
    mine = tmp_path / "a\u202eb.json"
    mine.write_bytes(b"{")
    ran = weibao("checkpoint", "verify", str(mine))
    assert (ran.code, "\u202e" in ran.out, "\\u202e" in ran.out) == (1, False, True)


def test_verifying_without_checkpoints_says_so(weibao: Weibao) -> None:
    ran = weibao("checkpoint", "verify")
    assert (ran.code, ran.out) == (0, "There are no checkpoints to hold against the history.\n")


def test_a_shallow_clone_shows_and_verifies_nothing(weibao: Weibao, tmp_path: Path) -> None:
    step(weibao.repository, entry("09:40", "acknowledged"), "09:41")
    shallow = weibao.repository.clone(tmp_path / "shallow", "--depth", "1")
    for verb in ("show", "verify", "stamp"):
        assert weibao("checkpoint", verb, folder=shallow.path).code == 3


def test_a_bare_repository_is_shown_and_verified_but_not_stamped_in(
    weibao: Weibao, tmp_path: Path
) -> None:
    weibao("checkpoint", "stamp")
    bare = weibao.repository.clone(tmp_path / "bare", "--bare")
    assert weibao("checkpoint", "show", folder=bare.path).code == 0
    assert weibao("checkpoint", "verify", folder=bare.path).code == 0
    assert weibao("checkpoint", "stamp", folder=bare.path).code == 3
