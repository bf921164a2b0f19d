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
    """The sites and services by their ids, who keeps what lies at a site, what runs on a model, and the equipment."""

    sites: dict[str, NameInBoth]
    services: dict[str, NameInBoth]
    keepers: dict[str, str]
    software: dict[str, str]
    equipment: tuple[Equipment, ...]


NETWORK = read_data(Network, "data/network.yaml")
EQUIPMENT = NETWORK.equipment
BY_ID = {asset.id: asset for asset in EQUIPMENT}


_CRITICALITY = {
    "core": "high",
    "agg": "high",
    "rt": "high",
    "fw": "high",
    "ups": "medium",
    "line": "medium",
    "acc": "low",
}
"""By how an id begins, how much the business rests on the piece."""


def _supported(asset: Equipment, start: date) -> dict[str, str]:
    """What it runs, and how long its maker supports it."""
    until = {"end_of_support": f"{start.year + 3}-12-31"}
    return {"software": NETWORK.software[asset.model], **until} if asset.kind != "ups" else until


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
                "tag": f"LJSW-{asset.site[:2].upper()}-{number + 1:03}",
                "criticality": _CRITICALITY[asset.id.split("-")[0]],
                **({} if asset.kind == "line" else _supported(asset, start)),
                "keeper": NETWORK.keepers[asset.site],
                "in_service": f"{start.year - 5 - number % 3}-{number % 12 + 1:02}-15",
                "covered": covered,
            }
            for number, asset in enumerate(EQUIPMENT)
        }
    }
