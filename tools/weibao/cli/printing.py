"""How findings are printed, in whichever format was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from weibao.view.finding_pieces import findings_pieces
from weibao.view.findings import tell
from weibao.view.writers import WRITERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.cli.session import Session
    from weibao.record.finding import Finding

FORMATS = ("text", *WRITERS)
"""What ``--format`` takes where findings are printed."""


def print_findings(session: Session, found: Iterable[Finding], form: str) -> None:
    """Tell the findings on standard output."""
    told = [tell(one, session.language) for one in found]
    if form in WRITERS:
        click.echo(WRITERS[form](told, session.language), nl=False)
        return
    if session.colourless:
        pieces = findings_pieces(told, session.language)
        click.echo("".join(text for text, _ in pieces))
        return
    from weibao.view import terminal

    session.console.print(terminal.findings(told, session.language), soft_wrap=True)
