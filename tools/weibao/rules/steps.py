"""Steps: every entry may follow what stands before it, and says a time that can be (X2xx)."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from weibao.model.finding import Finding, Place
from weibao.model.ids import RECORD_ID
from weibao.model.instant import format_instant, local_day, parse_instant
from weibao.model.state import claimed, missteps, severity_policy, successive
from weibao.rules.rounds import check_round

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from weibao.model.contract import Contract
    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.instant import Instant
    from weibao.model.plan import Plan
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket


def check_steps(records: Records) -> Iterator[Finding]:
    """What is wrong with the steps of every ticket and inspection."""
    for ticket in records.tickets.values():
        yield from ticket_steps(ticket, records.contract)
    for inspection in records.inspections.values():
        yield from inspection_steps(inspection, records.plan, records.contract)
    yield from _twice("records/spares.yaml", "", records.spares.log, records.contract)
    yield from _twice("records/actions.yaml", "", records.actions, records.contract)
    yield from _action_steps(records)


def ticket_steps(ticket: Ticket, contract: Contract) -> Iterator[Finding]:
    """What is wrong with the steps of one ticket."""
    path, record, zone = ticket.path, ticket.id, contract.zone
    # A claim from before the report has no place among the others, which are judged without it (X202).
    placed = tuple(entry for entry in ticket.log if entry.at >= ticket.reported_at)
    yield from _missteps("ticket", path, record, placed, contract)
    yield from _twice(path, record, ticket.log, contract)
    reported = format_instant(ticket.reported_at, zone)
    for entry in ticket.log:
        if entry.at < ticket.reported_at:
            facts = {"at": format_instant(entry.at, zone), "reported_at": reported}
            yield Finding("X202", _place(path, entry, "at"), record, facts)
    yield from _severities(ticket, contract)
    yield from _self_confirmed(ticket)
    yield from _own_duplicate(ticket)
    yield from _references_to_entries(ticket)
    expected = local_day(ticket.reported_at, zone).strftime("%Y%m%d")
    yield from _id_day(path, record, expected)


def inspection_steps(inspection: Inspection, plan: Plan, contract: Contract) -> Iterator[Finding]:
    """What is wrong with the steps of one inspection."""
    path, record = inspection.path, inspection.id
    yield from _missteps("inspection", path, record, inspection.log, contract)
    yield from _twice(path, record, inspection.log, contract)
    work = plan.work.get(inspection.plan)
    lists = work.checklists if work else ()
    items = {one.item for name in lists for one in plan.checklists.get(name, ())}
    for entry in inspection.log:
        if entry.event != "checked":
            continue
        item = entry.data["item"]
        if items and item not in items:
            facts = {"kind": "item", "key": "log.item", "found": item, "nearest": ""}
            yield Finding("X108", _place(path, entry, "item"), record, facts)
        if entry.data["status"] == "failed" and "ticket" not in entry.data:
            facts = {"asset": entry.data["asset"], "item": item}
            yield Finding("X303", _place(path, entry, "status"), record, facts)
    yield from check_round(inspection, plan)
    if inspection.log:
        expected = local_day(inspection.log[0].at, contract.zone).strftime("%Y%m%d")
        yield from _id_day(path, record, expected)


def _action_steps(records: Records) -> Iterator[Finding]:
    """Of each corrective action that was raised: is it done before it is verified, and once?"""
    raised = dict.fromkeys(e.data["action"] for e in records.actions if e.event == "raised")
    for action in raised:
        log = tuple(entry for entry in records.actions if entry.data["action"] == action)
        yield from _missteps("actions", "records/actions.yaml", "", log, records.contract)


def check_future(
    logs: Mapping[str, Iterable[Entry]], now: Instant, contract: Contract
) -> Iterator[Finding]:
    """Entries (by path) claimed later than ``now`` by more than the contract's clock skew."""
    for path, log in logs.items():
        for entry in log:
            if entry.at > now + contract.evidence.clock_skew:
                facts = {
                    "at": format_instant(entry.at, contract.zone),
                    "now": format_instant(now, contract.zone),
                }
                name = path.rsplit("/", 1)[-1].removesuffix(".yaml")
                record = name if RECORD_ID.fullmatch(name) else ""
                yield Finding("X203", _place(path, entry, "at"), record, facts)


def _missteps(
    kind: str, path: str, record: str, log: tuple[Entry, ...], contract: Contract
) -> Iterator[Finding]:
    for misstep in missteps(kind, log):
        facts = {
            "event": misstep.entry.event,
            "at": format_instant(misstep.entry.at, contract.zone),
            "state": misstep.found.told.value,
            "possible": misstep.possible,
        }
        yield Finding("X201", _place(path, misstep.entry, "event"), record, facts)


def _twice(path: str, record: str, log: tuple[Entry, ...], contract: Contract) -> Iterator[Finding]:
    seen: Counter[tuple[Instant, str]] = Counter()
    for entry in log:
        seen[entry.reference] += 1
        if seen[entry.reference] > 1:
            facts = {"at": format_instant(entry.at, contract.zone), "event": entry.event}
            yield Finding("X204", _place(path, entry, "at"), record, facts)


def _severities(ticket: Ticket, contract: Contract) -> Iterator[Finding]:
    levels = {level for terms in contract.terms for level in terms.severities}
    current = ticket.severity
    if current is not None and current not in levels:
        facts: dict[str, object] = {"found": current, "expected": tuple(map(str, sorted(levels)))}
        yield Finding("X107", Place(ticket.path, keys=("severity",)), ticket.id, facts)
    policy = severity_policy(contract, ticket.severity, ticket.reported_at)
    for step, found in successive("ticket", claimed(ticket.log), policy):
        entry, current = step.entry, found.severity
        if entry.event != "severity_agreed":
            continue
        agreed = entry.data["severity"]
        place = _place(ticket.path, entry, "severity")
        if agreed not in levels:
            facts = {"found": agreed, "expected": tuple(map(str, sorted(levels)))}
            yield Finding("X107", place, ticket.id, facts)
        if current is not None and agreed > current and "consent_by" not in entry.data:
            yield Finding("X206", place, ticket.id, {"found": current, "agreed": agreed})


def _self_confirmed(ticket: Ticket) -> Iterator[Finding]:
    for step, found in successive("ticket", claimed(ticket.log)):
        if step.entry.event == "closed" and found.self_confirmed:
            place = _place(ticket.path, step.entry, "event")
            yield Finding("X205", place, ticket.id, {"person": found.confirmed_by})


def _own_duplicate(ticket: Ticket) -> Iterator[Finding]:
    for entry in ticket.log:
        if entry.event == "cancelled" and entry.data.get("duplicate_of") == ticket.id:
            place = _place(ticket.path, entry, "duplicate_of")
            yield Finding("X214", place, ticket.id, {"ticket": ticket.id})


def _references_to_entries(ticket: Ticket) -> Iterator[Finding]:
    present = {entry.reference for entry in ticket.log}
    for entry in ticket.log:
        named = [("entry", entry.data["entry"])] if "entry" in entry.data else []
        named += [("entries", one) for one in entry.data.get("entries", ())]
        for key, one in named:
            if (parse_instant(one["at"]), one["event"]) not in present:
                facts = {"at": one["at"], "event": one["event"]}
                yield Finding("X209", _place(ticket.path, entry, key), ticket.id, facts)


def _id_day(path: str, record: str, expected: str) -> Iterator[Finding]:
    match = RECORD_ID.fullmatch(record)
    if match and (found := "".join(match.groups()[1:4])) != expected:
        facts = {"found": found, "expected": expected}
        yield Finding("X211", Place(path, keys=("id",)), record, facts)


def _place(path: str, entry: Entry, key: str) -> Place:
    return Place(path, entry.line, keys=("log", entry.index, key))
