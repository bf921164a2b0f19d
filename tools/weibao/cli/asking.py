"""Questions on a terminal, one function for each kind; the one place that knows the prompt library.

A question is asked only where somebody can answer it. Ctrl-C and Ctrl-D end the command, and nothing
has been written by then.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from weibao.language import N_
from weibao.refusal import Refusal
from weibao.view.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from questionary import Question
    from questionary.prompts.common import InquirerControl

    from weibao.language import Language

ESCAPE_SECONDS = 0.1
"""How long a lone Esc is waited for: keys that send several characters begin with the same one."""


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


def ask_one(question: str, choices: Mapping[str, str], words: Language) -> str:
    """One of ``choices`` (value → how it reads), the first unless another is chosen.

    Whatever is typed narrows them to those that have it, in any script; arrows move.
    """
    import questionary

    listed = [questionary.Choice(title, value) for value, title in choices.items()]
    return _answer(
        questionary.select(
            question,
            listed,
            qmark="?",
            instruction=words.text(N_("(arrows, or type to narrow)")),
            use_search_filter=True,
            use_jk_keys=False,
        )
    )


def ask_several(
    question: str, choices: Mapping[str, str], words: Language, *, none: bool
) -> tuple[str, ...]:
    """Some of ``choices``, one after the other, until no more is wanted; at least one unless ``none``."""
    enough = words.text(N_("No more"))
    chosen: list[str] = []
    while left := {value: title for value, title in choices.items() if value not in chosen}:
        offered = {"": enough} | left if chosen else left | ({"": enough} if none else {})
        answer = ask_one(question, offered, words)
        if not answer:
            break
        chosen.append(answer)
    return tuple(chosen)


def ask_consent(question: str, words: Language) -> None:
    """Go on at Enter; anything else ends the command before anything is written."""
    choices = {"yes": words.text(N_("Record it")), "": words.text(N_("Drop it"))}
    if not ask_one(question, choices, words):
        raise click.Abort


def _answer(question: Question) -> str:
    """The answer; Esc ends the command as Ctrl-C does, and whatever is typed narrows a list."""
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
    from prompt_toolkit.keys import Keys
    from questionary.prompts.common import InquirerControl

    keys = KeyBindings()

    @keys.add(Keys.Escape, eager=True)
    def _drop(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    application = question.application
    controls: Iterable[object] = application.layout.find_all_controls()
    for control in controls:
        if isinstance(control, InquirerControl):
            _narrow_by_any_script(keys, control)
    bound: Sequence[object] = (application.key_bindings, keys)
    application.key_bindings = merge_key_bindings([one for one in bound if one])  # type: ignore[misc]
    application.ttimeoutlen = ESCAPE_SECONDS
    try:
        answer: str = question.unsafe_ask()
    except EOFError:
        raise click.Abort from None
    return answer


def _narrow_by_any_script(keys: KeyBindings, control: InquirerControl) -> None:
    """Have every character narrow the list: questionary itself takes those of ASCII alone."""
    from prompt_toolkit.keys import Keys

    @keys.add(Keys.Any)
    @keys.add(Keys.BracketedPaste)
    def _narrow(event: KeyPressEvent) -> None:
        for character in event.data:
            if character.isprintable():
                control.add_search_character(character)  # type: ignore[arg-type]
