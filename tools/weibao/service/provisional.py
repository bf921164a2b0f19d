"""What comes next on a ticket whose history nobody has read: judged on its claims alone.

Only for the line that a command prints after a step; every verdict that counts rests on evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.evidence.proven import Grade, ProvenLog, unproven
from weibao.service.clock import clocks_of
from weibao.service.judge import judge
from weibao.service.verdict import Outcome

if TYPE_CHECKING:
    from weibao.record.instant import Instant
    from weibao.record.records import Records
    from weibao.record.ticket import Ticket
    from weibao.service.verdict import Verdict

_AHEAD = {Outcome.RUNNING, Outcome.AT_RISK}


def next_on_claims(ticket: Ticket, records: Records, as_of: Instant) -> Verdict | None:
    """The promise that is overdue the longest, or else the one due soonest; None where none runs."""
    verdicts = judge(
        ticket,
        _as_claimed(ticket),
        clocks_of(records.contract),
        frozenset(records.staff.people),
        as_of,
    )
    pressing = [
        verdict
        for verdict in verdicts
        if verdict.due is not None
        and (
            verdict.outcome in _AHEAD
            or (verdict.outcome is Outcome.BREACHED and verdict.stop is None)
        )
    ]
    return min(pressing, key=lambda one: (one.due or 0, one.order), default=None)


def _as_claimed(ticket: Ticket) -> ProvenLog:
    entries = tuple(unproven(entry) for entry in ticket.log)
    return ProvenLog(entries, ticket.reported_at, Grade.UNCOMMITTED, None)
