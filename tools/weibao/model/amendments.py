"""Amendments: what the log of a record corrects in the record itself.

A record as it is read has its corrections in it, so that no view can show what was mistyped. What stands
in the file is in its document alone, out of which a record can be read with some of them left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from weibao.model.entry import Amendment
from weibao.model.instant import parse_instant
from weibao.model.schema.validation import accepts
from weibao.model.timeline import timeline
from weibao.model.yaml.scalars import plain_value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from weibao.model.entry import Entry
    from weibao.model.inspection import Inspection
    from weibao.model.instant import Instant
    from weibao.model.shift import Shift
    from weibao.model.ticket import Ticket
    from weibao.model.yaml.document import Keys

NEVER_AMENDED = frozenset({"id", "kind", "log", "imported", "at", "precision", "event", "by"})
"""What a record and an entry are known by, and what an old register says: another value would make another of them."""

_SIGNED_OR_SEALED = {
    "amended": frozenset({"entry", "field", "value", "reason"}),
    "countersigned": frozenset({"entries", "contact"}),
    "attached": frozenset({"file", "sha256"}),
}
"""A correction is corrected by a later one, nobody else says what was signed, and a file is what it is."""


def every(_entry: Entry) -> bool:
    """Lets each correction count."""
    return True


@dataclass(frozen=True, slots=True)
class Corrected:
    """The data of a record with the corrections that were ``made``; those ``unfit`` could not be."""

    data: Mapping[str, Any]
    made: tuple[Amendment, ...] = ()
    unfit: tuple[Amendment, ...] = ()


def corrected(
    kind: str,
    data: Mapping[str, Any],
    log: Sequence[Entry],
    keep: Callable[[Entry], bool],
) -> Corrected:
    """A record's data with what its log corrects in it, in the order of the claims: a merge chooses that of the lines.

    Of those that ``keep`` lets count, the ones that leave a record which the schema of its kind
    accepts: each value is held to what its field may be. A correction of an entry that there is not
    is told by itself, and is neither.
    """
    amending = timeline(entry for entry in log if entry.event == "amended" and keep(entry))
    made: list[Amendment] = []
    unfit: list[Amendment] = []
    references = {entry.reference for entry in log} if amending else set()
    for entry in amending:
        named = entry.data.get("entry")
        about = (parse_instant(named["at"]), named["event"]) if named else None
        if about is not None and about not in references:
            continue
        key, value = entry.data["field"], entry.data["value"]
        before = _value(data, about, key)
        amendment = Amendment(entry, about, key, value, before, entry.data["reason"])
        if fits(kind, data, about, key, value):
            made.append(amendment)
            data = _with(data, about, key, value)
            if (about, key) == (None, "reported_at") and "imported" in data:
                exactly = {
                    name: said for name, said in data["imported"].items() if name != "precision"
                }
                data = {**data, "imported": exactly}  # who corrects a time says it exactly
        else:
            unfit.append(amendment)
    return Corrected(data, tuple(made), tuple(unfit))


def fitting(
    kind: str, data: Mapping[str, Any], about: tuple[Instant, str] | None, key: str, text: str
) -> Any:
    """What was typed for a corrected value, as its field writes it; as it is where nothing fits."""
    several = [part.strip() for part in text.split(",")]
    impact = [dict(zip(("on", "state"), part.split("="), strict=False)) for part in several]
    readings: tuple[Any, ...] = (plain_value(text), text, several, impact)
    return next((value for value in readings if fits(kind, data, about, key, value)), text)


def may_be_amended(key: str, event: str = "") -> bool:
    """Whether a key of an entry of an event, or of the header, is ever corrected."""
    first = key.partition(".")[0]
    return first not in NEVER_AMENDED and first not in _SIGNED_OR_SEALED.get(event, ())


def fits(
    kind: str, data: Mapping[str, Any], about: tuple[Instant, str] | None, key: str, value: Any
) -> bool:
    """Whether a key of the entry ``about``, or of the header, may be corrected to a value."""
    known = may_be_amended(key, about[1] if about else "")
    return known and accepts(kind, _with(data, about, key, value))


def place_of_value(record: Ticket | Inspection | Shift, keys: Keys) -> Keys:
    """Where a record's value under ``keys`` stands: in the correction that it was last given by, if any."""
    names = [step for step in keys if isinstance(step, str)]
    in_log = names[:1] == ["log"]
    about = record.log[int(keys[1])].reference if in_log else None
    key = ".".join(names[1:] if in_log else names)
    for amendment in reversed(record.amendments):
        if (amendment.about, amendment.key) == (about, key):
            return ("log", amendment.entry.index, "value")
    return keys


def _with(
    data: Mapping[str, Any], about: tuple[Instant, str] | None, key: str, value: Any
) -> Mapping[str, Any]:
    """The data with another value under a key of the entry ``about``, or of the header."""
    steps = key.split(".")
    if about is None:
        return _under(data, steps, value)
    log = [
        _under(item, steps, value) if _reference(item) == about else item for item in data["log"]
    ]
    return {**data, "log": log}


def _under(data: Mapping[str, Any], steps: Sequence[str], value: Any) -> Mapping[str, Any]:
    first, *rest = steps
    if not rest:
        return {**data, first: value}
    inner = data.get(first, {})
    return {**data, first: _under(inner if isinstance(inner, dict) else {}, rest, value)}


def _value(data: Mapping[str, Any], about: tuple[Instant, str] | None, key: str) -> Any:
    found: Any = data
    if about is not None:
        found = next(item for item in data["log"] if _reference(item) == about)
    for step in key.split("."):
        found = found.get(step) if isinstance(found, dict) else None
    return found


def _reference(item: Mapping[str, Any]) -> tuple[Instant, str]:
    return (parse_instant(item["at"]), item["event"])
