"""The state of a record: the one fold of its log.

What an event does to a record's state is told here and in the table of events, and nowhere else. In goes
what had happened, in the order of the claims, each step at the instant that a reading of the evidence
gives it; and what the contract settles of severity. Verdicts, availability, rules and every view ask the
value that comes out, so that none of them can say otherwise than another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from weibao.model.contract import DEFAULT_RECHECK
from weibao.model.events import EVENTS, REASONS, STOPS, State, event_named
from weibao.model.impact import impacts_in
from weibao.model.timeline import timeline

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Mapping, Sequence

    from weibao.model.contract import Contract
    from weibao.model.entry import Entry
    from weibao.model.impact import Impact
    from weibao.model.inspection import Inspection
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket

_PROGRESS = {state: rank for rank, state in enumerate(State)}


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
        declared: the severity as the customer declared it, None for what has none.
        levels: those of the terms in effect when the ticket was reported; another promises nothing
            and changes nothing.
        consenting: the customer's contacts who may consent to a lower one.
        refused: the places in the log of what somebody consented to who had no right to when it
            landed; None where that is not known, and ``consenting`` decides.
        recheck: seconds for which a repair must hold; one undone within them was none.
        unshown: places in the log of what is not believed: of remote repairs, that nobody was needed on
            site; of severities agreed, that the customer consented.
    """

    declared: int | None = None
    levels: frozenset[int] = frozenset()
    consenting: Container[str] = frozenset()
    refused: Container[int] | None = None
    recheck: int = DEFAULT_RECHECK
    unshown: Container[int] = frozenset()


NO_SEVERITY = SeverityPolicy()
"""Of a record that has none."""


def severity_policy(
    contract: Contract,
    declared: int | None,
    reported_at: Instant,
    refused: Container[int] | None = None,
) -> SeverityPolicy:
    """The severity terms of a ticket that was declared so and reported then."""
    terms = contract.terms_at(reported_at)
    return SeverityPolicy(
        declared,
        frozenset(terms.severities if terms else ()),
        frozenset(who for who, contact in contract.contacts.items() if "consent" in contact.may),
        refused,
        contract.evidence.recheck,
    )


@dataclass(frozen=True, slots=True)
class SeverityChange(Generic[S_co]):
    """A change of severity that counts, to ``level``: ``raised`` if that is the graver one."""

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
        resolved_by, confirmed_by: who did so last, or "".
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
    confirmed_by: str = ""
    told: State = State.NEW

    @property
    def open(self) -> bool:
        """Whether work on it is still to be done."""
        return self.state in {State.OPENED, State.IN_PROGRESS, State.RESTORED}

    @property
    def ended(self) -> bool:
        """Whether nothing more is expected to happen to it."""
        return self.state in {State.CLOSED, State.CANCELLED}

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
        return tuple(
            request.step.entry.data["part"] for request in self.requests if not request.arrived
        )

    @property
    def self_confirmed(self) -> bool:
        """Whether who resolved it also asked the customer last: then it may not be closed yet."""
        return bool(self.confirmed_by) and self.confirmed_by == self.resolved_by

    def severity_at(self, step: Dated) -> int | None:
        """The severity in force at ``step``: of steps at one instant, the earlier claim counts first."""
        now = (step.instant, step.place)
        for change in reversed(self.changes):
            if (change.step.instant, change.step.place) <= now:
                return change.level
        return self.declared


@dataclass(frozen=True, slots=True)
class Misstep:
    """An entry that may not follow the state that it found."""

    entry: Entry
    found: RecordState[Claimed]
    possible: tuple[str, ...]


def permits(
    kind: str, state: RecordState[S], event: str, data: dict[str, object] | None = None
) -> bool:
    """Whether ``event`` may follow ``state``; ``data`` narrows it to a part where it is given."""
    if state.told not in event_named(kind, event).after:
        return False
    match event:
        case "paused":
            return not state.pausing
        case "resumed":
            return state.pausing
        case "part_arrived":
            part = (data or {}).get("part")
            return part in state.awaited_parts if part else bool(state.awaited_parts)
        case "left":
            return bool(state.on_site)
        case _:
            return True


def possible_events(kind: str, state: RecordState[S]) -> tuple[str, ...]:
    """The events that may come next, in the table's order."""
    return tuple(event.name for event in EVENTS[kind] if permits(kind, state, event.name))


def cut_short(steps: Sequence[S]) -> tuple[Sequence[S], S | None]:
    """Steps in the order of their claims up to a cancellation, and that cancellation if there is one.

    What was claimed before it and happened after it, by the reading, counts as little as what follows.
    """
    end = next((step for step in steps if step.entry.event == "cancelled"), None)
    if end is None:
        return steps, None
    return [step for step in steps if step.place < end.place and step.instant <= end.instant], end


def fold(kind: str, steps: Sequence[S], policy: SeverityPolicy = NO_SEVERITY) -> RecordState[S]:
    """The state of a record of this kind after ``steps``, which are in the order of their claims."""
    growing = _Growing[S](kind, policy)
    counted, cancelled = cut_short(steps)
    for step in (*counted, cancelled) if cancelled else counted:
        growing.add(step)
    return growing.state()


def successive(
    kind: str, steps: Iterable[S], policy: SeverityPolicy = NO_SEVERITY, *, event: str = ""
) -> Iterator[tuple[S, RecordState[S]]]:
    """Each step, or each of an ``event``, with the state that it found."""
    growing = _Growing[S](kind, policy)
    for step in steps:
        if not event or step.entry.event == event:
            yield step, growing.state()
        growing.add(step)


def missteps(kind: str, log: Iterable[Entry]) -> tuple[Misstep, ...]:
    """Every entry that may not follow the state that it found, by the claims.

    Who dispatches first and records later opens a ticket after its first steps: it is taken as opened
    from the beginning.
    """
    steps = claimed(log)
    opened = next((step for step in steps if step.entry.event == "opened"), None)
    if opened is not None:
        steps = (opened, *(step for step in steps if step is not opened))
    return tuple(
        Misstep(step.entry, found, possible_events(kind, found))
        for step, found in successive(kind, steps)
        if not permits(kind, found, step.entry.event, dict(step.entry.data))
    )


def raising(log: Iterable[Entry], policy: SeverityPolicy) -> frozenset[int]:
    """The places in the log of the entries that claim to raise the severity in force.

    What the evidence of an entry is worth does not hang on a cancellation before it.
    """
    growing = _Growing[Claimed]("ticket", policy)
    for step in claimed(entry for entry in log if entry.event == "severity_agreed"):
        growing.add(step)
    return frozenset(change.step.entry.index for change in growing.changes if change.raised)


def ticket_on_claims(ticket: Ticket, contract: Contract, until: Instant) -> RecordState[Claimed]:
    """The state of a ticket at ``until``, were every claim believed: what is to come has not happened."""
    steps = claimed(entry for entry in ticket.log if entry.at <= until)
    return fold("ticket", steps, severity_policy(contract, ticket.severity, ticket.reported_at))


def inspection_on_claims(inspection: Inspection, until: Instant) -> RecordState[Claimed]:
    """The state of an inspection at ``until``, were every claim believed."""
    return fold("inspection", claimed(entry for entry in inspection.log if entry.at <= until))


@dataclass(slots=True)
class _Growing(Generic[S]):
    """A state in the making: each step in its turn."""

    kind: str
    policy: SeverityPolicy
    reached: State = State.NEW
    told: State = State.NEW
    severity: int | None = None
    changes: list[SeverityChange[S]] = field(default_factory=list)
    impacts: list[ImpactStated[S]] = field(default_factory=list)
    owner: str = ""
    on_site: frozenset[str] = frozenset()
    pauses: list[Paused[S]] = field(default_factory=list)
    answers: list[S] = field(default_factory=list)
    spells: list[Spell[S]] = field(default_factory=lambda: [Spell(None)])
    completed: S | None = None
    requests: list[Requested[S]] = field(default_factory=list)
    closed: S | None = None
    cancelled: S | None = None
    resolved_by: str = ""
    confirmed_by: str = ""

    def __post_init__(self) -> None:
        self.severity = self.policy.declared

    def state(self) -> RecordState[S]:
        """What it has come to."""
        return RecordState(
            state=self.reached,
            declared=self.policy.declared,
            severity=self.severity,
            changes=tuple(self.changes),
            impacts=tuple(self.impacts),
            owner=self.owner,
            on_site=self.on_site,
            pauses=tuple(self.pauses),
            response=self._first("respond"),
            arrival=self._first("arrive"),
            spells=tuple(self.spells),
            completed=self.completed,
            requests=tuple(self.requests),
            closed=self.closed,
            cancelled=self.cancelled,
            resolved_by=self.resolved_by,
            confirmed_by=self.confirmed_by,
            told=self.told,
        )

    def add(self, step: S) -> None:
        """Take the next step into account, lawful or not: an unlawful one still says something."""
        entry = step.entry
        to = event_named(self.kind, entry.event).to
        if entry.event != "opened" or self.told is State.NEW:
            self.told = to or self.told
        if self.cancelled is not None:
            if entry.event == "severity_agreed":
                self._agree(step)
            return
        if to and (entry.event == "reopened" or _PROGRESS[to] > _PROGRESS[self.reached]):
            self.reached = to
        if entry.event in STOPS["respond"]:
            self.answers.append(step)
        if entry.event in STOPS["restore"]:
            self._repair(step)
        self._apply(step)

    def _apply(self, step: S) -> None:
        entry = step.entry
        match entry.event:
            case "paused" if not self._pausing and entry.data["reason"] in REASONS:
                self.pauses.append(Paused(step, None))
            case "resumed" if self._pausing:
                self.pauses[-1] = Paused(self.pauses[-1].step, step)
            case "severity_agreed":
                self._agree(step)
            case "impact":
                stated = impacts_in(entry.data["impact"])
                self.impacts.append(ImpactStated(step, stated, self._consented(entry)))
            case "part_requested":
                self.requests.append(Requested(step))
            case "part_arrived":
                self._receive(step)
            case "reopened":
                self._reopen(step)
            case "completed":
                self.completed = self.completed or step
            case "closed":
                self.closed = step
            case "cancelled":
                self.cancelled = step
            case _:
                self._take_part(entry)

    def _take_part(self, entry: Entry) -> None:
        """Who is responsible, who is there, who asked the customer."""
        match entry.event:
            case "assigned":
                self.owner = entry.data["to"]
            case "arrived":
                self.on_site |= {entry.by}
            case "left":
                self.on_site -= {entry.by}
            case "confirmed":
                self.confirmed_by = entry.by
            case _:
                pass

    @property
    def _pausing(self) -> bool:
        return bool(self.pauses) and self.pauses[-1].resumed is None

    def _first(self, target: str) -> S | None:
        passed = self.policy.unshown if target == "arrive" else ()
        return next(
            (
                step
                for step in self.answers
                if step.entry.event in STOPS[target] and step.entry.index not in passed
            ),
            None,
        )

    def _repair(self, step: S) -> None:
        spell = self.spells[-1]
        resolved, held_from = spell.resolved, spell.held_from
        if resolved is None:
            held_from = step
        if step.entry.event == "resolved":
            self.resolved_by = step.entry.by
            resolved, held_from = resolved or step, step
            if self._pausing:
                self.pauses[-1] = Paused(self.pauses[-1].step, step)
            self.requests = [
                request if request.settled else Requested(request.step, step, request.arrived)
                for request in self.requests
            ]
        self.spells[-1] = Spell(
            spell.reopened, spell.voids, spell.repaired or step, resolved, held_from
        )

    def _reopen(self, step: S) -> None:
        """Soon after the repair, that was none: nobody answered, came or could do without a part by it.

        A pause that such a resolution ended lasts to the reopening.
        """
        spell = self.spells[-1]
        if spell.held_from is None:
            return
        soon = step.instant - spell.held_from.instant <= self.policy.recheck
        if soon:
            begun = -1 if spell.reopened is None else spell.reopened.place
            self.answers = [
                answer
                for answer in self.answers
                if answer.place < begun or answer.entry.event not in STOPS["restore"]
            ]
            self.pauses = [
                Paused(pause.step, step) if _ended_by_resolution(pause, begun) else pause
                for pause in self.pauses
            ]
            self.requests = [
                Requested(request.step, request.arrived, request.arrived)
                if request.settled and request.settled.place > begun
                else request
                for request in self.requests
            ]
        self.spells.append(Spell(step, soon))

    def _agree(self, step: S) -> None:
        """Raising needs no consent; lowering needs that of a contact who might give it."""
        agreed: int = step.entry.data["severity"]
        if self.severity is None or agreed == self.severity or agreed not in self.policy.levels:
            return
        raised = agreed < self.severity
        if raised or self._consented(step.entry):
            self.changes.append(SeverityChange(step, agreed, raised))
            self.severity = agreed

    def _consented(self, entry: Entry) -> bool:
        """Whether somebody consented who might, and what is said of it counts."""
        who, refused = entry.data.get("consent_by"), self.policy.refused
        might = (
            who in self.policy.consenting
            if refused is None
            else bool(who) and entry.index not in refused
        )
        return might and entry.index not in self.policy.unshown

    def _receive(self, step: S) -> None:
        """A part answers the earliest request that waits for it, else the earliest that it never came for."""
        part = step.entry.data["part"]
        lacking = [
            at
            for at, request in enumerate(self.requests)
            if not request.arrived and request.step.entry.data["part"] == part
        ]
        waiting = [at for at in lacking if not self.requests[at].settled]
        for at in (waiting or lacking)[:1]:
            one = self.requests[at]
            self.requests[at] = Requested(one.step, one.settled or step, step)


def _ended_by_resolution(pause: Paused[S], begun: int) -> bool:
    """Whether a resolution ended a pause, after the place at which a spell began."""
    end = pause.resumed
    return end is not None and end.entry.event == "resolved" and end.place > begun


def places_of_requests(steps: Iterable[Dated]) -> tuple[int, ...]:
    """The places of the requests for parts among steps, happened or not."""
    return tuple(step.place for step in steps if step.entry.event == "part_requested")
