"""The state of a record, as the one fold of its log makes it (:mod:`weibao.model.fold`).

Verdicts, availability, rules and every view ask the value that stands here, so that none of them can say
otherwise than another.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from weibao.model.contract import DEFAULT_RECHECK
from weibao.model.events import State
from weibao.model.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

    from weibao.model.contract import Contract
    from weibao.model.entry import Entry
    from weibao.model.impact import Impact
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket


class Dated(Protocol):
    """A step that happened: its entry, and when it did by some reading of the evidence."""

    @property
    def entry(self) -> Entry:
        """The entry."""

    @property
    def instant(self) -> Instant:
        """When it happened, by the reading."""

    @property
    def place(self) -> int:
        """Its place in the order of the claims."""


S = TypeVar("S", bound=Dated)
S_co = TypeVar("S_co", bound=Dated, covariant=True)


@dataclass(frozen=True, slots=True)
class Claimed:
    """A step at the instant that its author claims."""

    entry: Entry
    place: int

    @property
    def instant(self) -> Instant:
        """The claim."""
        return self.entry.at


def claimed(log: Iterable[Entry]) -> tuple[Claimed, ...]:
    """The steps of a log, were every claim believed."""
    return tuple(Claimed(entry, place) for place, entry in enumerate(timeline(log)))


@dataclass(frozen=True, slots=True)
class SeverityPolicy:
    """What decides which severity is in force, whether a repair held, and what it shows.

    Attributes:
        declared: the severity as the customer declared it, None for what has none, and where an old register says none.
        levels: those of the terms in effect when the ticket was reported; another promises nothing
            and changes nothing.
        consenting: the customer's contacts who may consent to a lower one.
        refused: the places in the log of what somebody consented to who had no right to when it
            landed; None where that is not known, and ``consenting`` decides.
        recheck: seconds for which a repair must hold; one undone within them was none.
        unshown: places in the log of what is not believed: of remote repairs, that nobody was needed on
            site; of severities agreed, that the customer consented.
        ends: places in the log of the closes and resolutions that an old register has, which may know of no more.
    """

    declared: int | None = None
    levels: frozenset[int] = frozenset()
    consenting: Container[str] = frozenset()
    refused: Container[int] | None = None
    recheck: int = DEFAULT_RECHECK
    unshown: Container[int] = frozenset()
    ends: Container[int] = frozenset()


ENDS = frozenset({"closed", "resolved"})
"""The events by which an old register has done with a ticket."""

NO_SEVERITY = SeverityPolicy()
"""Of a record that has none."""


def severity_policy(
    contract: Contract,
    ticket: Ticket,
    reported_at: Instant,
    refused: Container[int] | None = None,
    ends: Container[int] = frozenset(),
) -> SeverityPolicy:
    """The severity terms of a ticket that was reported then; planned work has none."""
    terms = None if ticket.planned else contract.terms_at(reported_at)
    return SeverityPolicy(
        ticket.severity,
        frozenset(terms.severities if terms else ()),
        frozenset(who for who, contact in contract.contacts.items() if "consent" in contact.may),
        refused,
        contract.evidence.recheck,
        ends=ends,
    )


@dataclass(frozen=True, slots=True)
class SeverityChange(Generic[S_co]):
    """A change of severity that counts, to ``level``: ``raised`` if that is the graver one, or the first."""

    step: S_co
    level: int
    raised: bool


@dataclass(frozen=True, slots=True)
class ImpactStated(Generic[S_co]):
    """What a step states of a fault's impact: ``agreed`` by the customer, else it can but raise it."""

    step: S_co
    impact: Mapping[str, Impact]
    agreed: bool


@dataclass(frozen=True, slots=True)
class Paused(Generic[S_co]):
    """A pause for a listed reason, and the step that resumed it, if any did."""

    step: S_co
    resumed: S_co | None


@dataclass(frozen=True, slots=True)
class Spell(Generic[S_co]):
    """A stretch of trouble: from the report, or from a reopening, to the next reopening.

    Attributes:
        reopened: the reopening that it began with; None for the report.
        voids: whether that reopening came so soon that what was restored and resolved in the spell
            before it counts for nothing.
        repaired: the first step that restored or resolved it.
        resolved: the first step that resolved it.
        held_from: the last step that resolved it, else that restored it: from which a reopening is
            soon or late.
    """

    reopened: S_co | None
    voids: bool = False
    repaired: S_co | None = None
    resolved: S_co | None = None
    held_from: S_co | None = None


@dataclass(frozen=True, slots=True)
class Requested(Generic[S_co]):
    """A request for a part.

    ``settled`` is what first ended the waiting: the arrival, or a resolution that held, which shows
    that the part was not needed. A part that comes after that has still ``arrived``.
    """

    step: S_co
    settled: S_co | None = None
    arrived: S_co | None = None


def awaited(requests: Iterable[Requested[S_co]]) -> tuple[str, ...]:
    """The parts that were requested and have not arrived, in the order of the requests."""
    return tuple(request.step.entry.data["part"] for request in requests if not request.arrived)


@dataclass(frozen=True, slots=True)
class RecordState(Generic[S_co]):
    """The state of a ticket, an inspection or an action after some of its steps.

    Attributes:
        state: how far it has come. It goes back only by a reopening, and a cancellation is final.
        declared, severity: the severity as the customer declared it, and the one in force; None
            where none was declared.
        changes: the changes of severity that count, in their order.
        impacts: what was stated of the impact since the report, in its order.
        owner: the last person that it was assigned to, or "".
        on_site: who has arrived and not left.
        pauses: those for a listed reason, in their order.
        response, arrival: the first step that answers the customer, or that brings somebody to the
            place or shows that nobody was needed there. A repair that was void is neither.
        spells: at least one.
        completed: the step that ended an inspection.
        requests: those for parts, in their order.
        closed: the last step that closed it.
        cancelled: the step that ended it without a result. What was done later does not count.
        resolved_by: who did so last, or "".
        confirmed: the last step by which the customer confirmed the result; its word is of the spell it was said in.
        left: whether the last step is one by which an old register had done with it.
        told: where the last step claims to have led, lawful or not: what the next one is held
            against, so that one slip is told once.
    """

    state: State = State.NEW
    declared: int | None = None
    severity: int | None = None
    changes: tuple[SeverityChange[S_co], ...] = ()
    impacts: tuple[ImpactStated[S_co], ...] = ()
    owner: str = ""
    on_site: frozenset[str] = frozenset()
    pauses: tuple[Paused[S_co], ...] = ()
    response: S_co | None = None
    arrival: S_co | None = None
    spells: tuple[Spell[S_co], ...] = (Spell(None),)
    completed: S_co | None = None
    requests: tuple[Requested[S_co], ...] = ()
    closed: S_co | None = None
    cancelled: S_co | None = None
    resolved_by: str = ""
    confirmed: S_co | None = None
    told: State = State.NEW
    left: bool = False

    @property
    def open(self) -> bool:
        """Whether work on it is still to be done."""
        return self.state in {State.OPENED, State.IN_PROGRESS, State.RESTORED}

    @property
    def ended(self) -> bool:
        """Whether nothing more is expected to happen to it.

        A register that resolved a ticket may have no word for its close: nobody goes on with that here.
        """
        return self.state in {State.CLOSED, State.CANCELLED} or self.left

    @property
    def pausing(self) -> bool:
        """Whether nothing has resumed the last pause."""
        return bool(self.pauses) and self.pauses[-1].resumed is None

    @property
    def paused(self) -> bool:
        """Whether work that is still to be done is paused."""
        return self.pausing and self.open

    @property
    def restored(self) -> bool:
        """Whether the service is back, and has not failed again since."""
        return self.spells[-1].repaired is not None

    @property
    def resolved(self) -> bool:
        """Whether it is resolved, and was not reopened since."""
        return self.finished is not None

    @property
    def finished(self) -> S_co | None:
        """The step that finished the work: an inspection's completion, a ticket's last resolution."""
        return None if self.cancelled else self.completed or self.spells[-1].resolved

    @property
    def awaited_parts(self) -> tuple[str, ...]:
        """The parts that were requested and have not arrived, in the order of the requests."""
        return awaited(self.requests)

    @property
    def self_confirmed(self) -> bool:
        """Whether who resolved it also asked the customer last: then it may not be closed yet."""
        return bool(self.confirmed_by) and self.confirmed_by == self.resolved_by

    @property
    def closed_unconfirmed(self) -> bool:
        """Whether it was closed and the customer had confirmed nothing: lawful in an old register alone."""
        return self.state is State.CLOSED and self.confirmed is None

    @property
    def confirmed_by(self) -> str:
        """Who asked the customer last, or ""."""
        return self.confirmed.entry.by if self.confirmed else ""

    @property
    def reopenings(self) -> int:
        """How often the trouble came back."""
        return len(self.spells) - 1

    def severity_at(self, step: Dated) -> int | None:
        """The severity in force at ``step``: of steps at one instant, the earlier claim counts first."""
        now = (step.instant, step.place)
        for change in reversed(self.changes):
            if (change.step.instant, change.step.place) <= now:
                return change.level
        return self.declared
