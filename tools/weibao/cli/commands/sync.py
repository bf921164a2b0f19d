"""``weibao sync``."""

from __future__ import annotations

import click
from rich.text import Text

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, option
from weibao.cli.steps.sending import told
from weibao.language import N_
from weibao.workspace.together.sync import Clone, merge_branch, synchronise


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
@pass_session
def sync(session: Session, revision: str | None) -> None:
    """Bring this clone and its remote in step, and say what was done."""
    desk = session.desk()
    clone = Clone(desk.root, desk.git_dir, session.git)
    if revision is not None:
        synced = merge_branch(clone, revision, session.now)
    else:
        synced = synchronise(clone, session.now)
    words = session.language
    head = words.text(N_("In step with {remote}"), remote=synced.remote)
    session.console.print(Text(f"✓ {head}", style="bold green"))
    for line in told(synced, words):
        session.console.print(Text(f"  {line}"), soft_wrap=True)
