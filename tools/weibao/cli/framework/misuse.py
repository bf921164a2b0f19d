"""What is wrong with a command line, in the reader's language: Click's own messages are English."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from weibao.cli.framework.step_options import SaidChoice
from weibao.cli.framework.translated import EmptyParameter, UnknownCommand, said_in
from weibao.language import N_, run_on
from weibao.render.words.findings import NEAREST

if TYPE_CHECKING:
    from weibao.language import Language

_IN_BRACKETS = re.compile(r"\((.*)\)", re.DOTALL)


def misuse(error: click.ClickException, words: Language) -> str:
    """The error as a sentence."""
    match error:
        case EmptyParameter(param=click.Parameter() as empty):
            said = _named(N_("“{name}” must not be empty ({what})."), empty, error, words)
        case click.MissingParameter(param=click.Parameter() as missing):
            said = _named(N_("“{name}” is missing ({what})."), missing, error, words)
        case click.BadParameter(param=click.Parameter() as wrong):
            said = _bad_value(wrong, error, words)
        case click.BadOptionUsage():
            said = _bad_usage(error, words)
        case click.NoSuchOption() | UnknownCommand():
            said = _unknown(error, words)
        case click.UsageError() if found := _IN_BRACKETS.search(error.message):
            said = words.text(N_("Too many arguments: {extra}"), extra=found[1])
        case click.UsageError() if error.ctx and isinstance(error.ctx.command, click.Group):
            said = words.text(N_("Name a command."))
        case _:
            said = error.format_message()
    return said


def which_help(error: click.ClickException) -> str:
    """The command whose help says how it is done: ``weibao ticket ack --help``."""
    context = error.ctx if isinstance(error, click.UsageError) else None
    return f"{context.command_path if context else 'weibao'} --help"


def _unknown(error: click.NoSuchOption | UnknownCommand, words: Language) -> str:
    if isinstance(error, UnknownCommand):
        said = words.text(N_("There is no command “{name}”."), name=error.name)
        nearest = error.nearest
    else:
        said = words.text(N_("There is no option “{name}”."), name=error.option_name)
        nearest = (error.possibilities or [""])[0]
    return run_on(said, words.text(NEAREST, nearest=nearest)) if nearest else said


def _named(
    message: str, parameter: click.Parameter, error: click.UsageError, words: Language
) -> str:
    """The message about a parameter, with what that is: its name on the command line is English."""
    text = getattr(parameter, "explained", None) or getattr(parameter, "help", None) or ""
    what = said_in(words, text).rstrip(".。")
    return words.text(message, name=_name(parameter, error), what=what)


def _name(parameter: click.Parameter, error: click.UsageError) -> str:
    if isinstance(parameter, click.Argument):
        return parameter.make_metavar(error.ctx) if error.ctx else parameter.human_readable_name
    return max(parameter.opts, key=len)


def _bad_value(parameter: click.Parameter, error: click.BadParameter, words: Language) -> str:
    name, kind = _name(parameter, error), parameter.type
    if isinstance(kind, click.Choice):
        # What a choice is told in is taken for it too.
        told = kind.told(words) if isinstance(kind, SaidChoice) else map(str, kind.choices)
        choices = words.listing(told)
        return words.text(N_("“{name}” must be one of {choices}."), name=name, choices=choices)
    if isinstance(kind, click.IntRange):
        if kind.max is None:
            least = kind.min
            return words.text(
                N_("“{name}” must be a whole number, {least} or more."), name=name, least=least
            )
        return words.text(
            N_("“{name}” must be a whole number from {least} to {most}."),
            name=name,
            least=kind.min,
            most=kind.max,
        )
    if isinstance(kind, click.DateTime):
        forms = kind.formats[0].replace("%Y", "YYYY").replace("%m", "MM").replace("%d", "DD")
        return words.text(N_("“{name}” must be written as {form}."), name=name, form=forms)
    return words.text(
        N_("“{name}” has a value that cannot be used: {detail}"), name=name, detail=error.message
    )


def _bad_usage(error: click.BadOptionUsage, words: Language) -> str:
    name = error.option_name
    known = error.ctx.command.params if error.ctx else []
    wanted = next(
        (parameter for parameter in known if name in (*parameter.opts, *parameter.secondary_opts)),
        None,
    )
    if isinstance(wanted, click.Option) and wanted.is_flag:
        return words.text(N_("“{name}” takes no value."), name=name)
    count = wanted.nargs if wanted else 1
    return words.plural(
        N_("“{name}” needs a value."), "“{name}” needs {number} values.", count, name=name
    )
