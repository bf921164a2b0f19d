"""``weibao check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from weibao.cli.options import format_option
from weibao.cli.printing import FORMATS, also_option, findings_text, keep, print_findings
from weibao.cli.session import Session, pass_session
from weibao.cli.translated import Command, argument, option
from weibao.evidence.reading import files_at, no_records, refuse_unless_whole, working_files
from weibao.language import N_
from weibao.refusal import Exit, Refusal
from weibao.rules.check import check_files, is_needed
from weibao.view.findings import errors
from weibao.view.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from weibao.evidence.git import Git

_EVERYTHING = "."
"""The repository's name for its own top."""


@click.command(
    cls=Command,
    help=N_(
        "Judge the records of the working tree, or only those under PATH, and that nothing was "
        "lost or changed since the last commit, or since --base."
    ),
)
@argument(
    "paths",
    nargs=-1,
    metavar="[PATH]…",
    type=click.Path(path_type=Path),
    explained=N_("Files or folders under records/; everything, if none is given."),
)
@option("--base", metavar="REV", default="HEAD", help=N_("Hold the records against this commit."))
@format_option(*FORMATS)
@also_option(*WRITERS)
@click.pass_context
@pass_session
def check(
    session: Session,
    context: click.Context,
    paths: tuple[Path, ...],
    base: str,
    form: str,
    also: tuple[tuple[str, Path], ...],
) -> None:
    """Show every finding of the families R, X and L; end with 1 where one is an error."""
    git, named = session.git, _Named(session, paths)
    files, modes = working_files(git, named.needs)
    if not any(path.startswith("records/") for path in modes):
        raise no_records(session.directory.absolute())
    session.speak_of(files)
    refuse_unless_whole(git)
    only = named.among(modes)
    held_against = None
    try:
        held_against = base, _before(git, base, modes, only)
    except Refusal:
        if base != "HEAD" or not git.unborn:
            raise
    found = check_files(files, modes, session.now, base=held_against, only=only)
    for other, path in also:
        keep(path, findings_text(session, found, other))
    print_findings(session, found, form)
    context.exit(Exit.FINDINGS if errors(found) else Exit.FINE)


def _before(
    git: Git, base: str, there: Collection[str], only: set[str] | None
) -> Mapping[str, bytes]:
    """What the files that were named, or all, held at the base."""
    if only is not None:
        before = git.files_of(base, sorted(only))
        if before.keys() == only:
            return before
    # What is gone from here may be what a file of another name was made of.
    before, _ = files_at(git, base, lambda path: only is None or path in only or path not in there)
    return before


class _Named:
    """The paths that the command was given, as the repository names them."""

    def __init__(self, session: Session, paths: tuple[Path, ...]) -> None:
        """``paths`` are files or folders, from where the command was given; none are everything."""
        self._names = {path: _name(session, path) for path in paths}
        self._chosen = frozenset(self._names.values())
        self._folders = tuple(f"{name}/" for name in self._chosen)

    def needs(self, path: str) -> bool:
        """Whether a file must be read for what was named to be judged."""
        return not self._names or self._holds(path) or is_needed(path, self._chosen)

    def among(self, there: Collection[str]) -> set[str] | None:
        """The files that were named, of those that are there; None is all of them.

        Raises:
            Refusal: a name is of none of them.
        """
        for path, name in self._names.items():
            if not any(one == name or one.startswith(f"{name}/") for one in there) and (
                name != _EVERYTHING
            ):
                raise Refusal(
                    N_("“{path}” is no record of this repository."),
                    mend=N_("Name a file or a folder under records/."),
                    exit_code=Exit.USAGE,
                    path=path,
                )
        return {one for one in there if self._holds(one)} if self._names else None

    def _holds(self, path: str) -> bool:
        return path in self._chosen or path.startswith(self._folders) or _EVERYTHING in self._chosen


def _name(session: Session, path: Path) -> str:
    """The repository's name for a path; "" is of nothing in it."""
    absolute = (session.directory / path).absolute()
    plain = absolute.parent.resolve() / absolute.name  # what is a link itself is judged as one
    top = session.git.top
    try:
        return plain.relative_to(top.resolve() if top else plain).as_posix()
    except ValueError:
        return ""
