"""Which corrections of a ticket count: every one that betters nothing, and those that the customer signed.

What a correction says is shown in any case. But a verdict or an availability that it betters is judged
without it, until a contact who may countersign has signed a countersignature that names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.history.proven import Hand
from weibao.model.instant import parse_instant
from weibao.model.load import edition
from weibao.sla.verdict import NOT_MISSED, Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from weibao.history.customer import Customer
    from weibao.history.proven import ProvenEntry, ProvenLog
    from weibao.model.impact import Impact
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket
    from weibao.sla.verdict import Verdict

_PENDING = {Outcome.RUNNING, Outcome.AT_RISK}


@dataclass(frozen=True, slots=True)
class JudgedEdition:
    """A ticket with some of its corrections: its proof, and what follows for the provider.

    ``lost`` are the seconds for which a thing lost so much or more, in all and (True) by contract.
    """

    ticket: Ticket
    proof: ProvenLog
    verdicts: tuple[Verdict, ...]
    lost: Mapping[tuple[str, Impact, bool], int]


def counting(
    ticket: Ticket,
    judged: Callable[[Ticket], JudgedEdition],
    customer: Customer,
    as_of: Instant,
) -> tuple[Ticket, ProvenLog]:
    """The ticket that is judged, and its proof: with those of its corrections that count by ``as_of``.

    Each in the order of the claims is tried on top of those before it.
    """
    best = judged(_edition(ticket, frozenset()))
    signed = _signed(best.proof, customer, as_of)
    proven = best.proof.entries
    kept: frozenset[int] = frozenset()
    for amendment in ticket.amendments:
        tried = kept | {amendment.entry.index}
        if proven[amendment.entry.index].effective > as_of:
            continue
        with_it = judged(_edition(ticket, tried))
        made = any(own.entry.index == amendment.entry.index for own in with_it.ticket.amendments)
        if made and (amendment.entry.reference in signed or not betters(best, with_it)):
            kept, best = tried, with_it
    return best.ticket, best.proof


def _edition(ticket: Ticket, kept: frozenset[int]) -> Ticket:
    return edition(ticket, lambda entry: entry.index in kept)


def _signed(proof: ProvenLog, customer: Customer, as_of: Instant) -> frozenset[tuple[Instant, str]]:
    """The entries that a countersignature of the customer's own, under signature, names by ``as_of``."""
    return frozenset(
        (parse_instant(named["at"]), named["event"])
        for proven in proof.entries
        if proven.effective <= as_of and signed_countersignature(proven, customer)
        for named in proven.entry.data["entries"]
    )


def signed_countersignature(proven: ProvenEntry, customer: Customer) -> bool:
    """Whether a contact who may countersign did so themselves, and signed the commit."""
    if proven.entry.event != "countersigned" or proven.hand is not Hand.SIGNED:
        return False
    return customer.may(str(proven.entry.data["contact"]), "countersign", proven.landed)


def betters(before: JudgedEdition, after: JudgedEdition) -> bool:
    """Whether anything that is judged of the ticket comes out better for the provider."""
    found = {(verdict.target, verdict.occurrence): verdict for verdict in after.verdicts}
    return any(
        _better(verdict, found.get((verdict.target, verdict.occurrence)))
        for verdict in before.verdicts
    ) or any(after.lost.get(affected, 0) < seconds for affected, seconds in before.lost.items())


def _better(before: Verdict, after: Verdict | None) -> bool:
    if after is None:
        return before.outcome is not Outcome.MET
    ranks = ((before.outcome, after.outcome), (before.at_worst, after.at_worst))
    if any(_rank(new) > _rank(old) for old, new in ranks) or (
        (after.misses or 0) < (before.misses or 0)
    ):
        return True
    if before.outcome not in _PENDING or after.outcome not in _PENDING:
        return False
    return before.due is not None and (after.due is None or after.due > before.due)


def _rank(outcome: Outcome) -> int:
    """How well it stands for the provider: missed, unknown, still to be kept, kept or not asked for."""
    if outcome in NOT_MISSED:
        return 3
    if outcome in _PENDING:
        return 2
    return 1 if outcome is Outcome.UNDETERMINED else 0
