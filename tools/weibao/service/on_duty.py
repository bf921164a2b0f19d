"""Who is on duty: the rota's turns, with stand-ins taken into account."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from weibao.record.instant import Instant


@dataclass(frozen=True, slots=True)
class OnDuty:
    """``person`` has the duty of ``rota`` from ``start`` (included) to ``end`` (excluded)."""

    rota: str
    person: str
    start: Instant
    end: Instant
    instead_of: str
