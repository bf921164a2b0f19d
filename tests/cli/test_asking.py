"""Questions on a terminal, answered through a pipe in place of the keyboard."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from weibao.cli.asking import ask_text
from weibao.desk.new_repository import read_name
from weibao.language import language

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTER, CTRL_C, CTRL_D, CTRL_U = "\r", "\x03", "\x04", "\x15"


@contextmanager
def keys(typed: str) -> Iterator[None]:
    with create_pipe_input() as keyboard, create_app_session(keyboard, DummyOutput()):
        keyboard.send_text(typed)
        yield


def ask(typed: str, default: str = "") -> str:
    with keys(typed):
        return ask_text("Name:", read_name, language("en"), default=default)


def test_what_is_typed_is_the_answer() -> None:
    assert ask(f"网络维保{ENTER}") == "网络维保"


def test_enter_alone_takes_the_default() -> None:
    assert ask(ENTER, "known") == "known"


def test_the_default_can_be_changed() -> None:
    assert ask(f"{CTRL_U}new{ENTER}", "known") == "new"


def test_an_answer_that_is_refused_is_asked_for_again() -> None:
    assert ask(f"{ENTER}  {ENTER}{CTRL_U}x{ENTER}") == "x"


def test_a_pasted_control_character_is_refused() -> None:
    assert ask(f"a\u202eb{ENTER}{CTRL_U}x{ENTER}") == "x"


def test_ctrl_c_ends_the_command() -> None:
    with pytest.raises(KeyboardInterrupt):
        ask(f"half{CTRL_C}")


def test_ctrl_d_ends_the_command() -> None:
    with pytest.raises(click.Abort):
        ask(CTRL_D)
