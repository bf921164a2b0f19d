"""The configuration as rows of the workbook: the other way round of :mod:`.configured`.

What the workbook has no column for stays in records/*.yaml alone, and is not touched when the workbook is applied.
"""

from __future__ import annotations

from datetime import datetime
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any

from weibao.workspace.setup.workbook.sheet_forms import (
    ASSETS,
    COMMIT,
    CONTACTS,
    CONTRACT,
    LEVELS,
    PLACES,
    PLAN,
    ROTA,
    SPARES,
    STAFF,
)
from weibao.workspace.setup.workbook.vocabularies import ONCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Rows = list[dict[str, Any]]


def configuration_rows(
    files: Mapping[str, Mapping[str, Any]], code: str, commit: str
) -> dict[str, Rows]:
    """The rows of each sheet, their values as :class:`.CellForm` reads them; ``files`` by name, as YAML says them.

    ``commit`` is the one that they are of. Names stand in the language ``code``, or in the other one.
    """
    contract = files["contract"]

    def called(names: Any) -> str:
        if isinstance(names, str) or not names:
            return names or ""
        return str(names.get(code) or next(iter(names.values())))

    def places(kind: str) -> Iterator[dict[str, Any]]:
        for key, fields in (contract.get(kind) or {}).items():
            address = called(fields.get("address"))
            yield {"id": key, "kind": kind, "name": called(fields["name"]), "address": address}

    sheets: dict[str, Rows] = {
        CONTRACT.key: [
            {
                "name": called(contract["name"]),
                "customer": called(contract["customer"]["name"]),
                "provider": called(contract["provider"]["name"]),
                "id": contract["id"],
                "start": contract["term"]["start"],
                "end": contract["term"]["end"],
                "phone": contract["single_contact"]["phone"],
                "email": contract["single_contact"].get("email", ""),
                "main": contract.get("evidence", {}).get("main", ""),
                "zone": contract["zone"],
                COMMIT: commit,
            }
        ],
        CONTACTS.key: [
            {
                "id": key,
                "name": called(fields["name"]),
                "title": called(fields.get("title")),
                "phone": fields.get("phone", ""),
                "email": next(iter(fields.get("git", ())), ""),
                "may": tuple(fields["may"]),
            }
            for key, fields in contract["contacts"].items()
        ],
        PLACES.key: [*places("sites"), *places("services")],
        LEVELS.key: [
            {
                "level": severity["level"],
                "name": called(severity["name"]),
                "definition": called(severity.get("definition")),
                "clock": next(iter(severity["targets"].values()))["clock"],
                **{target: terms["within"] for target, terms in severity["targets"].items()},
            }
            for severity in contract["sla"][-1]["severities"]
        ],
        STAFF.key: list(
            chain.from_iterable(
                _person(key, fields) for key, fields in files["staff"]["people"].items()
            )
        ),
        ROTA.key: [
            {
                "rota": key,
                "start": datetime.fromisoformat(rota["start"]).strftime("%Y-%m-%d %H:%M"),
                "shift": rota["shift"],
                "order": tuple(rota["order"]),
            }
            for key, rota in files["duty"]["rotas"].items()
        ],
        ASSETS.key: [
            {
                "id": key,
                "name": called(fields["name"]),
                "covered_from": fields["covered"]["from"],
                "covered_to": fields["covered"]["to"],
                **{
                    column: fields.get(column, "")
                    for column in (
                        "tag",
                        "kind",
                        "vendor",
                        "model",
                        "serial",
                        "site",
                        "location",
                        "in_service",
                    )
                },
                "services": tuple(fields.get("services", ())),
            }
            for key, fields in (files["assets"]["assets"] or {}).items()
        ],
        SPARES.key: [
            {
                "depot": called(files["spares"]["depots"][depot]["name"]),
                "name": called(fields["name"]),
                "oem": fields["oem"],
                "number": fields["number"],
                "fits": tuple(fields.get("fits", ())),
                "minimum": least,
            }
            for fields in (files["spares"]["parts"] or {}).values()
            for depot, least in fields.get("minimum", {}).items()
        ],
        PLAN.key: [
            {
                "id": key,
                "name": called(fields["name"]),
                "kind": fields["kind"],
                "rule": fields.get("rule", ONCE),
                "start": fields["start"],
                "due_within": fields["due_within"],
                "issued_by": fields["issued_by"],
                "checklist": "",
            }
            for key, fields in (files["plan"]["plan"] or {}).items()
        ],
    }
    return sheets


def _person(key: str, fields: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for each role, certificate and experience, those of one person below each other."""
    held: Iterator[tuple[dict[str, Any], ...]] = zip_longest(
        fields["roles"], fields.get("certificates", ()), fields.get("experience", ()), fillvalue={}
    )
    for role, certificate, experience in held:
        yield {
            "id": key,
            "name": fields["name"],
            "roles": (role["role"],) if role else (),
            "from": role.get("from", ""),
            "to": role.get("to", ""),
            "email": next(iter(fields.get("git", ())), ""),
            "phone": fields.get("phone", ""),
            "sites": tuple(fields.get("sites", ())),
            "vendor": certificate.get("vendor", ""),
            "certificate": certificate.get("name", ""),
            "number": certificate.get("number", ""),
            "certified_from": certificate.get("from", ""),
            "certified_to": certificate.get("to", ""),
            "experience": experience.get("kind", ""),
            "since": experience.get("since", ""),
        }
