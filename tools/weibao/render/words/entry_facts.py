"""What an entry says of its step: the event's own keys, what they are called, and their values in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from weibao.model.events import BY_NAME
from weibao.model.field_kinds import KEY, Form, Thing
from weibao.model.imported import UNKNOWN
from weibao.model.instant import parse_instant
from weibao.render.words.names import (
    NOT_KNOWN,
    asset_called,
    cause_called,
    check_item_called,
    depot_called,
    part_called,
    person_called,
    severity_called,
    thing_called,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from weibao.language import Language
    from weibao.model.entry import Entry
    from weibao.model.events import Field
    from weibao.model.field_kinds import FieldKind
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
    return Saying(records, words, lambda person: person_called(records, person, words), str)


def entry_facts(kind: str, entry: Entry, saying: Saying) -> Iterator[tuple[Field, str]]:
    """Each key of the event that the entry gives, with its value in words."""
    known = BY_NAME[kind].get(entry.event)
    for field in known.fields if known else ():
        value = entry.data.get(field.key)
        if field.kind is KEY:
            amended = entry.data.get("entry") or {}
            value = field_title(kind, str(amended.get("event", "")), str(value), saying.words)
        if value not in (None, ""):
            yield field, said(kind, field, value, saying)


def field_title(kind: str, event: str, key: str, words: Language) -> str:
    """What people call a key of an event; the key itself where no such event has it."""
    known = BY_NAME.get(kind, {}).get(event)
    for field in known.fields if known else ():
        if field.key == key:
            return words.pick({"zh": field.zh, "en": field.en})
    return key


def said(kind: str, field: Field, value: Any, saying: Saying) -> str:
    """The value of an entry's key as people say it."""
    words = saying.words
    match field.kind.form:
        case Form.CHOICE:
            return words.term(field.kind.name, str(value))
        case Form.ENTRY:
            named = value if field.kind.several else [value]
            told = [_reference(kind, entry, words) for entry in named]
        case Form.IMPACT:
            told = [
                f"{thing_called(saying.records, stated['on'], words)} "
                f"{words.term('impact', stated['state'])}"
                for stated in value
            ]
        case Form.PAPER:
            told = [
                f"{paper['format']} {words.term('paper_language', paper['language'])} "
                f"{paper['sha256'][:12]}"
                for paper in value
            ]
        case Form.ABOUT:
            told = [saying.prose(str(name)) for name in value.values()]
        case _ if isinstance(value, (list, tuple)):
            told = [_called(field.kind, str(item), saying) for item in value]
        case _:
            known = value != UNKNOWN
            return _called(field.kind, str(value), saying) if known else words.text(NOT_KNOWN)
    return words.listing(told)


def _called(kind: FieldKind, value: str, saying: Saying) -> str:
    match kind.form, kind.thing:
        case Form.DAY, _:
            return saying.words.day(date.fromisoformat(value))
        case Form.TIME, _:
            return saying.words.moment(parse_instant(value), saying.records.contract.zone)
        case Form.DIGEST, _:
            return value[:12]
        case _, Thing.PERSON | Thing.CONTACT:
            return saying.person(value)
        case _, Thing() as thing if thing in _CALLED:
            return _CALLED[thing](saying.records, value, saying.words)
        case _:
            return saying.prose(value)


_CALLED: Mapping[Thing, Callable[[Records, str, Language], str]] = {
    Thing.ASSET: asset_called,
    Thing.PART: part_called,
    Thing.DEPOT: depot_called,
    Thing.CAUSE: cause_called,
    Thing.ITEM: check_item_called,
    Thing.SEVERITY: lambda records, level, words: severity_called(records, int(level), words),
}
"""What things are called that have more than their id; of the others that is said as it stands."""


def _reference(kind: str, value: Any, words: Language) -> str:
    """What an entry is named by within its record: its time and its event."""
    written = str(value["at"])[:16].replace("T", " ")
    event = str(value["event"])
    known = BY_NAME[kind].get(event)
    return f"{written} {words.pick({'zh': known.zh, 'en': known.en}) if known else event}"
