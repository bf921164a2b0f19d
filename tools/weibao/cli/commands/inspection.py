"""``weibao inspection``: the rounds of the plan, from the start to the customer's confirmation."""

from __future__ import annotations

from typing import Any

import click

from weibao.cli.framework.nouns import INSPECTION, THE_INSPECTION
from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session, the_one
from weibao.cli.framework.step_options import field_options, writing
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.cli.steps.rounds import record_check, start_round
from weibao.cli.steps.verbs import add_verbs, verb
from weibao.language import N_
from weibao.model.events import State
from weibao.render.json import inspections as inspections_json
from weibao.render.terminal import inspections as inspections_view

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
@writing
@pass_session
def start(session: Session, /, plan: str | None, **given: Any) -> None:
    """File a new inspection."""
    from weibao.cli.prompts.inspecting import ask_start

    desk = session.desk()
    plan, given = ask_start(session, desk, plan, given)
    start_round(session, desk, plan, given)


@verb(inspection, "check", "inspection", "checked")
@INSPECTION.names_it
@field_options("inspection", "checked", not_required=("status",))
@option(
    "--open-ticket",
    is_flag=True,
    help=N_("Open a ticket for what was found, and name it; the ticket is committed first."),
)
@option(
    "--severity", type=click.IntRange(1, 9), help=N_("With --open-ticket: the ticket's severity.")
)
@option(
    "--reported-by",
    default="",
    metavar="CONTACT",
    help=N_("With --open-ticket: the customer's contact who was told and declares it."),
)
@writing
@pass_session
def check(session: Session, /, suffix: str | None, **given: Any) -> None:
    """Record a check, and open a ticket for it where that is asked."""
    from weibao.cli.prompts.inspecting import ask_check

    desk = session.desk()
    one, given = ask_check(session, desk, suffix, given)
    record_check(session, desk, one, given)


add_verbs(inspection, INSPECTION, apart=("started", "checked"))
