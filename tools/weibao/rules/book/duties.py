"""Duties: what is to be done within a time once something has happened (O26x)."""

from __future__ import annotations

from functools import partial
from itertools import zip_longest
from typing import TYPE_CHECKING

from weibao.history.contract_editions import since_agreed, standing_before
from weibao.language import N_
from weibao.model.events import SCORES
from weibao.model.finding import Finding, Lapse, Place, place_of
from weibao.model.instant import format_instant
from weibao.model.timeline import timeline
from weibao.operations.duties import due, first_calendars
from weibao.operations.intake import WHO_IS_TOLD, has_role, latest_report, was_on_duty
from weibao.operations.qualification import ENGINEERS
from weibao.rules.lapses import done_late, not_done
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from weibao.history.proven import ProvenEntry
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import BookFacts
    from weibao.rules.lapses import Missed

    Due = Callable[[str, Instant], Instant | None]

ROWS = (
    Rule(
        code="O261",
        severity=Severity.WARNING,
        title=N_("Part issued and not used"),
        message=N_(
            "{serial} ({part}) was issued for {ticket}, and by {due} it was neither installed nor brought back."
        ),
        help=N_(
            "Bring it back to the depot: `weibao spares return`; if it was installed, record that with the time when it was: `weibao ticket part replace`."
        ),
        why=N_(
            "The provider's parts are dispatched as one (requirement 2): one that lies in a car helps in no fault, and its depot is short of it. The contract may set another length: `duties.part_used_within`."
        ),
        bad="  - {at: 2026-11-20T10:05:00+08:00, event: issued, by: sun-yu, part: hw-s12700-mpu, serials: ['MPU0001'], depot: shenyang-depot, ticket: T20261120-7K3Q9M}   # and nothing since\n",
        good="  - {at: 2026-11-21T09:00:00+08:00, event: returned, by: sun-yu, part: hw-s12700-mpu, serials: ['MPU0001'], depot: shenyang-depot, ticket: T20261120-7K3Q9M}\n",
        facts=("serial", "part", "ticket", "due"),
    ),
    Rule(
        code="O262",
        severity=Severity.WARNING,
        title=N_("Request that the desk never recorded"),
        message=N_(
            "It came in by way of {channel}, and nothing shows that the service desk knew of it by {due}."
        ),
        help=N_(
            "Let the desk record it, assign it or be told: `weibao ticket notify`; if it knew then, record it with the time when it was."
        ),
        why=N_(
            "Whichever way a request comes in, the desk records it and keeps watch over it (requirements 28 and 34 to 36). The contract may set another length: `duties.desk_records_within`."
        ),
        bad="  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: li-qiang}   # and nobody of the desk since\n",
        good="  - {at: 2026-11-20T09:15:00+08:00, event: opened, by: wang-lei}\n",
        facts=("channel", "due"),
    ),
    Rule(
        code="O263",
        severity=Severity.WARNING,
        title=N_("Result not confirmed with the customer"),
        message=N_(
            "It was resolved at {at}, and by {due} nobody had confirmed the result with the customer."
        ),
        help=N_(
            "Ask the customer and record it: `weibao ticket confirm`; if they are not content: `weibao ticket reopen`."
        ),
        why=N_(
            "The desk confirms the result with the customer directly (requirement 39), and soon: what nobody asks for weeks looks solved on paper alone. The contract may set another length: `duties.confirmed_within`."
        ),
        bad="  - {at: 2026-11-20T12:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 内存故障, action: 更换主控板}   # it is 26 November\n",
        good="  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone}\n",
        facts=("at", "due"),
    ),
    Rule(
        code="O264",
        severity=Severity.WARNING,
        title=N_("Discontented customer not called back"),
        message=N_(
            "{contact} gave {score} of 5 at {at}, and by {due} nobody had gone back to them."
        ),
        help=N_(
            "Call them and record what was said: `weibao review call-back`, or while the ticket is open `weibao ticket update`; what it leads to is a corrective action about the ticket: `weibao action raise`."
        ),
        why=N_(
            "A result that the customer marks with 1 or 2 is not settled by asking (requirement 39): somebody calls back and hears why. The contract may set another length: `duties.called_back_within`."
        ),
        bad="  - {at: 2026-11-20T14:00:00+08:00, event: confirmed, by: wang-lei, contact: zhang-gong, via: phone, satisfaction: 2}   # and nothing since\n",
        good="  - {at: 2026-11-20T16:00:00+08:00, event: updated, by: wang-lei, note: 回访张工：到场太晚，已说明改进}\n",
        facts=("contact", "score", "at", "due"),
    ),
)

SPARES, REVIEWS = "records/spares.yaml", "records/reviews.yaml"

DISCONTENT = 2
"""From this mark down somebody calls back."""

_ANSWERS = frozenset({"updated", "reopened", "confirmed"})


def check_duties(facts: BookFacts) -> Iterator[Finding]:
    """What should have been done by now, and has not."""
    return not_done(facts, owed(facts))


def lapses_of_duties(facts: BookFacts) -> Iterator[Lapse]:
    """What was done too late."""
    return done_late(facts, owed(facts))


def owed(facts: BookFacts) -> Iterator[Missed]:
    """Every duty that there was: what is to be said if it is missed, its limit, and when it was done."""
    limit = limits_of(facts)
    yield from _unused(facts, limit)
    yield from _surveyed_low(facts, limit)
    for ticket in facts.records.tickets.values():
        if ticket.planned:
            continue
        proof = facts.proofs[ticket.id]
        log = [
            proven
            for proven in proof.timeline
            if proven.effective <= facts.as_of and not proof.old(proven.effective)
        ]
        yield from _unrecorded(facts, ticket, limit)
        yield from _unconfirmed(facts, ticket, log, limit)
        yield from _not_called_back(facts, ticket, log, limit)


def limits_of(facts: BookFacts) -> Due:
    """The last instant of a duty that begins at another: its length is the one that the contract had before that."""
    editions = since_agreed(facts.ledger.history, facts.agreed)
    calendar = first_calendars()

    def limit(duty: str, start: Instant) -> Instant | None:
        contract = standing_before(editions, start, facts.records.contract)
        return due(contract, duty, start, partial(calendar, contract))

    return limit


def _unused(facts: BookFacts, limit: Due) -> Iterator[Missed]:
    """Parts that left a depot for a ticket, until they are installed or move on (requirement 2)."""
    zone, since = facts.records.contract.zone, facts.elapsed[0]
    installed = {
        (ticket.id, entry.data["part"], entry.data["installed_serial"]): entry.at
        for ticket in facts.records.tickets.values()
        for entry in reversed(timeline(ticket.log))
        if entry.event == "part_replaced" and entry.at <= facts.as_of
    }
    for piece in facts.stock.pieces.values():
        moves = piece.movements
        for issued, moved in zip_longest(moves, moves[1:]):
            last = limit("part_used_within", issued.at)
            if issued.event != "issued" or issued.at < since or last is None:
                continue
            used = installed.get((issued.data["ticket"], piece.part, piece.serial))
            ends = [at for at in (used, moved.at if moved else None) if at is not None]
            shown = {
                "serial": piece.serial,
                "part": piece.part,
                "ticket": issued.data["ticket"],
                "due": format_instant(last, zone),
            }
            yield (
                Finding("O261", place_of(SPARES, issued, "serials"), "", shown),
                last,
                min(ends, default=None),
            )


def _unrecorded(facts: BookFacts, ticket: Ticket, limit: Due) -> Iterator[Missed]:
    """Requests, until somebody of the desk shows that they know of them (requirements 28, 34 to 36)."""
    proof = facts.proofs[ticket.id]
    last = limit("desk_records_within", latest_report(ticket, proof))
    if last is not None and not proof.old(last):
        zone = facts.records.contract.zone
        staff, duty = facts.official_staff.before(last), facts.official_duty.before(last)

        def of_the_desk(who: str, at: Instant) -> bool:
            if has_role(staff, who, "desk", at, zone):
                return True
            engineer = any(has_role(staff, who, role, at, zone) for role in ENGINEERS)
            return not engineer and was_on_duty(duty, who, at)

        steps = [entry for entry in timeline(ticket.log) if entry.at <= facts.as_of]
        named = [(ticket.reported_at, ticket.received_by), *((step.at, step.by) for step in steps)]
        named += [
            (step.at, step.data[WHO_IS_TOLD[step.event]])
            for step in steps
            if step.event in WHO_IS_TOLD
        ]
        # Who first knew is mostly who took it in: of the others nobody need be asked.
        knew = next((at for at, who in sorted(named) if of_the_desk(who, at)), None)
        shown = {"channel": ticket.channel, "due": format_instant(last, zone)}
        place = Place(ticket.path, keys=("intake", "channel"))
        yield Finding("O262", place, ticket.id, shown), last, knew


def _unconfirmed(
    facts: BookFacts, ticket: Ticket, log: Sequence[ProvenEntry], limit: Due
) -> Iterator[Missed]:
    """Results, until the customer is asked or the ticket is open again (requirement 39)."""
    zone = facts.records.contract.zone
    for place, step in enumerate(log):
        last = limit("confirmed_within", step.entry.at) if step.entry.event == "resolved" else None
        if last is not None:
            after = (later for later in log[place + 1 :] if later.entry.event in _ENDS)
            asked = next((later.effective for later in after), None)
            shown = {
                "at": format_instant(step.entry.at, zone),
                "due": format_instant(last, zone),
            }
            where = place_of(ticket.path, step.entry, "event")
            yield Finding("O263", where, ticket.id, shown), last, asked


_ENDS = frozenset({"confirmed", "reopened", "cancelled"})


def _not_called_back(
    facts: BookFacts, ticket: Ticket, log: Sequence[ProvenEntry], limit: Due
) -> Iterator[Missed]:
    """Bad marks, until somebody goes back to the customer or raises an action about it (requirement 39)."""
    zone, records = facts.records.contract.zone, facts.records
    raised = [
        entry.at
        for entry in records.actions
        if entry.event == "raised" and entry.data["about"].get("ticket") == ticket.id
    ]
    for place, step in enumerate(log):
        entry = step.entry
        score = entry.data.get("satisfaction") if entry.event == "confirmed" else None
        last = limit("called_back_within", entry.at) if score and score <= DISCONTENT else None
        if last is not None:
            answers = [
                later.effective for later in log[place + 1 :] if later.entry.event in _ANSWERS
            ]
            answers += [at for at in raised if entry.at <= at <= facts.as_of]
            answers += _calls(facts, entry)
            shown = {
                "contact": entry.data["contact"],
                "score": score,
                "at": format_instant(entry.at, zone),
                "due": format_instant(last, zone),
            }
            where = place_of(ticket.path, entry, "satisfaction")
            yield Finding("O264", where, ticket.id, shown), last, min(answers, default=None)


def _calls(facts: BookFacts, mark: Entry) -> list[Instant]:
    """When the contact who gave a mark was called back after it."""
    return [
        call.effective
        for call in facts.proofs["reviews"].timeline
        if call.entry.event == "called_back"
        and call.entry.data["contact"] == mark.data["contact"]
        and call.entry.at >= mark.at
        and call.effective <= facts.as_of
    ]


def _surveyed_low(facts: BookFacts, limit: Due) -> Iterator[Missed]:
    """Bad marks in a survey, until somebody calls the customer back (requirement 39)."""
    zone = facts.records.contract.zone
    log = [step for step in facts.proofs["reviews"].timeline if step.effective <= facts.as_of]
    for entry in (step.entry for step in log):
        score = min((entry.data[key] for key in SCORES if key in entry.data), default=None)
        last = limit("called_back_within", entry.at) if score and score <= DISCONTENT else None
        if entry.event == "surveyed" and last is not None:
            answers = _calls(facts, entry)
            shown = {
                "contact": entry.data["contact"],
                "score": score,
                "at": format_instant(entry.at, zone),
                "due": format_instant(last, zone),
            }
            where = place_of(REVIEWS, entry, "contact")
            yield Finding("O264", where, "", shown), last, min(answers, default=None)
