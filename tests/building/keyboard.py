"""A pipe in place of the keyboard: what is typed at the questions of a command."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

if TYPE_CHECKING:
    from collections.abc import Iterator

ENTER, ESC, BACKSPACE, DOWN = "\r", "\x1b", "\x7f", "\x1b[B"
CTRL_C, CTRL_D, CTRL_U = "\x03", "\x04", "\x15"


@contextmanager
def keys(typed: str, then: str = CTRL_C) -> Iterator[None]:
    """``typed`` is what somebody types from here on, as fast as it is read.

    ``then`` follows, so that a question too many ends the command instead of waiting for ever.
    """
    with create_pipe_input() as keyboard, create_app_session(keyboard, DummyOutput()):
        keyboard.send_text(typed + then)
        yield
