"""What a question is put from, a step as far as it is known, and what an answer may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.render.words.plain import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.language import Language
    from weibao.model.entry import Entry
    from weibao.model.events import Field
    from weibao.model.instant import Instant
    from weibao.model.records import Records
    from weibao.model.state import Claimed, RecordState
    from weibao.model.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Offer:
    """A choice: what the record will say, and how a person reads it.

    ``also`` has the names that it is found by and that are not shown, being in another language.
    """

    value: str
    title: str
    also: str = ""


@dataclass(frozen=True, slots=True)
class ComingStep:
    """A step as far as it is known while it is asked for.

    Attributes:
        kind: of the record: ``ticket``, ``inspection``, ``spares``, ``actions``.
        event: the step's event.
        value: the record as it stands, typed; None for one that is still to be filed.
        state: where it stands.
        log: its entries; () for one that is still to be filed.
        recent: the assets of the tickets worked on last, the latest first.
        tickets: the tickets that may be named, the most urgent first.
        answered: what was given or answered before, by the field's key.
        now: the instant of asking.
    """

    kind: str
    event: str
    value: Any
    state: RecordState[Claimed]
    log: tuple[Entry, ...]
    recent: tuple[str, ...]
    tickets: tuple[Ticket, ...]
    answered: Mapping[str, Any]
    now: Instant


@dataclass(frozen=True, slots=True)
class FieldPrompt:
    """A question: the field, the step it belongs to, what is known, and the reader's language."""

    field: Field
    step: ComingStep
    records: Records
    words: Language


def offered(identifier: str, names: Mapping[str, str], words: Language) -> Offer:
    """The choice of what has names in several languages."""
    return Offer(identifier, named(words.pick(dict(names)), identifier), " ".join(names.values()))


def named(name: str, identifier: str) -> str:
    """How something reads in a list: its name, and the id that the record will say."""
    return f"{plain(name)}  {identifier}"
