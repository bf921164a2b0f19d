"""Over which stretches a ticket bears on things, and how: by its state as the evidence supports it.

- A fault bears on things from its report to the first step that restores or resolves it, and again from
  each reopening; a repair that was undone within the recheck was none. The severity is the one in force
  at each instant. A pause changes nothing of it; a cancelled fault bore on nothing.
- Planned work bears on things within its approved window, begun or not, until it is finished; and outside of it
  from its beginning to its end. A window that is over and in which nothing was begun took nothing down.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING

from weibao.model.impact import Impact

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping

    from weibao.model.instant import Instant
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket

EXCUSED = frozenset({"third_party_carrier", "force_majeure"})
"""Reasons of a pause for which the contract holds the provider to nothing."""


@dataclass(frozen=True, slots=True)
class ImpactSpan:
    """A stretch [start, end) over which a ticket bears on things in one way.

    Attributes:
        begun: when the trouble or the work began of which it is a part.
        kind, severity: what the contract's table is asked with.
        assets: those that the ticket names.
        stated: what the ticket states, by asset or service; it counts before all else.
        at_least: what was stated of a thing without the customer's consent: it can but be graver.
        approved: whether it is planned work within the window that the customer approved.
        excused: whether it is paused for what the contract holds nobody to.
    """

    ticket: str
    start: Instant
    end: Instant
    begun: Instant
    kind: str
    severity: int | None
    assets: tuple[str, ...]
    stated: Mapping[str, Impact] = field(default_factory=dict)
    at_least: Mapping[str, Impact] = field(default_factory=dict)
    approved: bool = False
    excused: bool = False

    @property
    def named(self) -> frozenset[str]:
        """The assets and services that it may bear on without those in between."""
        return frozenset((*self.assets, *self.stated, *self.at_least))


def impact_spans(
    ticket: Ticket,
    reported: Instant,
    state: RecordState[Dated],
    as_of: Instant,
    *,
    approved: bool,
    only_said: Container[int] = (),
) -> tuple[ImpactSpan, ...]:
    """The stretches of one ticket up to an instant, in order.

    ``reported`` is the effective instant of the report, ``state`` what the evidence supports by
    ``as_of``; ``approved`` whether it is shown that the customer approved planned work; ``only_said``
    the places of entries to which the customer consented by the provider's word alone.
    """
    if state.cancelled is not None:
        return ()
    if ticket.planned:
        return tuple(_planned(ticket, state, as_of, approved=approved))
    if ticket.kind != "fault":
        return ()
    return tuple(
        span
        for start, end in _troubled(reported, state, as_of)
        for span in _fault(ticket, state, start, end, only_said)
    )


def _troubled(
    reported: Instant, state: RecordState[Dated], as_of: Instant
) -> Iterator[tuple[Instant, Instant]]:
    """From trouble to repair; a repair that was void does not end it."""
    begun: Instant | None = None
    for spell, following in zip_longest(state.spells, state.spells[1:]):
        if begun is None:
            begun = reported if spell.reopened is None else spell.reopened.instant
        if following is not None and following.voids:
            continue
        end = as_of if spell.repaired is None else spell.repaired.instant
        if begun < end:
            yield begun, end
        begun = None


def _fault(
    ticket: Ticket,
    state: RecordState[Dated],
    start: Instant,
    end: Instant,
    only_said: Container[int],
) -> Iterator[ImpactSpan]:
    """One stretch of trouble, cut where the severity, the impact or a pause changes."""
    pauses = [
        (pause.step.instant, end if pause.resumed is None else pause.resumed.instant)
        for pause in state.pauses
        if pause.step.entry.data["reason"] in EXCUSED
    ]
    changes = {change.step.instant for change in state.changes}
    changes.update(*pauses, (said.step.instant for said in state.impacts))
    cuts = {start, *(at for at in changes if start < at < end), end}
    for since, until in pairwise(sorted(cuts)):
        severity = state.declared
        for change in state.changes:
            counts = change.raised or change.step.entry.index not in only_said
            severity = change.level if counts and change.step.instant <= since else severity
        stated, at_least = dict(ticket.impact), dict[str, Impact]()
        for said in state.impacts:
            if said.step.instant <= since:
                agreed = said.agreed and said.step.entry.index not in only_said
                _take(said.impact, stated, at_least, agreed=agreed)
        yield ImpactSpan(
            ticket.id,
            since,
            until,
            start,
            ticket.kind,
            severity,
            ticket.assets,
            stated,
            at_least,
            excused=any(paused <= since < resumed for paused, resumed in pauses),
        )


def _take(
    impact: Mapping[str, Impact],
    stated: dict[str, Impact],
    at_least: dict[str, Impact],
    *,
    agreed: bool,
) -> None:
    """Take a later statement into account: the customer's replaces, the provider's can but raise."""
    for affected, level in impact.items():
        if agreed:
            stated[affected] = level
            at_least.pop(affected, None)
        else:
            at_least[affected] = max(level, at_least.get(affected, Impact.NONE))


def _planned(
    ticket: Ticket, state: RecordState[Dated], as_of: Instant, *, approved: bool
) -> Iterator[ImpactSpan]:
    finished = state.finished
    end = as_of if finished is None else finished.instant
    begun = state.arrival.instant if state.arrival else None
    # A resolution shows that the work was done; without an arrival, not from when.
    opened, closed = ticket.window or (end, end)
    if not approved:
        opened = closed = end if begun is None else begun
    closed = min(max(opened, closed), end)

    def span(since: Instant, until: Instant, *, approved: bool) -> Iterator[ImpactSpan]:
        if since < until:
            bears_on = (ticket.id, since, until, since, ticket.kind, None, ticket.assets)
            yield ImpactSpan(*bears_on, approved=approved)

    if begun is not None:
        yield from span(begun, min(opened, end), approved=False)
    if begun is not None or as_of < (ticket.window or (0, 0))[1]:
        yield from span(opened, closed, approved=True)
    if begun is not None:
        yield from span(max(begun, closed), end, approved=False)
