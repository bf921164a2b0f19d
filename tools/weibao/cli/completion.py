"""``weibao completion``."""

from __future__ import annotations

import click

from weibao.cli.translated import Command, argument
from weibao.language import N_

SHELLS = ("bash", "zsh", "fish", "powershell")


@click.command(
    cls=Command,
    help=N_(
        "Print the script that lets a shell complete weibao's commands, options, ids and names. Have "
        "the shell read it when it starts; the handbook says how."
    ),
)
@argument(
    "shell", type=click.Choice(SHELLS), explained=N_("The shell: bash, zsh, fish or powershell.")
)
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print a shell's completion script."""
    from click.shell_completion import get_completion_class

    from weibao.cli.main import TYPED

    kind = get_completion_class(shell)
    if kind is None:  # the argument's own choices name none that Click lacks
        raise click.UsageError(shell)
    click.echo(kind(context.find_root().command, {}, "weibao", TYPED).source(), nl=False)
