"""References: what a record names must be defined, and may do what it does (X10x, X207, X209)."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place, place_of
from weibao.model.instant import parse_instant
from weibao.model.references import Reference, item_named, names_of, references
from weibao.operations.checklist import items_of
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from weibao.rules.facts import FileFacts

ROWS = (
    Rule(
        code="X101",
        severity=Severity.ERROR,
        title=N_("Unknown person"),
        message=N_("“{found}” in “{key}” is nobody that records/staff.yaml names."),
        help=N_("Correct the id, or add the person to records/staff.yaml by review first."),
        why=N_(
            "Each task has a named person responsible (requirement 5), whose roles and certificates on that day are checked. An id that belongs to nobody makes nobody responsible."
        ),
        bad="  - {at: 2026-11-20T09:17:00+08:00, event: assigned, by: wang-lei, to: liqiang}\n",
        good="  - {at: 2026-11-20T09:17:00+08:00, event: assigned, by: wang-lei, to: li-qiang}\n",
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X102",
        severity=Severity.ERROR,
        title=N_("Unknown contact"),
        message=N_(
            "“{found}” in “{key}” is none of the customer's contacts in records/contract.yaml."
        ),
        help=N_(
            "Correct the id, or have the customer name the contact and add it to `contacts` in records/contract.yaml."
        ),
        why=N_(
            "Only people whom the customer has named may declare a severity, approve work or confirm a result for it (requirements 39 and 40). A confirmation by someone outside the contract confirms nothing."
        ),
        bad="  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang, via: phone, satisfaction: 5}\n",
        good="  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone, satisfaction: 5}\n",
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X103",
        severity=Severity.ERROR,
        title=N_("Unknown asset"),
        message=N_("“{found}” in “{key}” is no equipment that records/assets.yaml lists."),
        help=N_(
            "Correct the id, or add the equipment to records/assets.yaml if the contract covers it."
        ),
        why=N_(
            "Availability, repeat faults and certificates are worked out per asset (requirements 1 and 13). ISO/IEC 20000-1 asks for records of the configuration items that the services rest on."
        ),
        bad="assets: [core-sw-1]\n",
        good="assets: [core-sw-01]\n",
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X104",
        severity=Severity.ERROR,
        title=N_("Unknown part"),
        message=N_("“{found}” in “{key}” is no part of the catalogue in records/spares.yaml."),
        help=N_("Correct the id, or add the part to `parts` in records/spares.yaml first."),
        why=N_(
            "The catalogue says who makes the part, under which number, and which models it fits (requirement 18). A part that it does not know can be neither found in stock nor proven to be the maker's own (requirement 20)."
        ),
        bad="  - {at: 2026-11-20T09:50:00+08:00, event: part_requested, by: li-qiang, part: s12700-mpu, quantity: 1}\n",
        good="  - {at: 2026-11-20T09:50:00+08:00, event: part_requested, by: li-qiang, part: hw-s12700-mpu, quantity: 1}\n",
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X105",
        severity=Severity.ERROR,
        title=N_("Unknown depot"),
        message=N_("“{found}” in “{key}” is no depot that records/spares.yaml names."),
        help=N_("Correct the id, or add the depot to `depots` in records/spares.yaml first."),
        why=N_(
            "The customer may look into a depot at any time (requirement 19), so each has an address and a keeper. Stock booked to a place that nobody has described cannot be counted."
        ),
        bad='  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang, ticket: T20261120-7K3Q9M}\n',
        good='  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang-depot, ticket: T20261120-7K3Q9M}\n',
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X106",
        severity=Severity.ERROR,
        title=N_("Unknown ticket"),
        message=N_("“{found}” in “{key}” is no ticket of this repository."),
        help=N_(
            "Correct the id (`weibao ticket list` shows them). If a colleague opened the ticket, it may not be here yet: `weibao sync` brings it, once they have landed it."
        ),
        why=N_(
            "A part issued, a failed check or a corrective action is traced to the ticket that it belongs to. A reference to no ticket cuts that trail: the part has left, and nobody can say what for."
        ),
        bad='  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang-depot, ticket: T20261120-7K3Q9N}\n',
        good='  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ["MPU0001"], depot: shenyang-depot, ticket: T20261120-7K3Q9M}\n',
        facts=("key", "found", "nearest"),
    ),
    Rule(
        code="X108",
        severity=Severity.ERROR,
        title=N_("Name that nothing defines"),
        message=N_("“{found}” in “{key}” is not defined anywhere ({kind})."),
        help=N_(
            "Correct the name, or define it first: sites, services and calendars in records/contract.yaml, rounds and checklists in records/plan.yaml, rotas in records/duty.yaml, corrective actions by a `raised` entry in records/actions.yaml."
        ),
        why=N_(
            "Pages, clocks and plans join records by name. A name that leads nowhere drops out of them in silence: a target on a calendar that does not exist would never come due."
        ),
        bad="respond: {within: 2h, clock: workday}\n",
        good="respond: {within: 2h, clock: workdays}\n",
        facts=("kind", "key", "found", "nearest"),
    ),
    Rule(
        code="X207",
        severity=Severity.ERROR,
        title=N_("Contact without the right"),
        message=N_("“{contact}” does not have the customer's right to do this: {right}."),
        help=N_(
            "Ask a contact who has the right, or have the customer grant it: `may` of the contact in records/contract.yaml."
        ),
        why=N_(
            "The contract says which of the customer's people may declare, approve, consent, confirm and countersign. A monitoring centre that may report a fault may not sign for the result on that account (requirements 39 and 40)."
        ),
        bad="  - {at: 2026-11-20T09:30:00+08:00, event: severity_agreed, by: wang-lei, severity: 3, consent_by: customer-noc}\n",
        good="  - {at: 2026-11-20T09:30:00+08:00, event: severity_agreed, by: wang-lei, severity: 3, consent_by: zhang-gong}\n",
        facts=("contact", "right"),
    ),
    Rule(
        code="X209",
        severity=Severity.ERROR,
        title=N_("No such entry"),
        message=N_("The record has no entry “{event}” at {at}, to which this one refers."),
        help=N_(
            "Copy the time and the event from the entry that is meant; `weibao ticket show TICKET` lists them."
        ),
        why=N_(
            "A correction or a countersignature counts for exactly the entries that it names. If it names none, the customer's signature would hang in the air: nobody could say what was signed."
        ),
        bad=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T15:00:00+08:00, event: countersigned, by: zhang-gong, entries: [{at: 2026-11-20T10:31:00+08:00, event: arrived}], contact: zhang-gong}\n"
        ),
        good=(
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T15:00:00+08:00, event: countersigned, by: zhang-gong, entries: [{at: 2026-11-20T10:30:00+08:00, event: arrived}], contact: zhang-gong}\n"
        ),
        facts=("at", "event"),
    ),
    Rule(
        code="X310",
        severity=Severity.ERROR,
        title=N_("Unknown cause"),
        message=N_("“{found}” in “{key}” is none of the causes of records/contract.yaml."),
        help=N_(
            "Correct the code, or add the cause to records/contract.yaml by review first; in a ticket that has landed: `weibao ticket amend TICKET --entry resolved --field cause_code`."
        ),
        why=N_(
            "Causes are counted by the contract's list, month by month. A code that the list lacks is counted with nothing, and a fault that came back is taken for another."
        ),
        bad="  - {at: 2026-11-20T12:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 主控板故障, action: 更换主控板, cause_code: hardwear}\n",
        good="  - {at: 2026-11-20T12:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 主控板故障, action: 更换主控板, cause_code: hardware}\n",
        facts=("key", "found", "nearest"),
    ),
)

CODES = {
    "person": "X101",
    "contact": "X102",
    "asset": "X103",
    "part": "X104",
    "depot": "X105",
    "ticket": "X106",
    "cause": "X310",
}
"""The rule for a name of this kind that nothing defines; X108 for every other kind."""


PLAN = "records/plan.yaml"

ALIKE = {"ticket": 0.9}
"""How like another name one must be to be offered: ids of one day are alike in all but what was drawn."""


def check_references(facts: FileFacts) -> Iterator[Finding]:
    """What is named and not defined, and every contact who may not do what they did."""
    known = names_of(facts.records, facts.ids)
    for reference in references(facts.records, facts.asked):
        # The plan is not read for one ticket that is saved: to read it takes longer than all else.
        unread = reference.kind == "plan" and PLAN not in facts.records.documents
        if facts.asked(reference.path) and not (facts.only is not None and unread):
            yield from _judged(reference, known, facts)


def check_entries_named(facts: FileFacts) -> Iterator[Finding]:
    """Entries that a later one of the same ticket names, and that there are not."""
    for ticket in facts.records.tickets.values():
        present = {entry.reference for entry in ticket.log}
        for entry in ticket.log:
            named = [("entry", entry.data["entry"])] if "entry" in entry.data else []
            named += [("entries", reference) for reference in entry.data.get("entries", ())]
            for key, about in named:
                if (parse_instant(about["at"]), about["event"]) not in present:
                    shown = {"at": about["at"], "event": about["event"]}
                    yield Finding("X209", place_of(ticket.path, entry, key), ticket.id, shown)


def check_items(facts: FileFacts) -> Iterator[Finding]:
    """Checks of items that the checklists of their round do not have."""
    for inspection in facts.records.inspections.values():
        items = items_of(facts.records.plan, inspection.plan)
        for entry in inspection.log:
            if items and entry.event == "checked" and (item := entry.data["item"]) not in items:
                keys, name = ("log", entry.index, "item"), item_named(inspection.plan, item)
                path, record = inspection.path, inspection.id
                if facts.stood(Reference(path, record, keys, "item", name, line=entry.text)):
                    continue
                place = place_of(inspection.path, entry, "item")
                shown = {"kind": "item", "key": "log.item", "found": item, "nearest": ""}
                yield Finding("X108", place, inspection.id, shown)


def _judged(
    reference: Reference, known: Mapping[str, AbstractSet[str]], asked: FileFacts
) -> Iterator[Finding]:
    defined, contacts = reference.name in known[reference.kind], asked.records.contract.contacts
    if defined and (not reference.right or reference.right in contacts[reference.name].may):
        return
    if reference.line and asked.stood(reference):
        return
    place = Place(reference.path, keys=reference.keys)
    if not defined:
        key = ".".join(step for step in reference.keys if isinstance(step, str))
        kind = "person" if reference.kind == "person_or_contact" else reference.kind
        nearest = get_close_matches(
            reference.name, sorted(known[reference.kind]), 1, ALIKE.get(reference.kind, 0.6)
        )
        facts = {"key": key, "found": reference.name, "nearest": nearest[0] if nearest else ""}
        if kind not in CODES:
            facts["kind"] = kind
        yield Finding(CODES.get(kind, "X108"), place, reference.record, facts)
    else:
        facts = {"contact": reference.name, "right": reference.right}
        yield Finding("X207", place, reference.record, facts)
