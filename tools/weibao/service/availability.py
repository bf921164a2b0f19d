"""Availability: outages are what faults say they are, from reported to restored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from weibao.record.instant import Instant


@dataclass(frozen=True, slots=True)
class Outage:
    """A fault that took something down, from ``start`` to ``end`` (None: still down)."""

    ticket: str
    severity: int
    start: Instant
    end: Instant | None


@dataclass(frozen=True, slots=True)
class DayOfService:
    """One local day: seconds of outage in it, and the tickets behind them."""

    day: date
    down_seconds: int
    tickets: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ServiceAvailability:
    """One asset or service over a span of days; ``share`` is 1 − down ÷ seconds in the span."""

    id: str
    days: tuple[DayOfService, ...]
    down_seconds: int
    share: float


@dataclass(frozen=True, slots=True)
class Availability:
    """By asset id and by service id."""

    assets: Mapping[str, ServiceAvailability]
    services: Mapping[str, ServiceAvailability]
