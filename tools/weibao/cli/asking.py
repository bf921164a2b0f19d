"""Questions on a terminal, one function for each kind; the one place that knows the prompt library.

A question is asked only where somebody can answer it. Ctrl-C and Ctrl-D end the command, and nothing
has been written by then.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from weibao.refusal import Refusal
from weibao.view.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from questionary import Question

    from weibao.language import Language


def can_ask() -> bool:
    """Whether somebody is there to answer: a terminal to read from and one to write on."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_text(
    question: str, read: Callable[[str], object], words: Language, *, default: str = ""
) -> str:
    """A line of text that ``read`` takes; what it refuses is told at once, and asked again."""
    import questionary

    def check(answer: str) -> bool | str:
        try:
            read(answer)
        except Refusal as refusal:
            facts = {key: plain(str(value)) for key, value in refusal.facts.items()}
            told = (words.text(refusal.message, **facts), words.text(refusal.mend, **facts))
            return " ".join(one for one in told if one)
        return True

    return _answer(
        questionary.text(
            question, default=default, validate=check, qmark="?", validate_while_typing=False
        )
    )


def _answer(question: Question) -> str:
    try:
        answer: str = question.unsafe_ask()
    except EOFError:
        raise click.Abort from None
    return answer
