"""How the corrective actions read: what is still to be done, by whom, until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

from weibao.language import N_
from weibao.render.terminal.layout import new_table
from weibao.render.terminal.lists import list_text
from weibao.render.words.explain import person_name
from weibao.render.words.plain import plain
from weibao.report.clauses.traces import ACTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rich.console import RenderableType

    from weibao.language import Language
    from weibao.operations.actions import Action
    from weibao.report.book import Book


def actions_text(book: Book, actions: Iterable[Action], words: Language) -> RenderableType:
    """The actions as a table, what is open first."""
    table = new_table()
    for heading in (N_("Action"), N_("State"), N_("Owner"), N_("Due"), N_("About")):
        table.add_column(words.text(heading), no_wrap=heading == "State")
    table.add_column(words.text(N_("What is to be done")), ratio=1)
    for action in actions:
        state, style = words.term("state", action.state), ""
        if action.overdue:
            state, style = f"✗ {words.term('round_state', 'overdue')}", "bold red"
        table.add_row(
            Text(plain(action.id)),
            Text(state, style=style),
            Text(plain(person_name(book, action.owner, words))),
            Text(words.day(action.due)),
            Text(plain(words.listing(str(value) for value in action.about.values()))),
            Text(plain(action.text)),
        )
    none = words.text(N_("No action to show."))
    return list_text(book, ACTIONS, table, none, words)
