"""How failures are told: what is wrong, where, and what to do, on standard error."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from typing import TYPE_CHECKING

import click
from rich.text import Text

from weibao import __version__
from weibao.cli.framework.misuse import misuse, which_help
from weibao.language import N_, run_on
from weibao.model.finding import Unsound
from weibao.refusal import FileFaults, SeveralRefused
from weibao.render.ci.formats.github import inert
from weibao.render.terminal.book import finding_lines
from weibao.render.words.findings import tell
from weibao.render.words.plain import plain, plain_facts

if TYPE_CHECKING:
    from weibao.cli.framework.session import Session
    from weibao.language import Language
    from weibao.refusal import Refusal


def show_refusal(session: Session, refusal: Refusal) -> None:
    """Say why the command cannot go on, and what to do.

    In a run of a forge, whose log takes some lines for commands, nothing that is quoted can be one.
    """
    text = refusal_text(refusal, session.language)
    if os.environ.get("GITHUB_ACTIONS") == "true" and inert(text.plain) != text.plain:
        text = Text(inert(text.plain))
    session.errors.print(text, soft_wrap=True)


def refusal_text(refusal: Refusal, words: Language) -> Text:
    """What is refused, what is wrong with the records behind it, and what to do."""
    facts = plain_facts(refusal.facts, words)
    lines = [_refused(words.text(refusal.message, **facts), words)]
    if isinstance(refusal, Unsound):
        lines += [finding_lines(tell(finding, words), words) for finding in refusal.findings]
    if isinstance(refusal, SeveralRefused):
        lines += [Text(f"  {refused_told(part, words)}") for part in refusal.refused]
    if isinstance(refusal, FileFaults):
        lines += [Text(plain(fault.told(words))) for fault in refusal.faults]
    if refusal.mend:
        lines.append(Text(words.text(refusal.mend, **facts)))
    return Text("\n").join(lines)


def refused_told(refusal: Refusal, words: Language) -> str:
    """What is wrong in one place, and what to do about it."""
    facts = plain_facts(refusal.facts, words)
    mend = words.text(refusal.mend, **facts) if refusal.mend else ""
    return run_on(words.text(refusal.message, **facts), mend)


def show_misuse(session: Session, error: click.ClickException) -> None:
    """Say what is wrong with the command line, and which help says how it is done."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        click.echo(error.format_message(), err=True)
        return
    words = session.language
    session.errors.print(_refused(plain(misuse(error, words)), words), soft_wrap=True)
    session.errors.print(Text(words.text(N_("See {help}"), help=which_help(error))))


def _refused(said: str, words: Language) -> Text:
    """What is refused, under the word for it in red."""
    heading = words.text(N_("Refused:"))
    told = Text(run_on(heading, said))
    told.stylize("bold red", 0, len(heading))
    return told


def show_bug(session: Session) -> None:
    """Own up to a defect of ours, and keep what a report needs in a file."""
    handle, name = tempfile.mkstemp(prefix="weibao-defect-", suffix=".txt", text=True)
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        stream.write(f"weibao {__version__}, Python {sys.version}, {sys.platform}\n")
        stream.write(traceback.format_exc())
    words = session.language
    said = words.text(N_("This is a defect of weibao itself, not of your records."))
    session.errors.print(Text(said, style="bold red"), soft_wrap=True)
    told = words.text(N_("Please report it to the project, with the file {path}."), path=name)
    session.errors.print(Text(told), soft_wrap=True)
