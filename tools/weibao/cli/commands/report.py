"""``weibao report``: write a report, close a month, and say what became of either."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from weibao.cli.framework.nouns import REPORT, THE_MONTH, month_named, names_period
from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import SaidChoice, writing
from weibao.cli.framework.translated import (
    Bilingual,
    Command,
    Conversing,
    Group,
    argument,
    option,
)
from weibao.cli.steps.papers import (
    FONT_DIR,
    TEMPLATE,
    VERSION,
    paper_options,
    setting_given,
    write_paper,
)
from weibao.cli.steps.undoing import add_undo
from weibao.cli.steps.verbs import add_verbs, verb
from weibao.language import CODES, N_
from weibao.model.field_kinds import DELIVERABLE
from weibao.model.paths import stem_of
from weibao.render.json import deliveries as deliveries_json
from weibao.render.terminal import deliveries as deliveries_view
from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from weibao.render.papers.format import PaperSetting


class ReportGroup(Group):
    """The verbs of reports; a period in the place of one writes the report on it."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """See ``click.Group``."""
        return super().get_command(ctx, "write" if names_period(cmd_name) else cmd_name)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """See ``click.Group``; the period stays an argument."""
        return super().resolve_command(ctx, ["write", *args] if names_period(args[0]) else args)


@click.group(
    cls=ReportGroup,
    help=N_(
        "Reports: write one (weibao report 2026-11, 2026-Q4, 2026), close a month so that its figures stand; what was remarked, issued, submitted, accepted, disputed and revised."
    ),
)
def report() -> None:
    """The reports on months, quarters and years."""


@report.command(
    cls=Command,
    help=N_(
        "Write the report on a period that was closed, out of the closes and of what was remarked on it; weibao report PERIOD does the same. A version that was issued is written as it was issued, to the byte."
    ),
)
@argument(
    "period",
    metavar="PERIOD",
    explained=N_("A month, a quarter or a year: 2026-11, 2026-Q4, 2026."),
)
@VERSION
@paper_options
@pass_session
def write(session: Session, /, period: str, revision: str, as_of: str, **given: Any) -> None:
    """Write a report."""
    from weibao.workspace.papers.commissioning import REPORTS, kind_named, period_named

    book = session.book(revision, as_of)
    kind = kind_named(period_named(book, period, REPORTS).kind)
    write_paper(session, book, kind, period, given)


@verb(report, "issue", "report", "issued")
@option(
    "--report",
    "field_report",
    type=SaidChoice(DELIVERABLE),
    required=True,
    help=Bilingual.of("报告", "Report"),
)
@option(
    "--file",
    "files",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("A file that the customer is given: its SHA-256 is filed; may be given several times."),
)
@option(
    "--language",
    type=click.Choice((*CODES, "both")),
    default=None,
    help=N_("The language of the files whose names do not say it."),
)
@option(
    "--set-otherwise",
    "otherwise",
    is_flag=True,
    help=N_(
        "The files were set with another template, other fonts or another release, so their bytes are not compared. Of a PDF the facts (JSON) attached to it must be those of this version, to the byte; of docx, xlsx, html and md the number of the document and version must be in it. What their pages show is compared with nothing."
    ),
)
@FONT_DIR
@TEMPLATE
@option("--sha256", "field_sha256", default="", metavar="SHA256", hidden=True)
@argument("suffix", metavar="YYYY-MM", explained=THE_MONTH)
@writing
@pass_session
def issue(
    session: Session,
    /,
    suffix: str | None,
    files: tuple[Path, ...],
    language: str | None,
    **given: Any,
) -> None:
    """Record that a version was issued, and which files it is, after holding each against that version."""
    from weibao.cli.framework.field_values import field_values
    from weibao.cli.prompts.conversation import begin
    from weibao.cli.steps.recording import append
    from weibao.rules.one_record import log_of
    from weibao.workspace.papers.filing import filed_papers

    desk = session.desk()
    paths = [session.directory / file for file in files]
    papers = filed_papers(paths, language or "")
    otherwise = given.pop("otherwise")
    setting = setting_given(
        session, {"fonts": given.pop("fonts"), "template": given.pop("template")}
    )
    one, given = begin(session, desk, REPORT, "issued", suffix, given, _WORKED_OUT)
    given |= {"field_files": papers, "field_version": None}
    data = field_values(desk, one, "issued", given)
    issued = [
        entry
        for entry in log_of(one)
        if entry.event == "issued" and entry.data["report"] == data["report"]
    ]
    version = len(issued) + 1
    known = {file["sha256"] for entry in issued for file in entry.data.get("files", ())}
    # A file that was issued before is no other version, which is refused as such when it is recorded.
    fresh = [
        (path, paper)
        for path, paper in zip(paths, papers, strict=True)
        if paper["sha256"] not in known
    ]
    told = _compared(
        session, stem_of(one.path), data["report"], version, fresh, setting, otherwise=otherwise
    )
    append(session, desk, one, "issued", data | {"version": version}, given)
    for line in told:
        session.console.print(Text(f"  {line}"), soft_wrap=True)


def _compared(
    session: Session,
    month: str,
    report: str,
    version: int,
    files: Sequence[tuple[Path, dict[str, str]]],
    setting: PaperSetting,
    *,
    otherwise: bool,
) -> list[str]:
    """What each file has in common with the version that is issued; refused where it is none of it."""
    if not files:
        return []
    from weibao.workspace.papers.commissioning import PaperDesk
    from weibao.workspace.papers.filing import given_bytes
    from weibao.workspace.papers.issuing import held_against, paper_of_report

    book = session.book("HEAD", "")
    asked = paper_of_report(book.records.contract, report, month, version)
    if asked is None:
        return [session.language.text(N_("Nothing was compared: weibao writes no such report."))]

    desk = PaperDesk(session.git, book, session.seen_logs(book), setting)
    given = [
        (path.name, paper["format"], paper["language"], given_bytes(path)) for path, paper in files
    ]
    return [
        session.language.text(sentence, path=plain(name), number=plain(number))
        for sentence, name, number in held_against(given, asked, desk, otherwise=otherwise)
    ]


_WORKED_OUT = frozenset({"version", "files", "sha256"})
"""What of an issue nobody is asked for."""


@report.command(
    "attach",
    cls=Conversing,
    help=N_("Keep the signed report, as a scan or a photograph, named by its SHA-256."),
)
@argument("suffix", metavar="YYYY-MM", explained=THE_MONTH)
@argument(
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    explained=N_("The picture (PNG, JPEG, WebP) or document (PDF)."),
)
@option(
    "--report", type=SaidChoice(DELIVERABLE), required=True, help=Bilingual.of("报告", "Report")
)
@option("--caption", default="", metavar="TEXT", help=N_("What it shows."))
@writing
@pass_session
def attach(session: Session, /, suffix: str | None, file: Path | None, **given: Any) -> None:
    """Attach the signed report."""
    from weibao.cli.steps.attaching import attach_file

    attach_file(session, REPORT, suffix, file, given)


@report.command(
    cls=Command,
    help=N_(
        "Close a month that is over: file how its promises came out, and the commit, the instant and "
        "the rules that anybody can work that out from again. What comes later is restated, in the "
        "month in which it lands."
    ),
)
@argument("month", metavar="YYYY-MM", explained=N_("The month, in the contract's time zone."))
@pass_session
def close(session: Session, /, month: str) -> None:
    """Work the figures out, file them, commit, and say what they are."""
    from weibao.workspace.month_end import close_month

    month_named(month)
    desk = session.desk()
    book = session.book("HEAD", "")
    made, commit = close_month(desk, book, month, session.seen_logs(book))
    words = session.language
    counts = " · ".join(
        f"{words.term('outcome', outcome)} {number}" for outcome, number in made.counts.items()
    )
    session.console.print(Text(f"✓ {made.path}", style="bold green"))
    for line in (
        counts,
        words.text(N_("By commit {commit}"), commit=made.commit[:12]),
        words.text(N_("Committed: {commit}"), commit=commit[:12]),
    ):
        session.console.print(Text(f"  {line}"), soft_wrap=True)


@report.command(
    "list", cls=Command, help=N_("The reports that the contract promises, and what became of each.")
)
@view_options
@pass_session
def list_(session: Session, /, revision: str, as_of: str, form: str) -> None:
    """List what is to be delivered."""
    book = session.book(revision, as_of)
    session.show(
        form, deliveries_json.deliveries, deliveries_view.deliveries_text, book, book.deliveries
    )
    session.warn_of_unreadable(book)


add_verbs(report, REPORT, apart=("issued", "attached"))
add_undo(report, REPORT)
