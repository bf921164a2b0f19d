"""``weibao upgrade``: the wheel verified, both versions heard, and the files changed whole or not at all."""

from __future__ import annotations

import hashlib
import json
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from building.commands import PATH, process, record_repository
from building.contract import entry
from building.whole_wheel import STARTER, package_files, written
from hostile.threats import Ending, caught
from weibao.refusal import Refusal
from weibao.workspace.recording.store import Replacement
from weibao.workspace.setup.vendored_wheel import parse_wheel, vendored_files
from weibao.workspace.setup.wheel_contents import is_older

if TYPE_CHECKING:
    from building.commands import Weibao
    from building.repository import Repository

SAYS = """
import json, sys
said = json.loads({said!r})
command = next(word for word in sys.argv[1:] if word in said)
print(json.dumps({{{{"sla": "verdicts", "findings": "findings"}}[command]: said[command]}}))
"""
TICKET = "T20261120-7K3Q9M"
MET = {"ticket": TICKET, "target": "respond", "occurrence": 1, "verdict": "met"}
FOUND = {
    "code": "O102",
    "severity": "warning",
    "path": "records/spares.yaml",
    "line": 3,
    "record": None,
    "message": "有差异",
}
WORKFLOW = "dot-github/workflows/check.yml"
OLD_STARTER = {
    WORKFLOW: "on: {branches: [«main»]}\nold: «main»\n",
    "dot-gitignore": "/site/\n",
    "CODEOWNERS": "/vendor/ «email»\n",
    "dot-gitea/workflows/seen.yml": "old\n",
    "dot-vscode/tasks.json": "{}\n",
}
NEW_STARTER = OLD_STARTER | {
    WORKFLOW: "on: {branches: [«main»]}\nnew: «main» «email»\n",
    "dot-gitignore": "/site/\n.DS_Store\n",
    "dot-gitea/workflows/seen.yml": "new\n",
    "dot-editorconfig": "root = true\n",
}
del NEW_STARTER["dot-vscode/tasks.json"]


def small(
    folder: Path,
    version: str,
    starter: dict[str, str],
    verdicts: list[Any] | None = None,
    findings: list[Any] | None = None,
    about: bytes = b"",
) -> Path:
    """A wheel that says what it is told to."""
    said = {"sla": [MET] if verdicts is None else verdicts, "findings": findings or []}
    files = {f"{STARTER}{path}": text.encode() for path, text in starter.items()}
    files["weibao/__main__.py"] = SAYS.format(said=json.dumps(said)).encode()
    files["weibao/schemas/ticket.schema.json"] = f'{{"title": "{version}"}}\n'.encode()
    if version == "0.2.0":
        files["weibao/vendor/desk.lock"] = b"# an extra that the version here does not know\n"
    return written(folder, version, files, about)


@pytest.fixture
def old(tmp_path: Path) -> Path:
    return small(tmp_path / "old", "0.1.0", OLD_STARTER)


@pytest.fixture
def new(tmp_path: Path) -> Path:
    return small(tmp_path / "new", "0.2.0", NEW_STARTER)


@pytest.fixture
def kept(weibao: Weibao, old: Path) -> Weibao:
    """A repository that keeps version 0.1.0, with files of its starter."""
    keep(weibao.repository, old)
    return weibao


def keep(repository: Repository, wheel: Path) -> None:
    parsed = parse_wheel(wheel.read_bytes())
    assert parsed is not None
    for path, content in vendored_files(parsed).items():
        repository.write(path, content)
    for path, text in OLD_STARTER.items():
        if not path.startswith("dot-gitea"):  # which were deleted here
            filled = text.replace("«main»", "trunk").replace("«email»", '"li@x.example"')
            repository.write(re.sub(r"(^|/)dot-", r"\1.", path), filled)
    repository.commit("vendored")


def state(repository: Repository) -> dict[str, bytes]:
    """Every file of the working tree."""
    files = (path for path in repository.path.rglob("*") if path.is_file())
    return {
        path.relative_to(repository.path).as_posix(): path.read_bytes()
        for path in files
        if ".git" not in path.relative_to(repository.path).parts
    }


def test_what_nobody_touched_is_renewed_and_the_rest_stays(kept: Weibao, new: Path) -> None:
    head = kept.repository.head
    ran = kept("--lang", "en", "upgrade", str(new))

    assert ran.code == 0, ran.err
    made = state(kept.repository)
    assert made["vendor/weibao-0.2.0-py3-none-any.whl"] == new.read_bytes()
    assert "vendor/weibao-0.1.0-py3-none-any.whl" not in made
    digest = hashlib.sha256(new.read_bytes()).hexdigest()
    pin = f"./vendor/weibao-0.2.0-py3-none-any.whl --hash=sha256:{digest}\n"
    assert made["requirements.txt"].decode().endswith(pin)
    assert made["vendor/desk.lock"].startswith(b"# an extra")
    assert made["schemas/ticket.schema.json"] == b'{"title": "0.2.0"}\n'
    workflow = 'on: {branches: [trunk]}\nnew: trunk "li@x.example"\n'
    assert made[".github/workflows/check.yml"].decode() == workflow
    assert made[".gitignore"] == b"/site/\n.DS_Store\n"
    assert made[".editorconfig"] == b"root = true\n"
    assert ".gitea/workflows/seen.yml" not in made
    assert ".vscode/tasks.json" not in made
    assert not [path for path in made if path.endswith(".new")]
    assert kept.repository.head == head
    again = kept("upgrade", str(new), "--format", "json")
    assert again.code == 0
    assert json.loads(again.out)["renewed"] == []
    assert state(kept.repository) == made


def test_what_somebody_changed_stays_and_the_new_text_lies_beside(kept: Weibao, new: Path) -> None:
    own = {".github/workflows/check.yml": "on: push\n", ".editorconfig": "root = false\n"}
    for path, text in own.items():
        kept.repository.write(path, text)
    kept.repository.commit("ours")
    ran = kept("upgrade", str(new), "--commit", "--format", "json")

    assert ran.code == 0, ran.err
    told = json.loads(ran.out)
    assert sorted(told["beside"]) == sorted(f"{path}.new" for path in own)
    made = state(kept.repository)
    assert {path: made[path].decode() for path in own} == own
    # The address is known from CODEOWNERS, the branch from the contract.
    assert made[".github/workflows/check.yml.new"].decode().startswith("on: {branches: [main]}\n")
    assert kept.repository.git("status", "--porcelain").split() == [
        *("??", ".editorconfig.new"),
        *("??", ".github/workflows/check.yml.new"),
    ]
    assert "0.2.0" in kept.repository.git("log", "-1", "--format=%s")


def test_every_verdict_and_finding_that_turns_is_told_and_ends_with_1(
    kept: Weibao, tmp_path: Path
) -> None:
    late = [MET | {"verdict": "breached"}, MET | {"occurrence": 2}]
    new = small(tmp_path, "0.2.0", NEW_STARTER, late, [FOUND, FOUND | {"line": 4}])
    before = state(kept.repository)
    ran = kept("upgrade", str(new), "--preview", "--format", "json")

    assert ran.code == 1
    told = json.loads(ran.out)
    schema = Path(__file__).parents[2] / "schemas/output/upgrade.schema.json"
    Draft202012Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(told)
    turned = [(row["occurrence"], row["old"], row["new"]) for row in told["verdicts"]]
    assert turned == [(1, "met", "breached"), (2, None, "met")]
    found = [(row["line"], row["old"], row["new"]) for row in told["findings"]]
    assert found == [(3, None, "warning"), (4, None, "warning")]
    assert state(kept.repository) == before
    english = kept("--lang", "en", "upgrade", str(new), "--preview")
    assert (english.code, kept("--lang", "zh", "upgrade", str(new)).code) == (1, 1)
    assert "Verdicts that turn: 2; findings that turn: 2." in english.out
    assert f"{TICKET} response 1: met → " in english.out


def damaged(path: Path, change: str) -> Path:
    raw = bytearray(path.read_bytes())
    match change:
        case "a byte of a file":
            raw[raw.index(b"said = json")] ^= 1
        case "no zip":
            raw[:] = b"PK\3\4 no wheel"
        case "a byte after it":
            raw += b"\0"
        case _:
            return path.rename(path.with_name("weibao-0.3.0-py3-none-any.whl"))
    path.write_bytes(bytes(raw))
    return path


@pytest.mark.parametrize("change", ["a byte of a file", "no zip", "another name"])
def test_a_wheel_that_is_not_what_it_says_is_refused(kept: Weibao, new: Path, change: str) -> None:
    before = state(kept.repository)
    ran = kept("upgrade", str(damaged(new, change)))

    assert (ran.code, ran.out) == (2, "")
    assert state(kept.repository) == before


def test_a_wheel_of_another_hash_than_the_one_given_is_refused(kept: Weibao, new: Path) -> None:
    digest = hashlib.sha256(new.read_bytes()).hexdigest()
    assert kept("upgrade", str(new), "--preview", "--sha256", digest.upper()).code == 0
    assert kept("upgrade", str(damaged(new, "a byte after it")), "--sha256", digest).code == 2
    caught("another judge", Ending.REFUSED)


@pytest.mark.parametrize(
    ("needed", "code"), [(">=3.11", 0), (">=3.11,<4", 0), (">=3.99", 2), ("<3.11", 2), ("~=3", 2)]
)
def test_a_wheel_for_another_python_is_refused(
    kept: Weibao, tmp_path: Path, needed: str, code: int
) -> None:
    about = f"Requires-Python: {needed}\n".encode()
    new = small(tmp_path, "0.2.0", NEW_STARTER, about=about)
    assert kept("upgrade", str(new), "--preview").code == code


def test_an_older_version_is_taken_only_where_it_is_said(kept: Weibao, tmp_path: Path) -> None:
    older = small(tmp_path, "0.1.0rc1", OLD_STARTER)
    ran = kept("--lang", "en", "upgrade", str(older))
    assert ran.code == 2
    assert "--downgrade" in ran.err
    assert kept("upgrade", str(older), "--downgrade").code == 0
    assert "vendor/weibao-0.1.0rc1-py3-none-any.whl" in state(kept.repository)


@pytest.mark.parametrize(
    ("version", "other"),
    [
        ("0.9", "0.10"),
        ("1.0.dev1", "1.0a1"),
        ("1.0a1.dev1", "1.0a1"),
        ("1.0a2", "1.0b1"),
        ("1.0rc1", "1.0"),
        ("1.0", "1.0.post1"),
        ("1.0", "1.0.1"),
    ],
)
def test_versions_come_in_their_order(version: str, other: str) -> None:
    assert is_older(version, other)
    assert not is_older(other, version)
    assert not is_older("1.0", "1.0.0")


def test_a_vendored_wheel_with_one_byte_changed_is_told_by_doctor_and_upgraded_by_nobody(
    kept: Weibao, new: Path
) -> None:
    kept.repository.write(".github/workflows/check.yml", "run: weibao check # requirements.lock\n")
    kept.repository.commit("as it is installed")
    assert locked(kept)["message"] is None or "0.1.0" not in str(locked(kept)["message"])
    (wheel,) = kept.repository.path.glob("vendor/*.whl")
    raw = bytearray(wheel.read_bytes())
    raw[-30] ^= 1  # of the archive's own list, which no file's hash covers
    wheel.write_bytes(bytes(raw))

    assert "is not the wheel whose hash requirements.txt gives" in locked(kept)["message"]
    assert kept("upgrade", str(new)).code in {2, 3}


def locked(weibao: Weibao) -> Any:
    checks = json.loads(weibao("--lang", "en", "doctor", "--format", "json").out)["checks"]
    return next(check for check in checks if check["name"] == "locked")


@pytest.mark.parametrize("number", range(1, 8))
def test_a_disk_that_fills_in_the_middle_leaves_all_as_it_was(
    kept: Weibao, new: Path, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    before, real, left = state(kept.repository), Replacement.put, number

    def put(self: Replacement, path: str, content: bytes) -> None:
        nonlocal left
        left -= 1
        if not left:
            raise Refusal("full")
        real(self, path, content)

    monkeypatch.setattr(Replacement, "put", put)
    assert kept("upgrade", str(new)).code == 3
    assert state(kept.repository) == before


DEADLY = """
import os, signal
from weibao.workspace.recording.store import Replacement
left = {number}
def deadly(real):
    def call(*arguments):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments)
    return call
Replacement.put = deadly(Replacement.put)
Replacement.remove = deadly(Replacement.remove)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such signal")
@pytest.mark.parametrize("number", [2, 8, 9])
def test_killed_at_any_moment_what_is_named_is_there_and_again_it_is_whole(
    tmp_path: Path, old: Path, new: Path, number: int
) -> None:
    repository = record_repository(tmp_path / "clone")
    keep(repository, old)
    whole = record_repository(tmp_path / "whole")
    keep(whole, old)
    killed = process(repository, "upgrade", str(new), first=DEADLY.format(number=number))
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    (name, digest) = re.findall(
        r"^\./(\S+) --hash=sha256:(\w+)$", repository.read("requirements.txt"), re.MULTILINE
    )[0]
    assert hashlib.sha256((repository.path / name).read_bytes()).hexdigest() == digest

    for one in (repository, whole):
        done = process(one, "upgrade", str(new))
        said, complaint = done.communicate(timeout=60)
        assert done.returncode == 0, (said + complaint).decode()
    assert state(repository) == state(whole)


def test_this_very_version_judges_from_its_own_wheel(weibao: Weibao, tmp_path: Path) -> None:
    files = package_files()
    late = files | {
        "weibao/sla/verdict.py": files["weibao/sla/verdict.py"]
        + b"\nOutcome.MET._value_ = 'breached'\n"
    }
    weibao.repository.append(PATH, entry("09:20", "acknowledged"))
    weibao.repository.commit(at="2026-11-20T09:20:30+08:00")
    keep(weibao.repository, written(tmp_path / "old", "0.1.0", files))
    new = written(tmp_path / "late", "0.2.0", late)
    ran = weibao("upgrade", str(new), "--preview", "--format", "json")
    assert ran.code == 1, ran.err
    turned = [(row["old"], row["new"]) for row in json.loads(ran.out)["verdicts"]]
    assert ("met", "breached") in turned
