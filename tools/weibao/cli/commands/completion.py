"""``weibao completion``: the scripts are Click's, but for two shells in which they lose something."""

from __future__ import annotations

from typing import ClassVar

import click
from click.shell_completion import FishComplete, get_completion_class

from weibao.cli.framework.session import TYPED
from weibao.cli.framework.translated import Command, argument
from weibao.language import N_

SHELLS = ("bash", "zsh", "fish", "powershell")

# Click's own cuts a description at its first comma, and lets fish sort what comes in an order.
_FISH = """\
function %(complete_func)s
    set -l response (env %(complete_var)s=fish_complete COMP_WORDS=(commandline -cp) \
COMP_CWORD=(commandline -t) %(prog_name)s)
    for completion in $response
        set -l metadata (string split -m 1 "," $completion)
        switch $metadata[1]
            case dir
                __fish_complete_directories $metadata[2]
            case file
                __fish_complete_path $metadata[2]
            case plain
                echo $metadata[2]
        end
    end
end

complete --no-files --keep-order --command %(prog_name)s --arguments "(%(complete_func)s)"
"""

# Windows reads a program's output in the code page of the console, which is seldom UTF-8.
_CALLED = "$response = & weibao 2>$null"
_CALLED_IN_UTF8 = """\
$encoding = [Console]::OutputEncoding
        [Console]::OutputEncoding = [System.Text.Encoding]::UTF8
        try {
            $response = & weibao 2>$null
        } finally {
            [Console]::OutputEncoding = $encoding
        }"""


class _Fish(FishComplete):
    source_template: ClassVar[str] = _FISH


@click.command(
    cls=Command,
    help=N_(
        "Print the script that lets a shell complete weibao's commands, options, ids and names. Have "
        "the shell read it when it starts; the handbook says how."
    ),
)
@argument(
    "shell",
    metavar="SHELL",
    type=click.Choice(SHELLS),
    explained=N_("The shell: bash, zsh, fish or powershell."),
)
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print a shell's completion script."""
    kind = _Fish if shell == "fish" else get_completion_class(shell)
    if kind is None:  # the argument's own choices name none that Click lacks
        raise click.UsageError(shell)
    scripted = kind(context.find_root().command, {}, "weibao", TYPED)
    click.echo(scripted.source().replace(_CALLED, _CALLED_IN_UTF8), nl=False)
