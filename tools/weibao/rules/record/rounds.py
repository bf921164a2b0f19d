"""Rounds: checks that say other than their checklist or their round (X303–X306).

The plan is today's: where a threshold was changed since, an amendment of the entry says so, and it is told
no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, place_of
from weibao.model.instant import parse_instant
from weibao.operations.checklist import items_of, milder_than_told
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.plan import ChecklistItem, Plan
    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X303",
        severity=Severity.ERROR,
        title=N_("Failed check without a ticket"),
        message=N_("“{item}” failed on {asset}, and the entry names no ticket."),
        help=N_(
            "Name the ticket in the entry: `ticket: TICKET`. `weibao inspection check` with `--open-ticket` opens one and names it."
        ),
        why=N_(
            "Preventive inspection is there to find what must be mended (requirement 31). A failure that leads to no ticket has no owner, no deadline and no end."
        ),
        bad='  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 63, unit: "°C", status: failed}\n',
        good='  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 63, unit: "°C", status: failed, ticket: T20261115-5H6NBW}\n',
        facts=("asset", "item"),
    ),
    Rule(
        code="X304",
        severity=Severity.WARNING,
        title=N_("Check milder than its checklist"),
        message=N_(
            "{item} of {asset}: {value} is “{told}” by the checklist, and is recorded as “{said}”."
        ),
        help=N_(
            "Correct it: `weibao inspection amend`, with the entry, the field and the value; if the thresholds were others then, say so there, and it is told no more. What failed needs a ticket."
        ),
        why=N_(
            "The thresholds are agreed beforehand so that nobody decides in front of the machine what is still well (requirement 31). A failure that is waved through leads to no ticket."
        ),
        bad='  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 63, unit: "°C", status: ok}   # failed_above: 60\n',
        good='  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 63, unit: "°C", status: failed, ticket: T20261115-5H6NBW}\n',
        facts=("asset", "item", "value", "said", "told"),
    ),
    Rule(
        code="X305",
        severity=Severity.WARNING,
        title=N_("Unit other than the checklist's"),
        message=N_(
            "{item} of {asset} is recorded in {found}; the checklist measures it in {unit}."
        ),
        help=N_(
            "Correct value and unit: `weibao inspection amend`, with the entry; if the checklist had another unit then, say so there, and it is told no more."
        ),
        why=N_(
            "Thresholds are numbers of one unit. Read in another, a value is judged wrongly, and cannot be held against those of other rounds (requirement 31)."
        ),
        bad="  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 59, unit: F, status: ok}\n",
        good='  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: temperature, value: 15, unit: "°C", status: ok}\n',
        facts=("asset", "item", "found", "unit"),
    ),
    Rule(
        code="X306",
        severity=Severity.WARNING,
        title=N_("Check of equipment outside the round"),
        message=N_("{asset} is not among the equipment of {inspection}."),
        help=N_(
            "If another piece was meant, say which: `weibao inspection amend` with the entry, `--field asset`. Other equipment has an inspection of its own."
        ),
        why=N_(
            "The header says what a round is to look at (requirement 31). A check of something else is missing where it belongs, and a slip in the name leaves the piece that was meant unseen."
        ),
        bad="assets: [core-sw-01]\nlog:\n  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: acc-sw-02, item: appearance, status: ok}\n",
        good="assets: [core-sw-01]\nlog:\n  - {at: 2026-11-15T09:40:00+08:00, event: checked, by: li-qiang, asset: core-sw-01, item: appearance, status: ok}\n",
        facts=("asset", "inspection"),
    ),
)


def check_rounds(facts: FileFacts) -> Iterator[Finding]:
    """What is wrong with the checks of every inspection."""
    for inspection in facts.records.inspections.values():
        yield from _failed(inspection)
        yield from _doubtful(inspection, facts.records.plan)


def _failed(inspection: Inspection) -> Iterator[Finding]:
    """Failed checks for which no ticket was opened."""
    for entry in inspection.log:
        failed = entry.event == "checked" and entry.data["status"] == "failed"
        if failed and "ticket" not in entry.data:
            facts = {"asset": entry.data["asset"], "item": entry.data["item"]}
            yield Finding("X303", place_of(inspection.path, entry, "status"), inspection.id, facts)


def _doubtful(inspection: Inspection, plan: Plan) -> Iterator[Finding]:
    """What the checks of an inspection, and what it skipped, leave open to doubt."""
    items = items_of(plan, inspection.plan)
    amended = {
        (parse_instant(entry.data["entry"]["at"]), entry.data["entry"]["event"])
        for entry in inspection.log
        if entry.event == "amended" and "entry" in entry.data
    }
    for entry in inspection.log:
        if entry.event == "checked" and entry.reference not in amended:
            yield from _contradicted(inspection, entry, items)
        elif entry.event == "skipped" and entry.reference not in amended:
            yield from _outside(inspection, entry)


def _contradicted(
    inspection: Inspection, entry: Entry, items: Mapping[str, ChecklistItem]
) -> Iterator[Finding]:
    """A check that its checklist, or the round's equipment, does not bear out."""
    data = entry.data
    asset, item = data["asset"], items.get(data["item"])
    facts: dict[str, object]
    if item and item.unit and data.get("unit", item.unit) != item.unit:
        facts = {"asset": asset, "item": item.item, "found": data["unit"], "unit": item.unit}
        yield Finding("X305", place_of(inspection.path, entry, "unit"), inspection.id, facts)
    elif item and (told := milder_than_told(item, data.get("value"), data["status"])):
        facts = {
            "asset": asset,
            "item": item.item,
            "value": data["value"],
            "said": data["status"],
            "told": told,
        }
        yield Finding("X304", place_of(inspection.path, entry, "status"), inspection.id, facts)
    yield from _outside(inspection, entry)


def _outside(inspection: Inspection, entry: Entry) -> Iterator[Finding]:
    """Equipment that the round does not have."""
    asset = entry.data["asset"]
    if asset not in inspection.assets:
        facts = {"asset": asset, "inspection": inspection.id}
        yield Finding("X306", place_of(inspection.path, entry, "asset"), inspection.id, facts)
