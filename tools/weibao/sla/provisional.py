"""What comes next on a ticket whose history nobody has read: judged on its claims alone.

Only for the line that a command prints after a step; every verdict that counts rests on evidence.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from weibao.history.proven import Grade, ProvenLog, unproven
from weibao.sla.clock import clocks_of
from weibao.sla.deadlines import past_due, to_come, with_silences
from weibao.sla.judge import judge
from weibao.sla.silence import silence

if TYPE_CHECKING:
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.ticket import Ticket
    from weibao.sla.verdict import Verdict


def next_on_claims(ticket: Ticket, records: Records, as_of: Instant) -> Verdict | None:
    """The promise that is overdue the longest, or else the one due soonest; None where none runs."""
    settings, staff = clocks_of(records.contract), frozenset(records.staff.people)
    heard = (ticket, _as_claimed(ticket), settings, staff, as_of)
    running = silence(*heard)
    promises = with_silences(judge(*heard), [running] if running else [])
    return next(iter((*past_due(promises), *to_come(promises))), None)


def _as_claimed(ticket: Ticket) -> ProvenLog:
    entries = tuple(unproven(entry) for entry in ticket.log)
    return ProvenLog(entries, ticket.reported_at, Grade.UNCOMMITTED, None)
