"""``weibao paper``: the papers of the contract, one command a kind."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group, argument, option
from weibao.cli.steps.papers import VERSION, paper_options, write_paper
from weibao.language import N_
from weibao.render.papers.all_papers import FORMATS, KINDS
from weibao.workspace.papers.commissioning import PERIODS

if TYPE_CHECKING:
    from collections.abc import Callable

    from weibao.render.papers.commission import PaperKind


@click.group(
    cls=Group,
    help=N_(
        "Papers for both sides to sign, out of the records: service sheets, inspection reports, lists and certificates."
    ),
)
def paper() -> None:
    """The papers."""


@paper.command(
    "list", cls=Command, help=N_("Which papers there are, what each is on, and the formats.")
)
@pass_session
def list_(session: Session) -> None:
    """List kinds and formats."""
    words, console = session.language, session.console
    for kind in KINDS:
        head = f"{kind.name} {kind.subject.upper()}".rstrip()
        console.print(Text(f"{head}  {words.text(kind.title)}", style="bold"), soft_wrap=True)
        console.print(Text(f"  {words.text(kind.explained)}"), soft_wrap=True)
    for form in sorted(FORMATS, key=attrgetter("name")):
        console.print(Text(f"-f {form.name}  {words.text(form.title)}"), soft_wrap=True)


def add_kind(kind: PaperKind) -> None:
    """Add the command that writes papers of a kind."""

    @pass_session
    def command(
        session: Session, /, revision: str, as_of: str, subject: str = "", **given: Any
    ) -> None:
        write_paper(session, session.book(revision, as_of), kind, subject, given)

    made: Callable[..., None] = paper_options(command)
    if kind.can_be_blank:
        made = option("--blank", is_flag=True, help=N_("To be filled in by hand."))(made)
    if kind.subject in PERIODS:
        made = VERSION(made)
    if kind.subject:
        made = argument(
            "subject",
            metavar=kind.subject.upper(),
            explained=_SUBJECT,
            **({"default": ""} if kind.also_whole else {"required": True}),
        )(made)
    paper.command(kind.name, cls=Command, help=kind.explained)(made)


_SUBJECT = N_("What it is on: a record by its id or the end of it, a serial number, a period.")

for paper_kind in KINDS:
    add_kind(paper_kind)
