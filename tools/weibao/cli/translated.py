"""Click's commands in the reader's language: help texts are message ids until they are shown."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from weibao.language import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from weibao.language import Language

HELP_HEADINGS = {"Options": N_("Options"), "Commands": N_("Commands")}


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
    language = language_of(context)
    if isinstance(text, Bilingual):
        return language.pick({"zh": text.zh, "en": str(text)})
    return language.text(text)


def language_of(context: click.Context) -> Language:
    """The language that the context's session speaks."""
    found: Language = context.find_root().obj.language
    return found


class Option(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's line of help in the session's language."""
        record = super().get_help_record(ctx)
        if record is None or not self.help:
            return record
        return record[0], record[1].replace(self.help, said(ctx, self.help))


class _Translated(click.Command):
    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The command's description in the session's language."""
        if self.help:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(said(ctx, self.help))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options, under a heading in the session's language."""
        records = [found for one in self.get_params(ctx) if (found := one.get_help_record(ctx))]
        if records:
            with formatter.section(language_of(ctx).text(HELP_HEADINGS["Options"])):
                formatter.write_dl(records)

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """``--help``, described in the session's language."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = language_of(ctx).text(N_("Show this help."))
        return option


class Command(_Translated):
    """A command whose texts are message ids."""


class Group(_Translated, click.Group):
    """A group of commands; those given as ``module:attribute`` are imported when they are used."""

    command_class = Command

    def __init__(
        self, *args: Any, lazy: dict[str, tuple[str, str]] | None = None, **kwargs: Any
    ) -> None:
        """``lazy`` maps a command's name to ``("module:attribute", "help in a line")``."""
        super().__init__(*args, **kwargs)
        self._lazy = lazy or {}

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands' names in the order in which they were given."""
        return [*self._lazy, *self.commands]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, imported now if it is a lazy one."""
        if cmd_name in self._lazy:
            module, attribute = self._lazy[cmd_name][0].split(":")
            command: click.Command = getattr(import_module(module), attribute)
            return command
        return super().get_command(ctx, cmd_name)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Options, then the commands with their one-line help, none of them imported for it."""
        super().format_options(ctx, formatter)
        language = language_of(ctx)
        rows = [(name, language.text(line)) for name, (_, line) in self._lazy.items()]
        rows += [(name, said(ctx, command.help or "")) for name, command in self.commands.items()]
        with formatter.section(language.text(HELP_HEADINGS["Commands"])):
            formatter.write_dl(rows)


def option(*names: str, **attributes: Any) -> Callable[[Any], Any]:
    """``click.option`` with a translated help."""
    return click.option(*names, cls=Option, **attributes)
