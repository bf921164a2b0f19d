"""``weibao findings``: what is wrong, of every family, as the Book has it."""

from __future__ import annotations

import click

from weibao.cli.framework.options import book_options, format_option
from weibao.cli.framework.printing import FORMATS, print_findings
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, option
from weibao.language import N_
from weibao.refusal import Exit
from weibao.report.difference import without
from weibao.report.found import errors

FAMILIES = ("R", "X", "L", "E", "S", "O")


@click.command(
    cls=Command,
    help=N_(
        "Everything that is wrong with the records of a commit: their form (R), their references (X), what was "
        "lost (L), the evidence (E), the service levels (S), the operations (O)."
    ),
)
@option(
    "--family",
    "families",
    multiple=True,
    type=click.Choice(FAMILIES, case_sensitive=False),
    help=N_("Only this family; may be given several times."),
)
@option(
    "--since",
    "earlier",
    default="",
    metavar="REV",
    help=N_("Only what was not found yet at this commit, judged as of its own time."),
)
@book_options
@format_option(*FORMATS)
@click.pass_context
@pass_session
def findings(
    session: Session,
    context: click.Context,
    families: tuple[str, ...],
    earlier: str,
    revision: str,
    as_of: str,
    form: str,
) -> None:
    """Show the findings of a Book; end with 1 where one is an error."""
    book = session.book(revision, as_of)
    found = book.findings
    if earlier:
        found = without(found, session.book_before(book, earlier).findings)
    chosen = [finding for finding in found if finding.code[0] in (families or FAMILIES)]
    print_findings(session, chosen, form)
    context.exit(Exit.FINDINGS if errors(chosen) else Exit.FINE)
