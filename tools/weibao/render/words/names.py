"""What people, parts and places are called: by the names in the records, else by their ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.imported import UNKNOWN

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.model.records import Records


NOT_KNOWN = N_("not known")
SOMEBODY_UNKNOWN = N_("somebody unknown")


def person_called(records: Records, person: str, words: Language) -> str:
    """The name of one of the staff or of the customer's contacts; the id where it is neither."""
    people, contacts = records.staff.people, records.contract.contacts
    if person == UNKNOWN:
        return words.text(SOMEBODY_UNKNOWN)
    if person in people:
        return people[person].name
    return words.pick(contacts[person].names) if person in contacts else person


def asset_called(records: Records, asset: str, words: Language) -> str:
    """The name of a piece of equipment."""
    known = records.assets.get(asset)
    return words.pick(known.names) if known else asset


def thing_called(records: Records, thing: str, words: Language) -> str:
    """The name of a piece of equipment or of a service."""
    services = records.contract.services
    return words.pick(services[thing]) if thing in services else asset_called(records, thing, words)


def promise_called(target: str, occurrence: int, words: Language) -> str:
    """A promise by its target; requests for parts are numbered, of the others the rounds after the first."""
    name = words.term("target", target)
    return f"{name} {occurrence}" if target == "part" or occurrence > 1 else name


def work_called(records: Records, plan: str, words: Language) -> str:
    """The name of a line of the plan."""
    known = records.plan.work.get(plan)
    return words.pick(known.names) if known else plan


def part_called(records: Records, part: str, words: Language) -> str:
    """The name of a part of the catalogue."""
    known = records.spares.parts.get(part)
    return words.pick(known.names) if known else part


def cause_called(records: Records, cause: str, words: Language) -> str:
    """The name of a cause of the contract."""
    known = records.contract.causes.get(cause)
    return words.pick(known) if known else cause


def depot_called(records: Records, depot: str, words: Language) -> str:
    """The name of a spares depot."""
    known = records.spares.depots.get(depot)
    return words.pick(known.names) if known else depot


def severity_called(records: Records, level: int, words: Language) -> str:
    """The contract's name of a severity level, the latest terms first."""
    for terms in reversed(records.contract.terms):
        if level in terms.severities:
            return words.pick(terms.severities[level].names)
    return str(level)


def check_item_called(records: Records, item: str, words: Language) -> str:
    """The name of a checklist item."""
    for items in records.plan.checklists.values():
        for checklist_item in items:
            if checklist_item.item == item:
                return words.pick(checklist_item.names)
    return item
