"""``weibao land``: the workflow's merge of an approved pull request."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

import click
from rich.text import Text

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, argument
from weibao.cli.steps.sending import told
from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.workspace.together.sync import Clone

if TYPE_CHECKING:
    from collections.abc import Mapping

GRAPHQL = "https://api.github.com/graphql"
_FULL_ID = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")


@click.command(
    cls=Command,
    help=N_(
        "Merge an approved pull request of GitHub's, which its button calls a conflict where two "
        "people recorded steps of one ticket. For a workflow that is started by hand: it merges the one "
        "commit that was reviewed, checks the result and pushes. The token is read from GITHUB_TOKEN."
    ),
)
@argument(
    "number",
    metavar="NUMBER",
    type=click.IntRange(min=1),
    explained=N_("The pull request's number."),
)
@argument(
    "commit",
    metavar="COMMIT",
    explained=N_("Its head commit, as it was reviewed: all its characters."),
)
@pass_session
def land(session: Session, /, number: int, commit: str) -> None:
    """Ask the forge, merge, push, and say what was done."""
    from weibao.cli.framework.forge_run import forge_run
    from weibao.workspace.forge.forge import Forge
    from weibao.workspace.together.landing import land as landed

    if not _FULL_ID.fullmatch(commit):
        raise UsageRefusal(
            N_("“{found}” is not a whole commit id, and less could come to mean another."),
            mend=N_("Copy it from the pull request's page: 40 characters."),
            found=commit[:80],
        )
    run = forge_run(os.environ)
    token = os.environ.get("GITHUB_TOKEN", "")
    if not (token and run.repository and run.access):
        raise UsageRefusal(
            N_("This is no run of GitHub's with a token, and it is made for one."),
            mend=N_(
                "In a workflow, give the step the workflow's own token, github.token, as GITHUB_TOKEN; in a "
                "clone, run weibao sync --merge COMMIT."
            ),
        )
    desk = session.desk()
    clone = Clone(desk.root, desk.git_dir, session.git, run.access)
    forge = Forge(_interface(os.environ), token)
    synced = landed(clone, forge, run.repository, (number, commit), session.now)
    words = session.language
    head = words.text(N_("Pull request {number} has landed"), number=number)
    session.console.print(Text(f"✓ {head}", style="bold green"))
    for line in told(synced, words):
        session.console.print(Text(f"  {line}"), soft_wrap=True)


def _interface(environment: Mapping[str, str]) -> str:
    """Where GitHub's GraphQL is answered, without its last part."""
    return environment.get("GITHUB_GRAPHQL_URL", GRAPHQL).removesuffix("/graphql")
