"""The options of a command that records a step: those of every step, and those of its event's fields.

What a noun adds of its own (a default, a document) it adds around these, so that an option means the
same wherever it stands.
"""

from __future__ import annotations

import re
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from weibao.cli.framework.translated import Bilingual, option
from weibao.language import N_
from weibao.model.events import event_named
from weibao.model.field_kinds import Form, Thing
from weibao.model.naming import word_called
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from weibao.language import Language
    from weibao.model.events import Field
    from weibao.model.field_kinds import FieldKind

Given = dict[str, Any]
"""The options of a writing command, by name."""

PUSH = option(
    "--push/--no-push",
    "push",
    default=None,
    help=N_("Send the step after the commit, as weibao sync does; or not (the default)."),
)


def _take_along(context: click.Context, _parameter: click.Parameter, given: bool) -> None:  # noqa: FBT001
    context.find_root().obj.with_edits = given


WITH_EDITS = option(
    "--with-edits",
    is_flag=True,
    expose_value=False,
    callback=_take_along,
    help=N_("Commit along what is edited in the configuration and not committed yet."),
)
"""The session keeps it: whoever writes asks for it there."""


class SaidChoice(click.Choice[str]):
    """A choice that may be made in the words that it is told in: 电话 for ``phone``, of any width."""

    def __init__(self, kind: FieldKind) -> None:
        """``kind`` has the choices, and names the words of them in the catalogues."""
        super().__init__(kind.choices)
        self._kind = kind

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """See ``click.Choice``."""
        return super().convert(word_called(self._kind, str(value)), param, ctx)

    def told(self, words: Language) -> Iterator[str]:
        """The choices, each with what it is called where that is another word."""
        for word in self._kind.choices:
            called = words.term(self._kind.name, word)
            same = called == " ".join(word.split("_"))
            yield word if same else f"{word} ({called})"


class SeverityNumber(click.IntRange):
    """A severity by its number; a word for one is left to be looked up in the contract."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """See ``click.IntRange``."""
        text = str(value).strip()
        numeric = not text or re.fullmatch(r"[-+]?\d+(\.\d+)?", text)
        return super().convert(value, param, ctx) if numeric else text


SEVERITY = SeverityNumber(1, 9)

WRITING = (
    option(
        "--at",
        "when",
        default="now",
        metavar="TIME",
        help=N_(
            "When it happened, as people say it: 09:12, -20m, yesterday 2:30 pm, “2026-11-23 09:12”; "
            "now if not given."
        ),
    ),
    option(
        "--by",
        default="",
        metavar="PERSON",
        help=N_("Who did it; if not given, whoever git says you are."),
    ),
    option("--note", default="", metavar="TEXT", help=N_("A note that goes with it.")),
    option("--internal", is_flag=True, help=N_("Keep the entry off the customer's site.")),
    option(
        "--commit/--no-commit",
        "commit",
        default=True,
        help=N_("Commit the step (the default), or only write it."),
    ),
    PUSH,
    WITH_EDITS,
)
"""The options of every command that writes."""


def writing(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every command that writes, which cannot all go together."""

    @wraps(command)
    def agreeing(*args: Any, **given: Any) -> None:
        if given["push"] and not given["commit"]:
            raise UsageRefusal(
                N_("--push sends what is committed, and with --no-commit nothing is."),
                mend=N_("Leave out one of the two."),
            )
        command(*args, **given)

    with_options: Callable[..., None] = agreeing
    for add in reversed(WRITING):
        with_options = add(with_options)
    return with_options


CHANGING = (
    option("--yes", is_flag=True, help=N_("Do not ask: the difference is shown and committed.")),
    PUSH,
    option(
        "--propose",
        is_flag=True,
        help=N_(
            "Send it as a branch that a request asks to be merged, as weibao sync --propose does."
        ),
    ),
    WITH_EDITS,
)
"""The options of every command that changes the configuration."""


def changing(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options of every command that changes the configuration."""

    @wraps(command)
    def agreeing(*args: Any, **given: Any) -> None:
        if given["push"] is False and given["propose"]:
            raise UsageRefusal(
                N_("--propose sends the change, and --no-push does not."),
                mend=N_("Leave out one of the two."),
            )
        command(*args, **given)

    with_options: Callable[..., None] = agreeing
    for add in reversed(CHANGING):
        with_options = add(with_options)
    return with_options


def field_options(
    kind: str, event: str, *, not_required: Collection[str] = ()
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Add the options of an event's fields; those in ``not_required`` have a default elsewhere."""

    def add(command: Callable[..., None]) -> Callable[..., None]:
        for field in reversed(event_named(kind, event).fields):
            required = field.required and field.key not in not_required
            command = _field_option(field, required=required)(command)
        return command

    return add


def _field_option(field: Field, *, required: bool) -> Callable[[Any], Any]:
    kind = field.kind
    taken: Any = str
    if kind.choices:
        taken = SaidChoice(kind)
    elif kind.thing is Thing.SEVERITY:
        taken = SEVERITY
    elif kind.form is Form.NUMBER:
        taken = click.IntRange(1, kind.most)
    names = [f"--{field.key.replace('_', '-')}"]
    if kind.form is Form.SERIAL and kind.several:
        names.append("--serial")
    return option(
        *names,
        option_name(field),
        type=taken,
        multiple=kind.several,
        required=required,
        none_is_said=kind.none_is_said,
        metavar=None if kind.choices else kind.defined_as.removeprefix("clock_").upper(),
        help=Bilingual.of(field.zh, field.en),
    )


def option_name(field: Field) -> str:
    """The name of the parameter that takes a field."""
    return f"field_{field.key}"
