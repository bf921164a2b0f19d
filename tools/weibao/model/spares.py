"""Spare parts: depots, suppliers, the catalogue, and the log of stock movements."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from weibao.model.credential import Credential
from weibao.model.duration import parse_duration

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.contract import Names
    from weibao.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Depot:
    """A spares depot.

    Attributes:
        count_every: seconds between counts; ``delivers_within`` until a part is there; 0 where none is promised.
        hours: the calendar by which it is open; "" where it says none.
        distance_km: how far it is to a site, by the roads.
    """

    id: str
    names: Names
    address: Names
    keeper: str
    count_every: int
    hours: str = ""
    delivers_within: int = 0
    distance_km: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Supplier:
    """Who delivers parts, and the papers by which their makers authorise it."""

    id: str
    names: Names
    authorised: tuple[Credential, ...]

    def called(self, name: str) -> bool:
        """Whether a receipt means this one: by its id, or by its name in either language."""
        return name == self.id or name in self.names.values()


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
    suppliers: Mapping[str, Supplier] = field(default_factory=dict)

    @property
    def authorisations(self) -> tuple[Credential, ...]:
        """The makers' authorisations of all suppliers."""
        return tuple(paper for supplier in self.suppliers.values() for paper in supplier.authorised)


def read_spares(data: Mapping[str, Any], log: tuple[Entry, ...]) -> Spares:
    """The spares out of a document that its schema has accepted."""
    return Spares(
        depots={
            key: Depot(
                key,
                fields["name"],
                fields.get("address", {}),
                fields["keeper"],
                _seconds(fields, "count_every"),
                fields.get("hours", ""),
                _seconds(fields, "delivers_within"),
                fields.get("distance_km", {}),
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
        suppliers={
            key: Supplier(
                key,
                fields["name"],
                tuple(
                    Credential(
                        paper["by"],
                        key,
                        paper["number"],
                        date.fromisoformat(paper["from"]),
                        date.fromisoformat(paper["to"]),
                    )
                    for paper in fields.get("authorised", ())
                ),
            )
            for key, fields in data.get("suppliers", {}).items()
        },
    )


def _seconds(fields: Mapping[str, Any], key: str) -> int:
    return parse_duration(fields[key]).seconds if key in fields else 0
