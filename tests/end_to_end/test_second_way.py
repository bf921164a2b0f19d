"""The package and the auditor's own script, which share no code, tell the same of every entry."""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given, settings

from building.contract import a_ticket, entry, small_contract, ticket_path
from building.repository import Repository, clean_environment
from end_to_end.random_histories import (
    CALENDAR_EXTENDED,
    TIGHTER_BESIDE_THE_LINE,
    Story,
    stories,
    written,
)
from end_to_end.second_way import SCRIPT, disagreements
from end_to_end.second_way import by_hand as second_way
from sla.in_git import build
from sla.table import cases, contracts
from weibao.demo.contract_year import make_demo
from weibao.model.instant import parse_instant
from weibao.sla.holidays import days_made_up, days_off

if TYPE_CHECKING:
    from weibao.report.book import Book

HANDBOOK = Path(__file__).parents[2] / "docs" / "handbook"
TICKET = "T20261120-7K3Q9M"
AFTER = (0, 61, 7_201, 300_000)
"""Seconds after a step: while a promise runs, at its end, and long after."""


def by_hand(clone: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """The script as an auditor runs it: outside the package's environment."""
    told = [sys.executable, "-I", "-X", "utf8", "-W", "error", str(SCRIPT), str(clone), *options]
    return subprocess.run(told, capture_output=True, text=True, encoding="utf-8", check=False)


@pytest.mark.parametrize("seed", [1, 7, 23])
def test_both_tell_the_same_of_a_demonstration_year(tmp_path: Path, seed: int) -> None:
    until = date(2026, 11, 23)
    made = make_demo(tmp_path / "demo", tickets=60, seed=seed, until=until, closed=False)
    at_the_end = parse_instant("2026-11-23T00:00:00+08:00")
    midyear = parse_instant("2026-06-11T15:20:00+08:00")
    wrong, told = disagreements(tmp_path / "demo", lambda _, __: (midyear, at_the_end))
    assert wrong == []
    assert told > 5 * made.tickets


@pytest.mark.parametrize("contract", contracts(), ids=lambda name: name or "small")
def test_both_tell_the_same_of_every_case_of_the_table(tmp_path: Path, contract: str) -> None:
    told = [case for case in cases() if case.contract == contract]
    repository, filed = build(tmp_path / "cases", contract, told)
    by_id = {one.id: one.case for one in filed}

    def instants(ticket: str, _: Book) -> list[int]:
        case = by_id[ticket]
        return [case.as_of, *(row.at + later for row in case.steps for later in AFTER)]

    wrong, count = disagreements(repository.path, instants)
    assert wrong == []
    assert count > 2 * len(told)


@settings(max_examples=40)
@example(CALENDAR_EXTENDED)
@example(TIGHTER_BESIDE_THE_LINE)
@given(stories())
def test_both_tell_the_same_of_any_history(story: Story) -> None:
    with tempfile.TemporaryDirectory() as folder:
        repository = written(story, Path(folder, "clone"))
        wrong, _ = disagreements(repository.path, _around_every_step)
        assert wrong == [], repository.git("log", "--graph", "--format=%h %cI")


def _around_every_step(ticket: str, book: Book) -> list[int]:
    times = {one.effective for one in book.proofs[ticket].entries}
    return sorted({time + later for time in times for later in AFTER})


def test_the_script_runs_alone_and_tells_every_entry_and_verdict(tmp_path: Path) -> None:
    repository = _one_ticket(tmp_path)
    told = by_hand(repository.path, "--json", "--as-of", "2026-11-20T13:00:00+08:00")
    assert (told.returncode, told.stderr) == (0, "")
    found = json.loads(told.stdout)
    assert (found["commit"], found["as_of"]) == (
        repository.head,
        parse_instant("2026-11-20T13:00:00+08:00"),
    )
    (ticket,) = found["tickets"]
    assert [one["grade"] for one in ticket["entries"]] == ["A", "C"]
    assert [(one["target"], one["verdict"]) for one in ticket["verdicts"]] == [
        ("respond", "breached"),
        ("restore", "at_risk"),
    ]


def test_in_text_the_script_tells_verdicts_and_of_one_ticket_its_entries(tmp_path: Path) -> None:
    clone = _one_ticket(tmp_path).path
    options = ("--as-of", "2026-11-20T13:00:00+08:00")
    lines = by_hand(clone, *options).stdout.splitlines()
    assert lines == [
        (
            f"{TICKET} target=respond verdict=breached due=2026-11-20T09:42:00+08:00"
            " stop=2026-11-20T10:30:00+08:00 elapsed=4680"
        ),
        f"{TICKET} target=restore verdict=at_risk due=2026-11-20T13:12:00+08:00 elapsed=13680",
    ]
    entries = by_hand(clone, *options, "--ticket", TICKET).stdout.splitlines()[:-2]
    assert [line.split()[2:4] for line in entries] == [
        ["event=opened", "grade=A"],
        ["event=acknowledged", "grade=C"],
    ]


@pytest.mark.parametrize("how", ["shallow", "grafted", "replaced", "no repository", "no contract"])
def test_the_script_refuses_a_clone_that_proves_nothing(tmp_path: Path, how: str) -> None:
    repository = _one_ticket(tmp_path)
    clone = repository.path
    if how == "shallow":
        clone = repository.clone(tmp_path / "shallow", "--depth=1").path
    elif how == "grafted":
        (clone / ".git" / "info").mkdir(exist_ok=True)
        (clone / ".git" / "info" / "grafts").write_text(f"{repository.head}\n", encoding="ascii")
    elif how == "replaced":
        repository.git("replace", "HEAD", "HEAD~1")
    elif how == "no repository":
        clone = tmp_path / "folder"
        clone.mkdir()
    else:
        repository.remove("records/contract.yaml")
        repository.commit()
    told = by_hand(clone)
    assert (told.returncode, told.stdout) == (3, "")
    assert str(clone) in told.stderr


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The year that the handbook takes its examples from."""
    folder = tmp_path_factory.mktemp("handbook") / "demo"
    make_demo(folder, seed=1, until=date(2026, 11, 23))
    return folder


@pytest.mark.parametrize("page", ["auditor.md", "auditor.en.md"])
def test_what_the_handbook_shows_is_what_its_commands_print(example: Path, page: str) -> None:
    """``UPDATE_HANDBOOK=1`` writes the page anew: commit ids follow the schemas that the example holds."""
    file = HANDBOOK / page
    text = file.read_text(encoding="utf-8")
    blocks = re.findall(r"```console\n(.*?)```", text, re.DOTALL)
    commands = [re.findall(r"^\$ (.*)$", block, re.MULTILINE) for block in blocks]
    assert sum(map(len, commands)) >= 9
    printed = ["".join(f"$ {one}\n{_printed(one, example)}" for one in block) for block in commands]
    if os.environ.get("UPDATE_HANDBOOK"):
        for block, output in zip(blocks, printed, strict=True):
            text = text.replace(f"```console\n{block}```", f"```console\n{output}```")
        file.write_text(text, encoding="utf-8", newline="\n")
    assert blocks == printed or os.environ.get("UPDATE_HANDBOOK")


def _printed(command: str, folder: Path) -> str:
    """What a command of the handbook prints, run without a shell; ``| grep WORD`` keeps lines."""
    told, _, word = command.partition(" | grep ")
    word = word.strip('"')
    program, *rest = shlex.split(told)
    if program == "python":
        script, clone, *options = rest
        assert (script, clone) == (SCRIPT.name, ".")
        lines = by_hand(folder, *options).stdout.splitlines()
    elif program == "weibao":
        told = [sys.executable, "-m", "weibao", "-C", str(folder), *rest]
        environment = clean_environment()
        environment.pop("COLUMNS", None)  # what is piped has its own width
        done = subprocess.run(told, capture_output=True, env=environment, check=False)
        lines = done.stdout.decode().splitlines()
    else:
        assert program == "git"
        lines = Repository(folder, init=False).git(*rest, check=False).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines if word in line)


def test_the_script_is_short_and_needs_nothing_but_python() -> None:
    text = SCRIPT.read_text(encoding="utf-8")
    assert sum(bool(line.strip()) for line in text.splitlines()) < 650
    imported = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Import)]
    from_others = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.ImportFrom)]
    names = {alias.name for node in imported for alias in node.names}
    names |= {str(node.module) for node in from_others}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names
    assert "weibao" not in {word for name in names for word in name.split(".")}


def test_the_script_has_the_days_of_the_notices_that_the_package_has() -> None:
    script = second_way()
    assert sorted(script.HOLIDAYS.split()) == sorted(map(str, days_off()))
    assert sorted(script.MADE_UP.split()) == sorted(map(str, days_made_up()))


def _one_ticket(tmp_path: Path) -> Repository:
    """A ticket that was answered in time, as they say who recorded it an hour later."""
    repository = Repository(tmp_path / "合同 clone")
    for path, text in small_contract().items():
        repository.write(path, text)
    opened = entry("09:12", "opened", by="wang-lei")
    repository.write(ticket_path(TICKET), a_ticket(TICKET, log=[opened]))
    repository.commit(at="2026-11-20T09:13:00+08:00")
    repository.append(ticket_path(TICKET), entry("09:20", "acknowledged", note="已联系，排查中"))
    repository.commit(at="2026-11-20T10:30:00+08:00")
    return repository
