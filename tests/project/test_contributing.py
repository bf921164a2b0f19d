"""What contributors are told to type is there to be typed, and what can be typed is told."""

from __future__ import annotations

import re
import tomllib
from importlib.util import find_spec
from itertools import chain

import pytest

from project.pages import ROOT

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

PYTHON = re.compile(r"\.venv[/\\](?:bin|Scripts)[/\\]python +([^`\n]+)")
COMPILE = re.compile(r"uv pip compile .*pyproject\.toml((?: --extra \w+)*)(?: -c \S+)? -o (\S+)")


def has_what_it_names(arguments: list[str]) -> bool:
    """Whether the module or script that Python is given exists, and every path beside it."""
    script = not arguments[0].startswith("-")
    paths = [word for word in arguments if "/" in word and "=" not in word]
    found = script or (arguments[0] == "-m" and find_spec(arguments[1]) is not None)
    return found and all((ROOT / path).exists() for path in paths)


@pytest.mark.parametrize("command", PYTHON.findall(CONTRIBUTING))
def test_a_command_of_contributing_names_what_is_there(command: str) -> None:
    assert has_what_it_names(command.split())


def test_a_command_that_names_what_is_not_there_would_be_noticed() -> None:
    assert not has_what_it_names(["tools/frobnicate.py"])
    assert not has_what_it_names(["-m", "frobnicate"])
    assert not has_what_it_names(["-m", "pytest", "tests/frobnicate"])


def test_the_generator_that_a_new_event_needs_is_named_beside_its_recipe() -> None:
    (section,) = (part for part in CONTRIBUTING.split("\n## ") if "\n- **An event.**" in part)

    assert ".venv/bin/python tools/write_schema_branches.py" in section
    (variable, test) = re.findall(r"(\w+)=1 .*-n0 (\S+)", section)[0]
    assert f'environ.get("{variable}")' in (ROOT / test).read_text(encoding="utf-8")


def test_every_lock_is_made_by_a_line_of_contributing_from_an_extra_that_there_is() -> None:
    made = {lock: options.split()[1::2] for options, lock in COMPILE.findall(CONTRIBUTING)}
    locks = {f"requirements/{lock.name}" for lock in (ROOT / "requirements").glob("*.lock")}

    assert made.keys() == locks
    assert set(chain(*made.values())) == PROJECT["optional-dependencies"].keys()


def test_make_help_names_every_target_and_so_does_a_page() -> None:
    (phony,) = re.findall(r"^\.PHONY: (help .+)$", MAKEFILE, re.MULTILINE)
    targets = re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE)
    helped = re.findall(r"^\t@echo 'make (\w+) ", MAKEFILE, re.MULTILINE)
    told = CONTRIBUTING + (ROOT / "README.md").read_text(encoding="utf-8")

    assert sorted(phony.split()) == sorted(targets) == sorted([*helped, "help"])
    for target in ("demo", "test", "lint", "format", "hooks", "coverage", "dist"):
        assert f"make {target}" in told


@pytest.mark.parametrize("page", ["README.md", "README.zh-CN.md"])
def test_the_first_screen_names_the_demonstration_and_the_tests(page: str) -> None:
    first = (ROOT / page).read_text(encoding="utf-8").splitlines()[:25]

    for command in ("make demo", "make test"):
        assert any(line.strip().startswith(command) for line in first)
