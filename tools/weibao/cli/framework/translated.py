"""Click's commands in the reader's language: help texts are message ids until they are shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from weibao.cli.framework import terminal
from weibao.language import N_, run_on

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from click.shell_completion import CompletionItem

    from weibao.language import Language

USAGE_PIECES = frozenset({N_("[OPTIONS]"), N_("COMMAND [ARGS]..."), N_("[COMMAND] [ARGS]...")})
"""What Click itself puts into a usage line; the rest are metavars of ours."""


class Bilingual(str):
    """A help text out of the table of events, which has both languages itself."""

    __slots__ = ("zh",)
    zh: str

    @classmethod
    def of(cls, zh: str, en: str) -> Bilingual:
        """The text that reads ``zh`` in Chinese and ``en`` in English."""
        text = cls(en)
        text.zh = zh
        return text


def said(context: click.Context, text: str) -> str:
    """A help text in the session's language."""
    return said_in(language_of(context), text)


def said_in(language: Language, text: str) -> str:
    """A help text in a language."""
    if isinstance(text, Bilingual):
        return language.pick({"zh": text.zh, "en": str(text)})
    return language.text(text)


def language_of(context: click.Context) -> Language:
    """The language that the context's session speaks."""
    found: Language = context.find_root().obj.language
    return found


class EmptyParameter(click.MissingParameter):
    """A required option or argument was given as ""."""


class _Parameter(click.Parameter):
    """An option or an argument that Tab completes, by the word that names its value.

    ``none_is_said`` is true of one whose "" says that there is none.
    """

    none_is_said = False
    unless: tuple[str, ...] = ()
    """Other parameters, read before it, any of which does without it."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """What may stand here, as far as it is typed."""
        from weibao.cli.framework.completing import completions

        found = completions((self.metavar or "").strip("[]"), ctx, incomplete)
        return super().shell_complete(ctx, incomplete) if found is None else found

    def process_value(self, ctx: click.Context, value: Any) -> Any:
        """The value; None for one that is missing and that the command will ask for.

        A required word that is given as "" is missing too: nothing has such a name, or such a text.
        """
        given = ParameterSource.COMMANDLINE
        if self.required and any(ctx.get_parameter_source(name) is given for name in self.unless):
            return value if isinstance(value, (str, tuple)) and not _says_nothing(value) else None
        try:
            if self.required and not self.none_is_said and _says_nothing(value):
                raise EmptyParameter(ctx=ctx, param=self)
            return super().process_value(ctx, value)
        except click.MissingParameter:
            if isinstance(ctx.command, Conversing) and terminal.can_ask():
                return () if self.multiple else None
            raise


def _says_nothing(value: Any) -> bool:
    """Whether what was given is "", or nothing but that several times."""
    given = value if isinstance(value, (tuple, list)) else (value,)
    return bool(given) and all(isinstance(word, str) and not word.strip() for word in given)


class Option(_Parameter, click.Option):
    """An option whose help is translated when it is shown."""

    def __init__(self, *args: Any, none_is_said: bool = False, **attributes: Any) -> None:
        """As ``click.Option``, which would make a plain string of a bilingual ``help``."""
        super().__init__(*args, **attributes)
        self.none_is_said = none_is_said
        if isinstance(given := attributes.get("help"), Bilingual):
            self.help = given

    def make_metavar(self, ctx: click.Context) -> str:
        """What stands for the value: of a number, which it may be, ``1-9`` or ``≥1``."""
        kind = self.type
        if self.metavar or not isinstance(kind, click.IntRange):
            return super().make_metavar(ctx)
        return f"≥{kind.min}" if kind.max is None else f"{kind.min}-{kind.max}"

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line of help in the session's language."""
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], "  ".join([said(ctx, self.help), *self._limits(language_of(ctx))])

    def _limits(self, words: Language) -> Iterator[str]:
        # A range stands in place of the value, unless that has a word of its own.
        if self.metavar and isinstance(self.type, click.IntRange) and self.type.max is not None:
            yield f"[{self.type.min}–{self.type.max}]"
        if self.required:
            yield words.text(N_("[required]"))
        elif self.show_default:
            yield words.text(N_("[default: {value}]"), value=self.default)


class Argument(_Parameter, click.Argument):
    """An argument with a help text of its own, translated when it is shown."""

    def __init__(self, names: Sequence[str], *, explained: str, **attributes: Any) -> None:
        """``explained`` is the message id of what the argument is."""
        super().__init__(names, **attributes)
        self.explained = explained


class UnknownCommand(click.UsageError):
    """A group has no command of this name; ``nearest`` is what may have been meant, or ""."""

    def __init__(self, name: str, known: Iterable[str], ctx: click.Context) -> None:
        """``known`` are the group's commands."""
        super().__init__(name, ctx)
        from difflib import get_close_matches

        self.name = name
        self.nearest = next(iter(get_close_matches(name, known, 1)), "")


class _Translated(click.Command):
    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """The arguments that are left; an error says which command it is about."""
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The usage line in the session's language."""
        words = language_of(ctx)
        pieces = [
            words.text(piece) if piece in USAGE_PIECES else piece
            for piece in self.collect_usage_pieces(ctx)
        ]
        heading = words.text(N_("Usage:"))
        told = run_on(heading, ctx.command_path).removesuffix(ctx.command_path)
        formatter.write_usage(ctx.command_path, " ".join(pieces), prefix=told)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's description in the session's language."""
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(self.description(ctx))

    def description(self, ctx: click.Context) -> str:
        """What the command does, in the session's language."""
        return said(ctx, self.help or "")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The arguments and the options, under headings in the session's language."""
        words, parameters = language_of(ctx), self.get_params(ctx)
        arguments = [
            (parameter.make_metavar(ctx), words.text(parameter.explained))
            for parameter in parameters
            if isinstance(parameter, Argument)
        ]
        options = [
            found
            for parameter in parameters
            if isinstance(parameter, click.Option) and (found := parameter.get_help_record(ctx))
        ]
        for heading, rows in (
            (N_("Arguments"), arguments),
            (N_("Options"), options),
        ):
            if rows:
                with formatter.section(words.text(heading)):
                    formatter.write_dl(rows)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """The options that begin so, each with its help in the session's language."""
        found = click.Command.shell_complete(self, ctx, incomplete)
        for word in found:
            word.help = said(ctx, word.help) if word.help else word.help
        return found

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, described in the session's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = language_of(ctx).text(N_("Show this help."))
        return option


class Command(_Translated):
    """A command whose texts are message ids."""


class Conversing(Command):
    """A command that asks for what it needs and was not given, where somebody can answer.

    ``step`` is the sentence (with ``{event}``) of one that records an event, of which ``help`` is the
    title; "" for every other.
    """

    def __init__(self, *args: Any, step: str = "", **attributes: Any) -> None:
        """As ``click.Command``, and the sentence."""
        super().__init__(*args, **attributes)
        self.step = step

    def description(self, ctx: click.Context) -> str:
        """What the command does, in the session's language."""
        title = super().description(ctx)
        if not self.step:
            return title
        return language_of(ctx).text(self.step, event=title[:1].lower() + title[1:])


class Group(_Translated, click.Group):
    """A group of commands; those given as ``module:attribute`` are imported when they are used."""

    command_class = Command

    def __init__(
        self, *args: Any, lazy: dict[str, tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        """``lazy`` maps a command's name to ``("module:attribute", "help in a line")``.

        ``aliases`` are further names of commands, which help and completion leave out.
        """
        super().__init__(*args, **kwargs)
        self._lazy = lazy or {}
        self.aliases: dict[str, str] = {}

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - Click's signature
        """The commands' names in the order in which they were given."""
        return [*self._lazy, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name or alias, imported now if it is a lazy one."""
        cmd_name = self.aliases.get(cmd_name, cmd_name)
        if cmd_name in self._lazy:
            module, attribute = self._lazy[cmd_name][0].split(":")
            command: click.Command = getattr(import_module(module), attribute)
            return command
        return super().get_command(ctx, cmd_name)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem[str]]:
        """The commands and options that begin so; no command is imported for it."""
        from click.shell_completion import CompletionItem

        lines = {name: line for name, (_, line) in self._lazy.items()}
        lines |= {name: command.help or "" for name, command in self.commands.items()}
        commands = [
            CompletionItem(name, help=said(ctx, line))
            for name, line in lines.items()
            if name.startswith(incomplete)
        ]
        return [*commands, *_Translated.shell_complete(self, ctx, incomplete)]

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; raises ``UnknownCommand`` where there is none."""
        if ctx.resilient_parsing:  # a line that is still being typed
            return super().resolve_command(ctx, args)
        if not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise UnknownCommand(args[0], self.list_commands(ctx), ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then the commands with their one-line help, none of them imported for it."""
        super().format_options(ctx, formatter)
        language = language_of(ctx)
        rows = [(name, language.text(line)) for name, (_, line) in self._lazy.items()]
        rows += [(name, said(ctx, command.help or "")) for name, command in self.commands.items()]
        with formatter.section(language.text(N_("Commands"))):
            formatter.write_dl(rows)


def option(*names: str, **attributes: Any) -> Callable[[Any], Any]:
    """``click.option`` with a translated help."""
    return click.option(*names, cls=Option, **attributes)


def argument(*names: str, explained: str, **attributes: Any) -> Callable[[Any], Any]:
    """``click.argument`` with a translated help."""
    return click.argument(*names, cls=Argument, explained=explained, **attributes)
