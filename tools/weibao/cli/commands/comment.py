"""``weibao comment``: the half of the workflow that may write."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from weibao.cli.framework.forge_run import KEPT, read_event
from weibao.cli.framework.options import FILE
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, option
from weibao.history.snapshot import working_files
from weibao.language import N_
from weibao.refusal import Exit, Refusal, UsageRefusal

if TYPE_CHECKING:
    from weibao.language import Language


@click.command(
    cls=Command,
    help=N_(
        "Keep the one comment on a pull request up to date, from what weibao diff --format json "
        "wrote. For a workflow on pull_request_target: it takes the difference as data, checks its size "
        "and form, and that it is of the head that the event names. The token is read from GITHUB_TOKEN."
    ),
)
@option(
    "--artifact",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help=N_("What weibao diff --format json wrote, as the other job of the workflow handed it on."),
)
@option(
    "--event",
    required=True,
    metavar="FILE",
    type=FILE,
    help=N_("The event of the workflow: $GITHUB_EVENT_PATH."),
)
@option("--dry-run", is_flag=True, help=N_("Print the comment, and call nobody."))
@pass_session
def comment(session: Session, artifact: Path, event: Path, *, dry_run: bool) -> None:
    """Write, rewrite or remove the comment, or print it."""
    from weibao.render.ci.comment import MARKER
    from weibao.workspace.forge.forge import Forge, proposed_head

    session.speak_of(working_files(session.git)[0])
    words = session.language
    proposed = proposed_head(read_event(event))
    body, problem = _comment(artifact, proposed.commit, words)
    if dry_run:
        click.echo(body, nl=False)
    else:
        forge = Forge(os.environ.get("GITHUB_API_URL", "https://api.github.com"), _token())
        if forge.is_at(proposed):
            said = KEPT[forge.keep_comment(proposed.repository, proposed.number, MARKER, body)]
        else:
            said = N_(
                "The pull request is no longer open, or no longer at the head that was checked."
            )
        session.console.print(words.text(said))
    if problem:
        raise problem


def _comment(artifact: Path, head: str, words: Language) -> tuple[str, Refusal | None]:
    """The comment, and what is wrong with an artifact that is no difference, or not that of ``head``.

    What an earlier commit was said to do must not be left standing for one of which nothing is known.
    """
    from weibao.render.ci.comment import comment_on, comment_without_difference
    from weibao.render.json.difference_form import LARGEST, read_difference

    # A link would let the artifact name another file of the machine.
    if artifact.is_symlink() or not artifact.is_file():
        return comment_without_difference(words), None
    if not 0 < artifact.stat().st_size <= LARGEST:
        return comment_without_difference(words), None
    with artifact.open("rb") as stream:
        raw = stream.read(LARGEST + 1)
    try:
        told = read_difference(raw)
        if told.head != head:
            raise _of_another_head(told.head, head)
    except Refusal as problem:
        return comment_without_difference(words), problem
    return comment_on(told, words), None


def _of_another_head(found: str, head: str) -> Refusal:
    return Refusal(
        N_("The difference is that of commit {found}, and the pull request is at {head}."),
        mend=N_(
            "Make it in the same run: weibao diff BASE HEAD, with the head that the event names."
        ),
        exit_code=Exit.FINDINGS,
        found=found[:12],
        head=head[:12],
    )


def _token() -> str:
    token = os.environ.get("GITHUB_TOKEN", "")
    if not token:
        raise UsageRefusal(
            N_("GITHUB_TOKEN is not set."),
            mend=N_("Give the step the workflow's own token, github.token, as GITHUB_TOKEN."),
        )
    return token
