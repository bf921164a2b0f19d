"""``weibao check``."""

from __future__ import annotations

from pathlib import Path

import click

from weibao.cli.options import format_option
from weibao.cli.printing import FORMATS, print_findings
from weibao.cli.session import Session, pass_session
from weibao.cli.translated import Command, argument, option
from weibao.evidence.reading import files_at, no_records, refuse_unless_whole, working_files
from weibao.language import N_
from weibao.refusal import Exit, Refusal
from weibao.rules.check import check_files
from weibao.view.findings import errors


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
@click.pass_context
@pass_session
def check(
    session: Session,
    context: click.Context,
    paths: tuple[Path, ...],
    base: str,
    form: str,
) -> None:
    """Show every finding of the families R, X and L; end with 1 where one is an error."""
    files, modes = working_files(session.git)
    if not any(path.startswith("records/") for path in files):
        raise no_records(session.directory.absolute())
    session.speak_of(files)
    refuse_unless_whole(session.git)
    nothing_yet = base == "HEAD" and session.git.unborn
    held_against = None if nothing_yet else (base, files_at(session.git, base)[0])
    only = _chosen(session, paths, files) if paths else None
    found = check_files(files, modes, session.now, base=held_against, only=only)
    print_findings(session, found, form)
    context.exit(Exit.FINDINGS if errors(found) else Exit.FINE)


def _chosen(session: Session, paths: tuple[Path, ...], files: dict[str, bytes]) -> set[str]:
    """The repository's paths that ``paths`` name, files or whole folders."""
    top = session.git.top
    chosen: set[str] = set()
    for path in paths:
        absolute = (session.directory / path).absolute()
        try:
            name = absolute.resolve().relative_to(top.resolve() if top else absolute).as_posix()
        except ValueError:
            name = ""
        matching = {one for one in files if one == name or one.startswith(f"{name}/")}
        if name == ".":
            matching = set(files)
        if not matching:
            raise Refusal(
                N_("“{path}” is no record of this repository."),
                mend=N_("Name a file or a folder under records/."),
                exit_code=Exit.USAGE,
                path=path,
            )
        chosen |= matching
    return chosen
