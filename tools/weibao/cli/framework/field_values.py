"""What an option's word names: an entry of a log, some serial numbers, what an action is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from weibao.cli.framework.session import the_one
from weibao.language import N_
from weibao.model.instant import format_instant
from weibao.refusal import Exit, Refusal
from weibao.rules.one_record import log_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from zoneinfo import ZoneInfo

    from weibao.model.load import RecordFile
    from weibao.workspace.clone import Desk

_RULE = re.compile(r"[A-Z]\d{3}")
_ABOUT = ("ticket", "inspection", "finding", "audit")


def entry_named(text: str, one: RecordFile, zone: ZoneInfo) -> dict[str, str]:
    """The entry that ``acknowledged``, or ``TIME/acknowledged`` names, as records refer to it."""
    at, _, event = text.rpartition("/")
    log = log_of(one)
    found = [
        entry
        for entry in log
        if entry.event == event and at in {"", format_instant(entry.at, zone)}
    ]
    if len(found) != 1:
        raise Refusal(
            N_("“{text}” does not name one entry of {record}."),
            mend=N_("Write its event, or its time and event: {example}"),
            exit_code=Exit.USAGE,
            text=text,
            record=one.path.rpartition("/")[2].removesuffix(".yaml"),
            example=f"{format_instant(log[0].at, zone)}/{log[0].event}",
        )
    return {"at": format_instant(found[0].at, zone), "event": event}


def serials_named(given: Iterable[str]) -> list[str]:
    """Serial numbers, given one by one or several with commas between; "" is none at all."""
    return [serial.strip() for text in given for serial in text.split(",") if serial.strip()]


def about_named(text: str, desk: Desk) -> dict[str, str]:
    """What a corrective action is about: ``ticket:7K3Q9M``, ``finding:O401``, ``audit:2026-11``.

    The end of a ticket's or an inspection's id, or a rule's code, is enough where it stands alone.
    """
    kind, colon, name = text.partition(":")
    if colon and kind in _ABOUT:
        return {kind: _named(kind, name.strip(), desk)}
    if _RULE.fullmatch(text):
        return {"finding": text}
    ids = desk.ticket_ids | desk.inspection_ids
    found = the_one(text, ids, listed_by=("weibao ticket list", "weibao inspection list"))
    return {"ticket" if found in desk.ticket_ids else "inspection": found}


def _named(kind: str, name: str, desk: Desk) -> str:
    match kind:
        case "ticket":
            return the_one(name, desk.ticket_ids)
        case "inspection":
            return the_one(name, desk.inspection_ids, listed_by="weibao inspection list")
        case _:
            return name
