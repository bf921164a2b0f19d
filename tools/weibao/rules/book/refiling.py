"""A fault filed again: a new ticket where an old one ended badly, so that its clock starts anew (E116)."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from weibao.language import N_
from weibao.model.events import State
from weibao.model.finding import Finding, Place
from weibao.model.fold import fold
from weibao.model.load import read_record
from weibao.model.paths import kind_of
from weibao.model.state import claimed
from weibao.model.ticket import REACTIVE
from weibao.rules.files.duplicates import services_of
from weibao.rules.files.repeats import WITHIN as SAME_REPORT
from weibao.rules.rule import Rule, Severity
from weibao.sla.verdict import Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weibao.history.commit import Change
    from weibao.history.growth.losses import Loss
    from weibao.history.ledger import Ledger
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket
    from weibao.rules.facts import BookFacts

ROWS = (
    Rule(
        code="E116",
        severity=Severity.WARNING,
        title=N_("Perhaps the same fault, filed again"),
        message=N_(
            "{ticket} may be {other} again, which was {ending}: {shared}, reported within {limit} hours of its end."
        ),
        help=N_(
            "If it is the same fault, say so: `weibao ticket cancel {ticket} --reason … --duplicate-of {other}`, and go on with the old one: `weibao ticket reopen {other}`. If it is another, there is nothing to do; the reader judges."
        ),
        why=N_(
            "A clock that has run out, or a repair that did not hold, can be got rid of with the ticket it belongs to: end that one, and open another for the same fault. Every report stays on record, and what looks like one fault with two tickets is shown as that."
        ),
        bad=(
            "T20261120-7K3Q9M: assets: [core-sw-01], cancelled 2026-11-20T13:00:00+08:00, reason: 误报\n"
            "T20261120-2D8VXN: assets: [core-sw-01], reported_at: 2026-11-20T13:05:00+08:00\n"
        ),
        good=(
            "  - {at: 2026-11-20T13:05:00+08:00, event: reopened, by: wang-lei, reason: 张工来电，故障仍在}\n"
        ),
        facts=("ticket", "other", "ending", "shared", "limit"),
    ),
)

WITHIN = 24 * 3600
"""How many seconds after the end of one ticket the next report on the same equipment may be the
same fault. No term of the contract: a day is how long people wait before they call again."""


@dataclass(frozen=True, slots=True)
class _Ended:
    """A ticket that ended without having kept its promises, or that was repaired; and how, a word of the record.

    A report after ``start`` and until ``within`` seconds after ``end`` may be the ticket's again.
    """

    ticket: Ticket
    start: Instant
    end: Instant
    how: str
    within: int = WITHIN

    def may_be(self, ticket: Ticket, shared: str) -> bool:
        """Whether it may be this ticket again: after a repair only a report of what was repaired."""
        if ticket.id == self.ticket.id or not (
            self.start < ticket.reported_at <= self.end + self.within
        ):
            return False
        return self.how != REPAIRED or (ticket.kind in REACTIVE and shared != "service")


REPAIRED = "repaired"

_END = attrgetter("end")

_Matter = tuple[str, str]
"""What a ticket is about: a word of the kind ``shared``, and which."""

_SHARED = ("equipment", "words", "service")
"""The words of the kind ``shared``, the one first that says most."""


def check_refiling(facts: BookFacts) -> Iterator[Finding]:
    """Tickets that may be an earlier one again, each told once, with the one that ended last.

    Reported within a day of the other's end, on either side of it: who files again may do so before
    the old ticket is got rid of. A repair must hold for the contract's recheck: what is reported within it
    would be a reopening, by which the repair counts for nothing. Tickets that name each other as duplicates are told by themselves.
    """
    tickets = {key: judged for key, (judged, _) in facts.counting.items()}
    breached = {verdict.ticket for verdict in facts.verdicts if verdict.outcome is Outcome.BREACHED}
    recheck = facts.records.contract.evidence.recheck
    ended = [
        *_closed_or_cancelled(tickets, facts.states, breached),
        *_repaired(tickets, facts.states, recheck),
        *_deleted(facts.ledger, facts.records),
    ]
    about: dict[_Matter, list[_Ended]] = {}
    for ending in sorted(ended, key=_END):
        for matter in _matters(ending.ticket, facts.records):
            about.setdefault(matter, []).append(ending)
    for ticket in tickets.values():
        if facts.proofs[ticket.id].register:
            continue  # nobody filed it here to begin anew
        near = [
            (ended, matter)
            for matter in _matters(ticket, facts.records)
            for ended in _about(ticket.reported_at, about.get(matter, ()), max(WITHIN, recheck))
            if ended.may_be(ticket, matter[0]) and not _joined(ticket, ended.ticket)
        ]
        if near:
            last, (shared, _) = max(
                near, key=lambda found: (*_rank(found[0]), -_SHARED.index(found[1][0]))
            )
            shown = {
                "ticket": ticket.id,
                "other": last.ticket.id,
                "ending": last.how,
                "shared": shared,
                "limit": last.within // 3600,
            }
            yield Finding("E116", Place(ticket.path, keys=("assets",)), ticket.id, shown)


def _rank(ended: _Ended) -> tuple[Instant, str]:
    return (ended.end, ended.ticket.id)


def _matters(ticket: Ticket, records: Records) -> Iterator[_Matter]:
    """What a ticket is about, whatever its kind: its equipment, the services on that, its words."""
    yield from (("equipment", asset) for asset in _equipment(ticket))
    yield from (("service", service) for service in services_of(ticket, records))
    words = "".join(letter for letter in ticket.title.casefold() if letter.isalnum())
    if words:
        yield ("words", words)


def _equipment(ticket: Ticket) -> Iterable[str]:
    """What it is about, and what it was said to be about before that was corrected."""
    named = [list(ticket.assets)]
    named += [
        made.before or []
        for made in ticket.amendments
        if made.about is None and made.key == "assets"
    ]
    return dict.fromkeys(asset for assets in named for asset in assets)


def _about(reported: Instant, ended: Sequence[_Ended], within: int) -> Sequence[_Ended]:
    """Of tickets in the order of their ends those that a report may follow.

    None starts to be followed longer before its end than that, so both sides are within it.
    """
    first = bisect_left(ended, reported - within, key=_END)
    return ended[first : bisect_left(ended, reported + within, lo=first, key=_END)]


def _joined(ticket: Ticket, other: Ticket) -> bool:
    """Whether one of the two says that it is the other."""
    return any(
        entry.data.get("duplicate_of") == that.id
        for this, that in ((ticket, other), (other, ticket))
        for entry in this.log
        if entry.event == "cancelled"
    )


def _closed_or_cancelled(
    tickets: Mapping[str, Ticket],
    states: Mapping[str, RecordState[Dated]],
    breached: set[str],
) -> Iterator[_Ended]:
    for ticket in tickets.values():
        state = states[ticket.id]
        closed = state.closed if ticket.id in breached and state.state is State.CLOSED else None
        end = state.cancelled or closed
        if ticket.kind not in REACTIVE or end is None:
            continue
        # What comes within minutes of the report is told as the same one twice (X212).
        after = max(end.instant, ticket.reported_at + SAME_REPORT)
        start = after if closed else _start(ticket, end.instant)
        yield _Ended(ticket, start, end.instant, "breached" if closed else "cancelled")


def _repaired(
    tickets: Mapping[str, Ticket], states: Mapping[str, RecordState[Dated]], recheck: int
) -> Iterator[_Ended]:
    for ticket in tickets.values():
        repair = states[ticket.id].spells[-1].held_from
        if ticket.kind == "fault" and repair is not None and states[ticket.id].cancelled is None:
            start = max(repair.instant, ticket.reported_at + SAME_REPORT)
            yield _Ended(ticket, start, repair.instant, REPAIRED, recheck)


def _start(ticket: Ticket, end: Instant) -> Instant:
    """After when a report may be the ticket's again, where it ended without being worked to its end."""
    return max(ticket.reported_at, end - WITHIN)


def _deleted(ledger: Ledger, records: Records) -> Iterator[_Ended]:
    """Open tickets that landed and are no more, as they last stood; one that was moved (L105) is."""
    there = {ticket.path for ticket in records.tickets.values()}
    for loss in ledger.losses:
        if loss.code != "L104" or loss.path in there or kind_of(loss.path) != "ticket":
            continue
        ticket = _last(loss, ledger)
        if ticket is None or ticket.kind not in REACTIVE:
            continue
        if fold("ticket", claimed(ticket.log)).open:
            end = ledger.history.time[loss.commit]
            yield _Ended(ticket, _start(ticket, end), end, "deleted")


def _last(loss: Loss, ledger: Ledger) -> Ticket | None:
    """The ticket before the commit that took it away; None where it was no valid record."""
    history = ledger.history
    changes: Iterable[Change] = (*history.changes, *history.resolutions)
    for change in changes:
        if (change.commit, change.path, change.after) == (loss.commit, loss.path, None):
            blob = next(ended for ended in change.before if ended is not None)
            ticket: Ticket | None = read_record(loss.path, history.blobs[blob]).value
            return ticket
    return None
