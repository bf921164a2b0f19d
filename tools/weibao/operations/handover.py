"""A hand-over: what a shift leaves to the next, as the record shows it at the instant of handing over.

None of it is typed, and nothing that is recorded later changes it but what shows that it was otherwise then.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.operations.on_duty import shifts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.model.duty import Duty
    from weibao.model.instant import Instant
    from weibao.model.shift import Shift
    from weibao.model.state import Dated, RecordState
    from weibao.model.ticket import Ticket
    from weibao.operations.on_duty import OnDuty
    from weibao.sla.verdict import Verdict

SOON = 4 * 3600
"""Seconds: a promise that is due so soon after the hand-over is at risk."""

_NEVER = 1 << 62

AHEAD = 24 * 3600
"""Seconds: windows that begin so soon after it are told."""


@dataclass(frozen=True, slots=True)
class HandedTicket:
    """A ticket that was open at the hand-over.

    Attributes:
        ticket: the ticket.
        state: what it had come to.
        next: what it had to reach next; None where nothing.
        at: the instant of the hand-over.
        known: whether it had been recorded by then, so that whoever handed over could see it.
    """

    ticket: Ticket
    state: RecordState[Dated]
    next: Verdict | None
    at: Instant
    known: bool

    @property
    def due(self) -> Instant:
        """When the next promise was due; the end of all time where there was none."""
        due = self.next.due if self.next else None
        return _NEVER if due is None else due

    @property
    def at_risk(self) -> bool:
        """Whether a promise was past due, or due within four hours."""
        return self.due <= self.at + SOON

    @property
    def window_missed(self) -> bool:
        """Whether the window of planned work was over, and the work not done."""
        return self.ticket.window is not None and self.ticket.window[1] <= self.at

    @property
    def silent(self) -> bool:
        """Whether the customer had heard nothing for longer than was promised."""
        return self.next is not None and self.next.target == "update" and self.due < self.at

    @property
    def paused_for(self) -> str:
        """The reason for which it was paused; "" where it was not."""
        return self.state.pauses[-1].step.entry.data["reason"] if self.state.paused else ""


@dataclass(frozen=True, slots=True)
class Handover:
    """What a shift left to the next.

    Attributes:
        shift: the shift.
        outgoing, incoming: whose turns the rota has; None where it has no such shift.
        given, taken: its hand-over and its take-over, as proven.
        open: the tickets that were open, by what presses first.
    """

    shift: Shift
    outgoing: OnDuty | None
    incoming: OnDuty | None
    given: ProvenEntry | None
    taken: ProvenEntry | None
    open: tuple[HandedTicket, ...]

    @property
    def at(self) -> Instant:
        """The instant of the hand-over, as of which all is told: by the evidence, where the claim is not borne out."""
        return handed_at(self.shift, [self.given] if self.given else ())

    @property
    def windows(self) -> tuple[HandedTicket, ...]:
        """The planned work whose window began within a day."""
        return tuple(
            handed
            for handed in self.open
            if handed.ticket.window and self.at <= handed.ticket.window[0] < self.at + AHEAD
        )

    @property
    def unlisted(self) -> tuple[str, ...]:
        """The tickets that were open, and recorded, and that the hand-over does not name."""
        named = () if self.given is None else self.given.entry.data["open"]
        return tuple(
            handed.ticket.id
            for handed in self.open
            if handed.known and handed.ticket.id not in named
        )


def handed_at(shift: Shift, steps: Iterable[ProvenEntry]) -> Instant:
    """When a shift was handed over; its end where nothing says so."""
    handed = (proven.effective for proven in steps if proven.entry.event == "handed_over")
    return next(handed, shift.end)


def handover_of(
    shift: Shift,
    steps: Iterable[ProvenEntry],
    duty: Duty,
    opened: Iterable[HandedTicket],
    addresses: Mapping[str, str],
) -> Handover:
    """What a shift handed over: ``steps`` are its own, ``duty`` the rota as it stood at its end.

    Where somebody took it over who was not to, or for another, whoever was to can do so after them:
    the first counts who has the next turn and recorded it under one of their own ``addresses``.
    """
    said = tuple(steps)
    turns = shifts(duty, shift.rota, shift.start, shift.end + 1) if shift.rota in duty.rotas else ()
    incoming = next((turn for turn in turns if turn.start == shift.end), None)
    taken = [proven for proven in said if proven.entry.event == "taken_over"]
    taken.sort(
        key=lambda proven: (
            not (
                incoming is not None
                and proven.entry.by == incoming.person == recorder(proven, addresses)
            )
        )
    )
    return Handover(
        shift=shift,
        outgoing=next((turn for turn in turns if _is_of(turn, shift)), None),
        incoming=incoming,
        given=next((proven for proven in said if proven.entry.event == "handed_over"), None),
        taken=next(iter(taken), None),
        open=tuple(sorted(opened, key=lambda handed: (handed.due, handed.ticket.id))),
    )


def recorder(proven: ProvenEntry, addresses: Mapping[str, str]) -> str:
    """Who recorded an entry; their address where nobody is known by it."""
    email = proven.author.email if proven.author else ""
    return addresses.get(email.casefold(), email)


def _is_of(turn: OnDuty, shift: Shift) -> bool:
    return (turn.start, turn.end) == (shift.start, shift.end)


def recorded_by(entries: Iterable[ProvenEntry], at: Instant) -> bool:
    """Whether anything of a record had been recorded by an instant, so that others could see it."""
    return any(proven.recorded is not None and proven.recorded <= at for proven in entries)
