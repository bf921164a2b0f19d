"""What an entry says of its step: the event's own keys, what they are called, and their values in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from weibao.model.events import BY_NAME
from weibao.render.words.names import (
    asset_called,
    check_item_called,
    depot_called,
    part_called,
    person_called,
    severity_called,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from weibao.language import Language
    from weibao.model.entry import Entry
    from weibao.model.events import Field
    from weibao.model.records import Records


@dataclass(frozen=True, slots=True)
class Saying:
    """In which words: what people are called, and what becomes of free text."""

    records: Records
    words: Language
    person: Callable[[str], str]
    prose: Callable[[str], str]


def plainly(records: Records, words: Language) -> Saying:
    """People by their names, and free text as it stands: for those who read the repository."""
    return Saying(records, words, lambda one: person_called(records, one, words), str)


def entry_facts(kind: str, entry: Entry, saying: Saying) -> Iterator[tuple[Field, str]]:
    """Each key of the event that the entry gives, with its value in words."""
    known = BY_NAME[kind].get(entry.event)
    for one in known.fields if known else ():
        value = entry.data.get(one.key)
        if value not in (None, ""):
            yield one, said(kind, one, value, saying)


def field_title(kind: str, event: str, key: str, words: Language) -> str:
    """What people call a key of an event; the key itself where no such event has it."""
    known = BY_NAME.get(kind, {}).get(event)
    for one in known.fields if known else ():
        if one.key == key:
            return words.pick({"zh": one.zh, "en": one.en})
    return key


def said(kind: str, field: Field, value: Any, saying: Saying) -> str:
    """The value of an entry's key as people say it."""
    if field.choices:
        return saying.words.term(field.kind, str(value))
    if field.kind == "entry_reference":
        return _reference(kind, value, saying.words)
    if field.kind == "entry_references":
        return saying.words.listing(_reference(kind, one, saying.words) for one in value)
    if field.kind == "about":
        return saying.words.listing(saying.prose(str(one)) for one in value.values())
    if isinstance(value, (list, tuple)):
        return saying.words.listing(str(one) for one in value)
    return _named(field, str(value), saying)


def _named(field: Field, value: str, saying: Saying) -> str:
    called = "item" if (field.kind, field.key) == ("name", "item") else field.kind
    if called in {"person", "contact"}:
        return saying.person(value)
    if called in _CALLED:
        return _CALLED[called](saying.records, value, saying.words)
    return saying.prose(value)


_CALLED: Mapping[str, Callable[[Records, str, Language], str]] = {
    "asset": asset_called,
    "part": part_called,
    "depot": depot_called,
    "item": check_item_called,
    "severity": lambda records, level, words: severity_called(records, int(level), words),
    "sha256": lambda _, digest, __: digest[:12],
    "day": lambda _, day, words: words.day(date.fromisoformat(day)),
}
"""How values of these kinds are called."""


def _reference(kind: str, value: Any, words: Language) -> str:
    """What an entry is named by within its record: its time and its event."""
    written = str(value["at"])[:16].replace("T", " ")
    event = str(value["event"])
    known = BY_NAME[kind].get(event)
    return f"{written} {words.pick({'zh': known.zh, 'en': known.en}) if known else event}"
