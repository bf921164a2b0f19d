"""How a row of the service plan is violated, and its healed twin, as edits of the whole contract."""

from __future__ import annotations

from dataclasses import dataclass

from building.contract import ticket_path
from building.service_plan import NIGHT, THROUGH_ENGINEER, THROUGH_MANAGER, UPGRADE

CONTRACT, STAFF, DUTY = "records/contract.yaml", "records/staff.yaml", "records/duty.yaml"
PARTS, ACTIONS = "records/spares.yaml", "records/actions.yaml"
NIGHT_FILE, ENGINEERS_FILE = ticket_path(NIGHT), ticket_path(THROUGH_ENGINEER)
MANAGERS_FILE, UPGRADE_FILE = ticket_path(THROUGH_MANAGER), ticket_path(UPGRADE)

Edit = tuple[str, str, str]
"""A file, a text in it, and what takes its place."""


@dataclass(frozen=True)
class Violation:
    """How a row is violated, and the twin.

    ``edits`` come with the first commit; ``later`` are commits, each at a time, after which its author may stand. The ``twin`` edits and the
    ``twin_later`` commits take their place. ``last`` is the last instant at which nothing is wrong yet.
    """

    row: int
    code: str
    edits: tuple[Edit, ...] = ()
    later: tuple[tuple[str, Edit], ...] = ()
    twin: tuple[Edit, ...] = ()
    twin_later: tuple[tuple[str, Edit], ...] = ()
    last: str = ""
    as_of: str = "2026-12-30T12:00:00+08:00"


def at(day_and_clock: str) -> str:
    return f"2026-{day_and_clock}+08:00"


def duty(name: str, length: str) -> Edit:
    return (
        CONTRACT,
        "experience: {minimum: 2}",
        f"experience: {{minimum: 2}}\nduties: {{{name}: {length}}}",
    )
