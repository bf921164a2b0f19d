"""plan.yaml of the example: the rounds of inspection and the planned work of the year."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from typing import Any

from weibao.demo.data_files import NameInBoth, read_data
from weibao.demo.people import MANAGER


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the plan: from which month of the term on, on what day, every how many months."""

    id: str
    kind: str
    name: NameInBoth
    day: int
    due_within: str
    month: int = 0
    every: int = 1
    assets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    checklists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """What is looked at or read, and which readings are worth a warning or a ticket."""

    item: str
    name: NameInBoth
    unit: str | None = None
    kinds: tuple[str, ...] | None = None
    warning_above: int | None = None
    failed_above: int | None = None
    warning_below: int | None = None
    failed_below: int | None = None


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The lines of the plan, and the checklists that they name."""

    lines: tuple[PlanLine, ...]
    checklists: dict[str, tuple[CheckedItem, ...]]


_PLAN = read_data(YearPlan, "data/plan.yaml")


def plan_data(start: date) -> dict[str, Any]:
    """The plan from the first month of the term on."""
    return {
        "plan": {line.id: _line_data(line, start) for line in _PLAN.lines},
        "checklists": {
            name: [
                {
                    key: list(value) if isinstance(value, tuple) else value
                    for key, value in asdict(checked).items()
                    if value is not None
                }
                for checked in items
            ]
            for name, items in _PLAN.checklists.items()
        },
    }


def _line_data(line: PlanLine, start: date) -> dict[str, Any]:
    first = (start + timedelta(days=31 * line.month)).replace(day=1)
    interval = f"INTERVAL={line.every};" if line.every > 1 else ""
    data: dict[str, Any] = {
        "kind": line.kind,
        "name": asdict(line.name),
        "issued_by": MANAGER.id,
        "start": first.replace(day=line.day).isoformat(),
        "rule": f"FREQ=MONTHLY;{interval}BYMONTHDAY={line.day}",
        "due_within": line.due_within,
    }
    if line.assets:
        data["assets"] = {key: list(names) for key, names in line.assets.items()}
    if line.checklists:
        data["checklists"] = list(line.checklists)
    return data
