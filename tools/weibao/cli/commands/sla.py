"""``weibao sla``."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

import click

from weibao.cli.framework.options import book_options, format_option
from weibao.cli.framework.printing import FORMATS, print_findings
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import SEVERITY
from weibao.cli.framework.translated import Command, option
from weibao.language import N_
from weibao.model.naming import severity_named
from weibao.refusal import Exit, UsageRefusal
from weibao.render.json import sla as stable_json
from weibao.render.json.printed import printed, printed_in_parts
from weibao.report.breaches import breaches_among
from weibao.report.closed_months import closed_month, restated_in
from weibao.report.found import errors
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from weibao.model.closing import MonthClose
    from weibao.report.book import Book
    from weibao.report.breaches import Breach
    from weibao.report.closed_months import Restated
    from weibao.sla.verdict import Verdict


@click.command(cls=Command, help=N_("The verdict on every promise, computed from the history."))
@option(
    "--month",
    metavar="YYYY-MM",
    type=click.DateTime(["%Y-%m"]),
    help=N_("Only promises due in this month."),
)
@option("--severity", type=SEVERITY, help=N_("Only this severity."))
@option(
    "--ticket",
    "suffix",
    metavar="ID",
    default="",
    help=N_("Only this ticket; the end of its id is enough."),
)
@option(
    "--breaches",
    "only_breaches",
    is_flag=True,
    help=N_("Only promises that were missed, each with its cause and what will be better."),
)
@book_options
@format_option(*FORMATS)
@click.pass_context
@pass_session
def sla(
    session: Session,
    context: click.Context,
    month: object,
    severity: int | str | None,
    suffix: str,
    only_breaches: bool,  # noqa: FBT001 - an option that is a flag
    revision: str,
    as_of: str,
    form: str,
) -> None:
    """Show verdicts; as annotations, the findings on them."""
    book = session.book(revision, as_of)
    if isinstance(severity, str):
        severity = severity_named(book.records, severity)
    if severity is not None:
        _require_level(book, severity)
    ticket = session.ticket_in(book, suffix).id if suffix else ""
    period = "" if month is None else f"{month:%Y-%m}"
    logs = session.seen_logs(book) if period else {}
    closed = closed_month(book, period, logs) if period else None
    if closed is None and period in book.records.closes:
        told = N_("The close of {month} is not borne out, and stands for nothing: weibao audit")
        session.errors.print(session.language.text(told, month=period), style="bold red")
    whole = form == "json" and not (period or ticket or only_breaches)
    judged = closed.verdicts if closed else _judged(book, ticket, in_passing=whole)
    chosen = (
        verdict
        for verdict in judged
        if period in {"", verdict.month}
        and severity in {None, verdict.severity}
        and ticket in {"", verdict.ticket}
        and not (only_breaches and verdict.outcome is not Outcome.BREACHED)
    )
    if whole:
        _print_in_passing(book, chosen)
    elif form in _VERDICTS:
        shown = list(chosen)
        restated = (*(closed.restated if closed else ()), *restated_in(book, period, logs))
        own = [found for found in restated if ticket in {"", found.turned.verdict.ticket}]
        missed = breaches_among(book, shown) if only_breaches else ()
        _VERDICTS[form](session, book, shown, closed.close if closed else None, own, missed)
    else:
        tickets = {verdict.ticket for verdict in chosen}
        found = [
            finding
            for finding in book.findings
            if finding.code.startswith("S") and finding.record in tickets
        ]
        print_findings(session, found, form)
        if errors(found):
            context.exit(Exit.FINDINGS)
    session.warn_of_unreadable(book)


def _judged(book: Book, ticket: str, *, in_passing: bool) -> Iterable[Verdict]:
    if ticket:
        return book.verdicts_of(ticket)
    return book.verdicts_in_passing() if in_passing else book.verdicts


def _print_in_passing(book: Book, chosen: Iterable[Verdict]) -> None:
    """Print as they are judged the verdicts of a contract that may have very many."""
    parts = printed_in_parts(stable_json.sla(book, ()), book.zone, "verdicts", chosen)
    while some := "".join(islice(parts, _AT_ONCE)):
        click.echo(some, nl=False)


_AT_ONCE = 1000
"""How many verdicts are printed at a time."""


def _require_level(book: Book, severity: int) -> None:
    """Refuse a level that no terms of the contract have: nothing is promised there, nor missed."""
    levels = sorted({level for terms in book.records.contract.terms for level in terms.severities})
    if severity not in levels:
        raise UsageRefusal(
            N_("The contract has no severity {severity}."),
            mend=N_("It has: {known}."),
            severity=severity,
            known=tuple(levels),
        )


def _as_text(
    session: Session,
    book: Book,
    chosen: Sequence[Verdict],
    closed: MonthClose | None,
    restated: Sequence[Restated],
    missed: Sequence[Breach],
) -> None:
    from weibao.render.terminal import book as terminal

    session.console.print(terminal.verdicts(book, chosen, session.language, selected=bool(missed)))
    for line in terminal.cause_lines(book, missed, session.language):
        session.console.print(line, soft_wrap=True)
    for line in terminal.closing_lines(book, closed, restated, session.language):
        session.console.print(line)


def _as_json(
    _session: Session,
    book: Book,
    chosen: Sequence[Verdict],
    closed: MonthClose | None,
    restated: Sequence[Restated],
    missed: Sequence[Breach],
) -> None:
    shown = stable_json.sla(book, chosen, closed, restated, missed)
    click.echo(printed(shown, book.zone), nl=False)


_VERDICTS: Mapping[
    str,
    Callable[
        [Session, Book, Sequence[Verdict], MonthClose | None, Sequence[Restated], Sequence[Breach]],
        None,
    ],
] = {
    "text": _as_text,
    "json": _as_json,
}
"""The formats that show verdicts; every other shows the findings on them."""
