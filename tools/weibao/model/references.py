"""References: every place in a record that names something, and all that is defined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from weibao.model.amendments import place_of_value
from weibao.model.contract import ALWAYS
from weibao.model.events import event_named
from weibao.model.field_kinds import DEFINED, Form
from weibao.model.paths import stem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket

Keys = tuple[str | int, ...]

RIGHTS = {
    "reported_by": "declare",
    "approved_by": "approve",
    "consent_by": "consent",
    "confirmed": "confirm",
    "countersigned": "countersign",
    "approved": "approve",
}
"""The right that a customer's contact needs, by header key, field or event."""

SIGNED = frozenset({"ticket", "inspection", "agreements"})
"""Records on which a customer's contact signs for something."""


def right_needed(kind: str, event: str, key: str) -> str:
    """The right of a contact whom a field of an event (or a header's key) names; "" for any."""
    return (RIGHTS.get(key) or RIGHTS.get(event, "")) if kind in SIGNED else ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A place that names something of a ``kind``.

    ``right`` is what a contact must be allowed; ``line`` is that of the entry in which it stands, of a
    header that of the record's first entry, with which it landed, "" in the configuration.
    """

    path: str
    record: str
    keys: Keys
    kind: str
    name: str
    right: str = ""
    line: str = ""


def names_of(records: Records) -> dict[str, AbstractSet[str]]:
    """What is defined, by kind of name."""
    contract = records.contract
    return {
        "person": records.staff.people.keys(),
        "contact": contract.contacts.keys(),
        "person_or_contact": records.staff.people.keys() | contract.contacts.keys(),
        "asset": records.assets.keys(),
        "part": records.spares.parts.keys(),
        "depot": records.spares.depots.keys(),
        "ticket": records.tickets.keys() | {stem_of(path) for path in records.unreadable},
        "site": contract.sites.keys(),
        "service": contract.services.keys(),
        "asset_or_service": records.assets.keys() | contract.services.keys(),
        "calendar": contract.calendars.keys() | {ALWAYS},
        "plan": records.plan.work.keys(),
        "checklist": records.plan.checklists.keys(),
        "rota": records.duty.rotas.keys(),
        "action": {e.data["action"] for e in records.actions if e.event == "raised"},
    }


def references(records: Records) -> Iterator[Reference]:
    """Every reference in every record."""
    yield from _contract_references(records)
    yield from _configuration_references(records)
    for ticket in records.tickets.values():
        yield from _where_corrected(ticket, _ticket_references(ticket))
    for inspection in records.inspections.values():
        yield from _where_corrected(inspection, _inspection_references(inspection))
    for entry in records.spares.log:
        yield from _entry_references("spares", "records/spares.yaml", "", entry)
    for entry in records.actions:
        yield from _entry_references("actions", "records/actions.yaml", "", entry)
    for entry in records.agreements:
        yield from _entry_references("agreements", "records/agreements.yaml", "", entry)


def _where_corrected(
    record: Ticket | Inspection, found: Iterable[Reference]
) -> Iterator[Reference]:
    """The references of a record, each where its value stands: perhaps in a correction."""
    for reference in found:
        keys = place_of_value(record, reference.keys) if record.amendments else reference.keys
        yield reference if keys is reference.keys else replace(reference, keys=keys)


def _ticket_references(ticket: Ticket) -> Iterator[Reference]:
    """Every reference in one ticket."""
    line = ticket.log[0].text if ticket.log else ""

    def named(keys: Keys, kind: str, name: str, right: str = "") -> Reference:
        return Reference(ticket.path, ticket.id, keys, kind, name, right, line)

    yield named(("reported_by",), "contact", ticket.reported_by, RIGHTS["reported_by"])
    if ticket.received_by:
        yield named(("intake", "received_by"), "person", ticket.received_by)
    if ticket.approved_by:
        yield named(("approved_by",), "contact", ticket.approved_by, RIGHTS["approved_by"])
    for index, asset in enumerate(ticket.assets):
        yield named(("assets", index), "asset", asset)
    for index, affected in enumerate(ticket.impact):
        yield named(("impact", index, "on"), "asset_or_service", affected)
    for entry in ticket.log:
        yield from _entry_references("ticket", ticket.path, ticket.id, entry)


def _entry_references(kind: str, path: str, record: str, entry: Entry) -> Iterator[Reference]:
    here: Keys = ("log", entry.index)
    yield Reference(path, record, (*here, "by"), "person_or_contact", entry.by, line=entry.text)
    for field in event_named(kind, entry.event).fields:
        value = entry.data.get(field.key)
        if value is None:
            continue
        keys: Keys = (*here, field.key)
        if (thing := field.kind.thing) in DEFINED:
            right = right_needed(kind, entry.event, field.key) if thing == "contact" else ""
            named = enumerate(value) if field.kind.several else [(None, value)]
            for index, name in named:
                place = keys if index is None else (*keys, index)
                yield Reference(path, record, place, thing, name, right, entry.text)
        elif field.kind.form is Form.IMPACT:
            for index, stated in enumerate(value):
                yield Reference(
                    path, record, (*keys, index, "on"), "asset_or_service", stated["on"]
                )
        elif field.kind.form is Form.ABOUT and "ticket" in value:
            yield Reference(path, record, (*keys, "ticket"), "ticket", value["ticket"])


def _inspection_references(inspection: Inspection) -> Iterator[Reference]:
    yield Reference(inspection.path, inspection.id, ("plan",), "plan", inspection.plan)
    for index, asset in enumerate(inspection.assets):
        yield Reference(inspection.path, inspection.id, ("assets", index), "asset", asset)
    for entry in inspection.log:
        yield from _entry_references("inspection", inspection.path, inspection.id, entry)


def _contract_references(records: Records) -> Iterator[Reference]:
    path = "records/contract.yaml"
    data = records.contract.data
    plan = data.get("resource_plan", {})
    if "approved_by" in plan:
        keys: Keys = ("resource_plan", "approved_by")
        yield Reference(path, "", keys, "contact", plan["approved_by"], "approve")
    for index, row in enumerate(data.get("headcount", [])):
        yield Reference(path, "", ("headcount", index, "site"), "site", row["site"])
    for place, terms in enumerate(data.get("availability", ())):
        for group, fields in terms.get("groups", {}).items():
            for index, asset in enumerate(fields["assets"]):
                keys = ("availability", place, "groups", group, "assets", index)
                yield Reference(path, "", keys, "asset", asset)
    for t, terms in enumerate(data["sla"]):
        for s, severity in enumerate(terms["severities"]):
            for target, promise in severity["targets"].items():
                keys = ("sla", t, "severities", s, "targets", target, "clock")
                yield Reference(path, "", keys, "calendar", promise["clock"])


def _configuration_references(records: Records) -> Iterator[Reference]:
    for person in records.staff.people.values():
        for index, site in enumerate(person.sites):
            keys: Keys = ("people", person.id, "sites", index)
            yield Reference("records/staff.yaml", "", keys, "site", site)
    for asset in records.assets.values():
        path = "records/assets.yaml"
        yield Reference(path, "", ("assets", asset.id, "site"), "site", asset.site)
        for index, service in enumerate(asset.services):
            yield Reference(path, "", ("assets", asset.id, "services", index), "service", service)
    yield from _duty_references(records)
    yield from _plan_references(records)
    path = "records/spares.yaml"
    for depot in records.spares.depots.values():
        yield Reference(path, "", ("depots", depot.id, "keeper"), "person", depot.keeper)
    for part in records.spares.parts.values():
        for depot_id in part.minimum:
            yield Reference(path, "", ("parts", part.id, "minimum", depot_id), "depot", depot_id)


def _duty_references(records: Records) -> Iterator[Reference]:
    path = "records/duty.yaml"
    for rota in records.duty.rotas.values():
        for index, person in enumerate(rota.order):
            yield Reference(path, "", ("rotas", rota.id, "order", index), "person", person)
    for index, stand_in in enumerate(records.duty.stand_ins):
        yield Reference(path, "", ("overrides", index, "rota"), "rota", stand_in.rota)
        yield Reference(path, "", ("overrides", index, "by"), "person", stand_in.by)
        if stand_in.instead_of:
            keys: Keys = ("overrides", index, "instead_of")
            yield Reference(path, "", keys, "person", stand_in.instead_of)
    for index, leave in enumerate(records.duty.leave):
        yield Reference(path, "", ("leave", index, "who"), "person", leave.who)


def _plan_references(records: Records) -> Iterator[Reference]:
    path = "records/plan.yaml"
    for work in records.plan.work.values():
        yield Reference(path, "", ("plan", work.id, "issued_by"), "person", work.issued_by)
        for index, checklist in enumerate(work.checklists):
            keys: Keys = ("plan", work.id, "checklists", index)
            yield Reference(path, "", keys, "checklist", checklist)
        for index, asset in enumerate(work.asset_ids):
            keys = ("plan", work.id, "assets", "ids", index)
            yield Reference(path, "", keys, "asset", asset)
        for index, site in enumerate(work.asset_sites):
            yield Reference(path, "", ("plan", work.id, "assets", "sites", index), "site", site)
