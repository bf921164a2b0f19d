"""Corrective actions as a report tells them: those still open at its end, and those seen to within its period."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.events import State
from weibao.operations.actions import actions_of

if TYPE_CHECKING:
    from weibao.operations.actions import Action
    from weibao.report.book import Book
    from weibao.report.figure import Period


@dataclass(frozen=True, slots=True)
class ActionStates:
    """The actions of a period.

    Attributes:
        open: what is still to be done, by the day on which it is due.
        finished: what was done or verified in the period.
        overdue: how many of the open ones are late.
    """

    open: tuple[Action, ...]
    finished: tuple[Action, ...]
    overdue: int


def action_states(book: Book, period: Period) -> ActionStates:
    """Those of a Book, as of its instant."""
    actions = actions_of(book.records.actions, book.as_of, book.zone)
    still = tuple(action for action in actions if action.state is State.RAISED)
    return ActionStates(
        still,
        tuple(
            action
            for action in actions
            if action.state is not State.RAISED and period.has(action.steps[-1].at)
        ),
        sum(action.overdue for action in still),
    )
