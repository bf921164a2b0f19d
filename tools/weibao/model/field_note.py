"""What an engineer noted away from the desk: one step, in the words of the record format.

It may come out of a form on a forge or a text in a group chat, so that every value is text until the
kind of its field has read it, and all that is missing or wrong is said at once.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.language import N_
from weibao.model import field_kinds as kinds
from weibao.model.events import BY_NAME, Field
from weibao.model.field_kinds import Form
from weibao.model.ids import KINDS, RECORD_ID, make_id, number_out_of
from weibao.model.instant import local_day, parse_instant
from weibao.model.printing import flow_text
from weibao.model.schema.validation import is_a, meaning
from weibao.refusal import Refusal, SeveralRefused, UsageRefusal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from zoneinfo import ZoneInfo

    from weibao.model.events import Event, State
    from weibao.model.field_kinds import FieldKind

OPENED = "opened"
OPENING = (
    Field("title", kinds.LINE, "标题", "Title"),
    Field("kind", kinds.TICKET_KIND, "种类", "Kind"),
    Field("severity", kinds.SEVERITY, "级别", "Severity", required=False),
    Field("reported_by", kinds.CONTACT, "报告人", "Reported by"),
    Field("reported_at", kinds.TIME, "报告时间", "Reported at", required=False),
    Field("channel", kinds.CHANNEL, "渠道", "Channel", required=False),
    Field("received_by", kinds.PERSON, "接收人", "Received by", required=False),
    Field("assets", kinds.ASSETS, "设备", "Equipment", required=False),
    Field("description", kinds.TEXT, "说明", "Description", required=False),
)
"""What opens a ticket: the keys of its header, which has no id yet."""
REFERRING = frozenset({Form.SCALAR, Form.ENTRY, Form.PAPER})
"""What can be told only with the record before one's eyes: an event that has such a field is of the desk."""
NOTED_OF = ("ticket", "inspection")
"""The kinds of record whose steps may be noted."""

ON_SITE = (
    "acknowledged",
    "arrived",
    "updated",
    "part_requested",
    "part_arrived",
    "part_replaced",
    "restored",
    "resolved",
    "left",
    "paused",
    "resumed",
    "referred",
)
"""What an engineer notes in a machine room, in the order in which it mostly comes."""

EVENT = Field("event", kinds.KEY, "步骤", "Step")
AT = Field("at", kinds.TIME, "时间", "Time")
BY = Field("by", kinds.PERSON, "执行人", "Done by")
NOTE = Field("note", kinds.TEXT, "备注", "Note", required=False)
"""What every note says, besides what its event has."""
_COMMAS = re.compile(r"[,，、;；\n]")


@dataclass(frozen=True, slots=True)
class FieldNote:
    """A step as it was noted, every value as a record writes it.

    Attributes:
        record: the id of the ticket or inspection; "" of a ticket that is to be opened.
        event: its name in the table of events.
        at: RFC 3339, by the clock of whoever noted it.
        by: the id of the person who did it, which is a claim.
        fields: those of the event, or :data:`OPENING`.
        note: "" where there is none.
    """

    record: str
    event: str
    at: str
    by: str
    fields: Mapping[str, Any]
    note: str = ""

    @classmethod
    def parsed(cls, said: Mapping[str, object]) -> FieldNote:
        """The note that was written by hand; keys are ``ticket`` (or ``record``), ``event``, ``at``, ``by``, ``note`` and the event's.

        Texts that are empty count as not given; numbers and lists may come as texts.

        Raises:
            SeveralRefused: all that is missing, unknown or wrong.
        """
        given = {key: _text(value) for key, value in said.items()}
        given = {key: value for key, value in given.items() if value != ""}
        record = given.pop("record", "") or given.pop("ticket", "")
        record = record.upper() if isinstance(record, str) else record
        event = given.get("event", "")
        faults = list(_record_faults(record, event))
        kind = KINDS.get(str(record)[:1], "ticket")
        own = fields_of(kind, str(event)) if isinstance(event, str) else None
        if event and own is None:
            faults.append(_no_such_step(str(event), kind))
        fields = (EVENT, AT, BY, *(own or ()), NOTE)
        values: dict[str, Any] = {}
        for field in fields:
            if field.key not in given:
                if field.required:
                    faults.append(_missing(field))
                continue
            try:
                values[field.key] = read_value(field, given[field.key])
            except Refusal as refusal:
                faults.append(refusal)
        if own is not None:
            known = {field.key for field in fields}
            faults += [_unknown(key, event) for key in given if key not in known]
        if faults:
            raise SeveralRefused(N_("The note cannot be recorded as it is."), tuple(faults))
        first = {key: values.pop(key) for key in ("event", "at", "by")}
        return cls(str(record), **first, note=values.pop("note", ""), fields=values)

    @property
    def kind(self) -> str:
        """Of the record: ``ticket`` or ``inspection``."""
        return KINDS.get(self.record[:1], "ticket")

    def entry(self) -> dict[str, Any]:
        """The note as an entry of a log."""
        entry = {"at": self.at, "event": self.event, "by": self.by}
        if self.event != OPENED:
            entry |= self.fields
        return entry | ({"note": self.note} if self.note else {})

    def ticket_id(self, zone: ZoneInfo) -> str:
        """The id of the ticket that the note opens: the same for the same note, so that it opens one."""
        said = flow_text({**self.entry(), "fields": dict(sorted(self.fields.items()))})
        return make_id("T", local_day(parse_instant(self.reported_at), zone), number_out_of(said))

    @property
    def reported_at(self) -> str:
        """When the customer reported what the note opens a ticket for."""
        return str(self.fields.get("reported_at", self.at))


def fields_of(kind: str, event: str) -> tuple[Field, ...] | None:
    """The fields that a note of this event has; None where it is no step, or one of the desk."""
    if (kind, event) == ("ticket", OPENED):
        return OPENING
    row = BY_NAME[kind].get(event) if kind in NOTED_OF else None
    if row is None or any(field.kind.form in REFERRING for field in row.fields if field.required):
        return None
    return tuple(field for field in row.fields if field.kind.form not in REFERRING)


def steps_noted(kind: str) -> tuple[str, ...]:
    """The events of a kind of record that may be noted, in the order of their table."""
    return tuple(name for name in BY_NAME[kind] if fields_of(kind, name) is not None)


def steps_on_site(state: State) -> tuple[Event, ...]:
    """What an engineer may note of a ticket that stands so."""
    return tuple(
        BY_NAME["ticket"][name] for name in ON_SITE if state in BY_NAME["ticket"][name].after
    )


def read_value(field: Field, given: object) -> Any:
    """What was written for a field, as the record writes it.

    Raises:
        UsageRefusal: it is nothing that the field may be.
    """
    kind = field.kind
    value: Any = given
    if isinstance(given, str):
        value = _read(field, given)
    if _fits(kind, value):
        return value
    if kind.choices:
        raise UsageRefusal(
            N_("{key} ({name}): “{found}” is none of the words for it."),
            mend=N_("There are: {known}."),
            known=kind.choices,
            **_named(field, given),
        )
    raise UsageRefusal(
        N_("{key} ({name}): “{found}” cannot be read."),
        mend=N_("It is: {meaning}"),
        meaning=meaning(_definition(kind)),
        **_named(field, given),
    )


def whole_number(text: str) -> int | None:
    """The number that a few digits are; None for anything else."""
    return int(text) if text.isdecimal() and len(text) < 12 else None


def parts_of(text: str) -> list[str]:
    """Several values that were written with commas of any width between, or a line each."""
    return [part.strip() for part in _COMMAS.split(text) if part.strip()]


def _fits(kind: FieldKind, value: Any) -> bool:
    if kind.choices:
        return value in kind.choices
    definition = _definition(kind)
    if definition == kind.defined_as:
        return is_a(definition, value)
    parts = value if isinstance(value, list) else ()
    return (
        bool(parts)
        and len(set(parts)) == len(parts)
        and all(is_a(definition, part) for part in parts)
    )


def _definition(kind: FieldKind) -> str:
    """What defines a value of this kind; of equipment, each piece of it."""
    return kinds.ASSET.defined_as if kind is kinds.ASSETS else kind.defined_as


def _read(field: Field, text: str) -> Any:
    kind = field.kind
    plain = unicodedata.normalize("NFKC", text).strip()
    parts = parts_of(plain)
    match kind.form:
        case Form.IMPACT:
            pairs = (part.partition("=") for part in parts)
            return [{"on": on.strip(), "state": state.strip()} for on, _, state in pairs]
        case _ if kind.several:
            return parts
        case Form.NUMBER:
            number = whole_number(plain)
            return text if number is None else number
        case Form.MEASURED:
            return _number(plain) if re.fullmatch(r"-?\d{1,15}(\.\d{1,15})?", plain) else text
        case Form.WORDS if kind.thing is None:
            return text
        case _:
            return plain


def _number(text: str) -> float:
    return float(text) if "." in text else int(text)


def _text(value: object) -> Any:
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value


def _record_faults(record: object, event: object) -> Iterator[Refusal]:
    if event == OPENED:
        if record:
            yield UsageRefusal(
                N_("A ticket that is to be opened has no id yet, and the note names {record}."),
                mend=N_("Leave it out, or note another step of that ticket."),
                record=record,
            )
    elif not record:
        yield UsageRefusal(N_("The note does not say of which ticket it is."))
    elif not RECORD_ID.fullmatch(str(record)) or KINDS[str(record)[0]] not in NOTED_OF:
        yield UsageRefusal(
            N_("“{record}” is no ticket's or inspection's id."),
            mend=N_("Write it whole, as in {example}"),
            record=record,
            example="T20261123-7K3Q9M",
        )


def _no_such_step(event: str, kind: str) -> Refusal:
    if kind in NOTED_OF and event in BY_NAME[kind]:
        return UsageRefusal(
            N_("The step “{event}” is recorded at the desk: it refers to what the record says."),
            mend=N_("Ask whoever is at the desk, or note an update."),
            event=event,
        )
    return UsageRefusal(
        N_("There is no step “{event}”."),
        mend=N_("There are: {known}."),
        event=event,
        known=steps_noted(kind) if kind in NOTED_OF else (),
    )


def _missing(field: Field) -> Refusal:
    return UsageRefusal(N_("{key} ({name}) is missing."), mend="", **_named(field, ""))


def _unknown(key: str, event: object) -> Refusal:
    return UsageRefusal(N_("The step “{event}” has no “{key}”."), event=event, key=key)


def _named(field: Field, found: object) -> dict[str, object]:
    return {"key": field.key, "name": {"zh": field.zh, "en": field.en}, "found": found}
