"""The ladder: rungs that were due and not climbed or climbed late, and climbed to the wrong person (O24x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.finding import Finding, Place, place_of
from weibao.model.instant import format_instant
from weibao.model.timeline import timeline
from weibao.operations.ladder import roles_of, roles_told, rungs_reached
from weibao.rules.rule import Rule, Severity
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from weibao.model.entry import Entry
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket
    from weibao.operations.ladder import RungReached
    from weibao.rules.facts import BookFacts
    from weibao.sla.verdict import Verdict

ROWS = (
    Rule(
        code="O241",
        severity=Severity.WARNING,
        title=N_("Rung of the ladder not climbed"),
        message=N_(
            "“{target}” had used {percent}% of its time, and nothing shows that these were told of it: {roles}."
        ),
        help=N_(
            "Tell them and record it: `weibao ticket escalate`; if they were told then, record it with the time when it was."
        ),
        why=N_(
            "A request that passes its limit goes one supervisor higher (requirements 7 and 37). The ladder is climbed before the promise is broken, so that somebody with more means can still keep it."
        ),
        bad="  - {at: 2026-11-20T10:20:00+08:00, event: acknowledged, by: li-qiang}   # reported 09:12, due 09:42, nobody was told\n",
        good=(
            "  - {at: 2026-11-20T09:35:00+08:00, event: escalated, by: wang-lei, level: 2, to: sun-yu, trigger: 响应时限已用 75%}\n"
            "  - {at: 2026-11-20T10:20:00+08:00, event: acknowledged, by: li-qiang}\n"
        ),
        facts=("ticket", "target", "percent", "roles"),
    ),
    Rule(
        code="O280",
        severity=Severity.WARNING,
        title=N_("Rung of the ladder climbed late"),
        message=N_(
            "“{target}” had used {percent}% of its time, and everybody who belongs there was to be told by {due}; they were at {at}."
        ),
        help=N_(
            "If they were told in time, attach what shows it: `weibao ticket attach`; what is recorded late counts from then. Else raise a corrective action about the ticket: `weibao action raise`."
        ),
        why=N_(
            "A rung is there for somebody with more means to keep the promise while it can be kept (requirements 7 and 37). Five minutes of working time are given to tell them; later than that, the rung was climbed for the record."
        ),
        bad="  - {at: 2026-11-20T10:20:00+08:00, event: escalated, by: wang-lei, level: 2, to: sun-yu, trigger: 响应时限已用 75%}   # reported 09:12, due 09:42: by 09:39:30\n",
        good="  - {at: 2026-11-20T09:35:00+08:00, event: escalated, by: wang-lei, level: 2, to: sun-yu, trigger: 响应时限已用 75%}\n",
        facts=("ticket", "target", "percent", "due", "at"),
    ),
    Rule(
        code="O242",
        severity=Severity.WARNING,
        title=N_("Silence that nobody escalated"),
        message=N_("The customer was due an update by {due}, and nobody escalated the silence."),
        help=N_("Give the update, and tell whoever the ladder names: `weibao ticket escalate`."),
        why=N_(
            "Engineers keep the status current, or it is escalated (requirement 38). A ticket that nobody speaks of is usually one that nobody works on."
        ),
        bad="  - {at: 2026-11-20T15:00:00+08:00, event: updated, by: li-qiang}   # the last word before: 11:00; promised: every hour\n",
        good=(
            "  - {at: 2026-11-20T12:05:00+08:00, event: escalated, by: wang-lei, level: 3, to: chen-jie, trigger: 更新时限已用 100%}\n"
            "  - {at: 2026-11-20T12:20:00+08:00, event: updated, by: li-qiang}\n"
        ),
        facts=("ticket", "due"),
    ),
    Rule(
        code="O243",
        severity=Severity.WARNING,
        title=N_("Escalated to the wrong person"),
        message=N_("{person} was told at level {level}, which belongs to: {roles}."),
        help=N_(
            "Tell whoever the contract's ladder names, and record it: `weibao ticket escalate`; a role that is missing is added to records/staff.yaml."
        ),
        why=N_(
            "Each rung has its roles (requirements 7 and 37), because each has its means. Told to somebody else, the rung was not climbed."
        ),
        bad="  - {at: 2026-11-20T09:42:00+08:00, event: escalated, by: wang-lei, level: 3, to: li-qiang}   # level 3: pm, supervisor\n",
        good="  - {at: 2026-11-20T09:42:00+08:00, event: escalated, by: wang-lei, level: 3, to: chen-jie}\n",
        facts=("person", "level", "roles"),
    ),
    Rule(
        code="O244",
        severity=Severity.WARNING,
        title=N_("Rung that the ladder does not have"),
        message=N_("Level {level} is none of the contract's ladder, which has: {expected}."),
        help=N_(
            "Say which rung it was: `weibao ticket escalate` with the level that the contract has, and the time when somebody was told."
        ),
        why=N_(
            "The ladder says who is told when (requirements 7 and 37). A rung that is not on it shows that somebody was told, and keeps none of its rules."
        ),
        bad="  - {at: 2026-11-20T09:42:00+08:00, event: escalated, by: wang-lei, level: 9, to: chen-jie}   # the ladder: 1, 2, 3, 4\n",
        good="  - {at: 2026-11-20T09:42:00+08:00, event: escalated, by: wang-lei, level: 3, to: chen-jie}\n",
        facts=("level", "expected"),
    ),
)


def check_ladder(facts: BookFacts) -> Iterator[Finding]:
    """What the contract's ladder asked of each promise (requirements 7, 37 and 38)."""
    records, as_of = facts.records, facts.as_of
    steps = {
        ticket.id: [entry for entry in timeline(ticket.log) if entry.at <= as_of]
        for ticket in records.tickets.values()
    }
    for verdict in facts.verdicts:
        ticket = records.tickets[verdict.ticket]
        if verdict.target == "update":
            yield from _silence(verdict, ticket, steps[ticket.id], facts)
        else:
            yield from _missed(verdict, ticket, steps[ticket.id], facts)
            yield from _late(verdict, ticket, facts)
    for ticket_id, taken in steps.items():
        old = facts.proofs[ticket_id].old_lines
        here = (entry for entry in taken if entry.index not in old)
        yield from _misled(records.tickets[ticket_id], here, records)


def _missed(
    verdict: Verdict, ticket: Ticket, steps: Sequence[Entry], facts: BookFacts
) -> Iterator[Finding]:
    """Rungs that the promise reached, and not all who belong there were told: once a promise."""
    records = facts.records
    percent, roles, since = 0, list[str](), None
    for reached in rungs_of(verdict, facts):
        rung = reached.rung
        told = roles_told(rung, steps, records.staff, records.contract.zone)
        missing = [role for role in rung.to if role not in told]
        if missing:
            percent = rung.at_percent
            roles += missing
            since = since or reached.due
    if roles:
        shown = {
            "ticket": ticket.id,
            "target": verdict.target,
            "percent": percent,
            "roles": tuple(dict.fromkeys(roles)),
        }
        place = Place(ticket.path, keys=("severity",))
        yield Finding("O241", place, ticket.id, shown, since)


def rungs_of(verdict: Verdict, facts: BookFacts) -> tuple[RungReached, ...]:
    """The rungs that a promise reached while it was kept here, of the ladder that stood before its clock started."""
    if verdict.start is None:
        return ()
    ladder, proof = (
        facts.official_contract.before(verdict.start).ladder,
        facts.proofs[verdict.ticket],
    )
    reached = rungs_reached(verdict, ladder, facts.settings)
    return tuple(rung for rung in reached if not proof.old(rung.due))


def _late(verdict: Verdict, ticket: Ticket, facts: BookFacts) -> Iterator[Finding]:
    """The first rung that the promise reached and of which everybody was told after its time: once a promise."""
    contract, staff, log = facts.records.contract, facts.records.staff, facts.proofs[ticket.id]
    for reached in rungs_of(verdict, facts):
        told = reached.climbed(log, staff, contract.zone, facts.as_of)
        if told is not None and told > reached.due:
            shown = {
                "ticket": ticket.id,
                "target": verdict.target,
                "percent": reached.rung.at_percent,
                "due": format_instant(reached.due, contract.zone),
                "at": format_instant(told, contract.zone),
            }
            yield Finding("O280", Place(ticket.path, keys=("severity",)), ticket.id, shown)
            return


def _silence(
    verdict: Verdict, ticket: Ticket, steps: Iterable[Entry], facts: BookFacts
) -> Iterator[Finding]:
    """A silence that overran and that nobody escalated from then on."""
    due = verdict.due
    breached = verdict.outcome is Outcome.BREACHED
    if not breached or due is None or facts.proofs[ticket.id].old(due):
        return
    if not any(step.event == "escalated" and step.at >= due for step in steps):
        shown = {"ticket": ticket.id, "due": format_instant(due, facts.records.contract.zone)}
        yield Finding("O242", Place(ticket.path, keys=("severity",)), ticket.id, shown, due)


def _misled(ticket: Ticket, steps: Iterable[Entry], records: Records) -> Iterator[Finding]:
    """Steps that climb a rung to somebody who does not belong there, or one that there is not."""
    rungs: dict[int, set[str]] = {}
    for rung in records.contract.ladder:
        rungs.setdefault(rung.level, set()).update(rung.to)
    for entry in steps:
        if entry.event != "escalated":
            continue
        level, who = entry.data["level"], entry.data["to"]
        wanted = rungs.get(level, set())
        if rungs and level not in rungs:
            facts: dict[str, object] = {"level": level, "expected": tuple(map(str, sorted(rungs)))}
            yield Finding("O244", place_of(ticket.path, entry, "level"), ticket.id, facts)
        elif wanted and not wanted & roles_of(who, entry.at, records.staff, records.contract.zone):
            facts = {"person": who, "level": level, "roles": tuple(sorted(wanted))}
            yield Finding("O243", place_of(ticket.path, entry, "to"), ticket.id, facts)
