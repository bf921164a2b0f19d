"""Questions on a terminal, one function for each kind; the one place that knows the prompt library.

A question is asked only where somebody can answer it. Ctrl-C and Ctrl-D end the command, and nothing
has been written by then.
"""

from __future__ import annotations

from string import printable
from typing import TYPE_CHECKING, cast

import click

from weibao.language import N_
from weibao.refusal import Refusal
from weibao.render.words.plain import plain_facts

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
    from questionary import Question
    from questionary.prompts.common import InquirerControl

    from weibao.language import Language

AT_ONCE = 60
"""As many choices as stand on the screen: of nine hundred causes, typing finds the one."""
_NOWHERE = -1
"""The row of a list that no mark stands before."""
ESCAPE_SECONDS = 0.1
"""How long a lone Esc is waited for: keys that send several characters begin with the same one."""


class Dropped(click.Abort):
    """Whoever was asked would rather not answer: the command ends, and nothing has been written."""


class Title(str):
    """How a choice reads; typing finds it by ``also`` too, its names in the other language."""

    __slots__ = ("also",)
    also: str

    @classmethod
    def of(cls, text: str, also: str) -> Title:
        """The title ``text``, found by ``also`` as well."""
        title = cls(text)
        title.also = also
        return title

    def lower(self) -> str:
        """What the prompt library looks in for what was typed."""
        return f"{self} {self.also}".lower()


def ask_text(
    question: str, read: Callable[[str], object], words: Language, *, default: str = ""
) -> str:
    """A line of text that ``read`` takes; what it refuses is told at once, and asked again."""
    import questionary

    while True:
        answer = _answer(words, questionary.text(question, default=default, qmark="?"))
        try:
            read(answer)
        except Refusal as refusal:
            # Above the question and not below it, where the library has one line, and cuts it.
            facts = plain_facts(refusal.facts, words)
            questionary.print(words.text(refusal.message, **facts), style="fg:ansired")
            if refusal.mend:
                questionary.print(words.text(refusal.mend, **facts))
            default = answer
        else:
            return answer


def ask_one(question: str, choices: Mapping[str, str], words: Language) -> str:
    """One of ``choices`` (value → how it reads), the first unless another is chosen.

    Whatever is typed narrows them to those that have it, in any script; arrows move.
    """
    import questionary

    listed = [questionary.Choice(title, value) for value, title in choices.items()]
    told = words.text(N_("(arrows, or type to narrow)"))
    if len(listed) > AT_ONCE:
        told = words.text(N_("(type to narrow: {number} in all)"), number=len(listed))
    return _answer(
        words,
        questionary.select(
            question,
            listed,
            qmark="?",
            instruction=told,
            use_search_filter=True,
            use_jk_keys=False,
        ),
    )


def ask_several(
    question: str,
    choices: Callable[[tuple[str, ...]], Mapping[str, str]],
    words: Language,
    *,
    none: bool,
) -> tuple[str, ...]:
    """Some of the choices, one after the other, until no more is wanted; at least one unless ``none``.

    ``choices`` has those that there are once some are chosen.
    """
    chosen: tuple[str, ...] = ()
    while left := {value: title for value, title in choices(chosen).items() if value not in chosen}:
        enough = words.text(N_("No more")) if chosen else words.text(N_("Nothing"))
        offered = {"": enough} | left if chosen or none else left
        answer = ask_one(question, offered, words)
        if not answer:
            break
        chosen = (*chosen, answer)
    return chosen


def ask_consent(question: str, words: Language, yes: str = "") -> None:
    """Go on at Enter; anything else ends the command before anything is written."""
    choices = {"yes": yes or words.text(N_("Record it")), "": words.text(N_("Drop it"))}
    if not ask_one(question, choices, words):
        raise Dropped


def _answer(words: Language, question: Question) -> str:
    """The answer; Esc ends the command as Ctrl-C does, and whatever is typed narrows a list."""
    from prompt_toolkit.key_binding import KeyBindings, merge_key_bindings
    from prompt_toolkit.keys import Keys
    from questionary.prompts.common import InquirerControl

    keys = KeyBindings()

    @keys.add(Keys.Escape, eager=True)
    def _drop(event: KeyPressEvent) -> None:
        event.app.exit(exception=KeyboardInterrupt, style="class:aborting")

    application = question.application
    for control in application.layout.find_all_controls():
        if isinstance(control, InquirerControl):
            _narrow_by_typing(keys, control, words)
    bound = [application.key_bindings] if application.key_bindings else []
    application.key_bindings = merge_key_bindings([*bound, keys])
    application.ttimeoutlen = ESCAPE_SECONDS
    try:
        answer: str = question.unsafe_ask()
    except (EOFError, KeyboardInterrupt):
        raise Dropped from None
    return answer


def _narrow_by_typing(keys: KeyBindings, control: InquirerControl, words: Language) -> None:
    """Have every character narrow the list, what begins so coming first; say where nothing fits.

    questionary itself takes characters of ASCII alone, keeps the order, and where nothing is left
    shows all, with the first marked, and lets Enter choose it: an asset that nobody meant.
    """
    from prompt_toolkit.keys import Keys
    from questionary import Choice

    listed = [(cast("str", choice.title).lower(), choice) for choice in control.choices]
    control.choices = control.choices[:AT_ONCE]
    nothing = Choice(words.text(N_("Nothing fits.")), "")

    def narrow(event: KeyPressEvent) -> None:
        if event.key_sequence[0].key == Keys.Backspace:
            control.remove_search_character()
        for character in event.data if event.data.isprintable() else "":
            control.add_search_character(character)  # type: ignore[arg-type]
        typed = (control.search_filter or "").lower()
        begun = [choice for text, choice in listed if text.startswith(typed)]
        fitting = begun + [
            choice for text, choice in listed if typed in text[1:] and choice not in begun
        ]
        control.choices = fitting[:AT_ONCE] or [nothing]
        control.pointed_at = 0 if fitting else _NOWHERE

    def choose(event: KeyPressEvent) -> None:
        if nothing not in control.choices:
            control.is_answered = True
            event.app.exit(result=control.get_pointed_at().value)

    for key in (*filter(str.isprintable, printable), Keys.Backspace):
        keys.add(key, eager=True)(narrow)
    for key in (Keys.Any, Keys.BracketedPaste):
        keys.add(key)(narrow)
    keys.add(Keys.ControlM, eager=True)(choose)
