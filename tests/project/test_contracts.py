"""Every contract on imports is seen to fail: a fault of each is planted in a copy of the package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tomllib
from typing import TYPE_CHECKING

import pytest

from project.pages import ROOT
from project.source import PACKAGE, modules

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads(SETTINGS)["tool"]["importlinter"]["contracts"]
CORE = next(contract for contract in CONTRACTS if contract["name"].startswith("The core is"))

PLANTED = {
    "One street": [
        (
            "model/finding.py",
            "import weibao.sla.clock",
            "weibao.model is not allowed to import weibao.sla",
        ),
        ("attic/__init__.py", "", "weibao.attic"),
    ],
    "The command line": [
        (
            "cli/framework/options.py",
            "import weibao.cli.prompts.asking",
            "weibao.cli.framework.options -> weibao.cli.prompts.asking",
        ),
        ("cli/attic/__init__.py", "", "weibao.cli.attic"),
    ],
    "No command knows": [
        (
            "cli/commands/explain.py",
            "import weibao.cli.commands.audit",
            "weibao.cli.commands.explain -> weibao.cli.commands.audit",
        ),
    ],
    "No circles": [
        ("model/instant.py", "import weibao.model.entry", "weibao.model"),
        ("render/json/parts.py", "import weibao.render.ci.formats.sarif", "weibao.render"),
    ],
    "The core is handed": [
        (
            "rules/record/steps.py",
            "import weibao.history.git.reader",
            "weibao.rules.record.steps -> weibao.history.git.reader",
        ),
        ("sla/judge.py", "import time", "weibao.sla.judge -> time"),
        (
            "operations/attic/deep.py",
            "import subprocess",
            "weibao.operations.attic.deep -> subprocess",
        ),
        ("render/words/plain.py", "import os", "weibao.render.words.plain -> os"),
    ],
    "A process": [
        ("cli/commands/sla.py", "import subprocess", "weibao.cli.commands.sla -> subprocess"),
        (
            "workspace/attic/deep.py",
            "import multiprocessing",
            "weibao.workspace.attic.deep -> multiprocessing",
        ),
    ],
    "The clock": [
        ("sla/judge.py", "import time", "weibao.sla.judge -> time"),
        (
            "workspace/recording/clone.py",
            "from time import time",
            "weibao.workspace.recording.clone -> time",
        ),
    ],
    "The network": [
        ("cli/main.py", "import socket", "weibao.cli.main -> socket"),
        ("demo/year.py", "from http.client import HTTPSConnection", "weibao.demo.year -> http"),
    ],
}
"""By the first words of a contract: where a fault is planted, its line, and how the gate tells it."""


def judged(folder: Path, faults: dict[str, str], settings: str = SETTINGS) -> tuple[int, str]:
    """What the linter says of a copy of the package with these lines added (by file)."""
    copy = folder / "weibao"
    shutil.copytree(PACKAGE, copy, ignore=lambda _, names: [n for n in names if _is_data(n)])
    for file, lines in faults.items():
        path = copy / file
        path.parent.mkdir(exist_ok=True)
        (path.parent / "__init__.py").touch()
        with path.open("a", encoding="utf-8") as stream:
            stream.write(f"\n{lines}\n")
    (folder / "pyproject.toml").write_text(settings, encoding="utf-8")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command as run; run()",
            "--no-cache",
        ],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "400", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def _is_data(name: str) -> bool:
    return "." in name and not name.endswith(".py")


def verdicts(said: str) -> dict[str, str]:
    """``KEPT`` or ``BROKEN`` by the name of each contract."""
    return dict(re.findall(r"^(\S.*?) (KEPT|BROKEN)\b", said, re.MULTILINE))


def told(said: str, contract: str) -> str:
    """What the linter says of one broken contract."""
    after = said.partition("Broken contracts")[2].partition(f"\n{contract}\n---")[2]
    return re.split(r"\n.+\n-{9}", after)[0]


@pytest.fixture(scope="module")
def planted(tmp_path_factory) -> str:
    faults = {file: line for rows in PLANTED.values() for file, line, _ in rows}
    code, said = judged(tmp_path_factory.mktemp("planted"), faults)
    assert code == 1
    return said


def test_every_contract_has_a_fault_planted_for_it() -> None:
    assert [
        name for name in CONTRACTS if not any(name["name"].startswith(key) for key in PLANTED)
    ] == []
    assert len(CONTRACTS) == len(PLANTED)


def test_a_fault_is_planted_where_there_is_a_module_or_in_a_folder_that_is_new() -> None:
    files = {file for rows in PLANTED.values() for file, _, _ in rows}
    assert [one for one in files if "attic/" not in one and not (PACKAGE / one).is_file()] == []


def test_a_copy_without_a_fault_keeps_every_contract(tmp_path) -> None:
    code, said = judged(tmp_path, {})

    assert verdicts(said) == {contract["name"]: "KEPT" for contract in CONTRACTS}, said
    assert code == 0


@pytest.mark.parametrize("key", PLANTED)
def test_a_contract_is_broken_by_the_fault_that_it_is_there_for(planted, key: str) -> None:
    name = next(contract["name"] for contract in CONTRACTS if contract["name"].startswith(key))

    assert verdicts(planted)[name] == "BROKEN"
    for _, _, shown in PLANTED[key]:
        assert shown in told(planted, name)


def test_a_permission_that_nobody_needs_any_more_breaks_its_contract(tmp_path) -> None:
    needed = '"weibao.history.git.reader -> subprocess",'
    assert needed in SETTINGS
    settings = SETTINGS.replace(needed, f'{needed} "weibao.sla.judge -> subprocess",')

    code, said = judged(tmp_path, {}, settings)

    assert code == 1
    assert "No matches for ignored import weibao.sla.judge -> subprocess" in said


def test_every_module_is_of_the_core_or_forbidden_to_it() -> None:
    assert unplaced(modules()) == []


@pytest.mark.parametrize(
    "new", ["weibao.attic", "weibao.history.attic", "weibao.history.git.attic"]
)
def test_a_new_module_that_is_of_neither_is_seen(new: str) -> None:
    assert unplaced([*modules(), new]) == [new]


def unplaced(found) -> list[str]:
    """The modules that the contract on the core does not speak of; a folder's own file may be empty."""
    placed = [*CORE["source_modules"], *CORE["forbidden_modules"]]
    folders = {module.rpartition(".")[0] for module in found}
    return [
        module
        for module in found
        if module not in folders
        and not any(module == room or module.startswith(f"{room}.") for room in placed)
    ]
