"""An inspection: one round of the plan, and what was found on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Inspection:
    """An inspection's header and log. ``plan`` is a key of plan.yaml, ``period`` as ``2026-Q4``."""

    id: str
    path: str
    plan: str
    period: str
    assets: tuple[str, ...]
    log: tuple[Entry, ...]


def read_inspection(path: str, data: Mapping[str, Any], log: tuple[Entry, ...]) -> Inspection:
    """The inspection out of a document that its schema has accepted."""
    return Inspection(data["id"], path, data["plan"], data["period"], tuple(data["assets"]), log)
