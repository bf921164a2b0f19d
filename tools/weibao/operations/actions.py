"""Corrective actions: the fold of their log, and which of them are late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from weibao.model.events import State
from weibao.model.fold import fold
from weibao.model.instant import local_day
from weibao.model.state import claimed
from weibao.model.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from weibao.model.entry import Entry
    from weibao.model.instant import Instant


@dataclass(frozen=True, slots=True)
class Action:
    """A corrective action as of an instant.

    ``about`` is what it comes from, as its entry says it; ``due`` is the last day on time;
    ``steps`` are its entries in the order of the timeline.
    """

    id: str
    text: str
    about: Mapping[str, Any]
    owner: str
    due: date
    state: State
    overdue: bool
    steps: tuple[Entry, ...]


def actions_of(log: Iterable[Entry], as_of: Instant, zone: ZoneInfo) -> tuple[Action, ...]:
    """Every action that was raised by the instant: what is open first, by day due, then by id.

    One is overdue from the day after ``due`` in ``zone`` until it is done. Entries about an action
    that was never raised are left out; the rules of the check report them.
    """
    steps: dict[str, list[Entry]] = {}
    for entry in timeline(log):
        if entry.at <= as_of:
            steps.setdefault(entry.data["action"], []).append(entry)
    today = local_day(as_of, zone)
    actions = [
        _action(name, raised.data, tuple(entries), today)
        for name, entries in steps.items()
        if (raised := next((entry for entry in entries if entry.event == "raised"), None))
    ]
    return tuple(
        sorted(
            actions, key=lambda action: (action.state is not State.RAISED, action.due, action.id)
        )
    )


def _action(name: str, raised: Mapping[str, Any], steps: tuple[Entry, ...], today: date) -> Action:
    state = fold("actions", claimed(steps)).state
    due = date.fromisoformat(raised["due"])
    return Action(
        id=name,
        text=raised["text"],
        about=raised["about"],
        owner=raised["owner"],
        due=due,
        state=state,
        overdue=state is State.RAISED and today > due,
        steps=steps,
    )
