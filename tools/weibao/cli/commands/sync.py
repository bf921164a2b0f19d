"""``weibao sync``."""

from __future__ import annotations

import click
from rich.text import Text

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, option
from weibao.cli.steps.sending import delivery_told
from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.workspace.together.proposing import Proposed, delivered, propose
from weibao.workspace.together.sync import Clone, Synced, merge_branch


@click.command(
    cls=Command,
    help=N_(
        "Receive what others have recorded, join it with what was recorded here, check the result "
        "and send it. What is committed here is safe, whatever fails: sync again."
    ),
)
@option(
    "--merge",
    "revision",
    default=None,
    metavar="REV",
    help=N_("Merge this branch or commit into the remote's branch, as a forge's button cannot."),
)
@option(
    "--propose",
    "as_request",
    is_flag=True,
    help=N_(
        "Send what is only here as a branch of its own, and say where the request is opened that asks for it "
        "to be merged: for a branch that the forge protects. Configuration that it refuses goes so by itself."
    ),
)
@pass_session
def sync(session: Session, revision: str | None, as_request: bool) -> None:  # noqa: FBT001
    """Bring this clone and its remote in step, and say what was done."""
    if revision is not None and as_request:
        raise UsageRefusal(
            N_("--merge lands a branch, and --propose asks for one to be landed."),
            mend=N_("Leave out one of the two."),
        )
    desk = session.desk()
    clone = Clone(desk.root, desk.git_dir, session.git)
    delivery: Synced | Proposed
    if revision is not None:
        delivery = merge_branch(clone, revision, session.now)
    elif as_request:
        delivery = propose(clone, session.now)
    else:
        delivery = delivered(clone, session.now)
    words = session.language
    head = (
        words.text(N_("Proposed to {remote}"), remote=delivery.remote)
        if isinstance(delivery, Proposed)
        else words.text(N_("In step with {remote}"), remote=delivery.remote)
    )
    session.console.print(Text(f"✓ {head}", style="bold green"))
    for line in delivery_told(delivery, words):
        session.console.print(Text(f"  {line}"), soft_wrap=True)
