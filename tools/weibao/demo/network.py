"""The customer's network: sites, services, equipment, and the spare parts that fit it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.demo.data_files import NameInBoth, read_data

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Equipment:
    """One asset; ``name`` and ``english`` are how people call it."""

    id: str
    name: str
    english: str
    kind: str
    vendor: str
    model: str
    site: str
    location: str
    services: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """The sites and services by their ids, and the equipment in the order of the list."""

    sites: dict[str, NameInBoth]
    services: dict[str, NameInBoth]
    equipment: tuple[Equipment, ...]


NETWORK = read_data(Network, "data/network.yaml")
EQUIPMENT = NETWORK.equipment
BY_ID = {asset.id: asset for asset in EQUIPMENT}


def assets_data(start: date, end: date) -> dict[str, object]:
    """``assets.yaml``: every piece covered for the contract's term, both days included."""
    covered = {"from": start.isoformat(), "to": end.isoformat()}
    return {
        "assets": {
            asset.id: {
                "name": {"zh": asset.name, "en": asset.english},
                "kind": asset.kind,
                "vendor": asset.vendor,
                "model": asset.model,
                "serial": f"2102{start.year - 5 - number % 3}{7301 + 37 * number}",
                "site": asset.site,
                "location": asset.location,
                "services": list(asset.services),
                "in_service": f"{start.year - 5 - number % 3}-{number % 12 + 1:02}-15",
                "covered": covered,
            }
            for number, asset in enumerate(EQUIPMENT)
        }
    }
