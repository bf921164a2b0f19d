"""What the documents say is so: their links lead somewhere and their commands exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

from project.pages import PAGES, ROOT, commands, links, name
from weibao.cli.main import weibao

if TYPE_CHECKING:
    from pathlib import Path

TARGETS = set(
    re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
)

PLACEHOLDER = re.compile(r"[…<>|\[\]]|^[A-Z]+$|\.\.\.")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_link_to_a_file_of_this_repository_leads_to_it(page: Path) -> None:
    missing = [target for target in links(page) if not (page.parent / target).resolve().exists()]

    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_every_command_shown_is_one_that_exists_with_the_options_shown(page: Path) -> None:
    wrong = [" ".join(words) for words in commands(page) if not _exists(words)]

    assert wrong == []


def test_a_command_that_does_not_exist_would_be_noticed() -> None:
    assert not _exists(["weibao", "frobnicate"])
    assert not _exists(["weibao", "check", "--frobnicate"])
    assert not _exists(["make", "frobnicate"])


@pytest.mark.parametrize("page", sorted((ROOT / "docs" / "handbook").glob("*.md")), ids=name)
def test_every_page_of_the_handbook_has_one_in_the_other_language(page: Path) -> None:
    english = page.name.endswith(".en.md")
    other = page.name.replace(".en.md", ".md") if english else page.stem + ".en.md"

    assert (page.parent / other).is_file()
    assert other in page.read_text(encoding="utf-8") or page.stem.startswith("index")


def test_both_readmes_show_the_same_commands() -> None:
    english, chinese = (
        {
            tuple(word for word in words[:3] if word.isascii() and word.islower())
            for words in commands(ROOT / readme)
        }
        for readme in ("README.md", "README.zh-CN.md")
    )

    assert english == chinese


def _exists(words: list[str]) -> bool:
    if words[0] == "make":
        goals = [word for word in words[1:] if "=" not in word and not PLACEHOLDER.search(word)]
        return all(goal in TARGETS for goal in goals)
    command: click.Command = weibao
    rest = words[1:]
    known = {option for one in command.params for option in one.opts + one.secondary_opts}
    while rest:
        word = rest.pop(0)
        if PLACEHOLDER.search(word) and not word.startswith("--"):
            continue
        if word.startswith("-") and not re.fullmatch(r"-\d+\w+", word):
            option = word.split("=")[0]
            if option != "--help" and option not in known:
                return False
            if option in {"-C", "--lang", "--color", "--seen"}:
                rest.pop(0)
        elif isinstance(command, click.Group):
            found = command.get_command(click.Context(command), word)
            if found is None:
                return False
            command = found
            known |= {option for one in command.params for option in one.opts + one.secondary_opts}
    return True
