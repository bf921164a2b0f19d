"""The equipment under maintenance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.model.contract import Names

CRITICALITIES = ("high", "medium", "low")
"""How much the business rests on a piece, the most first."""

KINDS = ("router", "switch", "firewall", "ups", "server", "line", "environment", "other")


@dataclass(frozen=True, slots=True)
class Asset:
    """One piece of equipment, the services that rest on it, and the days it is covered.

    Attributes:
        tag: the customer's own number of it; "" where the list says none, as of all that follows.
        criticality: a word of :data:`CRITICALITIES`.
        software: the version that it runs.
        keeper: the customer's contact who keeps it.
        end_of_support: the last day on which its maker supports it; None where none is known.
        in_service: since when it is in use; None where nobody says.
    """

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
    tag: str = ""
    criticality: str = ""
    software: str = ""
    keeper: str = ""
    end_of_support: date | None = None
    in_service: date | None = None


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
            tag=fields.get("tag", ""),
            criticality=fields.get("criticality", ""),
            software=fields.get("software", ""),
            keeper=fields.get("keeper", ""),
            end_of_support=_day(fields, "end_of_support"),
            in_service=_day(fields, "in_service"),
        )
        for key, fields in data["assets"].items()
    }


def _day(fields: Mapping[str, Any], key: str) -> date | None:
    return date.fromisoformat(fields[key]) if key in fields else None
