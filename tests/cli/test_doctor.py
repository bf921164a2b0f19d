"""``weibao doctor`` on real clones: what each lacks, the line that mends it, and nothing changed."""

from __future__ import annotations

import json
import os
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from building.repository import Repository

if TYPE_CHECKING:
    from building.commands import Ran, Weibao

SCHEMA = Path(__file__).parents[2] / "schemas/output/doctor.schema.json"
BY = "Li Qiang <li.qiang@provider.example>"


@pytest.fixture
def made(weibao: Weibao, tmp_path: Path) -> Repository:
    """A repository fresh from ``init``, with a remote that has it."""
    names = ("--contract", "维保", "--customer", "客户", "--provider", "服务方", "--by", BY)
    assert weibao("init", "new", *names, folder=tmp_path).code == 0
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


def test_the_line_that_mends_the_schemas_does(weibao: Weibao, made: Repository) -> None:
    made.write("schemas/ticket.schema.json", "{}\n")
    said = doctor(weibao, made.path).out
    folder = said.partition('cp "')[2].partition('"')[0]
    for one in Path(folder).glob("*.schema.json"):
        made.write(f"schemas/{one.name}", one.read_bytes())
    assert "schemas" not in lacks(weibao, made.path)


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


def test_the_line_that_mends_the_lock_does(weibao: Weibao, made: Repository) -> None:
    made.append("requirements.lock", "# old")
    made.write("requirements.txt", "weibao==0.0.1\n")
    assert lacks(weibao, made.path)["locked"] is False
    made.remove("requirements.txt")
    assert lacks(weibao, made.path)["locked"] is True
    (mend,) = (
        one.strip().removeprefix("→ ")
        for one in doctor(weibao, made.path).out.splitlines()
        if "requirements.lock &&" in one
    )
    _, source, target, _, _, pin, _, name, *_ = shlex.split(mend)
    made.write(target, Path(source).read_bytes())
    made.write(name, pin + "\n")
    assert "locked" not in lacks(weibao, made.path)


def test_a_hash_may_be_added_to_the_version(weibao: Weibao, made: Repository) -> None:
    text = made.read("requirements.txt").rstrip("\n")
    made.write("requirements.txt", f"{text} --hash=sha256:{'0' * 64}\n")
    assert "locked" not in lacks(weibao, made.path)


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
