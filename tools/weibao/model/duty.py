"""The 7×24 duty rota: who takes turns, who stands in for whom, who is on leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from weibao.model.duration import parse_duration
from weibao.model.instant import Instant, parse_instant

if TYPE_CHECKING:
    from collections.abc import Mapping


_UTC = ZoneInfo("UTC")


@dataclass(frozen=True, slots=True)
class Rota:
    """People in ``order`` take shifts of ``shift`` seconds from ``start`` on, for ever."""

    id: str
    start: Instant
    shift: int
    order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StandIn:
    """From ``start`` (included) to ``end`` (excluded) ``by`` does the rota's duty."""

    rota: str
    start: Instant
    end: Instant
    by: str
    instead_of: str
    reason: str


@dataclass(frozen=True, slots=True)
class Leave:
    """``who`` is away from ``start`` (included) to ``end`` (excluded)."""

    who: str
    start: Instant
    end: Instant
    reason: str


@dataclass(frozen=True, slots=True)
class Duty:
    """duty.yaml; the hours of its shifts are those of ``zone``, the contract's."""

    rotas: Mapping[str, Rota]
    stand_ins: tuple[StandIn, ...]
    leave: tuple[Leave, ...]
    zone: ZoneInfo = _UTC


def read_duty(data: Mapping[str, Any]) -> Duty:
    """The rota out of a document that its schema has accepted."""
    return Duty(
        rotas={
            key: Rota(
                key,
                parse_instant(fields["start"]),
                parse_duration(fields["shift"]).seconds,
                tuple(fields["order"]),
            )
            for key, fields in data["rotas"].items()
        },
        stand_ins=tuple(
            StandIn(
                fields["rota"],
                parse_instant(fields["from"]),
                parse_instant(fields["to"]),
                fields["by"],
                fields.get("instead_of", ""),
                fields.get("reason", ""),
            )
            for fields in data.get("overrides", [])
        ),
        leave=tuple(
            Leave(
                fields["who"],
                parse_instant(fields["from"]),
                parse_instant(fields["to"]),
                fields.get("reason", ""),
            )
            for fields in data.get("leave", [])
        ),
    )
