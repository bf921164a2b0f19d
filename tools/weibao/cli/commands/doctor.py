"""``weibao doctor``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weibao.cli.framework.options import format_option
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command
from weibao.language import N_
from weibao.refusal import Exit, Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from weibao.report.diagnosis import Checked


@click.command(
    cls=Command,
    help=N_(
        "Say what this machine, this clone and the forge's files lack, each with the line that mends "
        "it. Nothing is changed, and no network is used. Ends with 1 if something needed is lacking."
    ),
)
@format_option("text", "json")
@click.pass_context
@pass_session
def doctor(session: Session, context: click.Context, form: str) -> None:
    """Examine, judge, tell."""
    from rich.text import Text

    from weibao.render.json.doctor import diagnosis
    from weibao.render.json.printed import printed
    from weibao.render.terminal.doctor import doctor_pieces
    from weibao.report.diagnosis import unwell

    checks = tuple(_checks(session))
    words = session.language
    if form == "json":
        click.echo(printed(diagnosis(checks, words)), nl=False)
    else:
        session.console.print(Text.assemble(*doctor_pieces(checks, words)), soft_wrap=True)
    context.exit(Exit.FINDINGS if unwell(checks) else Exit.FINE)


def _checks(session: Session) -> Iterator[Checked]:
    from weibao.workspace.diagnosis.checks import (
        diagnose_clone,
        diagnose_index,
        diagnose_machine,
        diagnose_outside,
        main_name,
    )
    from weibao.workspace.diagnosis.examination import examine_clone, examine_forge, examine_machine
    from weibao.workspace.diagnosis.forge_checks import diagnose_forge

    machine = examine_machine(session.directory)
    yield from diagnose_machine(machine)
    try:
        top = session.git.top
    except Refusal as refusal:
        if refusal.exit_code is Exit.USAGE:  # there is no such folder
            raise
        yield diagnose_outside(refusal)
        return
    if top is None:
        bare = N_("{path} is a bare repository: there is no working tree to check.")
        mend = N_("Clone it and check the clone.")
        yield diagnose_outside(Refusal(bare, mend=mend, path=session.directory))
        return
    clone = examine_clone(session.git, top, session.now)
    if clone.contract is not None:
        session.speak_as(clone.contract)
    yield from diagnose_clone(clone, machine)
    if clone.broken is None and (found := _index(session)) is not None:
        yield diagnose_index(found)
    yield from diagnose_forge(examine_forge(top, main_name(clone)))


def _index(session: Session) -> Sequence[str] | None:
    """What the index says otherwise than the history; None where none is read, or there is no Book to hold it against."""
    from weibao.workspace.index.index import otherwise
    from weibao.workspace.index.index_file import UnusableIndex, index_file

    if not index_file(session.git.common).exists():
        return None
    try:
        return otherwise(session.git, session.book("HEAD", ""))
    except UnusableIndex as unusable:
        return (str(unusable),)
    except Refusal:
        return None
