"""What a drill record tells: its scenes and the answers to them, the time to recovery, the plan, and what follows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from weibao.model.duration import parse_duration
from weibao.model.emergency import emergency_plans
from weibao.model.instant import local_day
from weibao.operations.actions import actions_of
from weibao.report.papers.record_steps import as_read, last_step, steps_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from weibao.history.proven import ProvenEntry
    from weibao.model.emergency import EmergencyPlan
    from weibao.model.instant import Instant
    from weibao.model.state import RecordState
    from weibao.model.ticket import Ticket
    from weibao.operations.actions import Action
    from weibao.report.book import Book
    from weibao.sla.reading import Step


_TAKING_PART = ("acknowledged", "arrived", "injected", "answered", "restored", "resolved", "rated")
"""The steps by which somebody is seen to have taken part."""


@dataclass(frozen=True, slots=True)
class DrillScene:
    """A scene that was injected, and what was done about it before the next; None where nothing was said to have happened first."""

    injected: ProvenEntry | None
    answered: ProvenEntry | None

    @property
    def seconds(self) -> int | None:
        """How long the answer took; None where there is none."""
        if self.injected is None or self.answered is None:
            return None
        return max(0, self.answered.effective - self.injected.effective)


@dataclass(frozen=True, slots=True)
class DrillRecord:
    """What a drill record tells.

    Attributes:
        ticket: as its reader may have it.
        state: what it has come to.
        plan: the emergency plan that it exercised, as it stands; None where there is none of that name.
        renewed: whether the plan was approved anew on the day of the drill or later.
        begun: its first step in the window; None while there is none.
        scenes: what was injected and answered, in order; a further answer to a scene has a row of its own.
        rated: the last rating.
        reached: seconds to recovery, by that rating.
        resolved, confirmed: the steps that count.
        provider, customer: whoever of each side injected, answered, worked or rated, from the opening of its window on.
        actions: what was resolved to be done about it.
        attached: the files that it has.
    """

    ticket: Ticket
    state: RecordState[Step]
    plan: EmergencyPlan | None
    renewed: bool
    begun: ProvenEntry | None
    scenes: tuple[DrillScene, ...]
    rated: ProvenEntry | None
    reached: int | None
    resolved: ProvenEntry | None
    confirmed: ProvenEntry | None
    provider: tuple[str, ...]
    customer: tuple[str, ...]
    actions: tuple[Action, ...]
    attached: tuple[ProvenEntry, ...]


def drill_record(book: Book, whole: Book, ticket: Ticket) -> DrillRecord:
    """The record of a drill; ``book`` is what its reader may have of the ``whole``."""
    state = whole.states[ticket.id]
    plans = {plan.id: plan for plan in emergency_plans(book.files)}
    plan = plans.get(ticket.emergency_plan)
    rated = last_step(book, ticket.id, "rated")
    held = steps_of(book, ticket.id, "acknowledged", "injected", "answered")
    opens = ticket.window[0] if ticket.window else 0
    within = [step for step in held if step.effective >= opens]
    people = _people(book, ticket, opens)
    contacts = book.records.contract.contacts
    approved_on = plan.approved_on if plan else None
    return DrillRecord(
        ticket=ticket,
        state=state,
        plan=plan,
        renewed=bool(
            approved_on and within and approved_on >= local_day(within[0].effective, book.zone)
        ),
        begun=next(iter(within), None),
        scenes=tuple(_scenes(steps_of(book, ticket.id, "injected", "answered"))),
        rated=rated,
        reached=parse_duration(rated.entry.data["reached"]).seconds if rated else None,
        resolved=as_read(book, ticket.id, state.finished),
        confirmed=as_read(book, ticket.id, state.confirmed),
        provider=tuple(person for person in people if person not in contacts),
        customer=tuple(person for person in people if person in contacts),
        actions=tuple(
            action
            for action in actions_of(book.records.actions, book.as_of, book.zone)
            if action.about.get("ticket") == ticket.id
        ),
        attached=steps_of(book, ticket.id, "attached"),
    )


def _scenes(steps: tuple[ProvenEntry, ...]) -> Iterator[DrillScene]:
    scene: ProvenEntry | None = None
    for step, following in zip_longest(steps, steps[1:]):
        if step.entry.event == "injected":
            scene = step
            if following is None or following.entry.event == "injected":
                yield DrillScene(step, None)
        else:
            yield DrillScene(scene, step)


def _people(book: Book, ticket: Ticket, opens: Instant) -> tuple[str, ...]:
    steps = steps_of(book, ticket.id, *_TAKING_PART)
    return tuple(dict.fromkeys(step.entry.by for step in steps if step.effective >= opens))
