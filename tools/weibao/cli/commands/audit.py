"""``weibao audit``."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weibao.cli.framework.options import FILE, book_options, format_option
from weibao.cli.framework.printing import FORMATS, print_findings
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, option
from weibao.language import N_
from weibao.refusal import Exit, Refusal, UsageRefusal

if TYPE_CHECKING:
    from pathlib import Path

    from weibao.report.audit.audit import Audit
    from weibao.report.audit.sample import Sample
    from weibao.report.audit.since import Since
    from weibao.report.book import Book

_OBJECT_ID = re.compile(r"[0-9a-f]{40}|[0-9a-f]{64}")


@click.command(
    cls=Command,
    help=N_(
        "Run every check over the whole history, and say what the evidence is worth, what was "
        "configured, and what git can never show. Ends with 1 if the records are not sound."
    ),
)
@option(
    "--since",
    "since_revision",
    metavar="COMMIT",
    default="",
    help=N_("Say what changed after this commit: that of the last audit, by its whole id."),
)
@option(
    "--sample",
    "size",
    metavar="N",
    type=click.IntRange(min=1),
    help=N_("Draw this many tickets to look at by hand, by severity and month; needs --seed."),
)
@option(
    "--seed",
    metavar="TEXT",
    default="",
    help=N_("What the sample is drawn by: the same text draws the same tickets."),
)
@option(
    "--worksheet",
    type=click.Choice(["md", "csv"]),
    help=N_("Print only a worksheet to fill in for the sample."),
)
@option(
    "--checkpoint",
    "files",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help=N_(
        "Hold this checkpoint, which you have kept, against the history; those under checkpoints/ "
        "always are. Give it as often as there are files."
    ),
)
@option(
    "--trust",
    "roots",
    type=FILE,
    metavar="FILE",
    help=N_("Believe these root certificates (PEM) alone, not those that contract.yaml names."),
)
@option(
    "--customer-key",
    "customer_keys",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help=N_(
        "Believe this public key, or these lines of allowed_signers, which you have from the customer. "
        "May be given several times."
    ),
)
@book_options
@format_option(*FORMATS)
@click.pass_context
@pass_session
def audit(
    session: Session,
    context: click.Context,
    since_revision: str,
    size: int | None,
    seed: str,
    worksheet: str | None,
    files: tuple[Path, ...],
    roots: Path | None,
    customer_keys: tuple[Path, ...],
    revision: str,
    as_of: str,
    form: str,
) -> None:
    """Show the audit; as annotations, the findings that make the records unsound."""
    from weibao.cli.framework.given_files import given_checkpoint, given_keys, trusted
    from weibao.history.outside import read_outside
    from weibao.report.audit.audit import audit_of
    from weibao.report.audit.closes import closes_check

    _refuse_half_a_sample(size, seed, worksheet)
    book = session.book(revision, as_of)
    if customer_keys:
        book = replace(book, customer_keys=given_keys(book.zone, customer_keys))
    drawn = _drawn(book, size, seed)
    trust = trusted(book.records.contract, roots)
    outside = read_outside(session.git, book, trust, map(given_checkpoint, files))
    since = _since(session, book, since_revision)
    closes = closes_check(book, session.seen_logs(book))
    found = audit_of(book, sample=drawn, since=since, outside=outside, more=(closes,))
    if drawn is not None and worksheet:
        _print_worksheet(session, book, drawn, worksheet)
    else:
        _print(session, found, form)
    context.exit(Exit.FINDINGS if found.unsound else Exit.FINE)


def _refuse_half_a_sample(size: int | None, seed: str, worksheet: str | None) -> None:
    if (size is None) == (not seed) and (size is not None or worksheet is None):
        return
    raise UsageRefusal(
        N_("A sample needs its size and its seed."),
        mend=N_("weibao audit --sample 20 --seed TEXT: let somebody else choose the text."),
    )


def _drawn(book: Book, size: int | None, seed: str) -> Sample | None:
    from weibao.report.audit.sample import sample

    return None if size is None else sample(book, size, seed)


def _since(session: Session, book: Book, revision: str) -> Since | None:
    """What changed after ``revision``, judged as of that commit's own *time*.

    An object id that names nothing in the clone was lost with a history that is no more: that is
    for the audit to say. Any other name is a mistake, and is refused.
    """
    from weibao.report.audit.configuration import configuration_of
    from weibao.report.audit.since import since, since_unknown

    if not revision:
        return None
    try:
        session.git.resolve(revision)
    except Refusal:
        if not _OBJECT_ID.fullmatch(revision):
            raise
        return since_unknown(book, revision)
    return since(session.book_before(book, revision), book, configuration_of(book))


def _print(session: Session, found: Audit, form: str) -> None:
    if form == "json":
        from weibao.render.json.audit import shown_audit
        from weibao.render.json.printed import printed

        click.echo(printed(shown_audit(found, session.language), found.book.zone), nl=False)
    elif form == "text":
        from weibao.render.terminal.audit import audit_text

        session.console.print(audit_text(found, session.language))
    else:
        print_findings(session, found.unsound, form)


def _print_worksheet(session: Session, book: Book, drawn: Sample, worksheet: str) -> None:
    from weibao.render.terminal import worksheet as sheets

    written = {"md": sheets.worksheet_markdown, "csv": sheets.worksheet_csv}[worksheet]
    click.echo(written(book, drawn, session.language), nl=False)
