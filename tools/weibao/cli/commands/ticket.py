"""``weibao ticket``: the verbs come out of the table of events, one command an event."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from weibao.cli.framework.nouns import TICKET
from weibao.cli.framework.options import THE_TICKET, view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import SEVERITY, SaidChoice, writing
from weibao.cli.framework.translated import Command, Conversing, Group, argument, option
from weibao.cli.steps.undoing import add_undo
from weibao.cli.steps.verbs import add_verbs
from weibao.language import N_
from weibao.model import field_kinds as kinds
from weibao.model.field_kinds import ASSET, PERSON

OUTCOMES = ("met", "breached", "running", "at_risk", "waived", "cancelled", "undetermined")
"""How a promise may come out: said here too, so that Tab need not import how that is judged."""


@click.group(
    cls=Group,
    lazy={
        "batch": ("weibao.cli.commands.batch:batch", N_("Record several steps from a YAML list.")),
        "paste": ("weibao.cli.commands.paste:paste", N_("Record what a phone made a block of.")),
    },
    invoke_without_command=True,
    help=N_(
        "Open a ticket, record each step of it, show and list tickets. Alone: your open tickets, and "
        "the next step of each with its deadline, by what the records claim."
    ),
)
@click.pass_context
@pass_session
def ticket(session: Session, context: click.Context) -> None:
    """The tickets; alone, those that wait for whoever asks."""
    if context.invoked_subcommand is None:
        from weibao.cli.steps.agenda import show_agenda

        show_agenda(session)


@ticket.group("drill", cls=Group, help=N_("Steps of a drill: scenes, answers, how it went."))
def drill() -> None:
    """The steps of a drill."""


@ticket.group("part", cls=Group, help=N_("Spare parts of a ticket: requested, arrived, replaced."))
def part() -> None:
    """The parts of a ticket."""


def _pasted(context: click.Context, _parameter: click.Parameter, given: bool) -> None:  # noqa: FBT001
    """Leave it to ``weibao ticket paste`` where a block is to be pasted."""
    if given and not context.resilient_parsing:
        from weibao.cli.steps.pasting import record_pasted

        record_pasted(context.find_root().obj, "-", {"dry_run": False, "push": None})
        context.exit()


@ticket.command(
    "open", cls=Conversing, help=N_("Open a ticket. It is filed under a new id, which is printed.")
)
@option("--title", required=True, metavar="TEXT", help=N_("The fault or request in one line."))
@option(
    "--kind",
    type=SaidChoice(kinds.TICKET_KIND),
    default="fault",
    show_default=True,
    help=N_("What kind of work it is."),
)
@option(
    "--severity",
    type=SEVERITY,
    help=N_("As the customer declared it; planned work has none."),
)
@option(
    "--reported-by",
    required=True,
    metavar="CONTACT",
    help=N_("The customer's contact who reported it."),
)
@option(
    "--reported-at",
    default="",
    metavar="TIME",
    help=N_("When they reported it; the time of the entry if not given."),
)
@option(
    "--channel",
    type=SaidChoice(kinds.CHANNEL),
    default="phone",
    show_default=True,
    help=N_("How it came in."),
)
@option(
    "--received-by",
    default="",
    metavar="PERSON",
    help=N_("Who took it; whoever records it if not given."),
)
@option("--emergency", is_flag=True, help=N_("People were sent first, and it is recorded after."))
@option(
    "--dispatched-at",
    default="",
    metavar="TIME",
    help=N_("An emergency: when somebody was sent; the dispatch is recorded with the ticket."),
)
@option(
    "--dispatched-to",
    default="",
    metavar="PERSON",
    help=N_("Who was sent; the engineer who was on duty then if not given."),
)
@option(
    "--asset",
    "assets",
    multiple=True,
    metavar="ASSET",
    help=N_("The equipment it is about; may be given several times."),
)
@option(
    "--impact",
    multiple=True,
    metavar="THING=STATE",
    help=N_(
        "A fault: what is lost of an asset or a service (outage, partial, degraded or none), where its severity does not say it; may be given several times."
    ),
)
@option("--description", default="", metavar="TEXT", help=N_("What was said, in full."))
@option("--window", nargs=2, metavar="START END", help=N_("Planned work: from when to when."))
@option(
    "--approved-by",
    default="",
    metavar="CONTACT",
    help=N_("Planned work: the customer's contact who approved it."),
)
@option(
    "--rollback", default="", metavar="TEXT", help=N_("Planned work: the way back if it fails.")
)
@option(
    "--plan",
    default="",
    metavar="PLAN",
    help=N_(
        "Planned work: the line of the plan that it comes from; its equipment, where none is named."
    ),
)
@option(
    "--emergency-plan",
    default="",
    metavar="PLAN",
    help=N_("A drill: the emergency plan that it exercises, by its id under docs/emergency/."),
)
@option("--form", type=SaidChoice(kinds.DRILL_FORM), help=N_("A drill: how it is held."))
@option(
    "--paste",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_pasted,
    help=N_("Open it, or record a step, out of a phone's block: as weibao ticket paste."),
)
@writing
@pass_session
def open_(session: Session, /, **given: Any) -> None:
    """Open a ticket."""
    import secrets

    from weibao.cli.prompts.opening import ask_opening
    from weibao.cli.steps.recording import open_ticket

    desk = session.desk()
    given = ask_opening(session, desk, given)
    open_ticket(session, desk, given, secrets.randbelow(32**6))


@ticket.command(
    "attach",
    cls=Conversing,
    help=N_("Keep a photograph or a document with the ticket, named by its SHA-256."),
)
@argument("suffix", metavar="TICKET", explained=THE_TICKET)
@argument(
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    explained=N_("The picture (PNG, JPEG, WebP) or document (PDF)."),
)
@option("--caption", default="", metavar="TEXT", help=N_("What it shows."))
@option(
    "--entries",
    multiple=True,
    metavar="ENTRY",
    help=N_("An entry that it documents, by its event; may be given several times."),
)
@writing
@pass_session
def attach(session: Session, /, suffix: str | None, file: Path | None, **given: Any) -> None:
    """Attach a file."""
    from weibao.cli.steps.attaching import attach_file

    attach_file(session, TICKET, suffix, file, given)


@ticket.command(cls=Command, help=N_("A ticket with its timeline, its evidence and its verdicts."))
@argument("suffix", metavar="TICKET", explained=THE_TICKET)
@view_options
@pass_session
def show(session: Session, suffix: str, revision: str, as_of: str, form: str) -> None:
    """Show a ticket."""
    from weibao.render.json.ticket import ticket as as_json
    from weibao.render.terminal import book as terminal

    book = session.book(revision, as_of)
    session.show(form, as_json, terminal.ticket, book, session.ticket_in(book, suffix))


@ticket.command("list", cls=Command, help=N_("The tickets, the latest report first."))
@option("--open", "only_open", is_flag=True, help=N_("Only those that are not ended."))
@option(
    "--month",
    metavar="YYYY-MM",
    type=click.DateTime(["%Y-%m"]),
    help=N_("Only those reported in this month."),
)
@option("--severity", type=SEVERITY, help=N_("Only this severity."))
@option("--asset", default="", metavar="ASSET", help=N_("Only those about this equipment."))
@option("--site", default="", metavar="SITE", help=N_("Only those about equipment of this site."))
@option("--owner", default="", metavar="PERSON", help=N_("Only those of this person."))
@option(
    "--verdict",
    type=click.Choice(OUTCOMES),
    help=N_("Only those of which a promise came out so."),
)
@view_options
@pass_session
def list_(session: Session, /, revision: str, as_of: str, form: str, **given: Any) -> None:
    """List tickets."""
    from weibao.model.naming import SITE, called, severity_named
    from weibao.render.json.book import tickets
    from weibao.render.terminal import book as terminal
    from weibao.report.chosen_tickets import Asked, chosen_tickets
    from weibao.sla.verdict import Outcome

    book = session.book(revision, as_of)
    month, verdict, records = given["month"], given["verdict"], book.records
    level = given["severity"]
    asked = Asked(
        only_open=given["only_open"],
        month="" if month is None else f"{month:%Y-%m}",
        severity=severity_named(records, level) if isinstance(level, str) else level,
        asset=called(records, ASSET, given["asset"]) if given["asset"] else "",
        site=called(records, SITE, given["site"]) if given["site"] else "",
        owner=called(records, PERSON, given["owner"]) if given["owner"] else "",
        outcome=None if verdict is None else Outcome(verdict),
    )
    session.show(form, tickets, terminal.tickets, book, chosen_tickets(book, asked))
    session.warn_of_unreadable(book)


add_verbs(ticket, TICKET, apart=("opened", "attached"), within={"part": part, "drill": drill})
add_undo(ticket, TICKET)
