"""What a hand-over sheet tells of a shift beyond what it left: what its reader may have of the steps, and how far each ticket was escalated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.operations.handover import recorder
from weibao.report.papers.record_steps import steps_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.operations.handover import HandedTicket, Handover
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class ShiftRecord:
    """What a hand-over sheet tells.

    Attributes:
        handover: what the shift left, by the record as of the hand-over.
        given, taken: the hand-over and the take-over as the reader may have them; None where there is none, or it is withheld.
        own_given, own_taken: whether each was recorded under an address of whom it is by.
        stand_in: why somebody else had the shift than whose turn it was; "" where nobody stood in.
        rungs: by ticket, the highest rung of the ladder that was climbed by then.
        grave: the tickets of severity 1 among them, for which the hand-over needs a supervisor.
    """

    handover: Handover
    given: ProvenEntry | None
    taken: ProvenEntry | None
    own_given: bool
    own_taken: bool
    stand_in: str
    rungs: Mapping[str, int]
    grave: tuple[HandedTicket, ...]

    @property
    def at_risk(self) -> tuple[HandedTicket, ...]:
        """The tickets of which a promise was late, or due within four hours, or whose window was over."""
        return tuple(
            handed for handed in self.handover.open if handed.at_risk or handed.window_missed
        )

    @property
    def silent(self) -> tuple[HandedTicket, ...]:
        """Those of which the customer had heard nothing for longer than was promised."""
        return tuple(handed for handed in self.handover.open if handed.silent)

    @property
    def paused(self) -> tuple[HandedTicket, ...]:
        """Those that were paused."""
        return tuple(handed for handed in self.handover.open if handed.paused_for)

    @property
    def waiting(self) -> tuple[HandedTicket, ...]:
        """Those that waited for a part."""
        return tuple(handed for handed in self.handover.open if handed.state.awaited_parts)


def shift_record(book: Book, whole: Book, shift: str) -> ShiftRecord:
    """The record of a shift that was handed over; ``book`` is what its reader may have of the ``whole``."""
    handover = whole.handovers[shift]
    turn, duty = handover.outgoing, whole.official_duty.before(handover.shift.end)
    stood_in = [
        stand_in.reason
        for stand_in in duty.stand_ins
        if turn is not None
        and turn.instead_of
        and stand_in.rota == turn.rota
        and stand_in.by == turn.person
        and stand_in.start < turn.end
        and turn.start < stand_in.end
    ]
    rungs = {
        handed.ticket.id: max(
            (
                step.entry.data["level"]
                for step in steps_of(whole, handed.ticket.id, "escalated")
                if step.effective <= handover.at
            ),
            default=0,
        )
        for handed in handover.open
    }
    return ShiftRecord(
        handover=handover,
        given=_as_read(book, shift, handover.given),
        taken=_as_read(book, shift, handover.taken),
        own_given=_own(whole, handover.given),
        own_taken=_own(whole, handover.taken),
        stand_in=next(reversed(stood_in), ""),
        rungs={ticket: level for ticket, level in rungs.items() if level},
        grave=tuple(handed for handed in handover.open if handed.state.severity == 1),
    )


def _as_read(book: Book, shift: str, step: ProvenEntry | None) -> ProvenEntry | None:
    if step is None:
        return None
    entries = book.proofs[shift].entries
    return next((proven for proven in entries if proven.entry.index == step.entry.index), None)


def _own(whole: Book, step: ProvenEntry | None) -> bool:
    return step is not None and recorder(step, whole.addresses) == step.entry.by
