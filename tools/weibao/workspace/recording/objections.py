"""What a command refuses although a record may hold it: slips that whoever types can still mend.

The rules judge what is recorded, and let stand what an honest record may have. These judge a step that
the rules allow, before it is written.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model.amendments import fits, fitting, may_be_amended
from weibao.model.events import event_named
from weibao.model.instant import format_instant, local_day, parse_instant
from weibao.model.schema.files import schema_named
from weibao.model.times.when import Tense, parse_when
from weibao.operations.windows import WORKING
from weibao.refusal import UsageRefusal
from weibao.rules.one_record import log_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from weibao.model.records import RecordFile
    from weibao.workspace.recording.clone import Desk

PROVIDERS = WORKING | {"acknowledged", "left", "checked"}
"""The steps that only the provider's people do; the customer's contacts do others, or sign for these."""

_ENTRY = ("note", "internal")


def require_sensible(desk: Desk, record_file: RecordFile, entry: Mapping[str, Any]) -> None:
    """Refuse an entry, lawful in itself, that cannot be meant so; ``one`` is the record before it.

    Raises:
        Refusal: it says what is wrong, and what there is instead.
    """
    _by_the_provider(desk, entry)
    if event_named(record_file.kind, entry["event"]).noted:
        _noted(entry)
    if objection := _OBJECTIONS.get((record_file.kind, entry["event"])):
        objection(desk, record_file, entry)


def _by_the_provider(desk: Desk, entry: Mapping[str, Any]) -> None:
    by = entry["by"]
    staff = desk.records.staff.people
    if entry["event"] in PROVIDERS and by not in staff and by in desk.records.contract.contacts:
        raise UsageRefusal(
            N_("{contact} is the customer's contact, and this step is the provider's."),
            mend=N_("Say who of the staff did it: --by PERSON"),
            contact=by,
        )


def _noted(entry: Mapping[str, Any]) -> None:
    if not entry.get("note"):
        raise UsageRefusal(
            N_("An update tells the customer something, and this one says nothing."),
            mend=N_("Say what is new: --note TEXT"),
        )


def _no_such_rung(desk: Desk, _one: RecordFile, entry: Mapping[str, Any]) -> None:
    rungs = [rung.level for rung in desk.records.contract.ladder]
    if rungs and entry["level"] not in rungs:
        raise UsageRefusal(
            N_("The contract's ladder has no level {level}."),
            mend=N_("It has: {known}."),
            level=entry["level"],
            known=tuple(sorted(rungs)),
        )


def _attached_before(desk: Desk, record_file: RecordFile, entry: Mapping[str, Any]) -> None:
    for earlier in log_of(record_file):
        if earlier.event == "attached" and earlier.data["sha256"] == entry["sha256"]:
            raise UsageRefusal(
                N_("The ticket has this file already, by {person}: {entry}"),
                mend=N_("Attach another file, or say what is new: weibao ticket update"),
                person=earlier.by,
                entry=f"{format_instant(earlier.at, desk.records.contract.zone)}/attached",
            )


def _issued_already(_desk: Desk, record_file: RecordFile, entry: Mapping[str, Any]) -> None:
    """Refuse a version that says nothing that the one before does not."""
    version, changed = 0, True
    for earlier in log_of(record_file):
        if earlier.data.get("report", "monthly") != entry["report"]:
            continue
        if earlier.event == "issued":
            version, changed = version + 1, False
        changed = changed or earlier.event in {"remarked", "revised"}
    if not changed:
        raise UsageRefusal(
            N_("Version {version} of this report was issued, and nothing was added to it since."),
            mend=N_(
                "What is to be said otherwise makes another version: weibao report revise, weibao report remark"
            ),
            version=version,
        )


def amended_as_typed(
    desk: Desk, record_file: RecordFile, entry: Mapping[str, Any]
) -> Mapping[str, Any]:
    """A correction with its value as the field that it corrects writes it, a time as people say it.

    Raises:
        Refusal: there is no such field, or it is never corrected; or it holds a time, and this is none.
    """
    _no_such_key(record_file, entry)
    named, value = entry.get("entry"), entry.get("value")
    if not isinstance(value, str) or record_file.document is None:
        return entry
    about = (parse_instant(named["at"]), named["event"]) if named else None
    kind, data, field = record_file.kind, record_file.document.data, entry["field"]
    zone = desk.records.contract.zone
    typed = fitting(kind, data, about, field, value)
    holds_a_time = fits(kind, data, about, field, format_instant(desk.now, zone))
    if holds_a_time and not fits(kind, data, about, field, typed):
        tense = Tense.PLANNED if field.startswith("window.") else Tense.PAST
        typed = format_instant(parse_when(value, desk.here, tense), zone)
    return {**entry, "value": typed}


def _no_such_key(record_file: RecordFile, entry: Mapping[str, Any]) -> None:
    field, meant = entry["field"], entry.get("entry")
    known = (
        _entry_keys(record_file.kind, meant["event"])
        if meant
        else tuple(_header_keys(record_file.kind))
    )
    if field in known:
        return
    having = [step.event for step in log_of(record_file) if field in step.data]
    raise UsageRefusal(
        N_("“{event}” has no key “{field}”.") if meant else N_("The header has no key “{field}”."),
        mend=N_("It is a key of an entry: --entry {entry}")
        if having and not meant
        else N_("It has: {known}."),
        event=meant["event"] if meant else "",
        field=field,
        entry=having[-1] if having else "",
        known=known,
    )


def _entry_keys(kind: str, event: str) -> tuple[str, ...]:
    keys = (*_ENTRY, *(field.key for field in event_named(kind, event).fields))
    return tuple(key for key in keys if may_be_amended(key, event))


def _header_keys(kind: str) -> Iterator[str]:
    """The keys of the header, those of its parts with dots, as an amendment names them."""
    for key, schema in schema_named(kind)["properties"].items():
        if may_be_amended(key):
            yield key
            yield from (f"{key}.{nested}" for nested in schema.get("properties", ()))


def _due_before_it_was_raised(desk: Desk, _one: RecordFile, entry: Mapping[str, Any]) -> None:
    day = local_day(parse_instant(entry["at"]), desk.records.contract.zone)
    if date.fromisoformat(entry["due"]) < day:
        raise UsageRefusal(
            N_("It would be due on {due}, before the day on which it is raised, {day}."),
            mend=N_("Name a day to come: --due {day}"),
            due=entry["due"],
            day=day.isoformat(),
        )


def _own_shift(_desk: Desk, record_file: RecordFile, entry: Mapping[str, Any]) -> None:
    log = log_of(record_file)
    given = log[0]
    again = any((step.event, step.by) == ("taken_over", entry["by"]) for step in log)
    if again and not entry.get("note"):
        raise UsageRefusal(
            N_("{person} has taken this shift over already."),
            mend=N_(
                "See it: weibao shift show {shift}. If somebody else recorded it for you, say that: --note TEXT"
            ),
            person=entry["by"],
            shift=record_file.value.id,
        )
    if entry["by"] == given.by:
        raise UsageRefusal(
            N_("{person} handed this shift over, and cannot take it over as well."),
            mend=N_("Whoever has the duty now takes it over, under their own name."),
            person=given.by,
        )


def _not_issued(desk: Desk, record_file: RecordFile, entry: Mapping[str, Any]) -> None:
    # What becomes of parts is read only where one is named.
    from weibao.workspace.recording.serial_objections import require_issued

    require_issued(desk, record_file, entry)


def _checked_otherwise(desk: Desk, record_file: RecordFile, entry: Mapping[str, Any]) -> None:
    from weibao.workspace.recording.check_objections import check_objections

    check_objections(desk, record_file, entry)


_OBJECTIONS: dict[tuple[str, str], Callable[[Desk, RecordFile, Mapping[str, Any]], None]] = {
    ("ticket", "escalated"): _no_such_rung,
    ("ticket", "attached"): _attached_before,
    ("report", "issued"): _issued_already,
    ("ticket", "part_replaced"): _not_issued,
    ("inspection", "checked"): _checked_otherwise,
    ("shift", "taken_over"): _own_shift,
    ("actions", "raised"): _due_before_it_was_raised,
}
