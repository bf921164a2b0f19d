"""The fold of a log: the state that a record comes to, step by step.

What an event does to a record's state is told here and in the table of events, and nowhere else. In goes
what had happened, in the order of the claims, each step at the instant that a reading of the evidence
gives it; and what the contract settles of severity.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, Protocol

from weibao.model.events import EVENTS, REASONS, STOPS, State, event_named
from weibao.model.impact import impacts_in
from weibao.model.state import (
    ENDS,
    NO_SEVERITY,
    Claimed,
    Dated,
    ImpactStated,
    Paused,
    RecordState,
    Requested,
    S,
    SeverityChange,
    SeverityPolicy,
    Spell,
    awaited,
    claimed,
    severity_policy,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from weibao.model.contract import Contract
    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket

_PROGRESS = {state: rank for rank, state in enumerate(State)}


@dataclass(frozen=True, slots=True)
class Misstep:
    """An entry that may not follow the state that it found."""

    entry: Entry
    found: RecordState[Claimed]
    possible: tuple[str, ...]


class AnyState(Protocol):
    """What decides which events may follow: a state, or one in the making."""

    @property
    def told(self) -> State:
        """The state that the events alone tell."""

    @property
    def pausing(self) -> bool:
        """Whether a pause was begun and not ended."""

    @property
    def awaited_parts(self) -> tuple[str, ...]:
        """The parts that were requested and have not arrived."""

    @property
    def on_site(self) -> frozenset[str]:
        """Who has arrived and not left."""


def permits(
    kind: str, state: AnyState, event: str, data: Mapping[str, object] | None = None
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


def possible_events(kind: str, state: AnyState) -> tuple[str, ...]:
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
    found: list[Misstep] = []
    growing = _Growing[Claimed](kind, NO_SEVERITY)
    for step in steps:
        if not permits(kind, growing, step.entry.event, step.entry.data):
            found.append(Misstep(step.entry, growing.state(), possible_events(kind, growing)))
        growing.add(step)
    return tuple(found)


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
    policy = severity_policy(contract, ticket, ticket.reported_at, ends=_ends(ticket, contract))
    return fold("ticket", steps, policy)


def _ends(ticket: Ticket, contract: Contract) -> frozenset[int]:
    """The places of the steps by which the old register of a ticket has done with it, as claimed."""
    return frozenset(
        entry.index
        for entry in ticket.log
        if entry.event in ENDS and contract.old(ticket.imported, entry.at)
    )


def on_claims(kind: str, log: Iterable[Entry], until: Instant) -> RecordState[Claimed]:
    """The state of a record without a severity at ``until``, were every claim believed."""
    return fold(kind, claimed(entry for entry in log if entry.at <= until))


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
    confirmed: S | None = None
    left: bool = False

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
            confirmed=self.confirmed,
            told=self.told,
            left=self.left,
        )

    def add(self, step: S) -> None:
        """Take the next step into account, lawful or not: an unlawful one still says something."""
        entry = step.entry
        self.left = entry.index in self.policy.ends
        to = event_named(self.kind, entry.event).to
        if entry.event != "opened" or self.told is State.NEW:
            self.told = to or self.told
        if self.cancelled is not None:
            if entry.event == "severity_agreed":
                self._agree(step)
            return
        if to and (entry.event == "reopened" or _PROGRESS[to] > _PROGRESS[self.reached]):
            self.reached = to
        over = entry.event == "closed" and self._ends(step)
        if over or entry.event in STOPS["respond"]:
            self.answers.append(step)
        if over or entry.event in STOPS["restore"]:
            self._repair(step)
        self._apply(step)

    def _apply(self, step: S) -> None:
        entry = step.entry
        match entry.event:
            case "paused" if not self.pausing and entry.data["reason"] in REASONS:
                self.pauses.append(Paused(step, None))
            case "resumed" if self.pausing:
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
            case "confirmed":
                self.confirmed = step
            case "completed":
                self.completed = self.completed or step
            case "closed":
                self.closed = step
            case "cancelled":
                self.cancelled = step
            case _:
                self._take_part(entry)

    def _take_part(self, entry: Entry) -> None:
        """Who is responsible, and who is there."""
        match entry.event:
            case "assigned":
                self.owner = entry.data["to"]
            case "arrived":
                self.on_site |= {entry.by}
            case "left":
                self.on_site -= {entry.by}
            case _:
                pass

    @property
    def pausing(self) -> bool:
        """Whether a pause was begun and not ended."""
        return bool(self.pauses) and self.pauses[-1].resumed is None

    @property
    def awaited_parts(self) -> tuple[str, ...]:
        """The parts that were requested and have not arrived, in the order of the requests."""
        return awaited(self.requests)

    def _first(self, target: str) -> S | None:
        passed = self.policy.unshown if target == "arrive" else ()
        return next(
            (
                step
                for step in self.answers
                if step.entry.event in {*STOPS[target], "closed"} and step.entry.index not in passed
            ),
            None,
        )

    def _ends(self, step: S) -> bool:
        """Whether a close is all that an old register says of a resolution."""
        return step.entry.index in self.policy.ends and self.spells[-1].resolved is None

    def _repair(self, step: S) -> None:
        spell = self.spells[-1]
        resolved, held_from = spell.resolved, spell.held_from
        if resolved is None:
            held_from = step
        if step.entry.event != "restored":
            self.resolved_by = step.entry.by
            resolved, held_from = resolved or step, step
            if self.pausing:
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
                if answer.place < begun or answer.entry.event not in {*STOPS["restore"], "closed"}
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
        """Raising needs no consent, nor does naming it first; lowering needs that of a contact who might give it."""
        agreed: int = step.entry.data["severity"]
        if agreed == self.severity or agreed not in self.policy.levels:
            return
        raised = self.severity is None or agreed < self.severity
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
    return end is not None and end.entry.event in {"resolved", "closed"} and end.place > begun


def places_of_requests(steps: Iterable[Dated]) -> tuple[int, ...]:
    """The places of the requests for parts among steps, happened or not."""
    return tuple(step.place for step in steps if step.entry.event == "part_requested")
