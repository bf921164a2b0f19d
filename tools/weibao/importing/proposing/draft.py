"""What a register's columns become, by what they are called; or by a ready mapping of the program that wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weibao.importing.proposing.synonyms import (
    CANCELLED,
    CLOSED,
    COLUMNS,
    RESOLVED,
    SERIAL_COLUMNS,
)
from weibao.importing.telephones import is_telephone_column
from weibao.model.imported import UNKNOWN
from weibao.model.naming import folded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from weibao.importing.proposing.table import ProposedTable

SPLIT = "[、，,/\n]"
_STEPS = ("acknowledged", "arrived", "restored", "resolved")
_REPORTED = "reported_at"


def columns_of(table: ProposedTable) -> dict[str, str]:
    """By what of a ticket they are, the columns of a sheet, each of one thing alone."""
    found: dict[str, str] = {}
    for key, words in COLUMNS.items():
        column = table.column(words, but=tuple(found.values())) if key else ""
        if column:
            found[key] = column
    return found


def drafted_fields(columns: Mapping[str, str]) -> dict[str, Any]:
    """The header's fields, whose words nobody has looked at yet."""
    fields: dict[str, Any] = {"title": {"column": columns["title"]}}
    for key in ("kind", "severity"):
        if key in columns:
            fields[key] = {"column": columns[key]}
    clock = {"time": columns["reported_at.time"]} if "reported_at.time" in columns else {}
    fields[_REPORTED] = {"column": columns[_REPORTED], **clock}
    for key, more in (
        ("reported_by", {"names_of": "contacts", "else": "keep"}),
        ("intake.channel", {}),
        ("intake.received_by", {"names_of": "staff", "else": UNKNOWN}),
        ("assets", {"split": SPLIT, "names_of": "assets", "else": "keep"}),
        ("description", {}),
    ):
        if key in columns:
            fields[key] = {"column": columns[key], **more}
    return fields


def drafted_events(
    columns: Mapping[str, str], outcomes: Mapping[str, list[str]]
) -> list[dict[str, Any]]:
    """The steps that the columns tell; ``outcomes`` are the words of a status by what became of the ticket."""
    by = {"by": {"column": columns["by"], "names_of": "staff"}} if "by" in columns else {}
    status = columns.get("status", "")
    events: list[dict[str, Any]] = []
    for event in _STEPS:
        if event in columns:
            step = {"event": event, "at": {"column": columns[event], "after": _REPORTED}, **by}
            events.append(step)
    told = [step["event"] for step in events]
    said = {
        key: {"column": columns[key], "blank": UNKNOWN}
        for key in ("cause", "action")
        if key in columns
    }
    done = [*outcomes[RESOLVED], *outcomes[CLOSED]] if status else []
    when = {"when": {"column": status, "is": done}} if done else {}
    if "restored" in told:
        arrived = columns.get("arrived")
        mode = {"if": arrived, "then": "on_site", "else": UNKNOWN} if arrived else UNKNOWN
        events[told.index("restored")] |= {"mode": mode}
    if "resolved" in told:
        same = {"mode": "same_as restored"} if "restored" in told else {}
        events[told.index("resolved")] |= {**when, **same, **said}
    elif "restored" in told or done:
        same = {"mode": "same_as restored"} if "restored" in told else {}
        events.append({"event": "resolved", "at": UNKNOWN, **when, **same, **said})
    if status and outcomes[CLOSED]:
        at = {"column": columns["closed"], "after": _REPORTED} if "closed" in columns else UNKNOWN
        is_closed = {"column": status, "is": outcomes[CLOSED]}
        events.append({"event": "closed", "at": at, "when": is_closed})
    elif "closed" in columns and not status:
        events.append({"event": "closed", "at": {"column": columns["closed"], "after": _REPORTED}})
    if status and outcomes[CANCELLED]:
        is_cancelled = {"column": status, "is": outcomes[CANCELLED]}
        events.append(
            {
                "event": "cancelled",
                "at": UNKNOWN,
                "when": is_cancelled,
                "reason": {"column": status},
            }
        )
    return events


def kept_columns(table: ProposedTable, columns: Mapping[str, str]) -> list[str]:
    """The columns that stay as they are: those that become nothing, and those whose words are only counted."""
    lossy = {columns[key] for key in ("severity", "status") if key in columns}
    read = set(columns.values()) - lossy
    counted = {folded(word) for word in SERIAL_COLUMNS}
    return [
        name
        for name in table.names
        if name not in read
        and not is_telephone_column(name)
        and folded(name) not in counted
        and any(True for _ in table.cells(name))
    ]


def fits(ready: Mapping[str, Any], table: ProposedTable) -> bool:
    """Whether a ready mapping is of this header: what every ticket must have is there, and half of all that it reads."""
    there = {folded(name) for name in table.names}
    fields = ready["fields"]
    needed = {ready["number"]["column"], fields["title"]["column"], fields[_REPORTED]["column"]}
    named = columns_named_in(ready)
    return {folded(name) for name in needed} <= there and 2 * sum(
        folded(name) in there for name in named
    ) >= len(named)


def without_absent(ready: Mapping[str, Any], table: ProposedTable) -> dict[str, Any]:
    """A ready mapping without what reads columns that an export left out."""
    there = {folded(name) for name in table.names}

    def stands(value: Any) -> bool:
        return all(folded(name) in there for name in columns_named_in(value))

    return {
        **ready,
        "fields": {key: told for key, told in ready["fields"].items() if stands(told)},
        "events": [event for event in map(_without_by(stands), ready["events"]) if stands(event)],
        "keep": [name for name in ready.get("keep", ()) if folded(name) in there],
    }


def _without_by(stands: Any) -> Any:
    def standing(event: Mapping[str, Any]) -> dict[str, Any]:
        return {key: told for key, told in event.items() if key in {"at", "when"} or stands(told)}

    return standing


def columns_named_in(value: Any) -> set[str]:
    """The columns that a part of a mapping names."""
    if isinstance(value, dict):
        own = {value[key] for key in ("column", "time", "duration", "if") if key in value}
        return own.union(*(columns_named_in(inner) for inner in value.values())) | set(
            value.get("keep", ())
        )
    if isinstance(value, list):
        return set().union(*map(columns_named_in, value))
    return set()
