"""The equipment under maintenance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.contract import Names

KINDS = ("router", "switch", "firewall", "ups", "server", "line", "environment", "other")


@dataclass(frozen=True, slots=True)
class Asset:
    """One piece of equipment, the services that rest on it, and the days it is covered."""

    id: str
    names: Names
    kind: str
    vendor: str
    model: str
    serial: str
    site: str
    location: str
    services: tuple[str, ...]
    covered_from: date
    covered_to: date


def read_assets(data: Mapping[str, Any]) -> dict[str, Asset]:
    """The assets by id, out of a document that its schema has accepted."""
    return {
        key: Asset(
            id=key,
            names=fields["name"],
            kind=fields["kind"],
            vendor=fields.get("vendor", ""),
            model=fields.get("model", ""),
            serial=fields.get("serial", ""),
            site=fields["site"],
            location=fields.get("location", ""),
            services=tuple(fields.get("services", ())),
            covered_from=date.fromisoformat(fields["covered"]["from"]),
            covered_to=date.fromisoformat(fields["covered"]["to"]),
        )
        for key, fields in data["assets"].items()
    }
