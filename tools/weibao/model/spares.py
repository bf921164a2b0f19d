"""Spare parts: depots, the catalogue, and the log of stock movements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.model.duration import parse_duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.contract import Names
    from weibao.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Depot:
    """A spares depot; ``count_every`` is seconds between counts, 0 where none is promised."""

    id: str
    names: Names
    address: Names
    keeper: str
    count_every: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the catalogue; ``minimum`` stock by depot."""

    id: str
    oem: str
    number: str
    names: Names
    fits: tuple[str, ...]
    minimum: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Spares:
    """spares.yaml."""

    depots: Mapping[str, Depot]
    parts: Mapping[str, Part]
    log: tuple[Entry, ...]


def read_spares(data: Mapping[str, Any], log: tuple[Entry, ...]) -> Spares:
    """The spares out of a document that its schema has accepted."""
    return Spares(
        depots={
            key: Depot(
                key,
                fields["name"],
                fields.get("address", {}),
                fields["keeper"],
                parse_duration(fields["count_every"]).seconds if "count_every" in fields else 0,
            )
            for key, fields in data["depots"].items()
        },
        parts={
            key: Part(
                key,
                fields["oem"],
                fields["number"],
                fields["name"],
                tuple(fields.get("fits", ())),
                fields.get("minimum", {}),
            )
            for key, fields in data["parts"].items()
        },
        log=log,
    )
