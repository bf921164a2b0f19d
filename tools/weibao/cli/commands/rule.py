"""``weibao rule``."""

from __future__ import annotations

import click
from rich.text import Text

from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, argument
from weibao.language import N_
from weibao.refusal import UsageRefusal
from weibao.render.terminal import book as terminal
from weibao.rules.catalogue import RULES


@click.command(
    cls=Command,
    help=N_("What a finding's code means and how to mend it; all codes, if none is given."),
)
@argument(
    "code",
    metavar="[CODE]",
    required=False,
    default="",
    explained=N_("A finding's code, such as X201."),
)
@pass_session
def rule(session: Session, code: str) -> None:
    """Show a rule, or list them."""
    words = session.language
    if not code:
        for known_rule in RULES.values():
            severity = words.term("severity_of_finding", known_rule.severity)
            session.console.print(
                Text(f"{known_rule.code}  {severity}  {words.text(known_rule.title)}")
            )
        return
    found = RULES.get(code.upper())
    if found is None:
        raise UsageRefusal(
            N_("There is no rule “{code}”."), mend=N_("weibao rule lists them all."), code=code
        )
    session.console.print(terminal.rule(found, words), soft_wrap=True)
