"""How findings are printed, in whichever format was asked for, and kept in files besides."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from weibao.cli.framework.translated import option
from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.ci.writers import WRITERS
from weibao.render.terminal.finding_pieces import findings_pieces
from weibao.render.words.findings import tell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from weibao.cli.framework.session import Session
    from weibao.model.finding import Finding

FORMATS = ("text", *WRITERS)
"""What ``--format`` takes where findings are printed."""


def print_findings(session: Session, found: Iterable[Finding], form: str) -> None:
    """Tell the findings on standard output."""
    told = [tell(finding, session.language) for finding in found]
    if form in WRITERS:
        click.echo(WRITERS[form](told, session.language), nl=False)
        return
    if session.colourless:
        pieces = findings_pieces(told, session.language)
        click.echo("".join(text for text, _ in pieces))
        return
    from weibao.render.terminal import book as terminal

    session.console.print(terminal.findings(told, session.language), soft_wrap=True)


def findings_text(session: Session, found: Iterable[Finding], form: str) -> str:
    """The findings in one of the formats for programs."""
    return WRITERS[form]([tell(finding, session.language) for finding in found], session.language)


def also_option(*formats: str) -> Callable[[Any], Any]:
    """``--also FORMAT FILE``: one judgement for people and for each program that takes part."""
    return option(
        "--also",
        type=(click.Choice(formats), click.Path(path_type=Path, dir_okay=False)),
        multiple=True,
        metavar="FORMAT FILE",
        help=N_("Write it to FILE in another format as well. Repeatable."),
    )


def keep(path: Path, content: str | bytes) -> None:
    """Write what ``--also`` asks for, or a form, its folder too.

    It is written beside and put in its place, so that a link that a pull request has put there is
    replaced and leads nowhere.

    Raises:
        Refusal: the disk does not allow it, or a folder on a relative way to it is a link.
    """
    from weibao.workspace.recording.store import plain_path, put_in_place

    raw = content.encode() if isinstance(content, str) else content
    if not path.is_absolute():
        plain_path(Path(), path.parent.as_posix())
    try:
        if path.parts[:2] in _STREAMS:
            path.write_bytes(raw)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            put_in_place(path, raw)
    except OSError as error:
        raise UsageRefusal(
            N_("{path} cannot be written: {reason}"),
            mend=N_("Name a file in a folder that may be written to."),
            path=path,
            reason=error,
        ) from None


_STREAMS = (("/", "dev"), ("/", "proc"))
"""Where ``/dev/stdout`` and a shell's ``>(…)`` lie, in whose place nothing may be put."""
