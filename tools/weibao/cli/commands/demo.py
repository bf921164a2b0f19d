"""``weibao demo``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, argument, option
from weibao.language import N_

if TYPE_CHECKING:
    from datetime import datetime


@click.command(
    cls=Command,
    help=N_("Make an example contract in DIR: a year of records with a true git history."),
)
@argument(
    "directory",
    metavar="DIR",
    type=click.Path(path_type=Path),
    explained=N_("The folder to make it in."),
)
@option(
    "--tickets",
    type=click.IntRange(1, 5000),
    default=180,
    show_default=True,
    help=N_("How many tickets; of twenty or more, a complaint and a drill besides."),
)
@option(
    "--seed",
    type=click.IntRange(0),
    default=1,
    show_default=True,
    help=N_("Another seed makes another year."),
)
@option(
    "--until",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help=N_("The day on which the year ends; today if not given."),
)
@pass_session
def demo(
    session: Session, directory: Path, tickets: int, seed: int, until: datetime | None
) -> None:
    """Make the example contract."""
    from weibao.demo.contract_year import contract_day, make_demo

    day = until.date() if until else contract_day(session.now)
    made = make_demo(session.directory / directory, tickets=tickets, seed=seed, until=day)
    words = session.language
    said = words.text(
        N_(
            "{directory}: {commits} commits, {tickets} tickets, {inspections} inspections, {movements} stock movements."
        ),
        directory=directory,
        commits=made.commits,
        tickets=made.tickets,
        inspections=made.inspections,
        movements=made.movements,
    )
    session.console.print(Text(said))
    session.console.print(Text(words.text(N_("Its last commit is {commit}."), commit=made.commit)))
