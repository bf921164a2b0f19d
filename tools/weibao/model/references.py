"""References: every place in a record that names something, and all that is defined."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from weibao.model.amendments import place_of_value
from weibao.model.contract import ALWAYS
from weibao.model.events import event_named
from weibao.model.field_kinds import DEFINED, Form
from weibao.model.imported import UNKNOWN
from weibao.model.on_demand import OnDemand
from weibao.model.paths import ROOT, stem_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from weibao.model.entry import Entry
    from weibao.model.events import Field
    from weibao.model.inspection import Inspection
    from weibao.model.records import Records
    from weibao.model.shift import Shift
    from weibao.model.ticket import Ticket

Keys = tuple[str | int, ...]

RIGHTS = {
    "reported_by": "declare",
    "approved_by": "approve",
    "consent_by": "consent",
    "confirmed": "confirm",
    "countersigned": "countersign",
    "approved": "approve",
    "accepted": "confirm",
    "disputed": "confirm",
}
"""The right that a customer's contact needs, by header key, field or event."""

SIGNED = frozenset({"ticket", "inspection", "agreements", "report"})
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


DEFINING = {
    "person": "staff",
    "contact": "contract",
    "site": "contract",
    "service": "contract",
    "cause": "contract",
    "calendar": "contract",
    "import": "contract",
    "asset": "assets",
    "part": "spares",
    "depot": "spares",
    "plan": "plan",
    "checklist": "plan",
    "item": "plan",
    "rota": "duty",
}
"""The file of the configuration that defines a name, by the kind of name; what records define is not among them."""

PEOPLE = frozenset({"person", "contact"})
"""Kinds of name that act: they need have been there before what they did."""

_EITHER = {"person_or_contact": ("person", "contact"), "asset_or_service": ("asset", "service")}


def kinds_of(kind: str) -> tuple[str, ...]:
    """The kinds of name that one of a ``kind`` may be: itself, mostly."""
    return _EITHER.get(kind, (kind,))


def names_of(
    records: Records, filed: AbstractSet[str] = frozenset()
) -> Mapping[str, AbstractSet[str]]:
    """What is defined, by kind of name; ``filed`` are ids of tickets that were not read, perhaps.

    What defines a kind is looked through when the kind is first asked for.
    """

    def named(kind: str) -> AbstractSet[str]:
        if kind == "ticket":
            unreadable = {stem_of(path) for path in records.unreadable}
            return records.tickets.keys() | unreadable | filed
        if kind == "action":
            return {e.data["action"] for e in records.actions if e.event == "raised"}
        if kind in _EITHER:
            return frozenset().union(*(names[either] for either in _EITHER[kind]))
        file = DEFINING[kind]
        return _names_in(file, getattr(records, file))[kind]

    names = OnDemand(lambda: ("ticket", "action", *DEFINING, *_EITHER), named)
    return names


def defined_in(edition: Any, reference: Reference, kind: str) -> bool:
    """Whether an edition of the file that defines a ``kind`` has a name, and gives it the right that it needs."""
    if reference.name not in _names_in(DEFINING[kind], edition)[kind]:
        return False
    return not reference.right or reference.right in edition.contacts[reference.name].may


def item_named(work: str, item: str) -> str:
    """The name of a check's item: it counts for a line of the plan, whatever list it stands in."""
    return f"{work}/{item}"


def _names_in(file: str, edition: Any) -> dict[str, AbstractSet[str]]:
    """What an edition of a file of the configuration defines, by kind of name."""
    match file:
        case "staff":
            return {"person": edition.people.keys()}
        case "contract":
            return {
                "contact": edition.contacts.keys(),
                "site": edition.sites.keys(),
                "service": edition.services.keys(),
                "cause": edition.causes.keys(),
                "calendar": edition.calendars.keys() | {ALWAYS},
                "import": edition.evidence.imports.keys(),
            }
        case "assets":
            return {"asset": edition.keys()}
        case "spares":
            return {"part": edition.parts.keys(), "depot": edition.depots.keys()}
        case "plan":
            return {
                "plan": edition.work.keys(),
                "checklist": edition.checklists.keys(),
                "item": frozenset(
                    item_named(work.id, item.item)
                    for work in edition.work.values()
                    for name in work.checklists
                    for item in edition.checklists.get(name, ())
                ),
            }
        case _:
            return {"rota": edition.rotas.keys()}


def references(
    records: Records, asked: Callable[[str], bool] = lambda _: True
) -> Iterator[Reference]:
    """Every reference in every record; of the configuration, and of the ledgers, in the files that are ``asked`` about."""
    for path, found in _IN_CONFIGURATION.items():
        if asked(path):
            yield from found(records)
    for ticket in records.tickets.values():
        yield from _where_corrected(ticket, _somebody(_ticket_references(ticket)))
        yield from _register_named(ticket)
    for inspection in records.inspections.values():
        yield from _where_corrected(inspection, _somebody(_inspection_references(inspection)))
        yield from _register_named(inspection)
    yield from _ledger_references(records, ("spares", "actions"), asked)
    for shift in records.shifts.values():
        yield from _where_corrected(shift, _shift_references(shift))
    yield from _ledger_references(records, ("agreements", "reviews"), asked)
    for close in records.closes.values():
        for entry in close.log:
            yield from _entry_references("report", close.path, "", entry)


def _ledger_references(
    records: Records, kinds: Iterable[str], asked: Callable[[str], bool]
) -> Iterator[Reference]:
    for kind in kinds:
        if asked(path := f"{ROOT}{kind}.yaml"):
            for entry in records.ledgers[kind]:
                yield from _entry_references(kind, path, "", entry)


def _where_corrected(
    record: Ticket | Inspection | Shift, found: Iterable[Reference]
) -> Iterator[Reference]:
    """The references of a record, each where its value stands: perhaps in a correction."""
    for reference in found:
        keys = place_of_value(record, reference.keys) if record.amendments else reference.keys
        if keys is reference.keys:
            yield reference
        else:
            yield replace(reference, keys=keys, line=record.log[int(keys[1])].text)


def _somebody(found: Iterable[Reference]) -> Iterator[Reference]:
    """Without those that say that nobody knows who: they name nobody (X330 tells where that may not be)."""
    return (
        reference
        for reference in found
        if reference.name != UNKNOWN or PEOPLE.isdisjoint(kinds_of(reference.kind))
    )


def _register_named(record: Ticket | Inspection) -> Iterator[Reference]:
    """The old register that a record is headed with."""
    if record.imported is not None:
        keys, register = ("imported", "import"), record.imported.register
        line = record.log[0].text if record.log else ""
        yield Reference(record.path, record.id, keys, "import", register, line=line)


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
    if ticket.plan:
        yield named(("plan",), "plan", ticket.plan)
    for index, asset in enumerate(ticket.assets):
        yield named(("assets", index), "asset", asset)
    for index, affected in enumerate(ticket.impact):
        yield named(("impact", index, "on"), "asset_or_service", affected)
    for entry in ticket.log:
        yield from _entry_references("ticket", ticket.path, ticket.id, entry)


@cache
def _naming(kind: str, event: str) -> tuple[Field, ...]:
    """The fields of an event that may name something."""
    return tuple(
        field
        for field in event_named(kind, event).fields
        if field.kind.thing in DEFINED or field.kind.form in {Form.IMPACT, Form.ABOUT}
    )


def _entry_references(kind: str, path: str, record: str, entry: Entry) -> Iterator[Reference]:
    here: Keys = ("log", entry.index)
    yield Reference(path, record, (*here, "by"), "person_or_contact", entry.by, line=entry.text)
    for field in _naming(kind, entry.event):
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
                place = (*keys, index, "on")
                on = stated["on"]
                yield Reference(path, record, place, "asset_or_service", on, line=entry.text)
        elif field.kind.form is Form.ABOUT and "ticket" in value:
            place = (*keys, "ticket")
            yield Reference(path, record, place, "ticket", value["ticket"], line=entry.text)


def _inspection_references(inspection: Inspection) -> Iterator[Reference]:
    path, record = inspection.path, inspection.id
    line = inspection.log[0].text if inspection.log else ""
    yield Reference(path, record, ("plan",), "plan", inspection.plan, line=line)
    for index, asset in enumerate(inspection.assets):
        yield Reference(path, record, ("assets", index), "asset", asset, line=line)
    for entry in inspection.log:
        yield from _entry_references("inspection", path, record, entry)


def _shift_references(shift: Shift) -> Iterator[Reference]:
    line = shift.log[0].text if shift.log else ""
    yield Reference(shift.path, shift.id, ("rota",), "rota", shift.rota, line=line)
    for entry in shift.log:
        yield from _entry_references("shift", shift.path, shift.id, entry)


def _contract_references(records: Records) -> Iterator[Reference]:
    path = "records/contract.yaml"
    data = records.contract.data
    plan = data.get("resource_plan", {})
    if "approved_by" in plan:
        keys: Keys = ("resource_plan", "approved_by")
        yield Reference(path, "", keys, "contact", plan["approved_by"], "approve")
    if hours := data.get("depots", {}).get("hours"):
        yield Reference(path, "", ("depots", "hours"), "calendar", hours)
    for index, row in enumerate(data.get("headcount", [])):
        yield Reference(path, "", ("headcount", index, "site"), "site", row["site"])
    for place, terms in enumerate(data.get("availability", ())):
        for group, fields in terms.get("groups", {}).items():
            for index, asset in enumerate(fields["assets"]):
                keys = ("availability", place, "groups", group, "assets", index)
                yield Reference(path, "", keys, "asset", asset)
        for service in terms.get("targets", {}):
            keys = ("availability", place, "targets", service)
            yield Reference(path, "", keys, "service", service)
    for t, terms in enumerate(data["sla"]):
        for s, severity in enumerate(terms["severities"]):
            for target, promise in severity["targets"].items():
                keys = ("sla", t, "severities", s, "targets", target, "clock")
                yield Reference(path, "", keys, "calendar", promise["clock"])


def _staff_references(records: Records) -> Iterator[Reference]:
    for person in records.staff.people.values():
        for index, site in enumerate(person.sites):
            keys: Keys = ("people", person.id, "sites", index)
            yield Reference("records/staff.yaml", "", keys, "site", site)


def _asset_references(records: Records) -> Iterator[Reference]:
    for asset in records.assets.values():
        path = "records/assets.yaml"
        yield Reference(path, "", ("assets", asset.id, "site"), "site", asset.site)
        if asset.keeper:
            keys = ("assets", asset.id, "keeper")
            yield Reference(path, "", keys, "contact", asset.keeper)
        for index, service in enumerate(asset.services):
            yield Reference(path, "", ("assets", asset.id, "services", index), "service", service)


def _depot_references(records: Records) -> Iterator[Reference]:
    path = "records/spares.yaml"
    for depot in records.spares.depots.values():
        yield Reference(path, "", ("depots", depot.id, "keeper"), "person", depot.keeper)
        if depot.hours:
            yield Reference(path, "", ("depots", depot.id, "hours"), "calendar", depot.hours)
        for site in depot.distance_km:
            yield Reference(path, "", ("depots", depot.id, "distance_km", site), "site", site)
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


_IN_CONFIGURATION = {
    "records/contract.yaml": _contract_references,
    "records/staff.yaml": _staff_references,
    "records/assets.yaml": _asset_references,
    "records/duty.yaml": _duty_references,
    "records/plan.yaml": _plan_references,
    "records/spares.yaml": _depot_references,
}
"""What each file of the configuration names, its log apart."""
