"""Service levels: promises at risk, broken, and broken without a word (S1xx).

A breach does not fail a check: that would pay people to lie. What fails is a breach that nobody has
explained once the ticket is resolved.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from weibao.history.contract_editions import CONTRACT
from weibao.language import N_
from weibao.model.events import State
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant, local_day
from weibao.rules.rule import Rule, Severity
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenLog
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import BookFacts
    from weibao.sla.verdict import Verdict

ROWS = (
    Rule(
        code="S101",
        severity=Severity.WARNING,
        title=N_("Promise broken"),
        message=N_("“{target}” of {ticket} was due at {due} and is {late_by} of wall time over."),
        help=N_(
            "`weibao explain {ticket}` shows how that was reached. Say what caused it and what will be better: `weibao ticket justify {ticket} --target TARGET`."
        ),
        why=N_(
            "The service level is the promise (requirements 21, 23 and 29). A breach does not stop a merge, for that would pay people to lie: it is shown, with its cause. ISO/IEC 20000-1 (8.3.3) asks that performance against service level targets be monitored and reported."
        ),
        bad=(
            "reported_at: 2026-11-20T09:12:00+08:00   # severity 1: arrive within 2h\n"
            "log:\n"
            "  - {at: 2026-11-20T12:30:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        good=(
            "reported_at: 2026-11-20T09:12:00+08:00   # severity 1: arrive within 2h\n"
            "log:\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        facts=("ticket", "target", "due", "late_by"),
    ),
    Rule(
        code="S102",
        severity=Severity.ERROR,
        title=N_("Broken promise not explained"),
        message=N_(
            "{ticket} is over, and nothing explains why “{target}”, due at {due}, was missed."
        ),
        help=N_(
            "Record cause and improvement: `weibao ticket justify {ticket} --target TARGET --cause … --improvement …`."
        ),
        why=N_(
            "Audits of the process records are to lead to improvement (requirement 10). While a fault is open, mending it comes first; once it is resolved, or cancelled, a breach without a word about its cause is one that will come again."
        ),
        bad="  - {at: 2026-11-20T15:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 主控板故障, action: 更换主控板}   # arrive: breached\n",
        good=(
            "  - {at: 2026-11-20T15:00:00+08:00, event: resolved, by: li-qiang, mode: on_site, cause: 主控板故障, action: 更换主控板}   # arrive: breached\n"
            "  - {at: 2026-11-20T16:00:00+08:00, event: justified, by: chen-jie, target: arrive, cause: 高速公路封闭，绕行两小时, improvement: 大连增设驻点工程师}\n"
        ),
        facts=("ticket", "target", "due"),
    ),
    Rule(
        code="S103",
        severity=Severity.WARNING,
        title=N_("Promise at risk"),
        message=N_(
            "“{target}” of {ticket} is at risk: three quarters of its time are used, {left} left."
        ),
        help=N_(
            "`weibao explain {ticket}` shows the deadline. Act now or climb the next rung of the escalation ladder: `weibao ticket escalate {ticket}`."
        ),
        why=N_(
            "Escalation is there for the time before a promise is broken (requirements 7 and 37). At 75 % of the time, people who are told can still change the outcome."
        ),
        bad=(
            "reported_at: 2026-11-20T09:12:00+08:00   # restore within 4h; now 12:20\n"
            "log:\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
        ),
        good=(
            "reported_at: 2026-11-20T09:12:00+08:00   # restore within 4h; now 12:20\n"
            "log:\n"
            "  - {at: 2026-11-20T10:30:00+08:00, event: arrived, by: li-qiang}\n"
            "  - {at: 2026-11-20T11:20:00+08:00, event: restored, by: li-qiang, mode: on_site}\n"
        ),
        facts=("ticket", "target", "due", "left"),
    ),
    Rule(
        code="S104",
        severity=Severity.ERROR,
        title=N_("Promise that cannot be judged"),
        message=N_(
            "“{target}” of {ticket} cannot be judged: the calendar ({clock}) does not cover a day that it needs, and that has come."
        ),
        help=N_(
            "Extend the calendar in records/contract.yaml: `covers`, and the holidays and make-up working days under `overrides` with the notice they come from."
        ),
        why=N_(
            "Working days follow from published notices, holidays and make-up days alike. For a day on which nothing was published a verdict would be a guess, and none is made."
        ),
        bad="covers: {from: 2026-01-01, to: 2026-12-31}   # reported 2026-12-31, resolve within 5wd\n",
        good="covers: {from: 2026-01-01, to: 2027-12-31}   # reported 2026-12-31, resolve within 5wd\n",
        facts=("ticket", "target", "clock"),
    ),
    Rule(
        code="S111",
        severity=Severity.WARNING,
        title=N_("Calendar that ends"),
        message=N_(
            "Calendar “{calendar}” covers no day after {to}, and promises go on: the contract runs to {end}. Tickets that reach beyond: “{tickets}”."
        ),
        help=N_(
            "Extend `covers` in records/contract.yaml before that day, and add the holidays and make-up working days of the new year under `overrides` with the notice they come from."
        ),
        why=N_(
            "What is promised in working days needs the days to come. Once a day has come that nothing covers, promises that touch it cannot be judged, which is an error (S104); the notice for the next year is out weeks before."
        ),
        bad="covers: {from: 2026-01-01, to: 2026-12-31}   # it is November 2026, and the contract runs to 2027-12-31\n",
        good="covers: {from: 2026-01-01, to: 2027-12-31}\n",
        facts=("calendar", "to", "end", "tickets"),
    ),
    Rule(
        code="S105",
        severity=Severity.ERROR,
        title=N_("No terms in effect"),
        message=N_("No service terms were in effect when {ticket} was reported, at {reported_at}."),
        help=N_(
            "Check `reported_at`. If it is right, the contract lacks the terms of that day: agree them with the customer and add them to `sla` in records/contract.yaml."
        ),
        why=N_(
            "A ticket is judged by the last terms whose `effective_from` is not after its report. Where there are none, nothing was promised in writing and nothing can be kept or broken."
        ),
        bad="sla:\n  - effective_from: 2026-12-01   # reported 2026-11-20\n",
        good="sla:\n  - effective_from: 2026-01-01   # reported 2026-11-20\n",
        facts=("ticket", "reported_at"),
    ),
)

NOTICE = timedelta(days=60)
"""How long before its end a calendar is seen to."""

_TOLD = {Outcome.BREACHED, Outcome.AT_RISK, Outcome.UNDETERMINED}
_OVER = {State.RESOLVED, State.CONFIRMED, State.CLOSED, State.CANCELLED}


def check_levels(facts: BookFacts) -> Iterator[Finding]:
    """What the verdicts say that somebody must look at."""
    records, as_of = facts.records, facts.as_of
    judged = set()
    for verdict in facts.verdicts:
        judged.add(verdict.ticket)
        ticket = records.tickets[verdict.ticket]
        yield from _verdict(verdict, ticket, facts.states[ticket.id], facts)
    for ticket in records.tickets.values():
        if not ticket.planned and ticket.id not in judged and ticket.reported_at <= as_of:
            at = format_instant(ticket.reported_at, records.contract.zone)
            place = Place(ticket.path, keys=("reported_at",))
            yield Finding("S105", place, ticket.id, {"ticket": ticket.id, "reported_at": at})


def check_calendars(facts: BookFacts) -> Iterator[Finding]:
    """Calendars that end while promises go on: in :data:`NOTICE`, or before the end of a promise made.

    Not those of which a day is lacking already, which their promises tell.
    """
    contract = facts.records.contract
    unknown = [verdict for verdict in facts.verdicts if verdict.uncovered is not None]
    lacking = {verdict.clock for verdict in unknown if _has_come(verdict, facts.as_of)}
    used = {
        target.clock
        for terms in contract.terms
        for severity in terms.severities.values()
        for target in severity.targets.values()
    }
    for calendar in contract.calendars.values():
        if calendar.id not in used - lacking:
            continue
        to, today = calendar.covers_to, local_day(facts.as_of, calendar.zone)
        reaching = {verdict.ticket for verdict in unknown if verdict.clock == calendar.id}
        if reaching or (to < contract.end and today > to - NOTICE):
            shown = {
                "calendar": calendar.id,
                "to": to.isoformat(),
                "end": contract.end.isoformat(),
                "tickets": tuple(sorted(reaching)) or ("—",),
            }
            place = Place(CONTRACT, keys=("calendars", calendar.id, "covers"))
            yield Finding("S111", place, "", shown)


def _has_come(verdict: Verdict, as_of: Instant) -> bool:
    """Whether a day that it needs and no calendar covers has come."""
    return verdict.uncovered is not None and verdict.uncovered <= as_of


def _verdict(
    verdict: Verdict, ticket: Ticket, state: RecordState[Dated], book: BookFacts
) -> Iterator[Finding]:
    if verdict.outcome not in _TOLD:
        return
    zone = book.records.contract.zone
    place = Place(ticket.path, keys=("severity",))
    facts: dict[str, object] = {"ticket": ticket.id, "target": verdict.target}
    if verdict.due is not None:
        facts["due"] = format_instant(verdict.due, zone)
    match verdict.outcome:
        case Outcome.BREACHED if verdict.due is not None:
            late = facts | {"late_by": verdict.late_seconds}
            yield Finding("S101", place, ticket.id, late, verdict.due)
            if unexplained(verdict, ticket, state, book.proofs[ticket.id]):
                yield Finding("S102", place, ticket.id, facts)
        case Outcome.AT_RISK:
            left = verdict.margin_seconds or 0
            yield Finding("S103", place, ticket.id, facts | {"left": left, "clock": verdict.clock})
        case Outcome.UNDETERMINED if _has_come(verdict, book.as_of):
            yield Finding("S104", place, ticket.id, facts | {"clock": verdict.clock})
        case _:
            pass


def unexplained(
    verdict: Verdict, ticket: Ticket, state: RecordState[Dated], proof: ProvenLog
) -> bool:
    """Whether a promise was broken while it was kept here, on a ticket that is over, and nothing explains it."""
    broken = verdict.outcome is Outcome.BREACHED and state.state in _OVER
    if verdict.due is None or proof.old(verdict.due):
        return False
    return broken and explanation_of(ticket, verdict) is None


def explanation_of(ticket: Ticket, verdict: Verdict) -> Entry | None:
    """The last entry that explains the miss; of a further occurrence, one since that began."""
    since = verdict.reopened or 0
    said = [
        entry
        for entry in ticket.log
        if entry.event == "justified"
        and entry.data["target"] == verdict.target
        and entry.at >= since
    ]
    return said[-1] if said else None
