"""Amendments: what is shown in place of what was first written (design, "Evidence").

They correct what people read and never a verdict in the provider's favour; the first wording stays
on the page beside the correction.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from weibao.model.instant import parse_instant
from weibao.render.site.public import public_log

if TYPE_CHECKING:
    from collections.abc import Iterable

    from weibao.model.entry import Entry
    from weibao.model.instant import Instant
    from weibao.model.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Amendment:
    """One public correction of a key of an entry, or of the header."""

    at: Instant
    by: str
    field: str
    value: str
    reason: str


def amendments_of(log: Iterable[Entry]) -> dict[tuple[Instant, str] | None, list[Amendment]]:
    """The public corrections in the order of recording, by the entry they correct (None: the header)."""
    found: dict[tuple[Instant, str] | None, list[Amendment]] = {}
    for entry in public_log(log):
        if entry.event != "amended":
            continue
        about = entry.data.get("entry")
        key = (parse_instant(about["at"]), about["event"]) if about else None
        data = entry.data
        one = Amendment(entry.at, entry.by, data["field"], str(data["value"]), data["reason"])
        found.setdefault(key, []).append(one)
    return found


def amended_title(ticket: Ticket) -> str:
    """The title as it was last corrected."""
    for one in reversed(amendments_of(ticket.log).get(None, [])):
        if one.field == "title":
            return one.value
    return ticket.title
