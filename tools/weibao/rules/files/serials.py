"""Serial numbers: one is in one place, across stock and equipment (X309)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place, place_of
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.records import Records
    from weibao.operations.whereabouts import TwoPlaces
    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X309",
        severity=Severity.WARNING,
        title=N_("Serial number in two places"),
        message=N_("{maker}, serial number “{serial}”, cannot be in all these places: {places}."),
        help=N_(
            "Look where it is, and record what was left out, at the time when it happened: `weibao spares return`, `weibao ticket part replace`; or correct the serial number in records/assets.yaml, in a ticket with `weibao ticket amend`. A piece received under the wrong part is scrapped there and received again under the right one."
        ),
        why=N_(
            "A part is in one place at a time (requirement 18). One that lies in the depot and is installed as well is missing in one of the two, and the next fault finds out in which."
        ),
        bad=(
            "serial: 2102350BXX01   # core-sw-01, in records/assets.yaml\n"
            '  - {at: 2026-11-18T10:00:00+08:00, event: received, by: sun-yu, part: hw-s12700-mpu, serials: ["2102350BXX01"], depot: shenyang-depot, supplier: 华为授权经销商}\n'
        ),
        good=(
            "serial: 2102350BXX01   # core-sw-01, in records/assets.yaml\n"
            '  - {at: 2026-11-18T10:00:00+08:00, event: received, by: sun-yu, part: hw-s12700-mpu, serials: ["2102350BXX02"], depot: shenyang-depot, supplier: 华为授权经销商}\n'
        ),
        facts=("maker", "serial", "places"),
    ),
)

SPARES, ASSETS = "records/spares.yaml", "records/assets.yaml"


def check_serials(facts: FileFacts) -> Iterator[Finding]:
    """Serial numbers that are said to be in several places: one finding each (requirement 18)."""
    if not (facts.asked(SPARES) or facts.asked(ASSETS)):
        return
    # Not even loaded for a ticket: who saves one waits for its check.
    from weibao.operations.whereabouts import in_two_places

    records = facts.records
    logs = (records.spares.log, *(ticket.log for ticket in records.tickets.values()))
    latest = max((entry.at for log in logs for entry in log), default=0)
    for found in in_two_places(records, latest):
        places = tuple(f"{place.where} {place.held}" for place in found.places)
        shown = {"maker": found.maker, "serial": found.serial, "places": places}
        yield Finding("X309", _place(found, records), "", shown)


def _place(found: TwoPlaces, records: Records) -> Place:
    """The last line of the ledger that names the piece; else where the equipment is listed, or the ledger as a whole."""
    parts = {place.part for place in found.places}
    for entry in reversed(records.spares.log):
        if entry.data.get("part") in parts and found.serial in entry.data["serials"]:
            return place_of(SPARES, entry, "serials")
    for asset in records.assets.values():
        if (asset.vendor, asset.serial) == (found.maker, found.serial):
            return Place(ASSETS, keys=("assets", asset.id, "serial"))
    return Place(SPARES)
