"""The help of every command, in the reader's language down to its headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click
import pytest

from weibao.cli.framework.session import Session
from weibao.cli.main import run, weibao
from weibao.rules.catalogue import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from building.commands import Weibao

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def commands(group: click.Group, path: tuple[str, ...], folder: Path) -> Iterator[tuple[str, ...]]:
    context = click.Context(group, obj=Session(folder, "en", "auto"))
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        assert found is not None
        yield (*path, name)
        if isinstance(found, click.Group):
            yield from commands(found, (*path, name), folder)


def every_command(folder: Path) -> list[tuple[str, ...]]:
    return [(), *commands(weibao, (), folder)]


def test_every_command_helps_in_chinese_and_nothing_of_it_is_left_in_english(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in every_command(tmp_path):
        assert run(["--lang", "zh", *path, "--help"]) == 0
        said = capsys.readouterr().out
        for english in (
            "Usage",
            "Options:",
            "Commands:",
            "Arguments:",
            "[OPTIONS]",
            "COMMAND",
            "ARGS",
            "RANGE",
            "：\n",
            "用法：",
            "[required]",
            "[default",
            "Show this",
        ):
            assert english not in said, (path, said)
        assert not re.search(r"[：；，。？] \S", said), (path, said)
        for line in re.split(r"\n(?=  \S)", said)[1:]:
            assert CHINESE.search(re.sub(r"\[.*?\]", "", line)), (path, line)


def test_every_command_helps_in_english_and_nothing_of_it_is_in_chinese(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in every_command(tmp_path):
        assert run(["--lang", "en", *path, "--help"]) == 0
        assert not CHINESE.search(capsys.readouterr().out), path


def test_a_number_shows_which_it_may_be(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en", "sla", "--help"]) == 0
    assert "--severity 1-9 " in capsys.readouterr().out
    assert run(["--lang", "en", "demo", "--help"]) == 0
    assert "--seed ≥0 " in capsys.readouterr().out


@pytest.mark.parametrize("path", [("inspection",), ("ticket", "part")])
def test_a_group_without_a_command_shows_its_help_and_ends_as_misuse(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["--lang", "en", *path]) == 2
    assert "Commands:" in capsys.readouterr().err


def test_options_without_a_command_are_misuse(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--lang", "en"]) == 2
    assert capsys.readouterr().err == "Refused: Name a command.\nSee weibao --help\n"


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert re.fullmatch(r"weibao \d+\.\d+\.\d+\n", capsys.readouterr().out)


def test_what_a_step_must_say_stands_before_what_every_step_may_say() -> None:
    for noun, verb in (("ticket", "resolve"), ("action", "raise"), ("spares", "issue")):
        command = weibao.get_command(click.Context(weibao), noun).get_command(None, verb)  # type: ignore[union-attr, attr-defined]
        required = [one.required for one in command.params]
        assert required == sorted(required, reverse=True), (noun, verb)


def test_the_help_of_a_step_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    run(["--lang", "en", "ticket", "confirm", "--help"])
    said = capsys.readouterr().out
    assert "Record a step of a ticket: confirmed by the customer." in said
    assert "[1–5]" in said


def test_which_numbers_there_may_be_is_said_once(weibao: Weibao) -> None:
    said = weibao("ticket", "open", "--help").out
    assert "--severity 1-9" in said
    assert "1–9" not in said
    assert weibao("ticket", "confirm", "--help").out.count("[1–5]") == 1


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_commands_that_a_finding_names_are_there(code: str) -> None:
    """A mend that cannot be typed is a dead end."""
    for named in re.findall(r"`weibao ([^`]+)`", RULES[code].help):
        found: click.Command = weibao
        words = named.split()
        while isinstance(found, click.Group) and words:
            inner = found.get_command(click.Context(found), words.pop(0))
            assert inner is not None, named
            found = inner
        known = {name for param in found.params for name in param.opts}
        assert {word for word in words if word.startswith("--")} <= known, named
