"""``weibao diff``."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import click

from weibao.cli.framework.options import format_option
from weibao.cli.framework.printing import also_option, findings_text, keep
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, argument, option
from weibao.language import N_
from weibao.refusal import Exit, UsageRefusal
from weibao.render.ci.writers import FORMATS
from weibao.report.found import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from weibao.history.git.reader import Git
    from weibao.history.history import Snapshot
    from weibao.model.finding import Finding
    from weibao.model.instant import Instant
    from weibao.render.json.difference import DifferenceOutput
    from weibao.report.difference import Difference

_REPORTS = tuple(report_format.name for report_format in FORMATS if report_format.of_change)


@click.command(
    cls=Command,
    help=N_(
        "What a change does: entries added, verdicts that turn, findings new and gone, stock moved, "
        "and every verdict that other terms or rules would alter. A branch is judged as if it were "
        "merged at that instant. Ends with 1 if the change brings an error."
    ),
)
@argument("base", metavar="BASE", explained=N_("The commit or branch before the change."))
@argument("head", metavar="HEAD", explained=N_("The commit or branch that has the change."))
@option(
    "--as-of", default="", metavar="TIME", help=N_("Judge both as of this time; now if not given.")
)
@format_option("text", "json", "markdown", *_REPORTS)
@also_option("json", "markdown", *_REPORTS)
@click.pass_context
@pass_session
def diff(
    session: Session,
    context: click.Context,
    base: str,
    head: str,
    as_of: str,
    form: str,
    also: tuple[tuple[str, Path], ...],
) -> None:
    """Show the difference between two commits, both judged at one instant."""
    from weibao.render.json.difference import shown_difference
    from weibao.render.terminal.difference import difference_text
    from weibao.report.difference import difference
    from weibao.report.opening import book_of

    before = session.book(base, as_of)
    contract = before.records.contract
    tip = session.snapshot(head)
    shared = _shared_files(session.git, before.snapshot, tip)
    proposal = _as_it_lands(
        session.git, before.snapshot, tip, shared, contract.evidence.main, before.as_of
    )
    after = book_of(proposal, before.as_of)
    found = difference(before, after)
    told = shown_difference(found, after.records, contract.zone, session.language)
    written = _written(session, found, told, lambda: _checked(before.snapshot, tip, before.as_of))
    for other, path in also:
        keep(path, written(other))
    if form == "text":
        session.console.print(difference_text(told, session.language), soft_wrap=True)
    else:
        click.echo(written(form), nl=False)
    context.exit(Exit.FINDINGS if errors(found.new) else Exit.FINE)


def _shared_files(git: Git, base: Snapshot, head: Snapshot) -> Mapping[str, bytes]:
    """The files of the commit that both have in common.

    Raises:
        Refusal: there is none.
    """
    from weibao.history.growth.proposal import shared_commit
    from weibao.history.snapshot import files_at

    shared = shared_commit(base.history, head.history)
    if shared is None:
        raise UsageRefusal(
            N_("{base} and {head} have no history in common."),
            mend=N_("Name two commits of one history; fetch the branch again if it should be one."),
            base=base.commit[:12],
            head=head.commit[:12],
        )
    return files_at(git, shared)[0]


def _as_it_lands(
    git: Git, base: Snapshot, head: Snapshot, shared: Mapping[str, bytes], main: str, at: Instant
) -> Snapshot:
    """The commit as it stands on the official branch, or as if it were merged at the instant."""
    from weibao.history.growth.proposal import as_merged
    from weibao.history.snapshot import official_line

    if head.commit in official_line(git, main):
        return head
    return as_merged(base, head, shared, at)


def _checked(base: Snapshot, head: Snapshot, at: Instant) -> tuple[Finding, ...]:
    """What ``weibao check`` tells of the branch."""
    from weibao.history.growth.grown import grown_in
    from weibao.rules.causes import by_cause
    from weibao.rules.check import check_files
    from weibao.rules.merged import stood_in

    branch = grown_in(head.history, base.history)
    told = check_files(
        head.files,
        head.modes,
        at,
        base=(head.commit, head.files),
        branch=branch,
        stood=stood_in(base.files),
    )
    return by_cause(told, head.files, {})


def _written(
    session: Session,
    found: Difference,
    told: DifferenceOutput,
    checked: Callable[[], Iterable[Finding]],
) -> Callable[[str], str]:
    """What writes the difference in a format for programs.

    Reports of findings hold those that a check does not tell: a forge shows both beside each other.
    """
    from weibao.render.ci import markdown
    from weibao.render.json.printed import printed
    from weibao.report.difference import untold

    @cache
    def new() -> tuple[Finding, ...]:
        return untold(found.new, checked())

    def written(form: str) -> str:
        match form:
            case "json":
                return printed(told)
            case "markdown":
                return markdown.difference(told, session.language)
            case _:
                return findings_text(session, new(), form)

    return written
