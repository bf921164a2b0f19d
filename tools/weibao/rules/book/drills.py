"""Emergency plans, the drills that exercise them, and technical exchange (O276–O278)."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

from weibao.history.contract_editions import since_agreed, standing_before
from weibao.language import N_
from weibao.model.emergency import emergency_plans
from weibao.model.finding import Finding, Lapse, Place
from weibao.model.instant import format_instant, midnight
from weibao.model.ticket import MEETINGS
from weibao.operations.duties import after, due, first_calendar
from weibao.rules.lapses import done_late, not_done
from weibao.rules.rule import Rule, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.model.emergency import EmergencyPlan
    from weibao.model.instant import Instant
    from weibao.rules.facts import BookFacts
    from weibao.rules.lapses import Missed

ROWS = (
    Rule(
        code="O276",
        severity=Severity.WARNING,
        title=N_("Emergency plan without approval"),
        message=N_("Version {version} of “{plan}” is approved by no contact who may approve it."),
        help=N_(
            "Have the customer approve it, and write `approved_by: CONTACT` and `approved_on: DAY` at the top of the page."
        ),
        why=N_(
            "An emergency plan says what is switched off, and whom of the customer to wake: it is exercised (requirement 31) and followed only as both sides agreed to it."
        ),
        bad="---\nid: core-outage\nversion: '1.0'\nscenario: 核心机房断电\n---\n",
        good="---\nid: core-outage\nversion: '1.0'\nscenario: 核心机房断电\napproved_by: zhang-gong\napproved_on: 2026-01-12\n---\n",
        facts=("plan", "version"),
    ),
    Rule(
        code="O277",
        severity=Severity.WARNING,
        title=N_("Emergency plan not reviewed in time"),
        message=N_("“{plan}” was approved on {given}, and was to be reviewed by {due}."),
        help=N_(
            "Look through the plan, have the customer approve it as it is now, and write the day under `approved_on`. The page may set another length: `review_within`."
        ),
        why=N_(
            "People, numbers and equipment change; a plan that nobody has looked at for a year sends the wrong people to the wrong place (requirement 31)."
        ),
        bad="approved_on: 2024-01-12   # review_within: 366d\n",
        good="approved_on: 2026-01-12   # review_within: 366d\n",
        facts=("plan", "given", "due"),
    ),
    Rule(
        code="O278",
        severity=Severity.WARNING,
        title=N_("Drill or exchange not held"),
        message=N_("From {from} to {due} there was none of this kind: {ticket_kind}."),
        help=N_(
            "Hold it with the customer, and record it: `weibao ticket open --kind drill`, or `--kind exchange`. What recurs stands best as a line of records/plan.yaml."
        ),
        why=N_(
            "Technical exchange is a part of planned work, and so are drills once there is an emergency plan (requirement 31): at least one of each in the term, and one in every year. The contract may set other lengths: `duties.exchange_every`, `duties.drill_every`."
        ),
        bad="duties: {exchange_every: 183d}   # and no ticket of kind exchange since January\n",
        good="duties: {exchange_every: 183d}   # and one in March, one in September\n",
        facts=("ticket_kind", "from", "due"),
    ),
)

PLAN = "records/plan.yaml"

_DAY = timedelta(days=1)


def check_emergency_plans(facts: BookFacts) -> Iterator[Finding]:
    """Emergency plans that nobody approved, and those that were not looked at again in time."""
    contract = facts.records.contract
    for plan in emergency_plans(facts.files):
        place = Place(plan.path)
        if not _approved(facts, plan):
            yield Finding("O276", place, "", {"plan": plan.id, "version": plan.version or "—"})
        elif plan.approved_on is not None:
            given = midnight(plan.approved_on + _DAY, contract.zone)
            limit = after(plan.review_within, given, partial(first_calendar, contract))
            if limit is not None and limit < facts.as_of:
                shown = {
                    "plan": plan.id,
                    "given": plan.approved_on.isoformat(),
                    "due": format_instant(limit, contract.zone),
                }
                yield Finding("O277", place, "", shown, since=limit)


def check_meetings(facts: BookFacts) -> Iterator[Finding]:
    """Drills and exchanges that should have been held by now."""
    return not_done(facts, owed(facts))


def lapses_of_meetings(facts: BookFacts) -> Iterator[Lapse]:
    """Those that were held too late."""
    return done_late(facts, owed(facts))


def _approved(facts: BookFacts, plan: EmergencyPlan) -> bool:
    contact = facts.records.contract.contacts.get(plan.approved_by)
    zone = facts.records.contract.zone
    given = plan.approved_on
    return (
        contact is not None
        and "approve" in contact.may
        and given is not None
        and midnight(given, zone) <= facts.as_of
    )


def owed(facts: BookFacts) -> Iterator[Missed]:
    """Of each kind, from one to the next: what is to be said if there is none, its limit, and the next.

    How often is what the contract asked when the one before was held. None is asked for after the term,
    and the first by the end of it.
    """
    now = facts.records.contract
    editions = since_agreed(facts.ledger.history, facts.agreed)
    over = midnight(now.end + _DAY, now.zone)
    for kind in MEETINGS:
        begin = _asked_since(facts, kind)
        if begin is None:
            continue
        ends = (
            facts.states[ticket.id].finished
            for ticket in facts.records.tickets.values()
            if ticket.kind == kind
        )
        held = sorted(end.instant for end in ends if end is not None and end.instant >= begin)
        for number, (last, following) in enumerate(pairwise((begin, *held, None))):
            if last is None:
                continue
            terms = standing_before(editions, last, now)
            limit = due(terms, f"{kind}_every", last, partial(first_calendar, terms))
            if limit is None or (limit > over and number):
                continue
            limit = min(limit, over)
            shown = {
                "ticket_kind": kind,
                "from": format_instant(last, now.zone),
                "due": format_instant(limit, now.zone),
            }
            yield Finding("O278", Place(PLAN, keys=("plan",)), "", shown), limit, following


def _asked_since(facts: BookFacts, kind: str) -> Instant | None:
    """From when on a meeting is asked for; drills only where the contract says so or an emergency plan is approved."""
    contract, begin = facts.records.contract, facts.elapsed[0]
    if kind == "exchange" or f"{kind}_every" in contract.data.get("duties", {}):
        return begin
    approved = [
        midnight(plan.approved_on, contract.zone)
        for plan in emergency_plans(facts.files)
        if plan.approved_on is not None and _approved(facts, plan)
    ]
    return max(begin, min(approved)) if approved else None
