"""Work: who does it, with which parts, and planned work in its frame (O23x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.model.entry import timeline
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.operations.intake import first_known, imported

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weibao.history.proven import ProvenLog
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket

PLAN = "records/plan.yaml"

WORKING = frozenset({"arrived", "part_replaced", "restored", "resolved"})
"""The steps that are work on the equipment."""

_SENT = {"assigned": "to", "dispatched": "to", "escalated": "to"}


def check_work(
    records: Records, proofs: Mapping[str, ProvenLog], as_of: Instant
) -> Iterator[Finding]:
    """Work by people nobody sent, parts from nowhere, planned work out of its frame."""
    issued = _issued(records, as_of)
    for ticket in records.tickets.values():
        if imported(ticket, records.contract):
            continue
        steps = [one for one in timeline(ticket.log) if one.at <= as_of]
        yield from _unsent(ticket, steps, records)
        yield from _parts(ticket, steps, issued)
        if ticket.window is not None:
            yield from _frame(ticket, ticket.window, steps, proofs[ticket.id], records)
            yield from _unwatched(ticket, steps, records)
    yield from _issuers(records)


def _unsent(ticket: Ticket, steps: Iterable[Entry], records: Records) -> Iterator[Finding]:
    """Work by one of the staff to whom the ticket was never given (requirement 2): once each."""
    sent: set[str] = set()
    for entry in steps:
        if entry.event in _SENT:
            sent.add(entry.data[_SENT[entry.event]])
        elif entry.event in WORKING and entry.by in records.staff.people and entry.by not in sent:
            sent.add(entry.by)
            facts = {"person": entry.by, "event": entry.event}
            yield Finding("O231", _place(ticket, entry, "by"), ticket.id, facts)


def _issued(records: Records, as_of: Instant) -> frozenset[tuple[str, str, str]]:
    """What left a depot for a ticket: ticket, part, serial number."""
    return frozenset(
        (one.data["ticket"], one.data["part"], serial)
        for one in records.spares.log
        if one.event == "issued" and one.at <= as_of
        for serial in one.data["serials"]
    )


def _parts(
    ticket: Ticket, steps: Iterable[Entry], issued: frozenset[tuple[str, str, str]]
) -> Iterator[Finding]:
    """Parts installed that no depot issued for the ticket (requirements 2 and 20)."""
    for entry in steps:
        if entry.event == "part_replaced":
            part, serial = entry.data["part"], entry.data["installed_serial"]
            if (ticket.id, part, serial) not in issued:
                place = _place(ticket, entry, "installed_serial")
                facts = {"ticket": ticket.id, "part": part, "serial": serial}
                yield Finding("O232", place, ticket.id, facts)


def _frame(
    ticket: Ticket,
    window: tuple[Instant, Instant],
    steps: Iterable[Entry],
    proof: ProvenLog,
    records: Records,
) -> Iterator[Finding]:
    """Planned work outside its window, or begun before its approval was on record (row 31)."""
    zone, policy = records.contract.zone, records.contract.evidence
    work = [one for one in steps if one.event in WORKING]
    outside = next((one for one in work if _lies_outside(one, window)), None)
    if outside:
        facts: dict[str, object] = {
            "event": outside.event,
            "at": format_instant(outside.at, zone),
            "from": format_instant(window[0], zone),
            "to": format_instant(window[1], zone),
        }
        yield Finding("O234", _place(ticket, outside, "at"), ticket.id, facts)
    recorded = min(
        (one.evidence for one in proof.entries if one.evidence is not None), default=None
    )
    if work and recorded is not None and recorded > work[0].at + policy.tolerance:
        facts = {"event": work[0].event, "at": format_instant(work[0].at, zone)}
        facts |= {"recorded": format_instant(recorded, zone)}
        yield Finding("O235", Place(ticket.path, keys=("approved_by",)), ticket.id, facts)


def _lies_outside(entry: Entry, window: tuple[Instant, Instant]) -> bool:
    """Whether work lies outside its window; who is there before it opens has not begun yet."""
    start, end = window
    return entry.at > end or (entry.at < start and entry.event != "arrived")


def _unwatched(ticket: Ticket, steps: Sequence[Entry], records: Records) -> Iterator[Finding]:
    """Planned work that began before the desk knew of it (requirement 27)."""
    began = next((one for one in steps if one.event in WORKING), None)
    if began is None:
        return
    knew = first_known(ticket, steps, records.staff, "desk", records.contract.zone)
    if knew is None or knew > began.at:
        at = format_instant(began.at, records.contract.zone)
        facts = {"event": began.event, "at": at}
        yield Finding("O236", _place(ticket, began, "event"), ticket.id, facts)


def _issuers(records: Records) -> Iterator[Finding]:
    """Lines of the plan that no project manager issued (requirement 27)."""
    for work in records.plan.work.values():
        person = records.staff.people.get(work.issued_by)
        if person and not any(term.what == "pm" for term in person.roles):
            place = Place(PLAN, keys=("plan", work.id, "issued_by"))
            yield Finding("O233", place, "", {"plan": work.id, "person": work.issued_by})


def _place(ticket: Ticket, entry: Entry, key: str) -> Place:
    return Place(ticket.path, entry.line, keys=("log", entry.index, key))
