"""``weibao diff``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from weibao.cli.options import format_option
from weibao.cli.printing import also_option, findings_text, keep
from weibao.cli.session import Session, pass_session
from weibao.cli.translated import Command, argument, option
from weibao.language import N_
from weibao.refusal import Exit
from weibao.view.findings import errors

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from weibao.comparison import Difference
    from weibao.evidence.git import Git
    from weibao.evidence.history import Snapshot
    from weibao.record.instant import Instant

TOLD_BY_CHECK = ("R", "X", "L")
"""The families of findings that ``weibao check`` annotates itself."""


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
@format_option("text", "json", "markdown", "github")
@also_option("json", "markdown", "github")
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
    from weibao.book import book_of
    from weibao.comparison import difference
    from weibao.view.difference import difference_object
    from weibao.view.difference_text import difference_text

    before = session.book(base, as_of)
    contract = before.records.contract
    proposal = _as_it_lands(
        session.git, before.snapshot, session.snapshot(head), contract.evidence.main, before.as_of
    )
    after = book_of(proposal, before.as_of)
    found = difference(before, after)
    told = difference_object(found, after.records, contract.zone, session.language)
    for other, path in also:
        keep(path, _WRITERS[other](session, found, told))
    if form == "text":
        session.console.print(difference_text(told, session.language), soft_wrap=True)
    else:
        click.echo(_WRITERS[form](session, found, told), nl=False)
    context.exit(Exit.FINDINGS if errors(found.new) else Exit.FINE)


def _as_it_lands(git: Git, base: Snapshot, head: Snapshot, main: str, at: Instant) -> Snapshot:
    """The commit as it stands on the official branch, or as if it were merged at the instant."""
    from weibao.evidence.proposal import as_merged, shared_commit
    from weibao.evidence.reading import files_at, official_line

    if head.commit in official_line(git, main):
        return head
    shared = shared_commit(base.history, head.history)
    return as_merged(base, head, files_at(git, shared)[0] if shared else {}, at)


def _as_json(_session: Session, _found: Difference, told: dict[str, Any]) -> str:
    from weibao.view.stable_json import dump

    return dump(told)


def _as_markdown(session: Session, _found: Difference, told: dict[str, Any]) -> str:
    from weibao.view import markdown

    return markdown.difference(told, session.language)


def _as_annotations(session: Session, found: Difference, _told: dict[str, Any]) -> str:
    """The new findings that ``weibao check`` does not annotate already."""
    new = [one for one in found.new if not one.code.startswith(TOLD_BY_CHECK)]
    return findings_text(session, new, "github")


_WRITERS: Mapping[str, Callable[[Session, Difference, dict[str, Any]], str]] = {
    "json": _as_json,
    "markdown": _as_markdown,
    "github": _as_annotations,
}
"""By the name of the format. ``text`` is not among them: it is for the terminal."""
