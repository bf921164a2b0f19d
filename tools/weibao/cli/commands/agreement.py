"""``weibao agreement``: to which editions of contract, staff and keys the customer agreed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from weibao.cli.framework.nouns import AGREEMENTS
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.step_options import writing
from weibao.cli.framework.translated import Conversing, Group, argument, option
from weibao.cli.steps.undoing import add_undo
from weibao.language import N_


@click.group(
    cls=Group, help=N_("The editions of contract, staff and keys that the customer agreed to.")
)
def agreement() -> None:
    """The agreements."""


@agreement.command(
    "approve",
    cls=Conversing,
    help=N_(
        "Record that a contact agreed to a file as it stands here. It counts where the contact signs "
        "the commit with their own key, or where a document is attached."
    ),
)
@argument(
    "path",
    metavar="PATH",
    type=click.Path(path_type=Path),
    explained=N_(
        "The file: records/contract.yaml, records/staff.yaml, records/allowed_signers or a key."
    ),
)
@option("--contact", required=True, metavar="CONTACT", help=N_("The contact who agreed."))
@option(
    "--document",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help=N_("The letter or mail that says so, a PDF or a picture; it is kept with the records."),
)
@writing
@pass_session
def approve(session: Session, /, path: Path | None, document: Path | None, **given: Any) -> None:
    """Record an approval."""
    from weibao.cli.prompts.conversation import begin_approving
    from weibao.cli.steps.recorded import attachment_told
    from weibao.cli.steps.recording import append
    from weibao.cli.steps.settling import settled
    from weibao.workspace.recording.agreeing import agreed_edition
    from weibao.workspace.recording.attachment import read_attachment

    desk = session.desk()
    log, path, given = begin_approving(session, desk, AGREEMENTS, path, given)
    given = settled(session, desk, given)
    name, digest = agreed_edition(desk, session.directory / path)
    kept = None if document is None else read_attachment(session.directory / document)
    data = {
        "path": name,
        "sha256": digest,
        "contact": given["contact"],
        "document": None if kept is None else kept.sha256,
    }
    told = (
        ()
        if kept is None or document is None
        else attachment_told(document.name, kept, session.language)
    )
    beside = {} if kept is None else {kept.path: kept.content}
    append(session, desk, log, "approved", data, given, beside, told)


add_undo(agreement, AGREEMENTS)
