"""``weibao wheels``."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from rich.text import Text

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, argument, option
from weibao.language import N_
from weibao.workspace.setup.vendored_wheel import EXTRA_LOCKS, LOCK

PYTHONS = ("3.11", "3.12", "3.13")


@click.command(
    cls=Command,
    help=N_(
        "Collect what a Windows machine without a network needs into a new folder: the repository's own wheel of this software, every "
        "wheel that its locks name, their hashes, and install.cmd, which installs them by these. pip fetches; each file is held to the lock."
    ),
)
@argument(
    "directory",
    metavar="DIR",
    type=click.Path(path_type=Path),
    explained=N_("A folder that is not there yet."),
)
@option(
    "--python",
    type=click.Choice(PYTHONS),
    default=None,
    help=N_("The Python that is on that machine; if not given, the version that runs here."),
)
@option(
    "--extra",
    "extras",
    multiple=True,
    type=click.Choice(tuple(EXTRA_LOCKS)),
    help=N_("With what this extra needs as well. Repeatable."),
)
@pass_session
def wheels(session: Session, directory: Path, python: str | None, extras: tuple[str, ...]) -> None:
    """Fetch, verify, write, tell."""
    from weibao.history.snapshot import top_of
    from weibao.workspace.setup.upgrade import vendored_contents
    from weibao.workspace.setup.wheels import INSTALL, write_windows_folder

    contents = vendored_contents(top_of(session.git))
    locks = [contents.wheel.locks[path] for path in (LOCK, *(EXTRA_LOCKS[name] for name in extras))]
    written = write_windows_folder(
        session.directory / directory,
        contents,
        [lock.decode() for lock in locks],
        python or ".".join(map(str, sys.version_info[:2])),
    )
    told = session.language.text(
        N_("{directory}: {number} files. On the machine: {install}"),
        directory=directory,
        number=len(written),
        install=INSTALL,
    )
    session.console.print(Text(told), soft_wrap=True)
