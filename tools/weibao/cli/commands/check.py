"""``weibao check``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from weibao.cli.checking.judging import Named, judged
from weibao.cli.framework.options import format_option
from weibao.cli.framework.printing import FORMATS, also_option, findings_text, keep, print_findings
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, argument, option
from weibao.language import N_
from weibao.refusal import Exit, UsageRefusal
from weibao.render.ci.writers import WRITERS
from weibao.report.found import errors

if TYPE_CHECKING:
    from weibao.model.finding import Finding


@click.command(
    cls=Command,
    help=N_(
        "Judge the records of the working tree, or of --at, or only those under PATH, and that "
        "nothing was lost or changed since the last commit, or since --base."
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
@option(
    "--at",
    "revision",
    metavar="REV",
    default="",
    help=N_("Judge this commit instead of the working tree; nothing of it is checked out."),
)
@option(
    "--changed",
    is_flag=True,
    help=N_("Of --at, judge what it changed since --base, and what that bears upon; nothing else."),
)
@option(
    "--watch",
    is_flag=True,
    help=N_("Go on: judge each file as it is saved, until Ctrl-C. For an editor, or beside one."),
)
@format_option(*FORMATS)
@also_option(*WRITERS)
@click.pass_context
@pass_session
def check(
    session: Session,
    context: click.Context,
    paths: tuple[Path, ...],
    base: str,
    revision: str,
    changed: bool,  # noqa: FBT001
    watch: bool,  # noqa: FBT001
    form: str,
    also: tuple[tuple[str, Path], ...],
) -> None:
    """Show every finding of the families R, X and L; end with 1 where one is an error."""
    named = Named(session, paths)
    if watch:
        _watch(session, named, base, otherwise=form != "text" or bool(also or revision or changed))
        return
    found = (_changed if changed else judged)(session, named, base, revision)
    for other, path in also:
        keep(path, findings_text(session, found, other))
    print_findings(session, found, form)
    context.exit(Exit.FINDINGS if errors(found) else Exit.FINE)


def _changed(session: Session, named: Named, base: str, revision: str) -> tuple[Finding, ...]:
    """What a commit has changed since another, judged; ``named`` must be everything."""
    if not revision or named.some:
        raise UsageRefusal(
            N_("What changed is judged of a whole commit."),
            mend=N_("Name it with --at, and no PATH; or leave out --changed."),
        )
    from weibao.cli.checking.changed import judged_changes

    return judged_changes(session, base, revision)


def _watch(session: Session, named: Named, base: str, *, otherwise: bool) -> None:
    """Judge what is saved, for people and editors; ``otherwise`` is whether a program is to read it."""
    if otherwise:
        raise UsageRefusal(
            N_("What is saved is judged for people, as text."),
            mend=N_("Leave out --watch, or leave out --at, --changed, --format and --also."),
        )
    from weibao.cli.checking.saving import judge_saves

    judge_saves(session, named, base)
