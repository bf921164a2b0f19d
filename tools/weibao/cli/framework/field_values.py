"""What was typed for a field, as the record writes it: an entry of a log, serial numbers, a number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from weibao.cli.framework.nouns import record_named
from weibao.cli.framework.session import the_one
from weibao.cli.framework.step_options import option_name
from weibao.language import N_
from weibao.model.events import event_named
from weibao.model.field_kinds import Form
from weibao.model.impact import IMPACTS
from weibao.model.instant import format_instant
from weibao.model.yaml.scalars import plain_value
from weibao.operations.checklist import items_of
from weibao.refusal import UsageRefusal
from weibao.rules.one_record import log_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from weibao.model.events import Field
    from weibao.model.field_kinds import FieldKind
    from weibao.model.plan import ChecklistItem
    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk

_RULE = re.compile(r"[A-Z]\d{3}")
_ABOUT = ("ticket", "inspection", "finding", "audit")


def field_values(
    desk: Desk, record_file: RecordFile, event: str, given: dict[str, Any]
) -> dict[str, Any]:
    """What was given for the event's fields, as the record writes it; None where nothing was."""
    fields = event_named(record_file.kind, event).fields
    return {
        field.key: field_value(desk, record_file, field, given[option_name(field)])
        for field in fields
    }


def field_value(desk: Desk, record_file: RecordFile, field: Field, given: Any) -> Any:
    """What was given for a field, as the record writes it; None where nothing was."""
    if not given:
        return None
    match field.kind.form:
        case Form.MEASURED:
            return _measured(given)
        case Form.SERIAL if field.kind.several:
            return _serials_named(given)
        case _:
            return named_value(desk, record_file, field, given)


def named_value(desk: Desk, record_file: RecordFile, field: Field, given: Any) -> Any:
    """The value of a field whose words name a record or an entry; every other as it is."""
    if not field.kind.several:
        return _named(desk, record_file, field.kind, given)
    several = isinstance(given, (list, tuple))
    return [_named(desk, record_file, field.kind, said) for said in given] if several else given


def _named(desk: Desk, record_file: RecordFile, kind: FieldKind, said: Any) -> Any:
    match kind.form, said:
        case Form.RECORD, str():
            return record_named(desk, kind.name, said)
        case Form.ENTRY, str():
            return _entry_named(said, record_file, desk.records.contract.zone)
        case Form.IMPACT, str():
            return impact_named(said)
        case Form.ABOUT, str():
            return _about_named(said, desk)
        case _:
            return said


def _measured(given: str) -> float | str:
    """A number where it reads as one, else what was seen, in words."""
    value = plain_value(given)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else given


def _entry_named(text: str, record_file: RecordFile, zone: ZoneInfo) -> dict[str, str]:
    """The entry that ``acknowledged``, or ``TIME/acknowledged`` names, as records refer to it."""
    at, _, event = text.rpartition("/")
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
    return [serial.strip() for text in given for serial in text.split(",") if serial.strip()]


def impact_named(text: str) -> dict[str, str]:
    """What is lost of a thing: ``core-sw-01=outage``."""
    thing, equals, state = (part.strip() for part in text.partition("="))
    if not equals or state not in IMPACTS:
        raise UsageRefusal(
            N_("“{text}” does not say what is lost of what."),
            mend=N_("Write the id of an asset or a service, and how much is lost: {example}"),
            text=text,
            example=" | ".join(f"{thing or 'core-sw-01'}={word}" for word in IMPACTS),
        )
    return {"on": thing, "state": state}


def _about_named(text: str, desk: Desk) -> dict[str, str]:
    """What a corrective action is about: ``ticket:7K3Q9M``, ``finding:O401``, ``audit:2026-11``.

    The end of a ticket's or an inspection's id, or a rule's code, is enough where it stands alone.
    """
    kind, colon, name = text.partition(":")
    if colon and kind in _ABOUT:
        known = kind in {"ticket", "inspection"}
        return {kind: record_named(desk, kind, name.strip()) if known else name.strip()}
    if _RULE.fullmatch(text):
        return {"finding": text}
    ids = desk.ticket_ids | desk.inspection_ids
    found = the_one(text, ids, listed_by=("weibao ticket list", "weibao inspection list"))
    return {"ticket" if found in desk.ticket_ids else "inspection": found}


def item_named(desk: Desk, record_file: RecordFile, name: str) -> ChecklistItem | None:
    """The item of the round's checklists; None where it has none, and anything may be looked at.

    Raises:
        Refusal: it has checklists, and this is on none of them.
    """
    items = items_of(desk.records.plan, record_file.value.plan)
    if items and name not in items:
        raise UsageRefusal(
            N_("“{item}” is on no checklist of {plan}."),
            mend=N_("It has: {known}."),
            item=name,
            plan=record_file.value.plan,
            known=tuple(items),
        )
    return items.get(name)
