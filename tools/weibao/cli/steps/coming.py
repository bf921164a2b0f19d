"""What may be recorded of a ticket next, and what each step asks for: for whoever shows a form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.events import event_named, has_step
from weibao.model.fold import possible_events, ticket_on_claims
from weibao.workspace.suggestions.agenda import agenda, recordable
from weibao.workspace.suggestions.live import coming_step
from weibao.workspace.suggestions.offers import offers_for

if TYPE_CHECKING:
    from weibao.language import Language
    from weibao.model.events import Event, Field
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk
    from weibao.workspace.suggestions.asked import Offer


@dataclass(frozen=True, slots=True)
class Question:
    """A field of a step, and what may be chosen for it; () where it takes any words."""

    field: Field
    offers: tuple[Offer, ...]


def steps_of(desk: Desk, record_file: RecordFile) -> tuple[Event, ...]:
    """What may be recorded of a ticket now, what its next deadline waits for first."""
    ticket = record_file.value
    state = ticket_on_claims(ticket, desk.records.contract, desk.now)
    names = [
        name
        for name in possible_events("ticket", state)
        if has_step(ticket.kind, name) and recordable(state, name)
    ]
    for due in agenda([ticket], desk.records, desk.now):
        names.sort(key=lambda name: name != due.step.name)
    return tuple(event_named("ticket", name) for name in names)


def questions_of(
    desk: Desk, record_file: RecordFile, event: Event, words: Language
) -> tuple[Question, ...]:
    """What a step asks for, in the order of the table; what must be answered first."""
    step = coming_step(desk, "ticket", event.name, record_file, {})
    fields = sorted(event.fields, key=lambda field: not field.required)
    return tuple(Question(field, offers_for(field, step, desk.records, words)) for field in fields)
