"""``weibao inspection``: the rounds of the plan, from the start to the customer's confirmation."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from weibao.cli.framework.nouns import INSPECTION, THE_INSPECTION
from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session, the_one
from weibao.cli.framework.step_options import SEVERITY, field_options, writing
from weibao.cli.framework.translated import Argument, Command, Group, Option, argument, option
from weibao.cli.steps.rounds import check_in_bulk, record_check, start_round
from weibao.cli.steps.undoing import add_undo
from weibao.cli.steps.verbs import add_verbs, verb
from weibao.language import N_
from weibao.model.events import State
from weibao.render.json import inspections as inspections_json
from weibao.render.terminal import inspections as inspections_view
from weibao.workspace.recording.recording import read_standing_record

PRESSING = ("overdue", "due", "incomplete", "upcoming")
"""The states of rounds that are not done, the most pressing first."""


@click.group(cls=Group, help=N_("Inspections: start a round, record each check, show what is due."))
def inspection() -> None:
    """The inspections."""


@inspection.command(cls=Command, help=N_("An inspection with its checks and their evidence."))
@argument("suffix", metavar="INSPECTION", explained=THE_INSPECTION)
@view_options
@pass_session
def show(session: Session, /, suffix: str, revision: str, as_of: str, form: str) -> None:
    """Show an inspection."""
    book = session.book(revision, as_of)
    found = the_one(suffix, book.records.inspections, listed_by="weibao inspection list")
    one = book.records.inspections[found]
    session.show(form, inspections_json.inspection, inspections_view.inspection_text, book, one)


@inspection.command("list", cls=Command, help=N_("The inspections, the latest first."))
@option("--open", "only_open", is_flag=True, help=N_("Only those that are not completed."))
@view_options
@pass_session
def list_(session: Session, /, only_open: bool, revision: str, as_of: str, form: str) -> None:  # noqa: FBT001
    """List inspections."""
    book = session.book(revision, as_of)
    chosen = [
        inspection
        for inspection in book.records.inspections.values()
        if not only_open or book.states[inspection.id].state is State.STARTED
    ]
    session.show(
        form, inspections_json.inspections, inspections_view.inspections_text, book, chosen
    )
    session.warn_of_unreadable(book)


@inspection.command(
    cls=Command, help=N_("Rounds that are overdue, due, closed with gaps, or planned next.")
)
@view_options
@pass_session
def due(session: Session, /, revision: str, as_of: str, form: str) -> None:
    """Show the rounds that are not done."""
    book = session.book(revision, as_of)
    rounds = [
        work for work in book.due_work if work.kind == "inspection" and work.state in PRESSING
    ]
    rounds.sort(key=lambda work: (PRESSING.index(work.state), work.due, work.plan))
    session.show(form, inspections_json.due, inspections_view.due_text, book, rounds)
    session.warn_of_unreadable(book)


@verb(inspection, "start", "inspection", "started")
@argument("plan", metavar="PLAN", explained=N_("The round: its name in records/plan.yaml."))
@option(
    "--period",
    default="",
    metavar="PERIOD",
    help=N_("2026-Q4, 2026-11 …; that of the round which is due if not given."),
)
@option(
    "--asset",
    "assets",
    multiple=True,
    metavar="ASSET",
    help=N_("The equipment to inspect; what the plan says if not given."),
)
@option(
    "--form",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help=N_("Write a form for it besides, FILE.xlsx or FILE.csv, to be filled in on site."),
)
@writing
@pass_session
def start(session: Session, /, plan: str | None, form: Path | None, **given: Any) -> None:
    """File a new inspection, and write its form where that is asked."""
    from weibao.cli.prompts.inspecting import ask_start

    if form:
        from weibao.cli.steps.many_checks import require_new_form, write_form

        require_new_form(session, form)
    desk = session.desk()
    plan, given = ask_start(session, desk, plan, given)
    recorded = start_round(session, desk, plan, given)
    if form:
        write_form(session, desk, recorded.value, form)


@inspection.command(
    cls=Command, help=N_("Write a form of what is left of a round, as a spreadsheet or as CSV.")
)
@argument("suffix", metavar="INSPECTION", explained=THE_INSPECTION)
@argument(
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    explained=N_("Where to: a new file whose name ends in .xlsx or .csv."),
)
@pass_session
def form(session: Session, /, suffix: str, file: Path) -> None:
    """Write the form of a round."""
    from weibao.cli.steps.many_checks import require_new_form, write_form

    require_new_form(session, file)
    desk = session.desk()
    write_form(session, desk, read_standing_record(desk, INSPECTION.path(desk, suffix)).value, file)


@verb(inspection, "check", "inspection", "checked")
@INSPECTION.names_it
@field_options("inspection", "checked", not_required=("status",))
@option(
    "--open-ticket",
    is_flag=True,
    help=N_("Open a ticket for what was found, and name it; the ticket is committed first."),
)
@option("--severity", type=SEVERITY, help=N_("With --open-ticket: the ticket's severity."))
@option(
    "--reported-by",
    default="",
    metavar="CONTACT",
    help=N_("With --open-ticket: the customer's contact who was told and declares it."),
)
@option(
    "--all",
    "all_as",
    type=click.Choice(("ok", "not_applicable")),
    is_eager=True,
    help=N_(
        "Record all that is left with this result, in one commit; --asset and --item may name some of it, with commas."
    ),
)
@option(
    "--except",
    "excepted",
    multiple=True,
    metavar="ASSET[/ITEM][=RESULT]",
    help=N_(
        "With --all: what is not so. Left open, or with its own result or reading: core-sw-01/temperature=47. Repeatable, or with commas."
    ),
)
@option(
    "--from",
    "filled",
    type=click.Path(path_type=Path, dir_okay=False),
    is_eager=True,
    metavar="FILE",
    help=N_("Record what a filled form says, whole or in part, in one commit."),
)
@option(
    "--walk",
    is_flag=True,
    is_eager=True,
    help=N_("On a terminal: go from asset to asset, and record all of it in one commit."),
)
@writing
@pass_session
def check(session: Session, /, suffix: str | None, **given: Any) -> None:
    """Record a check, and open a ticket for it where that is asked; or many."""
    desk = session.desk()
    if given["excepted"] or any(given[way] for way in _IN_BULK):
        check_in_bulk(session, desk, suffix, given)
        return
    from weibao.cli.prompts.inspecting import ask_check

    one, given = ask_check(session, desk, suffix, given)
    record_check(session, desk, one, given)


_IN_BULK = ("all_as", "filled", "walk")
for parameter in check.params:
    if isinstance(parameter, (Option, Argument)) and parameter.required:
        parameter.unless = _IN_BULK


add_verbs(inspection, INSPECTION, apart=("started", "checked"))
add_undo(inspection, INSPECTION)
