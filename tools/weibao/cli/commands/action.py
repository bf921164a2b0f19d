"""``weibao action``: corrective actions, from what raised them to who verified them."""

from __future__ import annotations

import click

from weibao.cli.framework.nouns import ACTIONS
from weibao.cli.framework.options import view_options
from weibao.cli.framework.session import Session, pass_session
from weibao.cli.framework.translated import Command, Group, option
from weibao.cli.steps.undoing import add_undo
from weibao.cli.steps.verbs import add_verbs
from weibao.language import N_
from weibao.model.events import State
from weibao.operations.actions import actions_of
from weibao.render.json import actions as actions_json
from weibao.render.terminal import actions as actions_view


@click.group(cls=Group, help=N_("Corrective actions: raise, finish and verify them, list them."))
def action() -> None:
    """The corrective actions."""


@action.command("list", cls=Command, help=N_("The corrective actions, what is open first."))
@option("--open", "only_open", is_flag=True, help=N_("Only those that are not done."))
@view_options
@pass_session
def list_(session: Session, /, only_open: bool, revision: str, as_of: str, form: str) -> None:  # noqa: FBT001
    """List actions."""
    book = session.book(revision, as_of)
    chosen = [
        action
        for action in actions_of(book.records.actions, book.as_of, book.zone)
        if action.state is State.RAISED or not only_open
    ]
    session.show(form, actions_json.actions, actions_view.actions_text, book, chosen)
    session.warn_of_unreadable(book)


add_verbs(action, ACTIONS)
add_undo(action, ACTIONS)
