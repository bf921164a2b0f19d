"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from weibao.cli.framework.translated import option
from weibao.language import N_
from weibao.refusal import UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Callable


class ExistingFile(click.Path):
    """A file that the user has; Click's own words for one that is not there have no translation."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """See ``click.Path``; raises ``Refusal`` where there is no such file."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            raise UsageRefusal(
                N_("There is no file “{path}” that can be read."), path=str(value)
            ) from None


FILE = ExistingFile(exists=True, dir_okay=False, path_type=Path)

THE_TICKET = N_("The ticket: its id, or the end of it.")
"""What the argument TICKET is, wherever one is named."""


def book_options(command: Any) -> Any:
    """``--at REV`` and ``--as-of TIME``, wherever a Book is read."""
    command = option(
        "--as-of", default="", metavar="TIME", help=N_("Judge as of this time; now if not given.")
    )(command)
    return option(
        "--at",
        "revision",
        default="HEAD",
        metavar="REV",
        help=N_("Read the records at this commit."),
    )(command)


def format_option(*formats: str) -> Callable[[Any], Any]:
    """``--format``, the first one being the default."""
    return option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        help=N_("How to write it."),
    )


def view_options(command: Any) -> Any:
    """``--at``, ``--as-of`` and ``--format``, wherever a Book is shown to people and to programs."""
    return book_options(format_option("text", "json")(command))
