"""What was typed for a field, as the record writes it: an entry of a log, serial numbers, a number."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

from weibao.cli.framework.nouns import record_named
from weibao.cli.framework.session import the_one
from weibao.cli.framework.step_options import option_name
from weibao.language import N_, words_for
from weibao.model.events import event_called, event_named
from weibao.model.field_kinds import CONTACT, ITEM, PERSON, SEVERITY, Form, Thing
from weibao.model.impact import IMPACTS
from weibao.model.instant import format_instant
from weibao.model.naming import (
    called,
    severity_named,
    the_named,
    thing_affected,
    word_called,
)
from weibao.model.times.when import parse_day, parse_when
from weibao.model.yaml.scalars import plain_value
from weibao.refusal import UsageRefusal
from weibao.rules.one_record import log_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from zoneinfo import ZoneInfo

    from weibao.model.events import Field
    from weibao.model.field_kinds import FieldKind
    from weibao.model.plan import ChecklistItem
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk

_HEADER_NAMES = {
    "severity": SEVERITY,
    "reported_by": CONTACT,
    "approved_by": CONTACT,
    "intake.received_by": PERSON,
}
"""The keys of a ticket's header that are said as on opening it."""

_RULE = re.compile(r"[A-Z]\d{3}")
_ABOUT = ("ticket", "inspection", "finding", "audit")


def field_values(
    desk: Desk, record_file: RecordFile, event: str, given: dict[str, Any]
) -> dict[str, Any]:
    """What was given for the event's fields, as the record writes it; None where nothing was."""
    fields = event_named(record_file.kind, event).fields
    found = {
        field.key: field_value(desk, record_file, field, given[option_name(field)])
        for field in fields
    }
    if event == "amended" and isinstance(found["value"], str):
        found["value"] = _corrected(desk, record_file, found)
    return found


def _corrected(desk: Desk, record_file: RecordFile, said: Mapping[str, Any]) -> Any:
    """The value of a correction as people say it, where the field that it corrects names something; times are read later."""
    key, value, entry = said["field"], said["value"], said["entry"]
    if entry:
        fields = event_named(record_file.kind, entry["event"]).fields
        corrected = next((field for field in fields if field.key == key), None)
        return field_value(desk, record_file, corrected, value) if corrected else value
    return _named(desk, record_file, _HEADER_NAMES[key], value) if key in _HEADER_NAMES else value


def field_value(desk: Desk, record_file: RecordFile, field: Field, given: Any) -> Any:
    """What was given for a field, as the record writes it; None where nothing was."""
    if not given:
        return None
    match field.kind.form:
        case Form.MEASURED:
            return _measured(given)
        case Form.SERIAL if field.kind.several:
            return _serials_named(given)
        case Form.SERIAL:
            return unicodedata.normalize("NFKC", given).strip()
        case _:
            return named_value(desk, record_file, field, given)


def named_value(desk: Desk, record_file: RecordFile, field: Field, given: Any) -> Any:
    """The value of a field whose words name a record or an entry; every other as it is."""
    if not field.kind.several:
        return _named(desk, record_file, field.kind, given)
    several = isinstance(given, (list, tuple))
    if not several:
        return given
    named = (said for said in given if said or not field.kind.none_is_said)
    return [_named(desk, record_file, field.kind, said) for said in named]


def _named(desk: Desk, record_file: RecordFile, kind: FieldKind, said: Any) -> Any:
    if not isinstance(said, str):
        return said
    if kind.thing is Thing.SEVERITY:
        return severity_named(desk.records, said)
    match kind.form:
        case Form.RECORD:
            value: Any = record_named(desk, kind.name.removesuffix("s"), said)
        case Form.ENTRY:
            value = _entry_named(said, record_file, desk.records.contract.zone)
        case Form.IMPACT:
            value = impact_named(desk, said)
        case Form.ABOUT:
            value = _about_named(said, desk)
        case Form.CHOICE:
            value = word_called(kind, said)
        case Form.DAY:
            value = parse_day(said, desk.here).isoformat()
        case Form.TIME:
            value = format_instant(parse_when(said, desk.here), desk.records.contract.zone)
        case Form.DIGEST:
            value = unicodedata.normalize("NFKC", said).strip()
        case _:
            value = called(desk.records, kind, said)
    return value


def _measured(given: str) -> float | str:
    """A number where it reads as one, else what was seen, in words."""
    value = plain_value(given)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else given


def _entry_named(text: str, record_file: RecordFile, zone: ZoneInfo) -> dict[str, str]:
    """The entry that ``acknowledged``, or ``TIME/acknowledged`` names, as records refer to it.

    Its event may be called as its command is, or as people read it: ack, 响应.
    """
    at, _, named = unicodedata.normalize("NFKC", text).strip().rpartition("/")
    event = event_called(record_file.kind, named)
    log = log_of(record_file)
    found = [
        entry
        for entry in log
        if entry.event == event and at in {"", format_instant(entry.at, zone)}
    ]
    if len(found) != 1:
        raise UsageRefusal(
            N_("“{text}” does not name one entry of {record}."),
            mend=N_("Write its event, or its time and event: {example}"),
            text=text,
            record=record_file.path.rpartition("/")[2].removesuffix(".yaml"),
            example=f"{format_instant(log[0].at, zone)}/{log[0].event}",
        )
    return {"at": format_instant(found[0].at, zone), "event": event}


def _serials_named(given: Iterable[str]) -> list[str]:
    """Serial numbers, given one by one or several with commas between; "" is none at all."""
    from weibao.model.field_note import parts_of

    return [serial for text in given for serial in parts_of(unicodedata.normalize("NFKC", text))]


def impact_named(desk: Desk, text: str) -> dict[str, str]:
    """What is lost of a thing: ``core-sw-01=outage``, or 核心交换机 1＝中断."""
    plain = unicodedata.normalize("NFKC", text)
    thing, equals, said = (part.strip() for part in plain.partition("="))
    state = next((word for word in IMPACTS if said in {word, *words_for("impact", word)}), "")
    if not equals or not state:
        raise UsageRefusal(
            N_("“{text}” does not say what is lost of what."),
            mend=N_("Write the id of an asset or a service, and how much is lost: {example}"),
            text=text,
            example=" | ".join(f"{thing or 'core-sw-01'}={word}" for word in IMPACTS),
        )
    return {"on": thing_affected(desk.records, thing), "state": state}


def _about_named(text: str, desk: Desk) -> dict[str, str]:
    """What a corrective action is about: ``ticket:7K3Q9M``, ``finding:O401``, ``audit:2026-11``.

    The end of a ticket's or an inspection's id, or a rule's code, is enough where it stands alone.
    """
    text = unicodedata.normalize("NFKC", text).strip()
    kind, colon, name = text.partition(":")
    if colon and kind in _ABOUT:
        known = kind in {"ticket", "inspection"}
        return {kind: record_named(desk, kind, name.strip()) if known else name.strip()}
    if _RULE.fullmatch(text):
        return {"finding": text}
    ids = desk.ticket_ids | desk.inspection_ids
    found = the_one(text, ids, listed_by=("weibao ticket list", "weibao inspection list"))
    return {"ticket" if found in desk.ticket_ids else "inspection": found}


def item_named(desk: Desk, record_file: RecordFile, text: str) -> ChecklistItem | None:
    """The item of the round's checklists; None where it has none, and anything may be looked at.

    Raises:
        Refusal: it has checklists, and none or several of their items are called so.
    """
    from weibao.operations.checklist import items_of

    items = items_of(desk.records.plan, record_file.value.plan)
    names = {item: tuple(items[item].names.values()) for item in items}
    return items[the_named(text, names, ITEM)] if items else None
