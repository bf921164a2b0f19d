"""``weibao doctor`` on real clones: what each lacks, the line that mends it, and nothing changed."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from building.repository import Repository, clean_environment
from building.wheel import small_wheel

if TYPE_CHECKING:
    from building.commands import Ran, Weibao

SCHEMA = Path(__file__).parents[2] / "schemas/output/doctor.schema.json"
by_bash = pytest.mark.skipif(
    sys.platform == "win32", reason="bash may be that of another system there"
)
BY = "Li Qiang <li.qiang@provider.example>"


@pytest.fixture
def made(weibao: Weibao, tmp_path: Path) -> Repository:
    """A repository fresh from ``init``, with a remote that has it."""
    names = ("--contract", "维保", "--customer", "客户", "--provider", "服务商", "--by", BY)
    wheel = ("--wheel", str(small_wheel(tmp_path / "wheels")))
    assert weibao("init", "new", *names, *wheel, folder=tmp_path).code == 0
    repository = Repository(tmp_path / "new", init=False)
    Repository(tmp_path / "forge.git", bare=True)
    repository.git("remote", "add", "origin", (tmp_path / "forge.git").as_uri())
    repository.git("push", "-q", "-u", "origin", "main")
    repository.git("config", "--add", "remote.origin.fetch", "refs/weibao/*:refs/weibao/*")
    return repository


def lacks(weibao: Weibao, folder: Path) -> dict[str, bool]:
    ran = weibao("doctor", "--format", "json", folder=folder)
    told = json.loads(ran.out)
    Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8"))).validate(told)
    found = {one["name"]: one["needed"] for one in told["checks"] if not one["passed"]}
    assert ran.code == int(any(found.values()))
    return {name: needed for name, needed in found.items() if name not in {"command", "signing"}}


def doctor(weibao: Weibao, folder: Path) -> Ran:
    return weibao("doctor", folder=folder)


def test_a_new_repository_lacks_only_the_hook(weibao: Weibao, made: Repository) -> None:
    assert lacks(weibao, made.path) == {"hook": False}
    made.write(".git/hooks/pre-commit", "#!/bin/sh\n")
    assert lacks(weibao, made.path) == {}


def test_each_lack_of_a_clone_is_found_where_it_is(weibao: Weibao, made: Repository) -> None:
    made.write(".git/hooks/pre-commit", "#!/bin/sh\n")
    made.write(".gitattributes", "")
    made.append("records/staff.yaml", "# changed")
    made.write("records/new.yaml", "x: 1\n")
    made.write("schemas/ticket.schema.json", "{}\n")
    made.git("config", "user.email", "other@provider.example")
    made.git("remote", "remove", "origin")
    made.git("switch", "-q", "--detach", "HEAD")

    assert lacks(weibao, made.path) == {
        "listed": False,
        "branch": True,
        "remote": False,
        "merge": True,
        "line_ends": True,
        "committed": False,
        "schemas": False,
    }


def paste(weibao: Weibao, repository: Repository, name: str) -> None:
    """Run the line that mends this lack, as if pasted into a shell, and see that it does."""
    told = json.loads(weibao("doctor", "--format", "json", folder=repository.path).out)["checks"]
    (mend,) = (one["mend"] for one in told if one["name"] == name and not one["passed"])
    here = os.pathsep.join((str(Path(sys.executable).parent), os.environ["PATH"]))
    ran = subprocess.run(
        ["bash", "-c", mend],
        cwd=repository.path,
        env=clean_environment() | {"PATH": here},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, (mend, ran.stdout, ran.stderr)
    assert name not in lacks(weibao, repository.path)


@by_bash
def test_the_lines_that_mend_the_schemas_and_what_is_not_committed_do(
    weibao: Weibao, made: Repository
) -> None:
    made.write("schemas/ticket.schema.json", "{}\n")
    made.commit()
    made.remove("schemas/staff.schema.json")
    paste(weibao, made, "schemas")
    made.append("records/staff.yaml", "# changed")
    paste(weibao, made, "committed")
    assert made.git("status", "--porcelain") == ""


@by_bash
def test_the_lines_that_mend_the_attributes_do_and_lose_no_work(
    weibao: Weibao, made: Repository
) -> None:
    made.write(".gitattributes", "*.png binary")
    made.commit()
    staff = made.read("records/staff.yaml") + "# not committed\n"
    contract = made.read("records/contract.yaml")
    made.write("records/staff.yaml", staff.replace("\n", "\r\n"))
    made.write("records/contract.yaml", contract.replace("\n", "\r\n"))
    ran = doctor(weibao, made.path)
    assert "wrong only in its line ends" in ran.out

    paste(weibao, made, "merge")
    paste(weibao, made, "line_ends")
    assert "contract" not in lacks(weibao, made.path)
    assert made.path.joinpath("records/staff.yaml").read_bytes().decode() == staff
    assert made.git("status", "--porcelain").split() == ["M", "records/staff.yaml"]
    assert made.read(".gitattributes").startswith("*.png binary\n")

    made.write("records/contract.yaml", contract.replace("\n", "\r\n"))
    paste(weibao, made, "contract")


@by_bash
@pytest.mark.parametrize("name", ["checked", "seen"])
def test_the_lines_that_bring_the_workflows_do(weibao: Weibao, made: Repository, name: str) -> None:
    made.git("rm", "-rq", ".github", ".gitea", ".gitlab-ci.yml", "requirements.lock")
    made.commit()
    paste(weibao, made, name)
    assert {"locked", "pinned", "depth"}.isdisjoint(lacks(weibao, made.path))
    assert made.git("status", "--porcelain") == ""


@by_bash
def test_the_lines_that_mend_branches_and_remotes_do(
    weibao: Weibao, made: Repository, tmp_path: Path
) -> None:
    made.git("branch", "other")
    made.git("push", "-q", "origin", "other")
    made.git("switch", "-q", "--detach", "HEAD")
    paste(weibao, made, "branch")
    one = Repository(tmp_path / "forge.git", init=False).clone(
        tmp_path / "one", "--single-branch", "--branch", "other"
    )
    paste(weibao, one, "main")
    paste(weibao, one, "seen")
    made.git("switch", "-q", "-c", "work")
    paste(weibao, made, "remote")


@by_bash
@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="needs ssh-keygen")
def test_a_key_that_is_not_there_is_told_and_made(
    weibao: Weibao, made: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    for key, value in (("gpg.format", "ssh"), ("commit.gpgsign", "true")):
        made.git("config", key, value)
    made.git("config", "user.signingkey", "~/.ssh/id_ed25519.pub")
    ran = doctor(weibao, made.path)
    assert ran.code == 1
    assert "its key is not there" in ran.out
    (line,) = (one for one in ran.out.splitlines() if "→ ssh-keygen -t ed25519 -f" in one)
    home.joinpath(".ssh").mkdir(mode=0o700)
    silent = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f"]
    subprocess.run([*silent, home / ".ssh/id_ed25519"], check=True, stdin=subprocess.DEVNULL)
    rest = line.partition(" && ")[2]
    subprocess.run(["bash", "-c", rest], cwd=made.path, check=True)
    assert "its key is not there" not in doctor(weibao, made.path).out
    made.append("README.md", "more")
    who = {"HOME": str(home)}
    subprocess.run(["git", "commit", "-qam", "x"], cwd=made.path, env=os.environ | who, check=True)
    assert "gpgsig" in made.git("cat-file", "commit", "HEAD")


@pytest.mark.parametrize(
    ("options", "mend"),
    [(("--depth", "1"), "git fetch --unshallow"), (("--filter=blob:none",), "Make a full clone")],
)
def test_a_clone_without_its_history_is_told_how_to_get_it(
    weibao: Weibao, made: Repository, tmp_path: Path, options: tuple[str, ...], mend: str
) -> None:
    made.git("config", "uploadpack.allowFilter", "true")
    made.append("README.md", "more")
    made.commit()
    clone = made.clone(tmp_path / "clone2", *options)
    ran = doctor(weibao, clone.path)

    assert lacks(weibao, clone.path)["history"] is True
    assert mend in ran.out


def test_a_clone_that_does_not_fetch_the_log_of_what_was_seen_is_told_how(
    weibao: Weibao, made: Repository
) -> None:
    made.git("config", "--unset-all", "remote.origin.fetch", "weibao")
    assert lacks(weibao, made.path)["seen"] is False
    (mend,) = (
        one.strip().removeprefix("→ ")
        for one in doctor(weibao, made.path).out.splitlines()
        if "refs/weibao" in one
    )
    assert mend.endswith(" && git fetch")
    made.git(*shlex.split(mend.removesuffix(" && git fetch"))[1:])
    assert "seen" not in lacks(weibao, made.path)


@by_bash
def test_the_line_that_mends_the_lock_takes_it_out_of_the_wheel(
    weibao: Weibao, made: Repository
) -> None:
    lock = made.read("requirements.lock")
    made.append("requirements.lock", "# old")
    made.commit()
    assert lacks(weibao, made.path)["locked"] is False
    paste(weibao, made, "locked")
    assert made.read("requirements.lock") == lock
    made.remove("requirements.lock")
    assert lacks(weibao, made.path)["locked"] is True
    assert made.git("status", "--porcelain") == "D requirements.lock"


def test_a_wheel_of_one_byte_more_is_told_and_what_to_do(weibao: Weibao, made: Repository) -> None:
    (wheel,) = made.path.glob("vendor/*.whl")
    wheel.write_bytes(wheel.read_bytes() + b"\0")
    assert lacks(weibao, made.path)["locked"] is True
    told = doctor(weibao, made.path).out
    assert f"vendor/{wheel.name} is not the wheel whose hash requirements.txt gives" in told
    assert "git log --stat -- vendor requirements.txt" in told


@pytest.mark.parametrize("name", ["weibao==0.1.0", "weibao", f"weibao --hash=sha256:{'0' * 64}"])
def test_a_pin_by_name_is_never_taken_for_locked(
    weibao: Weibao, made: Repository, name: str
) -> None:
    made.write("requirements.txt", f"{name}\n")
    assert lacks(weibao, made.path)["locked"] is True
    assert (
        "by a name, which anybody may register: requirements.txt" in doctor(weibao, made.path).out
    )


def test_a_clone_of_an_unborn_repository_says_so(weibao: Weibao, tmp_path: Path) -> None:
    found = lacks(weibao, Repository(tmp_path / "empty").path)
    assert found["history"] is True
    assert found["contract"] is True


def test_outside_a_repository_only_the_machine_is_examined(weibao: Weibao, tmp_path: Path) -> None:
    ran = doctor(weibao, tmp_path)
    assert ran.code == 1
    assert "is not inside a git repository" in ran.out
    assert "The forge's files" not in ran.out
    assert set(lacks(weibao, tmp_path)) == {"identity", "repository"}


def test_a_bare_repository_is_told_as_such(weibao: Weibao, made: Repository) -> None:
    bare = made.path.parent / "forge.git"
    assert lacks(weibao, bare)["repository"] is True
    assert "is a bare repository" in doctor(weibao, bare).out


def test_a_folder_that_is_not_there_is_misuse(weibao: Weibao, tmp_path: Path) -> None:
    assert doctor(weibao, tmp_path / "nowhere").code == 2


def test_a_machine_without_git_is_told_where_to_get_it(
    weibao: Weibao, made: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    ran = doctor(weibao, made.path)
    assert ran.code == 1
    assert "apt install git" in ran.out
    assert "git is not installed" in ran.out


def test_the_users_own_settings_count_and_not_only_the_clones(
    weibao: Weibao, made: Repository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    settings = "[user]\nname = Li\nemail = li@x\nsigningkey = k\n[commit]\ngpgsign = yes\n"
    (tmp_path / "gitconfig").write_text(settings, encoding="utf-8")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "gitconfig"))
    told = json.loads(weibao("doctor", "--format", "json", folder=tmp_path).out)["checks"]
    passed = {one["name"]: one["passed"] for one in told}
    assert passed["identity"]
    assert passed["signing"]


def test_a_clock_that_is_behind_the_last_commit_is_told(weibao: Weibao, made: Repository) -> None:
    weibao.set_clock("2026-11-20T08:00:00+08:00")
    assert lacks(weibao, made.path)["clock"] is True
    assert "90 minutes in the future" in doctor(weibao, made.path).out


def test_a_hostile_workflow_or_name_moves_no_cursor(weibao: Weibao, made: Repository) -> None:
    made.write(".github/workflows/x.yml", "uses: a/\x1b[2J@v1\n")
    made.write(".github/workflows/binary.yml", os.urandom(64))
    made.write("records/\u202e.yaml", "x: 1\n")
    ran = doctor(weibao, made.path)
    assert "\x1b[2J" not in ran.out
    assert "\u202e" not in ran.out
    assert "a/\\x1b[2J@v1" in ran.out


def test_a_diagnosis_changes_nothing(weibao: Weibao, made: Repository) -> None:
    made.append("records/staff.yaml", "# changed")

    def state() -> dict[str, bytes]:
        return {str(one): one.read_bytes() for one in made.path.rglob("*") if one.is_file()}

    before = state()
    doctor(weibao, made.path)
    assert state() == before


def test_it_speaks_the_contracts_language(weibao: Weibao, made: Repository) -> None:
    ran = weibao("doctor", folder=made.path, lang="zh")
    assert "什么都不缺" not in ran.out
    assert "提交前校验记录" in ran.out
