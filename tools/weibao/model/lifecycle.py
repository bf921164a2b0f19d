"""The lifecycle: which event may follow which state, folded over a timeline.

The rows are those of :mod:`weibao.model.events`. What a state cannot say (a pause runs, a part is
awaited, a person is on site) is folded beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.model.events import EVENTS, State, event_named

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a record stands after some of its timeline."""

    state: State = State.NEW
    paused: bool = False
    owner: str = ""
    severity: int | None = None
    on_site: frozenset[str] = frozenset()
    awaited_parts: tuple[str, ...] = ()
    resolved_by: str = ""
    confirmed_by: str = ""

    @property
    def open(self) -> bool:
        """Whether work on it is still to be done."""
        return self.state in {State.OPENED, State.IN_PROGRESS, State.RESTORED}

    @property
    def ended(self) -> bool:
        """Whether nothing more is expected to happen to it."""
        return self.state in {State.CLOSED, State.CANCELLED}

    @property
    def self_confirmed(self) -> bool:
        """Whether who resolved it also asked the customer last: then it may not be closed yet."""
        return bool(self.confirmed_by) and self.confirmed_by == self.resolved_by


@dataclass(frozen=True, slots=True)
class Misstep:
    """An entry that may not follow the standing that it found."""

    entry: Entry
    found: Standing
    possible: tuple[str, ...]


def permits(
    kind: str, standing: Standing, event: str, data: dict[str, object] | None = None
) -> bool:
    """Whether ``event`` may follow ``standing``; ``data`` narrows it to a part where it is given."""
    if standing.state not in event_named(kind, event).after:
        return False
    match event:
        case "paused":
            return not standing.paused
        case "resumed":
            return standing.paused
        case "part_arrived":
            part = (data or {}).get("part")
            return part in standing.awaited_parts if part else bool(standing.awaited_parts)
        case "left":
            return bool(standing.on_site)
        case _:
            return True


def possible_events(kind: str, standing: Standing) -> tuple[str, ...]:
    """The events that may come next, in the table's order."""
    return tuple(event.name for event in EVENTS[kind] if permits(kind, standing, event.name))


def follow(kind: str, standing: Standing, entry: Entry) -> Standing:
    """The standing after ``entry``, lawful or not: an unlawful one still changes what it says."""
    to = event_named(kind, entry.event).to
    after = replace(standing, state=to) if to else standing
    data = entry.data
    match entry.event:
        case "assigned":
            after = replace(after, owner=data["to"])
        case "paused":
            after = replace(after, paused=True)
        case "resumed":
            after = replace(after, paused=False)
        case "severity_agreed":
            after = replace(after, severity=data["severity"])
        case "arrived":
            after = replace(after, on_site=after.on_site | {entry.by})
        case "left":
            after = replace(after, on_site=after.on_site - {entry.by})
        case "part_requested":
            after = replace(after, awaited_parts=(*after.awaited_parts, data["part"]))
        case "part_arrived" if data["part"] in after.awaited_parts:
            waiting = list(after.awaited_parts)
            waiting.remove(data["part"])
            after = replace(after, awaited_parts=tuple(waiting))
        case "resolved":
            after = replace(after, resolved_by=entry.by)
        case "confirmed":
            after = replace(after, confirmed_by=entry.by)
        case _:
            pass
    return after


def fold(
    kind: str, steps: Iterable[Entry], severity: int | None = None
) -> tuple[Standing, tuple[Misstep, ...]]:
    """Where the record stands after ``steps`` (a timeline), and every step that may not follow."""
    standing = Standing(severity=severity)
    missteps: list[Misstep] = []
    for entry in steps:
        if not permits(kind, standing, entry.event, dict(entry.data)):
            missteps.append(Misstep(entry, standing, possible_events(kind, standing)))
        standing = follow(kind, standing, entry)
    return standing, tuple(missteps)
