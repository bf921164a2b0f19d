"""``weibao hooks``: what git asks before a push."""

from __future__ import annotations

import sys

import click
from rich.text import Text

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group
from weibao.history.snapshot import files_at, top_of
from weibao.language import N_
from weibao.refusal import Refusal


@click.group(
    cls=Group,
    help=N_("The hook of git that looks at what is pushed to the official branch."),
)
def hooks() -> None:
    """The hook of git."""


@hooks.command(
    cls=Command,
    help=N_(
        "Have git ask weibao before each push from this clone. It warns of a merge that puts the official "
        "tip second, as an ordinary git pull makes one, and of lines that would be lost; it stops nothing."
    ),
)
@pass_session
def install(session: Session) -> None:
    """Write the hook."""
    from weibao.workspace.setup.push_hook import install_push_hook

    path = install_push_hook(top_of(session.git))
    told = session.language.text(N_("Git asks before each push from here on: {path}"), path=path)
    session.console.print(Text(told), soft_wrap=True)


@hooks.command(
    "pre-push",
    cls=Command,
    help=N_(
        "Look at a push, as git tells it on standard input. Always ends with 0: it only warns."
    ),
)
@pass_session
def pre_push(session: Session) -> None:
    """Warn of what a push would do to the official branch."""
    from weibao.workspace.setup.push_hook import pushed

    try:
        for local, remote in pushed(sys.stdin, _official(session)):
            _warn(session, local, remote)
    except Refusal as refusal:
        from weibao.cli.framework.refusing import show_refusal

        show_refusal(session, refusal)


def _official(session: Session) -> str:
    """The official branch, in whose contract's language is spoken from here on."""
    from weibao.model.load import read_record

    path = "records/contract.yaml"
    files, _ = files_at(session.git, "HEAD", path.__eq__)
    contract = read_record(path, files[path]).value if path in files else None
    if contract is None:
        return "main"
    session.speak_as(contract)
    main: str = contract.evidence.main
    return main


def _warn(session: Session, local: str, remote: str) -> None:
    from weibao.cli.checking.judging import Named, judged
    from weibao.cli.framework.printing import print_findings
    from weibao.report.found import errors
    from weibao.workspace.together.sync import goes_on

    if not session.git.commit_of(remote):  # others have moved it, and git will say so
        return
    words = session.language
    root = top_of(session.git)
    if not goes_on(root, remote, local):
        told = words.text(
            N_(
                "Warning: this push puts second what the branch ended in ({commit}); colleagues' steps may look "
                "late by it. weibao sync turns it round, and sends it."
            ),
            commit=remote[:12],
        )
        session.errors.print(Text(told, style="yellow"), soft_wrap=True)
    found = judged(session, Named(session, ()), remote, local)
    if errors(found):
        told = words.text(N_("Warning: the official branch would have errors that it has not now:"))
        session.errors.print(Text(told, style="yellow"), soft_wrap=True)
        print_findings(session, found, "text")
