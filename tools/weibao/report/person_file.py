"""Somebody of the contract, one of the provider's people or a contact of the customer's: all that the records have on them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.operations.actions import actions_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.history.proven import ProvenEntry
    from weibao.model.ticket import Ticket
    from weibao.operations.actions import Action
    from weibao.report.book import Book


@dataclass(frozen=True, slots=True)
class TakenStep:
    """A step that somebody took: the kind of record, the record, and the entry with its evidence."""

    kind: str
    record: str
    proven: ProvenEntry


@dataclass(frozen=True, slots=True)
class PersonFile:
    """What somebody owns, reported and did, the latest first.

    Attributes:
        owned: the tickets that they are responsible for, or were when these ended.
        reported: the tickets that they reported.
        actions: the corrective actions that they own, in the order of these.
        steps: what they did by the record.
    """

    owned: tuple[Ticket, ...] = ()
    reported: tuple[Ticket, ...] = ()
    actions: tuple[Action, ...] = ()
    steps: tuple[TakenStep, ...] = ()


def person_files(book: Book) -> Mapping[str, PersonFile]:
    """By id, what a Book has on everybody whom its records name so: one walk through them for all."""
    owned: dict[str, list[Ticket]] = defaultdict(list)
    reported: dict[str, list[Ticket]] = defaultdict(list)
    actions: dict[str, list[Action]] = defaultdict(list)
    steps: dict[str, list[TakenStep]] = defaultdict(list)
    records = book.records
    for ticket in records.tickets.values():
        owned[book.states[ticket.id].owner].append(ticket)
        reported[ticket.reported_by].append(ticket)
    for action in actions_of(records.actions, book.as_of, book.zone):
        actions[action.owner].append(action)
    kinds = {
        **dict.fromkeys(records.tickets, "ticket"),
        **dict.fromkeys(records.inspections, "inspection"),
        **dict.fromkeys(records.shifts, "shift"),
        **dict.fromkeys(records.closes, "report"),
        **{kind: kind for kind in records.ledgers},
    }
    for key, kind in kinds.items():
        for proven in book.proofs[key].timeline if key in book.proofs else ():
            steps[proven.entry.by].append(TakenStep(kind, key, proven))
    return {
        person: PersonFile(
            owned=tuple(sorted(owned[person], key=_latest)),
            reported=tuple(sorted(reported[person], key=_latest)),
            actions=tuple(actions[person]),
            steps=tuple(sorted(steps[person], key=_last)),
        )
        for person in {*owned, *reported, *actions, *steps}
    }


def _latest(ticket: Ticket) -> tuple[int, str]:
    return -ticket.reported_at, ticket.id


def _last(step: TakenStep) -> tuple[int, str]:
    return -step.proven.entry.at, step.record
