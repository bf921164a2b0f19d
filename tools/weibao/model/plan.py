"""Planned work: what recurs, for which assets, by which checklist."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from weibao.model.duration import parse_duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.contract import Names


@dataclass(frozen=True, slots=True)
class PlannedWork:
    """One line of the plan; ``rule`` is an RFC 5545 recurrence from ``start`` on, "" for once.

    ``due_within`` is seconds of wall time. An asset is meant when its id, its kind or its site is
    named; naming none of them means every asset.
    """

    id: str
    kind: str
    names: Names
    issued_by: str
    start: date
    rule: str
    due_within: int
    asset_ids: tuple[str, ...]
    asset_kinds: tuple[str, ...]
    asset_sites: tuple[str, ...]
    checklists: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """Something to look at or measure, with the values from which it is a warning or a failure.

    It is for equipment of these ``kinds``; naming none means of every kind.
    """

    item: str
    names: Names
    unit: str
    warning_above: float | None
    failed_above: float | None
    warning_below: float | None
    failed_below: float | None
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """plan.yaml."""

    work: Mapping[str, PlannedWork]
    checklists: Mapping[str, tuple[ChecklistItem, ...]]


def read_plan(data: Mapping[str, Any]) -> Plan:
    """The plan out of a document that its schema has accepted."""
    return Plan(
        work={key: _work(key, fields) for key, fields in data["plan"].items()},
        checklists={
            key: tuple(
                ChecklistItem(
                    fields["item"],
                    fields["name"],
                    fields.get("unit", ""),
                    fields.get("warning_above"),
                    fields.get("failed_above"),
                    fields.get("warning_below"),
                    fields.get("failed_below"),
                    tuple(fields.get("kinds", ())),
                )
                for fields in items
            )
            for key, items in data.get("checklists", {}).items()
        },
    )


def _work(key: str, data: Mapping[str, Any]) -> PlannedWork:
    assets = data.get("assets", {})
    return PlannedWork(
        id=key,
        kind=data["kind"],
        names=data["name"],
        issued_by=data["issued_by"],
        start=date.fromisoformat(data["start"]),
        rule=data.get("rule", ""),
        due_within=parse_duration(data["due_within"]).seconds,
        asset_ids=tuple(assets.get("ids", ())),
        asset_kinds=tuple(assets.get("kinds", ())),
        asset_sites=tuple(assets.get("sites", ())),
        checklists=tuple(data.get("checklists", ())),
    )
