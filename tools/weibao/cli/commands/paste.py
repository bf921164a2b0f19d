"""``weibao ticket paste``: steps that a phone made a block of, out of a chat into the records."""

from __future__ import annotations

from typing import Any

import click

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import PUSH, WITH_EDITS
from weibao.cli.framework.translated import Command, argument, option
from weibao.language import N_


@click.command(
    cls=Command,
    help=N_(
        "Record what engineers noted on their phones: the blocks of a message, steps and new tickets, one "
        "commit each. All are judged before the first is written; one that is recorded already is told. "
        "Whoever commits records; who did it and when is what the block says, for its checksum guards "
        "against slips and proves no author."
    ),
)
@argument(
    "file",
    metavar="[FILE|-]",
    required=False,
    default="-",
    explained=N_("The message; - or nothing is standard input."),
)
@option("--dry-run", is_flag=True, help=N_("Judge the steps, and write nothing."))
@PUSH
@WITH_EDITS
@pass_session
def paste(session: Session, /, file: str, **given: Any) -> None:
    """Record pasted blocks."""
    from weibao.cli.steps.pasting import record_pasted

    record_pasted(session, file, given)
