"""Reviews: what a grave incident came from, and what was learnt of it (O274, O275, O279)."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from weibao.history.contract_editions import since_agreed, standing_before
from weibao.language import N_
from weibao.model.finding import Finding, Lapse, Place, place_of
from weibao.model.instant import format_instant
from weibao.operations.duties import after, first_calendars
from weibao.operations.incident_reviews import (
    REVIEWS,
    is_review,
    review_length,
    reviewed_severities,
)
from weibao.operations.intake import latest_report
from weibao.rules.lapses import done_late, not_done
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from weibao.model.contract import Contract
    from weibao.model.instant import Instant
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import BookFacts
    from weibao.rules.lapses import Missed
    from weibao.sla.calendar import WorkingHours


ROWS = (
    Rule(
        code="O274",
        severity=Severity.WARNING,
        title=N_("Grave incident resolved without a coded cause"),
        message=N_("It is resolved, and its resolution does not say this: {missing}."),
        help=N_(
            "Say it with a correction: `weibao ticket amend TICKET --entry resolved --field cause_code --value CAUSE`, and `--field responsible`."
        ),
        why=N_(
            "A sudden fault is taken on to its cause (requirement 32). A cause in words alone cannot be counted, so that the fault comes back under another description; and who has to see to it is said by nobody."
        ),
        bad="  - {at: 2026-11-20T12:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 内存故障, action: 更换主控板}\n",
        good="  - {at: 2026-11-20T12:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 内存故障, action: 更换主控板, cause_code: hardware, responsible: maker}\n",
        facts=("missing",),
    ),
    Rule(
        code="O275",
        severity=Severity.WARNING,
        title=N_("Incident review overdue"),
        message=N_("By {due} there was no review of this incident, edition: {edition}."),
        help=N_(
            "Record it: `weibao ticket analyse TICKET --edition preliminary`, or `--edition final`, which says the root cause and the effect on business."
        ),
        why=N_(
            "Audits of the process records lead to improvement (requirement 10), and a grave fault above all. The contract may set other lengths and severities: `incident_report`. The preliminary edition is due from the report on, the final one from the first restoration or resolution on."
        ),
        bad="  - {at: 2026-11-20T14:05:00+08:00, event: closed, by: wang-lei}   # and nothing since\n",
        good="  - {at: 2026-11-24T10:00:00+08:00, event: analysed, by: li-qiang, edition: final, trigger: 主控板告警, root_cause: 内存颗粒老化, business_effect: 生产系统中断两小时}\n",
        facts=("edition", "due"),
    ),
    Rule(
        code="O279",
        severity=Severity.WARNING,
        title=N_("Fault filed as something else"),
        message=N_(
            "A part was replaced for a ticket of kind “{ticket_kind}”: what breaks is a fault."
        ),
        help=N_(
            "Open a fault for it with the time of the report, and cancel this ticket as a duplicate of it: `weibao ticket cancel TICKET --duplicate-of FAULT`."
        ),
        why=N_(
            "Faults, questions, requests and complaints are all taken on, each as what it is (requirement 32). A fault that is filed as a question takes nothing off the availability, and is missing among those that came back."
        ),
        bad="kind: consultation   # and part_replaced in its log\n",
        good="kind: fault\n",
        facts=("ticket_kind",),
    ),
)


def check_causes(facts: BookFacts) -> Iterator[Finding]:
    """Grave incidents that were resolved and do not say of what, and faults that are filed as none."""
    contract = facts.records.contract
    for ticket in facts.records.tickets.values():
        if ticket.planned:
            continue
        state, old = facts.states[ticket.id], facts.proofs[ticket.id].old_lines
        last = state.finished
        here = last is not None and last.entry.index not in old
        if state.severity in reviewed_severities(contract) and last is not None and here:
            asked = ("cause_code", "responsible") if contract.causes else ("responsible",)
            if missing := tuple(key for key in asked if not last.entry.data.get(key)):
                place = place_of(ticket.path, last.entry, "event")
                yield Finding("O274", place, ticket.id, {"missing": missing})
        for step in ticket.log if ticket.kind != "fault" else ():
            counts = step.at <= facts.as_of and step.index not in old
            if step.event == "part_replaced" and counts:
                place = place_of(ticket.path, step, "event")
                yield Finding("O279", place, ticket.id, {"ticket_kind": ticket.kind})
                break


def check_reviews(facts: BookFacts) -> Iterator[Finding]:
    """Reviews that should be there by now, and are not."""
    return not_done(facts, owed(facts))


def lapses_of_reviews(facts: BookFacts) -> Iterator[Lapse]:
    """Reviews that came too late."""
    return done_late(facts, owed(facts))


def owed(facts: BookFacts, tickets: Iterable[Ticket] | None = None) -> Iterator[Missed]:
    """Every review that there should be, or those of some tickets: what is to be said if it is missed, its limit, and when it was there.

    What is asked is what the contract asked before the report.
    """
    editions = since_agreed(facts.ledger.history, facts.agreed)
    calendar = first_calendars()
    for ticket in facts.records.tickets.values() if tickets is None else tickets:
        contract = standing_before(editions, ticket.reported_at, facts.records.contract)
        if facts.states[ticket.id].severity in reviewed_severities(contract):
            yield from _owed_of(facts, ticket, contract, partial(calendar, contract))


def _owed_of(
    facts: BookFacts,
    ticket: Ticket,
    contract: Contract,
    calendar: Callable[[], WorkingHours | None],
) -> Iterator[Missed]:
    now, state, proof = facts.records.contract, facts.states[ticket.id], facts.proofs[ticket.id]
    restored = _restored(state)
    over = state.cancelled is not None or (restored is not None and proof.old(restored))
    if ticket.planned or over:
        return
    reviews = [
        proven
        for proven in proof.timeline
        if proven.entry.event == "analysed" and proven.effective <= facts.as_of
    ]
    for edition in REVIEWS:
        start = latest_report(ticket, proof) if edition == "preliminary" else restored
        length = review_length(contract, edition)
        limit = None if start is None else after(length, start, calendar)
        if limit is not None and not proof.old(limit):
            done = (proven.effective for proven in reviews if is_review(proven.entry, edition))
            shown = {"edition": edition, "due": format_instant(limit, now.zone)}
            place = Place(ticket.path, keys=("severity",))
            yield Finding("O275", place, ticket.id, shown), limit, min(done, default=None)


def _restored(state: RecordState[Dated]) -> Instant | None:
    """When the first repair was that was not void."""
    for spell, later in zip_longest(state.spells, state.spells[1:]):
        if spell.repaired is not None and not (later is not None and later.voids):
            return spell.repaired.instant
    return None
