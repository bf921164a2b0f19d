"""The ladder: rungs that were due and not climbed, and climbed to the wrong person (O24x)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.proven import Grade
from weibao.model.entry import timeline
from weibao.model.finding import Finding, Place
from weibao.model.instant import format_instant
from weibao.operations.intake import imported
from weibao.operations.ladder import roles_of, roles_told, rungs_due
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket
    from weibao.sla.verdict import Verdict

_LATE = frozenset({Grade.LATE, Grade.CONTRADICTED})
"""Grades of a step that counts later than it was claimed: whether somebody had to be told by then is
open, so such a promise must be broken on its claims as well."""


def check_ladder(
    verdicts: Iterable[Verdict], records: Records, as_of: Instant
) -> Iterator[Finding]:
    """What the contract's ladder asked of each promise (requirements 7, 37 and 38)."""
    steps = {
        ticket.id: [one for one in timeline(ticket.log) if one.at <= as_of]
        for ticket in records.tickets.values()
        if not imported(ticket, records.contract)
    }
    for verdict in verdicts:
        if verdict.ticket in steps:
            ticket = records.tickets[verdict.ticket]
            if verdict.target == "update":
                yield from _silence(verdict, ticket, steps[ticket.id], records)
            else:
                yield from _missed(verdict, ticket, steps[ticket.id], records)
    for ticket_id, taken in steps.items():
        yield from _misled(records.tickets[ticket_id], taken, records)


def _missed(
    verdict: Verdict, ticket: Ticket, steps: Sequence[Entry], records: Records
) -> Iterator[Finding]:
    """Rungs that the promise reached, and not all who belong there were told: once a promise."""
    if verdict.grade in _LATE and verdict.on_claim is not Outcome.BREACHED:
        return
    percent, roles = 0, list[str]()
    for rung in rungs_due(verdict, records.contract.ladder):
        told = roles_told(rung, steps, records.staff, records.contract.zone)
        missing = [role for role in rung.to if role not in told]
        if missing:
            percent = rung.at_percent
            roles += missing
    if roles:
        facts = {
            "ticket": ticket.id,
            "target": verdict.target,
            "percent": percent,
            "roles": tuple(dict.fromkeys(roles)),
        }
        yield Finding("O241", Place(ticket.path, keys=("severity",)), ticket.id, facts)


def _silence(
    verdict: Verdict, ticket: Ticket, steps: Iterable[Entry], records: Records
) -> Iterator[Finding]:
    """A silence that overran and that nobody escalated from then on."""
    due = verdict.due
    if verdict.outcome is not Outcome.BREACHED or due is None:
        return
    if not any(one.event == "escalated" and one.at >= due for one in steps):
        facts = {"ticket": ticket.id, "due": format_instant(due, records.contract.zone)}
        yield Finding("O242", Place(ticket.path, keys=("severity",)), ticket.id, facts)


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
            place = Place(ticket.path, entry.line, keys=("log", entry.index, "level"))
            yield Finding("O244", place, ticket.id, facts)
        elif wanted and not wanted & roles_of(who, entry.at, records.staff, records.contract.zone):
            facts = {"person": who, "level": level, "roles": tuple(sorted(wanted))}
            place = Place(ticket.path, entry.line, keys=("log", entry.index, "to"))
            yield Finding("O243", place, ticket.id, facts)
