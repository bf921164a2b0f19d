"""What git asks of a contributor before a commit, by pre-commit itself in a repository of its own."""

from __future__ import annotations

import shlex
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
import yaml

from building.commands import PATH
from building.contract import a_ticket, entry, small_contract
from building.repository import clean_environment
from project.pages import ROOT

CONFIGURATION = ".pre-commit-config.yaml"
(LOCAL,) = yaml.safe_load((ROOT / CONFIGURATION).read_text(encoding="utf-8"))["repos"]
STARTER = ROOT / "tools/weibao/workspace/setup/starter/both"
HOOKS: list[dict[str, Any]] = LOCAL["hooks"]


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository with this project's hooks and style, records, and an environment that stands for .venv."""
    for name in (CONFIGURATION, "pyproject.toml", ".gitignore"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    for folder in ("bin", "Scripts"):
        python = tmp_path / ".venv" / folder / "python"
        python.parent.mkdir(parents=True)
        python.write_text(
            f'#!/bin/sh\nexec "{Path(sys.executable).as_posix()}" "$@"\n', encoding="utf-8"
        )
        python.chmod(0o755)
    git(tmp_path, "init", "--quiet")
    texts = small_contract() | {PATH: a_ticket(log=[entry("09:15", "opened", by="wang-lei")])}
    for path, text in texts.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8", newline="\n")
    git(tmp_path, "add", "records")
    git(tmp_path, "commit", "--quiet", "-m", "Begin")
    told = run(tmp_path, sys.executable, "-m", "pre_commit", "install")
    assert told.returncode == 0, told.stdout
    return tmp_path


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A command in a folder, with what pre-commit remembers kept in it."""
    environment = clean_environment() | {"PRE_COMMIT_HOME": str(folder / ".venv" / "remembered")}
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    identity = ["-c", "user.name=Li", "-c", "user.email=li@x.example"]
    return run(folder, "git", *identity, *arguments)


def committed(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    """A commit of one module."""
    (folder / "tools").mkdir(exist_ok=True)
    (folder / "tools" / "module.py").write_text(code, encoding="utf-8", newline="\n")
    git(folder, "add", "tools")
    return git(folder, "commit", "--quiet", "-m", "Say a thing")


GOOD = '"""A module."""\n\nANSWER = 42\n'


def test_code_as_it_should_be_is_committed(clone: Path) -> None:
    done = committed(clone, GOOD)

    assert done.returncode == 0, done.stderr
    assert git(clone, "log", "--format=%s").stdout == "Say a thing\nBegin\n"


@pytest.mark.parametrize(
    ("code", "hook"),
    [
        (GOOD.replace(" = ", "="), "ruff-format"),
        (GOOD.replace('"""A module."""\n\n', "import os\n\n"), "ruff-check"),
    ],
)
def test_code_that_lint_would_refuse_is_not_committed(clone: Path, code: str, hook: str) -> None:
    done = committed(clone, code)

    assert done.returncode == 1
    assert f"hook id: {hook}" in done.stderr
    assert git(clone, "log", "--format=%s").stdout == "Begin\n"


def test_a_commit_that_only_deletes_a_record_is_refused(clone: Path) -> None:
    git(clone, "rm", "--quiet", PATH)
    done = git(clone, "commit", "--quiet", "-m", "Nobody will miss it")

    assert done.returncode == 1
    assert "hook id: records" in done.stderr
    assert "L104" in done.stderr
    assert git(clone, "log", "--format=%s").stdout == "Begin\n"


def test_without_an_environment_it_says_how_to_make_one(clone: Path) -> None:
    for folder in ("bin", "Scripts"):
        (clone / ".venv" / folder / "python").unlink()
    done = committed(clone, GOOD)

    assert done.returncode == 1
    assert "make lint makes it" in done.stderr


def test_nothing_is_fetched_and_every_hook_runs_a_tool_of_the_environment() -> None:
    assert LOCAL["repo"] == "local"
    for hook in HOOKS:
        assert hook["language"] == "system"
        assert shlex.split(hook["entry"])[0] == "git"
        assert hook["args"][0] == "-m"
        assert find_spec(hook["args"][1]) is not None


def test_the_files_that_a_hook_names_are_there() -> None:
    named = [word for hook in HOOKS for word in hook["args"] if word.endswith(".py")]

    assert named
    assert all((ROOT / name).is_file() for name in named)


def test_the_records_are_asked_as_the_hook_that_is_offered_to_contracts_asks_them() -> None:
    (offered,) = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    (own,) = (hook for hook in HOOKS if hook["id"] == "records")

    starter = yaml.safe_load((STARTER / "dot-pre-commit-config.yaml").read_text(encoding="utf-8"))
    (written,) = starter["repos"][0]["hooks"]

    assert own["args"][1:] == offered["entry"].split() == written["entry"].split()
    for hook in (own, offered, written):
        assert (hook["always_run"], hook["pass_filenames"]) == (True, False)
        assert not hook.keys() & {"files", "types", "types_or"}
